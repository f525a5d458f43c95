"""A guarda apaga o que venceu, só o que venceu, e diz quanto."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from suas.config import dados as comando
from suas.nucleo.dados_pessoais import acoes, consultas, guarda, tarefas
from suas.nucleo.fila import acoes as fila
from suas.nucleo.fila.models import Andamento, Tarefa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.permissoes.papeis import OUVIDORIA
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
AGORA = datetime(2026, 12, 31, 6, 45, tzinfo=UTC)


@pytest.fixture
def instalacao():
    return fabricas.instalacao()


def andamento(*, terminado_ha):
    aberto = fila.abrir(titulo="Simular", abrangencia="32", em=AGORA)
    terminado = AGORA - terminado_ha if terminado_ha is not None else None
    Andamento.objects.filter(pk=aberto.pk).update(terminado_em=terminado)
    return aberto


def test_sai_o_que_passou_do_prazo_e_fica_o_que_nao_passou(instalacao):
    andamento(terminado_ha=timedelta(days=31))
    ficam = {andamento(terminado_ha=timedelta(days=30)).pk, andamento(terminado_ha=None).pk}
    Session.objects.create(session_key="velha", session_data="x", expire_date=AGORA - timedelta(days=2))
    Session.objects.create(session_key="nova", session_data="x", expire_date=AGORA + timedelta(hours=1))

    apagadas = acoes.aplicar_guarda(por=ATOR_PUBLICO, em=AGORA)

    assert apagadas == 2
    assert set(Andamento.objects.values_list("pk", flat=True)) == ficam
    assert Session.objects.get().session_key == "nova"
    assert Ato.objects.get(ato="dados_pessoais.aplicar_guarda").dados["apagadas"] == 2


@pytest.mark.parametrize("estado, fica", [("feita", False), ("cancelada", False), ("parada", True), ("na_fila", True)])
def test_tarefa_parada_espera_decisao_por_mais_velha_que_seja(instalacao, estado, fica):
    tarefa = Tarefa.objects.create(
        funcao="x.y", titulo="Simular", estado=estado, criada_em=AGORA, nao_antes_de=AGORA, terminada_em=AGORA
    )
    Tarefa.objects.filter(pk=tarefa.pk).update(terminada_em=AGORA - timedelta(days=900))

    acoes.aplicar_guarda(por=ATOR_PUBLICO, em=AGORA)

    assert Tarefa.objects.filter(pk=tarefa.pk).exists() is fica


def test_repetir_nao_apaga_nada_nem_deixa_outro_ato(instalacao):
    andamento(terminado_ha=timedelta(days=31))

    assert "1 linhas" in tarefas.aplicar_guarda(AGORA)
    assert "0 linhas" in tarefas.aplicar_guarda(AGORA)
    assert Ato.objects.filter(ato="dados_pessoais.aplicar_guarda").count() == 1


def test_a_previa_conta_o_mesmo_que_se_apaga(client, instalacao):
    andamento(terminado_ha=timedelta(days=400))
    previstas = sum(v.linhas for v in consultas.vencidos(em=AGORA))

    assert previstas == acoes.aplicar_guarda(por=ATOR_PUBLICO, em=AGORA) == 1


def test_a_ouvidoria_ve_os_prazos_mas_nao_apaga(client, instalacao):
    client.force_login(fabricas.pessoa_com_vinculo(OUVIDORIA, "BR"))

    assert "Sai agora" in client.get(reverse("dados-guarda")).content.decode()
    recusa = client.post(reverse("dados-guarda"))
    assert recusa.status_code == 403
    assert "Só a titularidade que cuida da instalação" in recusa.content.decode()


def test_toda_regra_diz_a_fonte_e_o_que_e_leitura_do_projeto():
    for nome, valores in guarda.regras().items():
        for valor in valores:
            assert valor.fundamento.norma, nome
            assert valor.evidencia in {"confirmado", "leitura do projeto"}, nome
            assert valor.razao.endswith("."), nome
        inicios = [valor.vigencia.desde for valor in valores]
        assert inicios == sorted(set(inicios)), nome


def test_vale_a_regra_do_dia(monkeypatch):
    antiga, nova = (guarda.regra("andamento", em=date(2026, 11, 22)),) * 2
    mudada = [antiga, type(nova)(**{**_campos(nova), "dias": 10, "vigencia": type(nova.vigencia)(date(2027, 1, 1))})]
    monkeypatch.setattr(guarda, "regras", lambda: {"andamento": tuple(mudada)})

    assert guarda.regra("andamento", em=date(2026, 12, 31)).dias == 30
    assert guarda.regra("andamento", em=date(2027, 1, 1)).dias == 10


def _campos(regra):
    return {nome: getattr(regra, nome) for nome in regra.__dataclass_fields__}


def test_o_comando_imprime_o_registro_que_outro_programa_le(capsys):
    assert comando.main(["registro", "--json"]) == 0

    lido = json.loads(capsys.readouterr().out)
    de_quem_entra = next(o for o in lido["operacoes"] if o["finalidade"].startswith("Saber quem entra no sistema"))
    assert {"nome", "e-mail", "última entrada"} <= set(de_quem_entra["dados_pessoais"])
    assert de_quem_entra["guarda"]["dias"] is None
    assert de_quem_entra["base_legal"].startswith("LGPD")


def test_o_comando_da_guarda_so_apaga_quando_se_manda(instalacao, capsys):
    Session.objects.create(session_key="velha", session_data="x", expire_date=datetime(2020, 1, 1, tzinfo=UTC))

    comando.main(["guarda"])
    assert Session.objects.exists()
    comando.main(["guarda", "--aplicar"])

    assert not Session.objects.exists()
    assert "sessão: 1 além de 1 dia" in capsys.readouterr().out
