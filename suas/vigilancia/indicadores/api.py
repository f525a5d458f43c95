"""Indicadores para programas: o catálogo, os valores e digitar um valor. Ler é público."""

from __future__ import annotations

from typing import Annotated, Any

from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Header, Path, Query, Router, Schema
from pydantic import Field

from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import CODIGO_COM_TRACO, SEM_NULO, Ano, CodigoIBGE, Consulta, Corpo, Pagina, SiglaDeUF
from suas.nucleo.api.interface import exigir_escrita
from suas.nucleo.api.paginas import paginar
from suas.nucleo.api.problemas import Erro, Problema
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.indicadores import acoes, consultas
from suas.vigilancia.indicadores.models import Indicador, Valor
from suas.vigilancia.indicadores.permissoes import obter_municipio_para_digitar

rotas = Router(tags=["Indicadores"])
CodigoDoIndicador = Annotated[
    str, Field(pattern=CODIGO_COM_TRACO, description="Código do indicador.", examples=["rcl_per_capita"])
]
_CAMPOS = ("codigo", "nome", "unidade", "descricao", "base", "tipo", "sentido", "casas", "opcoes")


class IndicadorDaLista(Schema):
    """O que se mede ou se classifica em cada município."""

    codigo: CodigoDoIndicador
    nome: str
    unidade: str
    descricao: str
    base: str = Field(description="Norma ou definição.")
    tipo: str = Field(description="inteiro, decimal ou categoria.")
    sentido: str = Field(description="alto_pior, baixo_pior ou neutro.")
    casas: int = Field(description="Casas decimais mostradas.")
    palavras: dict[str, str] = Field(description="Na categoria, cada palavra aceita e como se lê.")


class FiltroDeIndicadores(Consulta):
    """Que indicadores."""


@rotas.get(
    "/indicadores",
    response=Pagina[IndicadorDaLista],
    operation_id="indicadores",
    summary="Os indicadores",
    url_name="api-indicadores",
)
def indicadores(request: HttpRequest, filtro: Query[FiltroDeIndicadores]) -> HttpResponse:
    """O catálogo, por código: os da NOB/SUAS 2005 e os que a instalação criou."""
    linhas = Indicador.objects.values(*_CAMPOS)
    return paginar(request, linhas, ordem=("codigo",), limite=filtro.limite, cursor=filtro.cursor, linha=_com_palavras)


def _com_palavras(linha: dict[str, Any]) -> dict[str, Any]:
    linha["palavras"] = dict(linha.pop("opcoes"))
    return linha


class AnoDoIndicador(Schema):
    """Quantos municípios têm valor no ano."""

    ano: int
    municipios: int


class IndicadorInteiro(IndicadorDaLista):
    """O indicador e os anos de que há valores."""

    anos: list[AnoDoIndicador] = Field(description="Do mais recente ao mais antigo.")


@rotas.get(
    "/indicadores/{codigo}",
    response=IndicadorInteiro,
    operation_id="indicador",
    summary="Um indicador",
    url_name="api-indicador",
)
def indicador(request: HttpRequest, codigo: Annotated[CodigoDoIndicador, Path()]) -> HttpResponse:
    """A definição do indicador e quantos municípios têm valor em cada ano."""
    dados = Indicador.objects.filter(pk=codigo).values(*_CAMPOS).first()
    if dados is None:
        raise Http404
    anos = consultas.municipios_por_ano().get(codigo, {})
    inteiro = _com_palavras(dados) | {"anos": [{"ano": ano, "municipios": quantos} for ano, quantos in anos.items()]}
    return respostas.objeto(request, inteiro)


class ValorDaLista(Schema):
    """O valor do indicador num município e ano."""

    codigo_ibge: CodigoIBGE
    ano: int = Field(examples=[2020])
    valor: str = Field(description="Número exato com ponto decimal, ou a palavra da categoria.", examples=["1234.56"])
    fonte: str
    sintetico: bool = Field(description="Inventado para demonstração.")


class FiltroDeValores(Consulta):
    """De que municípios e de que ano."""

    ano: Ano | None = None
    uf: SiglaDeUF | None = None
    codigo_ibge: CodigoIBGE | None = None


