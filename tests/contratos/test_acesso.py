"""Todo endereço tem uma linha na tabela de acesso, e a tabela inteira é percorrida por quatro pessoas."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tests.contratos.cena import Cena
from tests.contratos.tabela_de_acesso import TABELA, Linha

QUEM = ("estranho", "de fora", "sem poder", "com poder")
pytestmark = pytest.mark.django_db


def nomes_dos_enderecos() -> set[str]:
    """Os nomes de todas as rotas da casa."""

    def percorrer(itens: list[URLPattern | URLResolver]) -> set[str]:
        achados: set[str] = set()
        for item in itens:
            if isinstance(item, URLResolver):
                achados |= percorrer(item.url_patterns)
            else:
                achados.add(item.name or f"sem nome: {item.pattern}")
        return achados

    return percorrer(get_resolver().url_patterns)


def test_todo_endereco_tem_linha_na_tabela_de_acesso() -> None:
    com_linha = {linha.nome for linha in TABELA}

    assert nomes_dos_enderecos() <= com_linha, f"Escreva à mão a linha de: {nomes_dos_enderecos() - com_linha}"
    assert com_linha <= nomes_dos_enderecos(), f"Endereços que não existem mais: {com_linha - nomes_dos_enderecos()}"


def test_a_tabela_nao_repete_linha() -> None:
    chaves = [linha.chave for linha in TABELA]

    assert len(chaves) == len(set(chaves)), sorted(c for c in chaves if chaves.count(c) > 1)


def test_a_entrada_e_exigida_por_padrao() -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


@pytest.mark.parametrize("linha", TABELA, ids=lambda linha: linha.chave)
def test_cada_um_recebe_o_que_a_tabela_diz(linha: Linha, cena: Cena) -> None:
    recebido = {}

    for quem, pessoa in zip(QUEM, (None, "estadual de fora", linha.sem_poder, linha.com_poder), strict=True):
        with transaction.atomic():
            recebido[quem] = cena.pedir(linha, pessoa).status_code
            transaction.set_rollback(True)

    assert recebido == dict(zip(QUEM, linha.espera, strict=True))


@pytest.mark.parametrize("nome", sorted({linha.nome for linha in TABELA if not linha.nome.startswith("account_")}))
def test_cada_metodo_aceito_tem_linha(nome: str, cena: Cena) -> None:
    linhas = [linha for linha in TABELA if linha.nome == nome]

    resposta = cena.cliente(linhas[0].com_poder).options(cena.endereco(linhas[0]))

    assert resposta.status_code == 405, "Diga na view os métodos que ela aceita (require_safe, require_http_methods)."
    assert set(resposta["Allow"].split(", ")) - {"HEAD"} == {linha.metodo for linha in linhas}
