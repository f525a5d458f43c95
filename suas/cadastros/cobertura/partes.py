"""O território do CRAS quando dois cadastros se juntam ou um CRAS se desmembra: o que passa e o que fica."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Model

from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede import partes
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.partes import Mudanca, Opcao, Reparticao, Uniao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela.filtros import plural

_BAIRRO = "bairro:"
FAMILIAS = "familias"


def _do(unidade: Unidade) -> TerritorioDoCras | None:
    return TerritorioDoCras.objects.filter(unidade=unidade).first()


def _familias(territorio: TerritorioDoCras) -> str:
    return (
        plural(territorio.familias, "família", "famílias") if territorio.familias is not None else "famílias não ditas"
    )


def _juntar(uniao: Uniao) -> list[Mudanca]:
    da_que_sai = _do(uniao.sai)
    if da_que_sai is None:
        return []
    diz = f"{da_que_sai.em_palavras} ({_familias(da_que_sai)})"
    if uniao.fica.tipo != Unidade.Tipo.CRAS:
        return [Mudanca(texto=f"{diz}: não passa, porque só o CRAS tem território")]
    if da_que_fica := _do(uniao.fica):
        vale = f"{da_que_fica.em_palavras} ({_familias(da_que_fica)})"
        return [
            Mudanca(texto=f"As duas têm território. Vale o de {uniao.fica.nome}: {vale}. O outro não se soma: {diz}")
        ]
    return [Mudanca(texto=f"{diz}: passa a {uniao.fica.nome}", linha=da_que_sai, campos={"unidade": uniao.fica})]


def _opcoes(unidade: Unidade, dia: date) -> list[Opcao]:
    territorio = _do(unidade)
    if territorio is None:
        return []
    opcoes = [Opcao(chave=f"{_BAIRRO}{bairro}", texto=bairro) for bairro in territorio.bairros]
    if territorio.familias:
        opcoes.append(Opcao(chave=FAMILIAS, texto="Famílias referenciadas que passam", maior=territorio.familias))
    return opcoes


def _repartir(reparticao: Reparticao) -> list[Mudanca]:
    da_origem = _do(reparticao.origem)
    escolhas = reparticao.escolhas
    bairros = [chave.removeprefix(_BAIRRO) for chave in escolhas if chave.startswith(_BAIRRO)]
    familias = int(escolhas.get(FAMILIAS) or 0)
    if da_origem is None or reparticao.nova.tipo != Unidade.Tipo.CRAS or not (bairros or familias):
        return []
    passam = [bairro for bairro in da_origem.bairros if bairro in bairros]
    quantas = min(familias, da_origem.familias or 0)
    novo = TerritorioDoCras(
        unidade=reparticao.nova,
        bairros=passam,
        familias=quantas or None,
        familias_dia=reparticao.dia if quantas else None,
        versao=0,
    )
    ficam = [bairro for bairro in da_origem.bairros if bairro not in passam]
    de_ca = {"bairros": ficam} | ({"familias": (da_origem.familias or 0) - quantas} if quantas else {})
    o_que = ", ".join([*passam, *([plural(quantas, "família", "famílias")] if quantas else [])])
    return [
        Mudanca(texto=f"Território de {reparticao.origem.nome}: saem {o_que}", linha=da_origem, campos=de_ca),
        Mudanca(
            texto=f"Território de {reparticao.nova.nome}: {o_que}",
            linha=novo,
            nova=True,
            ao_desfazer={"bairros": [], "familias": None, "familias_dia": None},
        ),
    ]


def _gravar(linha: Model, por: Ator, em: datetime) -> None:
    assert isinstance(linha, TerritorioDoCras)
    linha.versao, linha.mudou_em = linha.versao + 1, em
    linha.save()


TERRITORIO = partes.Parte(
    codigo="territorio",
    rotulo="Território do CRAS",
    ordem=20,
    juntar=_juntar,
    achar=lambda chave: TerritorioDoCras.objects.filter(pk=chave),
    gravar=_gravar,
    guarda=("versao",),
    opcoes=_opcoes,
    repartir=_repartir,
)
