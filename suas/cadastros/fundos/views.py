"""Telas dos fundos: a ficha, a edição, quem responde, as contas, e quem já registrou órgão gestor, conselho e fundo."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.cadastros.fundos import acoes, consultas, forms, permissoes
from suas.cadastros.orgaos import do_ente, saidas
from suas.cadastros.orgaos.consultas import esta_velho, frescor
from suas.cadastros.orgaos.forms import EncerrarMandato
from suas.cadastros.orgaos.permissoes import le_atos, obter_ente
from suas.cadastros.territorio.models import UF
from suas.nucleo.documentos.entrega import como_arquivo
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import exportar, papel
from suas.nucleo.tela.filtros import dia, inicial
from suas.nucleo.trilha import historia

COLUNAS_DAS_UFS = (
    exportar.coluna("uf", "UF"),
    exportar.coluna("nome", "Estado"),
    exportar.coluna("municipios", "Municípios", "inteiro"),
    *(exportar.coluna(f"com_{p}", f"Com {n.lower()}", "inteiro") for p, n in consultas.PARTES.items()),
    exportar.coluna("faltam", "Registros que faltam", "inteiro"),
    *(exportar.coluna(f"do_estado_{p}", f"{n} do próprio estado", "sim_ou_nao") for p, n in consultas.PARTES.items()),
)
COLUNAS_DOS_MUNICIPIOS = (
    exportar.coluna("codigo_ibge", "Código do IBGE"),
    exportar.coluna("municipio", "Município"),
    exportar.coluna("uf", "UF"),
    *(exportar.coluna(parte, nome, "sim_ou_nao") for parte, nome in consultas.PARTES.items()),
)


@login_not_required
@require_safe
def quem_tem(request: HttpRequest) -> HttpResponse:
    """Por UF, quantos municípios têm registrados o órgão gestor, o conselho e o fundo."""
    linhas = consultas.situacao_das_ufs()
    ordem = request.GET.get("ordem", "")
    if ordem.removeprefix("-") in {"nome", "falta"}:
        linhas.sort(key=lambda linha: _valor(linha, ordem), reverse=ordem.startswith("-"))
    if exportar.pedido(request):
        return _baixar_as_ufs(request, linhas)
    contexto = {"linhas": linhas, "partes": consultas.PARTES, "ordem": ordem, "base": consultas.CONSELHO_PLANO_E_FUNDO}
    return render(request, "fundos/quem_tem.jinja", contexto)


def _baixar_as_ufs(request: HttpRequest, linhas: list[consultas.SituacaoDaUF]) -> HttpResponse:
    valores = [
        (i.uf.sigla, i.uf.nome, i.municipios, *i.com.values(), i.completos_faltam, *i.propria.values()) for i in linhas
    ]
    nome, titulo = "orgao-conselho-fundo", "Quem tem conselho e fundo"
    return exportar.baixar(request, exportar.Lista(nome=nome, titulo=titulo, colunas=COLUNAS_DAS_UFS, linhas=valores))


def _valor(linha: consultas.SituacaoDaUF, ordem: str) -> tuple[int, str]:
    return (linha.completos_faltam if ordem.removeprefix("-") == "falta" else 0), linha.uf.nome


@login_not_required
@require_safe
def quem_tem_na_uf(request: HttpRequest, sigla: str) -> HttpResponse:
    """Os municípios da UF, com o que cada um registrou; filtra por quem tem e por quem falta."""
    uf = get_object_or_404(UF, sigla=sigla)
    todos = consultas.situacao_dos_municipios(uf)
    falta = request.GET.get("falta", "")
    falta = falta if falta in {*consultas.PARTES, "qualquer"} else ""
    com_o_que = request.GET.get("com", "")
    com_o_que = com_o_que if com_o_que in consultas.PARTES else ""
    linhas = [i for i in todos if (not falta or _falta(i, falta)) and (not com_o_que or i.tem[com_o_que])]
    if exportar.pedido(request):
        return _baixar_os_municipios(request, sigla, linhas)
    contexto = {
        "uf": uf,
        "linhas": linhas,
        "total": len(todos),
        "com": consultas.com_registro(todos),
        "partes": consultas.PARTES,
        "falta": falta,
        "com_o_que": com_o_que,
        "opcoes": [("qualquer", "Quem não tem algum"), *((p, f"Sem {n.lower()}") for p, n in consultas.PARTES.items())],
        "base": consultas.CONSELHO_PLANO_E_FUNDO,
    }
    return render(request, "fundos/quem_tem_na_uf.jinja", contexto)


def _falta(linha: consultas.Situacao, falta: str) -> bool:
    return bool(linha.faltam) if falta == "qualquer" else not linha.tem[falta]


def _baixar_os_municipios(request: HttpRequest, sigla: str, linhas: list[consultas.Situacao]) -> HttpResponse:
    lista = exportar.Lista(
        nome=f"orgao-conselho-fundo-{sigla}",
        titulo=f"Conselho e fundo {sigla}",
        colunas=COLUNAS_DOS_MUNICIPIOS,
        linhas=[(i.codigo, i.nome, sigla, *i.tem.values()) for i in linhas],
    )
    return exportar.baixar(request, lista)


@login_not_required
@require_safe
def fundo(request: HttpRequest, codigo: str) -> HttpResponse:
    """O fundo: a ficha, quem responde, as contas a quem as vê, e a história do registro."""
    ente = obter_ente(request.ator, codigo=codigo)
    if ente.codigo != codigo:
        return redirect("fundo", ente.codigo)
    atual = permissoes.obter_fundo_para_ver(request.ator, codigo=codigo)
    responsaveis = list(atual.responsaveis.all())
    if baixada := saidas.em_planilha(request, atual, nome=f"fundo-{codigo}", mandatos=responsaveis):
        return baixada
    ve_contas = permissoes.ve_contas(request.ator, codigo=codigo)
    contas = list(atual.contas.all()) if ve_contas else []
    contexto = {
        "ente": ente,
        "fundo": atual,
        "abertos": [r for r in responsaveis if r.ate is None],
        "anteriores": [r for r in responsaveis if r.ate is not None],
        "ve_contas": ve_contas,
        "le_atos": le_atos(request.ator, codigo=codigo),
        "contas": contas,
        "passos": historia.de([atual, *responsaveis, *contas], com_nomes=not request.ator.e_publico),
        "cuida": permissoes.cuida_do_fundo(request.ator, codigo=codigo),
        "frescor": frescor(atual, hoje=request.hoje),
        "velho": esta_velho(atual, hoje=request.hoje),
    }
    return render(request, "fundos/fundo.jinja", contexto)


@login_not_required
@require_safe
def fundo_em_papel(request: HttpRequest, codigo: str) -> HttpResponse:
    """A ficha do fundo em PDF; as contas bancárias, só a quem as vê na tela."""
    ente = obter_ente(request.ator, codigo=codigo)
    atual = permissoes.obter_fundo_para_ver(request.ator, codigo=ente.codigo)
    ve_contas = permissoes.ve_contas(request.ator, codigo=ente.codigo)
    contas = list(atual.contas.all()) if ve_contas else []
    vazio = saidas.SEM_VALOR
    cnpj = f"{atual.cnpj_escrito}{', filial do ente' if atual.com_cnpj_de_filial else ''}" if atual.cnpj else vazio
    partes: list[papel.Parte] = [
        *saidas.quem_responde(atual.responsaveis.all()),
        papel.Ficha(
            titulo="Cadastro",
            pares=[
                ("CNPJ", cnpj),
                *saidas.a_lei(atual),
                ("Unidade orçamentária", {True: "sim", False: "não", None: vazio}[atual.unidade_orcamentaria]),
                ("Código no orçamento", atual.codigo_orcamentario or vazio),
            ],
        ),
    ]
    if contas:
        linhas = [(c.finalidade, c.banco, c.agencia, c.numero, "encerrada" if c.ate else "aberta") for c in contas]
        colunas = ("Para que serve", "Banco", "Agência", "Conta", "Situação")
        partes.append(papel.Quadro(titulo="Contas bancárias", colunas=colunas, linhas=linhas))
    documento = papel.Papel(
        titulo=atual.nome,
        sobre=f"Fundo de assistência social · {ente.nome}",
        periodo=f"Situação em {dia(request.hoje)}. {inicial(frescor(atual, hoje=request.hoje)) or 'Nunca conferido'}.",
        endereco=reverse("fundo", args=[ente.codigo]),
        avisos=("Registro inventado para a demonstração: dados sintéticos",) if atual.sintetico else (),
        partes=partes,
    )
    return papel.como_pdf(request, documento, nome=f"fundo-{ente.codigo}")


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
    form = forms.Nomear(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            novo, _ = acoes.nomear_responsavel(
                fundo=atual,
                funcao=form.cleaned_data["funcao"],
                posse=form.posse(),
                arquivo=form.cleaned_data["arquivo"],
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


@require_safe
def ato_da_nomeacao(request: HttpRequest, responsavel_id: UUID) -> HttpResponseBase:
    """O arquivo do ato que nomeou quem responde pelo fundo."""
    responsavel = permissoes.obter_responsavel_para_ler_o_ato(request.ator, responsavel_id=responsavel_id)
    assert responsavel.ato_documento is not None
    return como_arquivo(responsavel.ato_documento, ator=request.ator, publicado=False)


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
