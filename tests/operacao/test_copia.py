"""Cópia e restauração de verdade: outro processo, outra pasta, outro banco; o que volta é o que foi."""

from __future__ import annotations

import json
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.operacao.processos import redesuas

DOCUMENTO = b"%PDF-1.4 uma resolu\xc3\xa7\xc3\xa3o"


@pytest.fixture
def bancos(tmp_path, request) -> Iterator[dict[str, str | None]]:
    """Endereço de dois bancos vazios, `um` e `outro`: nenhum (SQLite na pasta) ou do PostgreSQL em teste."""
    if not (endereco := os.environ.get("DATABASE_URL")):
        yield {"um": None, "outro": None}
        return
    import psycopg

    nomes = {nome: f"operacao_{os.getpid()}_{nome}" for nome in ("um", "outro")}
    with psycopg.connect(urlunsplit(urlsplit(endereco)._replace(path="/postgres")), autocommit=True) as conexao:
        for nome in nomes.values():
            conexao.execute(f'CREATE DATABASE "{nome}"')
        yield {papel: urlunsplit(urlsplit(endereco)._replace(path=f"/{nome}")) for papel, nome in nomes.items()}
        for nome in nomes.values():
            conexao.execute(f'DROP DATABASE "{nome}" WITH (FORCE)')


@pytest.fixture
def instalada(tmp_path, bancos) -> Path:
    """Uma instalação com um documento, na pasta `um`."""
    pasta = tmp_path / "um"
    (tmp_path / "senha").write_text("capivara-no-telhado-9", encoding="utf-8")
    feito = redesuas(
        *("instalar", "--esfera", "municipio", "--codigo", "3205309", "--orgao", "Secretaria de Vitória"),
        *("--nome", "Fulana", "--email", "fulana@orgao.example", "--senha-em", str(tmp_path / "senha")),
        *("--dados", str(pasta)),
        DATABASE_URL=bancos["um"],
    )
    assert feito.returncode == 0, feito.stderr
    (pasta / "documentos/2026").mkdir(parents=True)
    (pasta / "documentos/2026/resolucao.pdf").write_bytes(DOCUMENTO)
    return pasta


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
