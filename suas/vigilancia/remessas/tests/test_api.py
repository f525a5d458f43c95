"""Um programa manda meses, lê o relatório por item e acompanha os que mudam; mandar de novo não muda nada."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.api.tests.fabricas import Programa, criar_chave
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis
from suas.vigilancia.fatos import consultas as fatos
from suas.vigilancia.mensais.models import Envio, RegistroMensal
from suas.vigilancia.mensais.tests import fabricas as meses
from suas.vigilancia.mensais.tests.fabricas import MES
from suas.vigilancia.remessas.tests import fabricas

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro", identificador="32053091234")


@pytest.fixture
def da_vigilancia(cras):
    ator = identidade.ator(papeis.VIGILANCIA_MUNICIPAL, cras.municipio_id)
    return Programa(criar_chave(ator, pode_escrever=True))


@pytest.fixture
def mandar(da_vigilancia, django_capture_on_commit_callbacks):
    def _mandar(*remessa):
        with django_capture_on_commit_callbacks(execute=True):
            resposta = da_vigilancia.enviar("post", "/rma/remessas", {"meses": list(remessa)})
        assert resposta.status_code == 202, resposta.content
        return da_vigilancia.get(f"/rma/remessas/{resposta.json()['id']}").json()

    return _mandar


def test_os_meses_mandados_entram_e_o_que_nao_serve_se_diz_por_item(cras, mandar):
    outro = rede.unidade("CRAS Continental")

    feita = mandar(fabricas.mes(cras, A_1=9, A_2=2), fabricas.mes(outro, A_1=5, A_2=8))

    assert feita["situacao"] == "feita" and feita["contas"] == {"enviado": 1, "recusado": 1}
    certo, errado = feita["relatorio"]
    assert (certo["unidade"], certo["situacao"]) == ("32053091234", "enviado")
    impede = next(linha for linha in errado["inconsistencias"] if linha["gravidade"] == "impede")
    assert "A.2" in impede["itens"] and "A.2 = 8" in impede["mensagem"]
    assert fatos.do_lugar(cras.municipio_id, formulario="RMA-CRAS", competencia=MES).itens["A.1"].total == 9


def test_mandar_de_novo_nao_muda_nada_e_trocar_pede_motivo(cras, mandar):
    mandar(fabricas.mes(cras, A_1=9))
    antes = list(RegistroMensal.objects.values())

    igual = mandar(fabricas.mes(cras, A_1=9))
    sem_motivo = mandar(fabricas.mes(cras, A_1=10))
    depois = list(RegistroMensal.objects.values())
    com_motivo = mandar(fabricas.mes(cras, A_1=10, motivo="Faltava um grupo inteiro"))

    assert igual["contas"] == {"igual": 1}
    assert "motivo" in sem_motivo["relatorio"][0]["recusa"]
    assert antes == depois
    assert com_motivo["contas"] == {"corrigido": 1} and Envio.objects.count() == 2


def test_unidade_de_fora_repetida_e_mes_antigo_se_recusam_um_a_um(cras, mandar):
    longe = rede.unidade("CRAS Longe", onde="1501402")

    feita = mandar(
        fabricas.mes(longe, A_1=1),
        fabricas.mes(cras, A_1=1),
        fabricas.mes(cras, A_1=2),
        fabricas.mes(cras) | {"competencia": "2015-01"},
    )

    assert [linha["situacao"] for linha in feita["relatorio"]] == ["recusado", "enviado", "recusado", "recusado"]
    assert "de que você preencha" in feita["relatorio"][0]["recusa"]
    assert "já veio antes" in feita["relatorio"][2]["recusa"] and "2017-01" in feita["relatorio"][3]["recusa"]


def test_a_coordenacao_manda_so_o_da_propria_unidade(cras, django_capture_on_commit_callbacks):
    outro = rede.unidade("CRAS Continental")
    programa = Programa(criar_chave(meses.coordena(cras), pode_escrever=True))

    with django_capture_on_commit_callbacks(execute=True):
        resposta = programa.enviar(
            "post", "/rma/remessas", {"meses": [fabricas.mes(cras, A_1=1), fabricas.mes(outro, A_1=1)]}
        )

    relatorio = programa.get(f"/rma/remessas/{resposta.json()['id']}").json()["relatorio"]
    assert [linha["situacao"] for linha in relatorio] == ["enviado", "recusado"]


def test_quem_acompanha_so_ve_o_que_mudou_depois(cras, mandar, da_vigilancia):
    mandar(fabricas.mes(cras, A_1=9))

    (linha,) = da_vigilancia.get("/rma/meses?competencia=2026-10").json()["itens"]
    instante = RegistroMensal.objects.get().mudado_em
    depois = (instante + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    assert (linha["identificador"], linha["envio"], linha["itens"]["A.1"]) == ("32053091234", 1, 9)
    assert da_vigilancia.get(f"/rma/meses?mudados_desde={depois}").json()["itens"] == []


def test_rascunho_nao_se_le_de_fora(cras, da_vigilancia):
    meses.rascunho(cras, itens={"A.1": 5})

    assert da_vigilancia.get("/rma/meses").json()["itens"] == []
