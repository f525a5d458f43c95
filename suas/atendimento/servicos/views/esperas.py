"""O tempo de espera dos encaminhamentos e a forma de acesso às unidades: público, e sem pessoa."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from normas.territorio.federacao import UF_POR_CODIGO, UF_POR_SIGLA
from suas.atendimento.servicos.consultas import esperas as leitura
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.identidade import lugares
from suas.nucleo.tela import exportar

_ESPERA = (
    exportar.coluna("encaminhamentos", "Encaminhamentos em 12 meses", "inteiro"),
    exportar.coluna("respondidos", "Com resposta", "inteiro"),
    exportar.coluna("sem_resposta", "Sem resposta", "inteiro"),
    exportar.coluna("mediana_dias", "Mediana de dias até a resposta", "decimal"),
)
POR_LUGAR = (exportar.coluna("codigo", "Código"), exportar.coluna("lugar", "Lugar"), *_ESPERA)
POR_PAR = (exportar.coluna("origem", "Quem encaminha"), exportar.coluna("destino", "Quem recebe"), *_ESPERA)
ACESSO = (
    exportar.coluna("unidade", "Unidade"),
    exportar.coluna("familias", "Famílias em 12 meses", "inteiro"),
    exportar.coluna("espontanea", "Procura espontânea", "inteiro"),
    exportar.coluna("busca_ativa", "Busca ativa", "inteiro"),
    exportar.coluna("encaminhada", "Encaminhadas", "inteiro"),
)


@login_not_required
@require_safe
def lugar(request: HttpRequest, sigla: str = "") -> HttpResponse:
    """O país por estado, ou o estado por município."""
    uf = UF_POR_SIGLA.get(sigla)
    if sigla and uf is None:
        raise Http404
    onde = uf.codigo if uf is not None else "BR"
    esperas = leitura.por_lugar(onde, desde=leitura.um_ano_antes(request.hoje))
    nomes = lugares.nomes(esperas)
    linhas = sorted(((codigo, nomes[codigo], espera) for codigo, espera in esperas.items()), key=lambda li: li[1])
    if exportar.pedido(request):
        feitas = [(codigo, nome, *_celulas(espera)) for codigo, nome, espera in linhas]
        return exportar.baixar(
            request,
            exportar.Lista(
                nome="esperas", titulo="Tempo de espera dos encaminhamentos", colunas=POR_LUGAR, linhas=feitas
            ),
        )
    contexto = {
        "uf": uf,
        "linhas": linhas,
        "total": leitura.somar(esperas.values()),
        "siglas": {codigo: UF_POR_CODIGO[codigo].sigla for codigo in esperas if codigo in UF_POR_CODIGO},
        "minimo": leitura.MINIMO,
    }
    return render(request, "servicos/esperas.jinja", contexto)


@login_not_required
@require_safe
def municipio(request: HttpRequest, codigo: str) -> HttpResponse:
    """Um município: a espera de cada par de unidades, e como as famílias chegam a cada uma."""
    este = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo)
    desde = leitura.um_ano_antes(request.hoje)
    pares = leitura.por_par(este.pk, desde=desde)
    acessos = leitura.acesso_por_unidade(este.pk, desde=desde)
    if exportar.pedido(request, "pares"):
        linhas = [(par.origem.nome, par.destino.nome, *_celulas(par.espera)) for par in pares]
        lista = exportar.Lista(
            nome=f"esperas-{este.pk}", titulo="Tempo de espera por par de unidades", colunas=POR_PAR, linhas=linhas
        )
        return exportar.baixar(request, lista)
    if exportar.pedido(request, "acesso"):
        feitas = [
            (unidade.nome, *((a.total, a.espontanea, a.busca_ativa, a.encaminhada) if a.publica else (None,) * 4))
            for unidade, a in acessos
        ]
        lista = exportar.Lista(
            nome=f"acesso-{este.pk}", titulo="Como as famílias chegam", colunas=ACESSO, linhas=feitas
        )
        return exportar.baixar(request, lista)
    contexto = {
        "municipio": este,
        "pares": pares,
        "acessos": acessos,
        "total": leitura.somar(par.espera for par in pares),
        "minimo": leitura.MINIMO,
    }
    return render(request, "servicos/esperas_do_municipio.jinja", contexto)


def _celulas(espera: leitura.Espera) -> tuple[object, ...]:
    """As contas que se publicam; vazias, se são poucas demais."""
    if not espera.publica:
        return (None,) * 4
    return espera.quantos, espera.respondidos, espera.sem_resposta, espera.mediana
