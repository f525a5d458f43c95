"""A trilha por abrangência: os atos em palavras, cada ato por dentro, quem leu dado pessoal, a corrente."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela import exportar
from suas.nucleo.trilha import busca, consultas, palavras, permissoes, tarefas
from suas.nucleo.trilha.acoes import registrar_leitura

if TYPE_CHECKING:
    from suas.nucleo.trilha.models import Alteracao, Ato

POR_PAGINA = 50
LINHAS_DO_ARQUIVO = 10_000
ALTERACOES_NA_PAGINA = 100
COLUNAS_DOS_ATOS = (
    exportar.coluna("quando", "Quando", "momento"),
    exportar.coluna("quem", "Quem"),
    exportar.coluna("papel", "Papel"),
    exportar.coluna("orgao", "Órgão"),
    exportar.coluna("o_que", "O que fez"),
    exportar.coluna("por_que", "Por quê"),
    exportar.coluna("numero", "Número do ato", "inteiro"),
)
COLUNAS_DAS_LEITURAS = (
    exportar.coluna("quando", "Quando", "momento"),
    exportar.coluna("quem", "Quem leu"),
    exportar.coluna("papel", "Papel"),
    exportar.coluna("orgao", "Órgão"),
    exportar.coluna("pessoas", "De quantas pessoas", "inteiro"),
    exportar.coluna("campos", "O que leu"),
    exportar.coluna("onde", "Onde"),
    exportar.coluna("por_que", "Por quê"),
)


@never_cache
@require_safe
def atos(request: HttpRequest) -> HttpResponse:
    """Os atos do território, com filtro por quem, o quê, objeto e dia."""
    filtro = _filtro(request)
    achados, erro = busca.filtrar(permissoes.atos_da_abrangencia(request.ator), filtro)
    if exportar.pedido(request):
        return _baixar_os_atos(request, achados[:LINHAS_DO_ARQUIVO])
    pagina = Paginator(achados, POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "filtro": filtro,
        "erro": erro,
        "pagina": pagina,
        "atos": busca.em_palavras(pagina.object_list),
        "tipos_de_ato": busca.tipos_de_ato(),
        "tipos_de_objeto": busca.tipos_de_objeto(),
        "confere": permissoes.confere(request.ator),
        "ve_leituras": request.ator.pode(Permissao.TRILHA_VER_LEITURAS, em=request.ator.abrangencia),
    }
    return render(request, "trilha/atos.jinja", contexto)


def _baixar_os_atos(request: HttpRequest, achados: Iterable[Ato]) -> HttpResponse:
    """O que a lista mostra, com o mesmo filtro, até dez mil linhas."""
    linhas = [
        (timezone.localtime(a.em), a.quem, a.papel, a.orgao, a.o_que, a.motivo, a.id)
        for a in busca.em_palavras(list(achados))
    ]
    lista = exportar.Lista(nome="trilha", titulo="O que foi feito", colunas=COLUNAS_DOS_ATOS, linhas=linhas)
    return exportar.baixar(request, lista)


@never_cache
@require_http_methods(["GET", "POST"])
def ato(request: HttpRequest, ato_id: int) -> HttpResponse:
    """Um ato e o que ele mudou. O dado pessoal só se mostra a quem diz por que o lê, e a leitura fica na trilha."""
    atual = permissoes.obter_ato_para_ver(request.ator, ato_id=ato_id)
    alteracoes = consultas.alteracoes_do_ato(atual)
    mostradas = list(alteracoes[:ALTERACOES_NA_PAGINA])
    motivo = request.POST.get("motivo", "").replace("\0", "").strip()
    pode_abrir = request.ator.pode(Permissao.TRILHA_VER_LEITURAS, em=request.ator.abrangencia)
    abrir = request.method == "POST" and bool(motivo) and pode_abrir
    mudancas = palavras.mudancas(mostradas, com_dado_pessoal=abrir)
    if abrir:
        _registrar_abertura(request, mostradas, motivo=motivo)
    total = alteracoes.count()
    contexto = {
        "ato": busca.em_palavras([atual])[0],
        "mudancas": mudancas,
        "total": total,
        "resumo": busca.contagem_por_tabela(alteracoes.values_list("tabela", flat=True)) if total else [],
        "tem_dado_pessoal": any(mudanca.pessoal and not mudanca.sigilo for mudanca in mudancas),
        "tem_sigilo": any(mudanca.pessoal and mudanca.sigilo for mudanca in mudancas),
        "aberto": abrir,
        "pode_abrir": pode_abrir,
        "falta_motivo": request.method == "POST" and not motivo,
    }
    return render(request, "trilha/ato.jinja", contexto)


@never_cache
@require_safe
def leituras(request: HttpRequest) -> HttpResponse:
    """Quem leu dado pessoal no território, e os dias que pedem uma pergunta."""
    permissoes.exigir(request.ator, Permissao.TRILHA_VER_LEITURAS)
    lotes = busca.lotes_de_leitura(request.ator.abrangencia)
    if exportar.pedido(request):
        return _baixar_as_leituras(request, list(lotes[:LINHAS_DO_ARQUIVO]))
    pagina = Paginator(lotes, POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "pagina": pagina,
        "leituras": busca.leituras_em_palavras(pagina.object_list),
        "sinais": busca.sinais(request.ator.abrangencia, em=request.agora),
        "muitas": busca.MUITAS,
    }
    return render(request, "trilha/leituras.jinja", contexto)


def _baixar_as_leituras(request: HttpRequest, lotes: list[dict[str, Any]]) -> HttpResponse:
    """O que a lista de leituras mostra, até dez mil linhas."""
    linhas = [
        (timezone.localtime(i.em), i.quem, i.papel, i.orgao, i.pessoas, i.campos, i.onde, i.motivo or "abriu a página")
        for i in busca.leituras_em_palavras(lotes)
    ]
    lista = exportar.Lista(nome="leituras", titulo="Quem leu", colunas=COLUNAS_DAS_LEITURAS, linhas=linhas)
    return exportar.baixar(request, lista)


@require_http_methods(["GET", "POST"])
def corrente(request: HttpRequest) -> HttpResponse:
    """Como está a corrente, e o botão que põe a verificação na fila."""
    permissoes.exigir(request.ator, Permissao.TRILHA_CONFERIR)
    if request.method == "POST":
        tarefas.pedir_verificacao(por=request.ator, em=request.agora)
        messages.success(request, "Verificação na fila: o resultado aparece nesta página; atualize-a em instantes.")
        return redirect("trilha-corrente")
    situacao = consultas.situacao()
    contexto = {
        "situacao": situacao,
        "lacrada_em": parse_datetime(situacao.lacrada_em) if situacao.lacrada_em else None,
    }
    return render(request, "trilha/corrente.jinja", contexto)


def _filtro(request: HttpRequest) -> busca.Filtro:
    return busca.Filtro(**{nome: request.GET.get(nome, "") for nome in ("quem", "ato", "objeto", "desde", "ate")})


def _registrar_abertura(request: HttpRequest, alteracoes: Iterable[Alteracao], *, motivo: str) -> None:
    """Uma leitura por titular e tabela, com os campos que se abriram."""
    for alteracao in alteracoes:
        lida = consultas.legivel(alteracao, decifrar=False)
        modelo = busca.modelo_da_tabela(alteracao.tabela)
        if alteracao.titular and lida.pessoais and modelo is not None and not palavras.sob_sigilo(modelo):
            registrar_leitura(
                tabela=modelo._meta.label_lower,
                ids=[alteracao.chave],
                titulares=[alteracao.titular],
                campos=sorted(lida.pessoais),
                por=request.ator,
                em=request.agora,
                motivo=motivo,
            )
