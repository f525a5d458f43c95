"""O que os testes guardam de uma execução para outra, fora do projeto: o banco já migrado e as telas já compiladas.

Cada coisa tem por nome o resumo do que a fez: mudou uma migração, um gatilho ou um modelo, o nome é outro e faz-se de
novo. No SQLite o banco é um arquivo, que se copia para a memória; no PostgreSQL, um banco que serve de molde aos dos
testes. `./redesuas testar --create-db` refaz o banco em qualquer caso.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import django
import jinja2
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from suas.nucleo import banco, tranca
from suas.nucleo.tela import ambiente

#: Quantos bancos ficam: o de cada ramo em que se trabalha.
FICAM = 6


def pasta() -> Path:
    """A pasta, só desta pessoa; a de outra com o mesmo nome é recusada."""
    caminho = Path(tempfile.gettempdir()) / f"redesuas-reserva-{os.getuid()}"
    with suppress(FileExistsError):
        caminho.mkdir(mode=0o700)
    dono = caminho.lstat()
    if dono.st_uid != os.getuid() or dono.st_mode & 0o077 or caminho.is_symlink():
        raise RuntimeError(f"{caminho} não é só sua: apague-a.")
    return caminho


def resumo_do_banco(vendor: str) -> str:
    """O que o banco migrado é: migrações de todas as aplicações, modelos, gatilhos e trancas."""
    partes = [django.__version__, sqlite3.sqlite_version, vendor, str(settings.CACHES)]
    partes += textos(arquivo for pasta_ in _pastas_das_migracoes() for arquivo in sorted(pasta_.glob("*.py")))
    # depois de migrar, o Django anota os modelos e as permissões deles
    partes += [
        f"{m._meta.label} {m._meta.db_table} {m._meta.verbose_name} {m._meta.permissions} {m._meta.default_permissions}"
        for m in apps.get_models(include_auto_created=True)
    ]
    partes += banco.comandos_dos_gatilhos(
        vendor, {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    )
    partes += [repr(tranca.trancas_declaradas()), repr(sorted(tranca._LEITURAS.items()))]
    partes += textos(Path(modulo.__file__) for modulo in (banco, banco.anotacoes, tranca))
    return resumo(partes)


def textos(arquivos: Iterable[Path]) -> Iterator[str]:
    """Nome e conteúdo de cada arquivo."""
    for arquivo in arquivos:
        yield arquivo.name
        yield arquivo.read_text(encoding="utf-8")


def resumo(partes: Iterable[str]) -> str:
    """O resumo das partes, cada uma com o seu tamanho, para que duas não se confundam com uma."""
    conta = hashlib.sha256()
    for parte in partes:
        conta.update(f"{len(parte)} {parte}".encode())
    return conta.hexdigest()[:20]


def _pastas_das_migracoes() -> Iterator[Path]:
    for aplicacao in apps.get_app_configs():
        modulo, _ = MigrationLoader.migrations_module(aplicacao.label)
        achado = find_spec(modulo) if modulo else None
        for lugar in (achado and achado.submodule_search_locations) or ():
            yield Path(lugar)


def usar_banco_guardado(conexao: BaseDatabaseWrapper, *, refazer: bool) -> None:
    """Faz o Django criar o banco destes testes a partir do guardado, e guardá-lo quando não há."""
    criacao = conexao.creation
    migrar = criacao.create_test_db
    guardar, repor = (_molde, _do_molde) if conexao.vendor == "postgresql" else (_arquivo, _do_arquivo)

    def criar(verbosity: int = 1, autoclobber: bool = False, serialize: bool = False, keepdb: bool = False) -> str:
        nome = resumo_do_banco(conexao.vendor)
        if keepdb:
            return migrar(verbosity=verbosity, autoclobber=autoclobber, serialize=serialize, keepdb=True)
        with _um_de_cada_vez():
            if refazer or not repor(conexao, nome):
                migrar(verbosity=verbosity, autoclobber=autoclobber, serialize=serialize, keepdb=False)
                guardar(conexao, nome)
        conexao.ensure_connection()
        return str(conexao.settings_dict["NAME"])

    criacao.create_test_db = criar


@contextmanager
def _um_de_cada_vez() -> Iterator[None]:
    """Dois processos de teste: o segundo espera o que o primeiro está a guardar."""
    with (pasta() / "trava").open("w") as trava:
        fcntl.flock(trava, fcntl.LOCK_EX)
        yield


def _renomear(conexao: BaseDatabaseWrapper) -> str:
    """Aponta a conexão para o banco dos testes, como o Django faz ao criá-lo."""
    nome = conexao.creation._get_test_db_name()
    conexao.close()
    settings.DATABASES[conexao.alias]["NAME"] = nome
    conexao.settings_dict["NAME"] = nome
    return str(nome)


def _do_arquivo(conexao: BaseDatabaseWrapper, nome: str) -> bool:
    caminho = pasta() / f"{nome}.sqlite3"
    if not caminho.is_file():
        return False
    _renomear(conexao)
    conexao.ensure_connection()
    guardado = sqlite3.connect(f"{caminho.as_uri()}?mode=ro", uri=True)
    try:
        guardado.backup(conexao.connection)
    finally:
        guardado.close()
    caminho.touch()
    return True


def _arquivo(conexao: BaseDatabaseWrapper, nome: str) -> None:
    caminho = pasta() / f"{nome}.sqlite3"
    novo = caminho.with_suffix(f".{os.getpid()}")
    destino = sqlite3.connect(novo)
    try:
        conexao.connection.backup(destino)
    finally:
        destino.close()
    novo.replace(caminho)
    antigos = sorted(pasta().glob("*.sqlite3"), key=lambda arquivo: arquivo.stat().st_mtime, reverse=True)
    for antigo in antigos[FICAM:]:
        antigo.unlink(missing_ok=True)


def _do_molde(conexao: BaseDatabaseWrapper, nome: str) -> bool:
    teste = _renomear(conexao)
    citar = conexao.ops.quote_name
    with conexao._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_nome_do_molde(nome)])
        if cursor.fetchone() is None:
            return False
        cursor.execute(f"DROP DATABASE IF EXISTS {citar(teste)} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {citar(teste)} TEMPLATE {citar(_nome_do_molde(nome))}")
    return True


def _molde(conexao: BaseDatabaseWrapper, nome: str) -> None:
    citar = conexao.ops.quote_name
    teste = str(conexao.settings_dict["NAME"])
    conexao.close()
    with conexao._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {citar(_nome_do_molde(nome))}")
        cursor.execute(f"CREATE DATABASE {citar(_nome_do_molde(nome))} TEMPLATE {citar(teste)}")
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'redesuas!_molde!_%%' ESCAPE '!' "
            f"ORDER BY oid DESC OFFSET {FICAM}",
            [],
        )
        for (antigo,) in cursor.fetchall():
            with suppress(DatabaseError):  # outro processo o está a copiar
                cursor.execute(f"DROP DATABASE IF EXISTS {citar(antigo)}")


def _nome_do_molde(nome: str) -> str:
    return f"redesuas_molde_{nome}"


def usar_telas_compiladas(tela: jinja2.Environment) -> None:
    """Compilar uma tela custa mais do que a mostrar. O Jinja2 confere o texto dela antes de usar a guardada."""
    # o que não está no texto da tela e também decide a compilação: os filtros e as opções
    arquivos = sorted(Path(ambiente.__file__).parent.glob("*.py"))
    lugar = pasta() / f"telas-{resumo([jinja2.__version__, *textos(arquivos)])}"
    lugar.mkdir(exist_ok=True)
    tela.bytecode_cache = jinja2.FileSystemBytecodeCache(str(lugar))
