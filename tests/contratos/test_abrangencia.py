"""As telas só chegam a um objeto com território por `obter_…_para_…`."""

from __future__ import annotations

import ast

from django.apps import apps

from suas.nucleo import tranca
from tests.contratos import arquivos

BUSCAS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}


def com_territorio() -> set[str]:
    """Os modelos das tabelas que têm a segunda tranca, e a pessoa."""
    tabelas = {declarada.tabela for declarada in tranca.trancas_declaradas()}
    return {modelo.__name__ for modelo in apps.get_models() if modelo._meta.db_table in tabelas} | {"Pessoa"}


def _buscado(no: ast.AST) -> str:
    """O nome do modelo que o trecho busca sozinho, ou nada."""
    if isinstance(no, ast.Attribute) and no.attr == "objects" and isinstance(no.value, ast.Name):
        return no.value.id
    if isinstance(no, ast.Call) and isinstance(no.func, ast.Name) and no.func.id in BUSCAS:
        primeiro = no.args[0] if no.args else None
        return primeiro.id if isinstance(primeiro, ast.Name) else ""
    return ""


def test_tela_nao_busca_sozinha_o_que_tem_territorio() -> None:
    modelos = com_territorio()
    achadas = [
        f"{arquivos.relativo(arquivo)}: {_buscado(no)}"
        for arquivo in arquivos.da_anatomia("views", "api", "forms")
        for no in ast.walk(arquivos.arvore(arquivo))
        if _buscado(no) in modelos
    ]

    assert "Partilha" in modelos
    assert not achadas, f"Chegue ao objeto por obter_…_para_…, em permissoes.py: {achadas}"


def test_toda_funcao_que_obtem_recebe_quem_pede() -> None:
    sem_ator = [
        f"{arquivos.relativo(arquivo)} {funcao.name}"
        for arquivo in arquivos.da_anatomia("permissoes")
        for funcao in arquivos.funcoes(arquivo)
        if funcao.name.startswith("obter_") and (not funcao.args.args or funcao.args.args[0].arg != "ator")
    ]

    assert not sem_ator, f"O primeiro argumento é quem pede: {sem_ator}"
