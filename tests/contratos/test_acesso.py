"""Todo endereço tem linhas na tabela de acesso, e cada linha é percorrida por todos: estranho, de fora, cada papel."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.urls import get_resolver

from suas.config.acesso.tabela import (
    ENTRADA,
    SEM_PAPEL,
    Linha,
    TabelaErrada,
    linhas,
    montar,
    papeis_da_tabela,
    pessoas,
    rotas,
)
from suas.nucleo.permissoes.papeis import PAPEIS, PAPEIS_DE_VINCULO
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db
TABELA = linhas()
DE_ENTRADA = ("account_", "mfa_authenticate", "mfa_reauthenticate")  # as páginas do allauth não declaram métodos


def nomes_dos_enderecos() -> set[str]:
    """Os nomes de todas as rotas da casa."""
    return {nome for nome, _ in rotas(get_resolver().url_patterns)}


def test_todo_endereco_tem_linha_na_tabela_de_acesso() -> None:
    com_linha = {linha.rota for linha in TABELA}

    assert nomes_dos_enderecos() <= com_linha, f"Escreva à mão a linha de: {nomes_dos_enderecos() - com_linha}"
    assert com_linha <= nomes_dos_enderecos(), f"Endereços que não existem mais: {com_linha - nomes_dos_enderecos()}"


def test_a_tabela_nao_repete_linha() -> None:
    chaves = [linha.chave for linha in TABELA]

    assert len(chaves) == len(set(chaves)), sorted(c for c in chaves if chaves.count(c) > 1)


def test_a_tabela_conhece_todos_os_papeis_e_so_eles() -> None:
    assert papeis_da_tabela() == [papel.codigo for papel in PAPEIS_DE_VINCULO], "Reveja os grupos de quem.yaml."


def test_quem_a_tabela_deixa_passar_tem_a_permissao_da_linha() -> None:
    sem = [
        f"{linha.chave}: {quem}"
        for linha in TABELA
        if linha.permissao not in {"nenhuma", "entrar"}
        for quem, pessoa in pessoas().items()
        if linha.situacao(quem) < 400 and linha.permissao not in PAPEIS[pessoa.papel].permissoes
    ]

    assert not sem


@pytest.mark.parametrize(
    ("espera", "diz"),
    [
        ({"entrada": "estranho", 404: "fora", 200: "examinam"}, "falta dizer o que recebe coordenacao_unidade"),
        ({"entrada": "estranho", 404: ["fora", "demais"], 200: ["examinam", "contador"]}, "aparece duas vezes"),
        ({"entrada": "estranho", 404: "fora", 200: "demais"}, "só cabe em recusa"),
        ({200: "todos", 403: "prefeito"}, "não é papel"),
        ({200: "quem_entrou"}, "falta dizer o que recebe estranho"),
        ({299: "todos"}, "não é resposta conhecida"),
    ],
)
def test_linha_que_nao_diz_o_que_cada_um_recebe_e_recusada(espera: dict, diz: str) -> None:
    dados = {"rota": "inicio", "objeto": "a porta", "permissao": "nenhuma", "espera": espera}

    with pytest.raises(TabelaErrada, match=diz):
        montar(dados, modulo="nucleo")


def test_a_entrada_e_exigida_por_padrao() -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


def _recebido(resposta: HttpResponse) -> str:
    """A resposta nas palavras da tabela: o código, ou `entrada` quando leva a ela."""
    leva = resposta.status_code == 302 and resposta["Location"].startswith("/entrar/?next=")
    return ENTRADA if leva else str(resposta.status_code)


@pytest.mark.parametrize("linha", TABELA, ids=lambda linha: linha.chave)
def test_cada_um_recebe_o_que_a_tabela_diz(linha: Linha, cena: Cena) -> None:
    recebido = {}

    for quem in (*SEM_PAPEL, *pessoas()):
        cache.clear()  # o limite de tentativas é por lugar, e aqui todos vêm do mesmo
        with transaction.atomic():
            recebido[quem] = _recebido(cena.pedir(linha, quem))
            transaction.set_rollback(True)

    assert recebido == linha.espera


@pytest.mark.parametrize("rota", sorted({linha.rota for linha in TABELA if not linha.rota.startswith(DE_ENTRADA)}))
def test_cada_metodo_aceito_tem_linha(rota: str, cena: Cena) -> None:
    da_rota = [linha for linha in TABELA if linha.rota == rota]
    de_quem = next((quem for linha in da_rota if (quem := linha.com_poder or linha.escolhido)), None)

    resposta = cena.cliente(de_quem).options(cena.endereco(da_rota[0]))

    assert resposta.status_code == 405, "Diga na view os métodos que ela aceita (require_safe, require_http_methods)."
    assert set(resposta["Allow"].split(", ")) - {"HEAD"} == {linha.metodo for linha in da_rota}
