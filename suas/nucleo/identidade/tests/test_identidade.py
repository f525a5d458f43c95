from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.acoes import pessoas, vinculos
from suas.nucleo.identidade.models import Pessoa, Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, CONSELHEIRO, GESTAO_MUNICIPAL
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db


def criar(**mudancas):
    dados = {
        "email": "nova@exemplo.example",
        "nome": "Pessoa Nova",
        "senha": "vento-mesa-lirio-42",
        "por": ATOR_PUBLICO,
        "em": fabricas.AGORA,
    }
    return pessoas.criar_pessoa(**(dados | mudancas))


def entrar(client, pessoa, senha=fabricas.SENHA):
    return client.post(reverse("account_login"), {"login": pessoa.email, "password": senha})


def test_criar_pessoa_deixa_um_ato_na_trilha():
    pessoa = criar()

    assert Ato.objects.get(ato="identidade.criar_pessoa").objeto_id == str(pessoa.pk)


@pytest.mark.parametrize(
    "senha, motivo",
    [
        pytest.param("curta", "faltam 5 para os 10", id="curta"),
        pytest.param("password123", "das mais usadas", id="comum"),
    ],
)
def test_senha_fraca_recusa_em_palavras(senha, motivo):
    with pytest.raises(AtoRecusado, match=motivo):
        criar(senha=senha)


def test_email_repetido_com_outra_caixa_e_recusado():
    criar()

    with pytest.raises(AtoRecusado, match=r"Já existe uma pessoa com o e-mail NOVA@exemplo\.example"):
        criar(email="NOVA@exemplo.example")


def test_instalacao_real_recusa_criar_entrada_de_demonstracao():
    fabricas.instalacao(demonstracao=False)

    with pytest.raises(AtoRecusado, match="não é de demonstração"):
        criar(de_demonstracao=True)


def test_quem_veio_da_demonstracao_nao_entra_em_instalacao_real(client):
    instalacao = fabricas.instalacao(demonstracao=True)
    pessoa = criar(de_demonstracao=True)
    assert entrar(client, pessoa, "vento-mesa-lirio-42").status_code == 302
    client.logout()

    instalacao.demonstracao = False
    instalacao.save()
    resposta = entrar(client, pessoa, "vento-mesa-lirio-42")

    assert resposta.status_code == 200
    assert "não combinam" in resposta.content.decode()


def test_a_instalacao_e_criada_uma_vez_so():
    pessoas.criar_instalacao(orgao="SEDS", abrangencia="32", demonstracao=False, por=ATOR_PUBLICO, em=fabricas.AGORA)

    with pytest.raises(AtoRecusado, match="já é de “SEDS”"):
        pessoas.criar_instalacao(orgao="B", abrangencia="33", demonstracao=False, por=ATOR_PUBLICO, em=fabricas.AGORA)


def test_vinculo_so_na_esfera_do_papel():
    with pytest.raises(AtoRecusado, match="não existe nessa esfera"):
        vinculos.vincular(
            pessoa=criar(),
            papel=GESTAO_MUNICIPAL,
            abrangencia="32",
            orgao="X",
            desde=date(2026, 1, 1),
            por=ATOR_PUBLICO,
            em=fabricas.AGORA,
        )


def test_o_banco_recusa_dois_vinculos_abertos_iguais():
    pessoa = fabricas.pessoa_com_vinculo()

    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        Vinculo.objects.create(
            pessoa=pessoa, papel_codigo="administracao_federal", abrangencia="BR", orgao="X", desde=date(2026, 1, 1)
        )


@pytest.mark.parametrize(
    "dia, vale",
    [
        pytest.param(date(2025, 12, 31), False, id="na véspera de começar"),
        pytest.param(date(2026, 1, 1), True, id="no primeiro dia"),
        pytest.param(date(2026, 6, 30), True, id="no último dia"),
        pytest.param(date(2026, 7, 1), False, id="no dia em que já não vale"),
    ],
)
def test_vinculo_vale_do_primeiro_dia_ate_a_vespera_do_fim(dia, vale):
    pessoa = criar()
    Vinculo.objects.create(
        pessoa=pessoa,
        papel_codigo=CONSELHEIRO.codigo,
        abrangencia="32",
        orgao="CEAS",
        desde=date(2026, 1, 1),
        ate=date(2026, 7, 1),
    )

    ator = consultas.ator_de(pessoa, vinculo_id=None, em=dia)

    assert (ator.vinculo is not None) is vale
    assert ator.abrangencia == ("32" if vale else "")


