"""Do pedido à entrega, com a regra do município; e o BPC com as revisões."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from normas.base.competencia import Competencia
from suas.atendimento.beneficios.acoes import beneficios as acoes
from suas.atendimento.beneficios.acoes import bpc as acoes_do_bpc
from suas.atendimento.beneficios.consultas import beneficios as leitura
from suas.atendimento.beneficios.consultas import bpc as leitura_do_bpc
from suas.atendimento.beneficios.listas import Tipo
from suas.atendimento.beneficios.models import Bpc, Pedido, Regra
from suas.atendimento.beneficios.tests import fabricas
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.familias.tests.test_views import entrar, texto
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.mensais.consultas import dos_registros
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db
Estado = Pedido.Estado


@pytest.fixture(autouse=True)
def conta_comum(db):
    trancar()


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


@pytest.fixture
def prontuario(cras):
    return familias.familia(cras)


def test_o_pedido_guarda_a_regra_do_dia_e_a_regra_nova_nao_o_muda(prontuario):
    antes = fabricas.regra()
    depois = fabricas.regra(desde=HOJE, prestacoes=1, ato="Resolução CMAS nº 9/2026")

    de_ontem = fabricas.pedido(prontuario, dia=HOJE - timedelta(days=1))
    de_hoje = fabricas.pedido(prontuario)

    assert (de_ontem.regra, de_hoje.regra) == (antes, depois)
    assert fabricas.pedido(prontuario, tipo=Tipo.ALUGUEL).regra is None
    with pytest.raises(DatabaseError, match="nao muda"), transaction.atomic():
        Regra.objects.update(prestacoes=9)


def test_o_que_o_municipio_nao_oferta_se_recusa_dizendo_por_que_ato(prontuario):
    fabricas.regra(tipo=Tipo.PASSAGEM, ofertado=False, ato="Lei nº 10/2024", criterios="")

    with pytest.raises(AtoRecusado, match=r"não oferta Auxílio-passagem desde 01/01/2020 \(Lei nº 10/2024\)"):
        fabricas.pedido(prontuario, tipo=Tipo.PASSAGEM)


@pytest.mark.parametrize(
    "mudanca, recusa",
    [
        ({"ato": " "}, "Diga que lei"),
        ({"criterios": ""}, "a quem se concede"),
        ({"prestacoes": 25}, "de 1 a 24"),
        ({}, "Já há uma regra"),
    ],
)
def test_a_regra_pede_ato_criterio_e_um_dia_so_dela(cras, mudanca, recusa):
    if not mudanca:
        fabricas.regra()

    with pytest.raises(AtoRecusado, match=recusa):
        fabricas.regra(**mudanca)


def test_conceder_preve_as_prestacoes_de_mes_em_mes_e_a_ultima_entrega_encerra(prontuario):
    fabricas.regra()
    dia = date(2026, 1, 31)
    feito = fabricas.decidido(
        fabricas.pedido(familias.familia(prontuario.unidade), dia=HOJE), prestacoes=2, valor_centavos=15_000, hoje=dia
    )
    ato = {"por": familias.tecnica(feito.unidade), "em": AGORA, "hoje": HOJE}

    assert [p.prevista for p in leitura.prestacoes(feito)] == [dia, date(2026, 2, 28)]
    assert leitura.a_entregar(feito.unidade_id, hoje=HOJE) == (2, dia)
    assert acoes.entregar(pedido=feito, o_que="Cesta", dia=HOJE, **ato).estado == Estado.CONCEDIDO
    assert acoes.entregar(pedido=feito, o_que="Cesta", dia=HOJE, **ato).estado == Estado.ENTREGUE
    with pytest.raises(AtoRecusado, match="já está “entregue”"):
        acoes.entregar(pedido=feito, o_que="Cesta", dia=HOJE, **ato)


def test_nao_se_concede_alem_da_regra_nem_se_recusa_sem_razao_nem_se_decide_duas_vezes(prontuario):
    fabricas.regra()
    pedido = fabricas.pedido(prontuario)

    with pytest.raises(AtoRecusado, match="4 prestações não cabe: vai de 1 a 3, pela regra"):
        fabricas.decidido(pedido, prestacoes=4)
    with pytest.raises(AtoRecusado, match="por que não se concede"):
        fabricas.decidido(pedido, concede=False, razao=" ")
    fabricas.decidido(pedido, concede=False)
    with pytest.raises(AtoRecusado, match="não concedido"):
        fabricas.decidido(pedido)


def test_a_mesma_pagina_pede_uma_vez_so(prontuario):
    chave = prontuario.pk

    assert fabricas.pedido(prontuario, chave=chave) == fabricas.pedido(prontuario, chave=chave)
    with pytest.raises(AtoRecusado, match="já fez um pedido"):
        fabricas.pedido(prontuario, chave=chave, necessidade="Outra.")
    assert Pedido.objects.count() == 1


def test_o_mes_conta_o_que_se_concedeu_cada_beneficio_uma_vez(cras, prontuario):
    em_outubro = {"hoje": date(2026, 10, 20)}
    for tipo in (Tipo.NATALIDADE, Tipo.FUNERAL, Tipo.CESTA_BASICA, Tipo.ALUGUEL):
        fabricas.decidido(fabricas.pedido(prontuario, tipo=tipo), prestacoes=2, **em_outubro)
    fabricas.decidido(fabricas.pedido(prontuario), concede=False, **em_outubro)
    fabricas.decidido(fabricas.pedido(prontuario), hoje=date(2026, 11, 1))

    itens = dos_registros(cras, competencia=Competencia(2026, 10))

    assert {item: itens[item] for item in ("C.7", "C.8", "C.9")} == {"C.7": 1, "C.8": 1, "C.9": 2}
    assert "C.7" not in dos_registros(rede.unidade("CRAS Sul"), competencia=Competencia(2026, 10))


def test_pela_tela_pede_concede_e_entrega(cras, prontuario):
    fabricas.regra(valor_centavos=15_000)
    cliente = entrar(cras)
    pedir = f"{reverse('beneficio-pedir', args=[prontuario.familia_id])}"
    hoje = f"{HOJE:%d/%m/%Y}"

    qual = texto(cliente.get(pedir))
    cliente.post(f"{pedir}?tipo=4", {"chave": prontuario.pk, "necessidade": "Falta alimento.", "dia": hoje})
    pedido = Pedido.objects.get()
    decidir = texto(cliente.get(reverse("beneficio-decidir", args=[pedido.pk])))
    cliente.post(
        reverse("beneficio-decidir", args=[pedido.pk]), {"concede": "sim", "prestacoes": "1", "valor": "1.150,50"}
    )
    pedido.refresh_from_db()
    pagina = texto(cliente.get(reverse("beneficio", args=[pedido.pk])))

    assert "R$ 150,00 por prestação" in qual.replace("\xa0", " ")
    assert 'value="150,00"' in decidir
    assert (pedido.estado, pedido.valor_centavos) == (Estado.CONCEDIDO, 115_050)
    assert "a entregar" in pagina
    assert "Cesta básica" in texto(cliente.get(reverse("familia", args=[prontuario.familia_id])))


def test_o_valor_que_nao_se_entende_volta_com_o_que_se_escreveu(cras, prontuario):
    pedido = fabricas.pedido(prontuario)

    pagina = texto(
        entrar(cras).post(
            reverse("beneficio-decidir", args=[pedido.pk]), {"concede": "sim", "prestacoes": "1", "valor": "15,5"}
        )
    )

    assert "“15,5” não é um valor" in pagina
    assert 'value="15,5"' in pagina


def test_o_nivel_medio_pede_e_nao_decide_e_outra_unidade_nao_ve(cras, prontuario):
    pedido = fabricas.pedido(prontuario)
    medio = entrar(cras, papeis.TECNICO_MEDIO)

    assert medio.get(reverse("beneficio", args=[pedido.pk])).status_code == 200
    assert medio.get(reverse("beneficio-decidir", args=[pedido.pk])).status_code == 403
    assert entrar(rede.unidade("CRAS Sul")).get(reverse("beneficio", args=[pedido.pk])).status_code == 404


def test_a_regra_todos_leem_e_so_a_gestao_do_municipio_escreve(cras):
    gestora = Client()
    gestora.force_login(identidade.pessoa_com_vinculo(papeis.GESTAO_MUNICIPAL, VITORIA))
    nova = reverse("beneficios-regra-nova", args=[VITORIA])
    dados = {"tipo": "4", "ofertado": "sim", "desde": "01/02/2026", "prestacoes": "3", "valor": "200"}

    assert entrar(cras).get(nova).status_code == 403
    gestora.post(nova, dados | {"ato": "Resolução CMAS nº 5/2026", "criterios": "A quem passa fome."})
    pagina = texto(Client().get(reverse("beneficios-regras", args=[VITORIA])))

    assert Regra.objects.get().valor_centavos == 20_000
    assert "A quem passa fome." in pagina
    assert "Registrar regra" not in pagina


def test_o_bpc_se_reve_de_dois_em_dois_anos_e_o_cessado_sai_da_lista(prontuario):
    alba = prontuario.familia.integrantes.get().pessoa
    bpc = fabricas.acompanhado(prontuario, alba)
    ato = {"bpc": bpc, "dia": HOJE, "por": familias.tecnica(prontuario.unidade), "em": AGORA, "hoje": HOJE}

    assert bpc.rever_ate == date(2027, 3, 10)
    with pytest.raises(AtoRecusado, match="CRAS Centro já acompanha"):
        fabricas.acompanhado(prontuario, alba)
    with pytest.raises(AtoRecusado, match="Diga o que houve"):
        acoes_do_bpc.rever(resultado="suspenso", texto="", **ato)
    acoes_do_bpc.rever(resultado="mantido", texto="", **ato)
    bpc.refresh_from_db()
    assert bpc.rever_ate == HOJE.replace(year=HOJE.year + 2)
    acoes_do_bpc.rever(resultado="cessado", texto="Renda acima.", **ato)

    assert Bpc.objects.get().ate == HOJE
    assert not leitura_do_bpc.da_unidade(prontuario.unidade_id).exists()
    assert [r.resultado for r in leitura_do_bpc.revisoes(bpc)] == ["cessado", "mantido"]


def test_o_bpc_antigo_tem_a_proxima_revisao_no_futuro_e_aparece_no_a_fazer_quando_chega(cras, prontuario):
    alba, filho = prontuario.familia.integrantes.get().pessoa, familias.integrante(prontuario.familia).pessoa
    antigo = fabricas.acompanhado(prontuario, alba, desde=date(2008, 2, 29))
    fabricas.acompanhado(prontuario, filho, especie="deficiencia", rever_ate=date(2026, 12, 1))

    assert antigo.rever_ate >= HOJE
    assert leitura_do_bpc.a_rever(cras.pk, ate=date(2026, 12, 31)) == (1, date(2026, 12, 1))


def test_as_listas_fazem_as_mesmas_consultas_com_mais_linhas(cras, prontuario, django_assert_max_num_queries):
    cliente = entrar(cras)
    fabricas.pedido(prontuario)
    fabricas.acompanhado(prontuario, prontuario.familia.integrantes.get().pessoa)
    antes = {}
    for rota in ("beneficios", "bpc"):
        cliente.get(reverse(rota))
        with django_assert_max_num_queries(60) as feitas:
            cliente.get(reverse(rota))
        antes[rota] = len(feitas.captured_queries)
    for _ in range(5):
        outra = familias.familia(cras)
        fabricas.pedido(outra)
        fabricas.acompanhado(outra, outra.familia.integrantes.get().pessoa)

    for rota, quantas in antes.items():
        with django_assert_max_num_queries(quantas):
            cliente.get(reverse(rota))
