"""Todo ato que o programa registra se lê em palavras na trilha."""

from __future__ import annotations

import ast
import re

from suas.nucleo.trilha import frases
from tests.contratos import arquivos

NOME_DE_ATO = re.compile(r"^[a-z_]+\.[a-z_]+$")


def atos_registrados() -> dict[str, str]:
    """Nome de cada ato escrito no programa (`ato="modulo.verbo"`), e onde."""
    return {
        palavra.value.value: f"{arquivos.relativo(arquivo)}:{chamada.lineno}"
        for arquivo in arquivos.com_final(".py")
        if arquivos.relativo(arquivo).startswith(("suas/", "demonstracao/")) and not arquivos.e_de_teste(arquivo)
        for chamada in ast.walk(arquivos.arvore(arquivo))
        if isinstance(chamada, ast.Call)
        for palavra in chamada.keywords
        if palavra.arg == "ato" and isinstance(palavra.value, ast.Constant) and isinstance(palavra.value.value, str)
        if NOME_DE_ATO.match(palavra.value.value)
    }


def test_todo_ato_registrado_tem_frase() -> None:
    sem_frase = {ato: onde for ato, onde in atos_registrados().items() if ato not in frases.declaradas()}

    assert len(atos_registrados()) > 20
    assert not sem_frase, f"Escreva a frase no frases.py do módulo: {sem_frase}"


def test_nenhuma_frase_e_de_ato_que_ninguem_registra() -> None:
    textos = "\n".join(
        arquivo.read_text("utf-8")
        for arquivo in arquivos.com_final(".py")
        if arquivo.name != "frases.py" and not arquivos.e_de_teste(arquivo)
    )
    mortas = [ato for ato in (*frases.declaradas(), *frases.da_historia()) if f'"{ato}"' not in textos]

    assert not mortas, f"Retire do frases.py: {mortas}"


def test_a_frase_comeca_por_verbo_no_passado_e_nao_leva_nome_interno() -> None:
    estranhas = {
        ato: frase
        for ato, frase in (*frases.declaradas().items(), *frases.da_historia().items())
        if not re.match(r"^\w+(?:ou|eu|iu|ôs|ez|iveram|enviou|deu|viu|pôs)\b", frase)
        or "_" in re.sub(r"{\w+}", "", frase)
    }

    assert not estranhas, estranhas