def test_trocar_de_vinculo_muda_o_papel_da_pagina_seguinte(client):
    pessoa = fabricas.pessoa_com_vinculo()
    outro = Vinculo.objects.create(
        pessoa=pessoa, papel_codigo=CONSELHEIRO.codigo, abrangencia="32", orgao="CEAS/ES", desde=date(2026, 1, 1)
    )
    client.force_login(pessoa)

    client.post(reverse("vinculo"), {"vinculo": str(outro.pk)})
    pagina = client.get(reverse("vinculo")).content.decode()

    assert "CEAS/ES" in pagina
    assert client.get(reverse("vinculo")).wsgi_request.ator.papel == CONSELHEIRO


def test_vinculo_de_outra_pessoa_nao_se_usa(client):
    alheio = fabricas.pessoa_com_vinculo().vinculos.get()
    pessoa = fabricas.pessoa_com_vinculo(CONSELHEIRO, "32")
    client.force_login(pessoa)

    client.post(reverse("vinculo"), {"vinculo": str(alheio.pk)})

    assert client.get(reverse("vinculo")).wsgi_request.ator.papel == CONSELHEIRO


def test_trocar_de_vinculo_nao_leva_a_outro_site(client):
    pessoa = fabricas.pessoa_com_vinculo(ADMINISTRACAO_FEDERAL)
    client.force_login(pessoa)

    resposta = client.post(
        reverse("vinculo"), {"vinculo": str(pessoa.vinculos.get().pk), "voltar": "https://outro.example/"}
    )

    assert resposta["Location"] == reverse("inicio")


def test_senha_errada_volta_com_o_email_digitado(client):
    pessoa = fabricas.pessoa_com_vinculo()

    pagina = entrar(client, pessoa, "errada").content.decode()

    assert "não combinam" in pagina
    assert pessoa.email in pagina


def test_ninguem_se_cadastra_sozinho(client):
    resposta = client.post(reverse("account_signup"), {"email": "x@y.example", "password1": "a", "password2": "a"})

    assert resposta.status_code == 302
    assert resposta["Location"] == reverse("account_login")
    assert not Pessoa.objects.exists()


def test_pagina_restrita_leva_quem_nao_entrou_a_entrada(client):
    resposta = client.get(reverse("vinculo"))

    assert resposta.status_code == 302
    assert resposta["Location"].startswith(reverse("account_login"))


def trocar_a_senha(client, atual, nova):
    dados = {"oldpassword": atual, "password1": nova, "password2": nova}
    return client.post(reverse("account_change_password"), dados, follow=True)


def test_trocada_a_senha_a_pagina_o_diz_e_a_antiga_nao_entra_mais(client):
    pessoa = fabricas.pessoa_com_vinculo()
    fabricas.instalacao(demonstracao=False)
    client.force_login(pessoa)

    pagina = trocar_a_senha(client, fabricas.SENHA, "vento-mesa-lirio-42")

    assert "Senha trocada." in pagina.content.decode()
    pessoa.refresh_from_db()
    assert pessoa.check_password("vento-mesa-lirio-42")


def test_senha_atual_errada_nao_troca_e_diz_qual_digitar(client):
    pessoa = fabricas.pessoa_com_vinculo()
    client.force_login(pessoa)

    pagina = trocar_a_senha(client, "outra-que-nao-e", "vento-mesa-lirio-42").content.decode()

    assert "Não é a senha em uso." in pagina
    pessoa.refresh_from_db()
    assert pessoa.check_password(fabricas.SENHA)


@pytest.mark.parametrize("rota", ["account_login", "account_change_password"])
def test_formularios_de_senha_so_dizem_o_que_temos(client, rota):
    if rota == "account_change_password":
        client.force_login(fabricas.pessoa_com_vinculo())

    pagina = client.get(reverse(rota)).content.decode()

    for alheio in ("Email", "Lembrar de Mim", "Esqueceu sua senha", "&lt;ul&gt;"):
        assert alheio not in pagina
