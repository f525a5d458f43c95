"""Para digitar no sistema federal: na ordem dele, copiando campo por campo, e com a prova guardada."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.cadastros.rede.models import Unidade
from suas.nucleo.documentos.entrega import como_arquivo
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.mensais import consultas, forms, permissoes, quadro
from suas.vigilancia.mensais.acoes import federal
from suas.vigilancia.mensais.models import Envio, RegistroMensal
from suas.vigilancia.mensais.views.endereco import competencia_do, registro_da


@never_cache
@require_http_methods(["GET", "POST"])
def digitar(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """Os números do envio que vale, na ordem do formulário; o POST guarda o comprovante."""
    unidade, envio = _do_endereco(request, unidade_id, mes)
    competencia = competencia_do(request, mes)
    form = forms.Comprovante(request.POST or None, request.FILES or None, initial={"dia": request.hoje})
    if request.method == "POST" and form.is_valid():
        try:
            federal.comprovar(
                envio=envio,
                dia=form.cleaned_data["dia"],
                protocolo=form.cleaned_data["protocolo"],
                arquivo=form.cleaned_data["arquivo"],
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Comprovante guardado.")
            return redirect("rma-federal", unidade.pk, mes)
    transcricao = consultas.transcricao_de(envio)
    return render(
        request,
        "mensais/federal.jinja",
        {
            "unidade": unidade,
            "competencia": competencia,
            "envio": envio,
            "quadro": quadro.montar(unidade, competencia, itens=envio.itens, calculados={}),
            "digitadas": transcricao.digitadas if transcricao is not None else [],
            "de_outro_envio": envio.numero > 1 and consultas.comprovados_antes(envio),
            "comprovantes": consultas.comprovantes(envio),
            "form": form,
        },
    )


@require_POST
def marcar(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """Marca o que já se digitou: as células da página inteira, ou uma só."""
    unidade, envio = _do_endereco(request, unidade_id, mes)
    uma = "celula" in request.POST
    digitadas = set(request.POST.getlist("digitada"))
    estavam = {request.POST["celula"]} if uma else set(request.POST.getlist("estava"))
    try:
        feita = federal.marcar(
            envio=envio,
            digitadas=digitadas,
            desmarcadas=estavam - digitadas,
            por=request.ator,
            em=request.agora,
        )
    except AtoRecusado as recusa:
        if uma:
            return JsonResponse({"mensagem": str(recusa)}, status=422)
        messages.error(request, str(recusa))
    else:
        if uma:
            return JsonResponse({"digitadas": len(feita.digitadas)})
        messages.success(request, "Marcas guardadas.")
    return redirect("rma-federal", unidade.pk, mes)


@never_cache
@require_safe
def baixar(request: HttpRequest, unidade_id: UUID, mes: str, comprovante_id: int) -> HttpResponseBase:
    """O arquivo do comprovante, a quem lê o mês da unidade."""
    competencia_do(request, mes)
    documento = permissoes.obter_comprovante_para_ver(
        request.ator, unidade_id=unidade_id, mes=mes, comprovante_id=comprovante_id
    )
    return como_arquivo(documento, ator=request.ator, publicado=False)


def _do_endereco(request: HttpRequest, unidade_id: UUID, mes: str) -> tuple[Unidade, Envio]:
    """A unidade e o envio que vale; 404 se o mês não está entregue."""
    unidade = permissoes.obter_unidade_para_preencher(request.ator, unidade_id=unidade_id)
    registro = registro_da(unidade, competencia_do(request, mes))
    envio = registro.envios.first()
    if envio is None or registro.estado not in RegistroMensal.ENTREGUES:
        raise Http404
    return unidade, envio
