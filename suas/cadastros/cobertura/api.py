"""A cobertura para programas: um município, ou os municípios de uma UF. Calculada na hora; tudo público."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from normas.territorio.federacao import UF_POR_SIGLA
from suas.cadastros.cobertura import consultas, por_servico
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import (
    CodigoIBGE,
    Consulta,
    Dia,
    Identificador,
    Instante,
    MudadosDesde,
    Pagina,
    SiglaDeUF,
    em_iso,
)
from suas.nucleo.api.paginas import acompanhar
from suas.nucleo.permissoes.abrangencia import BRASIL

rotas = Router(tags=["Cobertura"])


class CoberturaDoMunicipio(Schema):
    """O que a norma pede, o que há e o que falta num município."""

    codigo_ibge: CodigoIBGE
    municipio: str
    habitantes: int | None
    porte: str | None = Field(description="Nome do porte; nulo sem população.")
    minimo: int | None = Field(description="CRAS que a norma pede do porte.")
    existentes: int = Field(description="CRAS em funcionamento.")
    lacuna: int | None = Field(description="CRAS que faltam para o mínimo.")
    capacidade: int | None = Field(description="Famílias que os CRAS podem referenciar.")
    familias_referenciadas: int | None = Field(description="As que os CRAS informam; nulo se nenhum informou.")
    creas: int = Field(description="CREAS com sede no município.")
    creas_de_outro_municipio: int
    registrado: bool = Field(
        description="Alguma unidade do município já entrou no cadastro. Falso: os números não dizem o que há nem o que "
        "falta, porque ninguém informou."
    )


class CoberturaDaUF(Schema):
    """A cobertura de cada município de uma UF, com a regra usada."""

    norma: str
    simulacao: bool = Field(description="A norma não vigora hoje.")
    ano_da_populacao: int | None
    municipios: list[CoberturaDoMunicipio]


class FiltroDeCobertura(Schema):
    """De que UF."""

    uf: SiglaDeUF


@rotas.get(
    "/cobertura",
    response=CoberturaDaUF,
    operation_id="cobertura",
    summary="A cobertura de uma UF",
    url_name="api-cobertura",
)
def cobertura(request: HttpRequest, filtro: Query[FiltroDeCobertura]) -> HttpResponse:
    """Os municípios da UF, por nome."""
    return respostas.objeto(request, em_dados(consultas.cobertura(UF_POR_SIGLA[filtro.uf].codigo, hoje=_hoje(request))))


@rotas.get(
    "/cobertura/{codigo_ibge}",
    response=CoberturaDoMunicipio,
    operation_id="cobertura_do_municipio",
    summary="A cobertura de um município",
    url_name="api-cobertura-municipio",
)
def cobertura_do_municipio(request: HttpRequest, codigo_ibge: Annotated[CodigoIBGE, Path()]) -> HttpResponse:
    """Um município."""
    linhas = consultas.cobertura(codigo_ibge, hoje=_hoje(request)).linhas
    if not linhas:
        raise Http404
    return respostas.objeto(request, da_linha(linhas[0]))


def _hoje(request: Any) -> Any:
    return request.hoje


def em_dados(calculada: consultas.Cobertura) -> dict[str, Any]:
    """A cobertura nas formas da interface e do comando."""
    return {
        "norma": str(calculada.regra.parametro.fundamento),
        "simulacao": not calculada.regra.vigente,
        "ano_da_populacao": calculada.ano,
        "municipios": [da_linha(linha) for linha in calculada.linhas],
    }


def da_linha(linha: consultas.Linha) -> dict[str, Any]:
    """Um município nas formas da interface."""
    da_norma = linha.cobertura
    return {
        "codigo_ibge": linha.codigo,
        "municipio": linha.nome,
        "habitantes": linha.habitantes,
        "porte": linha.porte.nome if linha.porte else None,
        "minimo": da_norma.minimo if da_norma else None,
        "existentes": linha.cras,
        "lacuna": da_norma.lacuna if da_norma else None,
        "capacidade": da_norma.capacidade if da_norma else None,
        "familias_referenciadas": da_norma.referenciadas if da_norma else None,
        "creas": linha.creas,
        "creas_de_outro_municipio": linha.creas_de_fora,
        "registrado": linha.registrado,
    }


class CoberturaDoServico(Schema):
    """Um serviço da Tipificação num território."""

    servico: str = Field(examples=["paif"])
    nome: str
    protecao: str = Field(description="BASICA, MEDIA ou ALTA.")
    unidades: int = Field(description="Unidades em funcionamento, com sede no território, que o ofertam hoje.")
    capacidade: int | None = Field(description="A soma das informadas; nulo se nenhuma unidade a informou.")
    unidades_sem_capacidade: int
    capacidade_das_entidades: int | None = Field(
        description="A soma do que as entidades informam caber, à parte; nulo se nenhuma informou."
    )
    ofertas_de_entidades: int
    municipios: int
    municipios_com_oferta: int
    municipios_so_por_regional: int = Field(description="Dos com oferta, os atendidos só por unidade regional.")
    municipios_so_por_entidade: int
    municipios_sem_oferta_registrada: int = Field(description="Ninguém informou oferta: não quer dizer que não haja.")


class CoberturaDosServicos(Schema):
    """Cada serviço da Tipificação num território, na ordem da norma."""

    servicos: list[CoberturaDoServico]


class FiltroDeServicos(Schema):
    """De que território; sem nada, do país."""

    uf: SiglaDeUF | None = None
    codigo_ibge: CodigoIBGE | None = None


@rotas.get(
    "/cobertura-dos-servicos",
    response=CoberturaDosServicos,
    operation_id="cobertura_dos_servicos",
    summary="A cobertura de cada serviço da Tipificação",
    url_name="api-cobertura-dos-servicos",
)
def servicos(request: HttpRequest, filtro: Query[FiltroDeServicos]) -> HttpResponse:
    """Quem oferta cada serviço no país, numa UF ou num município; com os dois, vale o município."""
    onde = filtro.codigo_ibge or (UF_POR_SIGLA[filtro.uf].codigo if filtro.uf else BRASIL)
    achados = por_servico.por_servico(onde, hoje=_hoje(request))
    return respostas.objeto(request, {"servicos": [_do_servico(achado) for achado in achados if achado.municipios]})


def _do_servico(achado: por_servico.DoServico) -> dict[str, Any]:
    return {
        "servico": achado.servico.codigo,
        "nome": achado.servico.nome,
        "protecao": achado.servico.protecao.value,
        "unidades": achado.unidades,
        "capacidade": achado.capacidade,
        "unidades_sem_capacidade": achado.sem_capacidade,
        "capacidade_das_entidades": achado.capacidade_das_entidades,
        "ofertas_de_entidades": achado.entidades,
        "municipios": achado.municipios,
        "municipios_com_oferta": achado.com_oferta,
        "municipios_so_por_regional": achado.em["regional"],
        "municipios_so_por_entidade": achado.em["entidade"],
        "municipios_sem_oferta_registrada": achado.sem_oferta,
    }


class TerritorioDaLista(Schema):
    """O território de um CRAS."""

    id: Identificador
    unidade_id: Identificador
    codigo_ibge: CodigoIBGE
    familias: int | None = Field(description="Famílias referenciadas; nulo se ninguém informou.")
    familias_dia: Dia | None
    bairros: list[str]
    contorno: list[list[float]] = Field(description="Pontos [latitude, longitude] da área desenhada.")
    mudou_em: Instante


class FiltroDeTerritorios(Consulta):
    """De que município."""

    codigo_ibge: CodigoIBGE | None = None
    mudados_desde: MudadosDesde | None = None


@rotas.get(
    "/territorios-dos-cras",
    response=Pagina[TerritorioDaLista],
    operation_id="territorios_dos_cras",
    summary="Os territórios dos CRAS",
    url_name="api-territorios-dos-cras",
)
def territorios(request: HttpRequest, filtro: Query[FiltroDeTerritorios]) -> HttpResponse:
    """Os territórios informados, na ordem em que mudaram."""
    achados = consultas.territorios_informados(filtro.codigo_ibge or BRASIL)
    campos = ("id", "unidade_id", "familias", "familias_dia", "bairros", "contorno", "mudou_em")
    linhas = achados.values(*campos, "unidade__municipio_id")
    return acompanhar(request, linhas, filtro=filtro, desde=filtro.mudados_desde, mudou="mudou_em", linha=_territorio)


def _territorio(linha: dict[str, Any]) -> dict[str, Any]:
    linha["codigo_ibge"] = linha.pop("unidade__municipio_id")
    linha["id"], linha["unidade_id"] = str(linha["id"]), str(linha["unidade_id"])
    linha["familias_dia"], linha["mudou_em"] = em_iso(linha["familias_dia"]), em_iso(linha["mudou_em"])
    return linha
