"""No navegador, do pedido à cobertura: um pede que o CRAS abra, outro aprova, o município o completa e a conta muda."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from suas.cadastros.rede.models import Unidade
from tests.fluxos.conftest import Sitio

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
CAPITAL = "3205309"
CRAS = "CRAS Morro do Exemplo"
ABERTURA = {
    "nome": CRAS,
    "capacidade": "5000",
    "dia": "02/03/2026",
    "justificativa": "O bairro cresceu, e quem mora nele não chega ao CRAS do Centro.",
}
PESSOA = {
    "nome": "Joana Inventada",
    "cpf": "529.982.247-25",
    "nascimento": "21/03/1985",
    "registro_numero": "1234",
    "carga_horaria": "30",
    "desde": "02/03/2026",
}
DA_PESSOA = {
    "escolaridade": "superior_completo",
    "profissao": "assistente_social",
    "registro_uf": "ES",
    "funcao": "tecnico_superior",
    "vinculo_de_trabalho": "estatutario",
}


def _aparece(pagina: Page, texto: str, *, em: str = "main") -> None:
    """Espera o texto: numa máquina ocupada, a página que o clique pediu ainda está a caminho."""
    pagina.locator(em).filter(has_text=texto).wait_for()


def _figuras(pagina: Page) -> dict[str, int]:
    """Os números de destaque da página, pelo rótulo."""
    lidas = {}
    pagina.locator(".figura").first.wait_for()
    for figura in pagina.locator(".figura").all():
        numero = re.search(r"[\d.]+", figura.locator(".figura-valor").inner_text())
        if numero:
            lidas[figura.locator(".figura-rotulo").inner_text()] = int(numero[0].replace(".", ""))
    return lidas


def _cobertura(pagina: Page, sitio: Sitio) -> dict[str, int]:
    pagina.goto(sitio.endereco("cobertura-municipio", CAPITAL))
    return {nome: _figuras(pagina)[nome] for nome in ("CRAS em funcionamento", "Faltam para o mínimo", "Capacidade")}


def _preencher(pagina: Page, campos: dict[str, str]) -> None:
    for nome, valor in campos.items():
        pagina.fill(f"main [name={nome}]", valor)


@pytest.mark.parametrize("com_javascript", [True, False], ids=["com JavaScript", "sem JavaScript"])
def test_do_pedido_de_abertura_a_cobertura_do_municipio(
    sitio: Sitio, contexto: Callable[..., BrowserContext], com_javascript: bool
) -> None:
    """No telefone quando não há JavaScript: é onde ele mais falta."""
    tela = {} if com_javascript else {"largura": 360, "altura": 740, "java_script_enabled": False}
    do_municipio, do_estado = contexto(**tela), contexto(**tela)
    sitio.entrar(do_municipio, "municipal")
    sitio.entrar(do_estado, "estadual")
    gestora, aprovadora = do_municipio.new_page(), do_estado.new_page()
    # os da cena já passam do mínimo, e um a mais não mudaria a falta
    Unidade.objects.filter(municipio_id=CAPITAL, tipo="cras", fechada_em=None).update(fechada_em=date(2026, 3, 1))
    antes = _cobertura(gestora, sitio)
    assert antes == {"CRAS em funcionamento": 0, "Faltam para o mínimo": 4, "Capacidade": 0}

    _pedir(gestora, sitio)
    assert _cobertura(gestora, sitio) == antes, "pedir não abre"
    _aprovar(aprovadora, sitio)
    ficha = _completar(gestora, sitio)
    _lotar(gestora, ficha)

    depois = {"CRAS em funcionamento": 1, "Faltam para o mínimo": 3, "Capacidade": 5000}
    assert _cobertura(gestora, sitio) == depois
    _aparece(gestora, CRAS)


def _pedir(gestora: Page, sitio: Sitio) -> None:
    gestora.goto(sitio.endereco("rede-lugar", CAPITAL))
    gestora.locator("main").get_by_role("link", name="Pedir para abrir uma unidade").first.click()
    gestora.click("main form [type=submit]")
    _aparece(gestora, "Escreva o nome da unidade.")  # o que falta é dito antes de se pedir
    gestora.select_option("main [name=tipo]", "cras")
    _preencher(gestora, ABERTURA)
    gestora.click("main form [type=submit]")
    _aparece(gestora, "Você fez este pedido: outra pessoa o responde.")
    assert gestora.locator("button[value=aprovar]").count() == 0, "quem pede não aprova"


def _aprovar(aprovadora: Page, sitio: Sitio) -> None:
    aprovadora.goto(sitio.endereco("rede-pedidos"))
    aprovadora.locator("main table a").filter(has_text=CRAS).first.click()
    _aparece(aprovadora, ABERTURA["justificativa"])
    aprovadora.fill("main [name=resposta]", "Conferido com o mapa.")
    aprovadora.locator("button[value=aprovar]").click()
    _aparece(aprovadora, "Pedido aprovado. Quem pediu foi avisado.", em=".pagina-corpo")


def _completar(gestora: Page, sitio: Sitio) -> str:
    """A gestão completa a ficha da unidade que abriu; devolve o endereço dela."""
    gestora.goto(sitio.endereco("rede-lugar", CAPITAL))
    gestora.locator("main table a").filter(has_text=CRAS).first.click()
    _aparece(gestora, "em funcionamento")
    ficha = gestora.url
    gestora.locator("main").get_by_role("link", name="Atualizar").click()
    _preencher(gestora, {"logradouro": "da Capivara", "numero": "10", "bairro": "Morro", "telefone": "27 3333-4444"})
    gestora.locator("main").get_by_role("button", name="Gravar o cadastro").click()
    _aparece(gestora, f"Cadastro de {CRAS} gravado e conferido hoje.", em=".pagina-corpo")
    _aparece(gestora, "da Capivara")
    return ficha


def _lotar(gestora: Page, ficha: str) -> None:
    """Cadastra uma assistente social na unidade; a equipe de referência passa a contá-la."""
    gestora.goto(ficha)
    gestora.locator("main").get_by_role("link", name="Equipe de referência").first.click()
    equipe, sem_ninguem = gestora.url, _figuras(gestora)
    gestora.locator("main").get_by_role("link", name="Cadastrar trabalhador").click()
    assert gestora.locator("main [name=lugar] option:checked").inner_text() == CRAS, "já vem na unidade"
    for nome, valor in DA_PESSOA.items():
        gestora.select_option(f"main [name={nome}]", valor)
    _preencher(gestora, PESSOA)
    gestora.click("main form [type=submit]")
    _aparece(gestora, "Cadastro feito.", em=".pagina-corpo")
    gestora.goto(equipe)
    com_ela = _figuras(gestora)
    _aparece(gestora, "Joana Inventada")
    assert (sem_ninguem["Há na equipe"], com_ela["Há na equipe"]) == (0, 1)
    assert com_ela["Falta"] == sem_ninguem["Falta"] - 1


def test_o_pedido_de_abertura_se_faz_e_se_aprova_so_com_o_teclado(
    sitio: Sitio, contexto: Callable[..., BrowserContext]
) -> None:
    do_municipio, do_estado = contexto(), contexto()
    sitio.entrar(do_municipio, "municipal")
    sitio.entrar(do_estado, "estadual")
    gestora, aprovadora = do_municipio.new_page(), do_estado.new_page()

    gestora.goto(sitio.endereco("rede-abrir", CAPITAL))
    for nome, valor in {"nome": CRAS, "tipo": "CRAS", **ABERTURA}.items():
        _ir_a(gestora, f"[name={nome}]")
        gestora.keyboard.type(valor)
    _ir_a(gestora, "main form [type=submit]")
    gestora.keyboard.press("Enter")
    gestora.wait_for_url("**/rede/pedidos/**")
    _aparece(gestora, CRAS, em="h1")

    aprovadora.goto(gestora.url)
    _ir_a(aprovadora, "[name=resposta]")
    aprovadora.keyboard.type("Pode abrir.")
    _ir_a(aprovadora, "button[value=aprovar]")
    aprovadora.keyboard.press("Enter")
    aprovadora.get_by_text("Pedido aprovado. Quem pediu foi avisado.").wait_for()

    gestora.goto(sitio.endereco("rede-lugar", CAPITAL))
    _aparece(gestora, CRAS)


def _ir_a(pagina: Page, seletor: str) -> None:
    """Tab, e mais Tab, até o foco chegar ao elemento; se não chega, o teclado não o alcança."""
    for _ in range(150):
        if pagina.evaluate("s => document.activeElement.matches(s)", seletor):
            return
        pagina.keyboard.press("Tab")
    raise AssertionError(f"O teclado não chega a {seletor}")
