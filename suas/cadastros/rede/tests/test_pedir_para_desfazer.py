"""O município pede que se desfaça uma junção ou um desmembramento; quem responde pedidos aprova ou recusa."""

from __future__ import annotations

import pytest
from django.urls import reverse

from suas.cadastros.rede.acoes import pedidos as acoes
from suas.cadastros.rede.models import Pedido, ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import entrar, unidade
from suas.cadastros.rede.tests.juncoes import desfazer, juntar
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator, instalacao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import COORDENACAO_UNIDADE, GESTAO_ESTADUAL, GESTAO_MUNICIPAL, VIGILANCIA_MUNICIPAL
from suas.nucleo.recusa import AtoRecusado

pytestmark = pytest.mark.django_db


@pytest.fixture
def gestora() -> Ator:
    instalacao(abrangencia="BR")
    return ator(GESTAO_MUNICIPAL, VITORIA)


@pytest.fixture
def estado(gestora: Ator) -> Ator:
    return ator(GESTAO_ESTADUAL, "32")


@pytest.fixture
def feito(gestora: Ator, estado: Ator) -> Pedido:
    sai, fica = unidade("CRAS Central"), unidade("CRAS Centro")
    ServicoOfertado.objects.create(unidade=sai, servico="scfv")
    return juntar(gestora, estado, sai=sai, fica=fica)


def pedir(feito: Pedido, por: Ator) -> Pedido:
    novo = acoes.para_desfazer(feito, justificativa="São dois prédios")
    return acoes.pedir(novo=novo, por=por, em=AGORA, hoje=HOJE)


def test_da_ficha_ao_aprovar_pelas_telas(feito: Pedido, gestora: Ator, estado: Ator) -> None:
    fica = Unidade.objects.get(nome="CRAS Centro")
    cliente = entrar(gestora)

    ficha = cliente.get(reverse("rede-unidade", args=[fica.pk])).content.decode()
    pagina = cliente.get(reverse("rede-pedido", args=[feito.pk])).content.decode()
    endereco = reverse("rede-pedir-para-desfazer", args=[feito.pk])
    previa = cliente.get(endereco).content.decode()
    sem_motivo = cliente.post(endereco, {"justificativa": ""}).content.decode()
    enviado = cliente.post(endereco, {"justificativa": "São dois prédios"}, follow=True).content.decode()
    novo = Pedido.objects.get(tipo=Pedido.Tipo.DESFAZER)
    para_o_estado = entrar(estado).get(reverse("rede-pedido", args=[novo.pk])).content.decode()
    entrar(estado).post(reverse("rede-responder", args=[novo.pk]), {"decisao": "aprovar"})

    assert "ver o pedido, e como desfazer" in ficha
    assert "Pedir para desfazer" in pagina
    assert "O que se desfaz" in previa and "Escreva por que se pede" in sem_motivo
    assert "Pedido para desfazer a junção de CRAS Central a CRAS Centro" in enviado
    assert "O que se desfaz" in para_o_estado and "Aprovar" in para_o_estado
    feito.refresh_from_db()
    assert (feito.estado, feito.motivo_de_desfazer) == (Pedido.Estado.DESFEITO, "São dois prédios")
    assert Unidade.objects.get(nome="CRAS Central").fundida_em is None


def test_quem_pediu_as_duas_coisas_recebe_uma_resposta_e_nao_dois_avisos(
    feito: Pedido, gestora: Ator, estado: Ator
) -> None:
    acoes.aprovar(pedido=pedir(feito, gestora), resposta="De acordo", por=estado, em=AGORA)

    modelos = list(Aviso.objects.filter(pessoa=gestora.pessoa).order_by("criado_em").values_list("modelo", flat=True))
    assert modelos == ["rede.resposta", "rede.resposta"]


def test_se_outra_pessoa_do_municipio_pede_quem_pediu_a_juncao_sabe_que_se_desfez(
    feito: Pedido, gestora: Ator, estado: Ator
) -> None:
    vigilancia = ator(VIGILANCIA_MUNICIPAL, VITORIA)

    acoes.aprovar(pedido=pedir(feito, vigilancia), resposta="", por=estado, em=AGORA)

    assert Aviso.objects.filter(pessoa=gestora.pessoa, modelo="rede.desfeito").count() == 1
    assert Aviso.objects.filter(pessoa=vigilancia.pessoa, modelo="rede.resposta").count() == 1


def test_um_pedido_de_cada_vez_e_o_que_ja_se_desfez_nao_se_pede(feito: Pedido, gestora: Ator, estado: Ator) -> None:
    a_espera = pedir(feito, gestora)
    with pytest.raises(AtoRecusado, match="Já há um pedido para desfazer a junção"):
        pedir(feito, gestora)

    desfazer(feito, estado)

    with pytest.raises(AtoRecusado, match="não há o que desfazer"):
        acoes.aprovar(pedido=a_espera, resposta="", por=estado, em=AGORA)
    recusado = acoes.recusar(pedido=a_espera, resposta="Já se desfez", por=estado, em=AGORA)
    assert recusado.estado == Pedido.Estado.RECUSADO
    pagina = entrar(gestora).get(reverse("rede-pedir-para-desfazer", args=[feito.pk]), follow=True).content.decode()
    assert "não tem o que desfazer" in pagina


def test_a_coordenacao_de_uma_unidade_nao_pede_nem_quem_so_responde(feito: Pedido, estado: Ator) -> None:
    coordenadora = ator(COORDENACAO_UNIDADE, VITORIA, unidade=feito.unidade_id)
    endereco = reverse("rede-pedir-para-desfazer", args=[feito.pk])

    assert entrar(coordenadora).get(endereco).status_code == 403
    assert entrar(estado).get(endereco).status_code == 403
    assert entrar(ator(GESTAO_MUNICIPAL, "3205002")).get(endereco).status_code == 404
