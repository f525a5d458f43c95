"""A máquina dos processos: etapa, ato, quem e dia dão a próxima etapa, ou uma recusa em palavras.

Nada aqui grava nem lê relógio. O processo é a lista dos atos praticados; a etapa se deduz deles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from normas.habilitacao.fluxo import Fluxo, Passo
from normas.instancias.orgao import Orgao
from normas.prazos.contagem import Vencimento, vence_em_dias
from normas.prazos.dias_uteis import DiasUteis


class AtoRecusado(ValueError):
    """O ato não cabe: a mensagem diz por quê e o que cabe agora."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Praticado:
    """Um ato praticado: o passo da tabela, o dia e, onde o ato fixa um prazo, até quando."""

    passo: Passo
    dia: date
    prazo_ate: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Processo:
    """Um processo: a sua tabela e os atos praticados, do primeiro ao último."""

    fluxo: Fluxo
    atos: tuple[Praticado, ...] = ()

    @property
    def etapa(self) -> str:
        """Onde o processo está."""
        return self.atos[-1].passo.para if self.atos else self.fluxo.comeca

    @property
    def nome_da_etapa(self) -> str:
        """A etapa em palavras."""
        return self.fluxo.etapas[self.etapa]

    @property
    def terminou(self) -> bool:
        """Se não cabe mais nenhum ato."""
        return not self.proximos

    @property
    def proximos(self) -> tuple[Passo, ...]:
        """O que cabe agora, o passo da norma primeiro."""
        return self.fluxo.saem_de(self.etapa)

    @property
    def prazo_fixado(self) -> date | None:
        """O prazo que o último ato fixou."""
        return self.atos[-1].prazo_ate if self.atos else None

    def entrou_em(self, etapa: str) -> date | None:
        """O dia em que o processo entrou na etapa pela última vez; `None` se ainda não entrou."""
        for praticado in reversed(self.atos):
            if praticado.passo.para == etapa:
                return praticado.dia
        return None


def agir(*, processo: Processo, ato: str, quem: Orgao, dia: date, prazo_ate: date | None = None) -> Processo:
    """Pratica um ato e devolve o processo com ele. Repetir com os mesmos valores dá o mesmo.

    Erros: `AtoRecusado` quando o processo terminou, quando o ato não cabe na etapa, quando cabe a outro órgão,
    quando o dia vem antes do último ato, ou quando o prazo que o ato fixa, ou espera, não combina.
    """
    passo = _passo(processo, ato, quem)
    ultimo = processo.atos[-1].dia if processo.atos else None
    if ultimo is not None and dia < ultimo:
        raise AtoRecusado(
            f"O último ato é de {ultimo:%d/%m/%Y}, e este seria de {dia:%d/%m/%Y}. "
            "Confira o dia: os atos seguem a ordem."
        )
    _conferir_prazo(processo, passo, dia, prazo_ate)
    return replace(processo, atos=(*processo.atos, Praticado(passo=passo, dia=dia, prazo_ate=prazo_ate)))


def vencimento(*, processo: Processo, passo: Passo, calendario: DiasUteis) -> Vencimento | None:
    """Até quando o passo deve ser praticado; `None` quando a norma não dá prazo ou ele ainda não corre.

    Conta-se como os prazos de processo: sem o dia do começo, até o primeiro dia útil (ADR 0072). O ato depois do
    prazo continua cabendo: o prazo obriga quem age e não desfaz o processo (ADR 0106).
    """
    if passo.prazo is None:
        return None
    comeco = processo.entrou_em(passo.prazo.desde)
    # O que correu antes de uma devolução não conta: o prazo recomeça no novo protocolo.
    if comeco is None or passo.para in _etapas_desde(processo, passo.prazo.desde):
        return None
    return vence_em_dias(comeco=comeco, dias=passo.prazo.dias, calendario=calendario)


def _etapas_desde(processo: Processo, etapa: str) -> list[str]:
    """As etapas em que entrou depois da última vez que entrou nesta."""
    depois: list[str] = []
    for praticado in reversed(processo.atos):
        if praticado.passo.para == etapa:
            break
        depois.append(praticado.passo.para)
    return depois


def _passo(processo: Processo, ato: str, quem: Orgao) -> Passo:
    if processo.terminou:
        raise AtoRecusado(f"O processo terminou: está {processo.nome_da_etapa}. Não cabe mais nenhum ato.")
    do_ato = [passo for passo in processo.proximos if passo.ato == ato]
    if not do_ato:
        conhecido = any(passo.ato == ato for passo in processo.fluxo.todos)
        porque = "ainda não cabe" if conhecido else "não existe neste processo"
        raise AtoRecusado(
            f"O processo está {processo.nome_da_etapa}: “{ato.replace('_', ' ')}” {porque}. Agora cabe: "
            f"{_o_que_cabe(processo)}."
        )
    for passo in do_ato:
        if passo.quem is quem:
            return passo
    raise AtoRecusado(
        f"Quem pratica este ato é {do_ato[0].quem.com_artigo}, e não {quem.com_artigo} ({do_ato[0].fundamento})."
    )


def _o_que_cabe(processo: Processo) -> str:
    return "; ou ".join(f"{passo.quem.nome}, {passo.texto[0].lower()}{passo.texto[1:]}" for passo in processo.proximos)


def _conferir_prazo(processo: Processo, passo: Passo, dia: date, prazo_ate: date | None) -> None:
    if passo.fixa_prazo and (prazo_ate is None or prazo_ate <= dia):
        raise AtoRecusado(
            f"Este ato fixa um prazo: informe até que dia vai, depois de {dia:%d/%m/%Y} ({passo.fundamento})."
        )
    if not passo.fixa_prazo and prazo_ate is not None:
        raise AtoRecusado("Este ato não fixa prazo. Deixe o prazo em branco.")
    if passo.so_depois_do_prazo:
        limite = processo.prazo_fixado
        if limite is not None and dia <= limite:
            raise AtoRecusado(f"O prazo dado vai até {limite:%d/%m/%Y}: este ato só cabe a partir do dia seguinte.")
