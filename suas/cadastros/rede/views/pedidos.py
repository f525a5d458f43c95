"""Pedir que uma unidade abra, feche ou reabra; acompanhar os pedidos; responder."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.cadastros.rede import consultas, juncao, permissoes, reparticao, saidas
from suas.cadastros.rede.acoes import pedidos as acoes
from suas.cadastros.rede.forms import pedidos as forms
from suas.cadastros.rede.models import Pedido, Unidade
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import exportar

POR_PAGINA = 50
FORMULARIOS: Mapping[Pedido.Tipo, type[forms.Abertura | forms.Fechamento | forms.Reabertura]] = {
    Pedido.Tipo.ABRIR: forms.Abertura,
    Pedido.Tipo.FECHAR: forms.Fechamento,
    Pedido.Tipo.REABRIR: forms.Reabertura,
}


@require_http_methods(["GET", "POST"])
def abrir(request: HttpRequest, codigo: str) -> HttpResponse:
    """O pedido para abrir uma unidade no município."""
    municipio = permissoes.obter_municipio_para_pedir(request.ator, codigo=codigo)
    return _pedir(request, tipo=Pedido.Tipo.ABRIR, municipio=municipio)


@require_http_methods(["GET", "POST"])
def fechar(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """O pedido para fechar a unidade."""
    unidade = permissoes.obter_unidade_para_pedir(request.ator, unidade_id=unidade_id)
    return _pedir(request, tipo=Pedido.Tipo.FECHAR, municipio=unidade.municipio, unidade=unidade)


@require_http_methods(["GET", "POST"])
def reabrir(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """O pedido para reabrir a unidade."""
    unidade = permissoes.obter_unidade_para_pedir(request.ator, unidade_id=unidade_id)
    return _pedir(request, tipo=Pedido.Tipo.REABRIR, municipio=unidade.municipio, unidade=unidade)


def _pedir(
    request: HttpRequest, *, tipo: Pedido.Tipo, municipio: Municipio, unidade: Unidade | None = None
) -> HttpResponse:  # fmt: skip
    form = FORMULARIOS[tipo](request.POST or None, hoje=request.hoje)
    if request.method == "POST" and form.is_valid():
        novo = acoes.NovoPedido(
            tipo=tipo,
            municipio=municipio,
            unidade=unidade,
            dados=form.dados(),
            justificativa=form.cleaned_data["justificativa"],
        )
        try:
            pedido = acoes.pedir(novo=novo, por=request.ator, em=request.agora, hoje=request.hoje)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Pedido enviado. Você será avisado da resposta, e pode retirá-lo até lá.")
            return redirect("rede-pedido", pedido.pk)
    contexto = {"form": form, "tipo": tipo, "municipio": municipio, "unidade": unidade}
    return render(request, "rede/pedir.jinja", contexto)


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os pedidos do território; sem escolha, os que esperam resposta."""
    estado = request.GET.get("estado", "")
    pedidos = consultas.pedidos_no_estado(permissoes.pedidos_visiveis(request.ator), estado)
    if exportar.pedido(request):
        return exportar.baixar(request, saidas.dos_pedidos(pedidos[: saidas.MAXIMO]))
    pagina = Paginator(pedidos, POR_PAGINA).get_page(request.GET.get("pagina"))
    return render(
        request,
        "rede/pedidos.jinja",
        {
            "pagina": pagina,
            "estado": estado,
            "estados": [*Pedido.Estado.choices[1:], ("todos", "todos")],
            "quem": consultas.quem_pediu_cada(pagina.object_list),
            "pede_em": request.ator.abrangencia
            if permissoes.pode_pedir_no_municipio(request.ator, request.ator.abrangencia)
            else "",
        },
    )


@require_safe
def pedido(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """O que se pede, por quê, quem pediu e a resposta; a quem responde, o lugar de responder."""
    achado = permissoes.obter_pedido_para_ver(request.ator, pedido_id=pedido_id)
    return _pagina(request, achado, forms.Resposta())


def _pagina(request: HttpRequest, achado: Pedido, form: forms.Resposta) -> HttpResponse:
    espera = achado.estado == Pedido.Estado.ESPERA
    a_desfazer = juncao.a_desfazer(achado)
    return render(
        request,
        "rede/pedido.jinja",
        {
            "pedido": achado,
            "pares": consultas.pedido_em_palavras(achado),
            "quem_pediu": consultas.quem_pediu(achado),
            "quem_respondeu": consultas.quem_respondeu(achado),
            "responde": espera and permissoes.pode_responder(request.ator, achado),
            "desiste": espera and consultas.e_de_quem_pediu(request.ator, achado),
            "desfaz": permissoes.pode_desfazer(request.ator, achado),
            "pede_que_desfaca": permissoes.pode_pedir_que_se_desfaca(request.ator, achado),
            "a_desfazer": a_desfazer,
            "se": juncao.se_desfizesse(a_desfazer) if a_desfazer and espera else None,
            "juncao": juncao.do_pedido(achado, hoje=request.hoje),
            "quem_desfez": consultas.quem_desfez(achado),
            "passaria": reparticao.o_que_passaria(achado) if espera and achado.tipo == Pedido.Tipo.DESMEMBRAR else [],
            "form": form,
        },
    )


@require_POST
def responder(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """Aprova ou recusa; o que não cabe volta com o motivo e o texto escrito."""
    achado = permissoes.obter_pedido_para_responder(request.ator, pedido_id=pedido_id)
    form = forms.Resposta(request.POST)
    aprova = request.POST.get("decisao") == "aprovar"
    if form.is_valid():
        try:
            (acoes.aprovar if aprova else acoes.recusar)(
                pedido=achado, resposta=form.cleaned_data["resposta"], por=request.ator, em=request.agora
            )
        except AtoRecusado as recusa:
            form.add_error("resposta" if recusa.campo == "resposta" else None, str(recusa))
        else:
            messages.success(request, f"Pedido {'aprovado' if aprova else 'recusado'}. Quem pediu foi avisado.")
            return redirect("rede-pedido", achado.pk)
    return _pagina(request, achado, form)


@require_POST
def desistir(request: HttpRequest, pedido_id: UUID) -> HttpResponse:
    """Quem pediu retira o pedido."""
    achado = permissoes.obter_pedido_para_ver(request.ator, pedido_id=pedido_id)
    try:
        acoes.desistir(pedido=achado, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Pedido retirado.")
    return redirect("rede-pedido", achado.pk)
