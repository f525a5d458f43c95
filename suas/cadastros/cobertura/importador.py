"""A planilha dos territórios: uma linha por CRAS do cadastro, com as famílias referenciadas e os bairros."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from suas.cadastros.cobertura import bairros
from suas.cadastros.cobertura.acoes import Abrange, definir_territorio
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede import na_planilha
from suas.cadastros.rede.models import Unidade
from suas.nucleo.importacoes.registro import AplicacaoRecusada, Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.planilhas.celulas import CelulaRecusada, Jeito
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import numero

DITOS = ("familias", "familias_dia", "bairros")


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    unidades: na_planilha.Unidades
    territorios: Mapping[UUID, TerritorioDoCras]
    hoje: date


def _preparar(pedido: Pedido) -> _Conjunto:
    return _Conjunto(
        unidades=na_planilha.ler(pedido),
        territorios={t.unidade_id: t for t in TerritorioDoCras.objects.all()},
        hoje=timezone.localtime(pedido.em).date(),
    )


def _ler_bairros(escrito: str, jeito: Jeito) -> tuple[str, ...]:
    try:
        return bairros.ler(escrito, separados_por=bairros.NUMA_CELULA)
    except ValueError as erro:
        raise CelulaRecusada(str(erro)) from erro


def _gravado(linha: Linha, conjunto: _Conjunto) -> TerritorioDoCras | None:
    unidade = conjunto.unidades.achar(linha)
    return conjunto.territorios.get(unidade.pk) if unidade is not None else None


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    unidade, faltas = conjunto.unidades.achar(linha), list(conjunto.unidades.faltas(linha))
    yield from faltas
    if unidade is not None and not faltas and unidade.tipo != Unidade.Tipo.CRAS:
        yield Falta(
            coluna="unidade",
            mensagem=f"{unidade.nome} é {unidade.get_tipo_display()}: só o CRAS tem território. Deixe a linha de fora.",
        )
    if (dia := linha.get("familias_dia")) is not None and dia > conjunto.hoje:
        yield Falta(coluna="familias_dia", mensagem=f"{dia:%d/%m/%Y} ainda não chegou: diga o dia em que se contou.")


def _atual(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    gravado = _gravado(linha, conjunto)
    if gravado is None:
        return None
    ditas = {nome: linha.get(nome) for nome in ("identificador", "municipio", "unidade")}
    return ditas | _como_esta(gravado)


def _como_esta(gravado: TerritorioDoCras | None) -> dict[str, Any]:
    if gravado is None:
        return {"familias": None, "familias_dia": None, "bairros": ()}
    return {
        "familias": gravado.familias,
        "familias_dia": gravado.familias_dia,
        "bairros": tuple(gravado.bairros),
    }


def _aplicar(lote: Lote, *, por: Ator, em: Any) -> None:
    for linha in lote.linhas:
        unidade, gravado = lote.conjunto.unidades.achar(linha), _gravado(linha, lote.conjunto)
        if unidade is None:
            raise AplicacaoRecusada(f"Linha {linha.numero}: a unidade já não está no cadastro. Confira de novo.")
        ficam = {nome: linha.get(nome, valor) for nome, valor in _como_esta(gravado).items()}
        # a área desenhada não vem na planilha: fica a que está
        area = tuple((y, x) for y, x in gravado.contorno) if gravado else ()
        try:
            definir_territorio(
                unidade=unidade,
                abrange=Abrange(**ficam, contorno=area),
                versao=gravado.versao if gravado else 0,
                por=por,
                em=em,
            )
        except AtoRecusado as recusa:
            raise AplicacaoRecusada(f"Linha {linha.numero}: {recusa}") from recusa


TERRITORIOS = Importador(
    codigo="territorios-dos-cras",
    nome="Territórios dos CRAS",
    resumo="As famílias referenciadas e os bairros de cada CRAS do município. A área desenhada fica como está.",
    permissao=Permissao.REDE_ATUALIZAR,
    so_do_municipio=True,
    colunas=(
        *na_planilha.COLUNAS,
        Coluna(
            codigo="familias",
            nome="Famílias referenciadas",
            ajuda="As que vivem no território e têm este CRAS como referência.",
            exemplo="3.200",
            ler=celulas.inteiro(minimo=0, maximo=1_000_000),
            escrever=lambda valor: numero(valor) if valor is not None else "",
            numero=True,
            sinonimos=("familias", "qt_familias", "familias do territorio"),
        ),
        Coluna(
            codigo="familias_dia",
            nome="Contadas em",
            ajuda="O dia a que o número se refere.",
            exemplo="31/10/2026",
            ler=celulas.dia(),
            sinonimos=("data da contagem", "referencia", "data"),
        ),
        Coluna(
            codigo="bairros",
            nome="Bairros",
            ajuda="Os bairros, distritos ou comunidades, separados por vírgula.",
            exemplo="Centro, Vila Nova",
            ler=_ler_bairros,
            escrever=lambda valor: ", ".join(valor or ()),
            sinonimos=("bairro", "territorio", "bairros atendidos", "area de abrangencia"),
        ),
    ),
    le=("rede.unidade", "cobertura.territoriodocras", "territorio.municipio"),
    preparar=_preparar,
    territorio=lambda linha, conjunto: conjunto.unidades.codigo(linha),
    rotulo=lambda linha, conjunto: conjunto.unidades.rotulo(linha),
    chave=lambda linha, conjunto: conjunto.unidades.chave(linha),
    conferir=_conferir,
    atual=_atual,
    aplicar=_aplicar,
    destino=("cobertura-brasil", "Ver a cobertura"),
)
