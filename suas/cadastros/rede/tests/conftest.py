"""O que os testes da rede que confirmam transações precisam."""

from suas.nucleo.trilha.tests.conftest import sem_gatilhos_no_fim

__all__ = ["sem_gatilhos_no_fim"]
