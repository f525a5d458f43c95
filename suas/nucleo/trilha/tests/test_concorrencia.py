"""Dois lacradores ao mesmo tempo, e gente gravando enquanto se lacra: uma corrente só, sem vão e sem repetição."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from suas.cadastros.territorio.models import UF
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha.acoes import lacrar, registrar
from suas.nucleo.trilha.models import Alteracao, Ato, Elo
from suas.nucleo.trilha.tests import corrente_de_teste as teste

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sem_gatilhos_no_fim")]


@pytest.fixture
def noutra_linha(tmp_path: Path) -> Iterator[Callable[[Callable[[], object]], threading.Thread]]:
    """Executa numa linha com conexão própria. O SQLite dos testes vive na memória: usa-se uma cópia dele em arquivo."""
    principal, arquivo = connections["default"], tmp_path / "copia.sqlite3"
    erros: list[BaseException] = []
    linhas: list[threading.Thread] = []
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(arquivo) as copia:
            connection.connection.backup(copia)
        copia.close()
        connections["default"] = _em_arquivo(arquivo)

    def executar(fazer: Callable[[], object]) -> threading.Thread:
        def corpo() -> None:
            if principal.vendor == "sqlite":
                connections["default"] = _em_arquivo(arquivo)
            try:
                fazer()
            except Exception as erro:  # noqa: BLE001
                erros.append(erro)
            finally:
                connections["default"].close()

        linhas.append(threading.Thread(target=corpo))
        return linhas[-1]

    yield executar
    for linha in linhas:
        linha.join(60)
    if principal.vendor == "sqlite":
        connections["default"].close()
        connections["default"] = principal
    assert not erros


def _em_arquivo(arquivo: Path):
    original = connections.settings["default"]
    return type(connections["default"])({**original, "NAME": str(arquivo)}, "default")


def test_dois_lacradores_e_dois_escritores_fazem_uma_corrente_so(noutra_linha) -> None:
    por = fabricas.ator()

    def escrever(digito: str) -> None:
        for numero in range(15):
            with transaction.atomic():
                codigo = f"{digito}{chr(97 + numero)}"
                uf = UF.objects.create(codigo=codigo, sigla=codigo, nome="Inventada", regiao="Nenhuma")
                registrar(ato="teste.criar", objeto=uf, por=por, em=teste.DEPOIS)

    def lacrar_muitas() -> None:
        for _ in range(10):
            lacrar(em=teste.DEPOIS, limite=7)

    linhas = [noutra_linha(lambda d=d: escrever(d)) for d in "89"] + [noutra_linha(lacrar_muitas) for _ in range(2)]
    for linha in linhas:
        linha.start()
    for linha in linhas:
        linha.join(60)
    lacrar(em=teste.DEPOIS)

    numeros = list(Elo.objects.order_by("numero").values_list("numero", flat=True))
    assert numeros == list(range(1, Ato.objects.count() + Alteracao.objects.count() + 1))
    assert Ato.objects.count() == 30
    assert teste.quebras() == []
    for ato in Ato.objects.all():
        assert [a.chave for a in Alteracao.objects.filter(transacao=ato.transacao)] == [ato.objeto_id]
