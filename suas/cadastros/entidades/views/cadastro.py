"""A lista e a ficha das entidades, públicas, e a manutenção da ficha por quem cuida dela."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.acoes import cadastro
from suas.cadastros.entidades.consultas import cadastro as consultas
from suas.cadastros.entidades.consultas import cneas, inscricoes, ofertas
from suas.cadastros.entidades.forms import cadastro as forms
from suas.cadastros.entidades.models import Dirigente, Entidade
from suas.cadastros.entidades.views.atos import Tela, atender
from suas.nucleo.identidade import lugares
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.tela import exportar
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50
FILTROS = ("busca", "onde", "tipo", "servico", "situacao", "ordem")
LINHAS_DO_CSV = 20_000
COLUNAS = (
    exportar.coluna("cnpj", "CNPJ"),
    exportar.coluna("nome", "Nome"),
    exportar.coluna("razao_social", "Razão social"),
    exportar.coluna("codigo_ibge", "Código do IBGE"),
    exportar.coluna("municipio", "Município"),
    exportar.coluna("uf", "UF"),
    exportar.coluna("faz", "O que faz"),
    exportar.coluna("cneas", "CNEAS"),
    exportar.coluna("telefone", "Telefone"),
    exportar.coluna("email", "E-mail"),
)


@login_not_required
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """As entidades, com busca, lugar e tipo no endereço."""
    pedido = {nome: request.GET.get(nome, "").strip()[:80] for nome in FILTROS}
    onde = consultas.onde(pedido["onde"])
    filtro = consultas.Filtro(texto=pedido["busca"], onde=onde, tipo=pedido["tipo"], ordem=pedido["ordem"] or "nome")
    achadas = ofertas.que_ofertam(consultas.listar(filtro), servico=pedido["servico"], dia=request.hoje)
    achadas = cneas.na_situacao(achadas, pedido["situacao"])
    if exportar.pedido(request):
        return _baixar(request, achadas[:LINHAS_DO_CSV])
    contexto = {
        "pagina": Paginator(achadas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "pedido": pedido,
        "onde": onde,
        "tipos": consultas.TIPOS,
        "servicos": ofertas.servicos(em=request.hoje),
        "situacoes": cneas.SITUACOES,
        "pode_cadastrar": permissoes.pode_cadastrar(request.ator),
    }
    return render(request, "entidades/lista.jinja", contexto)


def _baixar(request: HttpRequest, entidades: Any) -> HttpResponse:
    linhas = (
        (
            *(e.cnpj, e.nome, e.razao_social, e.municipio_id, e.municipio.nome, e.municipio.uf.sigla),
            *(", ".join(e.tipos), "concluído" if e.cneas_concluido_em else "em preenchimento"),
            *(e.telefone_escrito, e.email),
        )
        for e in entidades
    )
    vistas = exportar.Lista(nome="entidades", titulo="Entidades", colunas=COLUNAS, linhas=linhas)
    return exportar.baixar(request, vistas)


@login_not_required
@require_safe
def ficha(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """A ficha: o que é de todos e, para quem cuida, quem dirige, o que falta e o que mudou."""
    entidade = permissoes.obter_entidade_para_ver(request.ator, entidade_id=entidade_id)
    cuida = permissoes.cuida(request.ator, entidade)
    mandatos = consultas.dirigentes(entidade) if cuida else []
    if mandatos:
        _registrar_leitura(request, entidade, mandatos)
    contexto = {
        "entidade": entidade,
        "atuacoes": list(entidade.atuacoes.select_related("municipio__uf")),
        "cuida": cuida,
        "edita": permissoes.pode_editar(request.ator, entidade),
        "mandatos": mandatos,
        "frescor": consultas.frescor(entidade, hoje=request.hoje),
        "gere": permissoes.pode_atualizar(request.ator, entidade),
        "pede": permissoes.pode_pedir(request.ator, entidade, municipio=request.ator.abrangencia),
        "inscreve": permissoes.pode_inscrever(request.ator, municipio=request.ator.abrangencia),
        "ofertas": ofertas.ofertas_no_dia(entidade, dia=request.hoje),
        "parcerias": ofertas.parcerias(entidade),
        "vinculo": ofertas.vinculo_suas(entidade),
        "inscricoes": inscricoes.da_entidade(entidade, por_dentro=cuida),
        "em_vigor": lambda uma: inscricoes.em_vigor(uma, hoje=request.hoje),
        "cneas": cneas.situacao(entidade),
        "faltas": cneas.faltas(entidade, hoje=request.hoje) if cuida else [],
        "historia": consultas.historia(entidade) if cuida else [],
    }
    return render(request, "entidades/ficha.jinja", contexto)


def _registrar_leitura(request: HttpRequest, entidade: Entidade, mandatos: list[Dirigente]) -> None:
    registrar_leitura(
        tabela=Dirigente._meta.label_lower,
        titulares=[mandato.pk for mandato in mandatos],
        ids=[mandato.pk for mandato in mandatos],
        campos=("nome",),
        territorio=entidade.municipio_id,
        por=request.ator,
        em=request.agora,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def nova(request: HttpRequest) -> HttpResponse:
    """Cadastra uma entidade no município de quem age."""
    permissoes.exigir_alguma_cidade(request.ator)
    form = forms.EditarEntidade(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entidade = cadastro.cadastrar(
                ficha=form.ficha(), municipio=request.ator.abrangencia, por=request.ator, em=request.agora
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"{entidade.nome} está no cadastro. Diga agora quem a dirige e o que ela oferta.")
            return redirect("entidade", entidade.pk)
    contexto: dict[str, Any] = {
        "form": form,
        "entidade": None,
        "lugar": lugares.nome(request.ator.abrangencia),
        "diferencas": [],
    }
    return render(request, "entidades/editar.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def editar(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """Muda a ficha; se outra pessoa mudou no meio tempo, mostra as duas versões e não perde nada."""
    entidade = permissoes.obter_entidade_para_editar(request.ator, entidade_id=entidade_id)
    form = forms.EditarEntidade(
        request.POST or None,
        initial=forms.da_entidade(entidade),
        so_le_o_cnpj=not permissoes.pode_atualizar(request.ator, entidade),
    )
    diferencas: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            cadastro.atualizar(
                entidade=entidade,
                ficha=form.ficha(),
                versao=form.cleaned_data["versao"] or 0,
                por=request.ator,
                em=request.agora,
            )
        except MudouNoMeioTempo as recusa:
            form.add_error(None, str(recusa))
            diferencas = forms.diferencas(form, entidade)
            enviado = request.POST.copy()
            enviado["versao"] = str(entidade.versao)
            form.data = enviado
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"Ficha de {entidade.nome} gravada.")
            return redirect("entidade", entidade.pk)
    contexto = {"form": form, "entidade": entidade, "lugar": str(entidade.municipio), "diferencas": diferencas}
    return render(request, "entidades/editar.jinja", contexto)


@require_POST
def conferir(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """“Está tudo certo, conferi hoje.”"""
    entidade = permissoes.obter_entidade_para_editar(request.ator, entidade_id=entidade_id)
    cadastro.conferir(entidade=entidade, por=request.ator, em=request.agora)
    messages.success(request, "Anotado: a ficha foi conferida hoje.")
    return redirect("entidade", entidade.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def posse(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """Quem dirige a entidade e o seu mandato."""
    entidade = permissoes.obter_entidade_para_editar(request.ator, entidade_id=entidade_id)
    form = forms.DarPosse(request.POST or None)
    return atender(
        request,
        form=form,
        ato=lambda: cadastro.dar_posse(entidade=entidade, **form.cleaned_data, por=request.ator, em=request.agora),
        tela=Tela(
            titulo="Quem dirige a entidade",
            descricao="Como está na ata de eleição e posse. O mandato de agora termina na véspera do novo.",
            enviar="Registrar o mandato",
            feito="Mandato registrado.",
        ),
        sobre=entidade,
    )
