"""O que vale para todos os testes: o que falta na máquina, e quando isso pode ficar sem teste.

Marcas: `postgres` (só no PostgreSQL), `sqlite` (só no SQLite), `navegador` (abre o Chromium), `antivirus` (inicia um
ClamAV) e `compartilhado` (lê os dados reais de `../shared`). Onde o que a marca pede não existe, o teste fica de fora
dizendo por quê.

Com REDESUAS_SEM_PULOS=1 a execução falha se algum teste ficou de fora, salvo dois casos: faltou `../shared`, que não
vem com o projeto; ou o teste é do outro banco, e então é a execução no outro banco que o faz.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Prazo de tempo não se testa: numa máquina ocupada, o mesmo exemplo demora dez vezes mais.
hypothesis.settings.register_profile(
    "sem_prazo", parent=hypothesis.settings(), deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("sem_prazo")

# Os testes abrem dezenas de processos: guardar o que o Python compila, como faz `./redesuas`, poupa 2 s em cada um.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

RAIZ = Path(__file__).parent
COMPARTILHADO = Path(os.environ.get("REDESUAS_SHARED", RAIZ.parent / "shared"))
CHROMIUNS = ("chromium", "chromium-browser", "google-chrome")
NO_POSTGRES = os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://"))


def chromium() -> str | None:
    """Caminho do Chromium desta máquina, ou nada."""
    if indicado := os.environ.get("REDESUAS_CHROMIUM"):
        return indicado
    return next((caminho for nome in CHROMIUNS if (caminho := shutil.which(nome))), None)


FALTA = {
    "postgres": None if NO_POSTGRES else "só no PostgreSQL: defina DATABASE_URL",
    "sqlite": "só no SQLite: execute sem DATABASE_URL" if NO_POSTGRES else None,
    "navegador": None if chromium() else "precisa do Chromium: instale-o ou diga onde está em REDESUAS_CHROMIUM",
    "antivirus": None if shutil.which("clamd") else "precisa do ClamAV: instale o pacote clamav-daemon",
    "compartilhado": None if COMPARTILHADO.is_dir() else f"precisa dos dados reais, ausentes: {COMPARTILHADO}",
}
OUTRO_BANCO = "sqlite" if NO_POSTGRES else "postgres"
PODEM_FALTAR = {"compartilhado", OUTRO_BANCO}
_de_fora: list[pytest.TestReport | pytest.CollectReport] = []


def pytest_configure(config: pytest.Config) -> None:
    """Nenhum teste escreve na pasta de dados de uma instalação."""
    from django.conf import settings

    from suas.nucleo import tranca

    tranca.definir_padrao(tranca.SISTEMA)
    pasta = Path(tempfile.mkdtemp(prefix="redesuas-testes-"))
    config.add_cleanup(lambda: shutil.rmtree(pasta, ignore_errors=True))
    settings.MEDIA_ROOT = pasta / "documentos"
    settings.STATIC_ROOT = pasta / "estaticos"
    settings.STATIC_ROOT.mkdir()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marca, motivo in FALTA.items():
            if motivo and item.get_closest_marker(marca):
                item.add_marker(pytest.mark.skip(reason=motivo))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _de_fora.append(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _de_fora.append(report)


def _sem_desculpa() -> list[str]:
    """O que ficou de fora sem poder ficar, uma linha por teste."""
    return [
        f"{report.nodeid}: {report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr}"
        for report in _de_fora
        if not PODEM_FALTAR & set(report.keywords)
    ]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    exige = os.environ.get("REDESUAS_SEM_PULOS") == "1" and not hasattr(session.config, "workerinput")
    if exige and exitstatus == pytest.ExitCode.OK and _sem_desculpa():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("REDESUAS_SEM_PULOS") == "1" and (linhas := _sem_desculpa()):
        terminalreporter.section("Testes que não podiam ficar de fora")
        for linha in linhas:
            terminalreporter.write_line(linha, red=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """O banco se migra e as telas se compilam uma vez, e se guardam; cada processo de testes começa de uma cópia."""
    from django.db import connection
    from django.template import engines

    from tests import reserva

    reserva.usar_banco_guardado(connection, refazer=request.config.getvalue("create_db"))
    reserva.usar_telas_compiladas(engines.all()[0].env)


@pytest.fixture(autouse=True)
def _o_fim_do_ato_e_o_fim_da_transacao(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nos testes a transação de verdade nunca termina: o que espera o fim dela corre quando o ato de fora termina.

    É assim que a tarefa pedida por um ato corre depois dele, e não corre se ele se desfaz, como fora dos testes.
    """
    from django.db import connections
    from django.db.transaction import Atomic

    sair = Atomic.__exit__

    def sair_e_seguir(bloco: Any, *erro: Any) -> None:
        sair(bloco, *erro)
        conexao = connections[bloco.using or "default"]
        blocos = conexao.atomic_blocks
        if blocos and all(aberto._from_testcase for aberto in blocos) and not conexao.needs_rollback:
            esperam, conexao.run_on_commit = conexao.run_on_commit, []
            for _, funcao, _ in esperam:
                funcao()

    monkeypatch.setattr(Atomic, "__exit__", sair_e_seguir)


@pytest.fixture(scope="module")
def guardado(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """O que as montagens do arquivo inteiro escrevem fica para os testes dele e se desfaz no fim."""
    from django.db import transaction

    bloco = transaction.atomic()
    bloco._from_testcase = True  # type: ignore[attr-defined]  # não é de ato algum: ver o fim do ato, acima
    with django_db_blocker.unblock(), bloco:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def federacao(guardado: None, django_db_blocker: Any) -> None:
    """As UFs, os municípios e a população de 2020, uma vez para o arquivo, já lacrados na trilha."""
    from suas.cadastros.territorio.acoes import carregar_federacao
    from suas.nucleo.identidade.tests.fabricas import AGORA
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO
    from suas.nucleo.trilha.acoes import lacrar

    with django_db_blocker.unblock():
        carregar_federacao(por=ATOR_PUBLICO, em=AGORA)
        lacrar(em=AGORA)


@pytest.fixture(autouse=True, scope="session")
def _estaticos_achados_uma_vez() -> Iterator[None]:
    """O servidor procura os estáticos uma vez, ao subir; aqui cada navegador de teste é um servidor que sobe."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    procurar, achados = WhiteNoiseMiddleware.add_files_from_finders, {}

    def procurar_uma_vez(servidor: WhiteNoiseMiddleware) -> None:
        if not achados:
            procurar(servidor)
            achados.update(servidor.files)
        servidor.files = achados

    with pytest.MonkeyPatch.context() as ajuste:
        ajuste.setattr(WhiteNoiseMiddleware, "add_files_from_finders", procurar_uma_vez)
        yield


@pytest.fixture(scope="session")
def raiz() -> Path:
    """A pasta do projeto."""
    return RAIZ


@pytest.fixture(scope="session")
def compartilhado() -> Path:
    """A pasta dos dados reais; o teste que a usa leva a marca `compartilhado`."""
    return COMPARTILHADO


@pytest.fixture(scope="session")
def caminho_do_chromium() -> str:
    """O executável do Chromium; o teste que o usa leva a marca `navegador`."""
    caminho = chromium()
    assert caminho, "marque o teste com `navegador`"
    return caminho
