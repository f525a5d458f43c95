"""As fórmulas dos pisos: os casos que se leem, as recusas em palavras e o valor exato."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from normas.base.numeros import fracao_exata
from normas.pisos.calculo import LetraRecusada, calcular
from normas.pisos.piso import PisoDesconhecido, PisoNaoAplicavel, formula_em, piso, pisos

CASOS = yaml.safe_load((Path(__file__).parent.parent / "casos" / "formulas.yaml").read_text(encoding="utf-8"))
EM_2006 = date(2006, 6, 1)
EM_2005 = date(2005, 10, 1)


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: caso["titulo"])
def test_o_caso_da_o_que_a_conta_diz(caso):
    valor = calcular(piso=piso(caso["piso"]), letras=caso["letras"], em=EM_2006)

    assert fracao_exata(valor.reais) == caso["fracao"]
    assert valor.centavos == round(Fraction(caso["reais"]) * 100)
    assert valor.vigente


def test_ha_caso_de_cada_piso():
    assert {piso(caso["piso"]).codigo for caso in CASOS} == {p.codigo for p in pisos()}


@given(
    centavos=st.integers(0, 10**12),
    divisor=st.integers(1, 10**7),
    meses=st.integers(1, 24),
)
def test_o_valor_exato_multiplicado_de_volta_da_o_que_entrou(centavos, divisor, meses):
    letras = {"CS": f"{centavos // 100}.{centavos % 100:02d}", "FR": str(divisor), "MA": str(meses)}
    valor = calcular(piso=piso("PBF"), letras=letras, em=EM_2006)

    assert valor.reais * divisor * meses * 100 == centavos
    assert abs(valor.centavos - valor.reais * 100) <= Fraction(1, 2)
    assert bool(valor.avisos) == (meses != 12)


@pytest.mark.parametrize(
    ("letras", "frase"),
    [
        ({"CS": "1", "FR": "0", "MA": "12"}, "FR=0: não se divide por zero"),
        ({"CS": "1", "FR": "10", "MA": "0"}, "MA=0: não se divide por zero"),
        ({"CS": "-1", "FR": "10", "MA": "12"}, "CS=-1: .* não pode ser negativo"),
        ({"CS": "1", "FR": "-10", "MA": "12"}, "FR=-10: .* não pode ser negativo"),
        ({"CS": "1", "FR": "10"}, "Falta MA. O PBF é .CS / FR. / MA: escreva CS=... FR=... MA=..."),
        ({}, "Falta CS e FR e MA"),
        ({"CS": "1", "FR": "10", "MA": "12", "CA": "1"}, "“CA” não é letra da fórmula"),
        ({"CS": "1", "cs": "1", "FR": "10", "MA": "12"}, "CS foi escrita duas vezes"),
        ({"CS": "54.000,00", "FR": "10", "MA": "12"}, "Escreva com ponto e até duas casas"),
        ({"CS": "1", "FR": "2.5", "MA": "12"}, "é um número inteiro"),
        ({"CS": "1", "FR": "", "MA": "12"}, "é um número inteiro"),
        ({"CS": "1", "FR": "²", "MA": "12"}, "é um número inteiro"),
        ({"CS": "1", "FR": "9" * 41, "MA": "12"}, "algarismos demais"),
    ],
)
def test_o_que_nao_serve_e_recusado_em_palavras(letras, frase):
    with pytest.raises(LetraRecusada, match=frase):
        calcular(piso=piso("PBF"), letras=letras, em=EM_2006)


def test_a_capacidade_media_pode_ter_casas_mas_e_maior_que_zero():
    with pytest.raises(LetraRecusada, match=r"CA=0\.0: não se divide por zero"):
        calcular(piso=piso("PFMC"), letras={"CS": "1", "CA": "0.0", "MA": "12"}, em=EM_2006)
    with pytest.raises(LetraRecusada, match="é um número, como 50"):
        calcular(piso=piso("PFMC"), letras={"CS": "1", "CA": "cinquenta", "MA": "12"}, em=EM_2006)


@pytest.mark.parametrize(
    ("nome", "codigo"),
    [("pbf", "PBF"), (" PAC I ", "PAC1"), ("PEAC1", "PAC1"), ("PAC-II", "PAC2"), ("pac2", "PAC2")],
)
def test_o_piso_se_acha_pelo_nome_da_norma(nome, codigo):
    assert piso(nome).codigo == codigo


def test_piso_que_nao_ha():
    with pytest.raises(PisoDesconhecido, match=r"“PETI” não é um piso da norma\. Os que existem: PBF, PBT"):
        piso("PETI")


def test_em_2005_valem_as_formulas_da_transicao():
    antes, depois = formula_em(piso("PBF"), em=EM_2005), formula_em(piso("PBF"), em=EM_2006)

    assert (antes.fundamento.dispositivo, depois.fundamento.dispositivo) == (
        "item 6.1, 1, 1.1, a",
        "item 5.5, II, a, Piso Básico Fixo",
    )
    assert formula_em(piso("PFMC"), em=EM_2005).numerador.nome.startswith("valor já repassado")
    with pytest.raises(PisoNaoAplicavel, match="não se aplica antes de 01/01/2006"):
        formula_em(piso("PAC II"), em=EM_2005)


def test_fora_da_norma_a_conta_e_simulacao():
    valor = calcular(piso=piso("PBF"), letras=CASOS[0]["letras"], em=date(2026, 1, 1))

    assert (valor.centavos, valor.vigente) == (180, False)
