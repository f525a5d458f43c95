"""Pedidos de todo tipo à interface, feitos do próprio OpenAPI: nenhum a derruba, e toda resposta é a que ela promete.

Sempre os mesmos pedidos (sem acaso de uma execução a outra). Para mais tempo, e com acaso:
`REDESUAS_API_PEDIDOS=2000 ./redesuas testar tests/contratos/test_api_ao_acaso.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import negative_data_rejection

from suas.nucleo.api import interface
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db
PEDIDOS = int(os.environ.get("REDESUAS_API_PEDIDOS", "5"))
QUEM = ("estranho", "gestao_estadual@uf")
NAS_PARTILHAS = (*QUEM, "gestao_municipal@municipio")
#: Nomes do endereço que ao acaso nunca acertariam um objeto que existe.
QUE_EXISTEM = {
    "codigo": "rcl_per_capita",
    "codigo_ibge": "3205309",
    "ano": 2020,
    "partilha_id": "{partilha}",
    "andamento_id": "{andamento}",
}
# o acaso não adivinha o ETag, nem manda If-Match quando é preciso
_ACEITAS = ["2xx", "3xx", "401", "403", "404", "409", "412", "428", "429"]
_RECUSAS = ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428"]
CONFIGURACAO = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"expected-statuses": _ACEITAS},
            "negative_data_rejection": {"expected-statuses": _RECUSAS},
            # a chave vai no cabeçalho posto por nós: quem confere a falta dela é a tabela de acesso
            "ignored_auth": {"enabled": False},
        }
    }
)


def _operacoes() -> list[tuple[str, str, str]]:
    """Cada endereço e método, e quem o pede: no que muda conforme o território, também o município."""
    return [
        (caminho, metodo, quem)
        for caminho, metodos in interface.esquema()["paths"].items()
        for metodo in metodos
        for quem in (NAS_PARTILHAS if "partilha" in caminho else QUEM)
    ]


@pytest.fixture(scope="module")
def programa() -> Any:
    documento = schemathesis.openapi.from_dict(interface.esquema(), config=CONFIGURACAO)
    documento.app = get_wsgi_application()
    return documento


def _negou(caso: Any, onde: ParameterLocation) -> bool:
    """O pedido veio errado de propósito neste lugar?"""
    parte = caso.meta.components.get(onde)
    return parte is not None and parte.mode.is_negative


@contextmanager
def na_mesma_conexao() -> Iterator[None]:
    """Como o cliente de testes do Django: o pedido não fecha a conexão em que a cena está; no fim, ele se desfaz."""
    sinais = (request_started, request_finished)
    for sinal in sinais:
        sinal.disconnect(close_old_connections)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for sinal in sinais:
            sinal.connect(close_old_connections)


@pytest.mark.parametrize("caminho, metodo, quem", _operacoes())
def test_nenhum_pedido_derruba_a_interface_nem_foge_do_que_ela_diz(
    caminho: str, metodo: str, quem: str, programa: Any, cena: Cena
) -> None:
    operacao = programa[caminho][metodo]
    # quem confere não abre gzip
    cabecalhos = {"Accept-Encoding": "identity", **cena.autorizacao(quem)}
    nomes = {
        nome: str(valor).format(partilha=cena.partilhas["simulada"].pk, **cena.nomes)
        for nome, valor in QUE_EXISTEM.items()
    }
    casos = st.one_of(
        operacao.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operacao.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @settings(
        max_examples=PEDIDOS,
        derandomize="REDESUAS_API_PEDIDOS" not in os.environ,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(caso=casos, existe=st.booleans())
    def percorrer(caso: Any, existe: bool) -> None:
        cabecalho_errado = _negou(caso, ParameterLocation.HEADER)
        # no lugar do que veio errado de propósito não se põe um que existe
        if existe and not _negou(caso, ParameterLocation.PATH):
            caso.path_parameters = {**caso.path_parameters, **{n: nomes[n] for n in caso.path_parameters if n in nomes}}
        with na_mesma_conexao():
            resposta = caso.call(headers=cabecalhos)
        # a chave que a negação tirou, nós pusemos de volta: aí não há o que recusar
        caso.validate_response(
            resposta, headers=cabecalhos, excluded_checks=[negative_data_rejection] if cabecalho_errado else []
        )

    percorrer()
    assert connection.is_usable()
