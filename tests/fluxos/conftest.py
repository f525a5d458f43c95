"""O navegador de verdade e o sítio que ele visita."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from suas.nucleo import banco

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from tests.contratos.cena import Cena


@pytest.fixture(scope="session")
def navegador(caminho_do_chromium: str) -> Iterator[Browser]:
    """O Chromium desta máquina, aberto uma vez.

    O Playwright mantém um laço de eventos nesta linha de execução; sem o ajuste, o Django recusaria o banco.
    """
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as ajuste, sync_playwright() as playwright:
        ajuste.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        aberto = playwright.chromium.launch(executable_path=caminho_do_chromium, args=["--no-sandbox"])
        yield aberto
        aberto.close()


@dataclass(frozen=True, kw_only=True)
class Sitio:
    """O servidor de teste, a cena que ele mostra, e como entrar nele."""

    raiz: str
    cena: Cena

    def endereco(self, rota: str, *argumentos: str) -> str:
        nomes = self.cena.nomes | {nome: str(p.pk) for nome, p in self.cena.partilhas.items()}
        return self.raiz + reverse(rota, args=[argumento.format(**nomes) for argumento in argumentos])

    def entrar(self, contexto: BrowserContext, pessoa: str) -> None:
        """Põe no navegador a sessão de uma pessoa da cena."""
        cliente = Client()
        cliente.force_login(self.cena.pessoas[pessoa])
        sessao = cliente.cookies[settings.SESSION_COOKIE_NAME].value
        contexto.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessao, "url": self.raiz}])


class Retrato:
    """A cena, criada uma vez por processo; no SQLite, cada teste recebe uma cópia do banco como ela o deixou."""

    def __init__(self, documentos: Path) -> None:
        self.documentos = documentos
        self._cena: Cena | None = None
        self._banco = sqlite3.connect(":memory:")

    def cena(self) -> Cena:
        from tests import mundo
        from tests.contratos.cena import Cena

        if connection.vendor != "sqlite":
            return Cena(mundo.criar())
        if self._cena is None:
            self._cena = Cena(mundo.criar())
            connection.connection.backup(self._banco)
        else:
            self._banco.backup(connection.connection)
        return self._cena


@pytest.fixture(scope="session")
def retrato(tmp_path_factory: pytest.TempPathFactory) -> Retrato:
    return Retrato(tmp_path_factory.mktemp("documentos"))


@pytest.fixture
def sitio(navegador: Browser, live_server: Any, retrato: Retrato) -> Iterator[Sitio]:
    """A cena inteira, num servidor."""
    with override_settings(MEDIA_ROOT=retrato.documentos):
        yield Sitio(raiz=live_server.url, cena=retrato.cena())
    # O teste com servidor termina esvaziando as tabelas, o que os gatilhos recusam; o `migrate` seguinte os recria.
    banco.soltar_gatilhos()


@pytest.fixture
def contexto(navegador: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Abre um perfil novo do navegador; fecha todos no fim."""
    abertos: list[BrowserContext] = []

    def abrir(*, largura: int = 1366, altura: int = 768, **opcoes: Any) -> BrowserContext:
        abertos.append(navegador.new_context(viewport={"width": largura, "height": altura}, locale="pt-BR", **opcoes))
        abertos[-1].set_default_timeout(15_000)
        return abertos[-1]

    yield abrir
    for aberto in abertos:
        aberto.close()
