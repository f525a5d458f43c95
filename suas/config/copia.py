"""`redesuas copia` e `redesuas restaurar`: a instalação inteira num arquivo, e de volta.

A cópia é um `.tar` com `manifesto.json` (versão, banco, quando, resumo de cada arquivo), o banco (`banco.sqlite3`,
tirado com o sistema no ar, ou `banco.dump` do `pg_dump`) e os documentos. A chave secreta não vai: quem obtém a cópia
não deve poder forjar sessões; depois de restaurar em outra máquina, as pessoas entram de novo.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from suas.config.argumentos import Analisador, Recusa, opcoes
from suas.config.gerenciar import lacrar_o_que_veio, preparar_banco, preparar_django
from suas.config.supervisor import diga
from suas.nucleo import tranca

FORMATO = 1
RECUSADO = 1
BANCO = {"sqlite": "banco.sqlite3", "postgresql": "banco.dump"}


def copiar(argv: list[str]) -> int:
    """Guarda banco e documentos em `--saida`; o sistema pode estar no ar."""
    analisador = Analisador(
        comando="copia", descricao="Guarda banco e documentos num arquivo .tar, com o sistema no ar."
    )
    analisador.add_argument("--saida", type=Path, required=True, metavar="ARQUIVO", help="arquivo .tar a criar")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    return _com_recusa(lambda: _copiar(pedido))


def restaurar(argv: list[str]) -> int:
    """Refaz a instalação da cópia `--de`; onde já há uma, só com `--substituir`."""
    analisador = Analisador(
        comando="restaurar",
        descricao="Refaz a instalação de uma cópia. Pare o sistema antes. A cópia é conferida antes de mexer em algo.",
    )
    analisador.add_argument("--de", type=Path, required=True, metavar="ARQUIVO", help="arquivo .tar feito por `copia`")
    analisador.add_argument("--substituir", action="store_true", help="troca a instalação que já existe pela da cópia")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    return _com_recusa(lambda: _restaurar(pedido))


def _com_recusa(fazer: Any) -> int:
    try:
        fazer()
    except Recusa as recusa:
        print(f"redesuas: {recusa}", file=sys.stderr)
        return RECUSADO
    return 0


def _copiar(pedido: Any) -> None:
    saida: Path = pedido.saida.resolve()
    if saida.exists():
        raise Recusa(f"{saida} já existe; escolha outro nome, para não perder a cópia anterior.")
    if not saida.parent.is_dir():
        raise Recusa(f"a pasta {saida.parent} não existe; crie-a antes.")
    preparar_django(dados=pedido.dados)
    from django.conf import settings
    from django.db import connection

    _recusar_banco_vazio(connection)
    with tempfile.TemporaryDirectory(dir=saida.parent, prefix=".copia-") as temporaria:
        pasta = Path(temporaria)
        _tirar_banco(connection, pasta / BANCO[connection.vendor])
        if Path(settings.MEDIA_ROOT).is_dir():
            # Um documento nunca muda depois de guardado: copiar depois do banco garante que os citados estão aqui.
            shutil.copytree(settings.MEDIA_ROOT, pasta / "documentos")
        arquivos = _resumos(pasta)
        manifesto = {
            "formato": FORMATO,
            "versao": version("redesuas"),
            "banco": connection.vendor,
            "em": datetime.now(UTC).isoformat(timespec="seconds"),
            "arquivos": arquivos,
        }
        (pasta / "manifesto.json").write_text(json.dumps(manifesto, ensure_ascii=False, indent=1), encoding="utf-8")
        parcial = pasta / "copia.tar"
        with tarfile.open(parcial, "w") as tar:
            for nome in ("manifesto.json", *arquivos):
                tar.add(pasta / nome, arcname=nome)
        parcial.chmod(0o600)
        parcial.replace(saida)
    diga(f"Cópia guardada em {saida}: {len(arquivos)} arquivos, {saida.stat().st_size / 1e6:.1f} MB.")
    diga("Guarde-a fora desta máquina. A chave secreta não vai na cópia.")


def _recusar_banco_vazio(conexao: Any) -> None:
    """Sem isto, a pasta ou o banco errado dariam todo dia uma cópia de nada, e saída 0."""
    from django.db import OperationalError

    if conexao.vendor == "sqlite" and not (arquivo := Path(conexao.settings_dict["NAME"])).is_file():
        raise Recusa(f"não há banco em {arquivo}; confira --dados ou REDESUAS_DADOS.")
    try:
        tabelas = conexao.introspection.table_names()
    except OperationalError as erro:
        raise Recusa(f"o banco não respondeu: {str(erro).strip()}. Confira DATABASE_URL.") from erro
    if "identidade_instalacao" not in tabelas:
        raise Recusa("o banco está vazio: não há o que copiar. Confira --dados, REDESUAS_DADOS ou DATABASE_URL.")


def _tirar_banco(conexao: Any, destino: Path) -> None:
    if conexao.vendor == "sqlite":
        origem = Path(conexao.settings_dict["NAME"])
        # A cópia do próprio SQLite é um retrato coerente, mesmo com gente gravando.
        de, para = sqlite3.connect(f"file:{origem}?mode=ro", uri=True), sqlite3.connect(destino)
        with de, para:
            de.backup(para)
        de.close()
        para.close()
        return
    _pg(
        "pg_dump",
        conexao,
        # a cópia leva todas as linhas: age como o sistema diante da segunda tranca, que vale também para o dono
        ["--format=custom", "--no-owner", "--no-privileges", "--enable-row-security", f"--file={destino}"],
    )


def _pg(programa: str, conexao: Any, opcoes_do_programa: list[str]) -> None:
    """Executa um programa do PostgreSQL com o banco da instalação; a senha vai pelo ambiente, fora da linha."""
    if shutil.which(programa) is None:
        raise Recusa(f"falta o programa {programa}; instale o cliente do PostgreSQL da versão do servidor.")
    ajuste = conexao.settings_dict
    ambiente = {
        "PGHOST": ajuste["HOST"],
        "PGPORT": str(ajuste["PORT"] or ""),
        "PGUSER": ajuste["USER"],
        "PGPASSWORD": ajuste["PASSWORD"],
        "PGDATABASE": ajuste["NAME"],
        "PGOPTIONS": f"-c redesuas.abrangencia={tranca.SISTEMA}",
    }
    feito = subprocess.run(
        [programa, "--no-password", *opcoes_do_programa],
        env=os.environ | {nome: valor for nome, valor in ambiente.items() if valor},
        capture_output=True,
        text=True,
        check=False,
    )
    if feito.returncode:
        raise Recusa(f"{programa} não conseguiu: {feito.stderr.strip()}")


def _resumos(pasta: Path) -> dict[str, str]:
    """Caminho relativo e SHA-256 de cada arquivo, em ordem."""
    arquivos = sorted(arquivo for arquivo in pasta.rglob("*") if arquivo.is_file())
    return {arquivo.relative_to(pasta).as_posix(): _sha256(arquivo) for arquivo in arquivos}


def _sha256(arquivo: Path) -> str:
    with arquivo.open("rb") as conteudo:
        return hashlib.file_digest(conteudo, "sha256").hexdigest()


def _restaurar(pedido: Any) -> None:
    preparar_django(dados=pedido.dados)
    from django.conf import settings
    from django.db import connection

    dados = Path(settings.DADOS)
    dados.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=dados, prefix=".restaurar-") as temporaria:
        pasta = Path(temporaria)
        manifesto = _abrir(pedido.de, pasta)
        if manifesto["banco"] != connection.vendor:
            raise Recusa(
                f"a cópia é de {manifesto['banco']} e este banco é {connection.vendor}; use o mesmo tipo de banco."
            )
        if _tem_instalacao(connection) and not pedido.substituir:
            raise Recusa(
                "já há uma instalação neste banco. Para trocá-la pela da cópia, guarde antes uma cópia dela e "
                "repita com --substituir."
            )
        _repor_banco(connection, pasta / BANCO[connection.vendor])
        _repor_documentos(pasta / "documentos", Path(settings.MEDIA_ROOT))
    connection.close()
    aplicadas = preparar_banco()
    if aplicadas:
        lacrar_o_que_veio()
    diga(f"Restaurada a cópia de {manifesto['em']} (versão {manifesto['versao']}).")
    diga(f"{aplicadas} migrações aplicadas." if aplicadas else "O banco já está no formato desta versão.")


def _abrir(arquivo: Path, pasta: Path) -> dict[str, Any]:
    """Extrai e confere a cópia inteira antes de qualquer mudança."""
    try:
        with tarfile.open(arquivo) as tar:
            tar.extractall(pasta, filter="data")
        manifesto: dict[str, Any] = json.loads((pasta / "manifesto.json").read_text(encoding="utf-8"))
    except FileNotFoundError as erro:
        raise Recusa(f"não há cópia em {arquivo}; confira o caminho.") from erro
    except (tarfile.TarError, json.JSONDecodeError, OSError) as erro:
        raise Recusa(f"{arquivo} não é uma cópia feita por `redesuas copia`, ou está incompleta.") from erro
    if manifesto.get("formato") != FORMATO:
        raise Recusa(f"a cópia é do formato {manifesto.get('formato')}; esta versão lê o formato {FORMATO}.")
    (pasta / "manifesto.json").unlink()
    encontrados = _resumos(pasta)
    for nome, resumo in manifesto["arquivos"].items():
        if encontrados.get(nome) != resumo:
            raise Recusa(f"o arquivo {nome} da cópia está diferente do que foi guardado. Use outra cópia.")
    return manifesto


def _tem_instalacao(conexao: Any) -> bool:
    from suas.nucleo.identidade.models import Instalacao

    tabela = Instalacao._meta.db_table
    return tabela in conexao.introspection.table_names() and Instalacao.objects.exists()


def _repor_banco(conexao: Any, origem: Path) -> None:
    if conexao.vendor == "sqlite":
        destino = Path(conexao.settings_dict["NAME"])
        conexao.close()
        for resto in ("-wal", "-shm"):
            Path(f"{destino}{resto}").unlink(missing_ok=True)
        origem.replace(destino)
        return
    conexao.close()
    # Numa transação só: ou o esquema inteiro é trocado pelo da cópia, ou nada muda.
    roteiro = origem.with_suffix(".sql")
    _pg("pg_restore", conexao, ["--no-owner", "--no-privileges", f"--file={roteiro}", str(origem)])
    trocar = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    _pg("psql", conexao, ["--quiet", "-1", "-v", "ON_ERROR_STOP=1", "-c", trocar, "-f", str(roteiro)])


def _repor_documentos(origem: Path, destino: Path) -> None:
    anterior = destino.with_name(destino.name + ".anterior")
    if destino.exists():
        destino.rename(anterior)
    if origem.is_dir():
        shutil.move(origem, destino)
        destino.chmod(0o700)
    if anterior.exists():
        shutil.rmtree(anterior)
