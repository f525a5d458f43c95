"""O andamento de uma tarefa, como trecho de página, e o funcionamento da instalação."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from suas.nucleo.fila import acoes, retrato, tarefas
from suas.nucleo.fila.forms import Desistencia
from suas.nucleo.fila.models import EstadoDaTarefa, Tarefa
from suas.nucleo.fila.permissoes import exigir_operar, obter_andamento_para_ver, obter_tarefa_para_operar
from suas.nucleo.recusa import AtoRecusado


@require_safe
def andamento(request: HttpRequest, andamento_id: UUID) -> HttpResponse:
    """O trecho que a página troca sozinha enquanto a tarefa corre; ao terminar, pede a página inteira."""
    atual = obter_andamento_para_ver(request.ator, andamento_id=andamento_id)
    resposta = render(request, "fila/andamento.jinja", {"andamento": atual})
    if atual.terminou:
        resposta["HX-Refresh"] = "true"
    return resposta


@require_safe
def funcionamento(request: HttpRequest) -> HttpResponse:
    """O que espera, o que corre e com quem, o que parou, e as rotinas."""
    exigir_operar(request.ator)
    return render(request, "fila/funcionamento.jinja", {"retrato": retrato.tirar(em=request.agora)})


@require_safe
def tarefa(request: HttpRequest, tarefa_id: UUID) -> HttpResponse:
    """Uma tarefa: o que houve com ela e o que se pode fazer."""
    return _mostrar(request, obter_tarefa_para_operar(request.ator, tarefa_id=tarefa_id), Desistencia())


@require_POST
def tentar_de_novo(request: HttpRequest, tarefa_id: UUID) -> HttpResponse:
    """A parada volta à fila."""
    atual = obter_tarefa_para_operar(request.ator, tarefa_id=tarefa_id)
    try:
        acoes.tentar_de_novo(tarefa=atual, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
        return redirect("tarefa", tarefa_id)
    messages.success(request, f"“{atual.titulo}” voltou à fila e corre em seguida.")
    return redirect("funcionamento")


@require_POST
def desistir(request: HttpRequest, tarefa_id: UUID) -> HttpResponse:
    """A parada é cancelada, com o motivo."""
    atual = obter_tarefa_para_operar(request.ator, tarefa_id=tarefa_id)
    form = Desistencia(request.POST)
    if not form.is_valid():
        return _mostrar(request, atual, form)
    try:
        acoes.desistir(tarefa=atual, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        form.add_error(None, str(recusa))
        return _mostrar(request, atual, form)
    messages.success(request, f"“{atual.titulo}” foi cancelada; quem pediu lê o motivo.")
    return redirect("funcionamento")


@require_POST
def rotina_agora(request: HttpRequest, nome: str) -> HttpResponse:
    """Põe a rotina na fila sem esperar o horário."""
    exigir_operar(request.ator)
    declarada = acoes.rotina_declarada(nome)
    if declarada is None:
        raise Http404
    tarefas.pedir_rotina(nome=nome, por=request.ator, em=request.agora)
    messages.success(request, f"“{declarada.nome_na_tela}” está na fila; o resultado aparece aqui quando terminar.")
    return redirect("funcionamento")


def _mostrar(request: HttpRequest, atual: Tarefa, form: Desistencia) -> HttpResponse:
    parada = atual.estado == EstadoDaTarefa.PARADA
    return render(request, "fila/tarefa.jinja", {"tarefa": atual, "parada": parada, "form": form})
