"""Os passos de `subir` que mexem no banco. Processo à parte: quando termina, devolve a memória."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from suas.config.gerenciar import preparar_banco, preparar_django
from suas.config.supervisor import diga

#: `subir` serve logo em seguida: a trilha da carga é lacrada pela rotina de cada minuto, com o sistema já no ar.
DEIXAR_O_LACRE = "--deixar-o-lacre"


@contextmanager
def passo(numero: int, titulo: str) -> Iterator[None]:
    """Anuncia o passo e, no fim, o tempo que levou."""
    diga(f"{numero}. {titulo}")
    comeco = time.monotonic()
    yield
    diga(f"   {time.monotonic() - comeco:.1f} s")


def recusa() -> str | None:
    """Uma instalação de verdade não vira demonstração: diz por quê e o que fazer."""
    from django.db import connection

    from suas.nucleo.identidade import consultas
    from suas.nucleo.identidade.models import Instalacao

    if Instalacao._meta.db_table not in connection.introspection.table_names():
        return None
    atual = consultas.instalacao()
    if atual is None or atual.demonstracao:
        return None
    return (
        f"Esta instalação é de “{atual.orgao}” e não é de demonstração; `subir` não mexe nela. "
        "Para servi-la: ./redesuas servir. Para uma demonstração em outra pasta: ./redesuas subir --dados PASTA "
        "(e sem DATABASE_URL)."
    )


def dizer_entradas() -> None:
    """Uma linha por papel da demonstração que já tem o que fazer."""
    from demonstracao.pessoas import ENTRADAS, PRINCIPAIS, SENHA

    diga(f"   Entradas, todas com a senha {SENHA} (só valem em demonstração):")
    for entrada in ENTRADAS[:PRINCIPAIS]:
        diga(f"     {entrada.email:<28}{entrada.papel.nome}, {entrada.orgao}: {entrada.o_que_faz}")
    diga(f"   As outras {len(ENTRADAS) - PRINCIPAIS}, uma por papel, estão em docs/manual/README.md.")


def main(argv: list[str]) -> int:
    preparar_django()
    from django.db import OperationalError, connection

    try:
        motivo = recusa()
    except OperationalError as erro:
        motivo = f"O banco não respondeu: {str(erro).strip()}. Confira DATABASE_URL e se o banco está no ar."
    if motivo:
        print(f"redesuas: {motivo}", file=sys.stderr)
        return 1

    with passo(1, f"Banco de dados ({connection.vendor}: {connection.settings_dict['NAME']})"):
        aplicadas = preparar_banco()
        diga(f"   {aplicadas} migrações aplicadas" if aplicadas else "   já estava em dia")
    with passo(2, "Federação: União, unidades da Federação, municípios, regiões e população"):
        from suas.cadastros.territorio import acoes
        from suas.nucleo.permissoes.ator import ATOR_PUBLICO

        acoes.carregar_federacao(por=ATOR_PUBLICO, em=timezone.now())
    with passo(3, "Demonstração: pessoas e indicadores inventados, e uma partilha entre todos os municípios"):
        import suas.nucleo.trilha.acoes as trilha
        from demonstracao.carregar import carregar

        carregar(em=timezone.now(), diga=lambda texto: diga(f"   {texto}"))
        if DEIXAR_O_LACRE not in argv:
            diga(f"   {trilha.lacrar(em=timezone.now())} linhas da trilha lacradas")
    dizer_entradas()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
