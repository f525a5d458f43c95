"""O que chega à interface vira valor que os dois bancos entendem."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from suas.nucleo.api.esquemas import InstantePedido

LEITOR = TypeAdapter(InstantePedido)


@pytest.mark.parametrize(
    "escrito, chega",
    [
        pytest.param("2026-11-21T12:00:00-03:00", datetime(2026, 11, 21, 15, tzinfo=UTC), id="o fuso de Brasília"),
        pytest.param("1094-06-23T09:38:40+22:33", datetime(1094, 6, 22, 11, 5, 40, tzinfo=UTC), id="fuso que não há"),
        pytest.param("0001-01-01T00:00:00+03:00", datetime.min.replace(tzinfo=UTC), id="antes do calendário"),
        pytest.param("9999-12-31T23:59:59-03:00", datetime.max.replace(tzinfo=UTC), id="depois do calendário"),
    ],
)
def test_o_instante_pedido_chega_em_utc(escrito: str, chega: datetime) -> None:
    assert LEITOR.validate_python(escrito) == chega
    assert LEITOR.validate_python(escrito).tzinfo is UTC


def test_instante_sem_fuso_e_recusado() -> None:
    with pytest.raises(ValidationError):
        LEITOR.validate_python("2026-11-21T12:00:00")
