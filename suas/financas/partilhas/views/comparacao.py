"""Dois cenários lado a lado: quem ganha, quem perde, quanto, onde."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from normas.territorio.federacao import UF_POR_CODIGO, UF_POR_SIGLA
from suas.cadastros.territorio.mapa import resposta_svg
from suas.financas.partilhas import permissoes
from suas.financas.partilhas.consultas import comparacao, entradas, mapas
from suas.financas.partilhas.consultas.comparacao import Comparacao, Linha
from suas.financas.partilhas.models import PAIS, Partilha, Porte
from suas.financas.partilhas.views import planilhas
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela import exportar
from suas.nucleo.tela.filtros import reais

POR_PAGINA = 50
RECORTES = ("uf", "porte", "mudanca", "termo", "ordem")


@login_not_required
@require_safe
def comparar(request: HttpRequest) -> HttpResponse:
    """Escolhe duas partilhas do mesmo âmbito e mostra o que muda de uma para a outra."""
    opcoes = comparacao.comparaveis(entradas.visiveis(request.ator))
    contexto = {"opcoes": [(str(p.pk), _nome_na_escolha(p)) for p in opcoes], "erro": "", "comparacao": None}
    contexto |= {nome: request.GET.get(nome, "") for nome in ("a", "b")}
    a, b = _escolhida(request, "a"), _escolhida(request, "b")
    if a and b:
        contexto["erro"] = _por_que_nao(a, b)
        if not contexto["erro"] and exportar.pedido(request):
            return _baixar(request, a, b)
        if not contexto["erro"]:
            contexto |= _lado_a_lado(request, a, b)
    return render(request, "partilhas/comparar.jinja", contexto)


def _nome_na_escolha(partilha: Partilha) -> str:
    return f"{partilha.nome} · {partilha.nome_do_ambito}, {partilha.exercicio} · {partilha.get_estado_display()}"


def _escolhida(request: HttpRequest, nome: str) -> Partilha | None:
    """A partilha do endereço, se o ator a vê; vazio é None, desconhecida é 404."""
    texto = request.GET.get(nome, "")
    if not texto:
        return None
    try:
        codigo = UUID(texto)
    except ValueError as erro:
        raise Http404 from erro
    return permissoes.obter_partilha_para_ver(request.ator, partilha_id=codigo)


def _por_que_nao(a: Partilha, b: Partilha) -> str:
    if a.pk == b.pk:
        return f"As duas escolhas são a mesma partilha, “{a.nome}”. Escolha outra numa delas."
    for partilha in (a, b):
        if partilha.versao_simulada is None:
            return f"“{partilha.nome}” ainda não foi simulada: não há cotas para comparar. Simule-a ou escolha outra."
    if a.ambito != b.ambito:
        return (
            f"“{a.nome}” é de {a.nome_do_ambito} e “{b.nome}” é de {b.nome_do_ambito}: os municípios não são os "
            "mesmos. Escolha duas do mesmo âmbito."
        )
    return ""


def _alcance(ator: Ator, a: Partilha, b: Partilha) -> str:
    """O território que o ator vê nas duas: o menor dos dois alcances."""
    return max((entradas.alcance(ator, p) for p in (a, b)), key=lambda alcance: 0 if alcance == PAIS else len(alcance))


def _lado_a_lado(request: HttpRequest, a: Partilha, b: Partilha) -> dict:
    alcance = _alcance(request.ator, a, b)
    dados = comparacao.comparar(a, b, alcance=alcance)
    recorte = {nome: request.GET.get(nome, "") for nome in RECORTES}
    pagina = Paginator(comparacao.recortar(dados, **recorte), POR_PAGINA).get_page(request.GET.get("pagina"))
    so_uf = a.uf_do_ambito or ("" if alcance == PAIS else UF_POR_CODIGO[alcance[:2]].sigla)
    ufs = sorted({linha.uf for linha in dados.linhas})
    return {
        "comparacao": dados,
        "pagina": pagina,
        "avisos": list(dict.fromkeys([*entradas.avisos(a), *entradas.avisos(b)])),
        "mudancas": [("Ganha", "ganha"), ("Perde", "perde"), ("Fica igual", "igual")],
        "recorte": recorte,
        "opcoes_que_mudam": comparacao.opcoes_que_mudam(a, b),
        "ufs": [(sigla, UF_POR_SIGLA[sigla].nome) for sigla in ufs],
        "portes": Porte.choices,
        **_mapa(dados, uf=recorte["uf"] if recorte["uf"] in ufs else so_uf if so_uf in ufs else ""),
    }


def _mapa(dados: Comparacao, *, uf: str) -> dict:
    mapa = mapas.mapa_da_comparacao(dados, uf=uf)
    consulta = f"a={dados.a.pk}&b={dados.b.pk}"
    base = reverse("partilhas-comparar")
    if not uf:
        return {
            "mapa": mapa,
            "uf_do_mapa": "",
            "imagem": f"{reverse('partilhas-comparar-mapa')}?{consulta}",
            "enderecos": {sigla: f"{base}?{consulta}&uf={sigla}#mapa" for sigla in UF_POR_SIGLA},
            "rotulos": {},
        }
    linhas = [linha for linha in dados.linhas if linha.uf == uf]
    return {
        "mapa": mapa,
        "uf_do_mapa": uf,
        "imagem": "",
        "enderecos": {linha.codigo: reverse("partilha-municipio", args=[dados.b.pk, linha.codigo]) for linha in linhas},
        "rotulos": {linha.codigo: _rotulo(linha) for linha in linhas},
    }


def _rotulo(linha: Linha) -> str:
    if linha.mudanca == "igual":
        return f"{linha.nome}: fica igual, {reais(linha.depois)}"
    return f"{linha.nome}: {linha.mudanca} {reais(abs(linha.diferenca))}"


def _baixar(request: HttpRequest, a: Partilha, b: Partilha) -> HttpResponse:
    """As linhas que a tela mostra, com o mesmo recorte e a mesma ordem."""
    dados = comparacao.comparar(a, b, alcance=_alcance(request.ator, a, b))
    linhas = comparacao.recortar(dados, **{nome: request.GET.get(nome, "") for nome in RECORTES})
    return planilhas.da_comparacao(request, dados, linhas)


@login_not_required
@require_safe
def mapa(request: HttpRequest) -> HttpResponseBase:
    """A imagem nacional de quem ganha e quem perde."""
    dados = _comparacao_pedida(request)
    return resposta_svg(request, mapas.com_avisos(mapas.mapa_da_comparacao(dados), dados.a, dados.b))


def _comparacao_pedida(request: HttpRequest) -> Comparacao:
    a, b = _escolhida(request, "a"), _escolhida(request, "b")
    if a is None or b is None or _por_que_nao(a, b):
        raise Http404
    return comparacao.comparar(a, b, alcance=_alcance(request.ator, a, b))
