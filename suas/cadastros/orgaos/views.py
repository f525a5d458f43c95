"""Telas dos órgãos: a página do ente, cada órgão, a edição, a posse e o fim do mandato."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.cadastros.orgaos import acoes, consultas, do_ente, forms, partes, permissoes, saidas
from suas.cadastros.orgaos.models import Orgao, nome_do_tipo
from suas.nucleo.documentos.entrega import como_arquivo
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import papel
from suas.nucleo.tela.filtros import dia, inicial
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
    if baixada := saidas.em_planilha(request, atual, nome=f"{tipo}-{codigo}", mandatos=mandatos):
        return baixada
    contexto = {
        "ente": achado,
        "orgao": atual,
        "abertos": [m for m in mandatos if m.ate is None],
        "anteriores": [m for m in mandatos if m.ate is not None],
        "passos": historia.de([atual, *mandatos], com_nomes=not request.ator.e_publico),
        "cuida": tipo in _cuida_de(request, codigo),
        "le_atos": permissoes.le_atos(request.ator, codigo=codigo),
        "frescor": consultas.frescor(atual, hoje=request.hoje),
        "velho": consultas.esta_velho(atual, hoje=request.hoje),
        "hoje": request.hoje,
    }
    return render(request, "orgaos/orgao.jinja", contexto)


@login_not_required
@require_safe
def orgao_em_papel(request: HttpRequest, codigo: str, tipo: str) -> HttpResponse:
    """A ficha do órgão em PDF, com quem responde e quem já respondeu."""
    achado = permissoes.obter_ente(request.ator, codigo=codigo)
    atual = permissoes.obter_orgao_para_ver(request.ator, codigo=achado.codigo, tipo=tipo)
    conferido = inicial(consultas.frescor(atual, hoje=request.hoje)) or "Nunca conferido"
    documento = papel.Papel(
        titulo=atual.nome,
        sobre=f"{atual.de_que} · {achado.nome}",
        periodo=f"Situação em {dia(request.hoje)}. {conferido}.",
        endereco=reverse("orgao", args=[achado.codigo, tipo]),
        avisos=("Registro inventado para a demonstração: dados sintéticos",) if atual.sintetico else (),
        partes=[
            *saidas.quem_responde(atual.mandatos.select_related("orgao")),
            papel.Ficha(titulo="Cadastro", pares=_cadastro(atual)),
        ],
    )
    return papel.como_pdf(request, documento, nome=f"{tipo.replace('_', '-')}-{achado.codigo}")


def _cadastro(orgao: Orgao) -> list[tuple[str, str]]:
    vazio = saidas.SEM_VALOR
    pares = [("Sigla", orgao.sigla or vazio), ("CNPJ", orgao.cnpj_escrito or vazio)]
    if orgao.tipo == Orgao.Tipo.ORGAO_GESTOR:
        pares += [
            ("Que tipo de órgão é", orgao.get_natureza_display() or vazio),
            ("Divide a secretaria com", ", ".join(orgao.areas_associadas) or vazio),
            ("Áreas formais", "; ".join(orgao.subdivisoes) or vazio),
        ]
    if orgao.tipo != Orgao.Tipo.GOVERNO:
        pares += saidas.a_lei(orgao)
    if orgao.tipo == Orgao.Tipo.CONSELHO:
        propria = {True: "sim", False: "não", None: vazio}[orgao.secretaria_propria]
        pares.append(("Secretaria executiva própria", propria))
    return [
        *pares,
        ("Endereço", orgao.endereco or vazio),
        ("CEP", orgao.cep_escrito or vazio),
        ("Telefone", orgao.telefone_escrito or vazio),
        ("E-mail", orgao.email or vazio),
    ]


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
    form = forms.PosseNoOrgao(request.POST or None, request.FILES or None, tipo=tipo)
    if request.method == "POST" and form.is_valid():
        try:
            novo, saiu = acoes.dar_posse(
                orgao=atual,
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
            messages.success(request, _o_que_houve(novo.nome, saiu.nome if saiu else ""))
            return redirect("orgao", atual.abrangencia, tipo)
    abertos = atual.mandatos.filter(ate__isnull=True).select_related("orgao")
    return render(request, "orgaos/posse.jinja", {"orgao": atual, "form": form, "abertos": abertos})


def _o_que_houve(entrou: str, saiu: str) -> str:
    if not saiu:
        return f"Registrado: {entrou}."
    return f"{entrou} responde no lugar de {saiu}. O acesso ao sistema se passa à parte, em “Acessos”."


@require_safe
def ato_da_posse(request: HttpRequest, mandato_id: UUID) -> HttpResponseBase:
    """O arquivo do ato que nomeou ou elegeu quem responde."""
    mandato = permissoes.obter_mandato_para_ler_o_ato(request.ator, mandato_id=mandato_id)
    assert mandato.ato_documento is not None
    return como_arquivo(mandato.ato_documento, ator=request.ator, publicado=False)


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
