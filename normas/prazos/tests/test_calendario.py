"""O calendário federal: as datas que se conhecem, a história das prorrogações e o que se diz quando não se sabe."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from normas.base.competencia import Competencia
from normas.base.fundamento import Fundamento
from normas.parametros.leitura import EVIDENCIAS
from normas.prazos.calendario import CalendarioDesconhecido, JanelaDesconhecida, calendario, sistemas
from normas.prazos.janelas import Janela, Prorrogacao, ProrrogacaoRecusada, Situacao
from normas.prazos.periodos import ANO, MES, MESES_DE, TRIMESTRE, Periodo

ATO = Fundamento("Portaria inventada nº 1/2026", "art. 1º")
CASOS = yaml.safe_load((Path(__file__).parent.parent / "casos/calendario.yaml").read_text(encoding="utf-8"))
MESES = st.builds(Competencia, st.integers(2017, 2100), st.integers(1, 12))


def janela_registrada(**mudancas):
    dados = {
        "sistema": "RMA", "periodo": Periodo.de_texto("2026-01"), "etapa": "retificação", "alvos": (),
        "abre": date(2026, 5, 4), "fecha_na_origem": date(2026, 5, 15), "fundamento": ATO, "evidencia": "confirmado",
    }  # fmt: skip
    return Janela(**(dados | mudancas))


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: f"{caso['sistema']} {caso['periodo']} {caso['etapa']}")
def test_o_calendario_da_a_data_contada_a_mao(caso):
    janela = calendario(caso["sistema"]).janela(str(caso["periodo"]), etapa=caso["etapa"], alvo=caso.get("alvo", ""))

    assert (janela.abre, janela.fecha) == (caso["abre"], caso["fecha"])
    assert str(janela.fundamento)
    assert str(janela.periodo) == str(caso["periodo"])


def test_ha_os_sistemas_da_norma_com_quem_deve_e_o_que_acontece_na_falta():
    assert sistemas() == ("CENSO", "DEMONSTRATIVO", "PLANO-DE-ACAO", "RMA", "SISC")
    for sistema in sistemas():
        lido = calendario(sistema)
        assert lido.nome and lido.consequencia.endswith((".", ")."))
        assert {devedor.tipo for devedor in lido.quem_deve} <= {"unidade", "órgão gestor", "conselho"}
        assert all(devedor.quais and devedor.como for devedor in lido.quem_deve)
        evidencias = [x.evidencia for x in (*lido.regras, *lido.da_abertura, *lido.por_aviso, *lido.escritas)]
        assert evidencias and set(evidencias) <= set(EVIDENCIAS)
        assert len({janela.chave for janela in lido.escritas}) == len(lido.escritas)
    assert next(d.quais for d in calendario("RMA").quem_deve) == ("CRAS", "CREAS", "Centro POP")


def test_a_data_que_nao_se_leu_na_fonte_oficial_e_leitura_do_projeto():
    def evidencia(sistema, periodo, etapa):
        return calendario(sistema).janela(periodo, etapa=etapa).evidencia

    assert evidencia("RMA", "2026-01", "preenchimento") == "confirmado"
    assert evidencia("SISC", "2025-T4", "confirmação de participação") == "confirmado"
    assert evidencia("SISC", "2026-T4", "confirmação de participação") == "leitura do projeto"
    assert evidencia("DEMONSTRATIVO", "2025", "gestor") == "leitura do projeto"
    ultima = calendario("DEMONSTRATIVO").janela("2024", etapa="gestor").prorrogacoes[-1]
    assert (ultima.evidencia, ultima.fundamento.norma) == ("leitura do projeto", "Portaria SNAS/MDS nº 132/2025")


def test_a_prorrogacao_guarda_a_historia_e_so_anda_para_a_frente():
    janela = calendario("CENSO").janela("2023", etapa="preenchimento", alvo="CRAS")

    assert janela.fecha_na_origem == date(2023, 12, 5)
    assert [p.fecha for p in janela.prorrogacoes] == [date(2023, 12, 19), date(2023, 12, 29)]
    mais = janela.prorrogar(Prorrogacao(fecha=date(2023, 12, 30), fundamento=ATO))
    assert (mais.fecha, len(mais.prorrogacoes), len(janela.prorrogacoes)) == (date(2023, 12, 30), 3, 2)
    with pytest.raises(ProrrogacaoRecusada, match="já fecha em 29/12/2023"):
        janela.prorrogar(Prorrogacao(fecha=date(2023, 12, 29), fundamento=ATO))


def test_o_que_nao_se_conhece_se_diz():
    with pytest.raises(JanelaDesconhecida, match=r"CENSO de 2026, etapa “preenchimento”. O calendário se fixa a cada"):
        calendario("CENSO").janela("2026", etapa="preenchimento")
    with pytest.raises(JanelaDesconhecida, match=r"RMA de 2026-01, etapa “retificação”. O ministério abre e fecha"):
        calendario("RMA").janela("2026-01", etapa="retificação")
    with pytest.raises(JanelaDesconhecida, match=r"etapa “gestor”\.$"):
        calendario("PLANO-DE-ACAO").janela("2020", etapa="gestor")
    with pytest.raises(JanelaDesconhecida):
        calendario("RMA").janela("2016-12", etapa="preenchimento")
    with pytest.raises(JanelaDesconhecida):
        calendario("CENSO").janela("2016", etapa="preenchimento", alvo="Família Acolhedora")
    with pytest.raises(CalendarioDesconhecido, match="Os que há: CENSO, DEMONSTRATIVO"):
        calendario("CADSUAS")
    with pytest.raises(ValueError, match="“2026” não é um período do RMA, que é por mês"):
        calendario("RMA").janela("2026", etapa="preenchimento")


def test_a_janela_registrada_aparece_e_vale_mais_do_que_a_regra():
    rma = calendario("RMA")
    retificacao = janela_registrada()
    outra_data = janela_registrada(etapa="preenchimento", fecha_na_origem=date(2026, 3, 10))
    de_outro = janela_registrada(sistema="SISC", etapa="preenchimento")
    registradas = (retificacao, outra_data, de_outro)

    assert rma.janela("2026-01", etapa="retificação", registradas=registradas) is retificacao
    assert rma.janela("2026-01", etapa="preenchimento", registradas=registradas).fecha == date(2026, 3, 10)
    assert len(rma.janelas_de("2026-01", registradas=registradas)) == 2
    assert rma.janelas_de("2026-02", registradas=registradas)[0].fecha == date(2026, 3, 31)
    que_fecham = rma.janelas_que_fecham(desde=date(2026, 3, 1), ate=date(2026, 5, 15), registradas=registradas)
    assert [(str(j.periodo), j.etapa, j.fecha) for j in que_fecham] == [
        ("2026-01", "preenchimento", date(2026, 3, 10)),
        ("2026-02", "preenchimento", date(2026, 3, 31)),
        ("2026-03", "preenchimento", date(2026, 4, 30)),
        ("2026-01", "retificação", date(2026, 5, 15)),
    ]


def test_o_plano_de_acao_conta_da_abertura_e_acaba_em_2024():
    plano = calendario("PLANO-DE-ACAO")
    gestor, conselho = plano.janelas_da_abertura("2024", abertura=date(2024, 9, 30), ato=ATO)

    assert (gestor.etapa, gestor.abre, gestor.fecha) == ("gestor", date(2024, 9, 30), date(2024, 11, 29))
    assert (conselho.etapa, conselho.fecha) == ("conselho", date(2024, 12, 29))
    assert gestor.fundamento.norma == "Portaria MDS nº 113/2015"
    assert gestor.observacao == "Aberto por Portaria inventada nº 1/2026, art. 1º."
    assert (gestor.chave, gestor.evidencia) == (("PLANO-DE-ACAO", "2024", "gestor", ()), "confirmado")
    assert len(plano.janelas_da_abertura(Periodo.de_texto("2015"), abertura=date(2015, 9, 30), ato=ATO)) == 2
    assert plano.janelas_da_abertura("2025", abertura=date(2025, 9, 30), ato=ATO) == ()
    assert plano.janelas_da_abertura("2014", abertura=date(2014, 9, 30), ato=ATO) == ()


def test_o_trimestre_suspenso_nao_se_cobra():
    sisc = calendario("SISC")
    suspensos = {
        f"{ano}-T{t}": bool(sisc.janela(f"{ano}-T{t}", etapa="confirmação de participação").suspensa)
        for ano in (2023, 2024)
        for t in (1, 2, 3, 4)
    }

    assert [periodo for periodo, suspenso in suspensos.items() if suspenso] == [
        "2023-T4", "2024-T1", "2024-T2", "2024-T3",
    ]  # fmt: skip
    janela = sisc.janela("2024-T1", etapa="confirmação de participação")
    assert janela.situacao(hoje=date(2026, 1, 1)) is Situacao.NAO_SE_COBRA
    assert janela.situacao(hoje=date(2026, 1, 1), entregue=date(2024, 3, 1)) is Situacao.NO_PRAZO


@pytest.mark.parametrize(
    ("hoje", "entregue", "situacao"),
    [
        (date(2026, 1, 31), None, Situacao.A_ABRIR),
        (date(2026, 2, 1), None, Situacao.ABERTA),
        (date(2026, 2, 28), None, Situacao.ABERTA),
        (date(2026, 3, 1), None, Situacao.EM_ATRASO),
        (date(2026, 3, 9), date(2026, 2, 28), Situacao.NO_PRAZO),
        (date(2026, 3, 9), date(2026, 3, 1), Situacao.FORA_DO_PRAZO),
    ],
)
def test_a_situacao_do_rma_de_janeiro(hoje, entregue, situacao):
    janela = calendario("RMA").janela("2026-01", etapa="preenchimento")

    assert janela.situacao(hoje=hoje, entregue=entregue) is situacao


def test_o_credito_de_pane_muda_a_situacao_e_nunca_encurta_o_prazo():
    janela = calendario("RMA").janela("2026-01", etapa="preenchimento")
    tarde = date(2026, 3, 2)

    assert janela.situacao(hoje=tarde, fecha_com_credito=tarde) is Situacao.ABERTA
    assert janela.situacao(hoje=tarde, entregue=tarde, fecha_com_credito=tarde) is Situacao.NO_PRAZO
    assert janela.situacao(hoje=date(2026, 2, 28), fecha_com_credito=date(2026, 2, 1)) is Situacao.ABERTA


def test_sem_a_data_de_abertura_a_janela_conta_como_aberta():
    assert janela_registrada(abre=None).situacao(hoje=date(2020, 1, 1)) is Situacao.ABERTA


@settings(deadline=None)
@given(MESES)
def test_todo_mes_do_rma_fecha_no_ultimo_dia_do_seguinte_e_aparece_quando_se_procura(mes):
    rma = calendario("RMA")
    janela = rma.janela(str(mes), etapa="preenchimento")

    assert janela.fecha == mes.seguinte.ate - timedelta(days=1)
    assert janela.abre == mes.ate
    assert [str(j.periodo) for j in rma.janelas_que_fecham(desde=janela.fecha, ate=janela.fecha)] == [str(mes)]


@settings(deadline=None)
@given(st.sampled_from([MES, TRIMESTRE, ANO]), MESES)
def test_o_periodo_se_escreve_e_se_le_e_o_seguinte_comeca_onde_ele_acaba(tipo, mes):
    periodo = Periodo.que_contem(mes, meses=MESES_DE[tipo])

    assert Periodo.de_texto(str(periodo)) == periodo
    assert periodo.primeiro <= mes <= periodo.ultimo
    assert periodo.seguinte.primeiro == periodo.ultimo.seguinte
    assert periodo < periodo.seguinte


@pytest.mark.parametrize("texto", ["", "2026-13", "2026-T5", "2026-T0", "26", "2026-1", "T1-2026", "2026-01-01"])
def test_o_que_nao_e_periodo_se_recusa(texto):
    with pytest.raises(ValueError, match="não é um"):
        Periodo.de_texto(texto)


@pytest.mark.parametrize(
    ("mes", "meses", "periodo"),
    [
        (Competencia(2026, 3), 3, "2026-T1"),
        (Competencia(2026, 4), 3, "2026-T2"),
        (Competencia(2026, 12), 3, "2026-T4"),
        (Competencia(2026, 12), 12, "2026"),
        (Competencia(2026, 12), 1, "2026-12"),
    ],
)
def test_o_periodo_que_contem_o_mes(mes, meses, periodo):
    assert str(Periodo.que_contem(mes, meses=meses)) == periodo


def test_as_datas_escritas_tambem_se_acham_pelo_dia_em_que_fecham():
    censo = calendario("CENSO")

    def que_fecham(desde, ate):
        return [(str(j.periodo), j.etapa) for j in censo.janelas_que_fecham(desde=desde, ate=ate)]

    assert que_fecham(date(2022, 12, 9), date(2022, 12, 9)) == [("2022", "preenchimento")]
    assert que_fecham(date(2022, 12, 10), date(2023, 12, 7)) == []
    assert que_fecham(date(2023, 12, 8), date(2023, 12, 29)) == [("2023", "correção"), ("2023", "preenchimento")]
    assert len(que_fecham(date(2016, 1, 1), date(2016, 12, 31))) == 5
    # o 1º de março do exercício anterior, que é o primeiro dia que se procura
    do_dia = calendario("DEMONSTRATIVO").janelas_que_fecham(desde=date(2027, 3, 1), ate=date(2027, 3, 1))
    assert [str(janela.periodo) for janela in do_dia] == ["2026"]


def test_as_etapas_se_procuram_pelo_alvo():
    janela = janela_registrada(alvos=("CRAS", "CREAS"))

    assert janela.alcanca("CRAS") and not janela.alcanca("Gestão")
    assert janela_registrada().alcanca("Gestão")
