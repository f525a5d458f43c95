"""A busca ativa: quem entra na lista, o caminho, o resultado por família e a forma de acesso registrada."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from suas.atendimento.beneficios.tests import fabricas as beneficios
from suas.atendimento.cadunico.tests import fabricas as cadunico
from suas.atendimento.familias.models import Atendimento, Prontuario
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.familias.tests.test_views import entrar, hoje, texto
from suas.atendimento.territorial import acoes, consultas
from suas.atendimento.territorial.models import Lista, Procura, Procurada
from suas.atendimento.territorial.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.recusa import AtoRecusado
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
def de_outra(cras):
    """Uma família registrada por outra unidade do município."""
    return familias.familia(rede.unidade("CRAS Sul")).familia


def test_encontrada_abre_o_prontuario_por_busca_ativa_e_a_visita_conta(cras, de_outra):
    procurada = fabricas.procurada(fabricas.lista(cras), de_outra)

    fabricas.procura(procurada)
    assert not Prontuario.objects.filter(unidade=cras).exists()
    fabricas.procura(procurada, resultado="encontrada")

    aberto = Prontuario.objects.get(unidade=cras)
    visita = Atendimento.objects.get(unidade=cras)
    assert (aberto.ingresso, aberto.aberto_dia) == ("busca_ativa", HOJE)
    assert (visita.get_tipo_display(), visita.descricao) == ("Visita domiciliar", "Busca ativa: Pedidos da escola.")
    procurada.refresh_from_db()
    assert procurada.resultado == "encontrada"
    assert [p.resultado for p in consultas.procuras(procurada)] == ["encontrada", "ausente"]


def test_por_telefone_nao_conta_visita_e_o_prontuario_que_havia_fica(cras):
    prontuario = familias.familia(cras)
    procurada = fabricas.procurada(fabricas.lista(cras), prontuario.familia)

    fabricas.procura(procurada, resultado="encontrada", visita=False)

    assert Prontuario.objects.get(unidade=cras).ingresso == "espontanea"
    assert not Atendimento.objects.exists()


def test_a_mesma_pagina_grava_uma_vez_e_o_que_se_gravou_nao_muda(cras, de_outra):
    procurada = fabricas.procurada(fabricas.lista(cras), de_outra)

    for _ in range(2):
        fabricas.procura(procurada, chave=de_outra.pk)

    assert Procura.objects.count() == 1
    with pytest.raises(DatabaseError, match="nao muda"), transaction.atomic():
        Procura.objects.update(texto="Outra coisa.")


def test_a_lista_do_bpc_e_a_de_quem_deixou_de_vir_ja_trazem_as_familias(cras):
    com_bpc, faltosa, recente = (familias.familia(cras) for _ in range(3))
    beneficios.acompanhado(com_bpc, com_bpc.familia.integrantes.get().pessoa)
    familias.atendimento(recente, dia=HOJE)
    familias.atendimento(com_bpc, dia=HOJE)

    def trazidas(motivo):
        return set(fabricas.lista(cras, motivo=motivo).procuradas.values_list("familia_id", flat=True))

    assert trazidas("bpc") == {com_bpc.familia_id}
    assert trazidas("sem_atendimento") == {faltosa.familia_id}
    assert trazidas("pedido") == set()


def test_a_lista_do_cadastro_unico_traz_quem_a_unidade_acompanha_e_esta_desatualizado(cras):
    antiga, nova = familias.familia(cras), familias.familia(cras)
    de_outra = familias.familia(rede.unidade("CRAS Sul"))
    for numero, (prontuario, atualizado) in enumerate(
        (
            (antiga, HOJE - timedelta(days=900)),
            (nova, HOJE - timedelta(days=30)),
            (de_outra, HOJE - timedelta(days=900)),
        )
    ):
        dito = cadunico.dito(prontuario, prontuario.familia.integrantes.get(), dia=date(2026, 10, 1 + numero))
        dito.cadastro.codigo, dito.cadastro.atualizado_dia = f"{numero:011}", atualizado
        dito.cadastro.save(update_fields=["codigo", "atualizado_dia"])

    feita = fabricas.lista(cras, motivo="cadunico")

    assert list(feita.procuradas.values_list("familia_id", flat=True)) == [antiga.familia_id]


def test_o_roteiro_segue_o_caminho_e_quem_nao_tem_endereco_fica_no_fim(cras):
    aberta = fabricas.lista(cras)
    for nome, endereco in (
        ("Sem Endereço", {}),
        ("Rua B, 2", {"bairro": "Centro", "logradouro": "B", "numero": "2"}),
        ("Rua B, 10", {"bairro": "Centro", "logradouro": "B", "numero": "10"}),
        ("Outro Bairro", {"bairro": "Alto", "logradouro": "Z", "numero": "1"}),
    ):
        fabricas.procurada(aberta, familias.familia(cras, nome=nome, endereco=endereco).familia)

    caminho = [parada.nome for parada in consultas.roteiro(aberta)]

    assert caminho == ["Outro Bairro", "Rua B, 2", "Rua B, 10", "Sem Endereço"]


def test_encerrada_nada_mais_se_grava_e_a_familia_entra_uma_vez_so(cras, de_outra):
    aberta = fabricas.lista(cras)
    assert fabricas.procurada(aberta, de_outra) == fabricas.procurada(aberta, de_outra)

    acoes.encerrar(lista=aberta, por=familias.tecnica(cras), em=AGORA)

    with pytest.raises(AtoRecusado, match="se encerrou"):
        fabricas.procura(Procurada.objects.get())
    with pytest.raises(AtoRecusado, match="se encerrou"):
        acoes.encerrar(lista=aberta, por=familias.tecnica(cras), em=AGORA)


def test_pela_tela_abre_inclui_leva_o_roteiro_e_diz_no_que_deu(cras, de_outra):
    cliente = entrar(cras)

    cliente.post(reverse("busca-ativa-nova"), {"nome": "Escola", "motivo": "pedido"})
    aberta = Lista.objects.get()
    incluir = reverse("busca-ativa-incluir", args=[aberta.pk])
    achada = texto(cliente.post(incluir, {"termo": "alba"}))
    cliente.post(incluir, {"integrante": de_outra.integrantes.get().pk, "observacao": "Cão\0 bravo."})
    roteiro = texto(cliente.get(reverse("busca-ativa-lista", args=[aberta.pk])))
    resultado = reverse("busca-ativa-resultado", args=[Procurada.objects.get().pk])
    pagina = texto(cliente.get(resultado))
    cliente.post(resultado, {"chave": de_outra.pk, "resultado": "encontrada", "visita": "on", "dia": hoje()})

    assert "Incluir a família" in achada
    assert "do Exemplo, 12" in roteiro
    assert "Cão bravo." in roteiro
    assert "a busca ativa como forma de acesso" in pagina
    assert Prontuario.objects.get(unidade=cras).ingresso == "busca_ativa"
    assert "Todas com resultado" in texto(cliente.get(reverse("busca-ativa-lista", args=[aberta.pk])))


def test_outra_unidade_nao_ve_a_lista(cras, de_outra):
    aberta = fabricas.lista(cras)
    procurada = fabricas.procurada(aberta, de_outra)
    de_fora = entrar(rede.unidade("CREAS Norte", tipo="creas"))

    assert de_fora.get(reverse("busca-ativa-lista", args=[aberta.pk])).status_code == 404
    assert de_fora.get(reverse("busca-ativa-resultado", args=[procurada.pk])).status_code == 404


def test_o_dia_que_ainda_nao_chegou_se_recusa(cras, de_outra):
    procurada = fabricas.procurada(fabricas.lista(cras), de_outra)

    with pytest.raises(AtoRecusado, match="ainda não chegou"):
        fabricas.procura(procurada, dia=date(2030, 1, 1))


def test_o_roteiro_faz_as_mesmas_consultas_com_mais_familias(cras, django_assert_max_num_queries):
    aberta, cliente = fabricas.lista(cras), entrar(cras)
    fabricas.procurada(aberta, familias.familia(cras).familia)
    endereco = reverse("busca-ativa-lista", args=[aberta.pk])
    cliente.get(endereco)
    with django_assert_max_num_queries(60) as antes:
        cliente.get(endereco)
    for _ in range(5):
        fabricas.procurada(aberta, familias.familia(cras).familia)

    with django_assert_max_num_queries(len(antes.captured_queries)):
        cliente.get(endereco)
