"""A cena que os contratos das telas percorrem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import override_settings

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.contratos.cena import Cena


@pytest.fixture(scope="module")
def cena(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cena]:
    """O mundo, criado uma vez para a tabela inteira; cada pedido se desfaz, e no fim ele também."""
    documentos = tmp_path_factory.mktemp("documentos")
    with override_settings(MEDIA_ROOT=documentos), django_db_blocker.unblock(), transaction.atomic():
        from tests import mundo
        from tests.contratos.cena import Cena

        yield Cena(mundo.criar())
        transaction.set_rollback(True)
