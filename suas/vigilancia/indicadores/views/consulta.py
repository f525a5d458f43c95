"""Telas públicas dos indicadores: a lista e o mapa com a sua tabela."""

from __future__ import annotations

import re
from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from normas.territorio.federacao import SIGLAS, UF_POR_CODIGO, UF_POR_SIGLA
from suas.cadastros.territorio.mapa import resposta_svg
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela import exportar
from suas.vigilancia.indicadores import camadas, consultas

COLUNAS_POR_ESTADO = (
    exportar.coluna("uf", "UF"),
    exportar.coluna("nome", "Estado"),
    exportar.coluna("valor", "Valor"),
    exportar.coluna("municipios", "Municípios", "inteiro"),
    exportar.coluna("com_valor", "Municípios com valor", "inteiro"),
    exportar.coluna("resumo", "Como se resume"),
    exportar.coluna("ano", "Ano", "inteiro"),
)
COLUNAS_DA_LISTA = (
    exportar.coluna("codigo", "Código"),
    exportar.coluna("nome", "Indicador"),
    exportar.coluna("unidade", "Unidade"),
    exportar.coluna("ano", "Ano mais recente", "inteiro"),
    exportar.coluna("municipios", "Municípios com valor", "inteiro"),
)
# Numa UF, a lista de quem acompanha até cem municípios cabe numa página só.
POR_PAGINA, POR_PAGINA_NA_UF = 50, 100


