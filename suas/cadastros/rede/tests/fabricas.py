"""Unidades inventadas para os testes."""

from __future__ import annotations

from typing import Any

from django.test import Client

from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.tests.fabricas import VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.permissoes.ator import Ator

ENDERECO = {
    "tipo_logradouro": "Rua",
    "logradouro": "do Exemplo",
    "numero": "12",
    "bairro": "Centro",
    "cep": "29010000",
    "telefone": "2733334444",
}


def unidade(nome: str = "CRAS do Exemplo", *, onde: str = VITORIA, tipo: str = "cras", **campos: Any) -> Unidade:
    """Uma unidade com endereço, em funcionamento, que ninguém conferiu ainda."""
    municipio(onde)
    return Unidade.objects.create(
        **ENDERECO
        | {"nome": nome, "nome_busca": nome_de_busca(nome), "tipo": tipo, "municipio_id": onde, "mudada_em": AGORA}
        | campos
    )


def entrar(quem: Ator) -> Client:
    """Um navegador em que a pessoa já entrou."""
    cliente = Client()
    cliente.force_login(quem.pessoa)
    return cliente
