"""As comunicações aos municípios: o que se propôs, a prévia com quem recebe, mandar ou descartar, e o que chegou."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.nucleo.avisos import consultas as textos
from suas.nucleo.avisos.modelos import preencher
from suas.nucleo.identidade import lugares
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import plural
from suas.nucleo.trilha.acoes import registrar_leitura
from suas.vigilancia.monitoramento import acoes, comunicados, forms, permissoes, tarefas
from suas.vigilancia.monitoramento.models import Comunicacao

POR_PAGINA = 50
Estado = Comunicacao.Estado


@never_cache
@require_safe
def lista(request: HttpRequest, onde: str) -> HttpResponse:
    """O que espera decisão e o que já se decidiu."""
    permissoes.exigir_avisar(request.ator, onde=onde)
    pagina = Paginator(comunicados.do_lugar(onde), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "onde": onde,
        "lugar": lugares.nome(onde),
        "pagina": pagina,
        "nomes": lugares.nomes({c.abrangencia for c in pagina}),
    }
    return render(request, "monitoramento/avisos.jinja", contexto)


@require_POST
def propor(request: HttpRequest, onde: str) -> HttpResponse:
    """Procura agora o que cabe avisar; o relógio faz o mesmo todo dia."""
    permissoes.exigir_avisar(request.ator, onde=onde)
    novas = [
        nova
        for lugar in comunicados.lugares_da_casa(onde)
        for nova in acoes.propor(onde=lugar, por=request.ator, em=request.agora, hoje=request.hoje)
    ]
    if novas:
        messages.success(request, f"{plural(len(novas), 'aviso proposto', 'avisos propostos')}. Confira a quem vai.")
    else:
        messages.info(request, "Nada de novo a avisar: nenhum prazo perto do fim, ou já se propôs o que cabia.")
    return redirect("monitoramento-avisos", onde)


@never_cache
@require_safe
def ver(request: HttpRequest, comunicacao_id: UUID) -> HttpResponse:
    """O texto, a quem vai ou foi, e o que aconteceu com cada mensagem."""
    comunicacao = permissoes.obter_comunicacao_para_decidir(request.ator, comunicacao_id=comunicacao_id)
    return _mostrar(request, comunicacao, forms.Descarte())


@require_POST
def mandar(request: HttpRequest, comunicacao_id: UUID) -> HttpResponse:
    """Decide mandar: sai pela fila, uma vez a cada um."""
    comunicacao = permissoes.obter_comunicacao_para_decidir(request.ator, comunicacao_id=comunicacao_id)
    try:
        quantos = tarefas.enviar(comunicacao=comunicacao, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, f"A caminho: {plural(quantos, 'destinatário', 'destinatários')}, pela fila.")
    return redirect("monitoramento-aviso", comunicacao.pk)


@require_http_methods(["POST"])
def descartar(request: HttpRequest, comunicacao_id: UUID) -> HttpResponse:
    """Decide não mandar, dizendo por quê."""
    comunicacao = permissoes.obter_comunicacao_para_decidir(request.ator, comunicacao_id=comunicacao_id)
    form = forms.Descarte(request.POST)
    if form.is_valid():
        try:
            acoes.descartar(
                comunicacao=comunicacao, motivo=form.cleaned_data["motivo"], por=request.ator, em=request.agora
            )
        except AtoRecusado as recusa:
            form.add_error("motivo" if recusa.campo else None, str(recusa))
        else:
            messages.success(request, "Descartada: ninguém recebe, e o motivo fica na história.")
            return redirect("monitoramento-aviso", comunicacao.pk)
    return _mostrar(request, comunicacao, form)


def _mostrar(request: HttpRequest, comunicacao: Comunicacao, form: forms.Descarte) -> HttpResponse:
    espera = comunicacao.estado == Estado.PROPOSTA
    recebem = comunicados.previa(comunicacao, hoje=request.hoje) if espera else comunicados.enviados(comunicacao)
    pagina = Paginator(recebem, POR_PAGINA).get_page(request.GET.get("pagina"))
    pessoas = [r.pessoa_id for r in pagina if r.pessoa_id is not None]
    if pessoas:
        registrar_leitura(
            titulares=pessoas,
            tabela="identidade.pessoa",
            ids=pessoas,
            campos=("nome",),
            por=request.ator,
            em=request.agora,
        )
    municipios = {r.municipio for r in recebem}
    contexto = {
        "comunicacao": comunicacao,
        "lugar": lugares.nome(comunicacao.abrangencia),
        "espera": espera,
        "pagina": pagina,
        "quantos": sum(r.tem_como or not espera for r in recebem),
        "sem_ninguem": sum(espera and not r.tem_como for r in recebem),
        "municipios": len(municipios),
        "nomes": lugares.nomes({r.municipio for r in pagina}),
        "previa": _texto(comunicacao, request, next(iter(sorted(municipios)), "")) if espera else None,
        "form": form,
    }
    return render(request, "monitoramento/aviso.jinja", contexto)


def _texto(comunicacao: Comunicacao, request: HttpRequest, municipio: str) -> tuple[str, str] | None:
    """O assunto e o texto que o primeiro município receberia."""
    opcao = comunicados.opcao_de(comunicacao, hoje=request.hoje)
    if opcao is None or not municipio:
        return None
    faltas = comunicados.faltas(opcao, hoje=request.hoje, onde=municipio)
    comunicacao.papel = request.ator.papel.nome  # assina quem mandar
    dados = comunicados.dados_do_aviso(
        comunicacao, faltas.get(municipio, []), opcao=opcao, municipio=municipio, hoje=request.hoje
    )
    assunto, corpo = textos.texto_em_vigor(comunicados.modelo_de(comunicacao.especie))
    return preencher(assunto, dados), preencher(corpo, dados)
