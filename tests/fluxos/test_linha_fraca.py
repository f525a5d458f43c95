"""A linha fraca: o que se escreveu não se perde, não se repete, outro não lê, e não passa por cima de ninguém."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from suas.atendimento.familias.models import Atendimento, PessoaAtendida
from tests.fluxos.conftest import Sitio

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
COORDENACAO = "coordenacao_unidade@municipio"
ESCRITO = "Conversou sobre a escola do filho."
GUARDADO = "() => JSON.stringify(Object.entries(localStorage).filter(([n]) => n.startsWith('redesuas.formulario.')))"


@pytest.fixture
def navegando(sitio: Sitio, contexto: Callable[..., BrowserContext]) -> BrowserContext:
    aberto = contexto()
    sitio.entrar(aberto, COORDENACAO)
    return aberto


def abrir(sitio: Sitio, contexto: BrowserContext) -> Page:
    pagina = contexto.new_page()
    pagina.goto(sitio.endereco("atendimento-novo", "{familia}"))
    return pagina


def escrever(pagina: Page) -> None:
    pagina.get_by_label("Visita domiciliar").check()
    pagina.get_by_label(re.compile("Descrição sumária")).fill(ESCRITO)


def guardado(pagina: Page) -> str:
    """O que ficou no aparelho, depois de ficar algo."""
    pagina.wait_for_function(f"() => ({GUARDADO})() !== '[]'")
    return str(pagina.evaluate(GUARDADO))


def anotados() -> int:
    return Atendimento.objects.filter(descricao=ESCRITO).count()


def test_sem_conexao_guarda_cifrado_e_envia_sozinho_uma_vez_so(sitio: Sitio, navegando: BrowserContext) -> None:
    pagina = abrir(sitio, navegando)
    escrever(pagina)

    navegando.set_offline(True)
    pagina.get_by_role("button", name="Anotar", exact=True).click()
    pagina.locator("[data-linha]").filter(has_text="Sem conexão").wait_for()
    no_aparelho = guardado(pagina)
    navegando.set_offline(False)
    pagina.wait_for_url(sitio.endereco("familia", "{familia}"))
    pagina.get_by_text("Atendimento anotado.").wait_for()

    assert ESCRITO not in no_aparelho and "Visita" not in no_aparelho and "cifra" in no_aparelho
    assert pagina.evaluate(GUARDADO) == "[]", "enviado, não fica no aparelho"
    assert anotados() == 1


def test_a_resposta_que_se_perde_nao_anota_duas_vezes(sitio: Sitio, navegando: BrowserContext) -> None:
    pagina = abrir(sitio, navegando)
    escrever(pagina)
    vezes = []

    def perder_a_primeira(rota: object) -> None:
        vezes.append(1)
        if len(vezes) == 1:
            rota.fetch(max_redirects=0)  # type: ignore[attr-defined]  # o servidor gravou…
            rota.abort()  # type: ignore[attr-defined]  # …e a resposta não voltou
        else:
            rota.continue_()  # type: ignore[attr-defined]

    pagina.route(
        "**/atender/", lambda rota: perder_a_primeira(rota) if rota.request.method == "POST" else rota.continue_()
    )
    pagina.get_by_role("button", name="Anotar", exact=True).click()
    pagina.locator("[data-linha]").filter(has_text="Sem conexão").wait_for()
    pagina.get_by_role("button", name="Tentar agora").click()
    pagina.wait_for_url(sitio.endereco("familia", "{familia}"))

    assert len(vezes) == 2
    assert anotados() == 1


def test_a_entrada_que_cai_guarda_e_quem_volta_envia(sitio: Sitio, navegando: BrowserContext) -> None:
    pagina = abrir(sitio, navegando)
    escrever(pagina)

    navegando.clear_cookies(name="sessionid")
    pagina.get_by_role("button", name="Anotar", exact=True).click()
    pagina.get_by_role("link", name="Entrar de novo e continuar").wait_for()
    sitio.entrar(navegando, COORDENACAO)
    pagina.goto(sitio.endereco("familias"))
    pagina.get_by_role("link", name=re.compile("Anotar atendimento, de")).click()
    pagina.get_by_role("button", name="Enviar agora").click()
    pagina.wait_for_url(sitio.endereco("familia", "{familia}"))

    assert anotados() == 1


def test_outra_pessoa_no_mesmo_computador_nao_le_nem_envia(sitio: Sitio, navegando: BrowserContext) -> None:
    pagina = abrir(sitio, navegando)
    escrever(pagina)
    guardado(pagina)

    navegando.clear_cookies()
    sitio.entrar(navegando, "gestao_municipal@municipio")
    pagina.get_by_role("button", name="Anotar", exact=True).click()
    pagina.locator("[data-linha]").filter(has_text=re.compile("Outra pessoa entrou|não aceitou")).wait_for()
    outra = navegando.new_page()
    outra.goto(sitio.endereco("inicio"))
    outra.locator("main").wait_for()

    assert "por enviar neste aparelho" not in outra.content()
    assert anotados() == 0


def test_sair_apaga_o_que_ficou_e_pergunta_antes(sitio: Sitio, navegando: BrowserContext) -> None:
    pagina = abrir(sitio, navegando)
    escrever(pagina)
    guardado(pagina)
    perguntas = []
    pagina.on("dialog", lambda dialogo: (perguntas.append(dialogo.message), dialogo.accept()))

    pagina.locator(".cabecalho-vinculo summary").click()
    pagina.get_by_role("button", name="Sair").click()
    pagina.wait_for_url(re.compile(r"/(entrar/.*)?$"))

    assert perguntas and "não enviado neste aparelho" in perguntas[0]
    assert pagina.evaluate(GUARDADO) == "[]"


def test_quem_mudou_no_meio_tempo_aparece_ao_lado_e_nada_se_sobrescreve(
    sitio: Sitio, navegando: BrowserContext
) -> None:
    pagina = navegando.new_page()
    pagina.goto(sitio.endereco("pessoa-mudar", "{pessoa_atendida}"))
    pagina.get_by_label("Nome completo").fill("Caio do Aparelho")

    navegando.set_offline(True)
    pagina.get_by_role("button", name="Gravar").click()
    pagina.locator("[data-linha]").filter(has_text="Sem conexão").wait_for()
    PessoaAtendida.objects.filter(pk=sitio.cena.nomes["pessoa_atendida"]).update(nome="Caio da Colega", versao=2)
    navegando.set_offline(False)
    pagina.get_by_text("O que foi gravado no meio tempo.").wait_for()

    aviso = pagina.locator("main").inner_text()
    assert "Caio da Colega" in aviso and "Caio do Aparelho" in aviso
    assert PessoaAtendida.objects.get(pk=sitio.cena.nomes["pessoa_atendida"]).nome == "Caio da Colega"


def test_sem_javascript_segue_funcionando(sitio: Sitio, contexto: Callable[..., BrowserContext]) -> None:
    sem = contexto(java_script_enabled=False)
    sitio.entrar(sem, COORDENACAO)
    pagina = abrir(sitio, sem)
    escrever(pagina)

    pagina.get_by_role("button", name="Anotar", exact=True).click()
    pagina.wait_for_url(sitio.endereco("familia", "{familia}"))

    assert anotados() == 1
