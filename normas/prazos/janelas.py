"""A janela em que um sistema recebe o que se deve: quando abre, quando fecha, e o que a mudou."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from normas.base.fundamento import Fundamento
from normas.prazos.periodos import Periodo


class ProrrogacaoRecusada(ValueError):
    """A nova data não vem depois da que já valia."""


class Situacao(StrEnum):
    """Como está uma obrigação num dia."""

    A_ABRIR = "a abrir"
    ABERTA = "aberta"
    EM_ATRASO = "em atraso"
    NO_PRAZO = "entregue no prazo"
    FORA_DO_PRAZO = "entregue fora do prazo"
    NAO_SE_COBRA = "não se cobra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prorrogacao:
    """A nova data de fechamento e quem a deu."""

    fecha: date
    fundamento: Fundamento
    evidencia: str = "confirmado"


@dataclass(frozen=True, slots=True, kw_only=True)
class Janela:
    """O prazo de uma etapa de um período. `alvos` são os formulários ou tipos de unidade; vazio é todos.

    `fecha_na_origem` é a primeira data; as prorrogações ficam todas, na ordem. `suspensa` é a norma que mandou não
    cobrar. `evidencia` é "confirmado" ou "leitura do projeto"; `abre` ausente é data que não se conhece.
    """

    sistema: str
    periodo: Periodo
    etapa: str
    alvos: tuple[str, ...]
    abre: date | None
    fecha_na_origem: date
    fundamento: Fundamento
    evidencia: str
    observacao: str = ""
    prorrogacoes: tuple[Prorrogacao, ...] = ()
    suspensa: Fundamento | None = None

    @property
    def fecha(self) -> date:
        """O último dia, com a prorrogação mais nova."""
        return self.prorrogacoes[-1].fecha if self.prorrogacoes else self.fecha_na_origem

    @property
    def chave(self) -> tuple[str, str, str, tuple[str, ...]]:
        """O que faz de duas janelas a mesma."""
        return self.sistema, str(self.periodo), self.etapa, self.alvos

    def alcanca(self, alvo: str) -> bool:
        """Se a janela vale para o formulário ou tipo de unidade."""
        return not self.alvos or alvo in self.alvos

    def prorrogar(self, prorrogacao: Prorrogacao) -> Janela:
        """A mesma janela com mais uma data na história. Erros: `ProrrogacaoRecusada`."""
        if prorrogacao.fecha <= self.fecha:
            raise ProrrogacaoRecusada(
                f"A janela já fecha em {self.fecha:%d/%m/%Y}: a prorrogação precisa de um dia depois desse."
            )
        return replace(self, prorrogacoes=(*self.prorrogacoes, prorrogacao))

    def situacao(self, *, hoje: date, entregue: date | None = None, fecha_com_credito: date | None = None) -> Situacao:
        """Como está a obrigação: quem entrega no último dia, com prorrogação e crédito de pane, está no prazo."""
        ultimo = max(self.fecha, fecha_com_credito or self.fecha)
        if entregue is not None:
            return Situacao.NO_PRAZO if entregue <= ultimo else Situacao.FORA_DO_PRAZO
        if self.suspensa:
            return Situacao.NAO_SE_COBRA
        if hoje > ultimo:
            return Situacao.EM_ATRASO
        return Situacao.A_ABRIR if self.abre and hoje < self.abre else Situacao.ABERTA
