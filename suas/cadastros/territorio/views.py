"""Telas do território: o país, a busca, uma UF, um município. Todas públicas."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from normas.territorio.porte import Porte
from suas.cadastros.territorio import consultas, mapa, procura, secoes
from suas.cadastros.territorio.models import UF, Municipio
from suas.nucleo.tela import exportar, papel
from suas.nucleo.tela.filtros import numero

POR_PAGINA = 50
#: O tipo dos municípios na busca, ao lado das chaves de `procura`.
MUNICIPIOS = "municipios"
#: O “porte” que junta todos, na lista que os números da tabela de portes abrem.
TODOS = "todos"
LIMITES = {MUNICIPIOS: consultas.LIMITE_DA_BUSCA}
COLUNAS_DAS_UFS = (
    exportar.coluna("uf", "UF"),
    exportar.coluna("nome", "Nome"),
    exportar.coluna("regiao", "Região"),
    exportar.coluna("municipios", "Municípios", "inteiro"),
    exportar.coluna("habitantes", "Habitantes", "inteiro"),
)
COLUNAS_DOS_MUNICIPIOS = (
    exportar.coluna("codigo_ibge", "Código do IBGE"),
    exportar.coluna("nome", "Município"),
    exportar.coluna("uf", "UF"),
    exportar.coluna("habitantes", "Habitantes", "inteiro"),
    exportar.coluna("porte", "Porte"),
)


@login_not_required
@require_safe
def brasil(request: HttpRequest) -> HttpResponse:
    """As 27 UFs com municípios e habitantes do ano, os portes e a busca."""
    anos = consultas.anos_com_populacao()
    ano = _ano_pedido(request, anos)
    ordem = request.GET.get("ordem", "")
    populacao = consultas.populacao_de(ano)
    linhas = consultas.ufs_com_totais(ano=ano, populacao=populacao)
    if ordem.removeprefix("-") in {"nome", "municipios", "habitantes"}:
        linhas = sorted(linhas, key=lambda linha: _valor_da_uf(linha, ordem), reverse=ordem.startswith("-"))
    do_porte = _do_porte(request, ano)
    if do_porte and exportar.pedido(request, "municipios"):
        municipios = [_celulas(linha) for linha in do_porte["municipios"]]
        return _baixar(request, f"municipios-{ano}", "Municípios", COLUNAS_DOS_MUNICIPIOS, municipios)
    if exportar.pedido(request):
        valores = [(i.uf.sigla, i.uf.nome, i.uf.regiao, i.municipios, i.habitantes) for i in linhas]
        return _baixar(request, f"ufs-{ano}", "Estados", COLUNAS_DAS_UFS, valores)
    return render(
        request,
        "territorio/brasil.jinja",
        {
            "ano": ano,
            "anos": [(a, a) for a in anos],
            "ordem": ordem,
            "linhas": linhas,
            "do_porte": do_porte,
            "portes": consultas.tabela_de_portes(ano, populacao=populacao) if anos else None,
            "fontes": consultas.fontes_de(ano),
            "falta": consultas.proveniencia()["municipios.csv"]["observacao"],
            "desenho": mapa.moldura_do_brasil(
                titulo="Mapa do Brasil por UF", endereco_da_uf=lambda sigla: reverse("territorio-uf", args=[sigla])
            ),
        },
    )


def _do_porte(request: HttpRequest, ano: int) -> dict[str, Any] | None:
    """Os municípios que um número da tabela de portes conta, se o endereço os pede; “todos” junta os portes."""
    pedido, ordem = request.GET.get("porte", ""), request.GET.get("ordem_dos_municipios", "nome")
    nomes = {porte.value: f"Porte {porte.nome}" for porte in Porte} | {TODOS: "Todos os portes"}
    if pedido not in nomes:
        return None
    linhas = consultas.municipios_do_porte("" if pedido == TODOS else pedido, ano=ano, ordem=ordem)
    return {
        "nome": nomes[pedido],
        "ordem": ordem,
        "municipios": linhas,
        "pagina": Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina")),
    }


def _celulas(linha: consultas.LinhaDeMunicipio) -> tuple[object, ...]:
    return (linha.codigo, linha.nome, linha.sigla, linha.habitantes, linha.porte.nome if linha.porte else "")


def _valor_da_uf(linha: consultas.LinhaDeUF, ordem: str) -> tuple[int, str]:
    chave = ordem.removeprefix("-")
    if chave == "nome":
        return 0, linha.uf.nome
    return (linha.municipios if chave == "municipios" else linha.habitantes or 0), linha.uf.nome


@login_not_required
@require_safe
def busca(request: HttpRequest) -> HttpResponse:
    """Municípios, UFs e o que os outros cadastros acham; um achado só leva direto à página dele.

    `so` mostra um tipo só, e mais dele: “municipios” ou a chave de uma das fontes.
    """
    termo, so = request.GET.get("q", "").strip()[:80], request.GET.get("so", "")
    so = so if so in {MUNICIPIOS, *procura.chaves()} else ""
    achados = consultas.buscar(termo if so in {"", MUNICIPIOS} else "", limite=LIMITES.get(so, procura.POR_TIPO))
    if achados.exato is not None:
        return redirect("territorio-municipio", codigo=achados.exato.pk)
    grupos = procura.em_todos(termo, ator=request.ator, hoje=request.hoje, so=so) if so != MUNICIPIOS else []
    if achados.unico is not None and not grupos:
        return redirect("territorio-municipio", codigo=achados.unico.pk)
    if len(grupos) == 1 and len(grupos[0].achados) == 1 and not so and not (achados.municipios or achados.ufs):
        return redirect(grupos[0].achados[0].endereco)
    return render(
        request,
        "territorio/busca.jinja",
        {"termo": termo, "achados": achados, "grupos": grupos, "so": so, "municipios": MUNICIPIOS},
    )


@login_not_required
@require_safe
def uf(request: HttpRequest, sigla: str) -> HttpResponse:
    """Os municípios de uma UF, com habitantes e porte do ano, mapa e lista para baixar."""
    if sigla != sigla.upper():
        return redirect("territorio-uf", sigla=sigla.upper())
    estado = get_object_or_404(UF, sigla=sigla)
    anos = consultas.anos_com_populacao()
    ano = _ano_pedido(request, anos)
    filtros = {chave: request.GET.get(chave, "").strip()[:60] for chave in ("ordem", "nome", "porte")}
    todos = consultas.municipios_da_uf(estado, ano=ano)
    linhas = consultas.municipios_da_uf(
        estado, ano=ano, ordem=filtros["ordem"] or "nome", termo=filtros["nome"], porte=filtros["porte"]
    )
    if exportar.pedido(request):
        valores = [_celulas(linha) for linha in linhas]
        return _baixar(request, f"municipios-{sigla}-{ano}", "Municípios", COLUNAS_DOS_MUNICIPIOS, valores)
    return render(
        request,
        "territorio/uf.jinja",
        {
            "uf": estado,
            "ano": ano,
            "anos": [(a, a) for a in anos],
            "filtros": filtros,
            "portes": [(porte.value, porte.nome) for porte in Porte],
            "pagina": Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina")),
            "habitantes": sum(linha.habitantes or 0 for linha in linhas),
            "enderecos": {i.codigo: reverse("territorio-municipio", args=[i.codigo]) for i in todos},
            "rotulos": {i.codigo: i.nome for i in todos},
            "mapa": _mapa_de_portes(estado, todos, ano),
            "fontes": consultas.fontes_de(ano),
        },
    )


def _mapa_de_portes(estado: UF, linhas: list[consultas.LinhaDeMunicipio], ano: int) -> mapa.Mapa:
    ordem = {porte: i for i, porte in enumerate(Porte)}
    return mapa.Mapa(
        titulo=f"Porte dos municípios: {estado.nome}, {ano}",
        classes=mapa.graduadas(tuple(porte.nome for porte in Porte)),
        classe_de={linha.codigo: ordem[linha.porte] for linha in linhas if linha.porte},
        so_estes=frozenset(linha.codigo for linha in linhas),
        sem_dado=f"Sem população de {ano}",
    )


@login_not_required
@require_safe
def municipio(request: HttpRequest, codigo: str) -> HttpResponse:
    """A página do município: quem é, porte por ano com o motivo, e o que cada módulo sabe dele."""
    lugar = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo)
    portes = consultas.portes_do_municipio(lugar)
    prontas, vazias = secoes.montar(municipio=lugar, ator=request.ator, hoje=request.hoje)
    return render(
        request,
        "territorio/municipio.jinja",
        {
            "municipio": lugar,
            "portes": portes,
            "atual": portes[0] if portes else None,
            "anterior": portes[1] if len(portes) > 1 else None,
            "posicao": consultas.posicao_na_uf(lugar, portes[0]) if portes else None,
            "prontas": prontas,
            "vazias": vazias,
            "localizador": mapa.localizar(
                codigo=codigo, sigla=lugar.uf.sigla, titulo=f"{lugar.nome} no mapa de {lugar.uf.nome}"
            ),
        },
    )


@login_not_required
@require_safe
def municipio_em_papel(request: HttpRequest, codigo: str) -> HttpResponse:
    """A página do município para imprimir: quem é, a população de cada ano e o porte que ela deu, com o motivo."""
    lugar = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo)
    portes = consultas.portes_do_municipio(lugar)
    pares = [("Código do IBGE", lugar.pk), ("Estado", lugar.uf.nome), ("Região", lugar.uf.regiao)]
    partes: list[papel.Parte] = [papel.Ficha(pares=pares)]
    if portes:
        atual = portes[0]
        partes += [
            papel.Texto(
                titulo=f"Porte: {atual.porte.porte.nome}",
                texto=f"{atual.porte.motivo} {atual.porte.fundamento.norma}, {atual.porte.fundamento.dispositivo}.",
            ),
            papel.Quadro(
                titulo="População por ano",
                colunas=("Ano", "Habitantes", "Porte", "Fonte"),
                linhas=[(str(p.ano), numero(p.habitantes), p.porte.porte.nome, p.fonte) for p in portes],
                numeros=frozenset({1}),
                larguras=(12, 18, 20, 60),
            ),
        ]
    documento = papel.Papel(
        titulo=str(lugar),
        sobre="Município",
        periodo=f"População de {portes[-1].ano} a {portes[0].ano}" if portes else "",
        endereco=reverse("territorio-municipio", args=[lugar.pk]),
        partes=partes,
    )
    return papel.como_pdf(request, documento, nome=f"municipio-{lugar.pk}")


def _ano_pedido(request: HttpRequest, anos: list[int]) -> int:
    """O ano do endereço, se temos a população dele; senão o mais recente."""
    pedido = request.GET.get("ano", "")
    if re.fullmatch(r"[0-9]{4}", pedido) and int(pedido) in anos:
        return int(pedido)
    return anos[0] if anos else request.hoje.year


def _baixar(
    request: HttpRequest, nome: str, titulo: str, colunas: tuple[exportar.Coluna, ...], linhas: list[Any]
) -> HttpResponse:
    """O que se vê, no formato pedido. Códigos, nomes e população são reais também na demonstração."""
    lista = exportar.Lista(nome=nome, titulo=titulo, colunas=colunas, linhas=linhas, sintetica=False)
    return exportar.baixar(request, lista)
