"""Comandos que são do Django: migrar o banco, juntar os estáticos e a saída para qualquer outro."""

from __future__ import annotations

import os
import sys
import time
from io import StringIO
from pathlib import Path

from suas.config.argumentos import Analisador, opcoes


def preparar_django(*, dados: Path | None = None) -> None:
    """Carrega a aplicação. `dados` é a pasta da instalação; sem ela vale REDESUAS_DADOS ou `dados/` do projeto."""
    if dados is not None:
        os.environ["REDESUAS_DADOS"] = str(dados.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suas.config.settings")
    import django

    django.setup()
    from suas.nucleo import tranca

    tranca.definir_padrao(tranca.SISTEMA)


def preparar_banco() -> int:
    """Cria ou atualiza as tabelas; repetir não muda nada. Devolve quantas migrações aplicou."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    faltam = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0, stdout=StringIO())
    call_command("createcachetable", verbosity=0, stdout=StringIO())
    _fechar_a_outros(Path(settings.MEDIA_ROOT))
    if connection.vendor == "sqlite" and (arquivo := Path(connection.settings_dict["NAME"])).is_file():
        arquivo.chmod(0o600)
    return faltam


def lacrar_o_que_veio() -> None:
    """Lacra os atos que vieram da versão anterior ou da cópia: a verificação logo a seguir já os confere."""
    from django.utils import timezone

    from suas.nucleo.trilha.acoes import lacrar

    lacrar(em=timezone.now())


def _fechar_a_outros(pasta: Path) -> None:
    """Só a conta do serviço lê o que pode ter dado pessoal."""
    pasta.mkdir(parents=True, exist_ok=True)
    pasta.chmod(0o700)


def recusa_do_banco() -> str | None:
    """Diz por que o banco ainda não serve a esta versão, e o que fazer; nada, quando serve."""
    from django.db import OperationalError

    try:
        return recusa_do_formato()
    except OperationalError as erro:
        return f"o banco não respondeu: {str(erro).strip()}. Confira DATABASE_URL e se o banco está no ar."


def recusa_do_formato() -> str | None:
    """O mesmo, para quem sabe esperar um banco que ainda não responde: aí levanta `OperationalError`."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        return "o banco está vazio. Prepare a instalação com: ./redesuas instalar"
    faltam = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if faltam:
        return f"faltam {faltam} migrações para esta versão. Guarde uma cópia e execute: ./redesuas migrar"
    return None


def aviso_da_tranca() -> str:
    """No PostgreSQL, diz que a segunda tranca não vale e onde está como ligá-la; vazio quando vale, e no SQLite."""
    from django.db import connection

    from suas.nucleo import tranca

    motivo = tranca.por_que_a_tranca_esta_aberta()
    if connection.vendor != "postgresql" or not motivo:
        return ""
    return f"a segunda tranca do banco não vale: {motivo}. Veja como ligá-la com: ./redesuas acesso tranca"


def migrar(argv: list[str]) -> int:
    """`redesuas migrar`: banco no formato desta versão."""
    analisador = Analisador(comando="migrar", descricao="Põe o banco no formato desta versão. Repetir não muda nada.")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    comeco = time.monotonic()
    preparar_django(dados=pedido.dados)
    aplicadas = preparar_banco()
    lacrar_o_que_veio()
    feito = f"{aplicadas} migrações aplicadas" if aplicadas else "o banco já estava em dia"
    print(f"Banco pronto: {feito} ({time.monotonic() - comeco:.1f} s).")
    return 0


def estaticos(argv: list[str]) -> int:
    """`redesuas estaticos`: copia os arquivos estáticos para `estaticos/` na pasta de dados."""
    analisador = Analisador(
        comando="estaticos", descricao="Junta os arquivos estáticos em `estaticos/`, na pasta de dados."
    )
    analisador.aceitar_pasta()
    preparar_django(dados=opcoes(analisador, argv).dados)
    from django.conf import settings
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=True, stdout=StringIO())
    quantos = sum(1 for arquivo in Path(settings.STATIC_ROOT).rglob("*") if arquivo.is_file())
    print(f"{quantos} arquivos em {settings.STATIC_ROOT}.")
    return 0


def gerenciar(argv: list[str]) -> int:
    """`redesuas gerenciar`: passa tudo ao Django."""
    preparar_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./redesuas gerenciar", *argv])
    return 0


def conferir_banco() -> bool:
    """Diz se o banco serve a quem vai servir páginas; o motivo da recusa, e o aviso da tranca, saem no erro."""
    if recusa := recusa_do_banco():
        print(f"redesuas: {recusa}", file=sys.stderr)
        return False
    if aviso := aviso_da_tranca():
        print(f"redesuas: {aviso}", file=sys.stderr)
    return True


if __name__ == "__main__":
    preparar_django()
    sys.exit(0 if conferir_banco() else 1)
