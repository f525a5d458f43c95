"""O PDF: A4, com órgão, período, página x de y, avisos, e o caminho de volta à página."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL
from suas.nucleo.tela import papel
from suas.nucleo.tela.tests.fabricas import texto_do_pdf as texto

AGORA = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
VOLTA = "https://suas.exemplo.example/territorio/municipio/3205309/"


def montar(partes, **mudadas) -> bytes:
    documento = papel.Papel(titulo="Vitória/ES", sobre="Município", periodo="2022", endereco="/x", partes=partes)
    comum = {"orgao": "Secretaria do Exemplo", "volta": VOLTA, "avisos": ["Dados sintéticos"], "em": AGORA}
    return papel.montar(documento, **(comum | mudadas))


def test_traz_o_orgao_o_periodo_o_aviso_a_pagina_a_hora_de_brasilia_e_o_endereco():
    escrito = texto(montar([papel.Ficha(pares=[("Porte", "Grande")])]))

    for trecho in ("Secretaria do Exemplo", "Vitória/ES", "2022", "Dados sintéticos.", "Grande", VOLTA):
        assert trecho in escrito
    assert "Impresso em 22/11/2026 às 12:00" in escrito
    assert "página 1 de 1" in escrito


def test_e_a4_e_o_endereco_e_uma_ligacao():
    pdf = montar([papel.Texto(texto="a")])

    assert b"/MediaBox [0 0 595.28 841.89]" in pdf
    assert f"/URI ({VOLTA})".encode() in pdf


def test_quadro_comprido_continua_noutra_pagina_com_o_cabecalho_repetido():
    linhas = [(str(numero), "1.000") for numero in range(120)]

    escrito = texto(montar([papel.Quadro(titulo="População", colunas=("Ano", "Habitantes"), linhas=linhas)]))

    assert escrito.count("Habitantes") == 4
    assert "página 4 de 4" in escrito
    assert escrito.count("Vitória/ES") == 4


def test_o_que_a_fonte_nao_escreve_nao_falha_e_aspas_e_travessao_ficam():
    escrito = texto(montar([papel.Texto(texto="“Rede” — 3 ≥ 2 → −1 漢 fim")]))

    assert "“Rede” — 3 >= 2 > -1 ? fim" in escrito


def test_o_mesmo_documento_no_mesmo_instante_da_os_mesmos_bytes():
    assert montar([papel.Texto(texto="a")]) == montar([papel.Texto(texto="a")])


def test_titulo_nao_fica_sozinho_no_fim_da_pagina():
    linhas = [(str(numero), "1.000") for numero in range(37)]
    partes = [papel.Quadro(titulo="A", colunas=("Ano", "B"), linhas=linhas), papel.Texto(titulo="Sozinho", texto="Não")]

    paginas = texto(montar(partes)).split("página ")

    assert "Sozinho" not in paginas[0] or "Não" in paginas[0]


@pytest.mark.django_db
def test_diz_quem_emitiu_e_nao_se_guarda_e_ao_publico_diz_que_e_consulta_publica():
    fabricas.instalacao(demonstracao=True)
    documento = papel.Papel(titulo="Ficha", endereco="/x/", partes=[papel.Texto(texto="a")])
    respostas = []
    for ator in (ATOR_PUBLICO, fabricas.ator(GESTAO_MUNICIPAL, "3205309")):
        request = RequestFactory().get("/x/")
        request.ator, request.agora = ator, AGORA
        respostas.append(papel.como_pdf(request, documento, nome="ficha"))
    publica, de_alguem = respostas

    assert "12:00 na consulta pública." in texto(publica.content)
    assert "Demonstração: dados sintéticos." in texto(publica.content)
    assert f"12:00 por {ator.pessoa.nome} ({ator.vinculo.em_frase})." in texto(de_alguem.content)
    assert de_alguem["Cache-Control"] == "private, no-store"
