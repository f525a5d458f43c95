"""O encaminhamento no registro que a pessoa pede para ver."""

from __future__ import annotations

import pytest
from django.urls import reverse

from suas.atendimento.familias.models import PessoaAtendida
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.familias.tests.test_views import entrar, texto
from suas.atendimento.servicos.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade

pytestmark = pytest.mark.django_db


def test_o_encaminhamento_da_familia_sai_na_pagina_emitida():
    identidade.instalacao()
    cras = rede.unidade("CRAS Centro")
    prontuario = familias.familia(cras)
    fabricas.encaminhamento(prontuario, rede.unidade("CREAS Norte", tipo="creas"))
    cliente, pedido = entrar(cras), {"quem_pediu": "propria", "conferencia": "Mostrou o RG."}

    pedir = reverse("registro-pedir", args=[prontuario.familia_id, PessoaAtendida.objects.get().pk])
    pagina = texto(cliente.get(cliente.post(pedir, pedido)["Location"]))

    assert "Encaminhamentos, grupos e benefícios" in pagina
    assert "CREAS Norte" in pagina
