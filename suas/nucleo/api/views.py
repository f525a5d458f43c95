"""As telas: as chaves da pessoa, o registro dos pedidos e a página que explica a interface."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.nucleo.api import acoes, consultas, forms, interface, permissoes, respostas
from suas.nucleo.api.documentacao import recursos
from suas.nucleo.api.models import RegistroDaApi
from suas.nucleo.api.problemas import TITULOS
from suas.nucleo.identidade import confirmacao
from suas.nucleo.recusa import AtoRecusado

POR_PAGINA = 50


@never_cache
@require_http_methods(["GET", "POST"])
def chaves(request: HttpRequest) -> HttpResponse:
    """As chaves da pessoa e o formulário de outra. A chave criada aparece só nesta resposta, que não se guarda."""
    permissoes.exigir_vinculo(request.ator)
    form = forms.NovaChave(request.POST or None)
    criada = None
    if request.method == "POST" and (confirmar := confirmacao.pedir(request)):
        return confirmar
    if request.method == "POST" and form.is_valid():
        try:
            criada = acoes.criar_chave(
                nome=form.cleaned_data["nome"],
                dias=form.cleaned_data["dias"],
                pode_escrever=form.cleaned_data["permite"] == "escrever",
                por=request.ator,
                em=request.agora,
            )
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            form = forms.NovaChave()
    contexto = {
        "form": form,
        "criada": criada,
        "chaves": list(consultas.chaves_de(request.ator.pessoa)),
        "ve_registro": permissoes.ve_o_registro(request.ator),
    }
    return render(request, "api/chaves.jinja", contexto)


@never_cache
@require_safe
def chave(request: HttpRequest, chave_id: UUID) -> HttpResponse:
    """Uma chave da pessoa: de que vínculo é, até quando vale, e o que se pediu com ela."""
    atual = permissoes.obter_chave_para_cuidar(request.ator, chave_id=chave_id)
    contexto = {"chave": atual, "vigente": consultas.ator_da_chave(atual, em=request.agora, hoje=request.hoje)}
    return render(request, "api/chave.jinja", contexto | _registro(request, consultas.registros_da_chave(atual)))


@require_POST
def revogar(request: HttpRequest, chave_id: UUID) -> HttpResponse:
    """Revoga a chave; os programas que a usam param de entrar na mesma hora."""
    atual = permissoes.obter_chave_para_cuidar(request.ator, chave_id=chave_id)
    acoes.revogar_chave(chave=atual, por=request.ator, em=request.agora)
    messages.success(request, f"A chave “{atual.nome}” foi revogada. O programa que a usava já não entra.")
    return redirect("chaves")


@never_cache
@require_safe
def registro(request: HttpRequest) -> HttpResponse:
    """O que os programas pediram com chaves de vínculos do território."""
    registros = permissoes.obter_registro_para_ver(request.ator)
    return render(request, "api/registro.jinja", _registro(request, registros))


def _registro(request: HttpRequest, registros: QuerySet[RegistroDaApi]) -> dict[str, object]:
    situacao = request.GET.get("situacao", "")
    achados = consultas.so_da_situacao(registros, situacao)
    return {
        "situacao": situacao if situacao in consultas.SITUACOES else "",
        "situacoes": [(codigo, rotulo) for codigo, (rotulo, _) in consultas.SITUACOES.items()],
        "pagina": Paginator(achados, POR_PAGINA).get_page(request.GET.get("pagina")),
    }


@login_not_required
@require_safe
def documentacao(request: HttpRequest) -> HttpResponse:
    """A interface explicada a quem programa, tirada do mesmo OpenAPI que os programas leem."""
    contexto = {
        "titulo": interface.TITULO,
        "descricao": interface.DESCRICAO,
        "grupos": recursos(interface.esquema(), raiz=request.build_absolute_uri("/")),
        "problemas": TITULOS,
    }
    return render(request, "api/documentacao.jinja", contexto)


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """O OpenAPI, para os programas que geram outros programas."""
    conteudo = respostas.em_json(interface.esquema())
    return respostas.arquivo_json(request, conteudo, versao=interface.resumo_do_esquema())
