"""A conferência de acessibilidade acha o que está errado, e só isso."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.fluxos.axe import com_axe, defeitos_de_acesso

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.navegador


def test_o_defeito_plantado_e_achado_e_o_que_esta_certo_nao(contexto: Callable[..., BrowserContext]) -> None:
    pagina = com_axe(contexto).new_page()
    certa = "<html lang=pt-BR><title>Certa</title><main><h1>Certa</h1><p style='color:{}'>Texto</p>{}</main>"

    pagina.goto("data:text/html," + certa.format("black", ""))
    na_certa = defeitos_de_acesso(pagina)
    pagina.goto("data:text/html," + certa.format("lightgrey", "<img src=x><button></button>"))
    na_errada = {defeito.split()[0] for defeito in defeitos_de_acesso(pagina)}

    assert na_certa == []
    assert na_errada == {"color-contrast", "image-alt", "button-name"}
