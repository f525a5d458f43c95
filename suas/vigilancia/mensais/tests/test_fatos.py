"""Os fatos saem dos envios que valem, na hora; refazê-los não muda nada, e o dado atrasado não é caso especial."""

from __future__ import annotations

import pytest

from normas.registros.leitura import formulario
from suas.cadastros.rede.tests import fabricas as rede
from suas.config.rma import main as rma
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.permissoes import papeis
from suas.vigilancia.fatos import consultas
from suas.vigilancia.fatos.models import FatoDaUnidade, FatoDoMunicipio
from suas.vigilancia.mensais import consolidacao, tarefas
from suas.vigilancia.mensais.acoes import conferencia, envio
from suas.vigilancia.mensais.models import Resposta
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES

pytestmark = pytest.mark.django_db
CRAS = {"formulario": "RMA-CRAS", "competencia": MES}


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


@pytest.fixture
def outro():
    return rede.unidade("CRAS Continental")


def enviar(unidade, mes=MES, **itens):
    return fabricas.enviado(unidade, itens=fabricas.zerado(unidade, **itens), mes=mes)


def reabrir(registro):
    envio.reabrir(
        registro=registro, motivo="Faltou somar as visitas", por=fabricas.coordena(registro.unidade), em=AGORA
    )


def test_a_soma_do_municipio_inclui_o_que_se_acabou_de_enviar(cras, outro):
    enviar(cras, A_1=9, A_2=2)
    enviar(outro, A_1=30)

    somas = consultas.do_lugar(cras.municipio_id, **CRAS)

    assert somas.unidades == 2
    assert somas.itens["A.1"] == consultas.Soma(total=39, unidades=2)
    assert somas.itens["A.2"].total == 2
    assert consultas.do_lugar("BR", **CRAS).itens == consultas.do_lugar("32", **CRAS).itens == somas.itens
    assert consultas.das_unidades(cras.municipio_id, **CRAS)[outro.pk]["A.1"] == 30


def test_a_correcao_troca_o_numero_e_ate_la_vale_o_que_se_enviou(cras):
    registro = enviar(cras, A_1=9).registro

    reabrir(registro)
    antes = consultas.do_lugar(cras.municipio_id, **CRAS).itens["A.1"].total
    enviar(cras, A_1=11)

    assert antes == 9
    assert consultas.do_lugar(cras.municipio_id, **CRAS).itens["A.1"] == consultas.Soma(total=11, unidades=1)
    assert FatoDaUnidade.objects.get().envio == 2


def test_o_que_a_vigilancia_devolveu_sai_da_soma_e_volta_o_envio_anterior(cras):
    registro = enviar(cras, A_1=9).registro
    reabrir(registro)
    enviar(cras, A_1=900)
    responder = {"por": identidade.ator(papeis.VIGILANCIA_MUNICIPAL, cras.municipio_id), "em": AGORA}

    conferencia.responder(registro=registro, tipo=Resposta.Tipo.DEVOLVER, motivo="900 famílias não cabem", **responder)

    assert consultas.do_lugar(cras.municipio_id, **CRAS).itens["A.1"].total == 9


def test_devolvido_o_unico_envio_nao_resta_fato_nenhum(cras):
    registro = enviar(cras, A_1=9).registro
    responder = {"por": identidade.ator(papeis.VIGILANCIA_MUNICIPAL, cras.municipio_id), "em": AGORA}

    conferencia.responder(registro=registro, tipo=Resposta.Tipo.DEVOLVER, motivo="900 famílias não cabem", **responder)

    assert not FatoDaUnidade.objects.exists() and not FatoDoMunicipio.objects.exists()


