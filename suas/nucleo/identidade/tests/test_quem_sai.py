"""Quem sai: perde na hora o que entrava pelo vínculo, é avisado, e nada do que fez fica sem dono."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.acoes import convites, passagem, vinculos
from suas.nucleo.identidade.models import Convite, Instalacao, Passagem, Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from tests import mundo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cada_ato_na_sua_abrangencia")]
VITORIA = "3205309"
SENHA = "vento-mesa-lirio-42"


@pytest.fixture
def agora():
    return timezone.now()  # noqa: TID251


@pytest.fixture
def hoje():
    return timezone.localdate()


@pytest.fixture
def titular():
    fabricas.instalacao()
    return fabricas.ator(papeis.GESTAO_MUNICIPAL, VITORIA)


@pytest.fixture
def estado(titular):
    return fabricas.ator(papeis.GESTAO_ESTADUAL, "32")


def com_sessao(pessoa) -> Client:
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA})
    cliente.get("/")
    return cliente


def convidar(por, *, agora, hoje, papel=papeis.TECNICO_SUPERIOR, email="nova@exemplo.example"):
    novo = convites.NovoConvite(email=email, papel=papel, abrangencia=VITORIA, orgao="Secretaria", desde=hoje)
    return convites.convidar(novo=novo, por=por, em=agora, hoje=hoje)


def aceitar(enviado, *, agora, hoje):
    return convites.aceitar_com_nova_entrada(
        convite=enviado.convite, nome="Nova Pessoa", senha=SENHA, por=ATOR_PUBLICO, em=agora, hoje=hoje
    )[1]


def avisados(modelo) -> set[object]:
    return set(Aviso.objects.filter(modelo=modelo).values_list("pessoa", flat=True))


def test_encerrado_o_ultimo_vinculo_as_sessoes_terminam_na_hora(titular, agora, hoje):
    tecnica = fabricas.pessoa_com_vinculo(papeis.TECNICO_SUPERIOR, VITORIA)
    com_sessao(tecnica)

    vinculos.encerrar(vinculo=tecnica.vinculos.get(), dia=hoje, motivo="Saiu", por=titular, em=agora, hoje=hoje)

    assert not Session.objects.exists()
    assert avisados("identidade.vinculo_encerrado") == {tecnica.pk}


def test_quem_tem_outro_vinculo_ou_sai_so_amanha_continua_com_a_sessao(titular, agora, hoje):
    de_dois = fabricas.pessoa_com_vinculo(papeis.TECNICO_SUPERIOR, VITORIA)
    mundo.dar_vinculo(de_dois, papeis.CONSELHEIRO, "35")
    de_amanha = fabricas.pessoa_com_vinculo(papeis.RECEPCAO, VITORIA)
    com_sessao(de_dois)
    com_sessao(de_amanha)

    for pessoa, dia in ((de_dois, hoje), (de_amanha, hoje + timedelta(days=1))):
        vinculo = pessoa.vinculos.get(abrangencia=VITORIA)
        vinculos.encerrar(vinculo=vinculo, dia=dia, motivo="Saiu", por=titular, em=agora, hoje=hoje)

    assert Session.objects.count() == 2


def test_destituido_o_titular_sai_na_hora_e_nada_fica_sem_dono(titular, estado, agora, hoje):
    """O gestor some: o estado deixa vaga, nomeia outra pessoa, e ela responde pelo que o anterior delegou."""
    com_sessao(titular.pessoa)
    delegado = aceitar(convidar(titular, agora=agora, hoje=hoje), agora=agora, hoje=hoje)
    aberto = convidar(titular, agora=agora, hoje=hoje, email="espera@exemplo.example").convite

    passagem.deixar_vaga(sai=titular.vinculo, dia=hoje, motivo="Exonerado", por=estado, em=agora, hoje=hoje)
    aberto.refresh_from_db()
    entra = convidar(estado, agora=agora, hoje=hoje, papel=papeis.GESTAO_MUNICIPAL, email="entra@exemplo.example")
    novo = aceitar(entra, agora=agora, hoje=hoje)

    assert not Session.objects.exists()
    assert avisados("identidade.vinculo_encerrado") == {titular.pessoa.pk}
    assert aberto.estado == Convite.Estado.CANCELADO
    delegado.refresh_from_db()
    assert delegado.delegado_por == novo


def test_vaga_durante_a_passagem_o_convite_dela_continua_valendo(titular, estado, agora, hoje):
    nova = passagem.NovaPassagem(email="entra@exemplo.example", orgao="Secretaria", dia=hoje)
    feita = passagem.passar(sai=titular.vinculo, nova=nova, por=titular, em=agora, hoje=hoje)

    passagem.deixar_vaga(sai=titular.vinculo, dia=hoje, motivo="Exonerado", por=estado, em=agora, hoje=hoje)
    entra = aceitar(convites.Enviado(convite=feita.passagem.convite, segredo=feita.segredo), agora=agora, hoje=hoje)

    assert Passagem.objects.get().entra == entra


def test_na_passagem_feita_por_outro_quem_sai_e_quem_entra_sao_avisados(titular, estado, agora, hoje):
    com_sessao(titular.pessoa)
    entra = fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, VITORIA)
    nova = passagem.NovaPassagem(email=entra.email, orgao="Secretaria", dia=hoje, motivo="Exonerado em 20/11")

    passagem.passar(sai=titular.vinculo, nova=nova, por=estado, em=agora, hoje=hoje)

    assert not Session.objects.exists()
    assert avisados("identidade.vinculo_encerrado") == {titular.pessoa.pk}
    assert avisados("identidade.titularidade") == {entra.pk}
    assert "Exonerado em 20/11" in Aviso.objects.get(modelo="identidade.vinculo_encerrado").texto


def test_quem_passa_a_propria_titularidade_ve_a_resposta_e_depois_sai(titular, hoje):
    Instalacao.objects.update(abrangencia="BR")
    cliente = com_sessao(titular.pessoa)
    entra = fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, VITORIA)
    dados = {"email": entra.email, "orgao": "Secretaria", "dia": f"{hoje:%d/%m/%Y}"}

    passou = cliente.post(f"/acessos/vinculos/{titular.vinculo.pk}/passar/", dados)
    depois = cliente.get("/conta/", follow=True)

    assert passou.status_code == 302
    assert Vinculo.objects.get(papel_codigo="gestao_municipal", ate=None).pessoa == entra
    assert "Seu último vínculo terminou, e a entrada com ele." in depois.content.decode()
    assert avisados("identidade.vinculo_encerrado") == set()


def test_a_passagem_para_outro_dia_se_desmarca_passando_de_volta(titular, agora, hoje):
    entra = fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, VITORIA)
    dia = hoje + timedelta(days=10)
    ida = passagem.NovaPassagem(email=entra.email, orgao="Secretaria", dia=dia)
    marcado = passagem.passar(sai=titular.vinculo, nova=ida, por=titular, em=agora, hoje=hoje).passagem.entra
    volta = passagem.NovaPassagem(email=titular.pessoa.email, orgao="Secretaria", dia=dia, motivo="A nomeação caiu")

    passagem.passar(sai=marcado, nova=volta, por=titular, em=agora, hoje=hoje)

    for quando in (hoje, dia - timedelta(days=1), dia, dia + timedelta(days=400)):
        vale = Vinculo.objects.get(consultas.vigente(quando), papel_codigo="gestao_municipal")
        assert vale.pessoa == titular.pessoa
    assert avisados("identidade.vinculo_encerrado") == {entra.pk}
