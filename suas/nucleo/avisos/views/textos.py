"""Os textos dos avisos, com prévia, e o recado a muitos, com a lista de quem vai receber."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.nucleo.avisos import consultas, forms, modelos, permissoes, tarefas
from suas.nucleo.avisos.acoes import textos
from suas.nucleo.avisos.acoes.emissao import corpo_da_mensagem
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import instalacao
from suas.nucleo.tela.filtros import plural
from suas.nucleo.trilha.acoes import registrar_leitura

#: A prévia mostra estes; o total está sempre dito.
NA_PREVIA = 100


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os modelos, por tipo, e quais têm texto desta instalação."""
    permissoes.exigir_operar(request.ator)
    return render(
        request,
        "avisos/textos.jinja",
        {"modelos": modelos.registrados(), "ajustados": consultas.modelos_ajustados(), "tipos": modelos.TIPOS},
    )


@require_http_methods(["GET", "POST"])
def texto(request: HttpRequest, codigo: str) -> HttpResponse:
    """O texto de um modelo: como está, como fica com o exemplo, e as versões."""
    modelo = permissoes.obter_modelo_para_ajustar(request.ator, codigo=codigo)
    assunto, corpo = consultas.texto_em_vigor(modelo)
    form = forms.Texto(request.POST or None, initial={"assunto": assunto, "corpo": corpo})
    if request.method == "POST" and form.is_valid():
        try:
            if "ver" in request.POST:
                textos.conferir(modelo=modelo, **form.cleaned_data)
                assunto, corpo = form.cleaned_data["assunto"], form.cleaned_data["corpo"]
            else:
                textos.ajustar(modelo=modelo, **form.cleaned_data, por=request.ator, em=request.agora)
                messages.success(request, "O texto desta instalação foi guardado e vale a partir de agora.")
                return redirect("avisos-texto", codigo)
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
    return render(
        request,
        "avisos/texto.jinja",
        {
            "modelo": modelo,
            "form": form,
            "versoes": consultas.versoes_do_texto(modelo),
            "previa_assunto": modelos.preencher(assunto, modelo.exemplo),
            "previa_corpo": corpo_da_mensagem(
                texto=modelos.preencher(corpo, modelo.exemplo), endereco="", obrigatorio=modelo.obrigatorio
            ),
        },
    )


@require_POST
def original(request: HttpRequest, codigo: str) -> HttpResponse:
    """Volta ao texto que veio com o sistema."""
    modelo = permissoes.obter_modelo_para_ajustar(request.ator, codigo=codigo)
    try:
        textos.voltar_ao_original(modelo=modelo, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "O aviso voltou ao texto original.")
    return redirect("avisos-texto", codigo)


@never_cache
@require_http_methods(["GET", "POST"])
def recado(request: HttpRequest) -> HttpResponse:
    """Escreve-se o recado, vê-se a quem vai e como chega, e só então se manda."""
    permissoes.exigir_operar(request.ator)
    form = forms.Recado(request.POST or None, initial={"causa": uuid4()}, casa=instalacao.territorio())
    previa = None
    if request.method == "POST" and form.is_valid():
        dados = form.cleaned_data
        pessoas = consultas.quem_recebe(papel=dados["papel"], territorio=dados["territorio"], dia=request.hoje)
        if "mandar" in request.POST:
            try:
                quantas = tarefas.pedir_recado(
                    causa=dados["causa"],
                    assunto=dados["assunto"],
                    texto=dados["corpo"],
                    pessoas=pessoas.values_list("pk", flat=True),
                    por=request.ator,
                    em=request.agora,
                )
            except AtoRecusado as recusa:
                form.add_error(None, str(recusa))
            else:
                messages.success(request, f"Recado a {plural(quantas, 'pessoa', 'pessoas')} a caminho: sai pela fila.")
                return redirect("avisos-recado")
        else:
            previa = consultas.previa_do_envio(modelo=modelos.RECADO, pessoas=pessoas, quantas=NA_PREVIA)
            registrar_leitura(
                titulares=[linha.pessoa_id for linha in previa.linhas],
                tabela="identidade.pessoa",
                ids=[linha.pessoa_id for linha in previa.linhas],
                campos=("nome", "email"),
                por=request.ator,
                em=request.agora,
            )
    return render(request, "avisos/recado.jinja", {"form": form, "previa": previa})
