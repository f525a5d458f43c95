"""As formas do que entra e sai, com as palavras do glossário. Servem à documentação e conferem o que chega."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from normas.territorio.federacao import UF_POR_SIGLA
from suas.nucleo.api.paginas import MAIOR, PADRAO

T = TypeVar("T")
SiglaDeUF = Annotated[
    str, Field(pattern=f"^({'|'.join(UF_POR_SIGLA)})$", description="Sigla da UF, em maiúsculas.", examples=["ES"])
]
CodigoIBGE = Annotated[
    str, Field(pattern="^[0-9]{7}$", description="Código do município no IBGE, com 7 dígitos.", examples=["3205309"])
]
Ano = Annotated[int, Field(ge=1900, le=2200, description="Ano, com quatro algarismos.", examples=[2020])]
Instante = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="Instante em ISO 8601, UTC.")]


def _em_utc(instante: datetime) -> datetime:
    """O mesmo instante em UTC: nem todo fuso cabe num banco. O que passa do calendário vira a ponta dele."""
    try:
        return instante.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC) if instante.year == 1 else datetime.max.replace(tzinfo=UTC)


#: Um instante que quem chama escreve, com o fuso que quiser; chega em UTC.
InstantePedido = Annotated[AwareDatetime, AfterValidator(_em_utc)]
Dia = Annotated[str, Field(json_schema_extra={"format": "date"}, description="Dia em ISO 8601.")]
Identificador = Annotated[
    str, Field(json_schema_extra={"format": "uuid"}, description="Identificador estável (UUIDv7).")
]

#: O caractere nulo não se guarda em banco nenhum.
SEM_NULO = r"^[^\x00]+$"


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
