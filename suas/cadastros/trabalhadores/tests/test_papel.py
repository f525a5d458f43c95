"""A equipe da unidade em PDF: os nomes só para quem os vê, e a leitura registrada."""

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA, municipio
from suas.cadastros.trabalhadores.tests import fabricas
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis
from suas.nucleo.tela.tests.fabricas import texto_do_pdf
from suas.nucleo.trilha.models import Leitura

pytestmark = pytest.mark.django_db


def test_a_gestao_leva_os_nomes_com_a_leitura_registrada_e_o_estado_so_os_numeros():
    identidade.instalacao()
    municipio(VITORIA, habitantes=365_000)
    cras = rede.unidade("CRAS Centro", capacidade=5_000)
    lotacao = fabricas.lotacao(unidade=cras)
    endereco = reverse("equipe-unidade-papel", args=[cras.pk])
    escritos = {}
    for papel, onde in ((papeis.GESTAO_ESTADUAL, "32"), (papeis.GESTAO_MUNICIPAL, VITORIA)):
        cliente = Client()
        cliente.force_login(identidade.pessoa_com_vinculo(papel, onde))
        resposta = cliente.get(endereco)
        assert "no-store" in resposta["Cache-Control"]
        escritos[onde] = texto_do_pdf(resposta.content)

    assert "Função por função" in escritos["32"] and "NOB-RH/SUAS" in escritos["32"]
    assert lotacao.trabalhador.nome not in escritos["32"]
    assert lotacao.trabalhador.nome in escritos[VITORIA]
    leitura = Leitura.objects.get()
    assert (leitura.titular, leitura.motivo) == (lotacao.trabalhador_id, "Emitiu a equipe da unidade em PDF")


def test_unidade_sem_conta_diz_por_que_tambem_saidas():
    identidade.instalacao()
    municipio(VITORIA)
    outra = rede.unidade("Posto", tipo="posto_cadunico")
    cliente = Client()
    cliente.force_login(identidade.pessoa_com_vinculo(papeis.GESTAO_MUNICIPAL, VITORIA))

    assert "Sem conta de equipe" in texto_do_pdf(cliente.get(reverse("equipe-unidade-papel", args=[outra.pk])).content)
