"""O que os testes da trilha que confirmam transações precisam."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from suas.nucleo import banco


@pytest.fixture
def sem_gatilhos_no_fim(transactional_db: None) -> Iterator[None]:
    """O teste que confirma transações termina esvaziando as tabelas, o que os gatilhos recusam até serem recriados."""
    yield
    banco.soltar_gatilhos()
