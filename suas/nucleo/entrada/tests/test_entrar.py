"""Entrar sem contar quem existe, com limite de tentativas e linha na trilha."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
ARGON = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture(autouse=True)
def sem_tentativas_de_outros():
    cache.clear()


def tentar(email, senha, cliente=None):
    return (cliente or Client()).post(reverse("account_login"), {"login": email, "password": senha})


@override_settings(PASSWORD_HASHERS=ARGON)
@pytest.mark.parametrize("senha", ["certa", "errada"])
def test_conta_inexistente_inativa_sem_senha_ou_de_demonstracao_nao_se_distingue_da_senha_errada(senha):
    fabricas.instalacao(demonstracao=False)
    certa = fabricas.SENHA
    normal, inativa, sem_senha, demo = (fabricas.pessoa_com_vinculo() for _ in range(4))
    Pessoa.objects.filter(pk=inativa.pk).update(is_active=False)
    Pessoa.objects.filter(pk=demo.pk).update(de_demonstracao=True)
    sem_senha.set_unusable_password()
    sem_senha.save()
    casos = {
        "senha errada": (normal.email, "outra-que-nao-e"),
        "inexistente": ("ninguem@exemplo.example", certa),
        "inativa": (inativa.email, certa if senha == "certa" else "errada-de-todo"),
        "sem senha": (sem_senha.email, certa),
        "de demonstração": (demo.email, certa if senha == "certa" else "errada-de-todo"),
    }
    vistos = {}

    for caso, (email, digitada) in casos.items():
        cache.clear()
        with contar_contas() as contas:
            resposta = tentar(email, digitada)
        pagina = resposta.content.decode().replace(email, "o e-mail")
        vistos[caso] = (resposta.status_code, pagina[pagina.index("<main") :].count("não combinam"), len(contas))

    assert set(vistos.values()) == {(200, vistos["senha errada"][1], 1)}, vistos


def contar_contas():
    """Quantas vezes o argon2 trabalhou, para conferir uma senha ou para fingir que conferiu."""
    contas = []
    verificar, codificar = Argon2PasswordHasher.verify, Argon2PasswordHasher.encode

    class Contagem:
        def __enter__(self):
            def verify(hasher, *args, **kwargs):
                contas.append("verify")
                return verificar(hasher, *args, **kwargs)

            def encode(hasher, *args, **kwargs):
                contas.append("encode")
                return codificar(hasher, *args, **kwargs)

            self.trocas = [
                patch.object(Argon2PasswordHasher, "verify", verify),
                patch.object(Argon2PasswordHasher, "encode", encode),
            ]
            for troca in self.trocas:
                troca.start()
            return contas

        def __exit__(self, *_):
            for troca in self.trocas:
                troca.stop()

    return Contagem()


@pytest.mark.parametrize("existe", [True, False])
def test_depois_de_cinco_erros_a_conta_espera_e_a_resposta_e_429_exista_ou_nao(existe):
    email = fabricas.pessoa_com_vinculo().email if existe else "ninguem@exemplo.example"

    respostas = [tentar(email, f"errada {n}") for n in range(7)]

    assert [r.status_code for r in respostas] == [200] * 5 + [429] * 2
    assert respostas[-1]["Retry-After"] == "300"
    assert "Espere cinco minutos" in respostas[-1].content.decode()
    assert f'value="{email}"' in respostas[-1].content.decode()
    assert Ato.objects.filter(ato="entrada.tentar_demais").count() == (1 if existe else 0)


def test_a_senha_certa_nao_passa_durante_a_espera():
    pessoa = fabricas.pessoa_com_vinculo()
    for n in range(5):
        tentar(pessoa.email, f"errada {n}")

    assert tentar(pessoa.email, fabricas.SENHA).status_code == 429


def test_dez_erros_de_um_lugar_em_contas_diferentes_fazem_o_lugar_esperar():
    respostas = [tentar(f"p{n}@exemplo.example", "errada").status_code for n in range(11)]

    assert respostas == [200] * 10 + [429]


def test_entrar_e_sair_ficam_na_trilha_sem_dado_pessoal():
    pessoa = fabricas.pessoa_com_vinculo()
    cliente = Client()

    tentar(pessoa.email, fabricas.SENHA, cliente)
    cliente.post(reverse("account_logout"))

    atos = Ato.objects.filter(ato__startswith="entrada.").order_by("id")
    assert [(a.ato, a.dados) for a in atos] == [("entrada.entrar", {"meios": ["senha"]}), ("entrada.sair", {})]
    assert {a.pessoa_id for a in atos} == {pessoa.pk}


def test_a_chave_da_sessao_muda_ao_entrar():
    pessoa = fabricas.pessoa_com_vinculo()
    cliente = Client()
    cliente.post(reverse("conta"), {"x": "guardado na sessão de quem ainda não entrou"})
    antes = cliente.session.session_key

    tentar(pessoa.email, fabricas.SENHA, cliente)

    assert antes
    assert cliente.session.session_key != antes
