"""Dois pedidos cruzados sobre o mesmo par, ao mesmo tempo: um vale, o outro é recusado. No PostgreSQL, de verdade."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from suas.cadastros.rede.acoes import pedidos as acoes
from suas.cadastros.rede.models import Pedido, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.rede.tests.juncoes import pedir
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.nucleo.identidade.tests.fabricas import AGORA, ator, instalacao
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL, GESTAO_MUNICIPAL
from suas.nucleo.recusa import AtoRecusado


def _ao_mesmo_tempo(*fazer) -> list[str]:
    """Faz tudo de uma vez, cada um na sua conexão; devolve “feito” ou a recusa de cada um."""
    largada, resultados = threading.Barrier(len(fazer)), []

    def correr(um) -> None:
        try:
            largada.wait(timeout=10)
            um()
            resultados.append("feito")
        except AtoRecusado as recusa:
            resultados.append(str(recusa))
        finally:
            connections.close_all()

    correndo = [threading.Thread(target=correr, args=(um,)) for um in fazer]
    for um in correndo:
        um.start()
    for um in correndo:
        um.join(timeout=30)
    return resultados


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sem_gatilhos_no_fim")
class TestAoMesmoTempo:
    def test_de_dois_pedidos_cruzados_so_um_vale(self):
        instalacao(abrangencia="BR")
        gestora, vizinha = ator(GESTAO_MUNICIPAL, VITORIA), ator(GESTAO_MUNICIPAL, "3205002")
        a, b = unidade("CRAS A"), unidade("CRAS B")

        resultados = _ao_mesmo_tempo(lambda: pedir(gestora, sai=a, fica=b), lambda: pedir(vizinha, sai=b, fica=a))

        assert resultados.count("feito") == 1, resultados
        assert "Já há um pedido para juntar" in next(texto for texto in resultados if texto != "feito")
        assert Pedido.objects.count() == 1

    def test_duas_aprovacoes_do_mesmo_pedido_fazem_uma_juncao(self):
        instalacao(abrangencia="BR")
        gestora, do_estado = ator(GESTAO_MUNICIPAL, VITORIA), [ator(GESTAO_ESTADUAL, uf) for uf in ("32", "35")]
        pedido = pedir(gestora, sai=unidade("CRAS A"), fica=unidade("CRAS B"))

        resultados = _ao_mesmo_tempo(
            *(lambda quem=quem: acoes.aprovar(pedido=pedido, resposta="", por=quem, em=AGORA) for quem in do_estado)
        )

        assert resultados.count("feito") == 1, resultados
        assert any("já foi aprovado" in texto for texto in resultados)
        assert Unidade.objects.filter(fundida_em__isnull=False).count() == 1
