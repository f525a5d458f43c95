"""Os órgãos para programas: lista com o que mudou desde um instante, e um órgão com quem responde. Tudo público."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from suas.cadastros.orgaos import consultas, permissoes
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import TERRITORIO, Consulta, Dia, Identificador, Instante, MudadosDesde, Pagina, em_iso
from suas.nucleo.api.paginas import acompanhar
from suas.nucleo.permissoes.abrangencia import BRASIL

rotas = Router(tags=["Órgãos e fundos"])
CodigoDoEnte = Annotated[
    str,
    Field(pattern=TERRITORIO, description="BR, 2 dígitos da UF ou 7 do município.", examples=["32"]),
]
_DE_DENTRO = Field(pattern=TERRITORIO, description="Só os entes de dentro deste território: BR, UF ou município.")
Territorio = Annotated[str, _DE_DENTRO]
IdDoRegistro = Annotated[UUID, Path(description="Identificador estável do registro (UUIDv7).")]
_CAMPOS = (
    *("id", "tipo", "nome", "sigla", "cnpj", "natureza", "areas_associadas", "subdivisoes", "secretaria_propria"),
    *("lei", "lei_dia", "lei_alteracoes", "decreto", "tipo_logradouro", "logradouro", "numero", "complemento"),
    *("bairro", "ponto_de_referencia", "cep", "email", "telefone", "ramal", "conferido_em", "mudou_em", "sintetico"),
    "abrangencia",
)


class RegistroDoEnte(Schema):
    """O que órgãos e fundos têm de comum."""

    id: Identificador
    ente: CodigoDoEnte
    nome: str
    cnpj: str = Field(description="14 posições, sem pontuação; vazio se não informado.")
    lei: str
    lei_dia: Dia | None
    lei_alteracoes: str
    decreto: str
    conferido_em: Instante | None = Field(description="Quando alguém do ente disse que está certo.")
    mudou_em: Instante
    sintetico: bool = Field(description="Inventado para demonstração.")


class OrgaoDaLista(RegistroDoEnte):
    """Um órgão gestor, conselho ou governo."""

    tipo: Literal["orgao_gestor", "conselho", "governo"]
    sigla: str
    natureza: str
    areas_associadas: list[str]
    subdivisoes: list[str]
    secretaria_propria: bool | None
    tipo_logradouro: str
    logradouro: str
    numero: str
    complemento: str
    bairro: str
    ponto_de_referencia: str
    cep: str
    email: str
    telefone: str
    ramal: str


class FiltroDeOrgaos(Consulta):
    """Que órgãos."""

    territorio: Territorio | None = None
    tipo: Literal["orgao_gestor", "conselho", "governo"] | None = Field(None, description="Só os órgãos deste tipo.")
    mudados_desde: MudadosDesde | None = None


@rotas.get("/orgaos", response=Pagina[OrgaoDaLista], operation_id="orgaos", summary="Os órgãos", url_name="api-orgaos")
def orgaos(request: HttpRequest, filtro: Query[FiltroDeOrgaos]) -> HttpResponse:
    """Os órgãos gestores, conselhos e governos registrados, na ordem em que mudaram."""
    achados = consultas.de_dentro(filtro.territorio or BRASIL)
    if filtro.tipo:
        achados = achados.filter(tipo=filtro.tipo)
    return acompanhar(
        request, achados.values(*_CAMPOS), filtro=filtro, desde=filtro.mudados_desde, mudou="mudou_em", linha=do_ente
    )


def do_ente(linha: dict[str, Any]) -> dict[str, Any]:
    """A linha do banco com os nomes e as formas da interface."""
    linha["id"], linha["ente"] = str(linha["id"]), linha.pop("abrangencia")
    for campo in ("lei_dia", "conferido_em", "mudou_em"):
        linha[campo] = em_iso(linha[campo])
    return linha


class MandatoDaFicha(Schema):
    """Alguém numa função."""

    funcao: str
    nome: str
    cargo: str
    desde: Dia
    previsto_ate: Dia | None
    ate: Dia | None = Field(description="Primeiro dia em que já não responde; nulo: responde ainda.")
    ato: str
    ato_dia: Dia | None


class OrgaoInteiro(OrgaoDaLista):
    """Um órgão e quem responde e respondeu por ele."""

    mandatos: list[MandatoDaFicha] = Field(description="Do mais novo ao mais antigo.")


@rotas.get("/orgaos/{orgao_id}", response=OrgaoInteiro, operation_id="orgao", summary="Um órgão", url_name="api-orgao")
def orgao(request: HttpRequest, orgao_id: IdDoRegistro) -> HttpResponse:
    """O registro do órgão, com os mandatos."""
    achado = permissoes.obter_orgao_pelo_id_para_ver(request.ator, orgao_id=orgao_id)  # type: ignore[attr-defined]
    dados = {campo: getattr(achado, campo) for campo in _CAMPOS}
    return respostas.objeto(request, do_ente(dados) | {"mandatos": mandatos(achado.mandatos)})


def mandatos(achados: Any) -> list[dict[str, Any]]:
    """Os mandatos nas formas da interface."""
    campos = ("funcao", "nome", "cargo", "desde", "previsto_ate", "ate", "ato", "ato_dia")
    dias = {"desde", "previsto_ate", "ate", "ato_dia"}
    return [
        {campo: em_iso(valor) if campo in dias else valor for campo, valor in linha.items()}
        for linha in achados.values(*campos)
    ]
