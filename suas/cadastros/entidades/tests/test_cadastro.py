"""Cadastrar uma entidade, mantê-la em dia, achá-la, e ver quem mudou o quê."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.acoes import cadastro
from suas.cadastros.entidades.consultas import cadastro as consultas
from suas.cadastros.entidades.models import Entidade
from suas.cadastros.entidades.tests import fabricas
from suas.nucleo.identidade import casas
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import (
    COORDENACAO_UNIDADE,
    ENTIDADE,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
    PRESIDENCIA_CONSELHO,
    VIGILANCIA_MUNICIPAL,
)
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.models import Leitura
from tests import mundo

pytestmark = pytest.mark.django_db
AGORA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CAPITAL, OUTRO = "3205309", "3200102"
FORMULARIO = {
    "razao_social": "Lar do Exemplo",
    "natureza_juridica": "associacao",
    "area_preponderante": "assistencia_social",
    "tipos": ["atende"],
}


@pytest.fixture(autouse=True)
def _casa() -> None:
    identidade.instalacao()
    mundo.criar_territorio()


@pytest.fixture
def gestora() -> Ator:
    return identidade.ator(GESTAO_MUNICIPAL, CAPITAL)


@pytest.fixture
def entidade(gestora: Ator) -> Entidade:
    return fabricas.entidade(por=gestora, em=AGORA)


def representante(entidade: Entidade) -> Ator:
    return identidade.ator(ENTIDADE, entidade.municipio_id, unidade=entidade.pk)


def entrar(client: Client, ator: Ator) -> Client:
    assert ator.pessoa
    client.force_login(ator.pessoa)
    return client


class TestQuemMantem:
    @pytest.mark.parametrize("papel", [GESTAO_MUNICIPAL, VIGILANCIA_MUNICIPAL, PRESIDENCIA_CONSELHO])
    def test_o_orgao_gestor_e_o_conselho_cadastram_no_seu_municipio(self, papel) -> None:
        por = identidade.ator(papel, CAPITAL)

        nova = fabricas.entidade(por=por, em=AGORA)

        assert nova.municipio_id == CAPITAL
        assert nova.conferida_em is None

    @pytest.mark.parametrize(
        ("papel", "onde"), [(GESTAO_ESTADUAL, "32"), (COORDENACAO_UNIDADE, CAPITAL), (PRESIDENCIA_CONSELHO, "32")]
    )
    def test_quem_nao_e_do_municipio_nem_do_conselho_dele_nao_cadastra(self, papel, onde) -> None:
        with pytest.raises(PermissionDenied):
            cadastro.cadastrar(ficha=fabricas.ficha(), municipio=CAPITAL, por=identidade.ator(papel, onde), em=AGORA)

    def test_a_gestao_de_um_municipio_nao_muda_a_ficha_da_entidade_de_outro(self, entidade: Entidade) -> None:
        vizinha = identidade.ator(GESTAO_MUNICIPAL, OUTRO)

        with pytest.raises(PermissionDenied, match="Capital do Exemplo"):
            cadastro.conferir(entidade=entidade, por=vizinha, em=AGORA)

    def test_a_entidade_mantem_a_propria_ficha_e_so_ela(self, gestora: Ator, entidade: Entidade) -> None:
        outra = fabricas.entidade(por=gestora, em=AGORA)
        por = representante(entidade)

        cadastro.conferir(entidade=entidade, por=por, em=AGORA)

        with pytest.raises(PermissionDenied):
            cadastro.conferir(entidade=outra, por=por, em=AGORA)

    def test_o_mesmo_cnpj_nao_entra_duas_vezes_e_a_recusa_diz_onde_ja_esta(self, entidade: Entidade) -> None:
        vizinha = identidade.ator(GESTAO_MUNICIPAL, OUTRO)

        with pytest.raises(AtoRecusado, match="Associação do Exemplo, com sede em Capital do Exemplo/ES"):
            fabricas.entidade(por=vizinha, em=AGORA, cnpj=entidade.cnpj)

    def test_o_cnpj_so_o_orgao_gestor_corrige(self, gestora: Ator, entidade: Entidade) -> None:
        nova = fabricas.ficha()

        with pytest.raises(AtoRecusado, match="órgão gestor"):
            cadastro.atualizar(entidade=entidade, ficha=nova, versao=1, por=representante(entidade), em=AGORA)
        cadastro.atualizar(entidade=entidade, ficha=nova, versao=1, por=gestora, em=AGORA)

        entidade.refresh_from_db()
        assert entidade.cnpj == nova.cnpj

    def test_quem_le_uma_versao_antiga_nao_apaga_o_que_outra_pessoa_gravou(
        self, gestora: Ator, entidade: Entidade
    ) -> None:
        cadastro.atualizar(
            entidade=entidade,
            ficha=fabricas.ficha(cnpj=entidade.cnpj, bairro="Centro"),
            versao=1,
            por=gestora,
            em=AGORA,
        )

        with pytest.raises(MudouNoMeioTempo, match="23/11/2026 às 12:00"):
            cadastro.atualizar(
                entidade=entidade, ficha=fabricas.ficha(cnpj=entidade.cnpj), versao=1, por=gestora, em=AGORA
            )

        entidade.refresh_from_db()
        assert entidade.bairro == "Centro"


class TestDirigente:
    def test_o_novo_mandato_encerra_o_anterior_na_vespera(self, gestora: Ator, entidade: Entidade) -> None:
        for nome, desde in (("Antiga Exemplo", date(2024, 1, 1)), ("Nova Exemplo", date(2026, 1, 10))):
            cadastro.dar_posse(
                entidade=entidade, nome=nome, cargo="Presidente", desde=desde, ate=None, por=gestora, em=AGORA
            )

        nova, antiga = consultas.dirigentes(entidade)

        assert (antiga.nome, antiga.ate) == ("Antiga Exemplo", date(2026, 1, 9))
        assert (nova.nome, nova.ate) == ("Nova Exemplo", None)

    def test_mandato_que_comeca_antes_do_ultimo_e_recusado(self, gestora: Ator, entidade: Entidade) -> None:
        cadastro.dar_posse(
            entidade=entidade, nome="A", cargo="P", desde=date(2026, 1, 1), ate=None, por=gestora, em=AGORA
        )

        with pytest.raises(AtoRecusado, match="01/01/2026"):
            cadastro.dar_posse(
                entidade=entidade, nome="B", cargo="P", desde=date(2025, 1, 1), ate=None, por=gestora, em=AGORA
            )

    def test_o_nome_de_quem_dirige_so_se_mostra_a_quem_cuida_e_a_leitura_fica(
        self, client: Client, gestora: Ator
    ) -> None:
        entidade = fabricas.completa(por=gestora, em=AGORA)
        endereco = reverse("entidade", args=[entidade.pk])

        publica = client.get(endereco).content.decode()
        por_dentro = entrar(client, representante(entidade)).get(endereco).content.decode()

        assert "Dirigente do Exemplo" not in publica
        assert "Dirigente do Exemplo" in por_dentro
        assert Leitura.objects.get().titular == entidade.dirigentes.get().pk


class TestHistoria:
    def test_a_entidade_ve_quem_mudou_a_sua_ficha_e_o_que_era_antes(
        self, client: Client, gestora: Ator, entidade: Entidade
    ) -> None:
        por = identidade.ator(VIGILANCIA_MUNICIPAL, CAPITAL)
        cadastro.atualizar(
            entidade=entidade,
            ficha=fabricas.ficha(cnpj=entidade.cnpj, bairro="Praia"),
            versao=1,
            por=por,
            em=AGORA + timedelta(hours=1),
        )

        ultimo = consultas.historia(entidade)[0]
        tela = entrar(client, representante(entidade)).get(reverse("entidade", args=[entidade.pk])).content.decode()

        assert por.pessoa and ultimo.ato.quem == por.pessoa.nome
        assert [(c.nome, c.antes, c.depois) for c in ultimo.campos] == [("bairro", "—", "Praia")]
        assert por.pessoa.nome in tela
        assert "passou a “Praia”" in tela

    def test_a_historia_nao_conta_o_nome_de_quem_dirige(self, gestora: Ator) -> None:
        entidade = fabricas.completa(por=gestora, em=AGORA)

        ditos = [f"{passado.ato.o_que} {passado.campos}" for passado in consultas.historia(entidade)]

        assert "registrou quem dirige a entidade Associação do Exemplo (Presidente) ()" in ditos
        assert not any("Dirigente do Exemplo" in dito for dito in ditos)


class TestLista:
    def test_acha_por_nome_sem_acento_por_cnpj_e_por_lugar(self, gestora: Ator) -> None:
        lar = fabricas.entidade(por=gestora, em=AGORA, razao_social="Lar São José do Exemplo")
        fabricas.entidade(por=identidade.ator(GESTAO_MUNICIPAL, OUTRO), em=AGORA)

        for filtro in (
            consultas.Filtro(texto="sao jose"),
            consultas.Filtro(texto=lar.cnpj_escrito),
            consultas.Filtro(onde=consultas.onde("Capital do Exemplo/ES")),
        ):
            assert list(consultas.listar(filtro)) == [lar]
        assert consultas.listar(consultas.Filtro(onde=consultas.onde("ES"))).count() == 2
        assert not consultas.listar(consultas.Filtro(onde=consultas.onde("SP"))).exists()
        assert consultas.onde("32") == consultas.onde("ES")
        assert consultas.onde("ES").texto == "Espírito Santo"
        assert consultas.onde("99").perdido

    def test_lugar_que_nao_existe_e_dito_com_o_nome_que_se_digitou(self, client: Client, entidade: Entidade) -> None:
        tela = client.get(reverse("entidades"), {"onde": "Nárnia"}).content.decode()

        assert "Não há município nem UF “Nárnia”" in tela

    def test_baixa_o_que_se_ve(self, client: Client, gestora: Ator) -> None:
        fabricas.entidade(por=gestora, em=AGORA, razao_social="Lar do Exemplo")
        fabricas.entidade(por=gestora, em=AGORA, razao_social="Outra")

        baixado = client.get(reverse("entidades"), {"busca": "lar", "formato": "csv"}).content.decode()

        assert "Lar do Exemplo" in baixado
        assert "Outra" not in baixado


class TestTela:
    def test_cadastra_com_cnpj_de_letras_e_volta_com_o_que_falta(self, client: Client, gestora: Ator) -> None:
        entrar(client, gestora)
        endereco = reverse("entidade-nova")

        recusada = client.post(endereco, {**FORMULARIO, "cnpj": "12.ABC.345/01DE-34", "bairro": "Centro"})
        feita = client.post(
            endereco, {**FORMULARIO, "cnpj": "12.abc.345/01DE-35", "atuacoes": "Afonso do Exemplo/ES\n"}
        )

        assert "não batem" in recusada.content.decode()
        assert 'value="Centro"' in recusada.content.decode()
        nova = Entidade.objects.get()
        assert feita["Location"] == reverse("entidade", args=[nova.pk])
        assert (nova.cnpj, [a.municipio_id for a in nova.atuacoes.all()]) == ("12ABC34501DE35", [OUTRO])

    def test_quem_grava_depois_de_outro_ve_as_duas_versoes(
        self, client: Client, gestora: Ator, entidade: Entidade
    ) -> None:
        cadastro.atualizar(
            entidade=entidade, ficha=fabricas.ficha(cnpj=entidade.cnpj, bairro="Praia"), versao=1, por=gestora, em=AGORA
        )
        entrar(client, representante(entidade))

        tela = client.post(
            reverse("entidade-editar", args=[entidade.pk]), {**FORMULARIO, "versao": "1", "bairro": "Centro"}
        ).content.decode()

        assert "Praia" in tela
        assert 'value="Centro"' in tela
        assert 'name="versao" value="2"' in tela

    def test_municipio_que_se_repete_ou_nao_existe_e_dito_pelo_nome(self, client: Client, gestora: Ator) -> None:
        tela = entrar(client, gestora).post(
            reverse("entidade-nova"), {**FORMULARIO, "cnpj": fabricas.cnpj(), "atuacoes": "do Exemplo"}
        )

        assert "“do Exemplo” é o nome de mais de um município" in tela.content.decode()


def test_quem_nomeia_escolhe_a_entidade_do_municipio(entidade: Entidade) -> None:
    achadas = casas.achar("exemplo", municipio=CAPITAL)

    assert [(casa.id, casa.nome) for casa in achadas] == [(entidade.pk, "Associação do Exemplo")]
    assert casas.achar("", municipio=OUTRO) == []
    assert casas.uma(uuid4()) is None


def test_o_frescor_diz_ha_quanto_tempo_ninguem_confere(entidade: Entidade) -> None:
    hoje = AGORA.date()

    assert consultas.frescor(entidade, hoje=hoje).velha
    entidade.conferida_em = AGORA
    assert consultas.frescor(entidade, hoje=hoje).texto == "ficha conferida hoje"
    assert consultas.frescor(entidade, hoje=hoje + timedelta(days=1)).texto == "ficha conferida há 1 dia"
    assert not consultas.frescor(entidade, hoje=hoje + timedelta(days=365)).velha
    assert consultas.frescor(entidade, hoje=hoje + timedelta(days=366)).velha


def test_quem_nao_e_da_entidade_nem_do_municipio_nao_ve_por_dentro(entidade: Entidade) -> None:
    assert permissoes.cuida(identidade.ator(GESTAO_ESTADUAL, "32"), entidade)
    assert not permissoes.cuida(identidade.ator(GESTAO_ESTADUAL, "35"), entidade)
    assert not permissoes.cuida(identidade.ator(COORDENACAO_UNIDADE, CAPITAL), entidade)


def test_a_pagina_do_municipio_conta_as_entidades_dele_e_cada_numero_abre_a_lista(
    client: Client, gestora: Ator
) -> None:
    pagina = reverse("territorio-municipio", args=[CAPITAL])
    vazia = client.get(pagina).content.decode()
    fabricas.entidade(por=gestora, em=AGORA)
    cheia = client.get(pagina).content.decode()

    assert "Nenhuma entidade com sede ou atuação" in vazia
    assert f"/entidades/?onde={CAPITAL}&amp;situacao=inscrita" in cheia
    assert "Associação do Exemplo" in client.get(f"/entidades/?onde={CAPITAL}").content.decode()
    assert "Nenhuma entidade assim" in client.get(f"/entidades/?onde={CAPITAL}&situacao=inscrita").content.decode()
