"""As telas de quem conduz: abrir, opções, cenário, congelar, simular, excluir, peças e selo."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from suas.financas.partilhas.acoes import pecas
from suas.financas.partilhas.models import Estado, Partilha
from suas.financas.partilhas.tests import fabricas

pytestmark = pytest.mark.django_db

NOVA = {
    "nome": "Partilha 2006",
    "exercicio": "2006",
    "recurso": "1.000.000,00",
    "pbf": "1,80",
    "ano_populacao": "2005",
    "criterio_porte": "tabela",
    "normalizacao": "porte",
}


@pytest.fixture
def entrar(client):
    """Entra como o ator e devolve o cliente."""

    def _entrar(ator):
        client.force_login(ator.pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _entrar


def _texto(resposta) -> str:
    return resposta.content.decode()


def test_abrir_pela_tela_congela_e_leva_a_partilha(entrar, federal, lugares):
    resposta = entrar(federal).post(reverse("partilha-nova"), NOVA)

    partilha = Partilha.objects.get()
    assert resposta.url == reverse("partilha", args=[partilha.pk])
    assert (partilha.ambito, partilha.recurso_centavos, partilha.pbf_centavos) == ("BR", 100_000_000, 180)
    assert partilha.insumos.count() == 8


def test_o_estado_abre_a_do_seu_fundo(entrar, federal, estadual, lugares):
    entrar(estadual).post(reverse("partilha-nova"), NOVA)

    assert Partilha.objects.get().ambito == "32"


@pytest.mark.parametrize(
    "mudancas, palavras",
    [
        pytest.param({"recurso": "muito"}, "“muito” não é um valor em reais. Escreva como 1.234,56.", id="texto"),
        pytest.param({"recurso": "0"}, "R$ 0,00 não serve", id="zero"),
        pytest.param({"recurso": "-5"}, "“-5” é negativo", id="negativo"),
        pytest.param({"exercicio": "06"}, "O exercício vai de 1988", id="ano curto"),
        pytest.param({"ano_populacao": "1991"}, "Não temos a população desse ano", id="ano sem população"),
        pytest.param({"nome": ""}, "Dê um nome", id="sem nome"),
    ],
)
def test_valor_que_nao_serve_volta_com_tudo_o_que_foi_digitado(entrar, federal, lugares, mudancas, palavras):
    resposta = entrar(federal).post(reverse("partilha-nova"), NOVA | {"nome": "Nome digitado"} | mudancas)

    texto = _texto(resposta)
    assert palavras in texto
    assert 'href="#id_' in texto
    assert "Nome digitado" in texto or mudancas.get("nome") == ""
    assert not Partilha.objects.exists()


def test_municipio_conselho_e_publico_nao_abrem(entrar, client, municipal, conselho):
    assert client.get(reverse("partilha-nova")).url.startswith("/entrar/")
    for ator in (municipal, conselho):
        resposta = entrar(ator).get(reverse("partilha-nova"))
        assert resposta.status_code == 403
        assert "Só a administração federal e a gestão estadual abrem partilhas." in _texto(resposta)


def test_mudar_opcoes_pela_tela(entrar, federal, lugares):
    partilha = fabricas.simulada(por=federal)

    entrar(federal).post(reverse("partilha-opcoes", args=[partilha.pk]), NOVA | {"pbf": "2,40"})

    partilha.refresh_from_db()
    assert partilha.pbf_centavos == 240
    assert partilha.desatualizada


def test_opcoes_de_pactuada_dizem_que_nao_mudam_e_o_envio_e_recusado(entrar, federal, lugares):
    pactuada = fabricas.juntar(fabricas.simulada(por=federal), por=federal)
    endereco = reverse("partilha-opcoes", args=[pactuada.pk])

    assert "As opções já não mudam" in _texto(entrar(federal).get(endereco))
    resposta = entrar(federal).post(endereco, NOVA | {"pbf": "2,40"})

    assert resposta.status_code == 200
    pactuada.refresh_from_db()
    assert pactuada.pbf_centavos == 180


def test_cenario_pela_tela_ja_sai_simulado(entrar, federal, lugares):
    base = fabricas.simulada(por=federal)

    entrar(federal).post(
        reverse("partilha-cenario", args=[base.pk]), NOVA | {"nome": "Pela população", "criterio_porte": "populacao"}
    )

    cenario = Partilha.objects.get(nome="Pela população")
    assert (cenario.cenario_de, cenario.estado) == (base, Estado.SIMULADA)
    assert cenario.sha256 != base.sha256


def test_simular_pela_tela(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)

    resposta = entrar(federal).post(reverse("partilha-simular", args=[partilha.pk]))

    assert resposta.url == reverse("partilha", args=[partilha.pk])
    partilha.refresh_from_db()
    assert partilha.estado == Estado.SIMULADA


def test_congelar_e_excluir_pela_tela(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)

    entrar(federal).post(reverse("partilha-congelar", args=[partilha.pk]))
    partilha.refresh_from_db()
    assert partilha.versao_insumos == 2

    assert "Excluir este rascunho?" in _texto(entrar(federal).get(reverse("partilha-excluir", args=[partilha.pk])))
    entrar(federal).post(reverse("partilha-excluir", args=[partilha.pk]))
    assert not Partilha.objects.exists()


def test_juntar_as_pecas_e_selar_pela_tela(entrar, federal, lugares):
    partilha = fabricas.simulada(por=federal)
    endereco = reverse("partilha-pecas", args=[partilha.pk])
    quem = entrar(federal)

    quem.post(endereco, {"numero": "1/2006", "dia": "01/03/2006", "arquivo": fabricas.arquivo()})
    assert "Juntar a resolução do CNAS" in _texto(quem.get(endereco))
    quem.post(endereco, {"numero": "2/2006", "dia": "01/04/2006", "arquivo": fabricas.arquivo()})
    confirmacao = _texto(quem.get(reverse("partilha-selar", args=[partilha.pk])))
    assert "O selo não se desfaz" in confirmacao
    assert "Pactuação CIT nº 1/2006" in confirmacao
    quem.post(reverse("partilha-selar", args=[partilha.pk]))

    partilha.refresh_from_db()
    assert partilha.estado == Estado.SELADA
    assert "o próprio banco recusa" in _texto(quem.get(reverse("partilha-selar", args=[partilha.pk])))


def test_peca_recusada_volta_com_o_que_foi_digitado(entrar, federal, lugares):
    partilha = fabricas.simulada(por=federal)

    resposta = entrar(federal).post(
        reverse("partilha-pecas", args=[partilha.pk]),
        {"numero": "77/2006", "dia": "01/03/2099", "arquivo": fabricas.arquivo()},
    )

    assert "01/03/2099 ainda não chegou" in _texto(resposta)
    assert 'value="77/2006"' in _texto(resposta)
    assert not partilha.pecas.exists()


def test_retirar_peca_pela_tela_pede_o_motivo(entrar, federal, lugares):
    pactuada = fabricas.juntar(fabricas.simulada(por=federal), por=federal)
    endereco = reverse("partilha-pecas-retirar", args=[pactuada.pk])

    assert "Escreva por que a peça é retirada" in _texto(entrar(federal).post(endereco, {"motivo": ""}))
    entrar(federal).post(endereco, {"motivo": "número trocado"})

    pactuada.refresh_from_db()
    assert pactuada.estado == Estado.SIMULADA


def test_selar_sem_as_pecas_diz_o_que_falta_e_nao_sela(entrar, federal, lugares):
    partilha = fabricas.simulada(por=federal)
    endereco = reverse("partilha-selar", args=[partilha.pk])

    assert "Ainda não pode ser selada" in _texto(entrar(federal).get(endereco))
    assert "precisa da pactuação da CIT" in _texto(entrar(federal).post(endereco))


CONDUZIR = ("partilha-opcoes", "partilha-cenario", "partilha-excluir", "partilha-complementares")
APROVAR = ("partilha-pecas", "partilha-selar")
POR_ENVIO = ("partilha-congelar", "partilha-simular", "partilha-pecas-retirar")


@pytest.mark.parametrize("rota", CONDUZIR + APROVAR + POR_ENVIO)
def test_quem_so_ve_nao_conduz_quem_nao_ve_nao_acha_e_quem_nao_entrou_vai_a_entrada(
    entrar, client, federal, estadual, conselho, lugares, rota
):
    nacional = fabricas.simulada(por=federal)
    rascunho = fabricas.partilha(por=federal)
    pedir = "post" if rota in POR_ENVIO else "get"

    def status(ator, partilha):
        quem = client if ator is None else entrar(ator)
        return getattr(quem, pedir)(reverse(rota, args=[partilha.pk])).status_code

    assert status(None, nacional) == 302
    assert status(estadual, nacional) == 403
    assert status(conselho, rascunho) == 403
    assert status(estadual, rascunho) == 404


def test_a_uniao_ve_mas_nao_conduz_a_partilha_do_estado(entrar, federal, estadual, lugares):
    do_estado = fabricas.simulada(por=estadual, ambito="32")

    resposta = entrar(federal).get(reverse("partilha-opcoes", args=[do_estado.pk]))

    assert resposta.status_code == 403
    assert "Só a gestão estadual (Espírito Santo) conduz esta partilha." in _texto(resposta)


def test_resolucao_e_documento_publico_depois_de_deliberada(entrar, client, federal, lugares):
    deliberada = fabricas.deliberada(por=federal)
    peca = deliberada.pecas.get(tipo="resolucao")

    resposta = client.get(reverse("partilha-peca", args=[deliberada.pk, peca.pk]))

    assert resposta["Content-Disposition"].startswith("attachment")
    assert b"".join(resposta.streaming_content) == fabricas.PDF
    assert peca.dia == date(2006, 4, 1)


def test_a_peca_nao_e_publica_antes_da_partilha_nem_depois_de_retirada(entrar, client, federal, estadual, lugares):
    deliberada = fabricas.deliberada(por=federal)
    resolucao = deliberada.pecas.get(tipo="resolucao")
    endereco = reverse("partilha-peca", args=[deliberada.pk, resolucao.pk])
    pactuacao = reverse("partilha-peca", args=[deliberada.pk, deliberada.pecas.get(tipo="pactuacao").pk])

    pecas.retirar_peca(partilha=deliberada, motivo="Arquivo trocado", por=federal, em=fabricas.AGORA)

    assert client.get(endereco).status_code == client.get(pactuacao).status_code == 404
    assert entrar(estadual).get(endereco).status_code == 404
    assert entrar(estadual).get(pactuacao).status_code == 200