@login_not_required
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Cada indicador com o ano mais recente e quantos municípios têm valor."""
    coberturas = consultas.coberturas()
    if exportar.pedido(request):
        linhas = [(i.indicador.pk, i.indicador.nome, i.indicador.unidade, i.ano, i.municipios) for i in coberturas]
        avisos = ("Há valores sintéticos",) if any(i.tem_sintetico for i in coberturas) else ()
        vista = exportar.Lista(
            nome="indicadores", titulo="Indicadores", colunas=COLUNAS_DA_LISTA, linhas=linhas, avisos=avisos
        )
        return exportar.baixar(request, vista)
    return render(
        request,
        "indicadores/lista.jinja",
        {
            "coberturas": coberturas,
            "pode_importar": request.ator.pode(Permissao.INDICADOR_IMPORTAR, em=request.ator.abrangencia),
            "do_territorio": [(codigo, nome, texto) for codigo, (nome, texto, _) in camadas.DE_POPULACAO.items()],
        },
    )


@login_not_required
@require_safe
def mapa(request: HttpRequest, codigo: str) -> HttpResponse:
    """O indicador num ano: mapa do país ou de uma UF, legenda em palavras e a mesma coisa em tabela."""
    camada = _camada(codigo, request.GET.get("ano", ""))
    filtros = {chave: request.GET.get(chave, "").strip()[:60] for chave in ("uf", "classe", "nome", "ordem")}
    filtros["uf"] = filtros["uf"].upper() if filtros["uf"].upper() in UF_POR_SIGLA else ""
    if request.GET.get("vista") == "estados":
        return _por_estado(request, camada)
    linhas = camadas.tabela(
        camada, uf=filtros["uf"], classe=filtros["classe"], nome=filtros["nome"], ordem=filtros["ordem"] or "nome"
    )
    if exportar.pedido(request):
        return _baixar(request, camada, linhas)
    consulta = request.GET.copy()
    for chave in ("uf", "pagina", "classe"):
        consulta.pop(chave, None)
    fixos = consulta.urlencode()
    return render(
        request,
        "indicadores/mapa.jinja",
        {
            "camada": camada,
            "anos": [(ano, ano) for ano in camada.anos],
            "filtros": filtros,
            "uf_do_ator": UF_POR_CODIGO.get(request.ator.abrangencia[:2]),
            "pagina": Paginator(linhas, POR_PAGINA_NA_UF if filtros["uf"] else POR_PAGINA).get_page(
                request.GET.get("pagina")
            ),
            "ufs": [(uf.sigla, uf.nome) for uf in sorted(UF_POR_SIGLA.values(), key=lambda uf: uf.nome)],
            "classes": [
                (str(item.indice) if item.indice is not None else "sem", item.classe.rotulo)
                for item in camada.mapa.legenda()
            ],
            "das_classes": _enderecos_das_classes(camada, fixos, filtros["uf"]),
            "das_ufs": {s: f"{request.path}?uf={s}{'&' if fixos else ''}{fixos}" for s in SIGLAS},
            "dos_municipios": _enderecos_da_uf(camada, filtros["uf"]),
            "rotulos": _rotulos_da_uf(camada, filtros["uf"]),
        },
    )


def _por_estado(request: HttpRequest, camada: camadas.Camada) -> HttpResponse:
    """A mesma camada resumida por UF: soma, mediana ou o mais frequente, dito na página."""
    resumida = camadas.por_uf(camada)
    if exportar.pedido(request):
        valores = [
            (i.sigla, i.nome, i.texto, i.municipios, i.com_valor, resumida.resumo, camada.ano) for i in resumida.linhas
        ]
        nome = f"{camada.codigo}-{camada.ano or 'sem-ano'}-por-uf"
        return exportar.baixar(request, _lista(camada, nome, COLUNAS_POR_ESTADO, valores))
    return render(
        request,
        "indicadores/estados.jinja",
        {
            "camada": camada,
            "resumida": resumida,
            "das_ufs": {s: f"{request.path}?uf={s}&ano={camada.ano or ''}" for s in SIGLAS},
            "rotulos": {i.sigla: f"{i.nome}: {i.texto or 'sem dado'}" for i in resumida.linhas},
        },
    )


def _enderecos_das_classes(camada: camadas.Camada, fixos: str, uf: str) -> dict[int | None, str]:
    """Cada contagem da legenda leva às linhas que a formam."""
    complemento = "".join(f"&{parte}" for parte in (f"uf={uf}" if uf else "", fixos) if parte)
    return {
        item.indice: f"?classe={'sem' if item.indice is None else item.indice}{complemento}#tabela"
        for item in camada.mapa.legenda(uf or None)
    }


def _enderecos_da_uf(camada: camadas.Camada, uf: str) -> dict[str, str]:
    if not uf:
        return {}
    modelo = reverse("territorio-municipio", args=["0000000"])
    return {codigo: modelo.replace("0000000", codigo) for codigo in camada.mapa.codigos(uf)}


def _rotulos_da_uf(camada: camadas.Camada, uf: str) -> dict[str, str]:
    if not uf:
        return {}
    return {linha.codigo: f"{linha.nome}: {linha.texto}" for linha in camadas.tabela(camada, uf=uf)}


def _baixar(request: HttpRequest, camada: camadas.Camada, linhas: list[camadas.LinhaDaCamada]) -> HttpResponse:
    colunas = (
        exportar.coluna("codigo_ibge", "Código do IBGE"),
        exportar.coluna("nome", "Município"),
        exportar.coluna("uf", "UF"),
        exportar.coluna(camada.codigo, camada.nome, "decimal" if camada.e_numerica else "texto"),
        exportar.coluna("classe", "Classe"),
        exportar.coluna("ano", "Ano", "inteiro"),
    )
    valores = [(i.codigo, i.nome, i.uf, _exato(camada, i.exato), i.classe, camada.ano) for i in linhas]
    return exportar.baixar(request, _lista(camada, f"{camada.codigo}-{camada.ano or 'sem-ano'}", colunas, valores))


def _exato(camada: camadas.Camada, texto: str) -> Decimal | str:
    """O número com todas as casas guardadas; a palavra como é."""
    return Decimal(texto) if camada.e_numerica and texto else texto


def _lista(camada: camadas.Camada, nome: str, colunas: tuple[exportar.Coluna, ...], valores: list) -> exportar.Lista:
    return exportar.Lista(
        nome=nome, titulo=camada.nome, colunas=colunas, linhas=valores, avisos=camada.mapa.avisos, sintetica=False
    )


@login_not_required
@require_safe
def imagem(request: HttpRequest, codigo: str, ano: int) -> HttpResponseBase:
    """O mapa nacional em SVG, guardado pelo navegador enquanto não muda."""
    return resposta_svg(request, _camada(codigo, str(ano)).mapa)


def _camada(codigo: str, ano: str) -> camadas.Camada:
    camada = camadas.montar(codigo, ano=int(ano) if re.fullmatch(r"[0-9]{4}", ano) else None)
    if camada is None:
        raise Http404(f"Não há indicador com o código {codigo}.")
    return camada