@rotas.get(
    "/indicadores/{codigo}/valores",
    response=Pagina[ValorDaLista],
    operation_id="valores",
    summary="Os valores de um indicador",
    url_name="api-valores",
)
def valores(
    request: HttpRequest, codigo: Annotated[CodigoDoIndicador, Path()], filtro: Query[FiltroDeValores]
) -> HttpResponse:
    """Os valores por ano e município, com a fonte de cada um, na ordem do ano e do código."""
    achados = Valor.objects.filter(indicador=get_object_or_404(Indicador, pk=codigo))
    if filtro.ano:
        achados = achados.filter(ano=filtro.ano)
    if filtro.uf:
        achados = achados.filter(municipio__uf__sigla=filtro.uf)
    if filtro.codigo_ibge:
        achados = achados.filter(municipio_id=filtro.codigo_ibge)
    linhas = achados.values("ano", "valor", "fonte", "sintetico", codigo_ibge=F("municipio_id"))
    return paginar(request, linhas, ordem=("ano", "codigo_ibge"), limite=filtro.limite, cursor=filtro.cursor)


class UmValor(ValorDaLista):
    """O valor do indicador num município e ano, com o indicador."""

    indicador: CodigoDoIndicador


def _um_valor(codigo: str, codigo_ibge: str, ano: int) -> dict[str, Any] | None:
    campos = ("ano", "valor", "fonte", "sintetico")
    achado = Valor.objects.filter(indicador_id=codigo, municipio_id=codigo_ibge, ano=ano)
    linha = achado.values(*campos, codigo_ibge=F("municipio_id")).first()
    return None if linha is None else {"indicador": codigo, **linha}


@rotas.get(
    "/indicadores/{codigo}/valores/{codigo_ibge}/{ano}",
    response=UmValor,
    operation_id="valor",
    summary="Um valor",
    url_name="api-valor",
)
def valor(
    request: HttpRequest,
    codigo: Annotated[CodigoDoIndicador, Path()],
    codigo_ibge: Annotated[CodigoIBGE, Path()],
    ano: Annotated[Ano, Path()],
) -> HttpResponse:
    """O valor de um indicador num município e ano."""
    dados = _um_valor(codigo, codigo_ibge, ano)
    if dados is None:
        raise Http404
    return respostas.objeto(request, dados)


class ValorDigitado(Corpo):
    """O valor novo, de onde veio e por que foi digitado."""

    valor: str = Field(
        min_length=1,
        max_length=40,
        pattern=SEM_NULO,
        description="Como na tela: 1.234,56 ou 1234.56; ou uma palavra da categoria.",
        examples=["1234.56"],
    )
    fonte: str = Field(min_length=1, max_length=200, pattern=SEM_NULO, examples=["Siconfi, consulta de 10/11/2026"])
    motivo: str = Field(
        min_length=1, max_length=200, pattern=SEM_NULO, description="Vai à trilha.", examples=["Corrige o publicado"]
    )


@rotas.put(
    "/indicadores/{codigo}/valores/{codigo_ibge}/{ano}",
    response={200: UmValor, 201: UmValor},
    auth=exigir_escrita,
    operation_id="digitar_valor",
    summary="Digitar um valor",
    url_name="api-valor",
    openapi_extra={"x-recusas": [412, 428]},
)
def digitar_valor(
    request: Any,
    codigo: Annotated[CodigoDoIndicador, Path()],
    codigo_ibge: Annotated[CodigoIBGE, Path()],
    ano: Annotated[Ano, Path()],
    corpo: ValorDigitado,
    if_match: Annotated[
        str | None,
        Header(alias="If-Match", description="O ETag do valor que vai ser trocado; não há na primeira vez."),
    ] = None,
) -> HttpResponse:
    """Grava o valor, como na tela de digitar. Se já havia um, é preciso dizer em If-Match qual se leu."""
    municipio = obter_municipio_para_digitar(request.ator, codigo=codigo_ibge)
    medido = get_object_or_404(Indicador, pk=codigo)
    with transaction.atomic():
        # trava a linha do indicador: dois programas no mesmo valor, um espera o outro
        Indicador.objects.select_for_update().get(pk=medido.pk)
        antes = _um_valor(codigo, codigo_ibge, ano)
        if antes is not None:
            respostas.exigir_versao(request, antes)
        elif if_match is not None:
            raise Problema(412, "Ainda não há este valor: mande sem If-Match.")
        try:
            acoes.digitar_valor(
                indicador=medido,
                municipio=municipio,
                ano=ano,
                texto=corpo.valor,
                fonte=corpo.fonte,
                motivo=corpo.motivo,
                por=request.ator,
                em=request.agora,
            )
        except AtoRecusado as recusa:
            raise Problema(409, str(recusa), erros=[Erro(campo="valor", mensagem=str(recusa))]) from recusa
        depois = _um_valor(codigo, codigo_ibge, ano)
    return respostas.objeto(request, depois or {}, situacao=201 if antes is None else 200)
