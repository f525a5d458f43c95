"""O que pode ficar de fora dos testes, e o que não pode, quando se exige tudo."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.operacao.processos import RAIZ, ambiente

SEM_DESCULPA = "import pytest\ndef test_a(): pytest.skip('hoje não')\n"
DO_OUTRO_BANCO = "import pytest\n@pytest.mark.{marca}\ndef test_a(): pass\n"
DOS_DADOS_REAIS = "import pytest\n@pytest.mark.compartilhado\ndef test_a(): pass\n"
DO_NAVEGADOR = "import pytest\n@pytest.mark.navegador\ndef test_a(): pass\n"


def executar(tmp_path, programa: str, **mudancas: str | None) -> subprocess.CompletedProcess[str]:
    (tmp_path / "test_exemplo.py").write_text(f"def test_passa(): pass\n{programa}", encoding="utf-8")
    # só os complementos que estas marcas usam: os outros demoram a carregar
    comando = [sys.executable, "-m", "pytest", "-p", "pytest_django.plugin", "-p", "conftest"]
    comando += ["-p", "no:cacheprovider", "-q"]
    return subprocess.run(
        [*comando, "-c", str(RAIZ / "pyproject.toml"), "--rootdir", str(tmp_path), str(tmp_path / "test_exemplo.py")],
        cwd=RAIZ,
        env=ambiente(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", REDESUAS_SHARED=str(tmp_path / "nada"), **mudancas),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("programa", "mudancas", "motivo"),
    [
        pytest.param(SEM_DESCULPA, {}, "hoje não", id="pulo qualquer"),
        pytest.param(DO_NAVEGADOR, {"PATH": "/nada"}, "precisa do Chromium", id="navegador"),
    ],
)
def test_pulo_sem_desculpa_so_falha_quando_se_exige_tudo(tmp_path, programa, mudancas, motivo):
    livre = executar(tmp_path, programa, **mudancas)
    exigente = executar(tmp_path, programa, REDESUAS_SEM_PULOS="1", **mudancas)

    assert livre.returncode == 0, livre.stdout
    assert motivo in livre.stdout
    assert exigente.returncode == 1
    assert "Testes que não podiam ficar de fora" in exigente.stdout


@pytest.mark.parametrize(
    ("programa", "motivo"),
    [
        pytest.param(DO_OUTRO_BANCO.format(marca="postgres"), "só no PostgreSQL", id="outro banco"),
        pytest.param(DOS_DADOS_REAIS, "precisa dos dados reais", id="dados reais"),
    ],
)
def test_pulo_com_desculpa_passa_e_diz_o_motivo(tmp_path, programa, motivo):
    feito = executar(tmp_path, programa, REDESUAS_SEM_PULOS="1")

    assert feito.returncode == 0, feito.stdout
    assert motivo in feito.stdout


def test_no_postgres_fica_de_fora_o_que_e_so_do_sqlite(tmp_path):
    programa = DO_OUTRO_BANCO.format(marca="sqlite") + DO_OUTRO_BANCO.format(marca="postgres").replace("_a", "_b")
    feito = executar(tmp_path, programa, DATABASE_URL="postgres://ninguem@127.0.0.1:1/nada", REDESUAS_SEM_PULOS="1")

    assert feito.returncode == 0, feito.stdout
    assert "2 passed, 1 skipped" in feito.stdout
