"""Endereço escrito errado, velho ou de má-fé nunca derruba uma página: mostra, recusa ou não existe."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from django.db import transaction

from suas.config.acesso.tabela import Linha, linhas
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db
NOMES = (
    *("pagina", "ordem", "ano", "uf", "classe", "nome", "q", "porte", "termo", "mudanca", "estado"),
    *("vista", "formato", "mostrar", "dado", "indicador", "next", "voltar"),
)
VALORES = {
    "palavra": "abc",
    "negativo": "-1",
    "enorme": "9" * 30,
    "algarismo de outra escrita": "²",
    "coluna alheia": "-senha",
    "comprido": "á%_'\\" * 30,
    "sem nada": "",
}
ARGUMENTOS = ("9" * 40, "\0", "..", "²", "x" * 300)
DE_LEITURA = [linha for linha in linhas() if linha.metodo == "GET" and linha.rota != "codigo-fonte"]


def _pedir(cena: Cena, pessoa: str | None, endereco: str) -> int:
    with transaction.atomic():
        situacao = cena.cliente(pessoa).get(endereco).status_code
        transaction.set_rollback(True)
    return situacao


def _recusas_de(linha: Linha) -> set[int]:
    """O que cabe responder: a um programa, também que falta a chave ou que o parâmetro não serve."""
    return {200, 302, 403, 404} | ({401, 422} if linha.quem == "token" else set())


@pytest.mark.parametrize("linha", DE_LEITURA, ids=lambda linha: linha.chave)
def test_consulta_hostil_nao_derruba_a_pagina(linha: Linha, cena: Cena) -> None:
    base = cena.endereco(linha)

    recebido = {
        (rotulo, pessoa): _pedir(cena, pessoa, f"{base}?{urlencode(dict.fromkeys(NOMES, valor) | cena.dados(linha))}")
        for rotulo, valor in VALORES.items()
        for pessoa in (None, linha.com_poder)
    }

    assert not {pedido: situacao for pedido, situacao in recebido.items() if situacao not in _recusas_de(linha)}


@pytest.mark.parametrize("nome", ["partilhas-comparar", "partilhas-comparar-mapa"])
def test_comparar_o_que_nao_e_partilha_nao_derruba_a_pagina(nome: str, cena: Cena) -> None:
    linha = next(linha for linha in DE_LEITURA if linha.rota == nome)
    base, simulada = cena.endereco(linha), cena.partilhas["simulada"].pk

    recebido = {
        (rotulo, lado): _pedir(cena, linha.com_poder, f"{base}?{urlencode({lado: valor, outro: simulada})}")
        for rotulo, valor in VALORES.items()
        for lado, outro in (("a", "b"), ("b", "a"))
    }

    assert set(recebido.values()) <= {200, 404}, recebido


@pytest.mark.parametrize("linha", [li for li in DE_LEITURA if li.argumentos], ids=lambda linha: linha.chave)
def test_pedaco_de_endereco_hostil_nao_derruba_a_pagina(linha: Linha, cena: Cena) -> None:
    certo = cena.endereco(linha)
    ultimo = cena.argumentos(linha)[-1]

    recebido = {
        hostil: _pedir(cena, linha.com_poder, quote(hostil, safe="").join(certo.rsplit(ultimo, 1)))
        for hostil in ARGUMENTOS
    }

    assert set(recebido.values()) <= _recusas_de(linha) - {302, 403}, recebido


@pytest.mark.parametrize("endereco", ["/territorio/busca?q=%00", "/partilhas/?estado=a%00b"])
def test_caractere_nulo_na_consulta_e_recusado_em_palavras(endereco: str, cena: Cena) -> None:
    resposta = cena.cliente(None).get(endereco)

    assert resposta.status_code == 400
    assert "Este pedido não pôde ser atendido" in resposta.content.decode()
