"""Telas dos órgãos: a página do ente, cada órgão, a edição, a posse e o fim do mandato."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.cadastros.orgaos import acoes, consultas, do_ente, forms, partes, permissoes
from suas.cadastros.orgaos.models import Orgao, nome_do_tipo
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha import historia


@login_not_required
@require_safe
def ente(request: HttpRequest, codigo: str) -> HttpResponse:
    """O órgão gestor, o conselho, o governo e o fundo de um ente, com quem responde por eles."""
    achado = permissoes.obter_ente(request.ator, codigo=codigo)
    if achado.codigo != codigo:
        return redirect("ente", achado.codigo)
    contexto = {
        "ente": achado,
        "cartoes": consultas.cartoes(codigo),
        "partes": partes.montar(codigo, ator=request.ator, hoje=request.hoje),
        "cuida_de": _cuida_de(request, codigo),
        "frescor": lambda registro: consultas.frescor(registro, hoje=request.hoje),
    }
    return render(request, "orgaos/ente.jinja", contexto)


def _cuida_de(request: HttpRequest, codigo: str) -> set[str]:
    return {
        str(tipo)
        for tipo, permissao in consultas.PERMISSAO_DO_TIPO.items()
        if permissoes.cuida(request.ator, permissao, codigo=codigo)
    }


@login_not_required
@require_safe
def orgao(request: HttpRequest, codigo: str, tipo: str) -> HttpResponse:
    """Um órgão: a ficha, quem responde e quem já respondeu, e a história do registro."""
    achado = permissoes.obter_ente(request.ator, codigo=codigo)
    if achado.codigo != codigo:
        return redirect("orgao", achado.codigo, tipo)
    atual = permissoes.obter_orgao_para_ver(request.ator, codigo=codigo, tipo=tipo)
    mandatos = list(atual.mandatos.select_related("orgao"))
    contexto = {
        "ente": achado,
        "orgao": atual,
        "abertos": [m for m in mandatos if m.ate is None],
        "anteriores": [m for m in mandatos if m.ate is not None],
        "passos": historia.de([atual, *mandatos], com_nomes=not request.ator.e_publico),
        "cuida": tipo in _cuida_de(request, codigo),
        "frescor": consultas.frescor(atual, hoje=request.hoje),
        "velho": consultas.esta_velho(atual, hoje=request.hoje),
        "hoje": request.hoje,
    }
    return render(request, "orgaos/orgao.jinja", contexto)


@require_http_methods(["GET", "POST"])
def editar(request: HttpRequest, codigo: str, tipo: str) -> HttpResponse:
    """Registra ou atualiza o órgão. Se outra pessoa gravou antes, mostra o que mudou e guarda o que se digitou."""
    achado = permissoes.obter_ente_para_editar(request.ator, codigo=codigo, tipo=tipo)
    atual = consultas.orgaos_do_ente(achado.codigo).get(tipo)
    form = forms.Registro(request.POST or None, tipo=tipo, orgao=atual)
    mudancas: list[do_ente.Diferenca] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            gravado = _gravar(request, form, achado=achado, tipo=tipo, atual=atual)
        except do_ente.MudouEnquantoIsso as outra:
            mudancas = do_ente.diferencas(form, outra.atual)
            form = forms.Registro(do_ente.sobre_a_versao(form, outra.atual), tipo=tipo)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"Cadastro gravado e conferido: {gravado.nome}.")
            return redirect("orgao", achado.codigo, tipo)
    contexto = {"ente": achado, "tipo": tipo, "titulo": nome_do_tipo(tipo, achado.codigo), "orgao": atual, "form": form}
    contexto |= {"mudancas": mudancas, "outra_gravou": mudancas is not None}
    return render(request, "orgaos/editar.jinja", contexto)


def _gravar(
    request: HttpRequest, form: forms.Registro, *, achado: consultas.Ente, tipo: str, atual: Orgao | None
) -> Orgao:
    comum = {"dados": form.dados(), "por": request.ator, "em": request.agora}
    if atual is None:
        return acoes.registrar_orgao(tipo=tipo, abrangencia=achado.codigo, **comum)
    return acoes.atualizar_orgao(orgao=atual, versao=form.cleaned_data["versao"], **comum)


@require_POST
def conferir(request: HttpRequest, codigo: str, tipo: str) -> HttpResponse:
    """“Está tudo certo hoje.”"""
    atual = permissoes.obter_orgao_para_editar(request.ator, codigo=codigo, tipo=tipo)
    acoes.conferir_orgao(orgao=atual, por=request.ator, em=request.agora)
    messages.success(request, "Anotado: o cadastro foi conferido hoje.")
    return redirect("orgao", atual.abrangencia, tipo)


@require_http_methods(["GET", "POST"])
def posse(request: HttpRequest, codigo: str, tipo: str) -> HttpResponse:
    """Quem assume entra, e quem respondia sai, num ato só."""
    atual = permissoes.obter_orgao_para_editar(request.ator, codigo=codigo, tipo=tipo)
    form = forms.PosseNoOrgao(request.POST or None, tipo=tipo)
    if request.method == "POST" and form.is_valid():
        try:
            novo, saiu = acoes.dar_posse(
                orgao=atual,
                funcao=form.cleaned_data["funcao"],
                posse=form.posse(),
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, _o_que_houve(novo.nome, saiu.nome if saiu else ""))
            return redirect("orgao", atual.abrangencia, tipo)
    abertos = atual.mandatos.filter(ate__isnull=True).select_related("orgao")
    return render(request, "orgaos/posse.jinja", {"orgao": atual, "form": form, "abertos": abertos})


def _o_que_houve(entrou: str, saiu: str) -> str:
    if not saiu:
        return f"Registrado: {entrou}."
    return f"{entrou} responde no lugar de {saiu}. O acesso ao sistema se passa à parte, em “Acessos”."


@require_http_methods(["GET", "POST"])
def encerrar(request: HttpRequest, mandato_id: UUID) -> HttpResponse:
    """O fim de um mandato sem que outra pessoa assuma."""
    mandato = permissoes.obter_mandato_para_encerrar(request.ator, mandato_id=mandato_id)
    form = forms.EncerrarMandato(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.encerrar_mandato(
                mandato=mandato, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"O mandato de {mandato.nome} está encerrado.")
            return redirect("orgao", mandato.orgao.abrangencia, mandato.orgao.tipo)
    return render(request, "orgaos/encerrar.jinja", {"mandato": mandato, "orgao": mandato.orgao, "form": form})
