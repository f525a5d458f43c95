"""As entidades para programas: todas, uma só, as inscrições nos conselhos, e o que mudou. Tudo público."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.consultas import cadastro, cneas, ofertas
from suas.cadastros.entidades.consultas import inscricoes as dos_conselhos
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import (
    CodigoIBGE,
    Dia,
    DoLugar,
    Identificador,
    Instante,
    Pagina,
    SiglaDeUF,
    em_iso,
)
from suas.nucleo.api.paginas import acompanhar

rotas = Router(tags=["Entidades"])
_CAMPOS = (
    *("id", "cnpj", "razao_social", "nome_fantasia", "natureza_juridica", "area_preponderante", "atende", "assessora"),
    *("defende", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "cep", "telefone", "ramal"),
    *("email", "cneas_visita_em", "cneas_concluido_em", "conferida_em", "mudada_em", "sintetica"),
)

_DA_OFERTA = ("tipo", "servico", "nome", "publico", "capacidade", "atendidos", "dias_e_horas", "lugar", "gratuita")


class EntidadeDaLista(Schema):
    """Uma entidade de assistência social."""

    id: Identificador
    cnpj: str = Field(description="14 posições, sem pontos; os novos têm letras.", examples=["12ABC34501DE35"])
    razao_social: str
    nome_fantasia: str
    natureza_juridica: str = Field(description="associacao, fundacao, organizacao_religiosa ou outra.")
    area_preponderante: str = Field(description="assistencia_social, educacao, saude ou outra.")
    atende: bool = Field(description="É de atendimento.")
    assessora: bool = Field(description="É de assessoramento.")
    defende: bool = Field(description="É de defesa e garantia de direitos.")
    codigo_ibge: CodigoIBGE
    uf: SiglaDeUF
    tipo_logradouro: str
    logradouro: str
    numero: str
    complemento: str
    bairro: str
    cep: str = Field(description="8 algarismos; vazio se não se sabe.")
    telefone: str = Field(description="Só algarismos, com DDD.")
    ramal: str
    email: str
    cneas_visita_em: Dia | None = Field(description="Visita do órgão gestor, antes da conclusão.")
    cneas_concluido_em: Dia | None = Field(description="Nulo: em preenchimento.")
    conferida_em: Instante | None = Field(description="Quando quem cuida disse que está tudo certo.")
    mudada_em: Instante = Field(description="Última mudança: peça as seguintes com mudadas_desde.")
    sintetica: bool = Field(description="Inventada, para demonstração.")


class OfertaDaEntidade(Schema):
    """O que a entidade oferta hoje num município."""

    id: Identificador
    tipo: str = Field(description="servico, programa, projeto, beneficio, assessoramento ou defesa.")
    servico: str = Field(description="Código do serviço da Tipificação; vazio se não é um deles.", examples=["scfv"])
    nome: str
    codigo_ibge: CodigoIBGE
    publico: str
    capacidade: int | None
    atendidos: int | None
    dias_e_horas: str
    lugar: str
    gratuita: bool


class OfertaDaLista(OfertaDaEntidade):
    """Uma oferta e a entidade que a faz ou fez."""

    entidade_id: Identificador
    desde: Dia | None
    ate: Dia | None = Field(description="Primeiro dia em que já não se oferta; nulo: oferta ainda.")
    mudada_em: Instante = Field(description="Última mudança da entidade: peça as seguintes com mudadas_desde.")


class ParceriaDaEntidade(Schema):
    """Uma parceria com o poder público."""

    tipo: str = Field(description="colaboracao, fomento, cooperacao, convenio ou outra.")
    numero: str
    orgao: str
    desde: Dia
    ate: Dia = Field(description="Último dia.")
    valor_centavos: int | None


class InscricaoDaLista(Schema):
    """Uma inscrição que recebeu número num conselho."""

    id: Identificador
    numero: int
    codigo_ibge: CodigoIBGE
    especie: str = Field(description="entidade ou oferta.")
    entidade_id: Identificador
    oferta_id: Identificador | None
    estado: str = Field(description="inscrita, cancelada ou desistida.")
    decidida_em: Dia | None
    resolucao: str
    publicada_em: Dia | None
    valida_ate: Dia | None = Field(description="Nulo: o conselho não marca validade.")
    encerrada_em: Dia | None
    mudada_em: Instante


class EntidadeInteira(EntidadeDaLista):
    """Uma entidade com o que oferta, as parcerias, as inscrições e os outros municípios em que atua."""

    atua_em: list[CodigoIBGE]
    vinculo_suas_desde: Dia | None
    ofertas: list[OfertaDaEntidade]
    parcerias: list[ParceriaDaEntidade]
    inscricoes: list[InscricaoDaLista]


class FiltroDeEntidades(DoLugar):
    """Que entidades."""

    busca: str | None = Field(
        None, min_length=1, max_length=60, description="Parte do nome, com ou sem acentos.", examples=["lar"]
    )
    servico: str | None = Field(None, pattern="^[a-z_]{1,60}$", description="Código do serviço que oferta hoje.")
    situacao: str | None = Field(
        None,
        pattern="^(inscrita|sem_inscricao|concluido|preenchimento|por_concluir)$",
        description="inscrita, sem_inscricao, concluido, preenchimento ou por_concluir (inscrita, CNEAS por concluir).",
    )


@rotas.get(
    "/entidades",
    response=Pagina[EntidadeDaLista],
    operation_id="entidades",
    summary="As entidades",
    url_name="api-entidades",
)
def entidades(request: HttpRequest, filtro: Query[FiltroDeEntidades]) -> HttpResponse:
    """As entidades, da que mudou há mais tempo à que mudou por último: quem acompanha continua de onde parou."""
    achadas = cadastro.no_lugar(uf=filtro.uf or "", municipio=filtro.codigo_ibge or "", termo=filtro.busca or "")
    achadas = ofertas.que_ofertam(achadas, servico=filtro.servico or "", dia=request.hoje)  # type: ignore[attr-defined]
    achadas = cneas.na_situacao(achadas, filtro.situacao or "")
    linhas = achadas.values(*_CAMPOS, codigo_ibge=F("municipio_id"), sigla=F("municipio__uf__sigla"))
    return acompanhar(request, linhas, filtro=filtro, desde=filtro.mudadas_desde, linha=_entidade)


@rotas.get(
    "/entidades/{entidade_id}",
    response=EntidadeInteira,
    operation_id="entidade",
    summary="Uma entidade",
    url_name="api-entidade",
)
def entidade(
    request: HttpRequest, entidade_id: Annotated[UUID, Path(description="Identificador estável da entidade (UUIDv7).")]
) -> HttpResponse:
    """Uma entidade com o que oferta hoje, as parcerias e as inscrições que têm número."""
    ator, hoje = request.ator, request.hoje  # type: ignore[attr-defined]
    uma = permissoes.obter_entidade_para_ver(ator, entidade_id=entidade_id)
    linha = {nome: getattr(uma, nome) for nome in _CAMPOS}
    linha |= {"codigo_ibge": uma.municipio_id, "sigla": uma.municipio.uf.sigla}
    vinculo = ofertas.vinculo_suas(uma)
    inteira = _entidade(linha) | {
        "atua_em": list(uma.atuacoes.values_list("municipio_id", flat=True)),
        "vinculo_suas_desde": em_iso(vinculo.desde) if vinculo else None,
        "ofertas": [_oferta(da_ficha) for da_ficha in ofertas.ofertas_no_dia(uma, dia=hoje)],
        "parcerias": [
            {
                "tipo": p.tipo,
                "numero": p.numero,
                "orgao": p.orgao,
                "desde": em_iso(p.desde),
                "ate": em_iso(p.ate),
                "valor_centavos": p.valor_centavos,
            }
            for p in ofertas.parcerias(uma)
        ],
        "inscricoes": [_inscricao(i) for i in _numeradas().filter(entidade_id=uma.pk).order_by("numero", "id")],
    }
    return respostas.objeto(request, inteira)


@rotas.get(
    "/inscricoes",
    response=Pagina[InscricaoDaLista],
    operation_id="inscricoes",
    summary="As inscrições nos conselhos",
    url_name="api-inscricoes",
)
def inscricoes(request: HttpRequest, filtro: Query[DoLugar]) -> HttpResponse:
    """As inscrições que receberam número, da que mudou há mais tempo à que mudou por último."""
    achadas = _numeradas(uf=filtro.uf or "", municipio=filtro.codigo_ibge or "")
    return acompanhar(request, achadas, filtro=filtro, desde=filtro.mudadas_desde, linha=_inscricao)


@rotas.get(
    "/ofertas",
    response=Pagina[OfertaDaLista],
    operation_id="ofertas",
    summary="O que as entidades ofertam",
    url_name="api-ofertas",
)
def ofertas_das_entidades(request: HttpRequest, filtro: Query[DoLugar]) -> HttpResponse:
    """As ofertas feitas nos municípios do lugar, também as que acabaram. Mudada a entidade, as dela vêm de novo."""
    achadas = ofertas.no_lugar(uf=filtro.uf or "", municipio=filtro.codigo_ibge or "")
    linhas = achadas.values(*("id", *_DA_OFERTA, "entidade_id", "municipio_id", "desde", "ate"), "entidade__mudada_em")
    return acompanhar(
        request,
        linhas,
        filtro=filtro,
        desde=filtro.mudadas_desde,
        mudou="entidade__mudada_em",
        linha=_oferta_da_lista,
    )


def _oferta_da_lista(linha: dict[str, Any]) -> dict[str, Any]:
    return {nome: linha[nome] for nome in _DA_OFERTA} | {
        "id": str(linha["id"]),
        "entidade_id": str(linha["entidade_id"]),
        "codigo_ibge": linha["municipio_id"],
        "desde": em_iso(linha["desde"]),
        "ate": em_iso(linha["ate"]),
        "mudada_em": em_iso(linha["entidade__mudada_em"]),
    }


def _numeradas(*, uf: str = "", municipio: str = "") -> Any:
    campos = ("id", "numero", "especie", "entidade_id", "oferta_id", "estado", "decidida_em", "resolucao")
    return dos_conselhos.numeradas(uf=uf, municipio=municipio).values(
        *campos, "publicada_em", "valida_ate", "encerrada_em", "mudada_em", codigo_ibge=F("municipio_id")
    )


def _entidade(linha: dict[str, Any]) -> dict[str, Any]:
    saida = {nome: valor for nome, valor in linha.items() if nome not in {"sigla", "id"}}
    saida |= {"id": str(linha["id"]), "uf": linha["sigla"]}
    dias = ("cneas_visita_em", "cneas_concluido_em", "conferida_em", "mudada_em")
    return saida | {nome: em_iso(linha[nome]) for nome in dias}


def _oferta(da_ficha: ofertas.OfertaNaFicha) -> dict[str, Any]:
    oferta = da_ficha.oferta
    return {nome: getattr(oferta, nome) for nome in _DA_OFERTA} | {
        "id": str(oferta.pk),
        "codigo_ibge": oferta.municipio_id,
    }


def _inscricao(linha: dict[str, Any]) -> dict[str, Any]:
    saida = dict(linha)
    for nome in ("id", "entidade_id", "oferta_id"):
        saida[nome] = str(linha[nome]) if linha[nome] else None
    for nome in ("decidida_em", "publicada_em", "valida_ate", "encerrada_em", "mudada_em"):
        saida[nome] = em_iso(linha[nome])
    return saida
