"""Apagar uma pessoa: sai quem ela é, fica o que ela fez, e a corrente continua conferindo."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.urls import reverse

from suas.nucleo.ajuda import acoes as ajuda
from suas.nucleo.api import acoes as programas
from suas.nucleo.api.models import ChaveDeApi
from suas.nucleo.avisos.acoes import mensagens
from suas.nucleo.avisos.models import Aviso, EnderecoDevolvido
from suas.nucleo.dados_pessoais import acoes, consultas
from suas.nucleo.dados_pessoais.models import Pedido, Situacao
from suas.nucleo.identidade.acoes import convites
from suas.nucleo.identidade.acoes.apagamento import APAGADA
from suas.nucleo.identidade.models import Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import (
    CONSELHEIRO,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
    PRESIDENCIA_CONSELHO,
    PUBLICO,
)
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha import acoes as trilha
from suas.nucleo.trilha import consultas as ler
from suas.nucleo.trilha import verificacao
from suas.nucleo.trilha.models import Alteracao, Ato

pytestmark = pytest.mark.django_db
NOME, EMAIL = "Maria Sintética do Exemplo", "maria.sintetica@exemplo.example"


@pytest.fixture
def federal():
    fabricas.instalacao()
    return fabricas.ator()


def pessoa_com(papel):
    """Uma pessoa de nome reconhecível, com um vínculo e um pedido aberto."""
    ator = fabricas.ator(papel, "3205309")
    ator.pessoa.nome, ator.pessoa.email = NOME, EMAIL
    ator.pessoa.save()
    acoes.pedir(tipo="apagamento", texto=f"Sou {NOME} e saí", por=ator, em=fabricas.AGORA)
    return ator


def _na_trilha(texto):
    colunas = [f"{a.antes} {a.depois}" for a in Alteracao.objects.all()]
    return [coluna for coluna in colunas if texto in coluna]


def test_apagada_a_pessoa_some_de_todas_as_tabelas_e_a_corrente_confere(federal):
    conselheira = pessoa_com(CONSELHEIRO)
    outra = pessoa_com_nome("Outra Pessoa")

    acoes.apagar_pessoa(pessoa=conselheira.pessoa, motivo="Pedido da própria", por=federal, em=fabricas.AGORA)
    trilha.lacrar(em=fabricas.AGORA)

    conselheira.pessoa.refresh_from_db()
    assert conselheira.pessoa.nome == APAGADA
    assert not conselheira.pessoa.is_active
    assert not conselheira.pessoa.has_usable_password()
    assert Pedido.objects.get().texto == ""
    assert Pedido.objects.get().situacao == Situacao.ATENDIDO
    for dado in (NOME, EMAIL):
        assert not _na_trilha(dado)
        assert not _em_tabelas(dado)
    outra.refresh_from_db()
    assert outra.nome == "Outra Pessoa"
    assert verificacao.verificar(em=fabricas.AGORA).inteira
    assert Ato.objects.filter(pessoa_id=conselheira.pessoa.pk).exists()


def pessoa_com_nome(nome):
    pessoa = fabricas.pessoa_com_vinculo(CONSELHEIRO, "32")
    pessoa.nome = nome
    pessoa.save()
    return pessoa


def _convidada(por, *, papel, abrangencia="3205309"):
    novo = convites.NovoConvite(
        email=EMAIL.upper(), nome=NOME, papel=papel, abrangencia=abrangencia, orgao="Órgão", desde=fabricas.HOJE
    )
    return convites.convidar(novo=novo, por=por, em=fabricas.AGORA, hoje=fabricas.HOJE).convite


def _legivel_na_trilha(texto):
    """As alterações que ainda se abrem com o texto, com a chave da instalação na mão."""
    lidas = [(a.tabela, ler.legivel(a)) for a in Alteracao.objects.all()]
    return [tabela for tabela, lida in lidas if texto in f"{lida.antes} {lida.depois}".lower()]


def test_quem_entrou_por_convite_some_tambem_do_convite_das_mensagens_e_dos_meios_de_entrar(federal):
    publico = Ator(pessoa=None, vinculo=None, papel=PUBLICO, abrangencia="")
    ajuda.pedir(texto="Não recebi", pagina=ajuda.Pagina(endereco="/"), email=EMAIL, por=publico, em=fabricas.AGORA)
    convites.cancelar(convite=_convidada(federal, papel=PRESIDENCIA_CONSELHO), por=federal, em=fabricas.AGORA)
    trilha.lacrar(em=fabricas.AGORA)
    pessoa, vinculo = convites.aceitar_com_nova_entrada(
        convite=_convidada(federal, papel=PRESIDENCIA_CONSELHO),
        nome=NOME,
        senha=fabricas.SENHA,
        por=publico,
        em=fabricas.AGORA,
        hoje=fabricas.HOJE,
    )
    trilha.lacrar(em=fabricas.AGORA)
    Vinculo.objects.filter(pk=vinculo.pk).update(ate=fabricas.HOJE)
    aberto = _convidada(federal, papel=GESTAO_MUNICIPAL)
    EmailAddress.objects.create(user=pessoa, email=EMAIL)
    Authenticator.objects.create(user=pessoa, type="totp", data={"secret": "x"})
    SocialAccount.objects.create(user=pessoa, provider="oidc", uid="52998224725", extra_data={"email": EMAIL})
    UserSession.objects.create(user=pessoa, ip="127.0.0.1", session_key="k", user_agent="navegador")
    EnderecoDevolvido.objects.create(titular=pessoa.pk, email=EMAIL, motivo="não existe", desde=fabricas.AGORA)
    outra = pessoa_com_nome("Outra Pessoa")

    acoes.apagar_pessoa(pessoa=pessoa, motivo="Pedido", por=federal, em=fabricas.AGORA)
    trilha.lacrar(em=fabricas.AGORA)

    for dado in (NOME, EMAIL, "52998224725"):
        assert not _em_tabelas(dado)
        assert not _legivel_na_trilha(dado.lower())
    for modelo in (EmailAddress, Authenticator, SocialAccount, UserSession):
        assert not modelo.objects.filter(user=pessoa).exists()
    assert Ato.objects.filter(ato="identidade.cancelar_convite", objeto_id=str(aberto.pk)).exists()
    assert _legivel_na_trilha(outra.nome.lower())
    assert verificacao.verificar(em=fabricas.AGORA).inteira


def test_o_email_que_foi_de_outra_pessoa_nao_leva_a_chave_dela(federal):
    antes = pessoa_com_nome("Dona Anterior")
    mensagens.criar(
        titular=antes.pk,
        pessoa_id=antes.pk,
        email=EMAIL,
        assunto="Aviso",
        corpo="Texto",
        reservada=False,
        nao_antes_de=fabricas.AGORA,
        em=fabricas.AGORA,
    )
    conselheira = pessoa_com(CONSELHEIRO)
    trilha.lacrar(em=fabricas.AGORA)

    acoes.apagar_pessoa(pessoa=conselheira.pessoa, motivo="Pedido", por=federal, em=fabricas.AGORA)

    assert _legivel_na_trilha("dona anterior")
    assert verificacao.verificar(em=fabricas.AGORA).inteira


def _em_tabelas(dado):
    """As tabelas em que o texto ainda aparece, em qualquer coluna de texto."""
    achadas = []
    with connection.cursor() as cursor:
        for tabela in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{tabela}"')
            if any(dado in str(valor) for linha in cursor.fetchall() for valor in linha):
                achadas.append(tabela)
    return achadas


def test_quem_estava_dentro_cai_fora_e_o_vinculo_se_encerra(federal):
    conselheira = pessoa_com(CONSELHEIRO)
    navegador = Client()
    navegador.force_login(conselheira.pessoa)
    assert navegador.get(reverse("meus-dados")).status_code == 200

    acoes.apagar_pessoa(pessoa=conselheira.pessoa, motivo="Pedido", por=federal, em=fabricas.AGORA)

    assert navegador.get(reverse("meus-dados")).status_code == 302
    assert conselheira.pessoa.vinculos.get().ate == fabricas.HOJE


def test_titular_passa_a_titularidade_antes_de_sair(federal):
    gestora = pessoa_com(GESTAO_MUNICIPAL)

    with pytest.raises(AtoRecusado, match="passe a titularidade"):
        acoes.apagar_pessoa(pessoa=gestora.pessoa, motivo="Pedido", por=federal, em=fabricas.AGORA)

    gestora.pessoa.refresh_from_db()
    assert gestora.pessoa.nome == NOME


def test_a_gestao_nao_apaga_o_conselheiro_que_nao_pediu():
    fabricas.instalacao(abrangencia="32")
    gestora, conselheira = fabricas.ator(GESTAO_ESTADUAL, "32"), fabricas.ator(CONSELHEIRO, "32")

    with pytest.raises(AtoRecusado, match="não nomeia este papel"):
        acoes.apagar_pessoa(pessoa=conselheira.pessoa, motivo="Saiu", por=gestora, em=fabricas.AGORA)

    conselheira.pessoa.refresh_from_db()
    assert conselheira.pessoa.is_active


def test_a_tela_mostra_o_que_sai_e_o_que_fica_antes_de_apagar(client, federal):
    conselheira = pessoa_com(CONSELHEIRO)
    client.force_login(federal.pessoa)
    endereco = reverse("dados-apagar", args=[conselheira.pessoa.pk])

    pagina = client.get(endereco).content.decode()
    sem_motivo = client.post(endereco, {"confirmo": "on"})

    assert "O que sai" in pagina
    assert "O que fica, sem o nome" in pagina
    assert "É a prova do que foi feito" in pagina
    assert "o motivo fica na trilha" in sem_motivo.content.decode()
    conselheira.pessoa.refresh_from_db()
    assert conselheira.pessoa.nome == NOME


def test_quem_abre_a_previa_fica_na_lista_de_quem_leu(client, federal):
    conselheira = pessoa_com(CONSELHEIRO)
    client.force_login(federal.pessoa)
    client.get(reverse("dados-apagar", args=[conselheira.pessoa.pk]))
    client.force_login(conselheira.pessoa)

    pagina = client.get(reverse("meus-dados")).content.decode()

    assert "preparar o apagamento" in pagina
    assert "Administração federal" in pagina
    assert federal.pessoa.nome not in pagina


def test_a_copia_traz_o_que_se_guarda_e_nenhum_segredo(client, federal):
    conselheira = pessoa_com(CONSELHEIRO)
    client.force_login(conselheira.pessoa)

    copia = client.get(reverse("meus-dados-copia"))

    assert copia["Content-Disposition"].startswith("attachment")
    texto = copia.content.decode()
    assert EMAIL in texto
    assert NOME in texto
    assert conselheira.pessoa.password not in texto
    assert "senha" not in texto


def test_uma_pessoa_nao_ve_os_dados_de_outra(client, federal):
    pessoa_com(CONSELHEIRO)
    client.force_login(fabricas.pessoa_com_vinculo(CONSELHEIRO, "3205309"))

    pagina = (
        client.get(reverse("meus-dados")).content.decode() + client.get(reverse("meus-dados-copia")).content.decode()
    )

    assert NOME not in pagina
    assert EMAIL not in pagina


def test_um_pedido_aberto_de_cada_tipo_por_vez_e_a_resposta_chega_a_quem_pediu(client, federal):
    conselheira = pessoa_com(CONSELHEIRO)
    with pytest.raises(AtoRecusado, match="à espera de resposta"):
        acoes.pedir(tipo="apagamento", texto="de novo", por=conselheira, em=fabricas.AGORA)

    acoes.responder(
        pedido=Pedido.objects.get(), atendido=False, resposta="Termine o mandato.", por=federal, em=fabricas.AGORA
    )

    client.force_login(conselheira.pessoa)
    assert "Termine o mandato." in client.get(reverse("meus-dados")).content.decode()
    aviso = Aviso.objects.get(modelo="dados_pessoais.resposta")
    assert aviso.pessoa_id == conselheira.pessoa.pk
    assert "Termine" not in aviso.texto
    assert not consultas.pedidos_abertos().exists()


def test_o_publico_le_a_privacidade_com_o_contato_do_encarregado(client, settings):
    settings.ENCARREGADO = "Fulana de Tal, encarregada@exemplo.example"

    pagina = client.get(reverse("privacidade")).content.decode()

    assert "Fulana de Tal, encarregada@exemplo.example" in pagina
    assert "Saber quem entra no sistema" in pagina


def test_sem_pessoa_ninguem_pede():
    publico = Ator(pessoa=None, vinculo=None, papel=CONSELHEIRO, abrangencia="")

    with pytest.raises(AtoRecusado, match="Entre no sistema"):
        acoes.pedir(tipo="correcao", texto="x", por=publico, em=fabricas.AGORA)


def test_as_chaves_de_programa_de_quem_se_apaga_ficam_revogadas_e_isso_na_trilha(federal):
    conselheira = pessoa_com(CONSELHEIRO)
    criada = programas.criar_chave(nome="Painel", dias=90, pode_escrever=False, por=conselheira, em=fabricas.AGORA)

    acoes.apagar_pessoa(pessoa=conselheira.pessoa, motivo="Pedido da própria", por=federal, em=fabricas.AGORA)

    assert Ato.objects.filter(ato="api.revogar_chave", objeto_id=str(criada.chave.pk)).count() == 1
    assert not ChaveDeApi.objects.filter(revogada_em__isnull=True).exists()


def test_a_ficha_da_pessoa_apagada_diz_que_os_dados_sairam_e_nao_mostra_endereco_inventado(client, federal):
    conselheira = pessoa_com(CONSELHEIRO)
    client.force_login(federal.pessoa)

    acoes.apagar_pessoa(pessoa=conselheira.pessoa, motivo="Pedido", por=federal, em=fabricas.AGORA)
    ficha = client.get(reverse("acesso-pessoa", args=[conselheira.pessoa.pk])).content.decode()

    assert "Os dados desta pessoa foram apagados" in ficha
    assert "apagada.invalid" not in ficha + client.get(f"{reverse('acessos')}?situacao=todos").content.decode()
