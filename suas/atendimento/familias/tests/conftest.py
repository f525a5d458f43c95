"""O que os testes das famílias que confirmam transações precisam."""

from suas.nucleo.trilha.tests.conftest import sem_gatilhos_no_fim

__all__ = ["sem_gatilhos_no_fim"]
