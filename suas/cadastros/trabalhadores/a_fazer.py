"""O que espera por quem cuida do quadro: equipes incompletas, horas demais, lotações que acabam ou ficaram para trás.

Só números, nunca o nome de alguém: os nomes estão no quadro, e abri-lo registra leitura.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.consultas import equipes, horas, quadro
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela.afazer import Pendencia
from suas.nucleo.tela.filtros import plural


def pendencias(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """As do território, de quem cuida dele inteiro; de quem age numa unidade, só as dela."""
    onde = ator.abrangencia
    if not onde or not ator.pode(permissoes.ATUALIZAR, em=onde, unidade=ator.unidade):
        return
    filtro = quadro.Filtro(abrangencia=onde, unidade=ator.unidade)
    yield from _lotacoes(filtro, hoje=hoje)
    if len(onde) == 7:
        yield from _equipes(ator, hoje=hoje)


def _lotacoes(filtro: quadro.Filtro, *, hoje: date) -> Iterator[Pendencia]:
    for situacao, um, varios, estado, por_que, acao in _DO_QUADRO:
        quantas = quadro.contar(filtro, situacao=situacao, hoje=hoje)
        if quantas:
            lista = f"{reverse('trabalhadores-quadro', args=[filtro.abrangencia])}?{urlencode({'situacao': situacao})}"
            yield Pendencia(
                titulo=plural(quantas, um, varios),
                situacao=estado.format(limite=horas.limite(hoje)),
                por_que=por_que,
                endereco=lista,
                acao=acao,
            )


#: Situação do quadro -> título de uma e de várias, em que pé está, por que importa e o que se faz.
_DO_QUADRO = (
    (
        "vencem",
        "lotação acaba, ou acabou há pouco",
        "lotações acabam, ou acabaram há pouco",
        f"{quadro.DIAS_DO_FIM} dias para mais ou para menos",
        "Quem continua precisa de outra lotação; sem ela, a pessoa deixa de contar na equipe.",
        "ver quais",
    ),
    (
        "em_fechada",
        "lotação aberta em unidade que fechou",
        "lotações abertas em unidades que fecharam",
        "a unidade já não funciona",
        "Diga onde a pessoa trabalha agora, ou quando saiu.",
        "ver quais",
    ),
    (
        "horas",
        "lotação de quem soma horas demais",
        "lotações de quem soma horas demais",
        "mais de {limite} horas por semana",
        "Acumular pede horários compatíveis. A soma é leitura do projeto: só avisa.",
        "conferir",
    ),
)


def _equipes(ator: Ator, *, hoje: date) -> Iterator[Pendencia]:
    do_lugar = equipes.do_lugar(ator.abrangencia, hoje=hoje, unidade=ator.unidade)
    com_falta = [equipe for equipe in do_lugar if equipe.falta]
    if not com_falta:
        return
    uma = com_falta[0].unidade if len(com_falta) == 1 else None
    faltam, pedem = sum(e.falta for e in com_falta), sum(e.necessarios for e in com_falta)
    yield Pendencia(
        titulo=f"Equipe de {uma.nome} incompleta" if uma else f"{len(com_falta)} unidades com a equipe incompleta",
        situacao=f"{'falta' if faltam == 1 else 'faltam'} {plural(faltam, 'pessoa', 'pessoas')} de {pedem}",
        por_que="A NOB-RH/SUAS (IV) diz a equipe de cada unidade; se há quem não está no quadro, cadastre.",
        endereco=reverse("equipe-unidade", args=[uma.pk]) if uma else reverse("equipes-lugar", args=[ator.abrangencia]),
        acao="ver o que falta",
    )
