"""O OpenAPI guardado é o do código, e diz em português tudo o que a interface aceita e responde."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

import pytest

from suas.config.interface import GUARDADO, documento
from suas.nucleo.api import interface
from suas.nucleo.api.documentacao import recursos
from tests.contratos import arquivos

ESQUEMA = interface.esquema()
OPERACOES = [
    (f"{metodo.upper()} {caminho}", operacao)
    for caminho, metodos in ESQUEMA["paths"].items()
    for metodo, operacao in metodos.items()
]


def test_o_documento_guardado_e_o_do_codigo() -> None:
    assert GUARDADO.read_text("utf-8") == documento(), "A interface mudou: ./redesuas api openapi --gravar"


@pytest.mark.parametrize("nome, operacao", OPERACOES, ids=[nome for nome, _ in OPERACOES])
def test_cada_recurso_se_explica_e_diz_como_recusa(nome: str, operacao: dict[str, Any]) -> None:
    respostas = operacao["responses"]
    recusas = {situacao for situacao in respostas if situacao >= "400"}

    assert operacao["summary"] and operacao["description"].endswith(".")
    assert {"400", "401", "406", "429", "500"} <= recusas
    assert {"403", "409", "413", "415", "422"} <= recusas or nome.startswith("GET")
    assert all(list(respostas[s]["content"]) == ["application/problem+json"] for s in recusas)
    assert all(p.get("description") for p in operacao["parameters"]), operacao["parameters"]


def test_todo_recurso_de_modulo_esta_montado() -> None:
    """Um `api.py` que ninguém registrou seria código morto."""
    declaradas = {
        palavra.value.value
        for arquivo in arquivos.da_anatomia("api")
        for chamada in ast.walk(arquivos.arvore(arquivo))
        if isinstance(chamada, ast.Call)
        for palavra in chamada.keywords
        if palavra.arg == "operation_id" and isinstance(palavra.value, ast.Constant)
    }

    assert declaradas == {operacao["operationId"] for _, operacao in OPERACOES}


def test_o_exemplo_de_cada_escrita_traz_os_campos_que_ela_exige() -> None:
    grupos = recursos(ESQUEMA, raiz="http://127.0.0.1:8000/")
    for recurso in (r for lista in grupos.values() for r in lista if r.corpo):
        corpo = json.loads(re.search(r"--data '(.*)'", recurso.curl)[1])

        assert {campo.nome for campo in recurso.corpo if campo.obrigatorio} <= set(corpo)
        assert corpo
