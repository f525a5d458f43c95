"""Os grupos da unidade: abrir, inscrever, fazer a chamada no telefone com um toque por pessoa."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.atendimento.familias import permissoes as das_familias
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.consultas import familia as da_familia
from suas.atendimento.familias.forms import Procura
from suas.atendimento.familias.ligacoes import Secao
from suas.atendimento.familias.permissoes import Acesso
from suas.atendimento.servicos import permissoes
from suas.atendimento.servicos.acoes import grupos as acoes
from suas.atendimento.servicos.consultas import grupos as leitura
from suas.atendimento.servicos.forms import grupos as forms
from suas.atendimento.servicos.models import Grupo
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 30


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os grupos da unidade, com quem faz a chamada a um toque."""
    unidade = das_familias.obter_unidade_para_atender(request.ator)
    contexto = {
        "unidade": unidade,
        "grupos": list(leitura.da_unidade(unidade.pk)),
        "encerrados": list(leitura.da_unidade(unidade.pk, encerrados=True)),
        "hoje": request.hoje,
    }
    return render(request, "servicos/grupos.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def novo(request: HttpRequest) -> HttpResponse:
    """Um grupo que começa."""
    unidade = das_familias.obter_unidade_para_atender(request.ator)
    form = forms.Abrir(request.POST or None, unidade=unidade, initial={"comecou": request.hoje})
    if request.method == "POST" and form.is_valid():
        try:
            grupo = acoes.abrir(
                unidade=unidade, novo=form.novo(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, f"Aberto: {grupo.nome}.")
            return redirect("grupo", grupo.pk)
    return render(request, "servicos/grupo_novo.jinja", {"unidade": unidade, "form": form})


@never_cache
@require_safe
def ver(request: HttpRequest, grupo_id: UUID) -> HttpResponse:
    """Quem participa, com que frequência vem, e os encontros."""
    grupo = permissoes.obter_grupo_para_cuidar(request.ator, grupo_id=grupo_id)
    participantes, sairam = leitura.participantes(grupo), leitura.que_sairam(grupo)
    houve, vieram = leitura.frequencia(grupo)
    pagina = Paginator(leitura.encontros(grupo), POR_PAGINA).get_page(request.GET.get("pagina"))
    _registrar(request, grupo, [p.pessoa_id for p in (*participantes, *sairam)])
    contexto = {
        "grupo": grupo,
        "participantes": participantes,
        "sairam": sairam,
        "houve": houve,
        "vieram": vieram,
        "encontros": pagina,
        "hoje": request.hoje,
    }
    return render(request, "servicos/grupo.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def inscrever(request: HttpRequest, grupo_id: UUID) -> HttpResponse:
    """Procura no registro das famílias e inscreve com um toque. A busca vai no corpo, e não no endereço."""
    grupo = permissoes.obter_grupo_para_cuidar(request.ator, grupo_id=grupo_id)
    if integrante_id := request.POST.get("integrante", ""):
        integrante = das_familias.obter_integrante_para_mudar(
            request.ator, integrante_id=int(integrante_id) if integrante_id.isdecimal() else 0
        )
        try:
            acoes.inscrever(
                grupo=grupo,
                integrante=integrante,
                dia=request.hoje,
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            messages.error(request, str(recusa))
            return redirect("grupo", grupo.pk)
        messages.success(request, f"{integrante.pessoa.como_se_chama} entrou no grupo.")
        return redirect("grupo-inscrever", grupo.pk)
    form = Procura(request.POST or None)
    termo = form.cleaned_data["termo"] if request.method == "POST" and form.is_valid() else ""
    municipio = grupo.abrangencia
    achadas = busca.procurar(termo, municipio=municipio, unidade=grupo.unidade_id) if termo else []
    ja = {participante.pessoa_id for participante in leitura.participantes(grupo)}
    _registrar(request, grupo, [achada.pessoa.pk for achada in achadas], campos=("nome", "nascimento", "nome_da_mae"))
    contexto = {"grupo": grupo, "form": form, "termo": termo, "achadas": achadas, "ja": ja, "hoje": request.hoje}
    return render(request, "servicos/inscrever.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def chamada(request: HttpRequest, grupo_id: UUID) -> HttpResponse:
    """A chamada de um dia. Sem JavaScript também: cada pessoa é uma marca, e a linha inteira se toca."""
    grupo = permissoes.obter_grupo_para_cuidar(request.ator, grupo_id=grupo_id)
    pede_dia = forms.DiaDaChamada(request.GET if "dia" in request.GET else None, initial={"dia": request.hoje})
    dia = pede_dia.cleaned_data["dia"] if pede_dia.is_bound and pede_dia.is_valid() else request.hoje
    encontro = leitura.encontro_do_dia(grupo, dia)
    linhas = leitura.chamada(grupo, dia=dia, encontro=encontro)
    inicial: dict[str, Any] = {"versao": encontro.versao if encontro else 0}
    if encontro is not None:
        inicial |= {"tema": encontro.tema, "sem_registro": encontro.sem_registro or ""}
    form, mudou = forms.Marcar(request.POST or None, linhas=linhas, initial=inicial), False
    if request.method == "POST" and form.is_valid():
        try:
            feito = acoes.fazer_chamada(
                grupo=grupo, chamada=form.chamada(dia), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except MudouNoMeioTempo as recusa:
            form.add_error(None, str(recusa))
            mudou, dados = True, request.POST.copy()
            dados["versao"] = str(encontro.versao if encontro else 0)  # enviar de novo grava o que se marcou
            form.data = dados
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            quantas = len(form.marcadas()) + feito.sem_registro
            vieram = "1 pessoa veio" if quantas == 1 else f"{quantas} pessoas vieram"
            messages.success(request, f"Chamada de {dia:%d/%m/%Y} gravada: {vieram}.")
            return redirect("grupo", grupo.pk)
    _registrar(request, grupo, [linha.pessoa.pk for linha in linhas])
    contexto = {
        "grupo": grupo,
        "dia": dia,
        "pede_dia": pede_dia,
        "encontro": encontro,
        "linhas": linhas,
        "marcadas": form.marcadas(),
        "form": form,
        "mudou": mudou,
    }
    return render(request, "servicos/chamada.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def tirar(request: HttpRequest, participante_id: UUID) -> HttpResponse:
    """Alguém deixa o grupo."""
    participante = permissoes.obter_participante_para_tirar(request.ator, participante_id=participante_id)
    form = forms.Sair(request.POST or None, initial={"dia": request.hoje})
    return _com_motivo(
        request,
        participante.grupo,
        form,
        ("Registrar a saída", participante.pessoa.como_se_chama, "A pessoa continua na história do grupo."),
        lambda limpos: acoes.tirar(
            participante=participante, por=request.ator, em=request.agora, hoje=request.hoje, **limpos
        ),
        [participante.pessoa_id],
    )


@never_cache
@require_http_methods(["GET", "POST"])
def encerrar(request: HttpRequest, grupo_id: UUID) -> HttpResponse:
    """O grupo acaba."""
    grupo = permissoes.obter_grupo_para_cuidar(request.ator, grupo_id=grupo_id)
    return _com_motivo(
        request,
        grupo,
        forms.Motivo(request.POST or None),
        ("Encerrar o grupo", grupo.nome, "Quem participa sai hoje. Os encontros e as presenças ficam."),
        lambda limpos: acoes.encerrar(grupo=grupo, por=request.ator, em=request.agora, hoje=request.hoje, **limpos),
        [],
    )


@never_cache
@require_http_methods(["GET", "POST"])
def anular(request: HttpRequest, encontro_id: UUID) -> HttpResponse:
    """O encontro que não houve."""
    encontro = permissoes.obter_encontro_para_anular(request.ator, encontro_id=encontro_id)
    return _com_motivo(
        request,
        encontro.grupo,
        forms.Motivo(request.POST or None),
        ("Anular o encontro", f"{encontro.grupo.nome}, {encontro.dia:%d/%m/%Y}", "Fica riscado, e não conta no mês."),
        lambda limpos: acoes.anular_encontro(encontro=encontro, por=request.ator, em=request.agora, **limpos),
        [],
    )


def na_ficha(request: HttpRequest, acesso: Acesso) -> Secao | None:
    """De que grupos a família participa, de quem lê o prontuário."""
    lidas = acesso.unidades_lidas(da_familia.prontuarios(acesso.familia))
    em_grupos = leitura.da_familia(acesso.familia, unidades=lidas) if lidas else []
    if not em_grupos:
        return None
    return Secao(
        modelo="servicos/_grupos_na_ficha.jinja",
        dados={"em_grupos": em_grupos, "unidade": acesso.unidade.pk},
        campos=("grupo",),
    )


def _com_motivo(
    request: HttpRequest,
    grupo: Grupo,
    form: forms.Motivo,
    textos: tuple[str, str, str],
    fazer: Callable[[dict[str, Any]], object],
    titulares: Iterable[UUID],
) -> HttpResponse:
    titulo, sobre, descricao = textos
    if request.method == "POST" and form.is_valid():
        try:
            fazer(form.cleaned_data)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, "Gravado.")
            return redirect("grupo", grupo.pk)
    _registrar(request, grupo, titulares)
    contexto = {"grupo": grupo, "form": form, "titulo": titulo, "sobre": sobre, "descricao": descricao}
    return render(request, "servicos/motivo.jinja", contexto)


def _registrar(
    request: HttpRequest, grupo: Grupo, titulares: Iterable[UUID], campos: tuple[str, ...] = ("nome", "grupo")
) -> None:
    registrar_leitura(
        objeto=grupo,
        titulares=titulares,
        campos=campos,
        territorio=grupo.abrangencia,
        por=request.ator,
        em=request.agora,
    )
