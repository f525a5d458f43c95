"""Num navegador de verdade: acessibilidade, telefone, política de segurança, teclado e sem JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.fluxos.axe import com_axe, defeitos_de_acesso
from tests.fluxos.conftest import Sitio

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]

PUBLICAS = (
    ("inicio",),
    ("account_login",),
    ("territorio-brasil",),
    ("territorio-busca",),
    ("territorio-uf", "ES"),
    ("territorio-municipio", "3205309"),
    ("indicadores-lista",),
    ("indicador-mapa", "rcl_per_capita"),
    ("partilhas-lista",),
    ("partilhas-comparar",),
    ("partilha", "{deliberada}"),
    ("partilha-uf", "{deliberada}", "ES"),
    ("partilha-municipio", "{deliberada}", "3205309"),
    ("partilha-insumos", "{deliberada}"),
    ("account_reset_password",),
    ("convite", "{segredo}"),
    ("papeis",),
    ("privacidade",),
    ("api-documentacao",),
    ("ajuda-pedir",),
)
DA_GESTAO_ESTADUAL = (
    ("inicio",),
    ("vinculo",),
    ("account_change_password",),
    ("indicadores-importar",),
    ("indicadores-conferir", "{importacao}"),
    ("indicador-novo",),
    ("indicador-digitar", "3205309"),
    ("partilhas-lista",),
    ("partilha", "{simulada}"),
    ("partilha", "{rascunho}"),
    ("partilha-nova",),
    ("partilha-opcoes", "{simulada}"),
    ("partilha-cenario", "{simulada}"),
    ("partilha-complementares", "{simulada}"),
    ("partilha-insumos", "{simulada}"),
    ("partilha-corrigir", "{simulada}", "3205309"),
    ("partilha-municipio", "{simulada}", "3205309"),
    ("partilha-pecas", "{simulada}"),
    ("partilha-selar", "{deliberada}"),
)
DA_GESTAO_MUNICIPAL = (
    ("rma-preencher", "{unidade}", "2026-11"),
    ("mensais-grade", "3205309", "RMA-CREAS", "2026-11"),
    ("rma-federal", "{unidade}", "2026-10"),
    ("inicio",),
    ("partilha-municipio", "{simulada}", "3205309"),
    ("territorio-municipio", "3205309"),
    ("vinculo",),
    ("acessos",),
    ("acesso-convites",),
    ("acesso-convite", "{convite}"),
    ("acesso-nomear",),
    ("acesso-pessoa", "{nomeada}"),
    ("acesso-mudar", "{vinculo_da_nomeada}"),
    ("acesso-encerrar", "{vinculo_da_nomeada}"),
    ("acesso-passar", "{titular}"),
    ("conta",),
    ("conta-sessoes",),
    ("mfa_index",),
    ("chaves",),
    ("avisos",),
    ("avisos-preferencias",),
    ("ajuda-meus",),
    ("ajuda-atender",),
    ("ajuda-pedido", "{ajuda}"),
    ("trilha",),
    ("trilha-ato", "{ato_da_gestora}"),
    ("trilha-leituras",),
    ("meus-dados",),
    ("meus-dados-pedir",),
)
DE_QUEM_LE = (
    ("inicio",),
    ("partilhas-lista",),
    ("partilha", "{simulada}"),
    ("partilha-municipio", "{simulada}", "3205309"),
    ("territorio-municipio", "3205309"),
)
DA_FEDERAL = (
    ("inicio",),
    ("partilha-nova",),
    ("partilhas-lista",),
    ("indicadores-importar",),
    ("trilha-corrente",),
    ("funcionamento",),
    ("tarefa", "{tarefa}"),
    ("dados-registro",),
    ("dados-guarda",),
    ("dados-pedidos",),
    ("dados-apagar", "{pessoa}"),
    ("correio",),
    ("correio-mensagem", "{mensagem}"),
    ("avisos-textos",),
    ("avisos-texto", "identidade.convite"),
    ("avisos-recado",),
    ("chaves-registro",),
)
DOS_CADASTROS = (
    ("rede-lugar", "3205309"),
    ("rede-unidade", "{unidade}"),
    ("rede-editar", "{unidade}"),
    ("rede-abrir", "3205309"),
    ("rede-pedidos",),
    ("rede-pedido", "{pedido_da_rede}"),
    ("cobertura-brasil",),
    ("cobertura-municipio", "3205309"),
    ("cobertura-territorio", "{cras}"),
    ("ente", "3205309"),
    ("orgao", "3205309", "orgao_gestor"),
    ("fundo", "3205309"),
    ("entidades",),
    ("entidade", "{entidade}"),
    ("inscricoes",),
    ("inscricao", "{pedida}"),
    ("trabalhadores-quadro", "3205309"),
    ("trabalhador", "{trabalhadora}"),
    ("trabalhador-novo", "3205309"),
    ("equipes-lugar", "3205309"),
    ("equipe-unidade", "{unidade}"),
)
VISITAS = [
    pytest.param(None, PUBLICAS, id="público"),
    pytest.param("estadual", DA_GESTAO_ESTADUAL, id="gestão estadual"),
    pytest.param("municipal", DA_GESTAO_MUNICIPAL, id="gestão municipal"),
    pytest.param("municipal", DOS_CADASTROS, id="cadastros"),
    pytest.param("conselho", DE_QUEM_LE, id="conselho"),
    pytest.param("federal", DA_FEDERAL, id="administração federal"),
]
TELAS = {"computador": (1366, 768), "telefone": (360, 740)}
SOBRA = "document.documentElement.scrollWidth - window.innerWidth"
Defeitos = dict[str, list[str]]


def _percorrer(
    sitio: Sitio, contexto: Callable[..., BrowserContext], pessoa: str | None, paginas: tuple[tuple[str, ...], ...]
) -> Defeitos:
    """Abre cada página uma vez e a olha em cada tela, mudando a largura: o que muda com ela é só a folha de estilos."""
    perfil = com_axe(contexto)
    if pessoa:
        sitio.entrar(perfil, pessoa)
    pagina = perfil.new_page()
    erros: list[str] = []
    pagina.on("console", lambda mensagem: erros.append(mensagem.text) if mensagem.type == "error" else None)
    pagina.on("pageerror", lambda erro: erros.append(str(erro)))
    defeitos: Defeitos = {tela: [] for tela in TELAS}

    for rota in paginas:
        erros.clear()
        resposta = pagina.goto(sitio.endereco(*rota))
        for tela, (largura, altura) in TELAS.items():
            pagina.set_viewport_size({"width": largura, "height": altura})
            achados = (
                [f"situação {resposta.status}"] if resposta and resposta.status != 200 else defeitos_de_acesso(pagina)
            )
            sobra = pagina.evaluate(SOBRA)
            achados += [f"rola {sobra} px para o lado"] if sobra > 0 else []
            defeitos[tela] += [f"{' '.join(rota)}: {achado}" for achado in [*achados, *erros]]
    return defeitos


@pytest.fixture(scope="module")
def percorridas() -> dict[tuple[tuple[str, ...], ...], Defeitos]:
    """O que já se viu em cada volta: ela serve às duas telas."""
    return {}


@pytest.mark.parametrize("tela", TELAS)
@pytest.mark.parametrize("pessoa, paginas", VISITAS)
def test_as_paginas_sao_acessiveis_cabem_na_tela_e_nao_dao_erro(
    sitio: Sitio,
    contexto: Callable[..., BrowserContext],
    percorridas: dict[tuple[tuple[str, ...], ...], Defeitos],
    pessoa: str | None,
    paginas: tuple[tuple[str, ...], ...],
    tela: str,
) -> None:
    if paginas not in percorridas:
        percorridas[paginas] = _percorrer(sitio, contexto, pessoa, paginas)

    assert not percorridas[paginas][tela], "\n".join(percorridas[paginas][tela])


def test_a_primeira_tecla_leva_ao_atalho_e_o_atalho_ao_conteudo(
    sitio: Sitio, contexto: Callable[..., BrowserContext]
) -> None:
    pagina = contexto().new_page()
    pagina.goto(sitio.endereco("territorio-brasil"))

    pagina.keyboard.press("Tab")
    atalho = pagina.evaluate("document.activeElement.textContent")
    visivel = pagina.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    pagina.keyboard.press("Enter")

    assert "Ir para o conteúdo" in atalho
    assert visivel
    pagina.wait_for_function("document.activeElement.id === 'conteudo'")


def test_da_busca_a_pagina_do_municipio_so_com_o_teclado(sitio: Sitio, contexto: Callable[..., BrowserContext]) -> None:
    pagina = contexto().new_page()
    pagina.goto(sitio.endereco("territorio-brasil"))

    pagina.focus("#busca")
    pagina.keyboard.type("capital do exemplo es")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/municipio/3205309/")

    assert "Capital do Exemplo" in pagina.inner_text("h1")


def test_sem_javascript_se_abre_simula_e_le_uma_partilha(sitio: Sitio, contexto: Callable[..., BrowserContext]) -> None:
    perfil = contexto(java_script_enabled=False, largura=360, altura=740)
    sitio.entrar(perfil, "estadual")
    pagina = perfil.new_page()

    pagina.goto(sitio.endereco("partilha-nova"))
    for campo, valor in {"nome": "No telefone", "exercicio": "2006", "recurso": "900.000,00", "pbf": "1,80"}.items():
        pagina.fill(f"[name={campo}]", valor)
    pagina.click("main form [type=submit]")
    assert "No telefone" in pagina.inner_text("h1")

    pagina.goto(sitio.endereco("partilha", "{rascunho}"))
    pagina.locator("form[action$='/simular/'] button").first.click()
    pagina.goto(sitio.endereco("partilha-municipio", "{rascunho}", "3205309"))
    assert "Capital do Exemplo" in pagina.inner_text("h1")
