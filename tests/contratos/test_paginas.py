"""Toda página se lê em português, por leitor de tela, e obedece à política de segurança sem exceções."""

from __future__ import annotations

import re

import pytest

from suas.config.acesso.tabela import Linha, linhas
from tests.contratos.cena import Cena
from tests.fluxos.pagina import Pagina

pytestmark = pytest.mark.django_db
EM_INGLES = re.compile(
    r"\b(submit|search|login|logout|password|username|error|invalid|required|loading|next|previous|cancel|delete|save|"
    r"update|home|page|settings|upload|download|click|please|welcome|not found|forbidden|true|false|none|null)\b",
    re.IGNORECASE,
)
#: Nome de cabeçalho de HTTP, que se escreve como a norma manda.
CABECALHO = "If-None-Match"
COM_PAGINA = [
    linha for linha in linhas() if linha.metodo == "GET" and linha.com_poder and linha.situacao(linha.com_poder) == 200
]


@pytest.fixture(scope="module")
def lidas() -> dict[str, Pagina]:
    """As páginas já pedidas: cada uma serve a todos os testes."""
    return {}


@pytest.fixture(params=COM_PAGINA, ids=lambda linha: linha.chave)
def pagina(request: pytest.FixtureRequest, cena: Cena, lidas: dict[str, Pagina]) -> Pagina:
    """A página vista por quem pode mais; o que não é HTML fica fora da lista."""
    linha: Linha = request.param
    if linha.chave not in lidas:
        lidas[linha.chave] = _ler(linha, cena)
    return lidas[linha.chave]


def _ler(linha: Linha, cena: Cena) -> Pagina:
    resposta = cena.pedir(linha, linha.com_poder)
    html = b"".join(resposta.streaming_content) if resposta.streaming else resposta.content
    lida = Pagina(html.decode("utf-8", errors="replace") if "html" in resposta["Content-Type"] else "")
    lida.inteira = any(tag == "html" for tag, _ in lida.atributos)
    return lida


def test_o_texto_nao_tem_palavra_em_ingles(pagina: Pagina) -> None:
    achadas = sorted({achada.lower() for achada in EM_INGLES.findall(pagina.texto.replace(CABECALHO, ""))})

    assert not achadas, f"Escreva em português: {achadas}"


def test_nada_na_pagina_pede_excecao_a_politica_de_seguranca(pagina: Pagina) -> None:
    pedem = [
        f"<{tag} {nome}>"
        for tag, dados in pagina.atributos
        for nome in dados
        if nome == "style" or nome.startswith("on") or (tag == "script" and "src" not in dados)
    ]
    de_fora = [
        dados[nome]
        for tag, dados in pagina.atributos
        for nome in ("src", "href")
        if tag in {"script", "link", "img", "iframe", "use", "image"} and dados.get(nome, "").startswith(("http", "//"))
    ]

    assert not pedem, f"Ponha em arquivo estático: {pedem}"
    assert not de_fora, f"Sirva daqui mesmo: {de_fora}"


def test_a_pagina_diz_a_lingua_tem_um_titulo_e_ids_unicos(pagina: Pagina) -> None:
    if not pagina.inteira:
        return  # trecho de página, imagem ou arquivo
    linguas = [dados.get("lang") for tag, dados in pagina.atributos if tag == "html"]
    titulos = [tag for tag, _ in pagina.atributos if tag == "h1"]
    ids = [dados["id"] for _, dados in pagina.atributos if "id" in dados]

    assert linguas == ["pt-BR"]
    assert len(titulos) == 1, f"{len(titulos)} títulos h1"
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})


def test_todo_envio_leva_a_protecao_contra_pedido_forjado(pagina: Pagina) -> None:
    sem = [f.acao for f in pagina.formularios if f.metodo == "post" and "csrfmiddlewaretoken" not in f.campos]

    assert not sem, f"Ponha csrf_input no formulário de: {sem}"
