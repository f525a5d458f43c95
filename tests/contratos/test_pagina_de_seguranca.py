"""A página de segurança só promete o que um teste confere."""

from __future__ import annotations

import re

from tests.contratos import arquivos

PAGINA = arquivos.RAIZ / "docs/seguranca.md"
CAPITULOS_QUE_SE_APLICAM = set(range(1, 17))


def test_todo_teste_citado_existe() -> None:
    citados = set(re.findall(r"`(test_\w+)`", PAGINA.read_text("utf-8")))
    existentes = {
        nome
        for arquivo in arquivos.com_final(".py")
        if arquivos.e_de_teste(arquivo)
        for nome in re.findall(r"^def (test_\w+)", arquivo.read_text("utf-8"), re.MULTILINE)
    }

    assert len(citados) > 60
    assert citados <= existentes, f"Sem teste com este nome: {sorted(citados - existentes)}"


def test_todo_capitulo_que_se_aplica_esta_na_pagina_com_um_teste() -> None:
    partes = re.split(r"^## ", PAGINA.read_text("utf-8"), flags=re.MULTILINE)[1:]
    com_teste = {
        int(numero)
        for parte in partes
        if "`test_" in parte
        for numero in re.findall(r"\bV(\d+)\b", parte.splitlines()[0])
    }

    assert com_teste == CAPITULOS_QUE_SE_APLICAM
