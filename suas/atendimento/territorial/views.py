"""Telas da busca ativa: as listas, o roteiro que se imprime ou se leva no telefone, e o resultado de cada família."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.atendimento.familias import permissoes as das_familias
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.consultas import familia as da_familia
from suas.atendimento.familias.forms import Procura
from suas.atendimento.territorial import acoes, consultas, forms, permissoes
from suas.atendimento.territorial.listas import Resultado
from suas.nucleo.identificador import uuid7
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

CAMPOS = ("nome", "endereco", "telefone", "resultado")


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """As listas da unidade, com o que falta em cada uma."""
    unidade = das_familias.obter_unidade_para_atender(request.ator)
    todas = list(consultas.da_unidade(unidade.pk))
    contexto = {
        "unidade": unidade,
        "abertas": [feita for feita in todas if feita.encerrada_em is None],
        "encerradas": [feita for feita in todas if feita.encerrada_em is not None],
    }
    return render(request, "territorial/listas.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def nova(request: HttpRequest) -> HttpResponse:
    """Uma lista, por um motivo."""
    unidade = das_familias.obter_unidade_para_atender(request.ator)
    form = forms.Abrir(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            aberta = acoes.abrir(
                unidade=unidade, por=request.ator, em=request.agora, hoje=request.hoje, **form.cleaned_data
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, "Lista aberta.")
            return redirect("busca-ativa-lista", aberta.pk)
    return render(request, "territorial/nova.jinja", {"unidade": unidade, "form": form})


@never_cache
@require_safe
def roteiro(request: HttpRequest, lista_id: UUID) -> HttpResponse:
    """O roteiro por bairro e rua: imprime-se como está, e no telefone cada família é um cartão."""
    aberta = permissoes.obter_lista_para_cuidar(request.ator, lista_id=lista_id)
    paradas = consultas.roteiro(aberta)
    _registrar(request, aberta.abrangencia, [parada.procurada.familia_id for parada in paradas])
    resultados = consultas.resultados(aberta)
    contexto = {
        "lista": aberta,
        "faltam": [p for p in paradas if p.procurada.resultado in {"", Resultado.AUSENTE}],
        "resolvidas": [p for p in paradas if p.procurada.resultado not in {"", Resultado.AUSENTE}],
        "contas": [(r.label, resultados[r]) for r in Resultado if r in resultados],
    }
    return render(request, "territorial/roteiro.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def incluir(request: HttpRequest, lista_id: UUID) -> HttpResponse:
    """Procura no registro do município e põe na lista com um toque."""
    aberta = permissoes.obter_lista_para_cuidar(request.ator, lista_id=lista_id)
    if integrante_id := request.POST.get("integrante", ""):
        achada = busca.integrante_do_municipio(integrante_id, municipio=aberta.abrangencia)
        if achada is None:
            messages.error(request, "Esta pessoa já não está na família. Procure de novo.")
            return redirect("busca-ativa-incluir", aberta.pk)
        try:
            acoes.incluir(
                lista=aberta,
                familia=achada.familia,
                observacao=request.POST.get("observacao", "").replace("\0", "")[:300],
                por=request.ator,
                em=request.agora,
            )
        except AtoRecusado as recusa:
            messages.error(request, str(recusa))
            return redirect("busca-ativa-lista", aberta.pk)
        messages.success(request, f"Família de {achada.pessoa.como_se_chama} na lista.")
        return redirect("busca-ativa-incluir", aberta.pk)
    form = Procura(request.POST or None)
    termo = form.cleaned_data["termo"] if request.method == "POST" and form.is_valid() else ""
    achadas = busca.procurar(termo, municipio=aberta.abrangencia, unidade=aberta.unidade_id) if termo else []
    ja = set(aberta.procuradas.values_list("familia_id", flat=True))
    _registrar(request, aberta.abrangencia, [a.pessoa.pk for a in achadas], campos=("nome", "nascimento"))
    contexto = {
        "lista": aberta,
        "form": form,
        "pede": forms.Incluir(),
        "termo": termo,
        "achadas": achadas,
        "ja": ja,
        "hoje": request.hoje,
    }
    return render(request, "territorial/incluir.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def resultado(request: HttpRequest, procurada_id: UUID) -> HttpResponse:
    """No que deu a ida a uma família, e as idas de antes."""
    procurada = permissoes.obter_procurada_para_cuidar(request.ator, procurada_id=procurada_id)
    form = forms.Resultado(request.POST or None, initial={"chave": uuid7(), "dia": request.hoje, "visita": True})
    if request.method == "POST" and form.is_valid():
        try:
            acoes.procurar(
                procurada=procurada, achado=form.achado(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, "Resultado gravado.")
            return redirect("busca-ativa-lista", procurada.lista_id)
    _registrar(request, procurada.abrangencia, [procurada.familia_id])
    contexto = {
        "p": procurada,
        "form": form,
        "referencia": da_familia.referencia(procurada.familia),
        "domicilio": da_familia.domicilio(procurada.familia),
        "procuras": consultas.procuras(procurada),
        "tem_prontuario": da_familia.prontuario_na(procurada.familia, unidade=procurada.lista.unidade_id),
    }
    return render(request, "territorial/resultado.jinja", contexto)


@never_cache
@require_POST
def encerrar(request: HttpRequest, lista_id: UUID) -> HttpResponse:
    """A busca acabou."""
    aberta = permissoes.obter_lista_para_cuidar(request.ator, lista_id=lista_id)
    try:
        acoes.encerrar(lista=aberta, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Lista encerrada. O que se achou fica.")
    return redirect("busca-ativa-lista", aberta.pk)


def _registrar(
    request: HttpRequest, territorio: str, titulares: Iterable[UUID], campos: tuple[str, ...] = CAMPOS
) -> None:
    lidos = list(titulares)
    registrar_leitura(
        tabela="familias.familia",
        ids=lidos,
        titulares=lidos,
        campos=campos,
        territorio=territorio,
        por=request.ator,
        em=request.agora,
    )
