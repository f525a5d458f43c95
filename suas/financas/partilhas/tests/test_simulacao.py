"""Simular: o que fica gravado, o que é recusado, o andamento da tarefa."""

from __future__ import annotations

import json

import pytest

from suas.financas.partilhas import tarefas
from suas.financas.partilhas.acoes import insumos, simulacao
from suas.financas.partilhas.consultas import memorias
from suas.financas.partilhas.models import Estado, Insumo, Partilha
from suas.financas.partilhas.tests import fabricas
from suas.nucleo.fila.models import Andamento
from suas.nucleo.fila.models import Estado as EstadoDoAndamento
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.consultas import atos_de

pytestmark = pytest.mark.django_db


def test_simular_reparte_o_recurso_inteiro_e_grava_cotas_grupos_e_memoria(federal, lugares):
    partilha = fabricas.simulada(por=federal)

    assert partilha.estado == Estado.SIMULADA
    pago = sum(partilha.cotas.values_list("valor_centavos", flat=True))
    saldo = sum(partilha.grupos.values_list("saldo_centavos", flat=True))
    assert pago + saldo == partilha.recurso_centavos
    assert partilha.resumo["totais"] == {"municipios": 8, "pago_centavos": pago, "saldo_centavos": saldo}
    dados = memorias.bytes_da_memoria(partilha)
    assert memorias.hashlib.sha256(dados).hexdigest() == partilha.sha256
    assert json.loads(dados)["totais"]["pago"] == pago


def test_situacao_e_motivo_de_cada_um(federal, lugares):
    partilha = fabricas.simulada(por=federal)

    situacoes = dict(partilha.cotas.values_list("municipio_id", "situacao"))
    assert situacoes["3200409"] == "nao_elegivel"
    assert situacoes["3500204"] == "nao_elegivel"
    assert situacoes["3200102"] == "contemplado"
    assert partilha.cotas.get(municipio_id="3500204").motivo == "Não aderiu ao SUAS."


def test_simular_duas_vezes_da_o_mesmo_e_nao_dobra_linhas(federal, lugares):
    partilha = fabricas.simulada(por=federal)
    antes = list(partilha.cotas.values_list("municipio_id", "ordem", "valor_centavos"))

    de_novo = simulacao.simular(partilha=partilha, por=federal, em=AGORA)

    assert de_novo.sha256 == partilha.sha256
    assert list(partilha.cotas.values_list("municipio_id", "ordem", "valor_centavos")) == antes


def test_dado_que_falta_recusa_com_o_municipio_e_o_dado(federal):
    fabricas.territorio(por=federal, sem=[("3200201", "rcl_per_capita")])
    partilha = fabricas.partilha(por=federal)

    with pytest.raises(AtoRecusado, match=r"1 município tem dado .* Beta/ES \(Receita corrente líquida por habitante"):
        simulacao.simular(partilha=partilha, por=federal, em=AGORA)

    assert Partilha.objects.get(pk=partilha.pk).estado == Estado.RASCUNHO


def test_excluir_incompletos_deixa_de_fora_com_o_motivo(federal):
    fabricas.territorio(por=federal, sem=[("3200201", "rcl_per_capita")])

    partilha = fabricas.simulada(por=federal, excluir_incompletos=True)

    cota = partilha.cotas.get(municipio_id="3200201")
    assert (cota.situacao, cota.ordem, cota.indice) == ("nao_classificado", None, "")


def test_insumo_mudado_durante_a_conta_recusa_a_gravacao(federal, lugares):
    partilha = fabricas.partilha(por=federal)

    def mudar_no_meio(etapa: str, feito: int, total: int) -> None:
        if feito == 1:
            Partilha.objects.filter(pk=partilha.pk).update(versao_insumos=9)

    with pytest.raises(AtoRecusado, match="mudaram enquanto a conta era feita"):
        simulacao.simular(partilha=partilha, por=federal, em=AGORA, conte=mudar_no_meio)

    assert not partilha.cotas.exists()


def test_ninguem_vulneravel_e_recusado_com_o_nome_do_dado(federal, lugares):
    partilha = fabricas.partilha(por=federal)
    Insumo.objects.filter(partilha=partilha).update(populacao_vulneravel="0")

    with pytest.raises(AtoRecusado, match="População vulnerável"):
        simulacao.simular(partilha=partilha, por=federal, em=AGORA)


def test_a_tarefa_termina_o_andamento_e_assina_o_ato_de_quem_pediu(federal, lugares):
    partilha = fabricas.partilha(por=federal)

    andamento = tarefas.pedir_simulacao(partilha=partilha, por=federal, em=AGORA)

    andamento.refresh_from_db()
    assert (andamento.estado, andamento.mensagem) == (EstadoDoAndamento.FEITO, "Simulação concluída: 8 municípios.")
    assert atos_de(partilha).first().pessoa_id == federal.pessoa.pk
    assert Partilha.objects.get(pk=partilha.pk).estado == Estado.SIMULADA


def test_a_tarefa_que_nao_pode_diz_por_que_no_andamento(federal):
    fabricas.territorio(por=federal, sem=[("3200201", "rcl_per_capita")])
    partilha = fabricas.partilha(por=federal)

    andamento = tarefas.pedir_simulacao(partilha=partilha, por=federal, em=AGORA)

    andamento = Andamento.objects.get(pk=andamento.pk)
    assert andamento.estado == EstadoDoAndamento.FALHOU
    assert "Beta/ES" in andamento.mensagem


def test_a_memoria_diz_a_fonte_o_ano_e_que_o_dado_e_sintetico(federal, lugares):
    memoria = memorias.memoria_de(fabricas.simulada(por=federal))

    assert {"fonte": "Fonte de teste (dado sintético)", "ano": "2005"} in memoria["origens"]
    assert {"fonte": "Estimativa de teste", "ano": "2005"} in memoria["origens"]


def test_a_memoria_de_uma_uf_basta_e_muda_com_a_simulacao(federal, lugares):
    partilha = fabricas.simulada(por=federal)

    recorte = memorias.memoria_da_uf(partilha, "ES")
    assert {linha["uf"] for linha in recorte["municipios"]} == {"ES"}
    assert memorias.memoria_da_uf(partilha, "ES") == recorte
    assert memorias.memoria_da_uf(partilha, "AC") is None

    insumo = partilha.insumos.get(municipio_id="3200102")
    correcao = insumos.Correcao(dado="rcl_per_capita", valor="1.00", fonte="x", ano=2005, motivo="y")
    insumos.corrigir_insumo(insumo=insumo, correcao=correcao, por=federal, em=AGORA)
    nova = simulacao.simular(partilha=partilha, por=federal, em=AGORA)
    assert memorias.memoria_da_uf(nova, "ES") != recorte


def test_partilha_estadual_reparte_so_entre_os_municipios_da_uf(federal, estadual, lugares):
    partilha = fabricas.simulada(por=estadual, ambito="32")

    assert set(partilha.cotas.values_list("uf", flat=True)) == {"ES"}
    grupos = partilha.grupos.values_list("pago_centavos", "saldo_centavos")
    assert sum(pago + saldo for pago, saldo in grupos) == partilha.recurso_centavos
