"""O que os testes com transação de verdade usam, e a segunda tranca em cada ato."""

from __future__ import annotations

from functools import wraps
from typing import Any

import pytest

from suas.nucleo import tranca
from suas.nucleo.identidade.acoes import convites, passagem, vinculos
from suas.nucleo.trilha.tests.conftest import sem_gatilhos_no_fim
from tests.contratos.tranca import trancar

__all__ = ["sem_gatilhos_no_fim"]
ATOS = (
    (convites, ("convidar", "reenviar", "cancelar", "recusar", "aceitar", "aceitar_com_nova_entrada")),
    (passagem, ("passar", "deixar_vaga")),
    (vinculos, ("encerrar", "mudar")),
)


@pytest.fixture
def cada_ato_na_sua_abrangencia(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No PostgreSQL, cada ato corre pela conta de uma instalação, na abrangência de quem o faz, como num pedido."""
    trancar()
    for modulo, nomes in ATOS:
        for nome in nomes:
            monkeypatch.setattr(modulo, nome, _na_abrangencia(getattr(modulo, nome)))


def _na_abrangencia(ato: Any) -> Any:
    @wraps(ato)
    def correr(**pedido: Any) -> Any:
        por = pedido["por"]
        tranca.dizer_quem_age(abrangencia=por.abrangencia, pessoa=str(por.pessoa.pk) if por.pessoa else "")
        try:
            return ato(**pedido)
        finally:
            tranca.dizer_quem_age(abrangencia=tranca.SISTEMA)

    return correr
