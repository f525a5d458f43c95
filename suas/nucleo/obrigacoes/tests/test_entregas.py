"""A entrega: uma de pé por período, retirada quando volta para corrigir, e a primeira é que conta para o prazo."""

from __future__ import annotations

from datetime import date

import pytest

from normas.prazos.calendario import calendario
from normas.prazos.periodos import Periodo
from suas.nucleo.obrigacoes import consultas, sistemas
from suas.nucleo.obrigacoes.acoes import entregas
from suas.nucleo.obrigacoes.models import Entrega
from suas.nucleo.obrigacoes.sistemas import GESTAO, Declaracao, Devedor

pytestmark = pytest.mark.django_db
QUEM = Devedor(quem=GESTAO, nome="Órgão gestor", alvo="Gestão", abrangencia="3205309")
JANELA = calendario("SISC").janela("2026-T1", etapa="confirmação de participação")
DO_SISC = {"sistema": "SISC", "etapa": "confirmação de participação", "periodo": "2026-T1", "devedor": QUEM}


def entregar(dia):
    return entregas.entregar(**DO_SISC, dia=dia)


def retirar(dia):
    return entregas.retirar(**DO_SISC, dia=dia, por_que="devolvido para correção")


def vale(em):
    return consultas.de_pe(JANELA, em=em, onde="BR").exists()


def test_entregar_duas_vezes_e_uma_entrega():
    primeira = entregar(date(2026, 3, 10))

    assert entregar(date(2026, 3, 12)) == primeira
    assert Entrega.objects.count() == 1


def test_devolvida_deixa_de_valer_e_a_pontualidade_e_a_da_primeira():
    entregar(date(2026, 3, 10))

    assert retirar(date(2026, 3, 25))
    assert not vale(date(2026, 3, 26))
    de_novo = entregar(date(2026, 4, 2))

    assert (de_novo.dia, de_novo.primeira) == (date(2026, 4, 2), date(2026, 3, 10))


def test_responde_como_era_em_cada_dia():
    entregar(date(2026, 3, 10))
    retirar(date(2026, 3, 25))
    entregar(date(2026, 4, 2))

    dias = [
        date(2026, 3, 9),
        date(2026, 3, 10),
        date(2026, 3, 24),
        date(2026, 3, 25),
        date(2026, 4, 1),
        date(2026, 4, 2),
    ]
    assert [vale(dia) for dia in dias] == [False, True, True, False, False, True]


def test_retirar_o_que_nao_se_entregou_diz_que_nao_havia():
    assert not retirar(date(2026, 3, 25))


def test_a_entrega_de_um_lugar_nao_aparece_no_vizinho():
    entregar(date(2026, 3, 10))
    dia = date(2026, 3, 11)

    assert consultas.de_pe(JANELA, em=dia, onde="32").count() == 1
    assert consultas.de_pe(JANELA, em=dia, onde="3205309").count() == 1
    assert not consultas.de_pe(JANELA, em=dia, onde="33").exists()
    assert not consultas.de_pe(JANELA, em=dia, onde="3200102").exists()


def test_dois_modulos_nao_dizem_quem_deve_o_mesmo_sistema():
    outra = Declaracao(
        sistema="RMA",
        etapas=("preenchimento",),
        quem="unidade",
        alvos=(),
        contar=lambda periodo, onde, alvos: {},
        listar=lambda periodo, onde, alvos: [],
    )

    with pytest.raises(ValueError, match="Outro módulo já disse quem deve RMA"):
        sistemas.declarar(outra)


def test_cada_sistema_do_calendario_tem_quem_deva():
    assert sistemas.declarados() == ("CENSO", "DEMONSTRATIVO", "PLANO-DE-ACAO", "RMA", "SISC")
    assert {d.quem for d in sistemas.de("CENSO", "preenchimento")} == {"unidade", "gestao", "fundo", "conselho"}
    assert not sistemas.de("RMA", "retificação")


def test_a_janela_suspensa_nao_se_cobra():
    suspensa = calendario("SISC").janela("2024-T1", etapa="confirmação de participação")

    assert suspensa.suspensa is not None
    do_dia = consultas.Calendario().do_dia(date(2024, 3, 15))
    assert Periodo.de_texto("2024-T1") not in {a.janela.periodo for a in do_dia if a.janela.sistema == "SISC"}
