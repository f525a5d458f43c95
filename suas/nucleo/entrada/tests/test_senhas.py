"""Senha: o que se pede, o que a troca encerra, e o pedido de quem a esqueceu."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import reverse

from suas.nucleo.entrada import senhas
from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
NOVA = "cavalo bateria grampo correto"


@pytest.fixture(autouse=True)
def sem_tentativas_de_outros():
    cache.clear()


def entrar(pessoa, senha=fabricas.SENHA) -> Client:
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": senha})
    return cliente


@pytest.fixture
def pedir(django_capture_on_commit_callbacks):
    """Pede nova senha e deixa a fila trabalhar, como faria logo depois da resposta."""

    def pedir(email: str, cliente: Client | None = None):
        with django_capture_on_commit_callbacks(execute=True):
            return (cliente or Client()).post(reverse("account_reset_password"), {"email": email})

    return pedir


def dentro(cliente) -> bool:
    return cliente.get(reverse("conta")).status_code == 200


def conferir(senha, pessoa=None):
    for regra in (senhas.Comprimento(), senhas.Comuns()):
        regra.validate(senha, pessoa)


@pytest.mark.parametrize(
    "senha, motivo",
    [
        pytest.param("abcdefghi", "tem 9 caracteres; falta 1 para os 10", id="falta um"),
        pytest.param("x" * 300, "tem 300 caracteres; o máximo é 256. Tire 44", id="comprida"),
        pytest.param("1q2w3e4r5t", "das mais usadas", id="lista"),
        pytest.param("aaaaaaaaaaaaaa", "das mais usadas", id="uma letra só"),
        pytest.param("Assistência2026!", "palavra do serviço", id="palavra daqui"),
        pytest.param("maria1234567", "o seu nome", id="o nome"),
    ],
)
def test_a_recusa_diz_o_que_falta(senha, motivo):
    with pytest.raises(ValidationError, match=motivo):
        conferir(senha, Pessoa(nome="Maria Souza", email="m@exemplo.example"))


@pytest.mark.parametrize("senha", ["so letras minusculas", "0918273645", "ç" * 5 + "ãõé12", "a b c d e f g h " * 16])
def test_nenhuma_regra_de_composicao(senha):
    conferir(senha, Pessoa(nome="Maria Souza", email="m@exemplo.example"))


def test_trocar_a_senha_encerra_os_outros_aparelhos_e_fica_na_trilha():
    pessoa = fabricas.pessoa_com_vinculo()
    aqui, outro = entrar(pessoa), entrar(pessoa)

    resposta = aqui.post(
        reverse("account_change_password"),
        {"oldpassword": fabricas.SENHA, "password1": NOVA, "password2": NOVA},
        follow=True,
    )

    assert "Senha trocada" in resposta.content.decode()
    assert dentro(aqui)
    assert not dentro(outro)
    assert Ato.objects.get(ato="entrada.mudar_senha").dados == {"como": "trocada"}
    assert Ato.objects.get(ato="identidade.encerrar_sessoes").dados == {"quantas": 1}


def test_esquecer_a_senha_responde_igual_a_quem_existe_e_a_quem_nao_existe(pedir):
    pessoa = fabricas.pessoa_com_vinculo()
    paginas = []

    for email in (pessoa.email, "ninguem@exemplo.example"):
        resposta = pedir(email)
        pagina = Client().get(resposta["Location"]).content.decode()
        paginas.append((resposta.status_code, re.sub(r'value="[^"]{40,}"', "", pagina)))

    assert paginas[0] == paginas[1]
    assert [m.to for m in mail.outbox] == [[pessoa.email]]


@pytest.mark.parametrize("quem", ["inativa", "de demonstração"])
def test_quem_nao_pode_entrar_nao_recebe_endereco_de_nova_senha(quem, pedir):
    fabricas.instalacao(demonstracao=False)
    pessoa = fabricas.pessoa_com_vinculo()
    Pessoa.objects.filter(pk=pessoa.pk).update(is_active=quem != "inativa", de_demonstracao=quem == "de demonstração")

    pedir(pessoa.email)

    assert not mail.outbox


def test_o_endereco_de_nova_senha_vale_uma_vez_e_encerra_as_sessoes(pedir):
    pessoa = fabricas.pessoa_com_vinculo()
    aberta = entrar(pessoa)
    cliente = Client()
    pedir(pessoa.email, cliente)
    endereco = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]

    formulario = cliente.get(endereco, follow=True)
    onde = formulario.redirect_chain[-1][0]
    feita = cliente.post(onde, {"password1": NOVA, "password2": NOVA}, follow=True)

    assert "Senha guardada" in feita.content.decode()
    assert not dentro(aberta)
    assert dentro(entrar(pessoa, NOVA))
    assert "não vale mais" in Client().get(endereco, follow=True).content.decode()
    assert Ato.objects.get(ato="entrada.mudar_senha").dados == {"como": "redefinida"}


@override_settings(PASSWORD_RESET_TIMEOUT=-1)
def test_o_endereco_vencido_diz_o_que_fazer(pedir):
    pessoa = fabricas.pessoa_com_vinculo()
    pedir(pessoa.email)
    endereco = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]

    pagina = Client().get(endereco, follow=True).content.decode()

    assert "não vale mais" in pagina
    assert "Pedir outro endereço" in pagina


def test_pedidos_demais_de_nova_senha_recebem_429_em_palavras(pedir):
    pessoa = fabricas.pessoa_com_vinculo()

    respostas = [pedir(pessoa.email) for _ in range(6)]

    assert [r.status_code for r in respostas] == [302] * 5 + [429]
    assert "Espere" in respostas[-1].content.decode()
    assert len(mail.outbox) == 5
