"""O território para programas: UFs, municípios e populações. Tudo público."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema
from pydantic import Field

from suas.cadastros.territorio import consultas
from suas.cadastros.territorio.models import UF, Municipio, Populacao
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import DOIS_DIGITOS, Ano, CodigoIBGE, Consulta, Pagina, SiglaDeUF
from suas.nucleo.api.paginas import paginar

rotas = Router(tags=["Território"])


class UFDaLista(Schema):
    """Um estado ou o Distrito Federal."""

    codigo_ibge: str = Field(pattern=DOIS_DIGITOS, examples=["32"])
    sigla: SiglaDeUF
    nome: str = Field(examples=["Espírito Santo"])
    regiao: str = Field(description="Região do IBGE.", examples=["Sudeste"])


@rotas.get("/ufs", response=Pagina[UFDaLista], operation_id="ufs", summary="As UFs", url_name="api-ufs")
def ufs(request: HttpRequest, consulta: Query[Consulta]) -> HttpResponse:
    """Os estados e o Distrito Federal, por código do IBGE."""
    linhas = UF.objects.values("sigla", "nome", "regiao", codigo_ibge=F("codigo"))
    return paginar(request, linhas, ordem=("codigo_ibge",), limite=consulta.limite, cursor=consulta.cursor)


class MunicipioDaLista(Schema):
    """Um município."""

    codigo_ibge: CodigoIBGE
    nome: str = Field(examples=["Vitória"])
    uf: SiglaDeUF
    capital: bool
    desde_ano: int | None = Field(description="Primeiro ano em que a população oficial o conta; nulo: já em 2000.")
    ate_ano: int | None = Field(description="Primeiro ano em que já não o conta; nulo: conta ainda.")


class FiltroDeMunicipios(Consulta):
    """Que municípios."""

    uf: SiglaDeUF | None = None
    busca: str | None = Field(
        None, min_length=1, max_length=60, description="Parte do nome, com ou sem acentos.", examples=["vitoria"]
    )
    existente_em: Ano | None = Field(None, description="Só os que a população oficial do ano conta.")


@rotas.get(
    "/municipios",
    response=Pagina[MunicipioDaLista],
    operation_id="municipios",
    summary="Os municípios",
    url_name="api-municipios",
)
def municipios(request: HttpRequest, filtro: Query[FiltroDeMunicipios]) -> HttpResponse:
    """Os municípios, por código do IBGE: todos, os de uma UF ou os que têm o texto no nome."""
    achados = Municipio.objects.all()
    if filtro.uf:
        achados = achados.filter(uf__sigla=filtro.uf)
    if filtro.busca:
        achados = achados.filter(nome_busca__contains=nome_de_busca(filtro.busca))
    if filtro.existente_em:
        achados = achados.existentes_em(filtro.existente_em)
    linhas = achados.values("codigo_ibge", "nome", "capital", "desde_ano", "ate_ano", sigla=F("uf__sigla"))
    return paginar(
        request,
        linhas,
        ordem=("codigo_ibge",),
        limite=filtro.limite,
        cursor=filtro.cursor,
        linha=_com_uf,
    )


def _com_uf(linha: dict[str, Any]) -> dict[str, Any]:
    """A sigla com o nome da coluna dos CSV."""
    linha["uf"] = linha.pop("sigla")
    return linha


class PorteDoAno(Schema):
    """A população e o porte do município num ano."""

    ano: int
    habitantes: int
    tipo: str = Field(description="estimativa, censo ou contagem.")
    fonte: str
    porte: str = Field(description="Nome do porte.", examples=["Grande"])
    regra_posterior: bool = Field(description="O ano é anterior à regra dos portes (PNAS/2004).")


class MunicipioInteiro(MunicipioDaLista):
    """Um município com a população e o porte de cada ano."""

    portes: list[PorteDoAno] = Field(description="Do ano mais recente ao mais antigo.")


@rotas.get(
    "/municipios/{codigo_ibge}",
    response=MunicipioInteiro,
    operation_id="municipio",
    summary="Um município",
    url_name="api-municipio",
)
def municipio(request: HttpRequest, codigo_ibge: Annotated[CodigoIBGE, Path()]) -> HttpResponse:
    """Um município, com a população e o porte em cada ano de que temos a população."""
    lugar = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo_ibge)
    dados = {
        "codigo_ibge": lugar.pk,
        "nome": lugar.nome,
        "uf": lugar.uf.sigla,
        "capital": lugar.capital,
        "desde_ano": lugar.desde_ano,
        "ate_ano": lugar.ate_ano,
        "portes": [
            {
                "ano": item.ano,
                "habitantes": item.habitantes,
                "tipo": item.tipo,
                "fonte": item.fonte,
                "porte": item.porte.porte.nome,
                "regra_posterior": item.regra_posterior,
            }
            for item in consultas.portes_do_municipio(lugar)
        ],
    }
    return respostas.objeto(request, dados)


class PopulacaoDaLista(Schema):
    """Habitantes de um município num ano."""

    codigo_ibge: CodigoIBGE
    ano: int = Field(examples=[2020])
    habitantes: int = Field(examples=[365855])
    tipo: str = Field(description="estimativa, censo ou contagem.")
    fonte: str


class FiltroDePopulacoes(Consulta):
    """De que municípios e de que ano."""

    ano: Ano | None = None
    uf: SiglaDeUF | None = None
    codigo_ibge: CodigoIBGE | None = None


@rotas.get(
    "/populacoes",
    response=Pagina[PopulacaoDaLista],
    operation_id="populacoes",
    summary="As populações",
    url_name="api-populacoes",
)
def populacoes(request: HttpRequest, filtro: Query[FiltroDePopulacoes]) -> HttpResponse:
    """Habitantes por município e ano, com a fonte, na ordem do ano e do código."""
    achadas = Populacao.objects.all()
    if filtro.ano:
        achadas = achadas.filter(ano=filtro.ano)
    if filtro.uf:
        achadas = achadas.filter(municipio__uf__sigla=filtro.uf)
    if filtro.codigo_ibge:
        achadas = achadas.filter(municipio_id=filtro.codigo_ibge)
    linhas = achadas.values("ano", "habitantes", "tipo", "fonte", codigo_ibge=F("municipio_id"))
    return paginar(request, linhas, ordem=("ano", "codigo_ibge"), limite=filtro.limite, cursor=filtro.cursor)
