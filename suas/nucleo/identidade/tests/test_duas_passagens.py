"""Duas trocas de titular ao mesmo tempo: uma vale, a outra é recusada. No PostgreSQL, com duas conexões de verdade."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from suas.nucleo.identidade.acoes import vinculos
from suas.nucleo.identidade.models import Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.recusa import AtoRecusado


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sem_gatilhos_no_fim")
def test_duas_titularidades_com_fim_marcado_ao_mesmo_tempo_so_uma_vale():
    fabricas.instalacao()
    pessoas = [fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, "3205309") for _ in range(2)]
    largada, resultados = threading.Barrier(2), []

    def nomear(pessoa):
        try:
            largada.wait(timeout=10)
            # com fim marcado, o índice único não basta: só a espera e o gatilho impedem
            vinculos.vincular(
                pessoa=pessoa,
                papel=papeis.GESTAO_MUNICIPAL,
                abrangencia="3205309",
                orgao="Secretaria",
                desde=date(2026, 1, 1),
                ate=date(2027, 1, 1),
                por=ATOR_PUBLICO,
                em=fabricas.AGORA,
            )
            resultados.append("feito")
        except AtoRecusado as recusa:
            resultados.append(str(recusa))
        finally:
            connections.close_all()

    correndo = [threading.Thread(target=nomear, args=(pessoa,)) for pessoa in pessoas]
    for um in correndo:
        um.start()
    for um in correndo:
        um.join(timeout=30)

    assert resultados.count("feito") == 1, resultados
    assert "Titular é um só" in next(texto for texto in resultados if texto != "feito")
    assert Vinculo.objects.filter(papel_codigo="gestao_municipal").count() == 1
