"""O par de `razao.py`: transferências por segundo do django-hordak no mesmo PostgreSQL, no ambiente dele.

    python benchmarks/razao_hordak.py postgres://.../banco QUANTAS

Usa o que ele oferece para isso, `Account.transfer_to`: uma a uma, e todas numa transação só. Escreve um objeto JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def preparar(endereco: str) -> None:
    import dj_database_url
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        SECRET_KEY="medida",
        USE_TZ=True,
        DATABASES={"default": dj_database_url.parse(endereco)},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DEFAULT_CURRENCY="BRL",
        CURRENCIES=["BRL"],
        HORDAK_CURRENCIES=["BRL"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    call_command("migrate", verbosity=0)


def medir(quantas: int) -> dict[str, float]:
    from django.db import transaction
    from hordak.models import Account
    from moneyed import Money

    def conta(codigo: str, tipo: str) -> Account:
        existente = Account.objects.filter(code=codigo).first()
        return existente or Account.objects.create(name=tipo, code=codigo, type=tipo, currencies=["BRL"])

    bancos, receita = conta("1", "AS"), conta("2", "IN")

    def transferir() -> None:
        for numero in range(quantas):
            receita.transfer_to(bancos, Money("1.00", "BRL"), description=f"Repasse {numero}")

    def numa_transacao() -> None:
        with transaction.atomic():
            transferir()

    transferir()
    return {"uma a uma": _por_segundo(transferir, quantas), "numa transação": _por_segundo(numa_transacao, quantas)}


def _por_segundo(fazer: Callable[[], None], quantas: int) -> float:
    comeco = time.perf_counter()
    fazer()
    return quantas / (time.perf_counter() - comeco)


if __name__ == "__main__":
    preparar(sys.argv[1])
    print(json.dumps(medir(int(sys.argv[2]))))
