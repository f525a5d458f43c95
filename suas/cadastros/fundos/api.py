"""Os fundos para programas: o que mudou desde um instante, e um fundo com quem responde. As contas não saem."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from suas.cadastros.fundos import consultas, permissoes
from suas.cadastros.orgaos.api import (
    IdDoRegistro,
    MandatoDaFicha,
    RegistroDoEnte,
    Territorio,
    do_ente,
    mandatos,
)
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import Consulta, MudadosDesde, Pagina
from suas.nucleo.api.paginas import acompanhar
from suas.nucleo.permissoes.abrangencia import BRASIL

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
    return acompanhar(
        request,
        consultas.de_dentro(filtro.territorio or BRASIL).values(*_CAMPOS),
        filtro=filtro,
        desde=filtro.mudados_desde,
        mudou="mudou_em",
        linha=do_ente,
    )


class FundoInteiro(FundoDaLista):
    """Um fundo e quem responde e respondeu por ele."""

    responsaveis: list[MandatoDaFicha] = Field(description="Do mais novo ao mais antigo.")


@rotas.get("/fundos/{fundo_id}", response=FundoInteiro, operation_id="fundo", summary="Um fundo", url_name="api-fundo")
def fundo(request: HttpRequest, fundo_id: IdDoRegistro) -> HttpResponse:
    """O registro do fundo, com quem responde por ele."""
    achado = permissoes.obter_fundo_pelo_id_para_ver(request.ator, fundo_id=fundo_id)  # type: ignore[attr-defined]
    dados = {campo: getattr(achado, campo) for campo in _CAMPOS}
    return respostas.objeto(request, do_ente(dados) | {"responsaveis": mandatos(achado.responsaveis)})
