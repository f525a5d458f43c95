"""Telas dos fundos: a ficha, a edição, quem responde, as contas, e quem já registrou órgão gestor, conselho e fundo."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.cadastros.fundos import acoes, consultas, forms, permissoes
from suas.cadastros.orgaos import do_ente
from suas.cadastros.orgaos.consultas import esta_velho, frescor
from suas.cadastros.orgaos.forms import EncerrarMandato
from suas.cadastros.orgaos.permissoes import obter_ente
from suas.cadastros.territorio.models import UF
from suas.nucleo.planilhas.escrita import escrever_csv
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha import historia


@login_not_required
@require_safe
def quem_tem(request: HttpRequest) -> HttpResponse:
    """Por UF, quantos municípios têm registrados o órgão gestor, o conselho e o fundo."""
    linhas = consultas.situacao_das_ufs()
    ordem = request.GET.get("ordem", "")
    if ordem.removeprefix("-") in {"nome", "falta"}:
        linhas.sort(key=lambda linha: _valor(linha, ordem), reverse=ordem.startswith("-"))
    contexto = {"linhas": linhas, "partes": consultas.PARTES, "ordem": ordem, "base": consultas.CONSELHO_PLANO_E_FUNDO}
    return render(request, "fundos/quem_tem.jinja", contexto)


def _valor(linha: consultas.SituacaoDaUF, ordem: str) -> tuple[int, str]:
    return (linha.completos_faltam if ordem.removeprefix("-") == "falta" else 0), linha.uf.nome


@login_not_required
@require_safe
def quem_tem_na_uf(request: HttpRequest, sigla: str) -> HttpResponse:
    """Os municípios da UF, com o que cada um registrou; filtra por quem falta."""
    uf = get_object_or_404(UF, sigla=sigla)
    todos = consultas.situacao_dos_municipios(uf)
    falta = request.GET.get("falta", "")
    falta = falta if falta in {*consultas.PARTES, "qualquer"} else ""
    linhas = [linha for linha in todos if not falta or _falta(linha, falta)]
    if request.GET.get("formato") == "csv":
        return _csv(sigla, linhas)
    contexto = {
        "uf": uf,
        "linhas": linhas,
        "total": len(todos),
        "com": consultas.com_registro(todos),
        "partes": consultas.PARTES,
        "falta": falta,
        "opcoes": [("qualquer", "Quem não tem algum"), *((p, f"Sem {n.lower()}") for p, n in consultas.PARTES.items())],
        "base": consultas.CONSELHO_PLANO_E_FUNDO,
    }
    return render(request, "fundos/quem_tem_na_uf.jinja", contexto)


def _falta(linha: consultas.Situacao, falta: str) -> bool:
    return bool(linha.faltam) if falta == "qualquer" else not linha.tem[falta]


def _csv(sigla: str, linhas: list[consultas.Situacao]) -> HttpResponse:
    cabecalho = ("codigo_ibge", "municipio", "uf", *consultas.PARTES)
    valores = [(i.codigo, i.nome, sigla, *("sim" if ha else "não" for ha in i.tem.values())) for i in linhas]
    resposta = HttpResponse(escrever_csv(cabecalho, valores), content_type="text/csv; charset=utf-8")
    resposta["Content-Disposition"] = f'attachment; filename="orgao-conselho-fundo-{sigla}.csv"'
    return resposta


@login_not_required
@require_safe
def fundo(request: HttpRequest, codigo: str) -> HttpResponse:
    """O fundo: a ficha, quem responde, as contas a quem as vê, e a história do registro."""
    ente = obter_ente(request.ator, codigo=codigo)
    if ente.codigo != codigo:
        return redirect("fundo", ente.codigo)
    atual = permissoes.obter_fundo_para_ver(request.ator, codigo=codigo)
    responsaveis = list(atual.responsaveis.all())
    ve_contas = permissoes.ve_contas(request.ator, codigo=codigo)
    contas = list(atual.contas.all()) if ve_contas else []
    contexto = {
        "ente": ente,
        "fundo": atual,
        "abertos": [r for r in responsaveis if r.ate is None],
        "anteriores": [r for r in responsaveis if r.ate is not None],
        "ve_contas": ve_contas,
        "contas": contas,
        "passos": historia.de([atual, *responsaveis, *contas], com_nomes=not request.ator.e_publico),
        "cuida": permissoes.cuida_do_fundo(request.ator, codigo=codigo),
        "frescor": frescor(atual, hoje=request.hoje),
        "velho": esta_velho(atual, hoje=request.hoje),
    }
    return render(request, "fundos/fundo.jinja", contexto)


@require_http_methods(["GET", "POST"])
def editar(request: HttpRequest, codigo: str) -> HttpResponse:
    """Registra ou atualiza o fundo. Se outra pessoa gravou antes, mostra o que mudou e guarda o que se digitou."""
    ente = permissoes.obter_ente_para_editar(request.ator, codigo=codigo)
    atual = consultas.fundo_do_ente(ente.codigo)
    form = forms.Registro(request.POST or None, fundo=atual)
    mudancas: list[do_ente.Diferenca] | None = None
    if request.method == "POST" and form.is_valid():
        comum = {"dados": form.dados(), "por": request.ator, "em": request.agora}
        try:
            if atual is None:
                acoes.registrar_fundo(abrangencia=ente.codigo, **comum)
            else:
                acoes.atualizar_fundo(fundo=atual, versao=form.cleaned_data["versao"], **comum)
        except do_ente.MudouEnquantoIsso as outra:
            mudancas = do_ente.diferencas(form, outra.atual)
            form = forms.Registro(do_ente.sobre_a_versao(form, outra.atual))
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Cadastro do fundo gravado e conferido.")
            return redirect("fundo", ente.codigo)
    contexto = {
        "ente": ente,
        "fundo": atual,
        "form": form,
        "mudancas": mudancas,
        "outra_gravou": mudancas is not None,
    }
    return render(request, "fundos/editar.jinja", contexto)


@require_POST
def conferir(request: HttpRequest, codigo: str) -> HttpResponse:
    """“Está tudo certo hoje.”"""
    atual = permissoes.obter_fundo_para_editar(request.ator, codigo=codigo)
    acoes.conferir_fundo(fundo=atual, por=request.ator, em=request.agora)
    messages.success(request, "Anotado: o cadastro do fundo foi conferido hoje.")
    return redirect("fundo", atual.abrangencia)


@require_http_methods(["GET", "POST"])
def nomear(request: HttpRequest, codigo: str) -> HttpResponse:
    """Quem passa a gerir o fundo ou a ordenar as despesas; quem respondia sai no mesmo ato."""
    atual = permissoes.obter_fundo_para_editar(request.ator, codigo=codigo)
    form = forms.Nomear(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            novo, _ = acoes.nomear_responsavel(
                fundo=atual,
                funcao=form.cleaned_data["funcao"],
                posse=form.posse(),
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"Registrado: {novo.nome}, {novo.na_funcao}.")
            return redirect("fundo", atual.abrangencia)
    return _formulario(request, atual, form, titulo="Quem responde pelo fundo", enviar="Registrar")


@require_http_methods(["GET", "POST"])
def abrir_conta(request: HttpRequest, codigo: str) -> HttpResponse:
    """Uma conta bancária a mais."""
    atual = permissoes.obter_fundo_para_editar(request.ator, codigo=codigo)
    form = forms.AbrirConta(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.abrir_conta(fundo=atual, nova=form.nova(), por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Conta registrada.")
            return redirect("fundo", atual.abrangencia)
    return _formulario(request, atual, form, titulo="Conta bancária do fundo", enviar="Registrar a conta")


@require_http_methods(["GET", "POST"])
def encerrar_responsavel(request: HttpRequest, responsavel_id: UUID) -> HttpResponse:
    """O fim da função sem que outra pessoa assuma."""
    responsavel = permissoes.obter_responsavel_para_encerrar(request.ator, responsavel_id=responsavel_id)
    form = EncerrarMandato(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.encerrar_responsavel(
                responsavel=responsavel, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"Encerrada a função de {responsavel.nome}.")
            return redirect("fundo", responsavel.fundo.abrangencia)
    titulo = f"Encerrar a função de {responsavel.nome}"
    return _formulario(request, responsavel.fundo, form, titulo=titulo, enviar="Encerrar")


@require_http_methods(["GET", "POST"])
def encerrar_conta(request: HttpRequest, conta_id: UUID) -> HttpResponse:
    """A conta deixa de ser do fundo."""
    conta = permissoes.obter_conta_para_encerrar(request.ator, conta_id=conta_id)
    form = forms.EncerrarConta(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.encerrar_conta(
                conta=conta, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"Conta encerrada: {conta.finalidade}.")
            return redirect("fundo", conta.fundo.abrangencia)
    return _formulario(request, conta.fundo, form, titulo=f"Encerrar a conta: {conta.finalidade}", enviar="Encerrar")


def _formulario(request: HttpRequest, fundo: object, form: object, *, titulo: str, enviar: str) -> HttpResponse:
    contexto = {"fundo": fundo, "form": form, "titulo": titulo, "enviar": enviar}
    return render(request, "fundos/formulario.jinja", contexto)
