"""As famílias para programas: as mesmas regras das telas, cada leitura na trilha, e nenhuma lista aberta."""

from __future__ import annotations

import json

import pytest

from suas.atendimento.familias.models import Atendimento
from suas.atendimento.familias.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.api.tests.fabricas import Programa, criar_chave
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis
from suas.nucleo.trilha.models import Leitura

pytestmark = pytest.mark.django_db
CHAVE = "01940000-0000-7000-8000-000000000001"


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


@pytest.fixture
def prontuario(cras):
    return fabricas.familia(cras, nome="Alba do Exemplo", cpf="52998224725")


def programa(unidade, papel=papeis.TECNICO_SUPERIOR, *, escreve=True):
    return Programa(criar_chave(fabricas.tecnica(unidade, papel), pode_escrever=escreve))


def procura(quem, termo):
    return quem.enviar("post", "/familias/procura", {"termo": termo})


def anotar(quem, prontuario, **mudancas):
    corpo = {"chave": CHAVE, "tipo": 7, "dia": "2026-11-20", "descricao": "Visitou a casa."} | mudancas
    return quem.enviar("post", f"/familias/{prontuario.familia_id}/atendimentos", corpo)


def test_procura_acha_no_municipio_e_a_leitura_fica_na_trilha(cras, prontuario):
    achadas = json.loads(procura(programa(cras, escreve=False), "alba").content)

    assert [(i["nome"], i["familia"], i["na_unidade"]) for i in achadas["itens"]] == [
        ("Alba do Exemplo", str(prontuario.familia_id), True)
    ]
    assert not achadas["ha_mais"]
    assert Leitura.objects.filter(motivo="Lido por programa").exists()


def test_a_familia_se_le_com_a_composicao_e_sem_o_que_se_anotou(cras, prontuario):
    fabricas.atendimento(prontuario)

    resposta = programa(cras, escreve=False).get(f"/familias/{prontuario.familia_id}")

    lida = json.loads(resposta.content)
    assert (lida["prontuario"], lida["composicao"][0]["cpf"]) == (1, "52998224725")
    assert "Conversou" not in resposta.content.decode()


def test_anotar_duas_vezes_com_a_mesma_chave_anota_uma(cras, prontuario):
    quem = programa(cras)

    respostas = [anotar(quem, prontuario).status_code for _ in range(2)]
    outra = anotar(quem, prontuario, descricao="Outra coisa.")

    assert respostas == [201, 201]
    assert outra.status_code == 409
    assert Atendimento.objects.count() == 1


@pytest.mark.parametrize(
    "mudanca, campo",
    [({"tipo": 8}, "tipo"), ({"pessoa": CHAVE}, "pessoa"), ({"dia": "2099-01-01"}, "dia")],
)
def test_a_recusa_diz_o_campo_e_o_que_fazer(cras, prontuario, mudanca, campo):
    resposta = anotar(programa(cras), prontuario, **mudanca)

    assert resposta.status_code == 409
    assert json.loads(resposta.content)["erros"][0]["campo"] == campo


def test_quem_nao_atende_nem_e_do_municipio_nao_chega(cras, prontuario):
    da_serra = rede.unidade("CRAS da Serra", onde="3205002")
    gestao = Programa(criar_chave(identidade.ator(papeis.GESTAO_MUNICIPAL, cras.municipio_id)))
    endereco = f"/familias/{prontuario.familia_id}"

    assert programa(da_serra).get(endereco).status_code == 404
    assert json.loads(procura(programa(da_serra), "alba").content)["itens"] == []
    assert procura(gestao, "alba").status_code == 403
    assert anotar(programa(cras, papeis.RECEPCAO), prontuario).status_code == 403
    assert anotar(programa(cras, escreve=False), prontuario).status_code == 403
    assert Programa().get(endereco).status_code == 401
