"""A cena que os contratos das telas percorrem."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import override_settings

from suas.config import codigo_fonte

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.contratos.cena import Cena


def _empacotar_uma_vez() -> Callable[..., None]:
    """O código da instalação leva meio segundo para empacotar, e a tabela o pede uma vez por pessoa."""
    empacotar, feito = codigo_fonte.empacotar, b""

    def guardado(*, raiz: Path, destino: Path) -> None:
        nonlocal feito
        if not feito:
            empacotar(raiz=raiz, destino=destino)
            feito = destino.read_bytes()
        destino.write_bytes(feito)

    return guardado


@pytest.fixture(scope="module")
def cena(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cena]:
    """O mundo, criado uma vez para a tabela inteira; cada pedido se desfaz, e no fim ele também."""
    documentos = tmp_path_factory.mktemp("documentos")
    with (
        override_settings(MEDIA_ROOT=documentos),
        patch.object(codigo_fonte, "empacotar", _empacotar_uma_vez()),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        from tests import mundo
        from tests.contratos.cena import Cena
        from tests.contratos.tranca import trancar

        pronta = Cena(mundo.criar())
        trancar()
        yield pronta
        transaction.set_rollback(True)
