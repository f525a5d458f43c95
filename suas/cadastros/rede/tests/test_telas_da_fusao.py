"""As telas de juntar dois cadastros: a prévia lado a lado, o pedido, o endereço que leva ao que ficou, o desfazer."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede import permissoes
from suas.cadastros.rede.models import Pedido, ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import entrar, unidade
from suas.cadastros.rede.tests.juncoes import juntar
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA
from suas.nucleo.identidade.tests.fabricas import ator, instalacao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import COORDENACAO_UNIDADE, GESTAO_ESTADUAL, GESTAO_MUNICIPAL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _instalacao():
    instalacao(abrangencia="BR")


@pytest.fixture
def gestora() -> Ator:
    return ator(GESTAO_MUNICIPAL, VITORIA)


@pytest.fixture
def estado() -> Ator:
    return ator(GESTAO_ESTADUAL, "32")


def ficha(de: Unidade) -> str:
    return reverse("rede-unidade", args=[de.pk])


def test_do_escolher_ao_aprovar_pelas_telas(gestora, estado):
    sai, fica = unidade("CRAS Central", telefone="2730001111"), unidade("CRAS Centro", email="")
    ServicoOfertado.objects.create(unidade=sai, servico="scfv")
    unidade("CRAS de Longe", onde=SERRA)
    endereco = reverse("rede-juntar", args=[sai.pk])
    cliente = entrar(gestora)

    escolha = cliente.get(endereco).content.decode()
    previa = cliente.get(endereco, {"com": fica.pk}).content.decode()
    dados = {"com": fica.pk, "vale_nome": "fica", "vale_fone": "sai", "justificativa": "Mesmo prédio"}
    enviado = cliente.post(endereco, dados, follow=True).content.decode()
    pedido = Pedido.objects.get()
    pagina = entrar(estado).get(reverse("rede-pedido", args=[pedido.pk])).content.decode()
    entrar(estado).post(reverse("rede-responder", args=[pedido.pk]), {"decisao": "aprovar"})

    assert "CRAS Centro" in escolha and "CRAS de Longe" not in escolha
    assert "(27) 3000-1111" in previa and "(27) 3333-4444" in previa and "passa a CRAS Centro" in previa
    assert "Pedido enviado" in enviado
    assert "Pedido para juntar CRAS Central a CRAS Centro" in pagina and "(27) 3000-1111" in pagina
    fica.refresh_from_db()
    assert (fica.nome, fica.telefone) == ("CRAS Centro", "2730001111")


def test_o_que_a_que_fica_nao_diz_ja_vem_marcado_da_que_sai(gestora):
    sai, fica = unidade("CRAS Central", capacidade=3500), unidade("CRAS Centro")

    pagina = entrar(gestora).get(reverse("rede-juntar", args=[sai.pk]), {"com": fica.pk}).content.decode()

    marcada = pagina[pagina.index('name="vale_capacidade" value="sai"') :][:120]
    assert " checked" in marcada and "3.500" in marcada


def test_sem_motivo_volta_com_o_que_se_marcou(gestora):
    sai, fica = unidade("CRAS Central"), unidade("CRAS Centro")
    dados = {"com": fica.pk, "vale_nome": "sai", "justificativa": ""}

    pagina = entrar(gestora).post(reverse("rede-juntar", args=[sai.pk]), dados).content.decode()

    assert "Escreva por que os dois cadastros são da mesma unidade" in pagina
    assert " checked" in pagina[pagina.index('name="vale_nome" value="sai"') :][:110]
    assert not Pedido.objects.exists()


def test_o_endereco_da_que_saiu_leva_a_que_fica_dizendo_e_o_antigo_ainda_se_le(gestora, estado):
    a, b, c = unidade("CRAS A"), unidade("CRAS B"), unidade("CRAS C")
    juntar(gestora, estado, sai=a, fica=b)
    b.refresh_from_db()
    juntar(gestora, estado, sai=b, fica=c)
    publico = Client()

    resposta = publico.get(ficha(a))
    chegou = publico.get(resposta["Location"]).content.decode()
    antigo = publico.get(f"{ficha(a)}?cadastro=antigo").content.decode()

    assert resposta["Location"] == f"{ficha(c)}?de={a.pk}"
    assert "CRAS A foi juntada a esta unidade em 21/11/2026" in chegou and "?cadastro=antigo" in chegou
    assert "juntada a CRAS B" in antigo and "juntou CRAS A a CRAS B" in antigo
    assert "foi juntada" not in publico.get(f"{ficha(c)}?de=qualquer-coisa").content.decode()
    assert "A ela se juntou o cadastro de" in publico.get(ficha(c)).content.decode()


def test_a_lista_mostra_as_juntadas_so_a_quem_as_procura(gestora, estado):
    sai, fica = unidade("CRAS Central"), unidade("CRAS Centro")
    fechada = unidade("CRAS Fechado", fechada_em=date(2020, 1, 1))
    juntar(gestora, estado, sai=sai, fica=fica)
    lista = reverse("rede-lugar", args=[VITORIA])

    def nomes(situacao: str) -> set[str]:
        pagina = Client().get(lista, {"situacao": situacao}).content.decode()
        return {u.nome for u in (sai, fica, fechada) if f">{u.nome}<" in pagina}

    assert [nomes(s) for s in ("", "fechadas", "juntadas")] == [{"CRAS Centro"}, {"CRAS Fechado"}, {"CRAS Central"}]


def test_desfazer_mostra_o_que_volta_e_o_que_nao_volta(gestora, estado):
    sai, fica = unidade("CRAS Central", telefone="2730001111"), unidade("CRAS Centro")
    pedido = juntar(gestora, estado, sai=sai, fica=fica, campos=("fone",))
    Unidade.objects.filter(pk=fica.pk).update(telefone="2738888888")
    endereco = reverse("rede-desfazer", args=[pedido.pk])

    previa = entrar(estado).get(endereco).content.decode()
    sem_motivo = entrar(estado).post(endereco, {"motivo": ""}).content.decode()
    feito = entrar(estado).post(endereco, {"motivo": "São dois prédios"}, follow=True).content.decode()

    assert previa.index("Mudou depois") < previa.index("Telefone de CRAS Centro") < previa.index("O que se desfaz")
    assert "Escreva por que se desfaz" in sem_motivo
    assert "São dois prédios" in feito and "Tinha mudado no meio e não voltou" in feito
    assert Client().get(ficha(sai)).status_code == 200


def test_quem_nao_cuida_do_municipio_inteiro_nao_pede_e_quem_nao_responde_nao_desfaz(gestora, estado):
    sai, fica = unidade("CRAS Central"), unidade("CRAS Centro")
    coordenadora = ator(COORDENACAO_UNIDADE, VITORIA, unidade=sai.pk)

    recusa = entrar(coordenadora).get(reverse("rede-juntar", args=[sai.pk]))
    pedido = juntar(gestora, estado, sai=sai, fica=fica)

    assert recusa.status_code == 403
    assert entrar(gestora).get(reverse("rede-desfazer", args=[pedido.pk])).status_code == 403
    assert permissoes.pode_desfazer(estado, pedido) and not permissoes.pode_desfazer(gestora, pedido)
