"""A segunda tranca nos atos que juntam, desmembram e desfazem."""

from __future__ import annotations

from functools import wraps
from typing import Any

import pytest

from suas.cadastros.rede.acoes import pedidos
from suas.nucleo import tranca
from tests.contratos.tranca import trancar


@pytest.fixture
def cada_ato_na_sua_abrangencia(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No PostgreSQL, cada ato corre pela conta de uma instalação, na abrangência de quem o faz, como num pedido."""
    trancar()
    for nome in ("pedir", "aprovar", "desfazer"):
        monkeypatch.setattr(pedidos, nome, _na_abrangencia(getattr(pedidos, nome)))


def _na_abrangencia(ato: Any) -> Any:
    @wraps(ato)
    def correr(**argumentos: Any) -> Any:
        por = argumentos["por"]
        tranca.dizer_quem_age(abrangencia=por.abrangencia, pessoa=str(por.pessoa.pk))
        try:
            return ato(**argumentos)
        finally:
            tranca.dizer_quem_age(abrangencia=tranca.SISTEMA)

    return correr
