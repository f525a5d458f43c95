"""O que espera por um vínculo nas partilhas: o próximo passo de quem conduz, a leitura dos demais."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from normas.territorio.federacao import UF_POR_CODIGO
from suas.financas.partilhas.consultas.entradas import proximo_passo, visiveis
from suas.financas.partilhas.models import Estado, Partilha
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela.afazer import Pendencia

NO_MAXIMO = 10


def pendencias(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """As partilhas que pedem algo deste vínculo, da mudada por último à mais antiga. Cenários não pedem nada."""
    if Permissao.PARTILHA_VER_RASCUNHO not in ator.papel.permissoes:
        return
    abertas = visiveis(ator).filter(cenario_de=None).exclude(estado=Estado.SELADA)
    abertas = abertas.prefetch_related("pecas").order_by("-mudada_em")
    conduz = Permissao.PARTILHA_CONDUZIR in ator.papel.permissoes
    for partilha in abertas[:NO_MAXIMO]:
        propria = conduz and partilha.ambito == ator.abrangencia
        pendencia = _de_quem_conduz(partilha) if propria else _de_quem_le(partilha, ator)
        if pendencia is not None:
            yield pendencia


def _de_quem_conduz(partilha: Partilha) -> Pendencia | None:
    passo = proximo_passo(partilha)
    if passo is None:
        return None
    rota = "partilha" if passo.por_post else passo.rota
    return Pendencia(
        titulo=partilha.nome,
        situacao=partilha.get_estado_display(),
        por_que=f"{passo.texto} Você conduz esta partilha.",
        endereco=reverse(rota, args=[partilha.pk]) + passo.consulta,
        acao=passo.rotulo.lower(),
    )


def _de_quem_le(partilha: Partilha, ator: Ator) -> Pendencia | None:
    """Ao conselho do âmbito cabe deliberar a pactuada; aos demais, ler o que já foi simulado e ainda pode mudar."""
    if partilha.estado == Estado.PACTUADA and ator.abrangencia == partilha.ambito:
        return Pendencia(
            titulo=partilha.nome,
            situacao="pactuada",
            por_que=f"A {partilha.comissao} pactuou; a deliberação é do {partilha.conselho}.",
            endereco=reverse("partilha", args=[partilha.pk]),
            acao="examinar",
        )
    if partilha.estado != Estado.SIMULADA:
        return None
    return Pendencia(
        titulo=partilha.nome,
        situacao="simulada",
        por_que=f"{_o_que_ler(ator)} antes da pactuação na {partilha.comissao}.",
        endereco=_onde_ler(partilha, ator),
        acao="ler",
    )


def _o_que_ler(ator: Ator) -> str:
    if len(ator.abrangencia) == 7:
        return "Leia a memória do seu município"
    return "Leia as filas do seu estado" if ator.abrangencia in UF_POR_CODIGO else "Examine-a"


def _onde_ler(partilha: Partilha, ator: Ator) -> str:
    if len(ator.abrangencia) == 7:
        return reverse("partilha-municipio", args=[partilha.pk, ator.abrangencia])
    if uf := UF_POR_CODIGO.get(ator.abrangencia):
        return reverse("partilha-uf", args=[partilha.pk, uf.sigla])
    return reverse("partilha", args=[partilha.pk])
