"""As planilhas que se trazem e o envio de uma."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from suas.nucleo.importacoes import consultas, forms, permissoes, registro, tarefas
from suas.nucleo.importacoes.acoes import preparo
from suas.nucleo.planilhas.saida import FORMATOS_DE_PLANILHA
from suas.nucleo.recusa import AtoRecusado

POR_PAGINA = 20


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """O que este vínculo traz, o que espera por ele e as planilhas recentes."""
    permissoes.exigir_lista(request.ator)
    pagina = Paginator(consultas.recentes(request.ator), POR_PAGINA).get_page(request.GET.get("pagina"))
    return render(
        request,
        "importacoes/lista.jinja",
        {
            "importadores": consultas.que_importa(request.ator),
            "telas": consultas.telas_que_abre(request.ator),
            "esperam": list(consultas.a_aprovar(request.ator)[:POR_PAGINA]),
            "pagina": pagina,
            "nomes": {i.codigo: i.nome for i in registro.importadores()},
        },
    )


@require_http_methods(["GET", "POST"])
def trazer(request: HttpRequest, codigo: str) -> HttpResponse:
    """Recebe a planilha e leva à conferência; nada muda ainda."""
    importador = permissoes.obter_importador_para_trazer(request.ator, codigo=codigo)
    form = forms.EnviarPlanilha(request.POST or None, request.FILES or None, importador=importador)
    if request.method == "POST" and form.is_valid():
        try:
            importacao = preparo.receber(
                importador=importador,
                arquivo=form.cleaned_data["arquivo"].name,
                conteudo=form.conteudo,
                quadro=form.quadro,
                respostas=form.respostas,
                por=request.ator,
                em=request.agora,
            )
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            tarefas.conferir(importacao=importacao, importador=importador, por=request.ator, em=request.agora)
            return redirect("importacao", importacao_id=importacao.pk)
    return render(
        request,
        "importacoes/trazer.jinja",
        {"importador": importador, "form": form, "formatos": FORMATOS_DE_PLANILHA},
    )
