"""Encaminhar em dois toques: para onde, e para quê. Quem recebe responde com um."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.atendimento.familias import permissoes as das_familias
from suas.atendimento.familias.consultas import familia as da_familia
from suas.atendimento.familias.ligacoes import Secao
from suas.atendimento.familias.permissoes import Acesso
from suas.atendimento.servicos import listas, permissoes
from suas.atendimento.servicos.acoes import encaminhamentos as acoes
from suas.atendimento.servicos.consultas import encaminhamentos as leitura
from suas.atendimento.servicos.consultas import protocolos
from suas.atendimento.servicos.forms import encaminhamentos as forms
from suas.atendimento.servicos.models import Encaminhamento
from suas.nucleo.identificador import uuid7
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

Etapa = Encaminhamento.Etapa
POR_PAGINA, NA_FICHA = 50, 10
CAMPOS = ("nome", "codigo", "motivo", "respostas", "orgao")
FORA = "fora"


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os que chegaram à unidade, com os que esperam resposta à frente; e os que ela enviou."""
    unidade = das_familias.obter_unidade_para_atender(request.ator)
    lado = "enviados" if request.GET.get("lado") == "enviados" else "recebidos"
    etapa = request.GET.get("etapa", "")
    etapa = etapa if etapa in Etapa.values else ""
    achados = (leitura.enviados if lado == "enviados" else leitura.recebidos)(unidade.pk, etapa=etapa)
    pagina = Paginator(achados, POR_PAGINA).get_page(request.GET.get("pagina"))
    referencias = da_familia.referencias([e.familia_id for e in pagina])
    registrar_leitura(
        tabela="servicos.encaminhamento",
        ids=[e.pk for e in pagina],
        titulares=[e.familia_id for e in pagina],
        campos=("nome", "codigo"),
        territorio=unidade.municipio_id,
        por=request.ator,
        em=request.agora,
    )
    contexto = {
        "unidade": unidade,
        "lado": lado,
        "etapa": etapa,
        "etapas": Etapa.choices,
        "pagina": pagina,
        "referencias": referencias,
        "hoje": request.hoje,
        "pactua": permissoes.pactua(request.ator),
    }
    return render(request, "servicos/encaminhamentos.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def encaminhar(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Primeiro toque: para onde. Segundo: o formulário, que o protocolo entre as duas unidades molda."""
    prontuario = das_familias.obter_familia_para_atender(request.ator, familia_id=familia_id)
    referencia = da_familia.referencia(prontuario.familia)
    contexto: dict[str, Any] = {"prontuario": prontuario, "referencia": referencia}
    para = request.GET.get("para", "")
    if not para:
        destinos = leitura.destinos(prontuario.unidade, hoje=request.hoje)
        _registrar(request, prontuario.familia_id, prontuario.abrangencia, ("nome",))
        contexto |= {"destinos": destinos, "protocolos": protocolos.das_origens(prontuario.unidade)}
        return render(request, "servicos/para_onde.jinja", contexto)
    destino = permissoes.obter_destino(request.ator, destino_id=_uuid(para)) if para != FORA else None
    protocolo = protocolos.em_vigor(origem=prontuario.unidade, destino=destino)
    inicial = {"chave": uuid7(), "codigo": listas.sugerido(prontuario.unidade, destino)}
    form = forms.Encaminhar(
        request.POST or None,
        initial=inicial,
        origem=prontuario.unidade,
        destino=destino,
        protocolo=protocolo,
        composicao=da_familia.composicao(prontuario.familia),
    )
    if request.method == "POST" and form.is_valid():
        try:
            feito = acoes.encaminhar(
                prontuario=prontuario, novo=form.novo(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, f"Encaminhado a {feito.para_onde}.")
            return redirect("encaminhamento", feito.pk)
    _registrar(request, prontuario.familia_id, prontuario.abrangencia, ("nome",))
    contexto |= {"destino": destino, "protocolo": protocolo, "form": form, "prazo": acoes.PRAZO_SEM_PROTOCOLO}
    return render(request, "servicos/encaminhar.jinja", contexto)


@never_cache
@require_safe
def ver(request: HttpRequest, encaminhamento_id: UUID) -> HttpResponse:
    """O encaminhamento nas duas pontas: o que se pediu e cada passo dado."""
    encaminhamento = permissoes.obter_encaminhamento_para_ver(request.ator, encaminhamento_id=encaminhamento_id)
    _registrar(request, encaminhamento.familia_id, encaminhamento.abrangencia, CAMPOS)
    contexto = {
        "e": encaminhamento,
        "passos": leitura.passos(encaminhamento),
        "referencia": da_familia.referencia(encaminhamento.familia),
        "recebe": request.ator.unidade == encaminhamento.destino_id,
        "enviou": request.ator.unidade == encaminhamento.origem_id,
        "hoje": request.hoje,
        "vencido": encaminhamento.vencido(request.hoje),
    }
    return render(request, "servicos/encaminhamento.jinja", contexto)


@never_cache
@require_POST
def aceitar(request: HttpRequest, encaminhamento_id: UUID) -> HttpResponse:
    """Um toque: a unidade recebe a família, e o prontuário se abre se faltava."""
    encaminhamento = permissoes.obter_encaminhamento_para_responder(request.ator, encaminhamento_id=encaminhamento_id)
    try:
        acoes.aceitar(encaminhamento=encaminhamento, por=request.ator, em=request.agora, hoje=request.hoje)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Aceito. A família já tem prontuário nesta unidade.")
    return redirect("encaminhamento", encaminhamento.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def recusar(request: HttpRequest, encaminhamento_id: UUID) -> HttpResponse:
    """Não aceitar, com o motivo."""
    encaminhamento = permissoes.obter_encaminhamento_para_responder(request.ator, encaminhamento_id=encaminhamento_id)
    textos = ("Não aceitar o encaminhamento", "Por que a unidade não recebe", "Quem encaminhou vai ler.", "Não aceitar")
    return _com_texto(
        request,
        encaminhamento,
        textos,
        lambda texto: acoes.recusar(
            encaminhamento=encaminhamento, motivo=texto, por=request.ator, em=request.agora, hoje=request.hoje
        ),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def devolver(request: HttpRequest, encaminhamento_id: UUID) -> HttpResponse:
    """A contrarreferência."""
    encaminhamento = permissoes.obter_encaminhamento_para_responder(request.ator, encaminhamento_id=encaminhamento_id)
    textos = (
        "Devolver com retorno",
        "O que se fez, e o que precisa continuar",
        "A unidade que encaminhou lê isto, e não o prontuário.",
        "Devolver com retorno",
    )
    return _com_texto(
        request,
        encaminhamento,
        textos,
        lambda texto: acoes.devolver(encaminhamento=encaminhamento, retorno=texto, por=request.ator, em=request.agora),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def retorno(request: HttpRequest, encaminhamento_id: UUID) -> HttpResponse:
    """O que o órgão de fora respondeu."""
    encaminhamento = permissoes.obter_encaminhamento_para_cuidar(request.ator, encaminhamento_id=encaminhamento_id)
    textos = ("Anotar o retorno", "O que o órgão respondeu", "Ou que não respondeu, e desde quando.", "Anotar")
    return _com_texto(
        request,
        encaminhamento,
        textos,
        lambda texto: acoes.anotar_retorno(
            encaminhamento=encaminhamento, retorno=texto, por=request.ator, em=request.agora
        ),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def cancelar(request: HttpRequest, encaminhamento_id: UUID) -> HttpResponse:
    """Desistir antes da resposta."""
    encaminhamento = permissoes.obter_encaminhamento_para_cuidar(request.ator, encaminhamento_id=encaminhamento_id)
    textos = (
        "Cancelar o encaminhamento",
        "Por que se cancela",
        "O encaminhamento continua na história da família, e não conta no mês.",
        "Cancelar o encaminhamento",
    )
    return _com_texto(
        request,
        encaminhamento,
        textos,
        lambda texto: acoes.cancelar(encaminhamento=encaminhamento, motivo=texto, por=request.ator, em=request.agora),
    )


def na_ficha(request: HttpRequest, acesso: Acesso) -> Secao | None:
    """Os encaminhamentos na página da família, de quem lê o prontuário ou os recebeu."""
    if not acesso.atende:
        return None
    lidas = acesso.unidades_lidas(da_familia.prontuarios(acesso.familia))
    feitos = list(leitura.da_familia(acesso.familia, unidade=acesso.unidade.pk, lidas=lidas)[:NA_FICHA])
    if not feitos and acesso.prontuario is None:
        return None
    dados = {"feitos": feitos, "familia": acesso.familia, "encaminha": acesso.le_prontuario, "hoje": request.hoje}
    return Secao(
        modelo="servicos/_na_ficha.jinja", dados=dados | {"unidade": acesso.unidade.pk}, campos=("codigo", "orgao")
    )


def _com_texto(
    request: HttpRequest,
    encaminhamento: Encaminhamento,
    textos: tuple[str, str, str, str],
    fazer: Callable[[str], object],
) -> HttpResponse:
    titulo, rotulo, ajuda, botao = textos
    form = forms.Texto(request.POST or None, rotulo=rotulo, ajuda=ajuda)
    if request.method == "POST" and form.is_valid():
        try:
            fazer(form.cleaned_data["texto"])
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, "Gravado no encaminhamento.")
            return redirect("encaminhamento", encaminhamento.pk)
    _registrar(request, encaminhamento.familia_id, encaminhamento.abrangencia, ("nome",))
    contexto = {
        "e": encaminhamento,
        "form": form,
        "titulo": titulo,
        "botao": botao,
        "referencia": da_familia.referencia(encaminhamento.familia),
    }
    return render(request, "servicos/passo.jinja", contexto)


def _registrar(request: HttpRequest, familia_id: UUID, territorio: str, campos: tuple[str, ...]) -> None:
    registrar_leitura(
        tabela="familias.familia",
        ids=[familia_id],
        titulares=[familia_id],
        campos=campos,
        territorio=territorio,
        por=request.ator,
        em=request.agora,
    )


def _uuid(texto: str) -> UUID:
    """O identificador escrito no endereço; o que não é um não leva a unidade alguma."""
    try:
        return UUID(texto)
    except ValueError:
        return UUID(int=0)
