"""Nenhum campo entra no banco sem que se diga se é dado de pessoa, de quem, para quê e por quanto tempo."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from suas.nucleo import banco, classificacao
from suas.nucleo.classificacao import Tabela
from suas.nucleo.dados_pessoais import guarda

MODELOS = {
    modelo._meta.label_lower: modelo
    for modelo in apps.get_models(include_auto_created=True)
    if modelo._meta.managed and not modelo._meta.proxy
}


def _faltas(modelo: type[models.Model], tabela: Tabela | None) -> list[str]:
    """O que a classificação deixou de dizer, disse duas vezes ou disse do que não existe mais."""
    if tabela is None:
        return ["ninguém a classificou: declare no dados.py do módulo"]
    campos = {campo.name for campo in modelo._meta.local_fields}
    ditos = [*tabela.nenhum, *tabela.protegidos]
    return [
        *(f"{campo}: sem classe" for campo in sorted(campos - set(ditos))),
        *(f"{campo}: não existe mais" for campo in sorted(set(ditos) - campos)),
        *(f"{campo}: classificado duas vezes" for campo in sorted({c for c in ditos if ditos.count(c) > 1})),
    ]


@pytest.mark.parametrize("nome", sorted(MODELOS))
def test_todo_campo_da_tabela_esta_classificado_uma_vez(nome: str) -> None:
    assert not _faltas(MODELOS[nome], classificacao.de(nome))


def test_nenhuma_classificacao_fala_de_tabela_que_nao_existe() -> None:
    mortas = [tabela.modelo for tabela in classificacao.declaradas() if tabela.modelo not in MODELOS]

    assert not mortas, f"Retire do dados.py: {mortas}"


def test_o_titular_e_um_caminho_que_chega_a_pessoa() -> None:
    perdidos = []
    for tabela in classificacao.declaradas():
        modelo: type[models.Model] | None = MODELOS[tabela.modelo]
        for passo in filter(None, tabela.titular.split("__")):
            try:
                assert modelo is not None
                modelo = modelo._meta.get_field(passo).related_model  # type: ignore[assignment]
            except (FieldDoesNotExist, AssertionError):
                perdidos.append(f"{tabela.modelo}: {tabela.titular}")
                break

    assert not perdidos


def test_toda_tabela_com_dado_de_pessoa_tem_regra_de_guarda_que_existe() -> None:
    regras = guarda.regras()
    sem_regra = {
        tabela.modelo: tabela.guarda
        for tabela in classificacao.declaradas()
        if (tabela.fala_de_pessoa or tabela.vence) and tabela.guarda not in regras
    }

    assert not sem_regra, f"Escreva a regra em dados_pessoais/guarda.yaml: {sem_regra}"


def test_o_relogio_so_apaga_pelo_prazo_de_uma_data_e_nunca_o_que_so_recebe_acrescimos() -> None:
    fechadas = {gatilho.tabela for gatilho in banco.gatilhos_declarados() if gatilho.operacao == "DELETE"}
    errados = []
    for tabela in classificacao.declaradas():
        if not tabela.vence:
            continue
        modelo = MODELOS[tabela.modelo]
        if not isinstance(modelo._meta.get_field(tabela.vence), models.DateField):
            errados.append(f"{tabela.modelo}: {tabela.vence} não é data")
        if modelo._meta.db_table in fechadas:
            errados.append(f"{tabela.modelo}: o banco recusa apagar")
        errados += [
            f"{tabela.modelo}: a regra {tabela.guarda} não tem prazo"
            for regra in guarda.regras()[tabela.guarda]
            if regra.dias is None
        ]

    assert not errados, errados


def test_a_guarda_percebe_campo_novo_campo_morto_e_dado_pessoal_sem_titular() -> None:
    pessoa = MODELOS["identidade.pessoa"]
    declarada = classificacao.de("identidade.pessoa")
    assert declarada is not None

    sem_nome = Tabela(modelo="identidade.pessoa", nenhum=(*declarada.nenhum, "cpf", "id"))

    assert _faltas(pessoa, sem_nome) == [
        "email: sem classe",
        "last_login: sem classe",
        "nome: sem classe",
        "password: sem classe",
        "cpf: não existe mais",
        "id: classificado duas vezes",
    ]
    with pytest.raises(ValueError, match="pede titular"):
        Tabela(modelo="x.y", nenhum=(), pessoal=("cpf",), finalidade="f", base_legal="b", guarda="g")
