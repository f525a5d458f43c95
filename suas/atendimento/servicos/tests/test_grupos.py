"""Os grupos: quem entra e sai, a chamada que não se sobrescreve calada, e o que conta no mês."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from normas.base.competencia import Competencia
from suas.atendimento.familias.acoes import pessoas
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.familias.tests.test_views import entrar, texto
from suas.atendimento.servicos.acoes import grupos as acoes
from suas.atendimento.servicos.consultas import grupos as leitura
from suas.atendimento.servicos.models import Encontro, Grupo, Participante
from suas.atendimento.servicos.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.vigilancia.mensais.consultas import dos_registros
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db
OUTUBRO, NO_MES = Competencia(2026, 10), date(2026, 10, 14)


@pytest.fixture(autouse=True)
def conta_comum(db):
    trancar()


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


@pytest.fixture
def grupo(cras):
    return fabricas.grupo(cras, tipo="scfv")


def inscrita(grupo, nome="Alba do Exemplo", **dados):
    prontuario = familias.familia(grupo.unidade, nome=nome, **dados)
    return fabricas.participante(grupo, prontuario.familia.integrantes.get())


def test_a_chamada_guarda_quem_veio_e_quem_faltou_e_fazer_de_novo_corrige_a_mesma(grupo):
    alba, bia = inscrita(grupo), inscrita(grupo, "Bia do Exemplo")
    feita = fabricas.chamada(grupo, alba, tema="Direitos")

    fabricas.chamada(grupo, bia, tema="Direitos", versao=feita.versao)

    encontro = Encontro.objects.get()
    veio = dict(encontro.presencas.values_list("pessoa_id", "veio"))
    assert veio == {alba.pessoa_id: False, bia.pessoa_id: True}


def test_a_chamada_que_outra_pessoa_gravou_no_meio_tempo_nao_se_sobrescreve_calada(grupo):
    alba, bia = inscrita(grupo), inscrita(grupo, "Bia do Exemplo")
    fabricas.chamada(grupo, alba)

    assert fabricas.chamada(grupo, alba) == Encontro.objects.get()  # o mesmo envio, duas vezes
    with pytest.raises(MudouNoMeioTempo):
        fabricas.chamada(grupo, bia)
    assert Encontro.objects.get().versao == 1


def test_a_tela_mostra_a_diferenca_e_enviar_de_novo_grava(grupo):
    alba, bia = inscrita(grupo), inscrita(grupo, "Bia do Exemplo")
    cliente = entrar(grupo.unidade)
    endereco = f"{reverse('grupo-chamada', args=[grupo.pk])}?dia={HOJE:%d/%m/%Y}"
    fabricas.chamada(grupo, alba)

    pagina = texto(cliente.post(endereco, {"versao": "0", "veio": [str(bia.pessoa_id)]}))
    gravada = texto(cliente.post(endereco, {"versao": "1", "veio": [str(bia.pessoa_id)]}, follow=True))

    assert "gravada: 1 pessoa veio." in gravada
    assert "Outra pessoa gravou esta chamada" in pagina
    assert "a outra gravação diz que veio" in pagina
    assert f'value="{bia.pessoa_id}" checked' in pagina
    assert 'name="versao" value="1"' in pagina
    assert set(Encontro.objects.get().presencas.filter(veio=True).values_list("pessoa_id", flat=True)) == {
        bia.pessoa_id
    }


def test_quem_nao_esta_no_grupo_nao_se_marca_e_a_chamada_vazia_nao_se_grava(grupo):
    inscrita(grupo)
    de_outro = inscrita(fabricas.grupo(grupo.unidade, nome="Outro"), "Bia do Exemplo")

    with pytest.raises(AtoRecusado, match="1 das pessoas marcadas não estão"):
        fabricas.chamada(grupo, de_outro)
    with pytest.raises(AtoRecusado, match="Marque quem veio"):
        fabricas.chamada(grupo)
    assert not Encontro.objects.exists()


@pytest.mark.parametrize("dia", [HOJE + timedelta(days=1), fabricas.COMECOU - timedelta(days=1)])
def test_a_chamada_e_de_um_dia_do_grupo(grupo, dia):
    alba = inscrita(grupo)

    with pytest.raises(AtoRecusado, match="entre o começo do grupo"):
        fabricas.chamada(grupo, alba, dia=dia)


def test_quem_saiu_fica_nas_chamadas_de_antes_e_nao_nas_de_depois(grupo):
    alba, bia = inscrita(grupo), inscrita(grupo, "Bia do Exemplo")
    antes = HOJE - timedelta(days=7)
    acoes.tirar(participante=alba, motivo="Mudou.", dia=antes, por=familias.tecnica(grupo.unidade), em=AGORA, hoje=HOJE)

    def na_chamada(dia):
        return {linha.pessoa.pk for linha in leitura.chamada(grupo, dia=dia, encontro=None)}

    assert na_chamada(antes) == {alba.pessoa_id, bia.pessoa_id}
    assert na_chamada(HOJE) == {bia.pessoa_id}
    with pytest.raises(AtoRecusado, match="já deixou o grupo"):
        acoes.tirar(
            participante=alba, motivo="De novo.", dia=HOJE, por=familias.tecnica(grupo.unidade), em=AGORA, hoje=HOJE
        )


def test_encerrar_tira_quem_participa_e_nada_mais_se_grava(grupo):
    alba = inscrita(grupo)

    acoes.encerrar(grupo=grupo, motivo="Acabou.", por=familias.tecnica(grupo.unidade), em=AGORA, hoje=HOJE)

    alba.refresh_from_db()
    assert alba.ate == HOJE
    with pytest.raises(AtoRecusado, match="se encerrou"):
        fabricas.chamada(grupo, alba)


def test_o_tipo_e_da_unidade_e_o_nome_nao_se_repete_aberto(cras, grupo):
    with pytest.raises(AtoRecusado, match="não é desta unidade"):
        fabricas.grupo(cras, tipo="paefi", nome="Outro")
    with pytest.raises(AtoRecusado, match="já tem um grupo “Grupo do Exemplo”"):
        fabricas.grupo(cras)


def test_o_mes_conta_quem_veio_pela_idade_no_ultimo_dia_e_as_familias_do_paif(cras, grupo):
    paif = fabricas.grupo(cras, tipo="paif", nome="PAIF")
    crianca = inscrita(grupo, "Caio", nascimento=date(2019, 11, 1))  # seis anos em 31/10
    idosa = inscrita(grupo, "Dalva", nascimento=date(1966, 10, 31))  # sessenta no último dia
    sem_idade, faltou = inscrita(grupo, "Edu"), inscrita(grupo, "Fábio", nascimento=date(2015, 1, 1))
    mae = inscrita(paif, "Gilda")
    filho = fabricas.participante(paif, familias.integrante(mae.familia))
    pessoas.atualizar(
        pessoa=filho.pessoa,
        dados=pessoas.Dados(nome="Caio do Exemplo", deficiencia=True),
        versao=1,
        por=familias.tecnica(cras),
        em=AGORA,
        hoje=HOJE,
    )
    fabricas.chamada(grupo, crianca, idosa, sem_idade, dia=NO_MES)
    fabricas.chamada(grupo, crianca, dia=NO_MES + timedelta(days=7))
    fabricas.chamada(paif, mae, filho, dia=NO_MES)
    anulado = fabricas.chamada(grupo, faltou, dia=NO_MES + timedelta(days=1))
    acoes.anular_encontro(encontro=anulado, motivo="Não houve.", por=familias.tecnica(cras), em=AGORA)

    itens = dos_registros(cras, competencia=OUTUBRO)

    contados = {item: itens[item] for item in ("D.1", "D.2", "D.3", "D.4", "D.8", "D.5", "D.7")}
    assert contados == {"D.1": 1, "D.2": 1, "D.3": 0, "D.4": 0, "D.8": 0, "D.5": 1, "D.7": 1}
    assert "D.6" not in itens


def test_a_palestra_conta_os_inscritos_que_vieram_e_os_so_contados(cras):
    palestra = fabricas.grupo(cras, tipo="nao_continuada", nome="Palestra")
    fabricas.chamada(palestra, inscrita(palestra), dia=NO_MES, sem_registro=30)
    fabricas.chamada(palestra, dia=NO_MES + timedelta(days=1), sem_registro=5)

    itens = dos_registros(cras, competencia=OUTUBRO)

    assert itens["D.6"] == 36
    assert "D.1" not in itens


def test_pela_tela_abre_inscreve_com_um_toque_e_a_familia_mostra(cras):
    cliente = entrar(cras)
    prontuario = familias.familia(cras, nome="Alba do Exemplo")

    cliente.post(reverse("grupo-novo"), {"nome": "Mulheres", "tipo": "paif", "comecou": f"{HOJE:%d/%m/%Y}"})
    pagina = texto(cliente.get(reverse("grupos")))
    aberto = Grupo.objects.get()
    inscrever = reverse("grupo-inscrever", args=[aberto.pk])
    achada = texto(cliente.post(inscrever, {"termo": "alba"}))
    cliente.post(inscrever, {"integrante": prontuario.familia.integrantes.get().pk})
    cliente.post(inscrever, {"integrante": prontuario.familia.integrantes.get().pk})

    assert reverse("grupo-chamada", args=[aberto.pk]) in pagina
    assert "Inscrever" in achada
    assert Participante.objects.count() == 1
    assert "Mulheres" in texto(cliente.get(reverse("familia", args=[prontuario.familia_id])))


def test_outra_unidade_nao_chega_ao_grupo(cras, grupo):
    assert entrar(rede.unidade("CRAS Sul")).get(reverse("grupo", args=[grupo.pk])).status_code == 404


def test_a_chamada_faz_as_mesmas_consultas_com_mais_gente(grupo, django_assert_max_num_queries):
    inscrita(grupo)
    cliente, endereco = entrar(grupo.unidade), reverse("grupo-chamada", args=[grupo.pk])
    cliente.get(endereco)
    with django_assert_max_num_queries(60) as antes:
        cliente.get(endereco)
    for numero in range(6):
        inscrita(grupo, f"Pessoa {numero}")

    with django_assert_max_num_queries(len(antes)):
        cliente.get(endereco)
