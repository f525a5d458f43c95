"""Quem recebe cada piso, e a transição: cobertura e congelamento."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from normas.habilitacao.niveis import NivelDeGestao
from normas.instancias.orgao import Orgao
from normas.pisos.direito import direito, direitos
from normas.pisos.piso import piso
from normas.pisos.transicao import cobertura_da_transicao, congelamento

EM_2006 = date(2006, 6, 1)


@pytest.mark.parametrize(
    ("nivel", "recebe"),
    [
        (NivelDeGestao.NAO_HABILITADO, []),
        (NivelDeGestao.INICIAL, ["PBT", "PTMC", "PAC1"]),
        (NivelDeGestao.BASICA, ["PBF", "PBT", "PBV", "PTMC", "PAC1"]),
        (NivelDeGestao.PLENA, ["PBF", "PBT", "PBV", "PTMC", "PFMC", "PAC1", "PAC2"]),
        (NivelDeGestao.DF, ["PBF", "PBT", "PBV", "PTMC", "PFMC", "PAC1", "PAC2"]),
    ],
)
def test_os_pisos_de_cada_nivel(nivel, recebe):
    assert [d.piso.codigo for d in direitos(nivel=nivel, em=EM_2006) if d.recebe] == recebe


def test_a_basica_recebe_o_variavel_so_para_a_revisao_do_bpc():
    do_nivel = direito(piso=piso("PBV"), nivel=NivelDeGestao.BASICA, em=EM_2006)

    assert (do_nivel.so_na_parcela, do_nivel.gestor) == ("revisão do BPC", Orgao.MUNICIPIO)
    assert "só para revisão do BPC" in do_nivel.motivo
    assert "incentivos, e" in do_nivel.fundamento.dispositivo


def test_do_nao_habilitado_o_estado_gere_a_serie_historica_e_o_resto_nao_existe():
    geridos = {d.piso.codigo: d.gestor for d in direitos(nivel=NivelDeGestao.NAO_HABILITADO, em=EM_2006)}

    assert [codigo for codigo, gestor in geridos.items() if gestor is Orgao.ESTADO] == ["PBT", "PTMC", "PAC1"]
    assert geridos["PBF"] is None


def test_o_df_gere_o_seu_e_em_2005_nao_ha_alta_complexidade_ii():
    em_2005 = direito(piso=piso("PAC2"), nivel=NivelDeGestao.PLENA, em=date(2005, 12, 31))

    assert direito(piso=piso("PBF"), nivel=NivelDeGestao.DF, em=EM_2006).gestor is Orgao.DF
    assert (em_2005.recebe, em_2005.fundamento.dispositivo) == (False, "item 6.1, 1, 1.2, Alta Complexidade, b")


def test_a_inicial_nao_recebe_o_fixo_e_se_diz_por_que():
    do_nivel = direito(piso=piso("PBF"), nivel=NivelDeGestao.INICIAL, em=EM_2006)

    assert (do_nivel.recebe, do_nivel.gestor) == (False, None)
    assert do_nivel.motivo == "A gestão inicial não recebe o Piso Básico Fixo."


def test_a_cobertura_da_transicao_e_o_repassado_sobre_a_media():
    # 36.000,00 no ano, a 5,00 por família e mês (60,00 no ano), cobrem 600 famílias: 3/5 de 1.000 vulneráveis.
    cobertura = cobertura_da_transicao(
        repassado_no_ano_centavos=3_600_000, media_mensal_centavos=Fraction(500), familias_vulneraveis=1000
    )

    assert (cobertura.familias_cobertas, cobertura.proporcao) == (600, Fraction(3, 5))


@pytest.mark.parametrize(
    ("repassado", "media", "familias", "frase"),
    [
        (-1, Fraction(1), 1, "não pode ser negativo"),
        (1, Fraction(0), 1, "calcule antes o PBT"),
        (1, Fraction(1), 0, "ao menos 1 família vulnerável, e há 0"),
    ],
)
def test_a_cobertura_recusa_o_que_nao_existe(repassado, media, familias, frase):
    with pytest.raises(ValueError, match=frase):
        cobertura_da_transicao(
            repassado_no_ano_centavos=repassado, media_mensal_centavos=media, familias_vulneraveis=familias
        )


@pytest.mark.parametrize(
    ("permanentes", "congelado", "falta"), [(0, True, 10_000), (9_999, True, 1), (10_000, False, 0), (20_000, False, 0)]
)
def test_a_transicao_fica_congelada_ate_ser_alcancada(permanentes, congelado, falta):
    conta = congelamento(transicao_centavos=10_000, permanentes_centavos=permanentes)

    assert (conta.congelado, conta.falta_centavos) == (congelado, falta)
    assert ("segue congelada" in conta.motivo) is congelado


def test_congelamento_de_valor_negativo_nao_existe():
    with pytest.raises(ValueError, match="não podem ser negativos"):
        congelamento(transicao_centavos=-1, permanentes_centavos=0)
