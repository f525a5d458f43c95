"""A rede para programas: as unidades, uma só, e o que mudou desde um instante. Pública, menos o endereço reservado."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router, Schema
from pydantic import Field

from suas.cadastros.rede import consultas, permissoes
from suas.cadastros.rede.acoes import atendidos, ofertas
from suas.cadastros.rede.models import Unidade
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import (
    PERCENTUAL,
    SEM_NULO,
    CodigoIBGE,
    Corpo,
    Dia,
    DiaPedido,
    DoLugar,
    Identificador,
    Instante,
    Pagina,
    SiglaDeUF,
    em_iso,
)
from suas.nucleo.api.interface import exigir_escrita
from suas.nucleo.api.paginas import acompanhar
from suas.nucleo.api.problemas import Erro, Problema
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo

rotas = Router(tags=["Rede"])
Tipo = Annotated[str, Field(pattern="^[a-z_]{1,20}$", description="Tipo da unidade.", examples=["cras"])]
_CAMPOS = (
    *("id", "identificador", "tipo", "nome", "natureza", "capacidade", "implantada_em", "aberta_em", "fechada_em"),
    *("motivo_do_fechamento", "dias_por_semana", "horas_por_dia", "equipe_volante", "endereco_reservado"),
    *("tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep"),
    *("localizacao", "latitude", "longitude", "telefone", "ramal", "email"),
    *("situacao_do_imovel", "imovel_compartilhado", "compartilhado_com", "placa"),
    *("acesso_principal", "rota_aos_espacos", "rota_ao_banheiro", "banheiro_adaptado"),
    *("conferida_em", "mudada_em", "sintetica", "fonte"),
)
#: Como saem as colunas que apontam para outra unidade.
_APONTAM = {"fundida_em": "fundida_em_id", "desmembrada_de": "desmembrada_de_id"}
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
    situacao_do_imovel: str = Field(description="Como quem cuida escreveu; vazio: não informado.", examples=["alugado"])
    imovel_compartilhado: str = Field(description="sim, nao ou vazio, não informado.")
    compartilhado_com: str
    placa: str = Field(description="Tem placa de identificação: sim, nao ou vazio, não informado.")
    acesso_principal: str = Field(description="conforme (NBR 9050), em_desacordo, nao_possui ou vazio, não informado.")
    rota_aos_espacos: str = Field(description="Como acesso_principal.")
    rota_ao_banheiro: str = Field(description="Como acesso_principal.")
    banheiro_adaptado: str = Field(description="Como acesso_principal.")
    conferida_em: Instante | None = Field(description="Quando quem cuida disse que está tudo certo.")
    fundida_em: Identificador | None = Field(description="O cadastro a que este foi juntado: use o que está lá.")
    desmembrada_de: Identificador | None = Field(description="A unidade de que esta nasceu, por desmembramento.")
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
    vagas: int | None = Field(description="Cota de vagas do município; nulo: não há.")
    cota_percentual: str | None = Field(description="Parte do município no custo.", examples=["40.00"])
    fluxo: str = Field(description="Como quem mora no município chega à unidade; vazio: não informado.")


class UnidadeInteira(UnidadeDaLista):
    """Uma unidade com os serviços e os municípios que atende."""

    servicos: list[Oferta]
    municipios_atendidos: list[Atendido]


class FiltroDeUnidades(DoLugar):
    """Que unidades."""

    tipo: Tipo | None = None
    busca: str | None = Field(
        None, min_length=1, max_length=60, description="Parte do nome, com ou sem acentos.", examples=["centro"]
    )
    em_funcionamento: bool | None = Field(
        None, description="Só as que funcionam hoje, ou só as outras; sem ele, todas."
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
    achadas = consultas.no_lugar(uf=filtro.uf or "", municipio=filtro.codigo_ibge or "", termo=filtro.busca or "")
    if filtro.tipo:
        achadas = achadas.filter(tipo=filtro.tipo)
    if filtro.em_funcionamento is not None:
        hoje = request.hoje  # type: ignore[attr-defined]
        achadas = consultas.que_funcionam(achadas, sim=filtro.em_funcionamento, hoje=hoje)
    ator: Ator = request.ator  # type: ignore[attr-defined]
    return acompanhar(
        request,
        achadas.values(*_CAMPOS, *_APONTAM.values(), "municipio_id", sigla=F("municipio__uf__sigla")),
        filtro=filtro,
        desde=filtro.mudadas_desde,
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
    for nome, chave in _APONTAM.items():
        linha[nome] = str(numero) if (numero := linha.pop(chave)) else None
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
    return respostas.objeto(request, _inteira(achada, ator=ator))


def _inteira(achada: Unidade, *, ator: Ator) -> dict[str, Any]:
    """A unidade com os serviços e os municípios atendidos."""
    dados = {nome: getattr(achada, nome) for nome in (*_CAMPOS, *_APONTAM.values())}
    dados |= {"municipio_id": achada.municipio_id, "sigla": achada.municipio.uf.sigla}
    return _linha(dados, ator=ator) | {
        "servicos": [
            {"servico": s.servico, "capacidade": s.capacidade, "desde": em_iso(s.desde), "ate": em_iso(s.ate)}
            for s in achada.servicos.all()
        ],
        "municipios_atendidos": [
            {
                "codigo_ibge": a.municipio_id,
                "desde": em_iso(a.desde),
                "ate": em_iso(a.ate),
                "vagas": a.vagas,
                "cota_percentual": None if a.cota_percentual is None else f"{a.cota_percentual:.2f}",
                "fluxo": a.fluxo,
            }
            for a in achada.atendidos.all()
        ],
    }


_IdDaUnidade = Annotated[UUID, Path(description="Identificador estável da unidade (UUIDv7).")]
_CodigoDoServico = Annotated[
    str, Path(pattern="^[a-z_]{1,60}$", description="Código do serviço da Tipificação, como paif.")
]
_IfMatch = Annotated[str | None, Header(alias="If-Match", description="O ETag da unidade lida; exigido.")]
_RECUSAS = {"x-recusas": [412, 428]}
_MAIOR = 1_000_000


class OfertaInformada(Corpo):
    """O que se diz da oferta de um serviço; o que não vem, ou vem nulo, não se sabe."""

    capacidade: int | None = Field(None, ge=0, le=_MAIOR, description="Pessoas ou famílias que cabem.", examples=[80])
    desde: DiaPedido | None = None


class AtendidoInformado(Corpo):
    """O que se combinou com um município atendido."""

    vagas: int | None = Field(None, ge=0, le=_MAIOR, description="Cota de vagas do município.", examples=[10])
    cota_percentual: str | None = Field(
        None,
        pattern=PERCENTUAL,
        description="Parte do município no custo, de 0 a 100.",
        examples=["12.50"],
    )
    fluxo: str | None = Field(
        None, min_length=1, max_length=1000, pattern=SEM_NULO, description="Como se chega à unidade."
    )
    desde: DiaPedido | None = None


class Encerramento(Corpo):
    """O primeiro dia em que já não vale, e por quê."""

    dia: DiaPedido
    motivo: str = Field(
        min_length=1, max_length=500, pattern=SEM_NULO, description="Vai à história.", examples=["Mudou de unidade"]
    )


def _dia(texto: str | None) -> date | None:
    return date.fromisoformat(texto) if texto else None


def _gravar(request: Any, unidade_id: UUID, ato: Callable[[Unidade, dict[str, Any]], Any]) -> HttpResponse:
    """Faz o ato sobre a unidade que se leu, e devolve como ela ficou."""
    ator: Ator = request.ator
    lida = permissoes.obter_unidade_para_atualizar(ator, unidade_id=unidade_id)
    respostas.exigir_versao(request, _inteira(lida, ator=ator))
    try:
        ato(lida, {"versao": lida.versao, "por": ator, "em": request.agora})
    except MudouNoMeioTempo as outra:
        raise Problema(412, f"{outra} Nada foi gravado: leia de novo e mande o ETag novo em If-Match.") from outra
    except AtoRecusado as recusa:
        erros = [Erro(campo=recusa.campo, mensagem=str(recusa))] if recusa.campo else []
        raise Problema(409, str(recusa), erros=erros) from recusa
    return respostas.objeto(
        request, _inteira(permissoes.obter_unidade_para_ver(ator, unidade_id=unidade_id), ator=ator)
    )


@rotas.put(
    "/unidades/{unidade_id}/servicos/{servico}",
    response=UnidadeInteira,
    auth=exigir_escrita,
    operation_id="informar_servico",
    summary="Informar um serviço ofertado",
    url_name="api-unidade-servico",
    openapi_extra=_RECUSAS,
)
def informar_servico(
    request: Any,
    unidade_id: _IdDaUnidade,
    servico: _CodigoDoServico,
    corpo: OfertaInformada,
    if_match: _IfMatch = None,
) -> HttpResponse:
    """Diz que a unidade oferta o serviço, ou muda o que se diz da oferta que vale, como na ficha."""
    dados = ofertas.Dados(servico=servico, capacidade=corpo.capacidade, desde=_dia(corpo.desde))
    return _gravar(request, unidade_id, lambda lida, quem: ofertas.informar(unidade=lida, dados=dados, **quem))


@rotas.post(
    "/unidades/{unidade_id}/servicos/{servico}/encerramento",
    response=UnidadeInteira,
    auth=exigir_escrita,
    operation_id="encerrar_servico",
    summary="Encerrar a oferta de um serviço",
    url_name="api-unidade-servico-encerramento",
    openapi_extra=_RECUSAS,
)
def encerrar_servico(
    request: Any, unidade_id: _IdDaUnidade, servico: _CodigoDoServico, corpo: Encerramento, if_match: _IfMatch = None
) -> HttpResponse:
    """A unidade deixa de ofertar o serviço no dia."""
    oferta = permissoes.obter_oferta_para_atualizar(request.ator, unidade_id=unidade_id, servico=servico)
    fim: dict[str, Any] = {"dia": _dia(corpo.dia), "motivo": corpo.motivo}
    return _gravar(request, unidade_id, lambda _, quem: ofertas.encerrar(oferta=oferta, **fim, **quem))


@rotas.put(
    "/unidades/{unidade_id}/municipios-atendidos/{codigo_ibge}",
    response=UnidadeInteira,
    auth=exigir_escrita,
    operation_id="informar_municipio_atendido",
    summary="Informar um município atendido",
    url_name="api-unidade-atendido",
    openapi_extra=_RECUSAS,
)
def informar_atendido(
    request: Any,
    unidade_id: _IdDaUnidade,
    codigo_ibge: Annotated[CodigoIBGE, Path()],
    corpo: AtendidoInformado,
    if_match: _IfMatch = None,
) -> HttpResponse:
    """Diz que a unidade regional atende o município, ou muda o combinado com ele, como na ficha."""
    combinado = atendidos.Combinado(
        vagas=corpo.vagas,
        cota_percentual=None if corpo.cota_percentual is None else Decimal(corpo.cota_percentual),
        fluxo=corpo.fluxo or "",
        desde=_dia(corpo.desde),
    )
    return _gravar(
        request,
        unidade_id,
        lambda lida, quem: atendidos.informar(unidade=lida, municipio=codigo_ibge, combinado=combinado, **quem),
    )


@rotas.post(
    "/unidades/{unidade_id}/municipios-atendidos/{codigo_ibge}/encerramento",
    response=UnidadeInteira,
    auth=exigir_escrita,
    operation_id="encerrar_municipio_atendido",
    summary="Deixar de atender um município",
    url_name="api-unidade-atendido-encerramento",
    openapi_extra=_RECUSAS,
)
def encerrar_atendido(
    request: Any,
    unidade_id: _IdDaUnidade,
    codigo_ibge: Annotated[CodigoIBGE, Path()],
    corpo: Encerramento,
    if_match: _IfMatch = None,
) -> HttpResponse:
    """A unidade deixa de atender o município no dia."""
    atendido = permissoes.obter_atendido_para_atualizar(request.ator, unidade_id=unidade_id, codigo=codigo_ibge)
    fim: dict[str, Any] = {"dia": _dia(corpo.dia), "motivo": corpo.motivo}
    return _gravar(request, unidade_id, lambda _, quem: atendidos.encerrar(atendido=atendido, **fim, **quem))


class ServicoDeUmaUnidade(Oferta):
    """Um serviço e a unidade que o oferta ou ofertou."""

    unidade_id: Identificador
    codigo_ibge: CodigoIBGE
    mudada_em: Instante = Field(description="Última mudança da unidade: peça as seguintes com mudadas_desde.")


@rotas.get(
    "/servicos-das-unidades",
    response=Pagina[ServicoDeUmaUnidade],
    operation_id="servicos_das_unidades",
    summary="Os serviços que as unidades ofertam",
    url_name="api-servicos-das-unidades",
)
def servicos(request: HttpRequest, filtro: Query[DoLugar]) -> HttpResponse:
    """Todos os serviços, também os que acabaram. Mudada a unidade, os dela vêm de novo."""
    achados = consultas.servicos_no_lugar(uf=filtro.uf or "", municipio=filtro.codigo_ibge or "")
    campos = ("id", "servico", "capacidade", "desde", "ate", "unidade_id", "unidade__municipio_id")
    return acompanhar(
        request,
        achados.values(*campos, "unidade__mudada_em"),
        filtro=filtro,
        desde=filtro.mudadas_desde,
        mudou="unidade__mudada_em",
        linha=_servico,
    )


def _servico(linha: dict[str, Any]) -> dict[str, Any]:
    return {
        "servico": linha["servico"],
        "capacidade": linha["capacidade"],
        "desde": em_iso(linha["desde"]),
        "ate": em_iso(linha["ate"]),
        "unidade_id": str(linha["unidade_id"]),
        "codigo_ibge": linha["unidade__municipio_id"],
        "mudada_em": em_iso(linha["unidade__mudada_em"]),
    }
