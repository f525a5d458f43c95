"""As somas abrem o que as forma, e a devolutiva existe no instante do envio, na tela e em papel."""

from __future__ import annotations

import pytest
from django.urls import reverse

from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.models import Populacao
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis
from suas.nucleo.tela.tests.fabricas import texto_do_pdf
from suas.vigilancia.devolutiva import consultas
from suas.vigilancia.fatos.models import FatoDaUnidade
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES

pytestmark = pytest.mark.django_db


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


@pytest.fixture
def vigilancia(cras):
    return rede.entrar(identidade.ator(papeis.VIGILANCIA_MUNICIPAL, cras.municipio_id))


def enviar(unidade, mes=MES, **itens):
    return fabricas.enviado(unidade, itens=fabricas.zerado(unidade, **itens), mes=mes)


def pagina(cliente, rota, *argumentos, **consulta):
    resposta = cliente.get(reverse(rota, args=argumentos), {"mes": str(MES), **consulta})
    assert resposta.status_code == 200
    return resposta.content.decode()


def com_parecidas(cras, quantas):
    """Outras unidades do mesmo porte que enviaram, gravadas direto: só os números delas importam aqui."""
    Populacao.objects.get_or_create(
        municipio_id=cras.municipio_id,
        ano=2020,
        defaults={"habitantes": 365_855, "tipo": "estimativa", "fonte": "IBGE"},
    )
    for n in range(quantas):
        FatoDaUnidade.objects.create(
            unidade=rede.unidade(f"CRAS {n}"),
            abrangencia=cras.municipio_id,
            porte="GRANDE",
            formulario="RMA-CRAS",
            competencia=str(MES),
            envio=1,
            totais={"A.1": 60 + n, "C.6": 30},
        )


def test_a_soma_do_municipio_abre_as_unidades_tambem_a_que_nao_enviou(cras, vigilancia):
    outro = rede.unidade("CRAS Continental")
    enviar(cras, A_1=9)

    das_somas = pagina(vigilancia, "somas-lugar", cras.municipio_id)
    das_partes = pagina(vigilancia, "somas-item", cras.municipio_id, "RMA-CRAS", "A.1")

    assert "Falta o mês de 1 unidade" in das_somas
    assert reverse("somas-item", args=[cras.municipio_id, "RMA-CRAS", "A.1"]) in das_somas
    assert reverse("rma", args=[cras.pk, str(MES)]) in das_partes
    assert outro.nome in das_partes and "não começou" in das_partes


def test_a_soma_se_baixa_e_diz_quantas_unidades_a_formam(cras, vigilancia):
    enviar(cras, A_1=9)

    csv = vigilancia.get(reverse("somas-lugar", args=[cras.municipio_id]), {"mes": str(MES), "formato": "csv"})

    assert "A.1" in csv.content.decode() and csv.content.decode().count("\n") > 25


def test_o_estado_abre_os_municipios(cras):
    enviar(cras, A_1=9)
    estado = rede.entrar(identidade.ator(papeis.GESTAO_ESTADUAL, "32"))

    assert reverse("somas-item", args=["3205309", "RMA-CRAS", "A.1"]) in pagina(
        estado, "somas-item", "32", "RMA-CRAS", "A.1"
    )


def test_item_que_nao_existe_nao_se_acha(cras, vigilancia):
    assert vigilancia.get(reverse("somas-item", args=[cras.municipio_id, "RMA-CRAS", "Z.9"])).status_code == 404
    assert vigilancia.get(reverse("somas-item", args=[cras.municipio_id, "RMA-XX", "A.1"])).status_code == 404


def test_a_devolutiva_existe_no_instante_do_envio_e_antes_dele_diz_quando_vira(cras):
    coordenacao = rede.entrar(fabricas.coordena(cras))
    antes = pagina(coordenacao, "devolutiva", cras.pk, str(MES))
    enviar(cras, mes=MES.meses_antes(1), A_1=100, C_6=30)
    enviar(cras, A_1=60)

    depois = pagina(coordenacao, "devolutiva", cras.pk, str(MES))

    assert "Ainda não há devolutiva" in antes
    assert "O que impediu as visitas domiciliares" in depois and "com 60 famílias em acompanhamento" in depois
    assert "eram 100 nos meses anteriores e são 60" in depois
    assert "são poucas as unidades parecidas" in depois
    assert reverse("devolutiva", args=[cras.pk, str(MES)]) in pagina(coordenacao, "rma", cras.pk, str(MES))


def test_com_dez_parecidas_compara_sem_dizer_quais(cras):
    enviar(cras, A_1=200, C_6=30)
    com_parecidas(cras, 10)

    texto = pagina(rede.entrar(fabricas.coordena(cras)), "devolutiva", cras.pk, str(MES))

    assert "acima da maioria" in texto and "62 e 67" in texto
    assert "CRAS 3" not in texto


def test_a_devolutiva_em_papel_leva_as_perguntas(cras):
    coordenacao = rede.entrar(fabricas.coordena(cras))
    endereco = reverse("devolutiva-papel", args=[cras.pk, str(MES)])
    assert coordenacao.get(endereco).status_code == 404
    enviar(cras, A_1=60)
    com_parecidas(cras, 10)

    texto = texto_do_pdf(coordenacao.get(endereco).content)

    assert "O que impediu as visitas" in texto and "unidades parecidas" in texto


def test_a_linhazinha_se_interrompe_no_mes_sem_numero():
    assert consultas.tracado([5, None, 10]) == [[(0.0, 12.0)], [(120.0, 2.0)]]
    assert consultas.tracado([None, None]) == []
