"""A fazer: cada módulo diz o que espera pelo vínculo em uso; a página inicial junta e ordena.

# em ready() do módulo
afazer.registrar(pendencias)   # pendencias(ator, hoje) -> Iterable[Pendencia]

Quando nada espera, a página leva à tarefa do papel, que cada módulo também diz:

afazer.oferecer(afazer.Tarefa(rotulo="Procurar ou registrar uma família", rota="familias", cabe_a=..., ordem=10))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from suas.nucleo.tela.filtros import dia, plural

if TYPE_CHECKING:
    from suas.nucleo.permissoes.ator import Ator


@dataclass(frozen=True, kw_only=True)
class Pendencia:
    """Uma linha de “A fazer”: o que é, em que pé está, por que cabe a este vínculo e onde se resolve."""

    titulo: str
    situacao: str
    por_que: str
    endereco: str
    acao: str
    prazo: date | None = None

    def prazo_em_palavras(self, hoje: date) -> str:
        """Quando vence, ou há quanto venceu, com o dia: a cor da linha não fala sozinha. Vazio, sem prazo."""
        if self.prazo is None:
            return ""
        dias = (self.prazo - hoje).days
        if dias < 0:
            return f"venceu em {dia(self.prazo)}, há {plural(-dias, 'dia', 'dias')}"
        quando = {0: "hoje", 1: "amanhã"}.get(dias, f"em {dias} dias")
        return f"até {dia(self.prazo)}, {quando}"


Fonte = Callable[["Ator", date], Iterable[Pendencia]]
_fontes: list[Fonte] = []


def registrar(fonte: Fonte) -> None:
    """Acrescenta uma fonte; repetir a mesma não muda nada."""
    if fonte not in _fontes:
        _fontes.append(fonte)


def de(ator: Ator, *, hoje: date) -> list[Pendencia]:
    """As pendências do ator: primeiro as de prazo mais próximo, depois as sem prazo, na ordem dos módulos."""
    todas = [pendencia for fonte in _fontes for pendencia in fonte(ator, hoje)]
    return sorted(todas, key=lambda p: (p.prazo is None, p.prazo or date.max))


@dataclass(frozen=True, kw_only=True)
class Tarefa:
    """O que um papel faz no dia a dia, para quando nada espera por ele. `rotulo` é o do botão.

    `argumentos` são os da rota, calculados do ator; as de `ordem` menor vêm antes.
    """

    rotulo: str
    rota: str
    cabe_a: Callable[[Ator], bool]
    argumentos: Callable[[Ator], dict[str, Any]] = field(default=lambda ator: {})
    ordem: int = 50


TAREFAS = 2
_tarefas: dict[str, Tarefa] = {}


def oferecer(tarefa: Tarefa) -> None:
    """Acrescenta uma tarefa; a de mesmo rótulo se substitui."""
    _tarefas[tarefa.rotulo] = tarefa


def tarefas_de(ator: Ator) -> list[tuple[str, str]]:
    """O rótulo e o endereço das primeiras tarefas que cabem ao vínculo em uso."""
    em_ordem = sorted(_tarefas.values(), key=lambda tarefa: tarefa.ordem)
    cabiveis = [tarefa for tarefa in em_ordem if tarefa.cabe_a(ator)][:TAREFAS]
    return [(tarefa.rotulo, reverse(tarefa.rota, kwargs=tarefa.argumentos(ator))) for tarefa in cabiveis]
