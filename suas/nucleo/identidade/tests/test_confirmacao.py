"""Dar poder a alguém pede uma entrada recente, ou a senha de novo; o que se escreveu não se perde."""

from __future__ import annotations

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from suas.nucleo.api.models import ChaveDeApi
from suas.nucleo.identidade.models import Convite
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL, TECNICO_SUPERIOR

pytestmark = pytest.mark.django_db

NOMEAR = "/acessos/nomear/"


@pytest.fixture
def gestora():
    fabricas.instalacao(demonstracao=False)
    return fabricas.pessoa_com_vinculo(papel=GESTAO_MUNICIPAL, abrangencia="3205309")


@pytest.fixture
def antiga(client, gestora):
    """A entrada da gestora, de há vinte minutos."""
    client.force_login(gestora)
    envelhecer(client)
    return client


def envelhecer(client, *, minutos=20):
    client.get(reverse("conta"))
    sessao = client.session
    sessao["inicio"] -= minutos * 60
    sessao.save()


def convite(**mudancas):
    return {
        "email": "nova@orgao.example",
        "nome": "Nova",
        "papel": "tecnico_superior",
        "orgao": "CRAS do Exemplo",
        "desde": f"{timezone.localdate():%d/%m/%Y}",
    } | mudancas


def confirmar(client, resposta):
    """Digita a senha na confirmação a que a resposta leva, e segue."""
    assert resposta.status_code == 302, resposta.content.decode()[:2000]
    assert resposta["Location"].startswith(reverse("account_reauthenticate"))
    return client.post(resposta["Location"], {"password": fabricas.SENHA, "next": _next(resposta)}, follow=True)


def _next(resposta):
    return parse_qs(urlsplit(resposta["Location"]).query)["next"][0]


def _texto(resposta):
    return unescape(resposta.content.decode())


def test_quem_entrou_ha_pouco_nomeia_sem_confirmar(client, gestora):
    client.force_login(gestora)

    client.post(NOMEAR, convite())

    assert Convite.objects.filter(email="nova@orgao.example").exists()


def test_com_entrada_antiga_o_formulario_de_nomear_pede_a_senha_antes_e_depois_se_abre(antiga):
    resposta = antiga.get(f"{NOMEAR}?papel=tecnico_superior")

    depois = confirmar(antiga, resposta)

    assert depois.redirect_chain[-1][0] == f"{NOMEAR}?papel=tecnico_superior"
    assert "Nomear" in _texto(depois)


def test_o_convite_escrito_enquanto_a_entrada_envelhecia_espera_a_senha_e_segue_com_um_toque(antiga):
    resposta = antiga.post(NOMEAR, convite())
    assert not Convite.objects.exists()

    volta = _texto(confirmar(antiga, resposta))

    assert "Faltava confirmar que é você, e nada foi gravado." in volta
    for nome, valor in convite().items():
        assert f'name="{nome}" value="{valor}"' in volta
    antiga.post(NOMEAR, convite())
    assert Convite.objects.get().email == "nova@orgao.example"


def test_senha_errada_nao_confirma_e_nada_se_nomeia(antiga):
    resposta = antiga.post(NOMEAR, convite())

    antiga.post(resposta["Location"], {"password": "outra senha qualquer", "next": NOMEAR})

    assert antiga.post(NOMEAR, convite()).status_code == 302
    assert not Convite.objects.exists()


def test_o_arquivo_do_ato_que_nao_se_guarda_e_pedido_de_novo_antes_de_nomear(antiga):
    ato = SimpleUploadedFile("decreto.pdf", b"%PDF-1.4 nada")
    confirmar(antiga, antiga.post(NOMEAR, convite(arquivo=ato)))

    sem_ele = antiga.post(NOMEAR, convite())

    assert "Escolha decreto.pdf de novo" in _texto(sem_ele)
    assert "nova@orgao.example" in _texto(sem_ele)
    assert not Convite.objects.exists()
    antiga.post(NOMEAR, convite())  # sem ele mesmo
    assert Convite.objects.exists()


def test_quem_nao_nomeia_recebe_a_recusa_e_nao_a_pergunta(client, gestora):
    outra = fabricas.pessoa_com_vinculo(papel=GESTAO_MUNICIPAL, abrangencia="3550308")
    client.force_login(outra)
    envelhecer(client)

    assert client.get(reverse("acesso-passar", args=[gestora.vinculos.get().pk])).status_code == 404
    assert client.get(reverse("segundo-fator-de-outra-pessoa", args=[gestora.pk])).status_code == 404


@pytest.mark.parametrize("metodo", ["get", "post"])
def test_passar_a_titularidade_e_retirar_o_segundo_fator_de_outra_pessoa_pedem_a_senha(antiga, gestora, metodo):
    tecnica = fabricas.pessoa_com_vinculo(papel=TECNICO_SUPERIOR, abrangencia="3205309")
    enderecos = [
        reverse("acesso-passar", args=[gestora.vinculos.get().pk]),
        reverse("segundo-fator-de-outra-pessoa", args=[tecnica.pk]),
    ]

    for endereco in enderecos:
        resposta = getattr(antiga, metodo)(endereco, {"motivo": "perdeu o telefone"})
        assert resposta["Location"].startswith(reverse("account_reauthenticate")), endereco


def test_mandar_o_convite_de_novo_pede_a_senha_e_volta_ao_convite(antiga):
    confirmar(antiga, antiga.get(NOMEAR))
    antiga.post(NOMEAR, convite())
    um = Convite.objects.get()
    envelhecer_tudo(antiga)

    resposta = antiga.post(reverse("acesso-convite-reenviar", args=[um.pk]))

    assert _next(resposta) == reverse("acesso-convite", args=[um.pk])


def envelhecer_tudo(client):
    sessao = client.session
    provas = sessao["account_authentication_methods"]
    for prova in provas:
        prova["at"] -= 20 * 60
    sessao["account_authentication_methods"] = provas
    sessao.save()


def test_criar_chave_de_programa_pede_a_senha_e_ver_as_que_ha_nao(antiga):
    nova = {"nome": "Painel", "permite": "ler", "dias": "90"}
    assert antiga.get(reverse("chaves")).status_code == 200

    volta = _texto(confirmar(antiga, antiga.post(reverse("chaves"), nova)))

    assert 'value="Painel"' in volta
    assert not ChaveDeApi.objects.exists()
    antiga.post(reverse("chaves"), nova)
    assert ChaveDeApi.objects.get().nome == "Painel"


def test_quem_so_entra_pelo_provedor_confirma_nele(client, gestora):
    gestora.set_unusable_password()
    gestora.save()
    SocialAccount.objects.create(user=gestora, provider="oidc", uid="12345678909")
    client.force_login(gestora)
    envelhecer(client)

    resposta = client.get(NOMEAR)

    assert resposta["Location"] == f"{reverse('provedor-ida')}?next=%2Facessos%2Fnomear%2F"
