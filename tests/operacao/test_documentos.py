"""O que a página de operação diz e o que o código faz são a mesma coisa."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess

import pytest

from suas.config.comandos import COMANDOS
from suas.config.desenvolver import AJUSTES_QUE_NAO_PASSAM, CONFERENCIAS
from tests.operacao.processos import RAIZ

NOME = re.compile(r"\b(?:REDESUAS_[A-Z_]+|DATABASE_URL)\b")
DOCUMENTOS = sorted((RAIZ / "docs/operacao").glob("*.md"))
UNIDADES = sorted((RAIZ / "implantacao/systemd").iterdir())


def nomes(*caminhos: str) -> set[str]:
    return {nome for caminho in caminhos for nome in NOME.findall((RAIZ / caminho).read_text(encoding="utf-8"))}


def test_a_pagina_de_ajustes_cita_os_mesmos_nomes_que_o_codigo_le():
    lidos = nomes("suas/config/settings.py", "redesuas", "conftest.py") | {"DATABASE_URL"}
    linhas = (RAIZ / "docs/operacao/ajustes.md").read_text(encoding="utf-8").splitlines()

    assert {nome for linha in linhas if linha.startswith("| `") for nome in NOME.findall(linha.split("|")[1])} == lidos


def test_nenhum_ajuste_da_instalacao_chega_aos_testes():
    da_instalacao = nomes("suas/config/settings.py")

    assert set(AJUSTES_QUE_NAO_PASSAM) == da_instalacao - {"DATABASE_URL"}


@pytest.mark.parametrize("documento", DOCUMENTOS, ids=lambda d: d.name)
def test_todo_comando_citado_existe_e_toda_ligacao_leva_a_um_arquivo(documento):
    texto = documento.read_text(encoding="utf-8")

    citados = set(re.findall(r"redesuas/?redesuas ([a-z-]+)|\./redesuas ([a-z-]+)", texto))
    assert {a or b for a, b in citados} <= set(COMANDOS) | {"ajuda"}
    for destino in re.findall(r"\]\(([^)#]+)\)", texto):
        assert (documento.parent / destino).exists(), destino


@pytest.mark.parametrize("unidade", [u for u in UNIDADES if u.suffix == ".service"], ids=lambda u: u.name)
def test_as_unidades_chamam_comandos_que_existem_e_documentos_que_existem(unidade):
    texto = unidade.read_text(encoding="utf-8")

    [inicio] = re.findall(r"^ExecStart=(.*)$", texto, re.MULTILINE)
    assert re.search(r"/opt/redesuas/redesuas ([a-z]+)", inicio)[1] in COMANDOS
    [documento] = re.findall(r"^Documentation=file:///opt/redesuas/(.*)$", texto, re.MULTILINE)
    assert (RAIZ / documento).is_file()


def test_os_exemplos_do_systemd_so_usam_ajustes_que_existem():
    exemplo = (RAIZ / "implantacao/ajustes.env").read_text(encoding="utf-8")
    citados = {linha.split("=")[0] for linha in exemplo.splitlines() if linha and not linha.startswith("#")}

    assert citados <= nomes("suas/config/settings.py") | {"DATABASE_URL"}


def test_o_conteiner_copia_arquivos_que_existem_e_chama_um_comando():
    linhas = (RAIZ / "Containerfile").read_text(encoding="utf-8").splitlines()

    for linha in linhas:
        if linha.startswith("COPY "):
            for origem in shlex.split(linha)[1:-1]:
                assert (RAIZ / origem).exists(), origem
    assert 'CMD ["servir", "--endereco", "0.0.0.0"]' in linhas


def test_a_licenca_e_a_agpl_inteira():
    texto = (RAIZ / "LICENSE").read_text(encoding="utf-8")

    assert texto.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert "17. Interpretation of Sections 15 and 16." in texto


def test_a_integracao_continua_e_bash_valido_e_chama_os_mesmos_comandos():
    bash = shutil.which("bash") or "/bin/bash"
    texto = (RAIZ / ".ci/run").read_text(encoding="utf-8")

    assert subprocess.run([bash, "-n", RAIZ / ".ci/run"], check=False).returncode == 0
    assert texto.count("./redesuas testar") == 2
    assert set(re.findall(r"\./redesuas conferir (\w+)", texto)) == set(CONFERENCIAS)
