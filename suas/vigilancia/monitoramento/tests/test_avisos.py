"""Os avisos aos municípios: propostos uma vez por causa, mandados por uma pessoa, uma vez a cada um, e o que chegou."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from suas.cadastros.orgaos.tests import fabricas as orgaos
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.avisos.models import Aviso, Mensagem
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.obrigacoes.acoes import entregas
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.mensais import obrigacao
from suas.vigilancia.monitoramento import acoes, comunicados, tarefas
from suas.vigilancia.monitoramento.models import Comunicacao, Destinatario

pytestmark = pytest.mark.django_db
HOJE = date(2026, 11, 25)
EM = datetime(2026, 11, 25, 15, tzinfo=UTC)
DEPOIS = date(2026, 12, 5)


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro", aberta_em=date(2026, 10, 1))


@pytest.fixture
def estado():
    return identidade.ator(papeis.VIGILANCIA_ESTADUAL, "32")


def do_rma(novas):
    return [c for c in novas if c.sistema == "RMA"]


def propor(estado, hoje=HOJE):
    return do_rma(acoes.propor(onde="32", por=estado, em=EM, hoje=hoje))


def mandar(comunicacao, estado, hoje=HOJE):
    destinatarios = acoes.enviar(comunicacao=comunicacao, por=estado, em=EM, hoje=hoje)
    return acoes.entregar(
        comunicacao_id=comunicacao.pk, destinatarios=[d.pk for d in destinatarios], por=estado, em=EM, hoje=hoje
    )


def test_propoe_uma_vez_por_causa_o_antecipado_e_depois_o_de_pendencia(cras, estado):
    assert propor(estado, date(2026, 11, 10)) == []
    [antecipado] = propor(estado)

    assert (antecipado.especie, antecipado.prazo) == ("antecipado", date(2026, 11, 30))
    assert propor(estado) == []
    [pendencia] = propor(estado, DEPOIS)
    assert pendencia.especie == "pendencia"


def test_de_pendencia_so_se_propoe_o_que_se_recebe_aqui(cras, estado):
    """O SISC fechou, e aqui não se sabe quem o confirmou: nada se afirma."""
    novas = acoes.propor(onde="32", por=estado, em=EM, hoje=date(2026, 12, 25))

    assert not [c for c in novas if c.sistema == "SISC"]


def test_quem_entregou_nao_e_avisado(cras, estado):
    entregas.entregar(
        sistema="RMA", etapa="preenchimento", periodo="2026-10", devedor=obrigacao.devedor(cras), dia=HOJE
    )

    assert propor(estado) == []


def test_vai_a_gestao_e_a_vigilancia_do_municipio_com_o_conteudo_da_norma(cras, estado):
    titular = identidade.ator(papeis.GESTAO_MUNICIPAL, "3205309").pessoa
    vigilante = identidade.ator(papeis.VIGILANCIA_MUNICIPAL, "3205309").pessoa
    identidade.ator(papeis.COORDENACAO_UNIDADE, "3205309", unidade=cras.pk)
    [comunicacao] = propor(estado)

    assert mandar(comunicacao, estado) == 2

    avisos = {aviso.pessoa_id: aviso for aviso in Aviso.objects.all()}
    assert set(avisos) == {titular.pk, vigilante.pk}
    texto = avisos[titular.pk].texto
    for parte in (
        "Registro Mensal de Atendimentos de 10/2026", "30/11/2026", "faltam 5 dias", "CRAS Centro",
        "aplicacoes.mds.gov.br/sagi/atendimento", "bloqueio de recursos", "outro navegador", "rede.suas@mds.gov.br",
        "Vigilância socioassistencial estadual",
    ):  # fmt: skip
        assert parte in texto, parte


def test_sem_ninguem_com_acesso_vai_ao_correio_do_orgao_e_sem_correio_se_diz(cras, estado):
    rede.unidade("CRAS Longe", onde="3200102", aberta_em=date(2026, 10, 1))
    gestor = orgaos.orgao(onde="3205309")
    gestor.email = "assistencia@vitoria.example"
    gestor.save()
    [comunicacao] = propor(estado)

    recebem = {r.municipio: r for r in comunicados.previa(comunicacao, hoje=HOJE)}
    assert (recebem["3205309"].tem_como, recebem["3200102"].tem_como) == (True, False)
    assert mandar(comunicacao, estado) == 1
    assert Mensagem.objects.get().email == "assistencia@vitoria.example"


def test_repetir_o_lote_nao_manda_de_novo_e_o_que_se_mandou_nao_se_manda_outra_vez(cras, estado):
    identidade.ator(papeis.GESTAO_MUNICIPAL, "3205309")
    [comunicacao] = propor(estado)
    mandar(comunicacao, estado)
    todos = list(Destinatario.objects.values_list("pk", flat=True))

    de_novo = acoes.entregar(comunicacao_id=comunicacao.pk, destinatarios=todos, por=estado, em=EM, hoje=HOJE)

    assert de_novo == 0
    assert Aviso.objects.count() == 1
    with pytest.raises(AtoRecusado, match="já foi enviada"):
        acoes.enviar(comunicacao=comunicacao, por=estado, em=EM, hoje=HOJE)


def test_quem_entrega_entre_a_decisao_e_a_fila_nao_recebe(cras, estado):
    identidade.ator(papeis.GESTAO_MUNICIPAL, "3205309")
    [comunicacao] = propor(estado)
    destinatarios = acoes.enviar(comunicacao=comunicacao, por=estado, em=EM, hoje=HOJE)
    entregas.entregar(
        sistema="RMA", etapa="preenchimento", periodo="2026-10", devedor=obrigacao.devedor(cras), dia=HOJE
    )

    mandados = acoes.entregar(
        comunicacao_id=comunicacao.pk, destinatarios=[d.pk for d in destinatarios], por=estado, em=EM, hoje=HOJE
    )

    assert mandados == 0
    assert not Aviso.objects.exists()


def test_o_prazo_que_muda_e_outra_causa(cras, estado):
    [comunicacao] = propor(estado)
    comunicacao.prazo = date(2026, 11, 20)  # como se o prazo tivesse sido outro quando se propôs
    comunicacao.save()

    [nova] = propor(estado)
    assert comunicados.causa(nova, "3205309") != comunicados.causa(comunicacao, "3205309")


def test_descartar_pede_o_motivo_e_ninguem_recebe(cras, estado):
    [comunicacao] = propor(estado)

    with pytest.raises(AtoRecusado, match="por que não se manda"):
        acoes.descartar(comunicacao=comunicacao, motivo="não", por=estado, em=EM)
    acoes.descartar(comunicacao=comunicacao, motivo="O ministério já prorrogou.", por=estado, em=EM)
    with pytest.raises(AtoRecusado, match="já foi descartada"):
        acoes.enviar(comunicacao=comunicacao, por=estado, em=EM, hoje=HOJE)


def test_a_tela_mostra_a_previa_manda_e_depois_diz_o_que_chegou(cras, estado, monkeypatch):
    titular = identidade.ator(papeis.GESTAO_MUNICIPAL, "3205309").pessoa
    [comunicacao] = propor(estado)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a, **k: HOJE)
    cliente = rede.entrar(estado)
    endereco = f"/monitoramento/avisos/{comunicacao.pk}/"

    previa = cliente.get(endereco).content.decode()
    assert titular.nome in previa
    assert "À gestão da assistência social de" in previa
    assert cliente.post(f"{endereco}mandar/").status_code == 302
    depois = cliente.get(endereco).content.decode()
    assert "A quem foi" in depois
    assert "Mandar</button>" not in depois


def test_a_rotina_propoe_em_cada_estado_da_instalacao(cras, monkeypatch):
    identidade.instalacao()
    tarefas.propor_as_do_dia(EM)

    assert {c.abrangencia for c in Comunicacao.objects.filter(sistema="RMA")} == {"32"}
