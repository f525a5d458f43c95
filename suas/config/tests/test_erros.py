"""As páginas de erro dizem o que houve e o que fazer, em português, qualquer que seja o erro."""

from urllib.parse import urlencode

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory
from django.urls import reverse

from suas.config import erros
from suas.nucleo.identidade.tests import fabricas

pytestmark = pytest.mark.django_db
INEXISTENTE = "/partilhas/00000000-0000-7000-8000-000000000000/"


def test_endereco_de_outra_instalacao_e_recusado_em_palavras(client):
    resposta = client.get(reverse("inicio"), headers={"host": "outro.example"})

    assert resposta.status_code == 400
    assert "não é o desta instalação" in resposta.content.decode()


def test_envio_grande_demais_diz_para_dividir():
    resposta = erros.pedido_estranho(RequestFactory().post("/"), RequestDataTooBig())

    assert resposta.status_code == 400
    assert "divida o conteúdo em partes" in resposta.content.decode()


def test_quem_nao_entrou_e_nao_acha_a_pagina_pode_entrar_e_voltar_a_ela(client):
    resposta = client.get(f"{INEXISTENTE}?uf=ES")

    assert resposta.status_code == 404
    entrada = f"{reverse('account_login')}?{urlencode({'next': f'{INEXISTENTE}?uf=ES'})}"
    assert f'href="{entrada}"' in resposta.content.decode()


def test_quem_entrou_e_nao_acha_a_pagina_pode_trocar_de_vinculo(client):
    client.force_login(fabricas.pessoa_com_vinculo())

    pagina = client.get(INEXISTENTE).content.decode()

    assert reverse("vinculo") in pagina
    assert reverse("account_login") not in pagina


def test_endereco_de_um_ato_aberto_sozinho_explica_que_nada_foi_feito(client):
    client.force_login(fabricas.pessoa_com_vinculo())

    resposta = client.get(f"{INEXISTENTE}simular/")

    assert resposta.status_code == 405
    assert resposta["Allow"] == "POST"
    assert "o ato não foi feito" in " ".join(resposta.content.decode().split())


def test_pagina_de_leitura_responde_a_quem_pede_so_o_cabecalho(client):
    resposta = client.head(reverse("inicio"))

    assert resposta.status_code == 200
    assert resposta.content == b""


def test_entrar_vezes_demais_do_mesmo_lugar_responde_em_portugues(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    dados = {"login": "ninguem@exemplo.example", "password": "errada-demais"}

    respostas = [client.post(reverse("account_login"), dados) for _ in range(2)]

    assert [r.status_code for r in respostas] == [200, 429]
    assert "Foram muitas tentativas seguidas" in respostas[1].content.decode()


@pytest.mark.parametrize("falha", [OperationalError("connection refused senha=x"), InterfaceError("connection closed")])
def test_banco_fora_do_ar_e_503_em_palavras_com_quando_tentar_e_sem_nada_de_dentro(client, monkeypatch, falha):
    def cair(*_args, **_opcoes):
        raise falha

    client.raise_request_exception = False
    monkeypatch.setattr("suas.config.inicio.leitura.listar", cair)

    resposta = client.get(reverse("inicio"))

    texto = resposta.content.decode()
    assert (resposta.status_code, resposta["Retry-After"]) == (503, "60")
    assert "O banco de dados não respondeu" in texto
    assert "senha=x" not in texto
    assert "Protocolo" in texto or "protocolo" in texto


@pytest.mark.parametrize("falha", [OperationalError("connection refused senha=x"), InterfaceError("connection closed")])
@pytest.mark.parametrize("onde", ["suas.cadastros.rede.consultas.no_lugar", "suas.nucleo.api.consultas.uso_recente"])
def test_banco_fora_do_ar_para_um_programa_e_503_com_protocolo_e_quando_tentar(client, monkeypatch, falha, onde):
    def cair(*_args, **_opcoes):
        raise falha

    client.raise_request_exception = False
    monkeypatch.setattr(onde, cair)

    resposta = client.get("/api/v1/unidades")

    problema = resposta.json()
    assert (resposta.status_code, resposta["Retry-After"]) == (503, "60")
    assert (problema["status"], problema["title"]) == (503, "O banco de dados não respondeu")
    assert problema["protocolo"] == resposta["X-Protocolo"]
    assert "senha=x" not in resposta.content.decode()
