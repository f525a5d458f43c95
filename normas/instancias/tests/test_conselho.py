"""O conselho: paridade, cadeiras, mandatos, quórum e voto nominal."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normas.base.inconsistencia import Gravidade
from normas.base.vigencia import Vigencia
from normas.instancias.conselho import (
    Cadeira,
    Mandato,
    Resultado,
    Segmento,
    Voto,
    VotoRecusado,
    apurar,
    com_voto,
    conferir_composicao,
    quorum,
)

EM = date(2026, 5, 4)
PERIODO = Vigencia(date(2025, 1, 1), date(2027, 1, 1))


def cadeira(segmento, numero, periodo=PERIODO, reconducoes=0):
    return Cadeira(
        segmento=segmento,
        titular=Mandato(pessoa=f"t{numero}", vigencia=periodo, reconducoes=reconducoes),
        suplente=Mandato(pessoa=f"s{numero}", vigencia=periodo),
    )


PARITARIO = [
    *(cadeira(Segmento.GOVERNO, numero) for numero in range(3)),
    cadeira(Segmento.USUARIOS, 3),
    cadeira(Segmento.TRABALHADORES, 4),
    cadeira(Segmento.ENTIDADES, 5),
]


def test_o_conselho_em_ordem_nao_tem_falta():
    assert conferir_composicao(cadeiras=PARITARIO, em=EM, cadeiras_da_lei=6, reconducoes_da_lei=1) == ()


@given(st.integers(0, 12), st.integers(0, 12))
def test_so_a_metade_exata_e_paridade(governo, sociedade):
    cadeiras = [cadeira(Segmento.GOVERNO, n) for n in range(governo)]
    cadeiras += [cadeira(Segmento.USUARIOS, governo + n) for n in range(sociedade)]

    faltas = conferir_composicao(cadeiras=cadeiras, em=EM)

    assert ("paridade" in {f.regra for f in faltas}) is (governo != sociedade or not cadeiras)


def test_a_falta_de_paridade_impede_e_diz_os_numeros():
    (falta,) = conferir_composicao(cadeiras=PARITARIO[1:], em=EM)

    assert falta.mensagem.startswith("O conselho é paritário, e tem 2 do governo e 3 da sociedade civil.")
    assert falta.gravidade is Gravidade.IMPEDE
    assert conferir_composicao(cadeiras=[], em=EM)[0].mensagem.startswith("O conselho está sem cadeiras.")


def test_o_resto_so_avisa():
    vencido = Vigencia(date(2023, 1, 1), date(2025, 1, 1))
    cadeiras = [
        cadeira(Segmento.GOVERNO, 0, vencido, reconducoes=2),
        Cadeira(segmento=Segmento.USUARIOS, titular=None, suplente=None),
    ]

    faltas = conferir_composicao(cadeiras=cadeiras, em=EM, cadeiras_da_lei=6, reconducoes_da_lei=1)

    assert {f.gravidade for f in faltas} == {Gravidade.AVISA}
    assert [f.regra for f in faltas] == [
        "cadeiras", "segmentos", "mandato", "reconducao", "mandato", "vago", "vago",
    ]  # fmt: skip
    assert "sem trabalhadores do setor e sem entidades e organizações" in faltas[1].mensagem
    assert "vale de 01/01/2023 a 31/12/2024, e não em 04/05/2026" in faltas[2].mensagem


def test_vota_o_titular_ou_o_suplente_quando_ele_falta():
    votam = com_voto(cadeiras=PARITARIO, presentes={"t0", "s0", "s1", "visita"}, em=EM)

    assert votam == ("t0", "s1")
    assert com_voto(cadeiras=PARITARIO, presentes={"t0"}, em=date(2027, 1, 1)) == ()


@pytest.mark.parametrize(
    ("presentes", "do_regimento", "precisa", "ha"),
    [
        (3, None, 4, False),
        (4, None, 4, True),
        (2, Fraction(1, 3), 3, False),
        (5, Fraction(2, 3), 5, True),
        (1, Fraction(0), 1, True),
    ],
)
def test_o_quorum_e_mais_do_que_a_parte_do_regimento(presentes, do_regimento, precisa, ha):
    conta = quorum(cadeiras=PARITARIO, presentes={f"t{n}" for n in range(presentes)}, em=EM, do_regimento=do_regimento)

    assert (conta.presentes, conta.precisa, conta.ha) == (presentes, precisa, ha)
    assert conta.confirmado is (do_regimento is not None)


def test_o_quorum_e_uma_parte():
    with pytest.raises(ValueError, match="de 0 até menos de 1"):
        quorum(cadeiras=PARITARIO, presentes=set(), em=EM, do_regimento=Fraction(3, 2))


@given(st.dictionaries(st.sampled_from([f"t{n}" for n in range(6)]), st.sampled_from(Voto)))
def test_a_apuracao_segue_a_maioria_dos_votos_dados(votos):
    resultado = apurar(votos=votos, votam=[f"t{n}" for n in range(6)])

    diferenca = sum((v is Voto.SIM) - (v is Voto.NAO) for v in votos.values())
    esperado = {1: Resultado.APROVADA, -1: Resultado.REJEITADA, 0: Resultado.EMPATE}
    assert resultado is esperado[(diferenca > 0) - (diferenca < 0)]


def test_quem_nao_tem_voto_nao_vota():
    with pytest.raises(VotoRecusado, match="Sem voto nesta reunião: s0"):
        apurar(votos={"s0": Voto.SIM}, votam=["t0"])
