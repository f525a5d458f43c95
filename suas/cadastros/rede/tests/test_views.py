"""As telas públicas da rede: lista, filtros, ficha e a página do município."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from normas.rede.tipificacao import servicos
from suas.cadastros.rede import consultas
from suas.cadastros.rede.acoes import carga
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import BRASILIA, SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator, instalacao, pessoa_com_vinculo
from suas.nucleo.permissoes.papeis import COORDENACAO_UNIDADE, GESTAO_MUNICIPAL
from suas.nucleo.trilha.busca import em_palavras
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
ANTIGO = date(2020, 1, 1)


def texto(resposta) -> str:
    return resposta.content.decode()


@pytest.fixture
def rede():
    unidade("CRAS Centro", capacidade=5000)
    unidade("CRAS São Pedro", capacidade=3500, bairro="São Pedro")
    unidade("CREAS Bento", tipo="creas", onde=SERRA, identificador="32050012345")
    unidade("Centro POP Sul", tipo="centro_pop", onde=BRASILIA)
    return unidade("CRAS Velho", fechada_em=ANTIGO, motivo_do_fechamento="Mudou para o Centro")


def test_a_lista_do_pais_mostra_as_que_funcionam_com_municipio_e_telefone(client, rede):
    pagina = texto(client.get(reverse("rede-lista")))

    assert "4 unidades" in pagina
    assert "CRAS Centro" in pagina and "Vitória/ES" in pagina and "(27) 3333-4444" in pagina
    assert "Rua do Exemplo, 12, Centro" in pagina
    assert "CRAS Velho" not in pagina


@pytest.mark.parametrize(
    "onde, consulta, esperadas",
    [
        pytest.param("ES", {}, {"CRAS Centro", "CRAS São Pedro", "CREAS Bento"}, id="a UF"),
        pytest.param(VITORIA, {}, {"CRAS Centro", "CRAS São Pedro"}, id="o município"),
        pytest.param("ES", {"termo": "sao pedro vitoria"}, {"CRAS São Pedro"}, id="nome e município sem acento"),
        pytest.param("ES", {"termo": "32050012345"}, {"CREAS Bento"}, id="identificador"),
        pytest.param("ES", {"tipo": "creas"}, {"CREAS Bento"}, id="tipo"),
        pytest.param(VITORIA, {"situacao": "fechadas"}, {"CRAS Velho"}, id="fechadas"),
        pytest.param(VITORIA, {"natureza": "privada"}, set(), id="nenhuma privada"),
    ],
)
def test_cada_filtro_mostra_so_o_que_diz(client, rede, onde, consulta, esperadas):
    linhas = texto(client.get(reverse("rede-lugar", args=[onde]), {**consulta, "formato": "csv"})).splitlines()

    assert {linha.split(",")[2] for linha in linhas[1:]} == esperadas


def test_a_ordem_por_capacidade_deixa_por_ultimo_quem_nao_a_informou(client, rede):
    linhas = texto(client.get(reverse("rede-lista"), {"ordem": "-capacidade", "formato": "csv"})).splitlines()

    assert [linha.split(",")[2] for linha in linhas[1:3]] == ["CRAS Centro", "CRAS São Pedro"]


def test_o_filtro_sem_achado_e_o_lugar_vazio_dizem_o_que_fazer(client, rede):
    municipio("3200102", nome="Sem Rede")

    sem_achado = texto(client.get(reverse("rede-lista"), {"termo": "zzz"}))
    vazio = texto(client.get(reverse("rede-lugar", args=["3200102"])))

    assert "Nenhuma unidade com estes filtros" in sem_achado
    assert "Nenhuma unidade no cadastro" in vazio and "pede a abertura" in vazio


def test_escolher_outro_lugar_no_filtro_leva_a_ele_com_os_outros_filtros(client, rede):
    resposta = client.get(reverse("rede-lista"), {"lugar": "ES", "tipo": "cras"})

    assert resposta["Location"] == reverse("rede-lugar", args=["ES"]) + "?tipo=cras"
    assert client.get(reverse("rede-lugar", args=["es"]))["Location"] == reverse("rede-lugar", args=["ES"])
    assert client.get(reverse("rede-lugar", args=["XX"])).status_code == 404
    assert client.get(reverse("rede-lugar", args=["9999999"])).status_code == 404


def test_a_ficha_diz_onde_fica_como_falar_o_que_oferta_e_quem_atende(client):
    ficha = unidade("CREAS Regional", tipo="creas_regional", capacidade=50, dias_por_semana=5, horas_por_dia=8)
    municipio(SERRA)
    ServicoOfertado.objects.create(unidade=ficha, servico="paefi", capacidade=80)
    MunicipioAtendido.objects.create(unidade=ficha, municipio_id=SERRA, cota_percentual=40)
    MunicipioAtendido.objects.create(unidade=ficha, municipio_id=VITORIA, ate=ANTIGO)

    pagina = texto(client.get(reverse("rede-unidade", args=[ficha.pk])))

    assert "em funcionamento" in pagina and "Ninguém conferiu este cadastro ainda" in pagina
    assert "CEP 29010-000" in pagina and "5 dias por semana, 8 horas por dia" in pagina
    assert "Serra/ES" in pagina and "40,0%" in pagina and "1 município" in pagina
    assert "Serviço de Proteção e Atendimento Especializado a Famílias e Indivíduos (PAEFI)" in pagina
    assert 'data-rotulo="Capacidade">80<' in pagina and "mudar a oferta" not in pagina


def test_os_tipos_de_unidade_da_tipificacao_sao_os_do_cadastro():
    citados = {tipo for servico in servicos(em=date(2026, 11, 22)) for tipo in servico.unidades}

    assert citados <= set(Unidade.Tipo.values)


def test_a_unidade_fechada_diz_desde_quando_e_por_que(client, rede):
    pagina = texto(client.get(reverse("rede-unidade", args=[rede.pk])))

    assert "fechada desde" in pagina
    assert "Mudou para o Centro" in pagina


def test_unidade_que_nao_existe_nao_se_mostra(client):
    assert client.get(reverse("rede-unidade", args=["018f0000-0000-7000-8000-000000000000"])).status_code == 404


class TestEnderecoReservado:
    """A casa que abriga mulheres em risco, por exemplo: o endereço não sai na lista, na planilha nem na ficha."""

    @pytest.fixture
    def casa(self):
        return unidade("Casa Abrigo", tipo="acolhimento", endereco_reservado=True, latitude="-20.3", longitude="-40.3")

    def enderecos(self, casa):
        return (
            reverse("rede-unidade", args=[casa.pk]),
            reverse("rede-lista"),
            reverse("rede-lista") + "?formato=csv",
            reverse("rede-lugar", args=[VITORIA]),
        )

    def test_quem_nao_entrou_e_quem_e_de_fora_nao_o_veem(self, casa):
        de_fora = Client()
        de_fora.force_login(pessoa_com_vinculo(GESTAO_MUNICIPAL, SERRA))

        for cliente in (Client(), de_fora):
            for endereco in self.enderecos(casa):
                pagina = texto(cliente.get(endereco))
                assert "Casa Abrigo" in pagina and "reservado" in pagina
                assert "do Exemplo, 12" not in pagina and "29010" not in pagina and "40,3" not in pagina, endereco
                assert "40.3" not in pagina, endereco

    def test_quem_age_no_municipio_o_ve(self, casa):
        cliente = Client()
        cliente.force_login(pessoa_com_vinculo(COORDENACAO_UNIDADE, VITORIA))

        pagina = texto(cliente.get(reverse("rede-unidade", args=[casa.pk])))

        assert "Rua do Exemplo, 12" in pagina and "endereço reservado" in pagina


def test_a_pagina_do_municipio_conta_a_rede_e_cada_numero_abre_as_suas_linhas(client, rede):
    pagina = texto(client.get(reverse("territorio-municipio", args=[VITORIA])))

    assert reverse("rede-lugar", args=[VITORIA]) + "?tipo=cras" in pagina
    assert "1 fechada" in pagina
    assert "sem conferência" not in pagina


def test_quem_cuida_do_municipio_ve_o_que_esta_sem_conferencia(rede):
    cliente = Client()
    cliente.force_login(pessoa_com_vinculo(GESTAO_MUNICIPAL, VITORIA))

    pagina = texto(cliente.get(reverse("territorio-municipio", args=[VITORIA])))

    assert "2 unidades</a>" not in pagina
    assert "2 unidades sem conferência há mais de 6 meses" in pagina


def test_a_unidade_posta_numa_carga_conta_a_historia_dela_e_nao_a_do_lote() -> None:
    instalacao()
    municipio(VITORIA)
    gestora = ator(GESTAO_MUNICIPAL, VITORIA)
    uma, outra = (
        Unidade(nome=nome, tipo="cras", municipio_id=VITORIA, sintetica=True) for nome in ("CRAS Um", "CRAS Dois")
    )
    carga.carregar(unidades=[uma, outra], servicos=[], atendidos=[], fonte="Exemplo", por=gestora, em=AGORA)

    for unidade_posta in (uma, outra):
        passo = consultas.historia_da(unidade_posta, ator=gestora)[0]
        assert passo.o_que == "pôs no cadastro (Exemplo)"
    assert em_palavras(list(Ato.objects.filter(ato="rede.carregar")))[0].o_que == (
        "pôs no cadastro 2 unidades de uma vez (Exemplo)"
    )
