"""O que chega à interface vira valor que os dois bancos entendem."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pydantic import TypeAdapter, ValidationError

from suas.nucleo.api import interface, validacao
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


def _formas(no: Any) -> Iterator[str]:
    if isinstance(no, dict):
        if isinstance(no.get("pattern"), str):
            yield no["pattern"]
        for filho in no.values():
            yield from _formas(filho)
    elif isinstance(no, list):
        for filho in no:
            yield from _formas(filho)


def test_toda_forma_de_texto_da_interface_se_diz_em_palavras_e_nao_em_sinais() -> None:
    formas = set(_formas(interface.esquema()))

    assert formas
    assert [forma for forma in formas if not validacao.forma_em_palavras(forma)] == []


@pytest.mark.parametrize(
    ("endereco", "campo", "diz"),
    [
        ("/api/v1/unidades?uf=XX", "uf", "Escreva a sigla de uma UF, em maiúsculas, como ES."),
        ("/api/v1/unidades?codigo_ibge=12", "codigo_ibge", "Escreva os 7 dígitos do código de um município"),
        ("/api/v1/orgaos?territorio=ES", "territorio", "Escreva BR, os 2 dígitos do código de uma UF ou os 7"),
        ("/api/v1/entidades?situacao=boa", "situacao", "Os valores aceitos são inscrita, sem_inscricao, concluido"),
    ],
)
@pytest.mark.django_db
def test_texto_fora_da_forma_recebe_o_que_escrever(endereco: str, campo: str, diz: str) -> None:
    resposta = Client().get(endereco)

    (erro,) = resposta.json()["erros"]
    assert (resposta.status_code, erro["campo"]) == (422, campo)
    assert erro["mensagem"].startswith(diz)
