"""O registro emitido a pedido da pessoa: o que sai, o que não sai, e quem emite."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from suas.atendimento.familias.ligacoes import Momento
from suas.atendimento.familias.listas import TipoDeAtendimento
from suas.atendimento.familias.models import PessoaAtendida
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.familias.tests.test_views import entrar, texto
from suas.atendimento.prontuarios.consultas.acesso import documento
from suas.atendimento.prontuarios.models import EntregaDoRegistro
from suas.atendimento.prontuarios.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.trilha.models import Ato, Leitura
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
    return familias.familia(cras)


@pytest.fixture
def alba(prontuario):
    return PessoaAtendida.objects.get()


@pytest.fixture
def caio(prontuario):
    return familias.integrante(prontuario.familia, nome="Caio do Exemplo").pessoa


def lido(entrega, *, outros=()):
    """O documento inteiro num texto só."""
    partes = documento(entrega, outros=outros)
    valores = [v for parte in partes for linha in (*parte.pares, *parte.linhas) for v in linha]
    return " | ".join([*(parte.titulo for parte in partes), *valores])


def test_emitir_pela_tela_guarda_quem_pediu_e_leva_ao_documento(cras, prontuario, alba):
    cliente = entrar(cras)
    url = reverse("registro-pedir", args=[prontuario.familia_id, alba.pk])

    resposta = cliente.post(url, {"quem_pediu": "propria", "conferencia": "Mostrou o RG."})

    entrega = EntregaDoRegistro.objects.get()
    pagina = texto(cliente.get(resposta["Location"]))
    assert (entrega.quem_pediu, entrega.conferencia) == ("propria", "Mostrou o RG.")
    assert Ato.objects.filter(ato="prontuarios.entregar_registro").exists()
    for dito in ("Alba do Exemplo", "Quem leu", "Técnico de nível superior", "O que você pode pedir"):
        assert dito in pagina
    assert "Mostrou o RG." in texto(cliente.get(url))


def test_o_papel_sai_em_pdf_e_registra_a_leitura(cras, prontuario, alba):
    familias.atendimento(prontuario)
    cliente = entrar(cras)
    pedido = {"quem_pediu": "propria", "conferencia": "Mostrou o RG."}
    cliente.post(reverse("registro-pedir", args=[prontuario.familia_id, alba.pk]), pedido)
    entrega = EntregaDoRegistro.objects.get()

    papel = cliente.get(reverse("registro-da-pessoa-papel", args=[entrega.pk]))

    assert papel["Content-Type"] == "application/pdf"
    assert papel.content.startswith(b"%PDF")
    assert Leitura.objects.filter(titular=alba.pk, motivo="Emitiu o registro a pedido").exists()


def test_o_que_fala_de_outra_pessoa_da_familia_nao_sai(prontuario, alba, caio):
    fabricas.gravada(prontuario, "7", {"doenca": "sim", "doenca_quem": [str(caio.pk)], "doenca_qual": "Asma"})
    fabricas.gravada(prontuario, "9", {"conjugais": "com_violencia", "vizinhos": "sim"})
    fabricas.gravada(prontuario, "5", {"escolaridade": "19"}, pessoa=caio, observacao="Faltou muito.")
    situacoes = [{"pessoa": str(pessoa.pk), "situacao": codigo} for pessoa, codigo in ((alba, "2"), (caio, "5"))]
    fabricas.gravada(prontuario, "11", {"situacoes": situacoes})

    dela = lido(fabricas.entregue(prontuario, alba))

    assert "vizinhos" in dela
    assert "Violência psicológica" in dela
    for calado in ("Asma", "Conflituoso", "Faltou muito", "9º ano", "Negligência", "Caio"):
        assert calado not in dela


def test_o_sigiloso_so_sai_para_a_propria_pessoa(prontuario, caio):
    fabricas.gravada(prontuario, "12", {"medidas": [{"pessoa": str(caio.pk), "medida": "1"}]})
    fabricas.planejada(fabricas.acompanhada(prontuario), pessoa=caio)

    para_ele = lido(fabricas.entregue(prontuario, caio))
    para_a_mae = lido(fabricas.entregue(prontuario, caio, quem_pediu="responsavel"))

    assert "Liberdade assistida" in para_ele
    assert "Documentação em dia" in para_ele
    assert "Liberdade assistida" not in para_a_mae
    assert "Documentação em dia" not in para_a_mae


def test_o_que_os_outros_modulos_contam_sai_se_e_dela_ou_da_familia(prontuario, alba, caio):
    def momento(titulo, **mais):
        return Momento(dia=HOJE, titulo=titulo, **mais)

    outros = [
        momento("Encaminhou a família"),
        momento("Encaminhou a Alba", pessoa="Alba", pessoa_id=alba.pk),
        momento("Encaminhou o Caio", pessoa="Caio", pessoa_id=caio.pk),
        momento("De alguém que não se sabe", pessoa="Alba do Exemplo"),
        momento("Cancelou", anulado=True),
    ]

    dela = lido(fabricas.entregue(prontuario, alba), outros=outros)

    assert "Encaminhou a família" in dela
    assert "Encaminhou a Alba" in dela
    for calado in ("Encaminhou o Caio", "De alguém", "Cancelou"):
        assert calado not in dela


def test_o_atendimento_com_outra_pessoa_e_o_anulado_nao_saem(cras, prontuario, alba, caio):
    com_caio = familias.atendimento(prontuario)
    com_caio.pessoa, com_caio.descricao = caio, "Só com o Caio."
    com_caio.save()
    medida = familias.atendimento(prontuario, tipo=TipoDeAtendimento.MEDIDA_SOCIOEDUCATIVA)
    medida.descricao = "Orientou a medida."
    medida.save()

    dela = lido(fabricas.entregue(prontuario, alba))

    assert "Só com o Caio." not in dela
    assert "Orientou a medida." not in dela


def test_no_dia_seguinte_o_documento_se_pede_de_novo(cras, prontuario, alba):
    entrega = fabricas.entregue(prontuario, alba)
    EntregaDoRegistro.objects.filter(pk=entrega.pk).update(em=entrega.em - timedelta(days=2))
    cliente = entrar(cras)

    pagina = texto(cliente.get(reverse("registro-da-pessoa", args=[entrega.pk])))

    assert "Este documento foi emitido em outro dia" in pagina
    assert "Quem leu" not in pagina
    papel = cliente.get(reverse("registro-da-pessoa-papel", args=[entrega.pk]))
    assert papel["Content-Type"].startswith("text/html")


def test_quem_nao_le_o_sigiloso_e_quem_e_de_outra_unidade_nao_emitem(cras, prontuario, alba):
    entrega = fabricas.entregue(prontuario, alba)
    de_fora = entrar(rede.unidade("CREAS Norte", tipo="creas"))

    for cliente in (entrar(cras, papeis.TECNICO_MEDIO), entrar(cras, papeis.RECEPCAO), de_fora):
        assert cliente.get(reverse("registro-pedir", args=[prontuario.familia_id, alba.pk])).status_code == 403
        assert cliente.get(reverse("registro-da-pessoa", args=[entrega.pk])).status_code == 403


def test_emitir_sem_dizer_como_se_conferiu_e_recusado(cras, prontuario, alba):
    url = reverse("registro-pedir", args=[prontuario.familia_id, alba.pk])

    pagina = texto(entrar(cras).post(url, {"quem_pediu": "propria", "conferencia": " "}))

    assert "Diga como se conferiu quem pediu" in pagina
    assert not EntregaDoRegistro.objects.exists()
