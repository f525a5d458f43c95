"""O mês de uma unidade: o que se enviou, o que se respondeu, e os atos sobre ele."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.cadastros.rede.models import Unidade
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import exportar
from suas.vigilancia.mensais import consultas, correcao, forms, permissoes, quadro, saida
from suas.vigilancia.mensais.acoes import conferencia, envio
from suas.vigilancia.mensais.models import RegistroMensal, Resposta
from suas.vigilancia.mensais.views.endereco import competencia_do, registro_da


@never_cache
@require_safe
def ver(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """O que a unidade enviou, o que se respondeu, e o que cabe fazer agora."""
    unidade = permissoes.obter_unidade_para_ver(request.ator, unidade_id=unidade_id)
    competencia = competencia_do(request, mes)
    registro = consultas.registro_de(unidade, competencia=competencia)
    envios = consultas.envios(registro) if registro is not None else []
    ultimo = envios[0] if envios else None
    feito = quadro.montar(unidade, competencia, itens=ultimo.itens, calculados=ultimo.calculados) if ultimo else None
    if feito is not None and exportar.pedido(request):
        linhas = saida.linhas(unidade, competencia, versao=feito.versao, itens=feito.itens, calculados=feito.calculados)
        nome, titulo = f"{feito.versao.formulario.lower()}-{competencia}", f"{competencia.mes:02d}-{competencia.ano}"
        return exportar.baixar(request, exportar.Lista(nome=nome, titulo=titulo, colunas=saida.COLUNAS, linhas=linhas))
    return render(
        request,
        "mensais/ver.jinja",
        {
            "unidade": unidade,
            "competencia": competencia,
            "registro": registro,
            "envios": envios,
            "estado": consultas.situacao(registro, envios=len(envios)),
            "autores": consultas.nomes_de_quem_justificou(envios),
            "quadro": feito,
            "propostas": correcao.propostas(registro, ultimo) if registro is not None else [],
            "le_registros": permissoes.pode(request.ator, permissoes.LER_REGISTROS, unidade),
            "prazo": consultas.prazo(competencia),
            "preenche": permissoes.pode(request.ator, permissoes.PREENCHER, unidade),
            "confere": permissoes.pode(request.ator, permissoes.CONFERIR, unidade),
        },
    )


@require_POST
def analisar(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """A vigilância diz que começou a conferir."""
    unidade = permissoes.obter_unidade_para_conferir(request.ator, unidade_id=unidade_id)

    def ato(registro: RegistroMensal) -> None:
        conferencia.analisar(registro=registro, por=request.ator, em=request.agora)

    return _fazer(request, unidade, mes, ato, "Em análise: a unidade vê que a conferência começou.")


@require_POST
def aprovar(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """A vigilância aprova o que foi enviado."""
    unidade = permissoes.obter_unidade_para_conferir(request.ator, unidade_id=unidade_id)

    def ato(registro: RegistroMensal) -> None:
        conferencia.responder(
            registro=registro, tipo=Resposta.Tipo.APROVAR, motivo="", por=request.ator, em=request.agora
        )

    return _fazer(request, unidade, mes, ato, "Mês aprovado.")


@require_POST
def publicar(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """A gestão dá o mês aprovado por público."""
    unidade = permissoes.obter_unidade_para_conferir(request.ator, unidade_id=unidade_id)

    def ato(registro: RegistroMensal) -> None:
        conferencia.publicar(registro=registro, por=request.ator, em=request.agora)

    return _fazer(request, unidade, mes, ato, "Mês publicado. Corrigi-lo é enviar uma versão nova.")


@never_cache
@require_http_methods(["GET", "POST"])
def devolver(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """A vigilância devolve, dizendo o que corrigir."""
    unidade = permissoes.obter_unidade_para_conferir(request.ator, unidade_id=unidade_id)

    def ato(registro: RegistroMensal, motivo: str) -> None:
        conferencia.responder(
            registro=registro, tipo=Resposta.Tipo.DEVOLVER, motivo=motivo, por=request.ator, em=request.agora
        )

    return _com_motivo(request, unidade, mes, ato, titulo="Devolver para correção", feito="Mês devolvido.")


@never_cache
@require_http_methods(["GET", "POST"])
def reabrir(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """Quem preenche reabre um mês enviado, dizendo por quê."""
    unidade = permissoes.obter_unidade_para_preencher(request.ator, unidade_id=unidade_id)

    def ato(registro: RegistroMensal, motivo: str) -> None:
        envio.reabrir(registro=registro, motivo=motivo, por=request.ator, em=request.agora)

    def sugerido(registro: RegistroMensal) -> str:
        return correcao.motivo(correcao.propostas(registro, registro.envios.first()))

    return _com_motivo(
        request,
        unidade,
        mes,
        ato,
        titulo="Reabrir para corrigir",
        feito="Mês reaberto: corrija e envie.",
        sugerido=sugerido,
    )


def _fazer(
    request: HttpRequest, unidade: Unidade, mes: str, ato: Callable[[RegistroMensal], None], feito: str
) -> HttpResponse:
    try:
        ato(registro_da(unidade, competencia_do(request, mes)))
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, feito)
    return redirect("rma", unidade.pk, mes)


def _com_motivo(
    request: HttpRequest,
    unidade: Unidade,
    mes: str,
    ato: Callable[[RegistroMensal, str], None],
    *,
    titulo: str,
    feito: str,
    sugerido: Callable[[RegistroMensal], str] | None = None,
) -> HttpResponse:
    """A página que pede o motivo; `sugerido` já o traz escrito, para quem aceita uma proposta."""
    competencia = competencia_do(request, mes)
    registro = registro_da(unidade, competencia)
    pronto = sugerido(registro) if sugerido is not None and request.method == "GET" else ""
    form = forms.Motivo(request.POST or None, initial={"motivo": pronto})
    if request.method == "POST" and form.is_valid():
        try:
            ato(registro, form.cleaned_data["motivo"])
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, feito)
            return redirect("rma", unidade.pk, mes)
    contexto = {"unidade": unidade, "competencia": competencia, "form": form, "titulo": titulo}
    return render(request, "mensais/motivo.jinja", contexto)
