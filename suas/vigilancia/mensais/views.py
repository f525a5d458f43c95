"""O mês: o painel de quem deve e quem entregou, preencher, conferir e corrigir."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from normas.base.competencia import Competencia
from normas.base.inconsistencia import Gravidade
from normas.registros.leitura import formulario
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identidade import lugares
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.vigilancia.mensais import acoes, consultas, exame, forms, permissoes
from suas.vigilancia.mensais.models import RegistroMensal, Resposta


@never_cache
@require_safe
def painel(request: HttpRequest) -> HttpResponse:
    """O painel do território do vínculo em uso."""
    return lugar(request, request.ator.abrangencia)


@never_cache
@require_safe
def lugar(request: HttpRequest, onde: str) -> HttpResponse:
    """Num município, as unidades que devem o mês; numa UF ou no país, as contas de cada lugar."""
    permissoes.exigir_painel(request.ator, onde=onde)
    competencia = consultas.lido(request.GET.get("mes", ""), hoje=request.hoje) or consultas.competencia_da_vez(
        request.hoje
    )
    so = request.ator.unidade if request.ator.papel.da_unidade else None
    no_municipio = len(onde) == 7
    linhas = consultas.quadro(onde, competencia=competencia, so=so) if no_municipio else []
    contas = [] if no_municipio else consultas.contas(onde, competencia=competencia)
    return render(
        request,
        "mensais/painel.jinja",
        {
            "onde": onde,
            "lugar": lugares.nome(onde),
            "competencia": competencia,
            "meses": [(str(mes), f"{mes.desde:%m/%Y}") for mes in consultas.competencias(request.hoje)],
            "prazo": consultas.prazo(competencia),
            "linhas": linhas,
            "contas": contas,
            "nomes": lugares.nomes([conta.codigo for conta in contas]),
            "devem": len(linhas) or sum(conta.devem for conta in contas),
            "entregaram": sum(linha.entregue for linha in linhas) or sum(conta.entregaram for conta in contas),
            "preenche": lambda unidade: permissoes.pode(request.ator, permissoes.PREENCHER, unidade),
        },
    )


@never_cache
@require_safe
def ver(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """O que a unidade enviou, o que se respondeu, e o que cabe fazer agora."""
    unidade = permissoes.obter_unidade_para_ver(request.ator, unidade_id=unidade_id)
    competencia = _competencia(request, mes)
    registro = consultas.registro_de(unidade, competencia=competencia)
    envios = consultas.envios(registro) if registro is not None else []
    ultimo = envios[0] if envios else None
    return render(
        request,
        "mensais/ver.jinja",
        {
            "unidade": unidade,
            "competencia": competencia,
            "registro": registro,
            "envios": envios,
            "quadro": _quadro(unidade, competencia, ultimo.itens, ultimo.calculados) if ultimo is not None else None,
            "prazo": consultas.prazo(competencia),
            "preenche": permissoes.pode(request.ator, permissoes.PREENCHER, unidade),
            "confere": permissoes.pode(request.ator, permissoes.CONFERIR, unidade),
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
def preencher(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """Guarda o que se escreveu, sempre; com “enviar”, confere e envia."""
    unidade = permissoes.obter_unidade_para_preencher(request.ator, unidade_id=unidade_id)
    competencia = _competencia(request, mes)
    registro = consultas.registro_de(unidade, competencia=competencia)
    versao_lida = request.POST.get("versao", str(registro.versao if registro is not None else 0))
    itens: dict[str, Any] = registro.itens if registro is not None else {}
    justificativas: dict[str, str] = registro.justificativas if registro is not None else {}
    recusa: AtoRecusado | None = None
    if request.method == "POST":
        itens = forms.itens_enviados(request.POST, versao=_versao(unidade, competencia))
        justificativas = forms.justificativas_enviadas(request.POST.dict())
        try:
            registro = _guardar(request, unidade, competencia, itens, justificativas, versao_lida)
            versao_lida = str(registro.versao)
            if "enviar" in request.POST:
                envio = acoes.enviar(registro=registro, por=request.ator, em=request.agora, hoje=request.hoje)
                messages.success(request, f"Mês enviado ({envio}). A vigilância do município confere.")
                return redirect("rma", unidade.pk, mes)
            messages.success(request, "Rascunho guardado.")
            return redirect("rma-preencher", unidade.pk, mes)
        except AtoRecusado as erro:
            recusa = erro
            if isinstance(erro, MudouNoMeioTempo) and registro is not None:
                versao_lida = str(registro.versao)
    quadro = _quadro(unidade, competencia, itens, None)
    sem_resposta, achadas = _separar(_achadas(registro, recusa), quadro)
    return render(
        request,
        "mensais/preencher.jinja",
        {
            "unidade": unidade,
            "competencia": competencia,
            "registro": registro,
            "quadro": quadro,
            "sem_resposta": sem_resposta,
            "justificativas": justificativas,
            "versao": versao_lida,
            "recusa": recusa,
            "achadas": achadas,
            "por_item": _por_item(achadas),
            "Gravidade": Gravidade,
            "prazo": consultas.prazo(competencia),
            "campo": forms.nome_do_campo,
            "aberto": registro is None or registro.estado in {"rascunho", "devolvido"},
        },
    )


@require_POST
def aprovar(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """A vigilância aprova o que foi enviado."""
    unidade = permissoes.obter_unidade_para_conferir(request.ator, unidade_id=unidade_id)

    def ato(registro: RegistroMensal) -> None:
        acoes.responder(registro=registro, tipo=Resposta.Tipo.APROVAR, motivo="", por=request.ator, em=request.agora)

    return _fazer(request, unidade, mes, ato, "Mês aprovado.")


@never_cache
@require_http_methods(["GET", "POST"])
def devolver(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """A vigilância devolve, dizendo o que corrigir."""
    unidade = permissoes.obter_unidade_para_conferir(request.ator, unidade_id=unidade_id)

    def ato(registro: RegistroMensal, motivo: str) -> None:
        acoes.responder(
            registro=registro, tipo=Resposta.Tipo.DEVOLVER, motivo=motivo, por=request.ator, em=request.agora
        )

    return _com_motivo(request, unidade, mes, ato, titulo="Devolver para correção", feito="Mês devolvido.")


@never_cache
@require_http_methods(["GET", "POST"])
def reabrir(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """Quem preenche reabre um mês enviado, dizendo por quê."""
    unidade = permissoes.obter_unidade_para_preencher(request.ator, unidade_id=unidade_id)

    def ato(registro: RegistroMensal, motivo: str) -> None:
        acoes.reabrir(registro=registro, motivo=motivo, por=request.ator, em=request.agora)

    return _com_motivo(
        request, unidade, mes, ato, titulo="Reabrir para corrigir", feito="Mês reaberto: corrija e envie."
    )


def _competencia(request: HttpRequest, mes: str) -> Competencia:
    """404 para mês que não existe, ainda não começou ou é anterior ao formulário transcrito."""
    competencia = consultas.lido(mes, hoje=request.hoje)
    if competencia is None:
        raise Http404
    return competencia


def _versao(unidade: Unidade, competencia: Competencia) -> Any:
    return formulario(consultas.FORMULARIOS[unidade.tipo], em=competencia)


def _quadro(unidade: Unidade, competencia: Competencia, itens: dict[str, Any], calculados: Any) -> forms.Quadro:
    ultimo = forms.ultimo_mes(consultas.anteriores(unidade, competencia=competencia))
    return forms.Quadro(
        versao=_versao(unidade, competencia),
        itens=itens,
        anterior=ultimo[1] if ultimo is not None else None,
        calculados=consultas.dos_registros(unidade, competencia=competencia) if calculados is None else calculados,
    )


def _guardar(
    request: HttpRequest,
    unidade: Unidade,
    competencia: Competencia,
    itens: dict[str, Any],
    justificativas: dict[str, str],
    versao: str,
) -> RegistroMensal:
    return acoes.guardar(
        unidade=unidade,
        competencia=competencia,
        itens=itens,
        justificativas=justificativas,
        versao=int(versao) if versao.isdecimal() and len(versao) < 9 else -1,
        por=request.ator,
        em=request.agora,
    )


def _achadas(registro: RegistroMensal | None, recusa: AtoRecusado | None) -> list[Any]:
    """Depois de tentar enviar, tudo o que falta; antes, só o que o já escrito mostra."""
    if isinstance(recusa, acoes.EnvioRecusado):
        return list(recusa.inconsistencias)
    return list(exame.conferir(registro, parcial=True)) if registro is not None else []


def _separar(achadas: list[Any], quadro: forms.Quadro) -> tuple[list[str], list[Any]]:
    """Os itens sem resposta, que se dizem numa linha só, e as outras inconsistências."""
    regra = quadro.versao.regra_de_preenchimento.codigo
    sem_resposta = [a.itens[0] for a in achadas if a.regra == regra and a.itens and a.itens[0] not in quadro.itens]
    return sem_resposta, [a for a in achadas if a.regra != regra or not a.itens or a.itens[0] not in sem_resposta]


def _por_item(achadas: list[Any]) -> dict[str, list[Any]]:
    por_item: dict[str, list[Any]] = {}
    for achada in achadas:
        for item in achada.itens[:1]:
            por_item.setdefault(item, []).append(achada)
    return por_item


def _registro(unidade: Unidade, competencia: Competencia) -> RegistroMensal:
    registro = consultas.registro_de(unidade, competencia=competencia)
    if registro is None:
        raise Http404
    return registro


def _fazer(
    request: HttpRequest, unidade: Unidade, mes: str, ato: Callable[[RegistroMensal], None], feito: str
) -> HttpResponse:
    try:
        ato(_registro(unidade, _competencia(request, mes)))
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
) -> HttpResponse:
    competencia = _competencia(request, mes)
    registro = _registro(unidade, competencia)
    form = forms.Motivo(request.POST or None)
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
