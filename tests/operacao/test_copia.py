"""Cópia e restauração de verdade: outro processo, outra pasta, outro banco; o que volta é o que foi."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.operacao.processos import redesuas

DOCUMENTO = b"%PDF-1.4 uma resolu\xc3\xa7\xc3\xa3o"


@pytest.fixture(scope="module")
def de_molde(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str | None]]:
    """Uma instalação com um documento, feita uma vez: a pasta e, no PostgreSQL, o nome do banco. Só se copia."""
    pasta = tmp_path_factory.mktemp("molde")
    (pasta / "senha").write_text("capivara-no-telhado-9", encoding="utf-8")
    with criados("molde") as criado:
        feito = redesuas(
            *("instalar", "--esfera", "municipio", "--codigo", "3205309", "--orgao", "Secretaria de Vitória"),
            *("--nome", "Fulana", "--email", "fulana@orgao.example", "--senha-em", str(pasta / "senha")),
            *("--dados", str(pasta / "um")),
            DATABASE_URL=endereco_do(criado["molde"]),
        )
        assert feito.returncode == 0, feito.stderr
        (pasta / "um/documentos/2026").mkdir(parents=True)
        (pasta / "um/documentos/2026/resolucao.pdf").write_bytes(DOCUMENTO)
        yield pasta, criado["molde"]


@contextmanager
def criados(*papeis: str, de: str | None = None) -> Iterator[dict[str, str | None]]:
    """O nome de um banco do PostgreSQL para cada papel, vazio ou, o primeiro, copiado de outro; nada no SQLite."""
    if not (endereco := os.environ.get("DATABASE_URL")):
        yield dict.fromkeys(papeis)
        return
    import psycopg

    nomes = {papel: f"operacao_{os.getpid()}_{papel}" for papel in papeis}
    moldes = {papeis[0]: f' TEMPLATE "{de}"'} if de else {}
    with psycopg.connect(urlunsplit(urlsplit(endereco)._replace(path="/postgres")), autocommit=True) as conexao:
        for papel, nome in nomes.items():
            conexao.execute(f'CREATE DATABASE "{nome}"{moldes.get(papel, "")}')
        yield dict(nomes)
        for nome in nomes.values():
            conexao.execute(f'DROP DATABASE "{nome}" WITH (FORCE)')


def endereco_do(nome: str | None) -> str | None:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{nome}")) if nome else None


@pytest.fixture
def bancos(de_molde: tuple[Path, str | None]) -> Iterator[dict[str, str | None]]:
    """Endereço de dois bancos, o da instalação, `um`, e um vazio, `outro`; nenhum no SQLite, que os tem nas pastas."""
    with criados("um", "outro", de=de_molde[1]) as nomes:
        yield {papel: endereco_do(nome) for papel, nome in nomes.items()}


@pytest.fixture
def instalada(tmp_path: Path, de_molde: tuple[Path, str | None], bancos: dict[str, str | None]) -> Path:
    """Uma cópia da instalação de molde, na pasta `um`."""
    shutil.copytree(de_molde[0], tmp_path, dirs_exist_ok=True)
    return tmp_path / "um"


def orgao(pasta: Path, endereco: str | None) -> str:
    consulta = (
        "from suas.nucleo.identidade.models import Instalacao, Pessoa; "
        "print(Instalacao.objects.get().orgao, Pessoa.objects.get().email)"
    )
    feito = redesuas(
        "gerenciar", "shell", "--no-imports", "-c", consulta, REDESUAS_DADOS=str(pasta), DATABASE_URL=endereco
    )
    return feito.stdout.strip()


def test_o_que_foi_copiado_volta_em_outra_pasta_e_outro_banco(instalada, bancos, tmp_path):
    arquivo, nova = tmp_path / "copia.tar", tmp_path / "nova"
    copia = redesuas("copia", "--saida", str(arquivo), "--dados", str(instalada), DATABASE_URL=bancos["um"])
    assert copia.returncode == 0, copia.stderr

    volta = redesuas("restaurar", "--de", str(arquivo), "--dados", str(nova), DATABASE_URL=bancos["outro"])

    assert volta.returncode == 0, volta.stderr
    assert orgao(nova, bancos["outro"]) == "Secretaria de Vitória fulana@orgao.example"
    assert (nova / "documentos/2026/resolucao.pdf").read_bytes() == DOCUMENTO
    for fechado in (arquivo, nova / "documentos", *nova.glob("*.sqlite3")):
        assert fechado.stat().st_mode & 0o077 == 0, fechado


def test_a_copia_nao_leva_a_chave_secreta_e_diz_o_resumo_de_cada_arquivo(instalada, bancos, tmp_path):
    arquivo = tmp_path / "copia.tar"
    redesuas("copia", "--saida", str(arquivo), "--dados", str(instalada), DATABASE_URL=bancos["um"])

    with tarfile.open(arquivo) as tar:
        nomes = set(tar.getnames())
        manifesto = json.load(tar.extractfile("manifesto.json"))
    assert not any("chave" in nome for nome in nomes)
    assert set(manifesto["arquivos"]) | {"manifesto.json"} == nomes


def test_restaurar_por_cima_so_quando_se_diz_e_troca_tudo(instalada, bancos, tmp_path):
    arquivo = tmp_path / "copia.tar"
    redesuas("copia", "--saida", str(arquivo), "--dados", str(instalada), DATABASE_URL=bancos["um"])
    (instalada / "documentos/2026/resolucao.pdf").write_bytes(b"outra coisa")
    pedido = ("restaurar", "--de", str(arquivo), "--dados", str(instalada))

    recusa = redesuas(*pedido, DATABASE_URL=bancos["um"])
    assert recusa.returncode == 1
    assert "já há uma instalação neste banco" in recusa.stderr
    assert (instalada / "documentos/2026/resolucao.pdf").read_bytes() == b"outra coisa"

    feita = redesuas(*pedido, "--substituir", DATABASE_URL=bancos["um"])
    assert feita.returncode == 0, feita.stderr
    assert (instalada / "documentos/2026/resolucao.pdf").read_bytes() == DOCUMENTO
    assert orgao(instalada, bancos["um"]).startswith("Secretaria de Vitória")


def test_copia_estragada_e_recusada_antes_de_mexer_em_algo(instalada, bancos, tmp_path):
    arquivo, estragada = tmp_path / "copia.tar", tmp_path / "estragada.tar"
    redesuas("copia", "--saida", str(arquivo), "--dados", str(instalada), DATABASE_URL=bancos["um"])
    estragada.write_bytes(arquivo.read_bytes().replace(DOCUMENTO, DOCUMENTO.replace(b"uma", b"fim")))
    pedido = ("restaurar", "--substituir", "--dados", str(instalada), "--de")

    trocada = redesuas(*pedido, str(estragada), DATABASE_URL=bancos["um"])
    outra_coisa = redesuas(*pedido, str(tmp_path / "senha"), DATABASE_URL=bancos["um"])
    ausente = redesuas(*pedido, str(tmp_path / "nada.tar"), DATABASE_URL=bancos["um"])

    assert "documentos/2026/resolucao.pdf da cópia está diferente" in trocada.stderr
    assert "não é uma cópia feita por `redesuas copia`" in outra_coisa.stderr
    assert "não há cópia em" in ausente.stderr
    assert {trocada.returncode, outra_coisa.returncode, ausente.returncode} == {1}
    assert orgao(instalada, bancos["um"]).startswith("Secretaria de Vitória")


def test_copia_nao_apaga_a_anterior(instalada, bancos, tmp_path):
    arquivo = tmp_path / "copia.tar"
    arquivo.write_text("a de ontem", encoding="utf-8")

    feito = redesuas("copia", "--saida", str(arquivo), "--dados", str(instalada), DATABASE_URL=bancos["um"])

    assert feito.returncode == 1
    assert "já existe; escolha outro nome" in feito.stderr
    assert arquivo.read_text(encoding="utf-8") == "a de ontem"


@pytest.mark.sqlite
def test_a_copia_e_um_retrato_coerente_mesmo_com_gravacao_aberta(instalada, tmp_path):
    arquivo = tmp_path / "copia.tar"
    with sqlite3.connect(instalada / "redesuas.sqlite3") as conexao:
        conexao.create_function("redesuas_transacao", 0, lambda: "0" * 32)  # a trilha a pede
        conexao.execute("BEGIN IMMEDIATE")
        conexao.execute("UPDATE identidade_instalacao SET orgao = 'ainda não gravado'")

        feito = redesuas("copia", "--saida", str(arquivo), "--dados", str(instalada))
        conexao.rollback()

    assert feito.returncode == 0, feito.stderr
    redesuas("restaurar", "--de", str(arquivo), "--dados", str(tmp_path / "nova"))
    assert orgao(tmp_path / "nova", None).startswith("Secretaria de Vitória")
