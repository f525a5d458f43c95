"""Preencher o mês no navegador: cada número se guarda sozinho, sem conexão não se perde, e dois não se sobrescrevem."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from normas.base.competencia import Competencia
from suas.cadastros.rede.models import Unidade
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.acoes import preenchimento
from suas.vigilancia.mensais.tests import fabricas
from tests.fluxos.conftest import Sitio

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador]
MES = Competencia(2026, 11)


def test_o_numero_se_guarda_ao_ser_escrito_e_o_conflito_pergunta(
    sitio: Sitio, contexto: Callable[..., BrowserContext]
) -> None:
    aberto = contexto()
    sitio.entrar(aberto, "coordenacao_unidade@municipio")
    pagina = aberto.new_page()
    pagina.goto(sitio.endereco("rma-preencher", "{unidade}", str(MES)))
    unidade = Unidade.objects.get(pk=sitio.cena.nomes["unidade"])

    pagina.locator("[id='i-A.1']").fill("41")
    pagina.keyboard.press("Enter")
    pagina.keyboard.type("3")
    pagina.keyboard.press("Enter")
    pagina.locator(".celula[data-estado='guardada']:has([id='i-A.2'])").wait_for()
    registro = consultas.registro_de(unidade, competencia=MES)
    assert registro is not None
    assert registro.itens == {"A.1": 41, "A.2": 3}

    aberto.set_offline(True)
    pagina.locator("[id='i-M.1']").fill("12")
    pagina.keyboard.press("Tab")
    pagina.get_by_text("neste aparelho. Tento de novo").wait_for()
    preenchimento.guardar_celula(
        unidade=unidade,
        competencia=MES,
        celula="i-M.1",
        valor="9",
        antes="",
        por=fabricas.coordena(unidade),
        em=registro.mudado_em,
    )
    aberto.set_offline(False)
    pergunta = pagina.locator(".celula:has([id='i-M.1'])").filter(has_text="Qual fica?")
    pergunta.wait_for()
    pergunta.get_by_role("button", name="12", exact=True).click()
    pagina.locator(".celula[data-estado='guardada']:has([id='i-M.1'])").filter(has_text="guardado").wait_for()
    pagina.get_by_text("Guardado às").wait_for()

    pagina.locator("[id='i-M.2']").fill("7")
    pagina.get_by_role("button", name="Guardar rascunho").click()
    pagina.get_by_text("Rascunho guardado.").wait_for()

    registro.refresh_from_db()
    assert (registro.itens["M.1"], registro.itens["M.2"]) == (12, 7)
    assert pagina.evaluate("localStorage.length") == 0
