"""As rotinas no horário: uma vez por horário, haja o que houver com os relógios."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from suas.nucleo.fila import acoes, horarios, relogio, tarefas
from suas.nucleo.fila.models import EstadoDaTarefa, Rotina, Tarefa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL
from suas.nucleo.trilha.consultas import atos_de

# 10h00 de Brasília
MANHA = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
DIA = timedelta(days=1)
NOVE = "0 9 * * *"


@pytest.fixture
def rotina(monkeypatch):
    """Uma rotina que corre todo dia às 9h de Brasília e conta quantas vezes correu."""
    corridas = []

    def executar(em):
        """Conta. E devolve quantas."""
        corridas.append(em)
        return f"{len(corridas)} vez"

    declarada = acoes.RotinaDeclarada(nome="teste.contar", cron=NOVE, executar=executar)
    monkeypatch.setattr(acoes, "_ROTINAS", {declarada.nome: declarada})
    return corridas


@pytest.mark.django_db
class TestAgendar:
    def test_rotina_nova_espera_o_proximo_horario(self, rotina):
        assert relogio.agendar(em=MANHA) == []
        assert relogio.agendar(em=MANHA + timedelta(hours=1)) == []
        assert relogio.agendar(em=MANHA + DIA) == ["teste.contar"]

    def test_corre_uma_vez_por_horario_e_guarda_o_resultado(self, rotina):
        relogio.agendar(em=MANHA)
        relogio.agendar(em=MANHA + DIA)

        assert relogio.agendar(em=MANHA + DIA + timedelta(hours=2)) == []
        assert len(rotina) == 1
        linha = Rotina.objects.get()
        assert (linha.ultimo_resultado, linha.ultima_em) == ("1 vez", datetime(2026, 11, 22, 12, tzinfo=UTC))

    def test_dois_relogios_no_mesmo_instante_poem_uma(self, rotina, monkeypatch):
        relogio.agendar(em=MANHA)
        lidas = Rotina.objects.values_list("nome", "ultima_em")
        antes = list(lidas)
        relogio.agendar(em=MANHA + DIA)
        # o outro relógio leu a tabela antes de este a mudar
        monkeypatch.setattr(Rotina.objects, "values_list", lambda *_: antes)

        assert relogio.agendar(em=MANHA + DIA) == []
        assert len(rotina) == 1

    def test_maquina_desligada_por_uma_semana_corre_uma_vez_ao_voltar(self, rotina):
        relogio.agendar(em=MANHA)
        relogio.agendar(em=MANHA + 7 * DIA)
        relogio.agendar(em=MANHA + 7 * DIA + timedelta(minutes=1))

        assert len(rotina) == 1

    def test_relogio_que_anda_para_tras_nao_repete(self, rotina):
        relogio.agendar(em=MANHA)
        relogio.agendar(em=MANHA + DIA)
        for atras in (timedelta(hours=1), timedelta(hours=3), DIA):
            relogio.agendar(em=MANHA + DIA - atras)
        relogio.agendar(em=MANHA + DIA)

        assert len(rotina) == 1

    def test_a_que_falha_para_com_protocolo_e_a_do_horario_seguinte_toma_o_lugar(self, rotina, monkeypatch):
        def quebrar(em):
            raise ZeroDivisionError

        relogio.agendar(em=MANHA)
        quebrada = acoes.RotinaDeclarada(nome="teste.contar", cron=NOVE, executar=quebrar)
        with monkeypatch.context() as enquanto:
            enquanto.setattr(acoes, "_ROTINAS", {"teste.contar": quebrada})
            with pytest.raises(ZeroDivisionError):
                relogio.agendar(em=MANHA + DIA)
        falhou = Tarefa.objects.get()
        assert (falhou.estado, falhou.titulo) == (EstadoDaTarefa.DE_NOVO, "Quebrar")
        Tarefa.objects.update(estado=EstadoDaTarefa.PARADA)

        relogio.agendar(em=MANHA + 2 * DIA)

        falhou.refresh_from_db()
        assert falhou.estado == EstadoDaTarefa.CANCELADA
        assert Rotina.objects.get().ultimo_resultado == "1 vez"

    def test_executar_agora_e_um_ato_de_alguem(self, rotina):
        por = fabricas.ator(ADMINISTRACAO_FEDERAL, "BR")

        linha = tarefas.pedir_rotina(nome="teste.contar", por=por, em=MANHA)

        assert len(rotina) == 1
        assert atos_de(linha).get().ato == "fila.pedir_rotina"

    def test_a_inteira_desfaz_tudo_se_falha(self, monkeypatch):
        def gravar_e_falhar(em):
            Rotina.objects.create(nome="rastro")
            raise ZeroDivisionError

        declarada = acoes.RotinaDeclarada(nome="teste.inteira", cron=NOVE, executar=gravar_e_falhar, inteira=True)
        monkeypatch.setattr(acoes, "_ROTINAS", {declarada.nome: declarada})
        relogio.agendar(em=MANHA)
        with pytest.raises(ZeroDivisionError):
            relogio.agendar(em=MANHA + DIA)

        assert not Rotina.objects.filter(nome="rastro").exists()


def utc(*partes: int) -> datetime:
    return datetime(*partes, tzinfo=UTC)


@pytest.mark.parametrize(
    "cron, em, espera",
    [
        pytest.param(NOVE, MANHA, utc(2026, 11, 21, 12), id="hoje às nove"),
        pytest.param(NOVE, utc(2026, 11, 21, 12), utc(2026, 11, 21, 12), id="no instante exato"),
        pytest.param(NOVE, utc(2026, 11, 21, 11, 59), utc(2026, 11, 20, 12), id="um minuto antes"),
        pytest.param("* * * * *", utc(2026, 11, 21, 11, 59, 30), utc(2026, 11, 21, 11, 59), id="a cada minuto"),
        pytest.param("0 0 1 * *", utc(2026, 11, 1, 2, 30), utc(2026, 10, 1, 3), id="em Brasília ainda é dia 31"),
    ],
)
def test_horario_anterior(cron, em, espera):
    assert horarios.anterior(cron, em=em) == espera


def test_horario_seguinte_e_depois_do_instante():
    assert horarios.seguinte(NOVE, em=utc(2026, 11, 21, 12)) == utc(2026, 11, 22, 12)


def atendidos(cron: str, *, de: datetime, ate: datetime) -> list[datetime]:
    """Os horários que um relógio que olha de cinco em cinco minutos atende, como `agendar` decide."""
    feitos, ultimo, em = [], de, de
    while em <= ate:
        devido = horarios.anterior(cron, em=em)
        if devido > ultimo:
            feitos.append(em)
            ultimo = devido
        em += timedelta(minutes=5)
    return feitos


class TestHorarioDeVeraoAntigo:
    """Em 2018 começou à meia-noite de 4 de novembro; em 17 de fevereiro de 2019, a hora das 23h se repetiu."""

    def test_a_hora_que_se_repetiu_nao_repete_a_rotina(self):
        feitos = atendidos("30 23 * * *", de=utc(2019, 2, 16, 12), ate=utc(2019, 2, 18, 12))

        assert feitos == [utc(2019, 2, 17, 1, 30), utc(2019, 2, 18, 2, 30)]

    def test_a_hora_que_nao_houve_nao_perde_a_rotina(self):
        feitos = atendidos("30 0 * * *", de=utc(2018, 11, 3, 12), ate=utc(2018, 11, 5, 12))

        assert len(feitos) == 2
        assert utc(2018, 11, 4, 3) <= feitos[0] <= utc(2018, 11, 4, 4)

    def test_a_de_dez_em_dez_minutos_nao_para_na_hora_repetida(self):
        feitos = atendidos("*/10 * * * *", de=utc(2019, 2, 17, 0, 30), ate=utc(2019, 2, 17, 4))

        assert len(feitos) == 21
