"""O axe-core em toda página que um perfil do navegador abre, e o que ele acha de grave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

GRAVES = {"serious", "critical"}
#: Só os defeitos, sem montar o que passou; nenhuma página nossa tem som, o que o axe iria buscar.
SO_DEFEITOS = "async () => (await axe.run({resultTypes: ['violations'], preload: false})).violations"


def com_axe(contexto: Callable[..., BrowserContext]) -> BrowserContext:
    """Um perfil em que toda página já abre com o axe-core."""
    perfil = contexto()
    perfil.add_init_script(AXE_SCRIPT)
    return perfil


def defeitos_de_acesso(pagina: Page) -> list[str]:
    """O que o axe-core acha de grave, com o primeiro elemento de cada defeito."""
    return [
        f"{achado['id']} ({achado['impact']}): {achado['nodes'][0]['target']} e mais {len(achado['nodes']) - 1}"
        for achado in pagina.evaluate(SO_DEFEITOS)
        if achado["impact"] in GRAVES
    ]
