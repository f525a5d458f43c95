"""O registro de um município lido de uma vez, em linhas leves, para comparar com uma lista que vem de fora."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from suas.atendimento.familias.models import Domicilio, Integrante, PessoaAtendida, Prontuario

#: Os dados da pessoa que uma lista de fora também traz.
DE_FORA = ("nome", "nome_da_mae", "nis", "cpf", "nascimento", "sexo", "deficiencia")
#: Os campos do domicílio que uma lista de fora também traz.
DO_DOMICILIO = (
    "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep", "telefone", "localizacao",
)  # fmt: skip
PEDACO = 5_000


@dataclass(frozen=True, slots=True)
class Registrada:
    """Uma pessoa do registro, com os dados que se comparam, na ordem de `DE_FORA`."""

    id: UUID
    nome: str
    nome_da_mae: str
    nis: str | None
    cpf: str | None
    nascimento: date | None
    sexo: str
    deficiencia: bool | None


@dataclass(frozen=True, slots=True)
class NaFamilia:
    """Onde a pessoa está agora: a linha da composição, a família e o parentesco."""

    integrante: int
    familia: UUID
    parentesco: int


def registradas(municipio: str) -> Iterator[Registrada]:
    """As pessoas do município, uma por vez."""
    linhas = PessoaAtendida.objects.filter(abrangencia=municipio).order_by().values_list("id", *DE_FORA)
    return (Registrada(*linha) for linha in linhas.iterator(chunk_size=PEDACO))


def composicoes(municipio: str) -> dict[UUID, NaFamilia]:
    """Pessoa -> onde está agora."""
    abertos = Integrante.objects.filter(abrangencia=municipio, ate__isnull=True).order_by()
    linhas = abertos.values_list("pessoa_id", "pk", "familia_id", "parentesco").iterator(chunk_size=PEDACO)
    return {pessoa: NaFamilia(pk, familia, parentesco) for pessoa, pk, familia, parentesco in linhas}


def com_prontuario(municipio: str) -> set[UUID]:
    """As famílias que alguma unidade do município acompanha."""
    return set(Prontuario.objects.filter(abrangencia=municipio).order_by().values_list("familia_id", flat=True))


def domicilios(municipio: str) -> dict[UUID, tuple[str, ...]]:
    """Família -> o endereço de agora, na ordem de `DO_DOMICILIO`."""
    abertos = Domicilio.objects.filter(abrangencia=municipio, ate__isnull=True).order_by()
    linhas = abertos.values_list("familia_id", *DO_DOMICILIO).iterator(chunk_size=PEDACO)
    return {familia: tuple(campos) for familia, *campos in linhas}
