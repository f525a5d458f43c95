"""Conduzir: abrir, mudar opções, criar cenário, congelar de novo, simular, excluir."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from normas.base.centavos import em_reais
from normas.parametros.leitura import Parametro, versoes
from suas.cadastros.territorio.consultas import anos_com_populacao
from suas.financas.partilhas import permissoes, tarefas
from suas.financas.partilhas.acoes import abertura, congelamento
from suas.financas.partilhas.consultas.entradas import avisos
from suas.financas.partilhas.forms import FormDaPartilha, em_teclado, ver_de_novo, visto_de
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo


def _pisos() -> list[Parametro]:
    return list(versoes("pisos.pbf"))


def _recusar(form: FormDaPartilha, recusa: AtoRecusado) -> None:
    form.add_error(recusa.campo, str(recusa))


@require_http_methods(["GET", "POST"])
def nova(request: HttpRequest) -> HttpResponse:
    """Abre uma partilha e congela os insumos de agora."""
    permissoes.exigir_abertura(request.ator)
    anos = anos_com_populacao()
    pisos = _pisos()
    inicial = {
        "exercicio": request.hoje.year,
        "pbf": em_teclado(pisos[-1].conteudo),
        "ano_populacao": anos[0] if anos else None,
        "criterio_porte": "tabela",
        "normalizacao": "porte",
    }
    form = FormDaPartilha(request.POST or None, anos=anos, initial=inicial)
    if request.method == "POST" and form.is_valid():
        try:
            partilha = abertura.abrir(
                escolhas=form.escolhas(), ambito=request.ator.abrangencia, por=request.ator, em=request.agora
            )
        except AtoRecusado as recusa:
            _recusar(form, recusa)
        else:
            messages.success(request, f"{partilha.nome} está aberta e os insumos de agora estão congelados nela.")
            return redirect("partilha", partilha.pk)
    return render(request, "partilhas/nova.jinja", {"form": form, "pisos": pisos, "anos": anos})


@require_http_methods(["GET", "POST"])
def opcoes(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """Muda recurso, piso e opções de uma partilha em preparo."""
    partilha = permissoes.obter_partilha_para_conduzir(request.ator, partilha_id=partilha_id)
    form = FormDaPartilha(request.POST or None, anos=anos_com_populacao(), initial=FormDaPartilha.inicial_de(partilha))
    if request.method == "POST" and form.is_valid():
        try:
            abertura.mudar_opcoes(
                partilha=partilha,
                escolhas=form.escolhas(),
                por=request.ator,
                em=request.agora,
                visto=visto_de(form),
            )
        except AtoRecusado as recusa:
            _recusar(form, recusa)
            if isinstance(recusa, MudouNoMeioTempo):
                partilha.refresh_from_db()
                ver_de_novo(form, visto=abertura.retrato_das_opcoes(partilha))
        else:
            messages.success(request, "Opções gravadas. As cotas mudam na próxima simulação.")
            return redirect("partilha", partilha.pk)
    contexto = {"form": form, "partilha": partilha, "pisos": _pisos(), "cenario": False, "avisos": avisos(partilha)}
    return render(request, "partilhas/opcoes.jinja", contexto)


@require_http_methods(["GET", "POST"])
def cenario(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """Cria outra partilha com os mesmos insumos e outras opções, e a simula."""
    partilha = permissoes.obter_partilha_para_conduzir(request.ator, partilha_id=partilha_id)
    numero = partilha.cenarios.count() + 1
    inicial = FormDaPartilha.inicial_de(partilha) | {"nome": f"{partilha.nome[:100]}, cenário {numero}"}
    form = FormDaPartilha(request.POST or None, anos=anos_com_populacao(), initial=inicial)
    if request.method == "POST" and form.is_valid():
        try:
            novo = tarefas.criar_cenario_e_simular(
                partilha=partilha, escolhas=form.escolhas(), por=request.ator, em=request.agora
            )
        except AtoRecusado as recusa:
            _recusar(form, recusa)
        else:
            messages.success(request, f"Cenário criado a partir de {partilha.nome}. A original não mudou.")
            return redirect("partilha", novo.pk)
    contexto = {"form": form, "partilha": partilha, "pisos": _pisos(), "cenario": True, "avisos": avisos(partilha)}
    return render(request, "partilhas/opcoes.jinja", contexto)


@require_POST
def congelar(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """Traz de novo a população e os indicadores de agora, mantendo o que foi digitado na partilha."""
    partilha = permissoes.obter_partilha_para_conduzir(request.ator, partilha_id=partilha_id)
    try:
        congelamento.congelar_insumos(partilha=partilha, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "População e indicadores de agora congelados; o que foi digitado aqui foi mantido.")
    return redirect("partilha-insumos", partilha.pk)


@require_POST
def simular(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """Põe a simulação na fila; a página da partilha mostra o andamento."""
    partilha = permissoes.obter_partilha_para_conduzir(request.ator, partilha_id=partilha_id)
    try:
        tarefas.pedir_simulacao(partilha=partilha, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    return redirect("partilha", partilha.pk)


@require_http_methods(["GET", "POST"])
def excluir(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """Apaga um rascunho que nunca foi simulado, depois de confirmar."""
    partilha = permissoes.obter_partilha_para_conduzir(request.ator, partilha_id=partilha_id)
    if request.method == "POST":
        try:
            abertura.excluir_rascunho(partilha=partilha, por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            messages.error(request, str(recusa))
            return redirect("partilha", partilha.pk)
        messages.success(request, f"{partilha.nome}, de {em_reais(partilha.recurso_centavos)}, foi excluída.")
        return redirect("partilhas-lista")
    return render(request, "partilhas/excluir.jinja", {"partilha": partilha, "avisos": avisos(partilha)})
