"""Quem importa quem: os contratos de .importlinter valem, percebem o que os fere, e os modelos são privados."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.contratos import arquivos

# O que ninguém pode escrever: onde, a linha plantada, e o contrato que a recusa.
PLANTADAS = [
    pytest.param("normas/base/centavos.py", "import django", "Normas puras", id="a lei usa Django"),
    pytest.param("normas/base/centavos.py", "import normas.partilha", "Dentro de normas", id="a base usa a partilha"),
    pytest.param(
        "suas/cadastros/territorio/models.py",
        "import suas.financas.partilhas.models",
        "Andares",
        id="o território usa a partilha",
    ),
    pytest.param("suas/nucleo/tela/filtros.py", "import suas.config.settings", "Ajustes", id="a tela usa os ajustes"),
    pytest.param(
        "suas/nucleo/banco.py", "import suas.nucleo.trilha.acoes", "Dentro do núcleo", id="o banco usa a trilha"
    ),
    pytest.param(
        "suas/nucleo/identidade/models.py",
        "import suas.nucleo.identidade.views",
        "Anatomia",
        id="um modelo usa uma tela",
    ),
    pytest.param(
        "suas/nucleo/banco.py", "import suas.financas.partilhas.models", "As tabelas", id="de fora, as tabelas"
    ),
    pytest.param("suas/moda/__init__.py", "", "Andares", id="pasta sem andar"),
]


def _conferir(pasta: Path) -> subprocess.CompletedProcess[str]:
    codigo = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", codigo, "--no-cache"],
        cwd=pasta,
        env={**os.environ, "PYTHONPATH": str(pasta), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copia(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Uma cópia só do código Python, para plantar nela."""
    pasta = tmp_path_factory.mktemp("copia")
    for arquivo in arquivos.com_final(".py"):
        destino = pasta / arquivo.relative_to(arquivos.RAIZ)
        if destino.parts[len(pasta.parts)] in {"normas", "suas", "demonstracao"}:
            destino.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(arquivo, destino)
    shutil.copyfile(arquivos.RAIZ / ".importlinter", pasta / ".importlinter")
    return pasta


def test_os_contratos_de_importacao_valem(copia: Path) -> None:
    resultado = _conferir(copia)

    assert resultado.returncode == 0, resultado.stdout[-4000:] + resultado.stderr[-2000:]


@pytest.mark.parametrize("onde, linha, contrato", PLANTADAS)
def test_uma_importacao_proibida_e_percebida(copia: Path, onde: str, linha: str, contrato: str) -> None:
    arquivo = copia / onde
    antes = arquivo.read_text(encoding="utf-8") if arquivo.exists() else None
    arquivo.parent.mkdir(parents=True, exist_ok=True)
    arquivo.write_text(f"{antes or ''}\n{linha}\n", encoding="utf-8")
    try:
        resultado = _conferir(copia)
    finally:
        if antes is None:
            shutil.rmtree(arquivo.parent)
        else:
            arquivo.write_text(antes, encoding="utf-8")

    quebrados = [texto for texto in resultado.stdout.splitlines() if "BROKEN" in texto]
    assert resultado.returncode != 0
    assert any(contrato in texto for texto in quebrados), f"{quebrados}\n{resultado.stderr[-2000:]}"


def test_os_modelos_sao_privados_do_modulo_salvo_os_de_cadastros_e_instancias() -> None:
    grafo = grimp.build_graph("suas", "normas", "demonstracao", exclude_type_checking_imports=True)
    intrusos = []
    for modelos in sorted(m for m in grafo.modules if m.endswith(".models") and m.startswith("suas.")):
        modulo = modelos.removesuffix(".models")
        if modulo.startswith(("suas.cadastros.", "suas.instancias.")):
            continue
        intrusos += [
            f"{quem} importa {modelos}"
            for quem in sorted(grafo.find_modules_that_directly_import(modelos))
            # ajustes e demonstração estão fora dos andares e conhecem todos os módulos
            if not quem.startswith((f"{modulo}.", "suas.config.", "demonstracao.")) and ".tests." not in f"{quem}."
        ]

    assert not intrusos, f"Use consultas, permissoes ou acoes do módulo: {intrusos}"
