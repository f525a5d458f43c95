"""Só com o teclado: alcança-se tudo o que se pode acionar, vê-se onde se está, e nenhum botão se confunde com outro."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.fluxos.test_navegador import DA_FEDERAL, DA_GESTAO_MUNICIPAL

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.fluxos.conftest import Sitio

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
DE_QUEM_NAO_ENTROU = (
    ("account_login",),
    ("account_reset_password",),
    ("convite", "{segredo}"),
    ("papeis",),
    ("ajuda-pedir",),
    ("territorio-brasil",),
)
#: Marca o que se pode acionar e está à vista; de um grupo de opções, só uma recebe o foco.
MARCAR = """() => {
  const aberto = e => !e.closest('details:not([open])') || e.tagName === 'SUMMARY';
  const visto = e => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden' && aberto(e);
  const todos = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')]
    .filter(e => visto(e) && !e.disabled && e.tabIndex >= 0);
  const grupos = new Set();
  let n = 0;
  for (const e of todos) {
    if (e.type === 'radio') { if (grupos.has(e.name)) continue; grupos.add(e.name); e.dataset.grupo = e.name; }
    e.dataset.parada = n++;
  }
  document.activeElement.blur();
  window.scrollTo(0, 0);
  return todos.filter(e => e.dataset.parada !== undefined).map(e => [e.dataset.parada,
    e.tagName + ' ' + (e.textContent.trim() || e.name || e.getAttribute('aria-label') || '').slice(0, 50)]);
}"""
ONDE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const estilo = getComputedStyle(e), desenho = e.querySelector('path'), outro = desenho
    && [...e.ownerSVGElement?.querySelectorAll('a path') ?? []].find(p => !e.contains(p));
  // o mapa contorna a área; o navegador contorna por dentro as partes de uma data
  const visivel = e.type === 'date' || (outro && getComputedStyle(desenho).stroke !== getComputedStyle(outro).stroke)
    || estilo.outlineStyle !== 'none' || estilo.boxShadow !== 'none'
    || [...e.querySelectorAll('*'), e.parentElement].some(f => f && getComputedStyle(f).outlineStyle !== 'none');
  const grupo = e.type === 'radio' && document.querySelector(`[data-grupo="${e.name}"]`);
  return {parada: (grupo || e).dataset.parada, visivel, que: e.tagName + ' ' + e.textContent.trim().slice(0, 50)};
}"""
#: Botões que mandam a lugares diferentes e, para quem ouve a tela, se chamam igual.
IGUAIS = """() => {
  const nomes = new Map();
  for (const b of document.querySelectorAll('main form button[type=submit]')) {
    const nome = b.getAttribute('aria-label') || b.textContent.trim().replace(/\\s+/g, ' ');
    const escondidos = [...b.form.querySelectorAll('input[type=hidden]')]
      .filter(i => i.name !== 'csrfmiddlewaretoken').map(i => i.value);
    const vai = b.form.action + escondidos + b.value;
    if (!nomes.has(nome)) nomes.set(nome, new Set());
    nomes.get(nome).add(vai);
  }
  return [...nomes].filter(([, idas]) => idas.size > 1).map(([nome]) => nome);
}"""
VISITAS = [
    pytest.param(None, DE_QUEM_NAO_ENTROU, id="quem não entrou"),
    pytest.param("municipal", DA_GESTAO_MUNICIPAL, id="gestão municipal"),
    pytest.param("federal", DA_FEDERAL, id="administração federal"),
]


@pytest.mark.parametrize("pessoa, paginas", VISITAS)
def test_tudo_se_alcanca_com_o_teclado_e_se_ve_onde_se_esta(
    sitio: Sitio,
    contexto: Callable[..., BrowserContext],
    pessoa: str | None,
    paginas: tuple[tuple[str, ...], ...],
) -> None:
    perfil = contexto()
    if pessoa:
        sitio.entrar(perfil, pessoa)
    pagina = perfil.new_page()
    defeitos = []

    for rota in paginas:
        pagina.goto(sitio.endereco(*rota))
        paradas = dict(pagina.evaluate(MARCAR))
        assert paradas, rota
        vistas: list[str] = []
        for _ in range(len(paradas) + 30):  # uma data tem dia, mês e ano
            pagina.keyboard.press("Tab")
            onde = pagina.evaluate(ONDE)
            if onde is None or (len(set(vistas)) > 1 and onde["parada"] == vistas[0]):
                break
            vistas.append(onde["parada"])
            if not onde["visivel"]:
                defeitos.append(f"{' '.join(rota)}: não se vê o foco em {onde['que']}")
        faltam = [nome for parada, nome in paradas.items() if parada not in vistas]
        defeitos += [f"{' '.join(rota)}: o teclado não chega a {nome}" for nome in faltam]
        defeitos += [f"{' '.join(rota)}: mais de um botão “{nome}”" for nome in pagina.evaluate(IGUAIS)]

    assert not defeitos, "\n".join(defeitos)
