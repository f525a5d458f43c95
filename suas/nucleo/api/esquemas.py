"""As formas do que entra e sai, com as palavras do glossário. Servem à documentação e conferem o que chega."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field
from pydantic_core import PydanticCustomError

from normas.territorio.federacao import UF_POR_SIGLA
from suas.nucleo.api.paginas import MAIOR, PADRAO

T = TypeVar("T")
#: As formas de texto que a interface confere; o que se diz a quem erra está em `validacao`.
SIGLA_DE_UF = f"^({'|'.join(UF_POR_SIGLA)})$"
DOIS_DIGITOS = "^[0-9]{2}$"
SETE_DIGITOS = "^[0-9]{7}$"
PAIS_OU_UF = "^(BR|[0-9]{2})$"
UF_OU_MUNICIPIO = "^([0-9]{2}|[0-9]{7})$"
TERRITORIO = "^(BR|[0-9]{2}|[0-9]{7})$"
CODIGO_COM_TRACO = "^[-a-zA-Z0-9_]{1,60}$"
#: O caractere nulo não se guarda em banco nenhum.
SEM_NULO = r"^[^\x00]+$"
SEM_NULO_OU_VAZIO = r"^[^\x00]*$"
ANO_E_MES = "^20[0-9]{2}-(0[1-9]|1[0-2])$"
UUID_EM_TEXTO = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
UNIDADE_OU_UUID = "^([0-9]{11}|[0-9a-f-]{36})$"
SiglaDeUF = Annotated[str, Field(pattern=SIGLA_DE_UF, description="Sigla da UF, em maiúsculas.", examples=["ES"])]
CodigoIBGE = Annotated[
    str, Field(pattern=SETE_DIGITOS, description="Código do município no IBGE, com 7 dígitos.", examples=["3205309"])
]
Ano = Annotated[int, Field(ge=1900, le=2200, description="Ano, com quatro algarismos.", examples=[2020])]
Instante = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="Instante em ISO 8601, UTC.")]


def _do_calendario(texto: str) -> str:
    """O mesmo texto, se é um dia como 2026-01-31."""
    try:
        if len(texto) != len("2026-01-31"):
            raise ValueError
        date.fromisoformat(texto)
    except ValueError as erro:
        raise PydanticCustomError("dia", "não é um dia") from erro
    return texto


#: Um dia que quem chama escreve.
DiaPedido = Annotated[
    str,
    AfterValidator(_do_calendario),
    Field(json_schema_extra={"format": "date"}, description="Dia em ISO 8601.", examples=["2026-01-31"]),
]
#: Uma parte de cem, escrita com ponto.
PERCENTUAL = r"^(100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)$"


def _em_utc(instante: datetime) -> datetime:
    """O mesmo instante em UTC: nem todo fuso cabe num banco. O que passa do calendário vira a ponta dele."""
    try:
        return instante.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if instante.year == 1 else datetime.max.replace(tzinfo=UTC)


#: Um instante que quem chama escreve, com o fuso que quiser; chega em UTC.
InstantePedido = Annotated[AwareDatetime, AfterValidator(_em_utc)]
#: No filtro das listas que se acompanham; quem responde é `paginas.acompanhar`.
MudadosDesde = Annotated[
    InstantePedido,
    Field(
        description="Só o que mudou neste instante ou depois (ISO 8601, com fuso), também o que fechou. Guarde o "
        "instante da última linha e peça de novo com ele: uma linha pode repetir, nenhuma falta.",
        examples=["2026-11-21T15:00:00Z"],
    ),
]
Dia = Annotated[str, Field(json_schema_extra={"format": "date"}, description="Dia em ISO 8601.")]
Identificador = Annotated[
    str, Field(json_schema_extra={"format": "uuid"}, description="Identificador estável (UUIDv7).")
]


class Corpo(Schema):
    """Corpo de um pedido: tipo certo, sem conversão, e nenhum campo a mais."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


class Consulta(Schema):
    """O que se pede de uma lista em páginas."""

    limite: int = Field(PADRAO, ge=1, le=MAIOR, description="Quantas linhas por página.")
    cursor: str | None = Field(
        None,
        max_length=2000,
        pattern=SEM_NULO,
        description="Onde a página começa: vem no endereço “proxima” da anterior.",
    )


class DoLugar(Consulta):
    """De onde, e desde quando: o filtro do que fica num município e se acompanha."""

    uf: SiglaDeUF | None = None
    codigo_ibge: CodigoIBGE | None = None
    mudadas_desde: MudadosDesde | None = None


class Pagina(Schema, Generic[T]):
    """Uma página de uma lista."""

    itens: list[T] = Field(description="As linhas, na ordem da lista.")
    proxima: str | None = Field(description="Endereço da página seguinte; nulo na última. Vai também em Link.")
    avisos: list[str] = Field(description="O que se precisa dizer junto destes dados, como serem sintéticos.")


class ErroDoCampo(Schema):
    """O que há de errado num campo."""

    campo: str = Field(description="Nome do campo no corpo ou na consulta.", examples=["ano"])
    mensagem: str = Field(description="O que escrever nele.", examples=["Falta “ano”."])


class RespostaDeProblema(Schema):
    """Uma recusa ou falha (RFC 9457)."""

    type: str = Field(description="Endereço da explicação deste tipo de problema.", examples=["/api/v1/#problema-404"])
    title: str = Field(description="O tipo de problema, em poucas palavras.")
    status: int = Field(description="A situação HTTP.", examples=[404])
    detail: str = Field(description="O que houve neste pedido e o que fazer.")
    instance: str = Field(description="O endereço pedido.")
    protocolo: str = Field(description="Número a informar a quem opera a instalação.", examples=["3F9A01BC"])
    erros: list[ErroDoCampo] | None = Field(None, description="Só quando há campo errado.")


def em_iso(instante: Any) -> str | None:
    """Instante ou dia em ISO 8601; instante em UTC, terminado em Z."""
    if instante is None:
        return None
    texto: str = instante.isoformat()
    return texto.replace("+00:00", "Z")
