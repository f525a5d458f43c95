"""A entrada vence no meio de um formulário: o que foi escrito volta, e só a quem o escreveu daqui."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from suas.nucleo.identidade import guardado
from suas.nucleo.identidade.tests import fabricas

pytestmark = pytest.mark.django_db

NOVA = {"nome": "Partilha digitada", "exercicio": "2006", "recurso": "50.000.000,00", "motivo": "linha um\nlinha dois"}


@pytest.fixture
def pessoa():
    fabricas.instalacao(demonstracao=False)
    return fabricas.pessoa_com_vinculo()


def _entrar(client, pessoa, *, next_):
    dados = {"login": pessoa.email, "password": fabricas.SENHA, "next": next_}
    return client.post(reverse("account_login"), dados, follow=True)


def _texto(resposta):
    return unescape(resposta.content.decode())


def _vencer_e_entrar(client, pessoa, dados, *, rota="partilha-nova"):
    endereco = reverse(rota)
    resposta = client.post(endereco, dados)
    assert resposta["Location"] == f"{reverse('account_login')}?next={endereco}"
    return _entrar(client, pessoa, next_=endereco)


def test_o_que_foi_escrito_volta_depois_de_entrar_de_novo(client, pessoa):
    texto = _texto(_vencer_e_entrar(client, pessoa, NOVA))

    assert "O que você tinha escrito" in texto
    for nome, valor in NOVA.items():
        assert f'name="{nome}" value="{valor}"' in texto
    assert f'action="{reverse("partilha-nova")}"' in texto


def test_o_que_um_escreveu_nao_se_mostra_a_outro_que_entra_no_mesmo_navegador(client, pessoa, settings):
    outra = fabricas.pessoa_com_vinculo()
    client.force_login(pessoa)
    client.get(reverse("vinculo"))
    settings.SESSAO_INATIVA_MINUTOS = -1
    client.post(reverse("partilha-nova"), NOVA)
    settings.SESSAO_INATIVA_MINUTOS = 120

    de_outra = _texto(_entrar(client, outra, next_=reverse("partilha-nova")))

    assert "Abrir partilha" in de_outra
    assert "Partilha digitada" not in de_outra
    assert guardado.CHAVE not in client.session


def test_enviado_segue_para_a_tela_e_nao_volta_a_aparecer(client, pessoa):
    endereco = reverse("partilha-nova")
    _vencer_e_entrar(client, pessoa, NOVA)

    resposta = client.post(endereco, NOVA)

    assert "Abrir partilha" in _texto(resposta)
    assert "O que você tinha escrito" not in _texto(resposta)
    assert guardado.CHAVE not in client.session


def test_descartado_a_tela_volta_vazia(client, pessoa):
    endereco = reverse("vinculo")
    _vencer_e_entrar(client, pessoa, {"vinculo": "x"}, rota="vinculo")

    resposta = client.post(endereco, {guardado.DESCARTAR: "sim"})

    assert resposta["Location"] == endereco
    assert "Seus vínculos" in _texto(client.get(endereco))


def test_so_aparece_no_endereco_em_que_foi_escrito(client, pessoa):
    _vencer_e_entrar(client, pessoa, NOVA)

    assert "Seus vínculos" in _texto(client.get(reverse("vinculo")))


def test_o_arquivo_nao_se_guarda_e_a_pagina_diz(client, pessoa):
    dados = NOVA | {"arquivo": SimpleUploadedFile("ata.pdf", b"%PDF-")}

    texto = _texto(_vencer_e_entrar(client, pessoa, dados))

    assert "ata.pdf não fica guardado" in texto


@pytest.mark.parametrize(
    "dados",
    [
        pytest.param({"oldpassword": "segredo", "nome": "x"}, id="senha"),
        pytest.param({"nome": "x" * (guardado.MAIOR + 1)}, id="grande demais"),
        pytest.param({}, id="nada escrito"),
    ],
)
def test_o_que_nao_se_guarda(client, pessoa, dados):
    client.post(reverse("partilha-nova"), dados)

    assert guardado.CHAVE not in client.session


def test_o_que_e_publico_nao_guarda_nada(client, pessoa):
    client.post(reverse("account_login"), {"login": "x@exemplo.example", "outro": "y"})

    assert guardado.CHAVE not in client.session


class TestCodigoVencido:
    """A pessoa entrou de novo em outra janela: o código da página antiga já não vale."""

    @pytest.fixture
    def dentro(self, pessoa):
        client = Client(enforce_csrf_checks=True)
        client.force_login(pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.get(reverse("vinculo"))
        return client

    def _enviar(self, client, origem):
        dados = NOVA | {"csrfmiddlewaretoken": "a" * 64}
        return client.post(reverse("partilha-nova"), dados, headers={"Origin": origem} if origem else {})

    def test_o_que_veio_desta_instalacao_volta_com_codigo_novo(self, dentro):
        texto = _texto(self._enviar(dentro, "http://testserver"))

        assert 'name="nome" value="Partilha digitada"' in texto
        codigos = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', texto))
        assert codigos
        assert "a" * 64 not in codigos

    def test_descartado_a_tela_volta_vazia(self, dentro):
        texto = _texto(self._enviar(dentro, "http://testserver"))
        codigo = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', texto)[1]

        resposta = dentro.post(
            reverse("partilha-nova"), {guardado.DESCARTAR: "sim", "csrfmiddlewaretoken": codigo}, follow=True
        )

        assert resposta.redirect_chain
        assert "Confira antes de enviar" not in _texto(resposta)

    @pytest.mark.parametrize("origem", ["https://outro.example", ""])
    def test_o_que_veio_de_outro_lugar_e_recusado(self, dentro, origem):
        resposta = self._enviar(dentro, origem)

        assert resposta.status_code == 403
        assert "Partilha digitada" not in _texto(resposta)

    def test_recusado_leva_de_volta_ao_formulario_e_so_ao_desta_instalacao(self, dentro):
        daqui, de_fora = (
            dentro.post(reverse("partilha-nova"), NOVA, headers={"Referer": f"http://{lugar}/partilhas/nova/?x=1"})
            for lugar in ("testserver", "outro.example")
        )

        assert 'href="/partilhas/nova/?x=1">Abrir o formulário de novo' in _texto(daqui)
        assert 'href="/">Abrir o formulário de novo' in _texto(de_fora)

    def test_sem_codigo_nenhum_e_recusado(self, dentro):
        resposta = dentro.post(reverse("partilha-nova"), NOVA, headers={"Origin": "http://testserver"})

        assert resposta.status_code == 403
        assert "Partilha digitada" not in _texto(resposta)
