"""O que o conselho e a entidade têm a fazer: cada número abre as linhas dele, e o prazo se diz em palavras."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.entidades import a_fazer
from suas.cadastros.entidades.acoes import inscricao
from suas.cadastros.entidades.consultas import inscricoes as consultas
from suas.cadastros.entidades.models import Entidade, Inscricao
from suas.cadastros.entidades.tests import fabricas
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import ENTIDADE, GESTAO_MUNICIPAL, SECRETARIA_CONSELHO
from suas.nucleo.tela.afazer import Pendencia
from tests import mundo

pytestmark = pytest.mark.django_db
AGORA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HOJE = AGORA.date()
CAPITAL = "3205309"


@pytest.fixture
def conselho() -> Ator:
    identidade.instalacao()
    mundo.criar_territorio()
    return identidade.ator(SECRETARIA_CONSELHO, CAPITAL)


@pytest.fixture
def gestora(conselho: Ator) -> Ator:
    return identidade.ator(GESTAO_MUNICIPAL, CAPITAL)


@pytest.fixture
def entidade(gestora: Ator) -> Entidade:
    return fabricas.entidade(por=gestora, em=AGORA)


def linhas(pendencia: Pendencia, ator: Ator, *, hoje: date) -> int:
    """Quantas linhas a lista que a pendência abre mostra."""
    pedido = {nome: valores[0] for nome, valores in parse_qs(urlsplit(pendencia.endereco).query).items()}
    filtro = consultas.Filtro(situacao=pedido["situacao"])
    return consultas.filtrar(consultas.que_examina(ator), filtro, hoje=hoje).count()


def test_cada_numero_do_conselho_abre_as_linhas_que_conta(entidade: Entidade, gestora: Ator, conselho: Ator) -> None:
    inscrita = fabricas.inscrita(entidade, por=conselho, em=AGORA)
    outra = fabricas.entidade(por=gestora, em=AGORA)
    fabricas.pedida(outra, por=conselho, em=AGORA)
    Inscricao.objects.filter(pk=inscrita.pk).update(valida_ate=date(2027, 5, 20))
    hoje = date(2027, 5, 2)

    abertas = {p.titulo: linhas(p, conselho, hoje=hoje) for p in a_fazer.pendencias(conselho, hoje)}

    assert abertas == {
        "1 inscrição de entidade em andamento": 1,
        "1 inscrição com validade no fim": 1,
        "1 inscrita sem plano ou relatório do ano": 1,
    }


def test_na_lista_a_que_espera_um_passo_vem_antes_da_que_nao_espera_nada(
    entidade: Entidade, gestora: Ator, conselho: Ator
) -> None:
    parada = fabricas.inscrita(entidade, por=conselho, em=datetime(2026, 1, 5, tzinfo=UTC))
    espera = fabricas.pedida(fabricas.entidade(por=gestora, em=AGORA), por=conselho, em=AGORA)

    em_ordem = consultas.filtrar(consultas.que_examina(conselho), consultas.Filtro(), hoje=HOJE)

    assert [uma.pk for uma in em_ordem] == [espera.pk, parada.pk]


def test_o_prazo_vencido_da_entidade_diz_o_dia_e_ha_quanto_tempo(
    client: Client, entidade: Entidade, conselho: Ator
) -> None:
    fabricas.inscrita(entidade, por=conselho, em=AGORA)
    dela = identidade.ator(ENTIDADE, CAPITAL, unidade=entidade.pk)

    (anual,) = [p for p in a_fazer.pendencias(dela, date(2027, 5, 2)) if p.titulo.startswith("Plano e relatório")]

    assert anual.prazo_em_palavras(date(2027, 5, 2)) == "venceu em 30/04/2027, há 2 dias"
    assert anual.prazo_em_palavras(date(2027, 4, 30)) == "até 30/04/2027, hoje"
    assert anual.prazo_em_palavras(date(2027, 4, 29)) == "até 30/04/2027, amanhã"
    assert anual.prazo_em_palavras(date(2027, 4, 20)) == "até 30/04/2027, em 10 dias"


def test_a_indeferida_diz_que_cabe_recurso_e_da_o_caminho_de_pedir_de_novo(
    client: Client, entidade: Entidade, conselho: Ator
) -> None:
    uma = fabricas.pedida(entidade, por=conselho, em=AGORA)
    Inscricao.objects.filter(pk=uma.pk).update(estado="indeferida", etapa="", decidida_em=HOJE)
    dela = identidade.ator(ENTIDADE, CAPITAL, unidade=entidade.pk)
    assert dela.pessoa
    client.force_login(dela.pessoa)

    pagina = client.get(reverse("inscricao", args=[uma.pk])).content.decode()

    assert "cabe recurso, segundo o regimento do conselho" in pagina
    assert reverse("inscricao-pedir", args=[entidade.pk]) in pagina


def test_a_inscrita_de_antes_nao_diz_que_falta_o_que_o_conselho_ja_recebeu(
    client: Client, entidade: Entidade, conselho: Ator
) -> None:
    antes = inscricao.Anterior(numero=41, decidida_em=date(2019, 8, 14), resolucao="", valida_ate=None)
    uma = inscricao.registrar_anterior(
        entidade=entidade, oferta=None, anterior=antes, por=conselho, em=AGORA, hoje=HOJE
    )
    dela = identidade.ator(ENTIDADE, CAPITAL, unidade=entidade.pk)
    assert dela.pessoa
    client.force_login(dela.pessoa)

    pagina = client.get(reverse("inscricao", args=[uma.pk])).content.decode()

    assert "sem cópia aqui" in pagina
    assert "juntar cópia" in pagina
