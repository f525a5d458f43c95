"""O PDF: A4, com órgão, período, página x de y, avisos, e o caminho de volta à página."""

import re
import zlib
from datetime import UTC, datetime

from suas.nucleo.tela import papel

AGORA = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
VOLTA = "https://suas.exemplo.example/territorio/municipio/3205309/"


def montar(partes, **mudadas) -> bytes:
    documento = papel.Papel(titulo="Vitória/ES", sobre="Município", periodo="2022", endereco="/x", partes=partes)
    comum = {"orgao": "Secretaria do Exemplo", "volta": VOLTA, "avisos": ["Dados sintéticos"], "em": AGORA}
    return papel.montar(documento, **(comum | mudadas))


def texto(pdf: bytes) -> str:
    """O que está escrito, página a página, sem a formatação."""
    partes = [zlib.decompress(p) for p in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)]
    escrito = "\n".join(
        " ".join(achado.decode("cp1252") for achado in re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", parte))
        for parte in partes
    )
    return " ".join(escrito.split())


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
