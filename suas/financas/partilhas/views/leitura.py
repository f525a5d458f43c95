"""Ler partilhas: a lista, uma partilha, um estado dela e a memória de um município. Públicas quando deliberadas."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from normas.partilha.distribuicao import FUNDAMENTO_DISTRIBUICAO
from normas.partilha.regras import regras_do_exercicio
from normas.territorio.federacao import UF_POR_CODIGO, UF_POR_SIGLA
from suas.cadastros.territorio.mapa import resposta_svg
from suas.financas.partilhas import permissoes
from suas.financas.partilhas.consultas import comparacao, entradas, estados, explicacoes, leitura, mapas
from suas.financas.partilhas.consultas.memorias import memoria_da_uf
from suas.financas.partilhas.models import PAIS, Estado, Partilha, Situacao
from suas.financas.partilhas.views import planilhas
from suas.nucleo.fila.consultas import andamento
from suas.nucleo.tela import exportar
from suas.nucleo.tela.filtros import momento, reais

if TYPE_CHECKING:
    from suas.nucleo.fila.models import Andamento

POR_PAGINA = 20
PROGRAMA = settings.RAIZ / "ferramentas" / "recalcular.py"


@login_not_required
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """As partilhas que o ator vê, com filtro por estado."""
    visiveis = entradas.visiveis(request.ator)
    por_estado = leitura.por_estado(visiveis)
    total = sum(quantas for _, quantas in por_estado)
    estado = request.GET.get("estado", "")
    if exportar.pedido(request):
        return planilhas.das_partilhas(request, leitura.listar(visiveis, estado=estado))
    pagina = Paginator(leitura.listar(visiveis, estado=estado), POR_PAGINA).get_page(request.GET.get("pagina"))
    return render(
        request,
        "partilhas/lista.jinja",
        {
            "pagina": pagina,
            "estados": por_estado,
            "estado": estado,
            "total": total,
            "pode_abrir": permissoes.pode_abrir(request.ator),
            "pode_comparar": sum(quantas for e, quantas in por_estado if e != Estado.RASCUNHO) > 1,
        },
    )


@login_not_required
@require_safe
def partilha(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """Uma partilha: o que é, em que pé está, portes, mapa e estados."""
    atual = permissoes.obter_partilha_para_ver(request.ator, partilha_id=partilha_id)
    if atual.versao_simulada is not None and (baixada := _tabela_pedida(request, atual)):
        return baixada
    conduz = permissoes.pode_conduzir(request.ator, atual)
    contexto = {
        **_comum(request, atual),
        "pode_conduzir": conduz,
        "proximo": entradas.proximo_passo(atual) if conduz else None,
        "andamento": _andamento(atual) if conduz else None,
        "mudou": _mudou(atual),
        "etapas": _etapas(atual),
        "etapa_atual": list(Estado).index(Estado(atual.estado)),
        "opcoes": _opcoes(atual),
        "totais": None,
    }
    if atual.versao_simulada is not None:
        contexto |= _resultado(request, atual)
    return render(request, "partilhas/partilha.jinja", contexto)


def _tabela_pedida(request: HttpRequest, atual: Partilha) -> HttpResponse | None:
    """A tabela dos portes ou a dos estados, se o endereço a pede em arquivo."""
    if exportar.pedido(request, "portes"):
        return planilhas.dos_portes(request, atual)
    if exportar.pedido(request, "estados"):
        return planilhas.dos_estados(request, atual, _ufs(request, atual)[0])
    return None


def _ufs(request: HttpRequest, atual: Partilha) -> tuple[list[leitura.LinhaDeUF], str, str]:
    """Os estados que o ator vê, na ordem do endereço; a ordem e, se vê um estado só, a sigla dele."""
    alcance = entradas.alcance(request.ator, atual)
    so_uf = "" if alcance == PAIS else UF_POR_CODIGO[alcance[:2]].sigla
    ordem = request.GET.get("ordem", "-passo2")
    if ordem.removeprefix("-") not in leitura.ORDENS_DE_UF:
        ordem = "-passo2"
    return leitura.ufs(atual, ordem=ordem, so_uf=so_uf), ordem, so_uf


def _comum(request: HttpRequest, atual: Partilha) -> dict:
    return {
        "partilha": atual,
        "avisos": entradas.avisos(atual),
        "alcance": entradas.alcance(request.ator, atual),
        "arquivo_da_memoria": leitura.nome_do_arquivo(atual, "memoria.json"),
    }


def _resultado(request: HttpRequest, atual: Partilha) -> dict:
    ufs, ordem, so_uf = _ufs(request, atual)
    q = request.GET.get("q", "").strip()
    visiveis, proprio = entradas.visiveis(request.ator), request.ator.abrangencia
    return {
        "totais": leitura.totais(atual),
        "portes": leitura.portes(atual),
        "ufs": ufs,
        "ordem": ordem,
        "q": q,
        "achados": leitura.procurar(atual, q, so_uf=so_uf),
        "regras": regras_do_exercicio(atual.exercicio),
        "minha_cota": leitura.cota_de(atual, proprio) if len(proprio) == 7 else None,
        "minha_uf": UF_POR_CODIGO.get(proprio[:2]) if atual.nacional else None,
        "pecas": atual.pecas.all(),
        "cenarios": visiveis.filter(cenario_de=atual),
        "par": comparacao.par_sugerido(atual, visiveis),
        **_mapa(request, atual, so_uf=so_uf or atual.uf_do_ambito),
    }


def _mapa(request: HttpRequest, atual: Partilha, *, so_uf: str | None) -> dict:
    """O mapa nacional, com cada UF como ligação, ou o de uma UF, com cada município."""
    vista = request.GET.get("vista", "")
    vista = vista if vista in mapas.VISTAS else "situacao"
    mapa = mapas.mapa_da_partilha(atual, vista=vista, uf=so_uf or "")
    contexto = {"vistas": mapas.VISTAS, "vista": vista, "mapa": mapa, "uf_do_mapa": so_uf}
    if so_uf is None:
        return contexto | {
            "rotulos": {},
            "enderecos": {sigla: reverse("partilha-uf", args=[atual.pk, sigla]) for sigla in UF_POR_SIGLA},
        }
    if not mapa.classe_de:
        return contexto | {"mapa": None, "rotulos": {}, "enderecos": {}}
    return contexto | _ligacoes_da_uf(atual, so_uf, alcance=entradas.alcance(request.ator, atual))


def _ligacoes_da_uf(atual: Partilha, sigla: str, *, alcance: str) -> dict:
    """Cada município leva à sua memória, se o ator a vê; senão, à fila do estado, que ele vê."""
    modelo = reverse("partilha-municipio", args=[atual.pk, "0000000"])
    do_estado = reverse("partilha-uf", args=[atual.pk, sigla])
    linhas = leitura.da_uf(atual, sigla)
    return {
        "enderecos": {
            linha.codigo: modelo.replace("0000000", linha.codigo)
            if alcance == PAIS or linha.codigo.startswith(alcance)
            else do_estado
            for linha in linhas
        },
        "rotulos": {linha.codigo: f"{linha.nome}: {reais(linha.valor)}" for linha in linhas},
    }


def _andamento(atual: Partilha) -> Andamento | None:
    """O da última simulação pedida, para acompanhar e para dizer por que não foi feita."""
    return andamento(atual.andamento_id) if atual.andamento_id else None


def _mudou(atual: Partilha) -> str:
    if atual.selada_em:
        return f"selada em {momento(atual.selada_em)}"
    quem = f"aberta por {atual.criada_por.nome}" if atual.criada_por else ""
    return " · ".join(parte for parte in (f"última mudança em {momento(atual.mudada_em)}", quem) if parte)


def _etapas(atual: Partilha) -> list[tuple[str, str]]:
    datas = {Estado.SIMULADA: atual.simulada_em, Estado.SELADA: atual.selada_em, Estado.RASCUNHO: atual.criada_em}
    pecas = {peca.tipo: f"{peca.instancia} nº {peca.numero}" for peca in atual.pecas.all()}
    notas = {Estado.PACTUADA: pecas.get("pactuacao", ""), Estado.DELIBERADA: pecas.get("resolucao", "")}
    return [
        (estado.label.capitalize(), notas.get(estado) or (momento(datas[estado]) if datas.get(estado) else ""))
        for estado in Estado
    ]


def _opcoes(atual: Partilha) -> list[tuple[str, str]]:
    return [
        ("Passo 1", atual.get_criterio_porte_display()),
        ("Comparação no passo 3", atual.get_normalizacao_display()),
        ("Transição de 2005", "sim: pobreza no lugar da vulnerabilidade" if atual.transicao_2005 else "não"),
        ("Municípios incompletos", "ficam fora, listados" if atual.excluir_incompletos else "impedem a simulação"),
        ("Ano da população", str(atual.ano_populacao)),
    ]


@login_not_required
@require_safe
def uf(request: HttpRequest, partilha_id: UUID, sigla: str) -> HttpResponse:
    """Um estado na partilha: as filas em ordem e o caminho das sobras."""
    atual = permissoes.obter_partilha_e_uf_para_ver(request.ator, partilha_id=partilha_id, sigla=sigla)
    memoria = memoria_da_uf(atual, sigla)
    if memoria is None:
        raise Http404
    estado = estados.estado(atual, memoria, sigla=sigla)
    for fila in estado.filas:
        if exportar.pedido(request, f"fila-{fila.porte.porte.value}"):
            return planilhas.da_fila(request, atual, fila)
    return render(
        request,
        "partilhas/uf.jinja",
        {
            **_comum(request, atual),
            "uf": UF_POR_SIGLA[sigla],
            "estado": estado,
            "resumo": leitura.ufs(atual, so_uf=sigla)[0],
            "situacoes": Situacao.choices,
            "fundamento": FUNDAMENTO_DISTRIBUICAO,
            **_mapa(request, atual, so_uf=sigla),
        },
    )


@login_not_required
@require_safe
def municipio(request: HttpRequest, partilha_id: UUID, codigo: str) -> HttpResponse:
    """A memória de um município; antes da primeira simulação, os dados dele e o que falta."""
    atual, insumo = permissoes.obter_partilha_e_municipio_para_ver(
        request.ator, partilha_id=partilha_id, codigo_ibge=codigo
    )
    memoria = memoria_da_uf(atual, insumo.uf)
    conduz = permissoes.pode_conduzir(request.ator, atual)
    return render(
        request,
        "partilhas/municipio.jinja",
        {
            **_comum(request, atual),
            "municipio": insumo.municipio,
            "insumo": insumo,
            "m": explicacoes.memoria_do_municipio(memoria, codigo_ibge=codigo) if memoria else None,
            "andamento": _andamento(atual) if conduz else None,
            "linhas": entradas.linhas_do_municipio(atual, insumo) if conduz or memoria is None else [],
            "pode_corrigir": conduz and atual.em_preparo,
        },
    )


@login_not_required
@require_safe
def mapa(request: HttpRequest, partilha_id: UUID, vista: str) -> HttpResponseBase:
    """A imagem do mapa nacional, só para quem vê todos os municípios."""
    atual = permissoes.obter_partilha_para_ver(request.ator, partilha_id=partilha_id)
    if vista not in mapas.VISTAS or not permissoes.alcanca_tudo(request.ator, atual):
        raise Http404
    return resposta_svg(request, mapas.com_avisos(mapas.mapa_da_partilha(atual, vista=vista), atual))


@login_not_required
@require_safe
def recalcular(request: HttpRequest) -> FileResponse:
    """O programa que refaz a conta sem nada deste sistema."""
    return FileResponse(PROGRAMA.open("rb"), as_attachment=True, content_type="text/x-python; charset=utf-8")
