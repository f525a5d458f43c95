"""A página de funcionamento, a da tarefa parada, e `redesuas fila estado`."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from suas.config import fundo
from suas.nucleo import banco
from suas.nucleo.fila import acoes, posse, retrato
from suas.nucleo.fila.models import EstadoDaTarefa, Rotina, Tarefa
from suas.nucleo.fila.permissoes import pendencias
from suas.nucleo.fila.tests.fabricas import parada
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, GESTAO_ESTADUAL

pytestmark = pytest.mark.django_db
AGORA = fabricas.AGORA


@pytest.fixture
def quem(client):
    """Quem cuida de uma instalação nacional."""
    fabricas.instalacao(abrangencia="BR")
    client.force_login(fabricas.pessoa_com_vinculo(ADMINISTRACAO_FEDERAL, "BR"))
    return client


def texto(resposta) -> str:
    return " ".join(resposta.content.decode().split())


def test_vazia_diz_que_ninguem_executa_e_o_que_fazer(quem):
    pagina = texto(quem.get(reverse("funcionamento")))

    assert "Ninguém executa tarefas agora." in pagina
    assert "redesuas-trabalhador" in pagina
    assert "Nenhuma tarefa parada" in pagina


def test_mostra_o_que_espera_o_que_corre_e_com_quem(quem):
    agora = banco.instante()
    trabalhador = uuid4()
    posse.bater(trabalhador_id=trabalhador, nome="servidor-1, processo 42", papel="tarefas", em=agora)
    fazendo = parada(em=agora, titulo="Importação de indicadores", estado=EstadoDaTarefa.NA_FILA, erro="")
    posse.tomar_esta(tarefa_id=fazendo.pk, trabalhador_id=trabalhador, em=agora)
    parada(em=agora - timedelta(minutes=3), titulo="Aviso por correio", estado=EstadoDaTarefa.NA_FILA, erro="")

    pagina = texto(quem.get(reverse("funcionamento")))

    assert "Ninguém executa tarefas agora." not in pagina
    assert "a mais velha há 3 minutos" in pagina
    assert pagina.count("servidor-1, processo 42") == 2
    assert "Importação de indicadores" in pagina


def test_a_parada_diz_a_razao_o_protocolo_e_o_que_fazer(quem):
    tarefa = parada(em=AGORA)

    pagina = texto(quem.get(reverse("tarefa", args=[tarefa.pk])))

    assert "Defeito do sistema ao executar esta tarefa." in pagina
    assert "0A1B2C3D" in pagina
    assert "Tentar de novo" in pagina


def test_tentar_de_novo_e_desistir_pela_tela(quem):
    uma, outra = parada(em=AGORA), parada(em=AGORA)

    quem.post(reverse("tarefa-tentar-de-novo", args=[uma.pk]))
    sem_motivo = quem.post(reverse("tarefa-desistir", args=[outra.pk]), {"motivo": " "})
    assert "Diga por que desiste" in texto(sem_motivo)
    quem.post(reverse("tarefa-desistir", args=[outra.pk]), {"motivo": "Pedida por engano"})

    uma.refresh_from_db()
    outra.refresh_from_db()
    assert (uma.estado, outra.estado) == (EstadoDaTarefa.NA_FILA, EstadoDaTarefa.CANCELADA)


def test_o_segundo_clique_diz_que_ja_nao_esta_parada(quem):
    tarefa = parada(em=AGORA, estado=EstadoDaTarefa.FEITA)

    resposta = quem.post(reverse("tarefa-desistir", args=[tarefa.pk]), {"motivo": "x"})

    assert "já não está parada: está feita." in texto(resposta)


def test_executar_agora_corre_a_rotina_e_a_que_nao_existe_e_404(quem):
    quem.post(reverse("rotina-agora", args=["nucleo.limpar"]))

    assert "antigos apagados" in Rotina.objects.get(pk="nucleo.limpar").ultimo_resultado
    assert quem.post(reverse("rotina-agora", args=["nao.existe"])).status_code == 404


def test_a_rotina_que_falhou_aparece_com_a_razao(quem, monkeypatch):
    acoes.registrar_rotina(acoes.RotinaDeclarada(nome="x.y", cron="0 9 * * *", executar=lambda em: "", titulo="Ronda"))
    try:
        falhou = parada(em=AGORA, titulo="Ronda")
        Rotina.objects.create(nome="x.y", ultima_em=AGORA, tarefa_id=falhou.pk)
        linha = next(r for r in retrato.tirar(em=AGORA).rotinas if r.nome == "x.y")
    finally:
        acoes._ROTINAS.pop("x.y")

    assert (linha.falhou, linha.protocolo) == (True, "0A1B2C3D")


def test_quem_nao_cuida_da_instalacao_le_de_quem_e(client):
    fabricas.instalacao(abrangencia="BR")
    client.force_login(fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, "32"))

    resposta = client.get(reverse("funcionamento"))

    assert resposta.status_code == 403
    assert "Só a titularidade do órgão que opera esta instalação" in texto(resposta)


def test_as_paradas_esperam_em_a_fazer_de_quem_cuida_e_de_mais_ninguem():
    fabricas.instalacao(abrangencia="BR")
    cuida, nao_cuida = fabricas.ator(ADMINISTRACAO_FEDERAL, "BR"), fabricas.ator(GESTAO_ESTADUAL, "32")
    assert list(pendencias(cuida, AGORA.date())) == []
    parada(em=AGORA)

    assert [p.titulo for p in pendencias(cuida, AGORA.date())] == ["1 tarefa parada"]
    assert list(pendencias(nao_cuida, AGORA.date())) == []


class TestComando:
    @pytest.fixture(autouse=True)
    def ja_preparado(self, monkeypatch):
        monkeypatch.setattr(fundo, "preparar_django", lambda dados=None: None)

    def test_json_tem_as_chaves_que_outros_programas_leem(self, capsys):
        parada(em=AGORA)
        parada(em=banco.instante() - timedelta(seconds=90), estado=EstadoDaTarefa.NA_FILA)
        posse.bater(trabalhador_id=uuid4(), nome="m, processo 1", papel="tarefas", em=banco.instante())

        assert fundo.fila(["estado", "--json"]) == 0

        lido = json.loads(capsys.readouterr().out)
        assert lido["versao"] == 1
        assert lido["tarefas"] == {
            "na_fila": 1, "fazendo": 0, "feita": 0, "de_novo": 0, "parada": 1, "cancelada": 0,
        }  # fmt: skip
        assert 90 <= lido["mais_velha_segundos"] < 120
        assert lido["trabalhadores"][0].keys() == {
            "nome", "papel", "vivo", "comecou_em", "ultimo_batimento", "fazendo",
        }  # fmt: skip
        assert lido["trabalhadores"][0]["vivo"] is True
        assert lido["paradas"][0].keys() == {"id", "titulo", "razao", "protocolo", "tentativas", "parou_em"}
        assert lido["rotinas"][0].keys() == {
            "nome", "titulo", "situacao", "ultima_em", "proxima_em", "resultado", "erro", "protocolo",
        }  # fmt: skip

    def test_texto_diz_o_mesmo_a_gente(self, capsys):
        parada(em=AGORA)

        assert fundo.fila(["estado"]) == 0

        dito = capsys.readouterr().out
        assert "Nenhum trabalhador: o que espera não anda." in dito
        assert "Simulação de Partilha 2006: Defeito do sistema" in dito
        assert "(protocolo 0A1B2C3D)" in dito


def test_a_limpeza_guarda_as_paradas_e_as_recentes():
    velha = AGORA - timedelta(days=40)
    ficam = [parada(em=velha), parada(em=AGORA, estado=EstadoDaTarefa.FEITA)]
    parada(em=velha, estado=EstadoDaTarefa.FEITA)
    parada(em=AGORA - timedelta(days=3), estado=EstadoDaTarefa.FEITA, fila="rotinas")

    from suas.nucleo.fila.rotinas import limpar

    limpar(AGORA)

    assert set(Tarefa.objects.all()) == set(ficam)
