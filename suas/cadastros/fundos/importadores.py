"""A planilha do fundo: cada ente traz o seu (ADR 0050). Contas e responsáveis não vêm por planilha."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suas.cadastros.fundos import acoes
from suas.cadastros.fundos.models import Fundo
from suas.cadastros.orgaos import planilha
from suas.cadastros.territorio.colunas import texto
from suas.nucleo.importacoes.registro import Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas

DIZEM = ("ente",)


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    entes: planilha.Entes
    gravado: Fundo | None


def _preparar(pedido: Pedido) -> _Conjunto:
    proprio = Fundo.objects.filter(abrangencia=pedido.abrangencia).first()
    return _Conjunto(entes=planilha.Entes.de(pedido), gravado=proprio)


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    if faltas := list(conjunto.entes.faltas(linha)):
        yield from faltas
        return
    yield from planilha.falta_do_nome(conjunto.gravado, linha)


def _aplicar(lote: Lote, *, por: Ator, em: datetime) -> None:
    conjunto: _Conjunto = lote.conjunto

    def registrar(linha: Linha, dados: dict[str, Any]) -> Fundo:
        return acoes.registrar_fundo(abrangencia=conjunto.entes.proprio, dados=dados, por=por, em=em)

    planilha.gravar(
        lote,
        achar=lambda linha: conjunto.gravado,
        registrar=registrar,
        atualizar=lambda fundo, **resto: acoes.atualizar_fundo(fundo=fundo, **resto),
        dizem=DIZEM,
        por=por,
        em=em,
    )


FUNDO = Importador(
    codigo="fundos",
    nome="Fundo de assistência social",
    resumo="O registro do fundo do seu ente, como no CadSUAS. As linhas dos outros não se leem.",
    permissao=Permissao.FUNDO_ATUALIZAR,
    colunas=(
        planilha.COLUNA_DO_ENTE,
        *planilha.DO_ENTE,
        Coluna(
            codigo="unidade_orcamentaria",
            nome="É unidade orçamentária",
            ajuda="Sim ou não: o orçamento tem o fundo como unidade.",
            exemplo="sim",
            ler=celulas.sim_ou_nao(),
            sinonimos=("unidade orcamentaria", "fundo_unidade_orcamentaria"),
            dispensavel=True,
        ),
        texto("codigo_orcamentario", "Código da unidade orçamentária", "08.02", maximo=20),
    ),
    le=("fundos.fundo", "territorio.municipio"),
    preparar=_preparar,
    de_lado=lambda linha, conjunto: conjunto.entes.de_outro(linha),
    outras=("de outro ente", "de outros entes"),
    territorio=lambda linha, conjunto: conjunto.entes.proprio,
    rotulo=lambda linha, conjunto: f"{linha.get('nome') or 'Fundo'}, {planilha.lugar(conjunto.entes.proprio)}",
    chave=lambda linha, conjunto: conjunto.entes.proprio,
    conferir=_conferir,
    atual=lambda linha, conjunto: planilha.atual(conjunto.gravado, linha, dizem=DIZEM),
    aplicar=_aplicar,
)
