"""Os CRAS ano a ano: pelos dias de abertura e de fechamento, e o que não se sabe fica dito."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from suas.cadastros.cobertura.no_tempo import cras_no_tempo
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import HOJE, instalacao

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lugares() -> None:
    instalacao()
    municipio(VITORIA, habitantes=400_000)
    municipio(SERRA, habitantes=20_000)


def anos(onde: str = "32") -> dict[int, tuple[int, int, int]]:
    return {u.ano: (u.cras, u.abriram, u.fecharam) for u in cras_no_tempo(onde, hoje=HOJE).anos}


def test_cada_ano_soma_os_que_abriram_e_tira_os_que_fecharam() -> None:
    unidade("Antigo", aberta_em=date(2023, 12, 31), fechada_em=date(2025, 1, 1))
    unidade("Novo", aberta_em=date(2024, 1, 1), onde=SERRA)

    assert anos() == {2023: (1, 1, 0), 2024: (2, 1, 0), 2025: (1, 0, 1), 2026: (1, 0, 0)}
    assert anos(SERRA) == {2024: (1, 1, 0), 2025: (1, 0, 0), 2026: (1, 0, 0)}


def test_o_futuro_outro_tipo_e_o_sem_dia_nao_entram_nos_anos() -> None:
    unidade("Amanhã", aberta_em=HOJE + timedelta(days=1))
    unidade("Fecha amanhã", aberta_em=HOJE, fechada_em=HOJE + timedelta(days=1))
    unidade("CREAS", tipo="creas", aberta_em=date(2020, 1, 1))
    unidade("Sem dia")
    unidade("Sem dia, fechado", fechada_em=date(2020, 1, 1))

    assert anos() == {2026: (1, 1, 0)}
    assert cras_no_tempo("32", hoje=HOJE).sem_dia == 1


def test_a_pagina_tem_grafico_tabela_planilha_e_cada_ano_abre_as_suas_unidades(client: Client) -> None:
    unidade("CRAS Antigo", aberta_em=date(2023, 6, 1), fechada_em=date(2024, 3, 1))
    unidade("CRAS Novo", aberta_em=date(2024, 1, 1))
    unidade("Sem dia")

    pagina = client.get("/cobertura/anos/ES/").content.decode()
    planilha = client.get("/cobertura/anos/ES/?formato=csv").content.decode()
    de_2023 = client.get("/rede/ES/?tipo=cras&ano=2023").content.decode()

    abriram = client.get("/rede/ES/?tipo=cras&ano=2024&no_ano=abriram").content.decode()
    fecharam = client.get("/rede/ES/?tipo=cras&ano=2024&no_ano=fecharam").content.decode()

    assert 'href="/rede/ES/?tipo=cras&amp;ano=2024&amp;no_ano=abriram">1</a>' in pagina
    assert 'href="/rede/ES/?tipo=cras&amp;ano=2024&amp;no_ano=fecharam">1</a>' in pagina
    assert "ano=2023&amp;no_ano=fecharam" not in pagina
    assert "CRAS Novo" in abriram and "CRAS Antigo" not in abriram
    assert "CRAS Antigo" in fecharam and "CRAS Novo" not in fecharam
    assert '<svg class="anos"' in pagina and "<title>2024: 1</title>" in pagina
    assert 'href="/rede/ES/?tipo=cras&amp;ano=2023">1</a>' in pagina
    assert "1 CRAS em funcionamento não tem" in pagina
    assert "2023,1,1,0" in planilha and "2024,1,1,1" in planilha
    assert "CRAS Antigo" in de_2023 and "CRAS Novo" not in de_2023 and "Sem dia" not in de_2023


def test_sem_nenhum_cras_diz_o_que_vai_aparecer(client: Client) -> None:
    assert "Nenhum CRAS com dia de abertura" in client.get(f"/cobertura/anos/{VITORIA}/").content.decode()
    assert client.get("/cobertura/anos/XX/").status_code == 404
