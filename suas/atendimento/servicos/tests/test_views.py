"""As telas dos encaminhamentos: dois toques, as duas pontas e mais ninguém, e o que se publica."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.familias.tests.test_views import entrar, texto
from suas.atendimento.servicos.models import Encaminhamento, Protocolo
from suas.atendimento.servicos.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.trilha.models import Leitura
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
def creas(cras):
    return rede.unidade("CREAS Norte", tipo="creas")


def test_em_dois_toques_se_encaminha_e_o_prontuario_da_familia_mostra(cras, creas):
    familia = familias.familia(cras).familia
    cliente = entrar(cras)
    encaminhar = reverse("encaminhar", args=[familia.pk])

    para_onde = texto(cliente.get(encaminhar))
    formulario = texto(cliente.get(encaminhar, {"para": creas.pk}))
    resposta = cliente.post(
        f"{encaminhar}?para={creas.pk}",
        {
            "chave": re.search(r'name="chave" value="([^"]+)"', formulario)[1],
            "codigo": re.search(r'<option value="(\d+)" selected', formulario)[1],
            "motivo": "Suspeita de violência.",
        },
        follow=True,
    )

    assert f"?para={creas.pk}" in para_onde
    feito = Encaminhamento.objects.get()
    assert (feito.destino, feito.get_codigo_display()) == (creas, "Do CRAS para o CREAS")
    assert "Encaminhado a CREAS Norte" in texto(resposta)
    assert "Do CRAS para o CREAS" in texto(cliente.get(reverse("familia", args=[familia.pk])))


def test_o_que_falta_volta_com_o_que_se_escreveu(cras, creas):
    familia = familias.familia(cras).familia
    fabricas.protocolo(cras, creas)
    endereco = f"{reverse('encaminhar', args=[familia.pk])}?para={creas.pk}"

    resposta = texto(entrar(cras).post(endereco, {"chave": familia.pk, "codigo": "13", "motivo": "Grave e urgente."}))

    assert "O protocolo pede “Riscos”. Escreva." in resposta
    assert "Grave e urgente." in resposta
    assert not Encaminhamento.objects.exists()


def test_quem_recebe_ve_no_a_fazer_le_o_motivo_e_nao_o_prontuario_alheio(cras, creas):
    prontuario = familias.familia(cras)
    familias.atendimento(prontuario)
    enviado = fabricas.encaminhamento(prontuario, creas, motivo="Suspeita de violência.")
    recebe = entrar(creas)

    inicio = texto(recebe.get("/"))
    pagina = texto(recebe.get(reverse("encaminhamento", args=[enviado.pk])))
    ficha = texto(recebe.get(reverse("familia", args=[prontuario.familia_id])))

    assert "1 encaminhamento espera resposta" in inicio
    assert "Suspeita de violência." in pagina
    assert "Conversou com a família" not in pagina + ficha
    campos = Leitura.objects.filter(titular=prontuario.familia_id).values_list("campos", flat=True)
    assert any("motivo" in lidos for lidos in campos)


def test_um_toque_aceita_e_a_outra_ponta_nao_responde_por_ela(cras, creas):
    enviado = fabricas.encaminhamento(familias.familia(cras), creas)
    aceitar = reverse("encaminhamento-aceitar", args=[enviado.pk])

    assert entrar(cras).post(aceitar).status_code == 403
    entrar(creas).post(aceitar)

    enviado.refresh_from_db()
    assert enviado.etapa == Encaminhamento.Etapa.ACEITO


def test_so_as_duas_pontas_sabem_do_encaminhamento(cras, creas):
    enviado = fabricas.encaminhamento(familias.familia(cras), creas)
    terceira = rede.unidade("CRAS Sul")
    endereco = reverse("encaminhamento", args=[enviado.pk])

    assert entrar(terceira).get(endereco).status_code == 404
    assert entrar(creas, papeis.RECEPCAO).get(endereco).status_code == 403
    assert entrar(None, papeis.GESTAO_MUNICIPAL).get(endereco).status_code == 403


@pytest.mark.parametrize("rota, botao", [("recusar", "Não aceitar"), ("devolver", "Devolver com retorno")])
def test_a_resposta_em_branco_volta_ao_formulario(cras, creas, rota, botao):
    enviado = fabricas.encaminhamento(familias.familia(cras), creas)

    pagina = texto(entrar(creas).post(reverse(f"encaminhamento-{rota}", args=[enviado.pk]), {"texto": ""}))

    assert "Escreva antes de enviar." in pagina
    assert botao in pagina


def test_a_coordenacao_propoe_e_a_outra_aceita(cras, creas):
    propor = entrar(cras, papeis.COORDENACAO_UNIDADE).post(
        reverse("protocolo-propor"),
        {
            "outra": creas.pk,
            "direcao": "daqui",
            "prazo_dias": "7",
            "combinado": "Relatório junto.",
            "pede": "Riscos imediatos *\nEscola",
        },
    )
    proposto = Protocolo.objects.get()
    coordena = entrar(creas, papeis.COORDENACAO_UNIDADE)
    responder = reverse("protocolo-responder", args=[proposto.pk])

    assert propor.status_code == 302
    assert proposto.campos == [
        {"rotulo": "Riscos imediatos", "obrigatorio": True},
        {"rotulo": "Escola", "obrigatorio": False},
    ]
    assert "1 protocolo proposto" in texto(coordena.get("/"))
    assert entrar(cras, papeis.COORDENACAO_UNIDADE).get(responder).status_code == 403
    assert entrar(creas).get(responder).status_code == 403
    coordena.post(responder, {"aceita": "sim", "resposta": ""})
    proposto.refresh_from_db()
    assert proposto.estado == Protocolo.Estado.VIGENTE


def test_a_espera_e_publica_e_nao_diz_as_poucas(cras, creas):
    fabricas.aceito(fabricas.encaminhamento(familias.familia(cras, nome="Alba Secreta"), creas))

    pagina = texto(Client().get(reverse("esperas-municipio", args=[cras.municipio_id])))
    planilha = Client().get(
        reverse("esperas-municipio", args=[cras.municipio_id]), {"formato": "csv", "tabela": "pares"}
    )

    assert "CRAS Centro → CREAS Norte" in pagina
    assert "menos de 5" in pagina
    assert "Alba" not in pagina
    assert "CRAS Centro,CREAS Norte,,,," in planilha.content.decode("utf-8-sig")


def test_a_lista_nao_faz_mais_consultas_com_mais_linhas(cras, creas, django_assert_max_num_queries):
    fabricas.encaminhamento(familias.familia(cras), creas)
    cliente = entrar(creas)
    endereco = reverse("encaminhamentos")
    cliente.get(endereco)
    with django_assert_max_num_queries(60) as antes:
        cliente.get(endereco)
    for _ in range(6):
        fabricas.encaminhamento(familias.familia(cras), creas, hoje=HOJE)

    with django_assert_max_num_queries(len(antes)):
        cliente.get(endereco)
