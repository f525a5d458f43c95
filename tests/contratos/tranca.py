"""Uma conta do PostgreSQL sem poderes, como a de uma instalação: diante dela a segunda tranca vale."""

from __future__ import annotations

import os

from django.db import connection

from suas.nucleo import tranca


def trancar() -> None:
    """Até o fim da transação, age-se por uma conta que não passa por cima da tranca. No SQLite não há o que fazer."""
    if connection.vendor != "postgresql" or not tranca.por_que_a_tranca_esta_aberta():
        return  # a conta destes testes já é sem poderes
    conta = f"redesuas_tranca_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE ROLE {conta} NOSUPERUSER NOBYPASSRLS; "
            f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {conta}; "
            f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {conta}; "
            f"SET LOCAL ROLE {conta}"
        )
