"""Os fundos para programas: o que mudou desde um instante, e um fundo com quem responde. As contas não saem."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from pydantic import Field

from suas.cadastros.fundos.models import Fundo, Responsavel
from suas.cadastros.orgaos.api import (
    IdDoRegistro,
    MandatoDaFicha,
    MudadosDesde,
    RegistroDoEnte,
    Territorio,
    do_ente,
    mandatos,
)
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import Consulta, Pagina
from suas.nucleo.api.paginas import paginar

rotas = Router(tags=["Órgãos e fundos"])
_CAMPOS = (
    *("id", "abrangencia", "nome", "cnpj", "lei", "lei_dia", "lei_alteracoes", "decreto", "conferido_em", "mudou_em"),
    *("sintetico", "unidade_orcamentaria", "codigo_orcamentario"),
)


class FundoDaLista(RegistroDoEnte):
    """Um fundo."""

    unidade_orcamentaria: bool | None = Field(description="É unidade orçamentária própria; nulo: não informado.")
    codigo_orcamentario: str


class FiltroDeFundos(Consulta):
    """Que fundos."""

    territorio: Territorio | None = None
    mudados_desde: MudadosDesde | None = None


@rotas.get("/fundos", response=Pagina[FundoDaLista], operation_id="fundos", summary="Os fundos", url_name="api-fundos")
def fundos(request: HttpRequest, filtro: Query[FiltroDeFundos]) -> HttpResponse:
    """Os fundos registrados, na ordem em que mudaram."""
    achados = Fundo.objects.do_territorio(filtro.territorio or "BR")
    if filtro.mudados_desde:
        achados = achados.filter(mudou_em__gte=filtro.mudados_desde)
    return paginar(
        request,
        achados.values(*_CAMPOS),
        ordem=("mudou_em", "id"),
        limite=filtro.limite,
        cursor=filtro.cursor,
        linha=do_ente,
    )


class FundoInteiro(FundoDaLista):
    """Um fundo e quem responde e respondeu por ele."""

    responsaveis: list[MandatoDaFicha] = Field(description="Do mais novo ao mais antigo.")


@rotas.get("/fundos/{fundo_id}", response=FundoInteiro, operation_id="fundo", summary="Um fundo", url_name="api-fundo")
def fundo(request: HttpRequest, fundo_id: IdDoRegistro) -> HttpResponse:
    """O registro do fundo, com quem responde por ele."""
    achado = get_object_or_404(Fundo.objects.values(*_CAMPOS), pk=fundo_id)
    responsaveis = mandatos(Responsavel.objects.filter(fundo_id=fundo_id))
    return respostas.objeto(request, do_ente(achado) | {"responsaveis": responsaveis})
