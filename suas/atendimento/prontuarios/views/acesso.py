"""O registro de uma pessoa, emitido a pedido dela: a página em linguagem simples e o papel."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.atendimento.familias import ligacoes
from suas.atendimento.familias import permissoes as familias
from suas.atendimento.prontuarios import permissoes, quadros
from suas.atendimento.prontuarios.acoes import acesso as acoes
from suas.atendimento.prontuarios.consultas import acesso as leitura
from suas.atendimento.prontuarios.forms.acesso import Entregar
from suas.atendimento.prontuarios.models import EntregaDoRegistro
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import papel
from suas.nucleo.trilha.acoes import registrar_leitura


@never_cache
@require_http_methods(["GET", "POST"])
def pedir(request: HttpRequest, familia_id: UUID, pessoa_id: UUID) -> HttpResponse:
    """Quem pediu e como se conferiu, antes de emitir; e as emissões de antes."""
    prontuario, pessoa = permissoes.obter_pessoa_para_entregar(request.ator, familia_id=familia_id, pessoa_id=pessoa_id)
    form = Entregar(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            feita = acoes.entregar(
                prontuario=prontuario, pessoa=pessoa, por=request.ator, em=request.agora, **form.cleaned_data
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            return redirect("registro-da-pessoa", feita.pk)
    registrar_leitura(
        objeto=pessoa,
        titulares=[pessoa.pk],
        campos=("nome",),
        territorio=prontuario.abrangencia,
        por=request.ator,
        em=request.agora,
    )
    contexto = {
        "prontuario": prontuario,
        "pessoa": pessoa,
        "form": form,
        "feitas": leitura.entregas(pessoa, unidade=prontuario.unidade_id),
    }
    return render(request, "prontuarios/pedir_registro.jinja", contexto)


@never_cache
@require_safe
def ver(request: HttpRequest, entrega_id: UUID) -> HttpResponse:
    """O que está registrado, na tela, para ler com a pessoa antes de imprimir."""
    entrega = permissoes.obter_entrega_para_ver(request.ator, entrega_id=entrega_id)
    vale = leitura.vale_em(entrega, request.hoje)
    partes = _documento(request, entrega) if vale else []
    if vale:
        _registrar(request, entrega)
    return render(request, "prontuarios/registro.jinja", {"entrega": entrega, "partes": partes, "vale": vale})


@never_cache
@require_safe
def em_papel(request: HttpRequest, entrega_id: UUID) -> HttpResponse:
    """O mesmo, em PDF, para a pessoa levar."""
    entrega = permissoes.obter_entrega_para_ver(request.ator, entrega_id=entrega_id)
    if not leitura.vale_em(entrega, request.hoje):
        return render(request, "prontuarios/registro.jinja", {"entrega": entrega, "partes": [], "vale": False})
    partes = [_no_papel(parte) for parte in _documento(request, entrega)]
    _registrar(request, entrega)
    documento = papel.Papel(
        titulo="O que está registrado sobre você",
        sobre=f"{entrega.unidade.nome} · prontuário {entrega.prontuario.numero}",
        periodo=f"Emitido a pedido: {entrega.get_quem_pediu_display().lower()}. LGPD, art. 18 e 19.",
        endereco=reverse("registro-da-pessoa", args=[entrega.pk]),
        avisos=("Pessoa inventada para a demonstração: dados sintéticos",) if entrega.pessoa.sintetica else (),
        partes=partes,
    )
    return papel.como_pdf(request, documento, nome=f"registro-{entrega.prontuario.numero}")


def _documento(request: HttpRequest, entrega: EntregaDoRegistro) -> list[leitura.Parte]:
    """O que a unidade guarda da pessoa, com o que os outros módulos contam da família dela."""
    acesso = familias.obter_familia_para_ver(request.ator, familia_id=entrega.familia_id, agora=request.agora)
    outros = ligacoes.momentos(request.ator, acesso, [entrega.unidade_id], menos=quadros.FONTES)
    return leitura.documento(entrega, outros=outros)


def _no_papel(parte: leitura.Parte) -> papel.Parte:
    if parte.pares:
        return papel.Ficha(titulo=parte.titulo, pares=parte.pares)
    if parte.linhas:
        return papel.Quadro(titulo=parte.titulo, colunas=parte.colunas, linhas=parte.linhas)
    return papel.Texto(titulo=parte.titulo, texto=parte.texto)


def _registrar(request: HttpRequest, entrega: EntregaDoRegistro) -> None:
    registrar_leitura(
        objeto=entrega.pessoa,
        titulares=[entrega.pessoa_id],
        campos=("nome", "cpf", "nis", "respostas", "descricao"),
        territorio=entrega.abrangencia,
        por=request.ator,
        em=request.agora,
        motivo="Emitiu o registro a pedido",
    )