def test_refazer_nao_muda_nada_e_conserta_o_que_diferia(cras, outro):
    enviar(cras, A_1=9)
    enviar(outro, A_1=30)
    certos = list(FatoDoMunicipio.objects.values())

    repetido = consolidacao.do_lugar(cras.municipio_id, competencia=MES)
    FatoDaUnidade.objects.filter(unidade=outro).delete()
    FatoDoMunicipio.objects.update(somas={"A.1": [1, 1]}, unidades=7)
    consertado = consolidacao.do_lugar("32", competencia=MES)

    assert not repetido.mudou and repetido.iguais == 2
    assert (consertado.novos, consertado.iguais) == (1, 1)
    assert list(FatoDoMunicipio.objects.values()) == certos


def test_o_mes_atrasado_entra_no_seu_mes_e_so_nele(cras):
    enviar(cras, A_1=9)
    antigo = MES.meses_antes(3)

    enviar(cras, mes=antigo, A_1=4)

    serie = consultas.da_unidade(cras.pk, formulario="RMA-CRAS", ate=MES, meses=13)
    assert {str(mes): totais["A.1"] for mes, totais in serie.items()} == {str(antigo): 4, str(MES): 9}


def test_o_item_desdobrado_soma_pelo_total_e_o_que_nao_se_aplica_nao_conta():
    creas = rede.unidade("CREAS Bento Ferreira", tipo="creas")
    itens = fabricas.zerado(creas) | {"A.1": 20, "A.2": 3, "nao_oferta": ["III", "IV"]}
    itens = {codigo: valor for codigo, valor in itens.items() if not codigo.startswith(("J", "K", "L"))}
    versao = formulario("RMA-CREAS", em=MES)
    for n, celula in enumerate(versao.itens["B.6"].desdobramento.celulas):
        itens["B.6"] = (itens["B.6"] or {}) | {f"{celula.sexo}, {celula.faixa}": int(n < 3)}

    fatos = consolidacao.totais(itens, versao=versao)

    assert fatos["B.6"] == 3 and fatos["A.1"] == 20
    assert not [codigo for codigo in fatos if codigo.startswith("J")]


def test_a_rotina_diz_o_que_diferia(cras):
    enviar(cras, A_1=9)
    assert tarefas.refazer_fatos(AGORA) == "1 fatos conferidos, nenhum diferia."

    FatoDaUnidade.objects.update(totais={"A.1": 1})

    assert "1 diferiam" in tarefas.refazer_fatos(AGORA)


def test_as_parecidas_sao_do_mesmo_porte_e_formulario_sem_a_propria(cras, outro):
    longe = rede.unidade("CRAS da Serra", onde="3205002")
    for unidade, quantas in ((cras, 9), (outro, 30), (longe, 50)):
        enviar(unidade, A_1=quantas)
    FatoDaUnidade.objects.filter(unidade=longe).update(porte="METROPOLE")
    FatoDaUnidade.objects.exclude(unidade=longe).update(porte="GRANDE")

    achadas = consultas.parecidas(**CRAS, porte="GRANDE", fora=cras.pk)

    assert [totais["A.1"] for totais in achadas] == [30]


@pytest.mark.parametrize(
    "argv, codigo, diz",
    [
        pytest.param(["--municipio", "3205309", "--competencia", "2026-10"], 0, "A.1=9", id="feito"),
        pytest.param(["--municipio", "3205309", "--competencia", "outubro"], 2, "não é um mês", id="mês"),
        pytest.param(["--municipio", "320530", "--competencia", "2026-10"], 2, "7 algarismos", id="código"),
        pytest.param(["--municipio", "3205309", "--competencia", "2015-10"], 2, "2017-01", id="antigo"),
    ],
)
def test_o_comando_refaz_e_diz(cras, capsys, monkeypatch, argv, codigo, diz):
    monkeypatch.setattr("suas.config.rma.preparar_django", lambda **_: None)
    monkeypatch.setattr("suas.config.rma.recusa_do_banco", lambda: "")
    enviar(cras, A_1=9)

    assert rma(["consolidar", *argv]) == codigo

    saidas = capsys.readouterr()
    assert diz in saidas.out + saidas.err
    if not codigo:
        assert "nada mudou" in saidas.out
