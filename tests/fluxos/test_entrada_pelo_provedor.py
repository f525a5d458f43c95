"""A dança inteira com o provedor, no navegador: ligar a conta, sair dos dois lados e entrar por ela."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as ajustes
from django.core.cache import cache

from suas.nucleo import banco
from suas.nucleo.identidade.tests import fabricas
from tests.provedor_oidc.intermediario import provedor_no_ar
from tests.provedor_oidc.servir import CLIENTE, SEGREDO, SENHA

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CPF = "11144477735"
pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def raiz(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """O servidor de teste, com o provedor configurado."""
    cache.clear()
    with provedor_no_ar(tmp_path, contas={CPF: "gold"}, enderecos=[live_server.url]) as provedor:
        settings.OIDC = {
            "nome": "gov.br",
            "emissor": provedor.emissor,
            "cliente": CLIENTE,
            "segredo": SEGREDO,
            "nivel_minimo": "silver",
        }
        politica = deepcopy(ajustes.CONTENT_SECURITY_POLICY)
        politica["DIRECTIVES"]["form-action"].append(provedor.endereco)
        settings.CONTENT_SECURITY_POLICY = politica
        yield live_server.url
    banco.soltar_gatilhos()  # o esvaziar das tabelas no fim, que os gatilhos recusam


@pytest.mark.parametrize("com_javascript", [True, False], ids=["com JavaScript", "sem JavaScript"])
def test_liga_sai_e_entra_pelo_provedor(navegador: Browser, raiz: str, com_javascript: bool) -> None:
    fabricas.instalacao()
    pessoa = fabricas.pessoa_com_vinculo()
    contexto = navegador.new_context(java_script_enabled=com_javascript, locale="pt-BR")
    contexto.set_default_timeout(15_000)
    pagina = contexto.new_page()

    _entrar_com_senha(pagina, raiz, pessoa.email)
    pagina.goto(f"{raiz}/conta/provedor/")
    pagina.get_by_role("link", name="Ligar a conta gov.br").click()
    pagina.get_by_role("textbox", name="Sua senha").fill(fabricas.SENHA)
    pagina.get_by_role("button", name="Confirmar").click()
    _provar_no_provedor(pagina)
    _voltar(pagina, com_javascript)
    pagina.get_by_text("Ligada desde").wait_for()
    _sair(pagina, raiz)

    pagina.goto(f"{raiz}/entrar/")
    pagina.get_by_role("link", name="Entrar com gov.br").click()
    _voltar(pagina, com_javascript)
    pagina.wait_for_url(f"{raiz}/")
    pagina.goto(f"{raiz}/conta/")
    pagina.get_by_text(pessoa.email, exact=True).last.wait_for()

    _sair(pagina, raiz)
    pagina.locator("[name=allow]").click()  # este provedor confirma antes de sair
    pagina.wait_for_url(f"{raiz}/")
    pagina.goto(f"{raiz}/entrar/")
    pagina.get_by_role("link", name="Entrar com gov.br").click()
    pagina.get_by_role("heading", name="Provedor de teste").wait_for()  # saiu também do provedor
    _encerrar(contexto)


def _entrar_com_senha(pagina: Page, raiz: str, email: str) -> None:
    pagina.goto(f"{raiz}/entrar/")
    pagina.get_by_label("E-mail").fill(email)
    pagina.locator("[name=password]").fill(fabricas.SENHA)
    pagina.get_by_role("button", name="Entrar").click()
    pagina.wait_for_url(f"{raiz}/")


def _provar_no_provedor(pagina: Page) -> None:
    pagina.locator("[name=username]").fill(CPF)
    pagina.locator("[name=password]").fill(SENHA)
    pagina.get_by_role("button", name="Entrar no provedor").click()


def _voltar(pagina: Page, com_javascript: bool) -> None:
    if not com_javascript:
        pagina.get_by_role("button", name="Continuar").click()


def _sair(pagina: Page, raiz: str) -> None:
    pagina.goto(f"{raiz}/sair/")
    with pagina.expect_navigation():
        pagina.locator("main").get_by_role("button", name="Sair").click()


def _encerrar(contexto: BrowserContext) -> None:
    contexto.close()
