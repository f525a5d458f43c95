"""Cada ponto exato: antes de tomar, depois de tomar, antes do commit, depois do commit; e o que a tela diz."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from suas.nucleo.fila import acoes, execucao, posse
from suas.nucleo.fila.backend import NaHora
from suas.nucleo.fila.declarada import primeira_frase
from suas.nucleo.fila.models import Andamento, Estado, EstadoDaTarefa, Tarefa, Trabalhador
from suas.nucleo.fila.posse import Ritmo
from suas.nucleo.fila.tests import mundo_da_fila as mundo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.consultas import atos_de

pytestmark = pytest.mark.django_db
E = EstadoDaTarefa


@pytest.fixture(autouse=True)
def na_fila(monkeypatch):
    """As tarefas esperam: quem executa é o teste."""
    monkeypatch.setattr(NaHora, "nova", lambda self, tarefa: None)
    monkeypatch.setattr(logging.getLogger("suas.nucleo.fila.posse"), "disabled", True)
    monkeypatch.setattr(logging.getLogger("suas.nucleo.fila.execucao"), "disabled", True)
    mundo.criar_tabela_dos_efeitos()


@pytest.fixture
def agora():
    """Um instante depois de tudo o que o teste põe na fila."""
    return datetime.now(UTC) + timedelta(seconds=1)  # noqa: TID251 - a fila usa o relógio do banco


def pedir(tarefa, *args, **pedido) -> Tarefa:
    return Tarefa.objects.get(pk=tarefa.using(**pedido).enqueue(*args).id)


def fazer(tarefa: Tarefa, *, em: datetime, sorteio: float = 1.0):
    falha = execucao.executar(tarefa, relogio=lambda: em, sorteio=lambda: sorteio)
    tarefa.refresh_from_db()
    return falha


def test_a_feita_tem_um_efeito_e_larga_a_posse(agora):
    pedir(mundo.simples, "a")
    tarefa = mundo.tomar(agora)
    assert (tarefa.estado, tarefa.tentativas, mundo.efeitos()) == (E.FAZENDO, 1, [])

    assert fazer(tarefa, em=agora) is None

    assert (tarefa.estado, tarefa.token, tarefa.terminada_em, mundo.efeitos()) == (E.FEITA, None, agora, ["a"])
    assert tarefa.argumentos == {"args": [], "kwargs": {}}, "feita, não guarda o que podia identificar alguém"


def test_o_que_se_pede_num_ato_que_se_desfaz_nunca_existiu():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        mundo.simples.enqueue("a")
        raise ZeroDivisionError

    assert not Tarefa.objects.exists()


def test_a_ordem_e_prioridade_hora_e_chegada_e_ninguem_toma_a_de_amanha(agora):
    pedir(mundo.simples, "comum")
    pedir(mundo.simples, "segunda comum")
    pedir(mundo.simples, "urgente", priority=10)
    pedir(mundo.simples, "amanhã", run_after=agora + timedelta(days=1))

    tomadas = [mundo.tomar(agora).argumentos["args"][0] for _ in range(3)]

    assert tomadas == ["urgente", "comum", "segunda comum"]
    assert posse.tomar(trabalhador_id=uuid4(), filas=(), em=agora) is None


def test_quem_executa_tarefas_nao_toma_rotina_nem_o_contrario(agora):
    pedir(mundo.simples, "a")
    pedir(mundo.simples, "b", queue_name="rotinas")

    assert posse.tomar(trabalhador_id=uuid4(), filas=("rotinas",), em=agora).argumentos["args"] == ["b"]
    assert posse.tomar(trabalhador_id=uuid4(), filas=("rotinas",), em=agora) is None
    assert posse.tomar(trabalhador_id=uuid4(), filas=(), em=agora).argumentos["args"] == ["a"]


class TestMorte:
    """O que sobra quando o processo morre em cada ponto."""

    def test_antes_do_commit_nada_fica_e_a_posse_vencida_devolve(self, agora):
        pedir(mundo.simples, "a")
        tarefa = mundo.tomar(agora)

        assert posse.recolher(em=agora + timedelta(seconds=44)) == 0
        assert posse.recolher(em=agora + timedelta(seconds=46)) == 1

        tarefa.refresh_from_db()
        assert (tarefa.estado, tarefa.quedas, tarefa.token) == (E.NA_FILA, 1, None)
        depois = agora + timedelta(minutes=1)
        fazer(mundo.tomar(depois), em=depois)
        assert mundo.efeitos() == ["a"]

    def test_depois_do_commit_nao_ha_o_que_devolver(self, agora):
        pedir(mundo.simples, "a")
        fazer(mundo.tomar(agora), em=agora)

        assert posse.recolher(em=agora + timedelta(hours=1)) == 0
        assert mundo.efeitos() == ["a"]

    def test_quem_bate_nao_perde_a_posse(self, agora):
        pedir(mundo.simples, "a")
        tarefa = mundo.tomar(agora)
        depois = agora + timedelta(seconds=40)
        posse.bater(trabalhador_id=tarefa.trabalhador_id, nome="teste:1", papel="tarefas", em=depois)

        assert posse.recolher(em=agora + timedelta(seconds=80)) == 0

    def test_quem_perdeu_a_posse_nao_conclui_e_o_efeito_dele_se_desfaz(self, agora):
        pedir(mundo.simples, "a")
        lento = mundo.tomar(agora)
        depois = agora + timedelta(minutes=1)
        posse.recolher(em=depois)
        outro = mundo.tomar(depois)

        fazer(lento, em=depois)
        assert (lento.estado, mundo.efeitos()) == (E.FAZENDO, [])
        fazer(outro, em=depois)

        assert (outro.estado, mundo.efeitos()) == (E.FEITA, ["a"])

    def test_perder_a_posse_no_meio_desfaz_o_que_ja_se_fez(self, agora):
        tarefa = pedir(mundo.que_perde_a_posse, "a", "")
        Tarefa.objects.filter(pk=tarefa.pk).update(argumentos={"args": ["a", str(tarefa.pk)], "kwargs": {}})

        fazer(mundo.tomar(agora), em=agora)

        assert mundo.efeitos() == []

    def test_a_que_derruba_tres_processos_para_e_a_tela_diz(self, agora):
        andamento = acoes.abrir(titulo="Pedido", abrangencia="BR", em=agora)
        tarefa = pedir(mundo.simples, "veneno", andamento=andamento.pk)
        for volta in range(3):
            em = agora + volta * timedelta(minutes=1)
            mundo.tomar(em)
            posse.recolher(em=em + timedelta(seconds=50))

        tarefa.refresh_from_db()
        andamento.refresh_from_db()
        assert (tarefa.estado, tarefa.quedas) == (E.PARADA, 3)
        assert "parou no meio (3 de 3 vezes)" in tarefa.erro
        assert (andamento.estado, andamento.terminou) == (Estado.FALHOU, True)
        assert "mandar tentar de novo" in andamento.mensagem

    def test_o_processo_que_encerra_devolve_sem_contar_tentativa(self, agora):
        tarefa = pedir(mundo.simples, "a")
        mundo.tomar(agora, quem := uuid4())

        assert posse.devolver_de(trabalhador_id=quem, em=agora) == 1

        tarefa.refresh_from_db()
        assert (tarefa.estado, tarefa.tentativas, tarefa.quedas) == (E.NA_FILA, 0, 0)
        assert not Trabalhador.objects.exists()

    def test_o_morto_sem_nada_na_mao_sai_da_lista_depois_de_um_dia(self, agora):
        mundo_vivo, morto = uuid4(), uuid4()
        posse.bater(trabalhador_id=morto, nome="m", papel="tarefas", em=agora - timedelta(days=2))
        posse.bater(trabalhador_id=mundo_vivo, nome="v", papel="tarefas", em=agora)

        posse.esquecer_mortos(em=agora)

        assert [t.pk for t in Trabalhador.objects.all()] == [mundo_vivo]


class TestFalha:
    def test_defeito_do_programa_tenta_mais_uma_vez_e_para(self, agora):
        andamento = acoes.abrir(titulo="Pedido", abrangencia="BR", em=agora)
        pedir(mundo.com_defeito, "a", andamento=andamento.pk)

        tarefa = mundo.tomar(agora)
        assert isinstance(fazer(tarefa, em=agora), ZeroDivisionError)
        assert (tarefa.estado, tarefa.nao_antes_de) == (E.DE_NOVO, agora + timedelta(seconds=5))
        andamento.refresh_from_db()
        assert (andamento.estado, andamento.terminou) == (Estado.NA_FILA, False)
        assert "Tentaremos de novo" in andamento.etapa

        depois = agora + timedelta(seconds=6)
        tarefa = mundo.tomar(depois)
        fazer(tarefa, em=depois)
        andamento.refresh_from_db()

        assert (tarefa.estado, tarefa.erro) == (E.PARADA, "Defeito do sistema ao executar esta tarefa.")
        assert f"Protocolo {tarefa.protocolo}" in andamento.mensagem
        assert mundo.efeitos() == []

    def test_falha_passageira_vai_ate_o_maximo_com_a_razao_do_modulo(self, agora):
        tarefa = pedir(mundo.passageira, "a")
        for volta in range(3):
            em = agora + volta * timedelta(hours=1)
            fazer(mundo.tomar(em), em=em)

        tarefa.refresh_from_db()
        assert (tarefa.estado, tarefa.tentativas, tarefa.defeitos) == (E.PARADA, 3, 0)
        assert tarefa.erro == "O servidor de correio não respondeu."

    def test_o_banco_que_cai_no_meio_nao_conta_como_defeito(self, agora):
        pedir(mundo.sem_banco, "a")
        tarefa = mundo.tomar(agora)

        fazer(tarefa, em=agora)

        assert (tarefa.estado, tarefa.defeitos, tarefa.erro) == (E.DE_NOVO, 0, "O banco de dados não respondeu.")
        assert mundo.efeitos() == []

    def test_funcao_que_ja_nao_existe_para_com_protocolo(self, agora):
        tarefa = pedir(mundo.simples, "a")
        Tarefa.objects.filter(pk=tarefa.pk).update(funcao="suas.modulo_que_saiu.tarefas.fazer")
        for volta in range(2):
            em = agora + volta * timedelta(minutes=1)
            fazer(mundo.tomar(em), em=em)

        tarefa.refresh_from_db()
        assert (tarefa.estado, len(tarefa.protocolo)) == (E.PARADA, 8)

    def test_o_que_falha_depois_do_commit_nao_desfaz_nem_repete(self, agora):
        pedir(mundo.que_falha_depois, "a")
        tarefa = mundo.tomar(agora)

        assert fazer(tarefa, em=agora) is None

        assert (tarefa.estado, mundo.efeitos()) == (E.FEITA, ["a"])

    def test_o_recuo_dobra_ate_o_maximo_e_o_sorteio_espalha(self):
        inteiros = [posse.recuo(tentativa=n, sorteio=lambda: 1.0).total_seconds() for n in (1, 2, 3, 30)]
        metade = posse.recuo(tentativa=1, sorteio=lambda: 0.0)

        assert inteiros == [5, 10, 20, 900]
        assert metade == timedelta(seconds=2.5)


def test_a_longa_conta_o_andamento_e_conclui_uma_vez(agora):
    andamento = acoes.abrir(titulo="Pedido", abrangencia="BR", em=agora)
    pedir(mundo.longa, "a", andamento=andamento.pk)

    fazer(mundo.tomar(agora), em=agora)

    andamento.refresh_from_db()
    assert (andamento.estado, andamento.feito, andamento.total) == (Estado.FEITO, 1, 2)
    assert mundo.efeitos() == ["a"]


def test_a_longa_que_nao_chama_concluir_e_concluida_no_fim(agora):
    pedir(mundo.sem_concluir, "a")
    tarefa = mundo.tomar(agora)

    fazer(tarefa, em=agora)

    assert tarefa.estado == E.FEITA


def test_a_que_pede_outra_deixa_as_duas_ou_nenhuma(agora):
    pedir(mundo.que_pede_outra, "a")
    fazer(mundo.tomar(agora), em=agora)

    assert mundo.efeitos() == ["a"]
    depois = agora + timedelta(minutes=1)
    fazer(mundo.tomar(depois), em=depois)
    assert mundo.efeitos() == ["a", "a+"]


class TestUnica:
    def test_a_mesma_nao_entra_duas_vezes_enquanto_aberta(self, agora):
        primeira = pedir(mundo.simples, "a", unica="x")
        assert pedir(mundo.simples, "b", unica="x") == primeira
        tarefa = mundo.tomar(agora)
        assert pedir(mundo.simples, "c", unica="x") == primeira

        fazer(tarefa, em=agora)

        assert pedir(mundo.simples, "d", unica="x") != primeira

    def test_o_banco_recusa_duas_abertas_e_posse_sem_dono(self, agora):
        pedir(mundo.simples, "a", unica="x")
        outra = pedir(mundo.simples, "b")
        with pytest.raises(IntegrityError), transaction.atomic():
            Tarefa.objects.filter(pk=outra.pk).update(unica="x")
        with pytest.raises(IntegrityError), transaction.atomic():
            Tarefa.objects.filter(pk=outra.pk).update(estado=E.FAZENDO)


class TestParadas:
    @pytest.fixture
    def por(self):
        return fabricas.ator(ADMINISTRACAO_FEDERAL, "BR")

    @pytest.fixture
    def parada(self, agora):
        andamento = acoes.abrir(titulo="Pedido", abrangencia="BR", em=agora)
        tarefa = pedir(mundo.com_defeito, "a", andamento=andamento.pk, unica="x")
        for volta in range(2):
            em = agora + volta * timedelta(minutes=1)
            fazer(mundo.tomar(em), em=em)
        tarefa.refresh_from_db()
        assert tarefa.estado == E.PARADA
        return tarefa

    def test_tentar_de_novo_zera_as_contas_e_fica_na_trilha(self, parada, por, agora):
        acoes.tentar_de_novo(tarefa=parada, por=por, em=agora)

        parada.refresh_from_db()
        assert (parada.estado, parada.tentativas, parada.defeitos, parada.quedas) == (E.NA_FILA, 0, 0, 0)
        assert Andamento.objects.get().estado == Estado.NA_FILA
        assert atos_de(parada).get().ato == "fila.tentar_de_novo"

    def test_desistir_pede_motivo_e_quem_pediu_o_le(self, parada, por, agora):
        acoes.desistir(tarefa=parada, motivo="Pedida por engano.", por=por, em=agora)

        parada.refresh_from_db()
        assert parada.estado == E.CANCELADA
        assert "Pedida por engano." in Andamento.objects.get().mensagem
        assert atos_de(parada).get().motivo == "Pedida por engano."

    def test_o_segundo_clique_le_que_ja_nao_esta_parada(self, parada, por, agora):
        acoes.tentar_de_novo(tarefa=parada, por=por, em=agora)

        with pytest.raises(AtoRecusado, match="está na fila"):
            acoes.desistir(tarefa=parada, motivo="x", por=por, em=agora)

    def test_se_outra_igual_ja_espera_a_parada_nao_volta(self, parada, por, agora):
        pedir(mundo.simples, "a", unica="x")

        with pytest.raises(AtoRecusado, match="já está outra vez na fila"):
            acoes.tentar_de_novo(tarefa=parada, por=por, em=agora)


def test_o_nome_na_tela_vem_da_docstring_se_ninguem_deu_titulo():
    def consolidar_mes():
        """Consolida o mês 10.5 do município. O resto não aparece."""

    def sem_texto():
        pass

    assert primeira_frase(consolidar_mes) == "Consolida o mês 10.5 do município"
    assert primeira_frase(sem_texto) == "Sem texto"


def test_o_ritmo_da_tempo_de_perder_varios_batimentos_antes_da_posse():
    ritmo = Ritmo()

    assert ritmo.posse >= 5 * ritmo.batimento
    assert ritmo.fim < timedelta(seconds=10), "quem vigia obriga o fim em dez segundos"
