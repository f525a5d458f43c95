"""A família registrada por engano anula-se com motivo e volta como estava; nada se apaga."""

from __future__ import annotations

import pytest
from django.urls import reverse

from suas.atendimento.familias.acoes import atendimentos, enganos
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.models import Engano, Integrante, PessoaAtendida
from suas.atendimento.familias.tests import fabricas
from suas.atendimento.familias.tests.test_views import entrar, texto
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def conta_comum(db):
    trancar()


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


@pytest.fixture
def prontuario(cras):
    return fabricas.familia(cras)


def anular(prontuario, motivo="Era a família de outra rua."):
    por = fabricas.tecnica(prontuario.unidade)
    return enganos.anular(prontuario=prontuario, motivo=motivo, por=por, em=AGORA, hoje=HOJE)


def achadas(cras, termo="alba"):
    return [a.pessoa.nome for a in busca.procurar(termo, municipio=cras.municipio_id, unidade=cras.pk)]


def test_anular_pela_tela_tira_da_busca_e_desfazer_devolve_tudo(cras, prontuario):
    cliente, ficha = entrar(cras), reverse("familia", args=[prontuario.familia_id])
    fabricas.integrante(prontuario.familia)

    cliente.post(reverse("familia-anular", args=[prontuario.familia_id]), {"motivo": "Registrada duas vezes."})
    anulada, na_busca = texto(cliente.get(ficha)), achadas(cras)
    cliente.post(reverse("familia-desfazer-anulacao", args=[prontuario.familia_id]))

    assert "Família anulada" in anulada
    assert "Registrada duas vezes." in anulada
    assert "Anotar atendimento" not in anulada
    assert na_busca == []
    assert achadas(cras) == ["Alba do Exemplo"]
    assert Integrante.objects.filter(ate__isnull=True, saida="").count() == 2
    assert "Família anulada" not in texto(cliente.get(ficha))
    assert list(Ato.objects.filter(ato__contains="anul").order_by("id").values_list("ato", flat=True)) == [
        "familias.anular",
        "familias.desfazer_anulacao",
    ]


def test_quem_estava_na_anulada_entra_em_outra_familia_e_volta_a_se_achar(cras, prontuario):
    anular(prontuario)
    alba = PessoaAtendida.objects.get()
    outra = fabricas.familia(cras, nome="Bia do Exemplo")

    enganos_abertos = Engano.objects.get()
    fabricas.trazida(outra.familia, alba)

    assert achadas(cras) == ["Alba do Exemplo"]
    with pytest.raises(AtoRecusado, match="Alba do Exemplo já está em outra família"):
        enganos.desfazer(engano=enganos_abertos, por=fabricas.tecnica(cras), em=AGORA)


def test_nao_se_anula_a_familia_de_que_algo_ficou_registrado(cras, prontuario):
    feito = fabricas.atendimento(prontuario)

    with pytest.raises(AtoRecusado, match=r"Há registros desta família \(atendimentos\)"):
        anular(prontuario)
    atendimentos.anular(atendimento=feito, motivo="Engano.", por=fabricas.tecnica(cras), em=AGORA)

    assert anular(prontuario).desfeito_em is None


def test_nao_se_anula_a_familia_que_outra_unidade_tambem_acompanha(cras, prontuario):
    fabricas.aberto(prontuario.familia, rede.unidade("CREAS Norte", tipo="creas"))

    with pytest.raises(AtoRecusado, match="CREAS Norte também tem prontuário"):
        anular(prontuario)


@pytest.mark.parametrize("motivo", ["", "  "])
def test_anular_pede_motivo(prontuario, motivo):
    with pytest.raises(AtoRecusado, match="por que se anula"):
        anular(prontuario, motivo)


def test_anular_duas_vezes_e_desfazer_duas_vezes_sao_recusados(cras, prontuario):
    engano = anular(prontuario)

    with pytest.raises(AtoRecusado, match="já está anulada"):
        anular(prontuario)
    enganos.desfazer(engano=engano, por=fabricas.tecnica(cras), em=AGORA)
    with pytest.raises(AtoRecusado, match="já foi desfeita"):
        enganos.desfazer(engano=engano, por=fabricas.tecnica(cras), em=AGORA)


def test_na_familia_anulada_ninguem_anota_nem_inclui(cras, prontuario):
    anular(prontuario)
    cliente = entrar(cras)

    for rota in ("atendimento-novo", "integrante-novo", "familia-endereco"):
        resposta = cliente.get(reverse(rota, args=[prontuario.familia_id]))
        assert resposta.status_code == 403
        assert "anulada por engano" in texto(resposta)
