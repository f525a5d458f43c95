"""Quem deve cada sistema: cada módulo declara o seu no `ready`, e o monitoramento lê todos sem saber de quem são.

sistemas.declarar(
    Declaracao(sistema="RMA", etapas=("preenchimento",), contar=..., listar=..., vivas=...)
)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from normas.prazos.calendario import sistemas as do_calendario
from normas.prazos.periodos import Periodo

UNIDADE, GESTAO, FUNDO, CONSELHO = "unidade", "gestao", "fundo", "conselho"
SO_SE_INFORMADA = "A entrega se faz no sistema federal: aqui só se sabe dela quando alguém a informa."
EM_PALAVRAS = {UNIDADE: "unidade", GESTAO: "órgão gestor", FUNDO: "fundo", CONSELHO: "conselho"}


@dataclass(frozen=True, kw_only=True)
class Devedor:
    """Quem deve: a chave, que nunca muda, o nome, o tipo (CRAS, Gestão, Conselho) e o município."""

    quem: str
    nome: str
    alvo: str
    abrangencia: str
    unidade: UUID | None = None

    @property
    def chave(self) -> str:
        return f"{self.quem}:{self.unidade or self.abrangencia}"


#: período, território e tipos (nenhum é todos) -> quantos devem, por (município, tipo)
Contar = Callable[[Periodo, str, tuple[str, ...]], Mapping[tuple[str, str], int]]
#: período, território e tipos -> quantos devem ao todo, sem olhar município por município
Somar = Callable[[Periodo, str, tuple[str, ...]], int]
#: período, território e tipos -> quem deve, em ordem
Listar = Callable[[Periodo, str, tuple[str, ...]], Iterable[Devedor]]


@dataclass(frozen=True, kw_only=True)
class Declaracao:
    """O que um módulo diz de um sistema.

    `vivas`: período → as unidades que devem, como consulta de chaves, para a conta não somar a entrega de quem já não
    deve; ausente, quem deve são entes inteiros. `endereco`: onde se faz a entrega aqui (do devedor e do período);
    ausente, faz-se no sistema federal e aqui se informa. `ressalva` é o que esta instalação não sabe de quem deve.
    """

    sistema: str
    etapas: tuple[str, ...]
    quem: str
    alvos: tuple[str, ...]
    contar: Contar
    listar: Listar
    somar: Somar | None = None
    vivas: Callable[[Periodo], Any] | None = None
    endereco: Callable[[Devedor, Periodo], str] | None = None
    ressalva: str = ""

    def quantos(self, periodo: Periodo, onde: str, alvos: tuple[str, ...]) -> int:
        """Quantos devem ao todo."""
        return self.somar(periodo, onde, alvos) if self.somar else sum(self.contar(periodo, onde, alvos).values())

    @property
    def o_que_nao_se_sabe(self) -> str:
        """A ressalva inteira, também a de que a entrega se faz fora daqui; vazia, nada falta saber."""
        fora = "" if self.endereco is not None else SO_SE_INFORMADA
        return " ".join(parte for parte in (self.ressalva, fora) if parte)


_DECLARADAS: dict[tuple[str, str, str], Declaracao] = {}


def declarar(declaracao: Declaracao) -> None:
    """Diz quem deve um sistema. Erros: `ValueError` se não há calendário dele, ou se outro módulo já o disse."""
    if declaracao.sistema not in do_calendario():
        raise ValueError(f"Não há calendário do sistema {declaracao.sistema} em normas/prazos/calendarios.")
    for etapa in declaracao.etapas:
        chave = declaracao.sistema, etapa, declaracao.quem
        if _DECLARADAS.setdefault(chave, declaracao) != declaracao:
            raise ValueError(f"Outro módulo já disse quem deve {declaracao.sistema}, etapa {etapa}.")


def de(sistema: str, etapa: str) -> tuple[Declaracao, ...]:
    """As declarações de uma etapa de um sistema: uma por tipo de devedor."""
    return tuple(d for (s, e, _), d in sorted(_DECLARADAS.items()) if (s, e) == (sistema, etapa))


def declarados() -> tuple[str, ...]:
    """Os sistemas de que alguém disse quem deve, em ordem."""
    return tuple(sorted({sistema for sistema, _, _ in _DECLARADAS}))
