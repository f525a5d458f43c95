"""A rede para programas: as unidades, uma só, e o que mudou desde um instante. Pública, menos o endereço reservado."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from suas.cadastros.rede import consultas, permissoes
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import (
    CodigoIBGE,
    Consulta,
    Dia,
    Identificador,
    Instante,
    InstantePedido,
    Pagina,
    SiglaDeUF,
    em_iso,
)
from suas.nucleo.api.paginas import paginar
from suas.nucleo.permissoes.ator import Ator

rotas = Router(tags=["Rede"])
Tipo = Annotated[str, Field(pattern="^[a-z_]{1,20}$", description="Tipo da unidade.", examples=["cras"])]
_CAMPOS = (
    *("id", "identificador", "tipo", "nome", "natureza", "capacidade", "implantada_em", "aberta_em", "fechada_em"),
    *("motivo_do_fechamento", "dias_por_semana", "horas_por_dia", "equipe_volante", "endereco_reservado"),
    *("tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep"),
    *("localizacao", "latitude", "longitude", "telefone", "ramal", "email"),
    *("conferida_em", "mudada_em", "sintetica", "fonte"),
)
#: O que se cala de quem não vê o endereço reservado.
_CALADOS = {nome: None if nome in {"latitude", "longitude"} else "" for nome in consultas.DO_ENDERECO}


class UnidadeDaLista(Schema):
    """Uma unidade da rede."""

    id: Identificador
    identificador: str | None = Field(description="Os 11 algarismos do CadSUAS, se tem.", examples=["32053091234"])
    tipo: Tipo
    nome: str = Field(examples=["CRAS Centro"])
    codigo_ibge: CodigoIBGE
    uf: SiglaDeUF
    natureza: str = Field(description="publica ou privada.")
    capacidade: int | None = Field(
        description="No CRAS, famílias referenciadas; no acolhimento, vagas; pessoas nos outros."
    )
    implantada_em: Dia | None
    aberta_em: Dia | None = Field(description="Funciona desde; nulo: não se sabe.")
    fechada_em: Dia | None = Field(description="Primeiro dia em que já não funciona; nulo: funciona.")
    motivo_do_fechamento: str
    dias_por_semana: int | None
    horas_por_dia: int | None
    equipe_volante: bool
    endereco_reservado: bool = Field(description="O endereço só vem a quem age no território da unidade.")
    tipo_logradouro: str
    logradouro: str
    numero: str
    complemento: str
    bairro: str
    ponto_de_referencia: str
    cep: str = Field(description="8 algarismos; vazio se não se sabe.")
    localizacao: str = Field(description="urbana, rural ou vazio.")
    latitude: str | None = Field(description="Graus decimais, com seis casas.", examples=["-20.315500"])
    longitude: str | None = Field(description="Graus decimais, com seis casas.", examples=["-40.312800"])
    telefone: str = Field(description="Só algarismos, com DDD.")
    ramal: str
    email: str
    conferida_em: Instante | None = Field(description="Quando quem cuida disse que está tudo certo.")
    mudada_em: Instante = Field(description="Última mudança ou conferência: peça as seguintes com mudadas_desde.")
    sintetica: bool = Field(description="Inventada, para demonstração.")
    fonte: str


class Oferta(Schema):
    """Um serviço que a unidade oferta ou ofertou."""

    servico: str = Field(examples=["paif"])
    capacidade: int | None
    desde: Dia | None
    ate: Dia | None = Field(description="Primeiro dia em que já não oferta; nulo: oferta ainda.")


class Atendido(Schema):
    """Um município que a unidade regional atende ou atendeu."""

    codigo_ibge: CodigoIBGE
    desde: Dia | None
    ate: Dia | None
    cota_percentual: str | None = Field(examples=["40.00"])


class UnidadeInteira(UnidadeDaLista):
    """Uma unidade com os serviços e os municípios que atende."""

    fundida_em: Identificador | None = Field(description="O cadastro a que este foi juntado.")
    servicos: list[Oferta]
    municipios_atendidos: list[Atendido]


class FiltroDeUnidades(Consulta):
    """Que unidades."""

    uf: SiglaDeUF | None = None
    codigo_ibge: CodigoIBGE | None = None
    tipo: Tipo | None = None
    busca: str | None = Field(
        None, min_length=1, max_length=60, description="Parte do nome, com ou sem acentos.", examples=["centro"]
    )
    em_funcionamento: bool | None = Field(
        None, description="Só as que funcionam hoje, ou só as outras; sem ele, todas."
    )
    mudadas_desde: InstantePedido | None = Field(
        None,
        description="Só as que mudaram a partir deste instante, também as que fecharam. Guarde o mudada_em da última "
        "linha e peça de novo com ele: uma linha pode repetir, nenhuma falta.",
        examples=["2026-11-21T15:00:00Z"],
    )


@rotas.get(
    "/unidades",
    response=Pagina[UnidadeDaLista],
    operation_id="unidades",
    summary="As unidades da rede",
    url_name="api-unidades",
)
def unidades(request: HttpRequest, filtro: Query[FiltroDeUnidades]) -> HttpResponse:
    """As unidades, da que mudou há mais tempo à que mudou por último: quem acompanha continua de onde parou."""
    achadas = consultas.mudadas(
        uf=filtro.uf or "", municipio=filtro.codigo_ibge or "", termo=filtro.busca or "", desde=filtro.mudadas_desde
    )
    if filtro.tipo:
        achadas = achadas.filter(tipo=filtro.tipo)
    if filtro.em_funcionamento is not None:
        hoje = request.hoje  # type: ignore[attr-defined]
        achadas = consultas.que_funcionam(achadas, sim=filtro.em_funcionamento, hoje=hoje)
    ator: Ator = request.ator  # type: ignore[attr-defined]
    return paginar(
        request,
        achadas.values(*_CAMPOS, "municipio_id", sigla=F("municipio__uf__sigla")),
        ordem=("mudada_em", "id"),
        limite=filtro.limite,
        cursor=filtro.cursor,
        linha=lambda linha: _linha(linha, ator=ator),
    )


def _linha(linha: dict[str, Any], *, ator: Ator) -> dict[str, Any]:
    """Os valores da linha como saem: instantes e dias em ISO, coordenadas em texto, o reservado calado."""
    linha["codigo_ibge"], linha["uf"] = linha.pop("municipio_id"), linha.pop("sigla")
    if linha["endereco_reservado"] and not ator.alcanca(linha["codigo_ibge"]):
        linha |= _CALADOS
    for nome in ("implantada_em", "aberta_em", "fechada_em", "conferida_em", "mudada_em"):
        linha[nome] = em_iso(linha[nome])
    for nome in ("latitude", "longitude"):
        linha[nome] = None if linha[nome] is None else f"{linha[nome]:.6f}"
    linha["id"] = str(linha["id"])
    return linha


@rotas.get(
    "/unidades/{unidade_id}",
    response=UnidadeInteira,
    operation_id="unidade",
    summary="Uma unidade da rede",
    url_name="api-unidade",
)
def unidade(
    request: HttpRequest, unidade_id: Annotated[UUID, Path(description="Identificador estável da unidade (UUIDv7).")]
) -> HttpResponse:
    """Uma unidade, com todos os serviços e municípios atendidos, também os que já acabaram."""
    ator: Ator = request.ator  # type: ignore[attr-defined]
    achada = permissoes.obter_unidade_para_ver(ator, unidade_id=unidade_id)
    dados = {nome: getattr(achada, nome) for nome in _CAMPOS}
    dados |= {"municipio_id": achada.municipio_id, "sigla": achada.municipio.uf.sigla}
    inteira = _linha(dados, ator=ator) | {
        "fundida_em": str(achada.fundida_em_id) if achada.fundida_em_id else None,
        "servicos": [
            {"servico": s.servico, "capacidade": s.capacidade, "desde": em_iso(s.desde), "ate": em_iso(s.ate)}
            for s in achada.servicos.all()
        ],
        "municipios_atendidos": [
            {
                "codigo_ibge": a.municipio_id,
                "desde": em_iso(a.desde),
                "ate": em_iso(a.ate),
                "cota_percentual": None if a.cota_percentual is None else f"{a.cota_percentual:.2f}",
            }
            for a in achada.atendidos.all()
        ],
    }
    return respostas.objeto(request, inteira)
