"""Comandos que são do Django: migrar o banco, juntar os estáticos e a saída para qualquer outro."""

from __future__ import annotations

import os
import time
from io import StringIO
from pathlib import Path

from suas.config.argumentos import Analisador


def preparar_django(*, dados: Path | None = None) -> None:
    """Carrega a aplicação. `dados` é a pasta da instalação; sem ela vale REDESUAS_DADOS ou `dados/` do projeto."""
    if dados is not None:
        os.environ["REDESUAS_DADOS"] = str(dados.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suas.config.settings")
    import django

    django.setup()


def preparar_banco() -> int:
    """Cria ou atualiza as tabelas; repetir não muda nada. Devolve quantas migrações aplicou."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    faltam = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", interactive=False, verbosity=0, stdout=StringIO())
    call_command("createcachetable", verbosity=0, stdout=StringIO())
    return faltam


def migrar(argv: list[str]) -> int:
    """`redesuas migrar`: banco no formato desta versão."""
    Analisador(comando="migrar", descricao="Põe o banco no formato desta versão. Repetir não muda nada.").parse_args(
        argv
    )
    comeco = time.monotonic()
    preparar_django()
    aplicadas = preparar_banco()
    feito = f"{aplicadas} migrações aplicadas" if aplicadas else "o banco já estava em dia"
    print(f"Banco pronto: {feito} ({time.monotonic() - comeco:.1f} s).")
    return 0


def estaticos(argv: list[str]) -> int:
    """`redesuas estaticos`: copia os arquivos estáticos para `estaticos/` na pasta de dados."""
    Analisador(
        comando="estaticos", descricao="Junta os arquivos estáticos em `estaticos/`, na pasta de dados."
    ).parse_args(argv)
    preparar_django()
    from django.conf import settings
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=True, stdout=StringIO())
    quantos = sum(1 for arquivo in Path(settings.STATIC_ROOT).rglob("*") if arquivo.is_file())
    print(f"{quantos} arquivos em {settings.STATIC_ROOT}.")
    return 0


def gerenciar(argv: list[str]) -> int:
    """`redesuas gerenciar`: passa tudo ao Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suas.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./redesuas gerenciar", *argv])
    return 0
