"""O projeto se basta: sem caminho desta máquina, sem arquivo de fora, com dependências fixas por resumo."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.contratos import arquivos

TEXTOS = (".py", ".jinja", ".css", ".md", ".toml", ".yaml", ".yml", ".json", ".txt", ".in", ".sh", ".csv", ".service")
SEM_FINAL = {"redesuas", "run", "Containerfile", ".importlinter", ".gitignore"}
CAMINHO_DE_MAQUINA = re.compile(r"(?<![\w./~-])/(?:work|root|home|Users|tmp)/\w")
DE_FORA = re.compile(r"\.\./shared")
PODEM_CITAR_DE_FORA = (
    "conftest.py",
    "tests/",
    "ferramentas/",
    "docs/casos/",
    "docs/desempenho.md",
    "docs/operacao/ajustes.md",
    ".ci/run",
    "pyproject.toml",
)
TRAVAS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")


def _linhas(padrao: re.Pattern[str]) -> list[str]:
    return [
        f"{arquivos.relativo(arquivo)}:{numero} {linha.strip()[:100]}"
        for arquivo in arquivos.do_projeto()
        if arquivo.name.endswith(TEXTOS) or arquivo.name in SEM_FINAL
        for numero, linha in enumerate(arquivo.read_text(encoding="utf-8").splitlines(), start=1)
        if padrao.search(linha)
    ]


def test_nenhum_arquivo_cita_caminho_de_uma_maquina() -> None:
    achadas = [
        linha for linha in _linhas(CAMINHO_DE_MAQUINA) if not linha.startswith("tests/contratos/test_projeto.py")
    ]

    assert not achadas, f"Use um caminho relativo ao projeto ou um ajuste: {achadas}"


def test_o_programa_nao_precisa_de_nada_de_fora_do_projeto() -> None:
    achadas = [
        linha
        for linha in _linhas(DE_FORA)
        if not linha.startswith(PODEM_CITAR_DE_FORA) and "/tests/" not in linha.split(":")[0]
    ]

    assert not achadas, f"Os dados reais de fora só servem a testes, ferramentas e casos: {achadas}"


@pytest.mark.parametrize("nome", TRAVAS)
def test_toda_dependencia_esta_fixa_por_versao_e_resumo_sem_endereco_de_registro(nome: str) -> None:
    texto = (arquivos.RAIZ / nome).read_text(encoding="utf-8")
    pedidos = [p for p in re.sub(r"\\\n", " ", texto).splitlines() if p.strip() and not p.lstrip().startswith("#")]
    sem_resumo = [p.split()[0] for p in pedidos if "==" not in p or "--hash=sha256:" not in p]

    assert pedidos, f"{nome} está vazio."
    assert not sem_resumo, f"Refaça o {nome} com os resumos: {sem_resumo}"
    assert "://" not in texto, f"{nome} não cita endereço de registro: cada lugar tem o seu."


def test_cada_dependencia_diz_por_que_esta_aqui() -> None:
    texto = (arquivos.RAIZ / "pyproject.toml").read_text(encoding="utf-8")
    projeto = tomllib.loads(texto)["project"]
    pedidos = [*projeto["dependencies"], *projeto["optional-dependencies"]["dev"]]
    sem_motivo = [pedido for pedido in pedidos if not re.search(rf'"{re.escape(pedido)}",\s+# \w', texto)]

    assert len(pedidos) > 10
    assert not sem_motivo, f"Escreva o motivo ao lado da dependência: {sem_motivo}"


def test_a_licenca_e_a_agpl_inteira() -> None:
    texto = (arquivos.RAIZ / "LICENSE").read_text(encoding="utf-8")

    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in texto[:200]
    assert "13. Remote Network Interaction" in texto
    assert "17. Interpretation of Sections 15 and 16" in texto


def test_o_que_e_de_terceiros_diz_de_onde_veio_e_sob_que_licenca() -> None:
    pastas = [p for p in (arquivos.RAIZ / "suas").rglob("vendor") if p.is_dir()]

    assert pastas
    for pasta in pastas:
        nomes = {arquivo.name.lower() for arquivo in pasta.iterdir()}
        assert any("proveniencia" in nome for nome in nomes), f"Falta a proveniência em {_relativa(pasta)}"
        assert any("licen" in nome for nome in nomes), f"Falta a licença em {_relativa(pasta)}"


def _relativa(pasta: Path) -> str:
    return pasta.relative_to(arquivos.RAIZ).as_posix()
