"""Ler não escreve: GET e HEAD que tentam mudar o banco são recusados em todo o sistema."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from suas.cadastros.territorio.models import UF
from suas.nucleo.banco import EscritaEmLeitura
from suas.nucleo.intermediarios import SemEscritaEmLeitura

pytestmark = pytest.mark.django_db


def escrever(request: HttpRequest) -> HttpResponse:
    UF.objects.create(codigo="99", sigla="ZZ", nome="Inventada", regiao="Nenhuma")
    return HttpResponse("feito")


def test_o_intermediario_esta_ligado_e_e_o_ultimo_antes_das_telas() -> None:
    assert settings.MIDDLEWARE[-1] == "suas.nucleo.intermediarios.SemEscritaEmLeitura"


@pytest.mark.parametrize("metodo", ["get", "head"])
def test_leitura_que_escreve_e_recusada(metodo: str) -> None:
    pedido = getattr(RequestFactory(), metodo)("/qualquer")

    with pytest.raises(EscritaEmLeitura), transaction.atomic():
        SemEscritaEmLeitura(escrever)(pedido)

    assert not UF.objects.filter(codigo="99").exists()


def test_leitura_que_apaga_ou_muda_tambem_e_recusada() -> None:
    UF.objects.create(codigo="98", sigla="YY", nome="Inventada", regiao="Nenhuma")
    for escrita in (UF.objects.filter(codigo="98").delete, lambda: UF.objects.filter(codigo="98").update(nome="Outra")):
        with pytest.raises(EscritaEmLeitura), transaction.atomic():
            SemEscritaEmLeitura(lambda request, escrita=escrita: escrita())(RequestFactory().get("/qualquer"))

    assert UF.objects.get(codigo="98").nome == "Inventada"


def test_envio_escreve() -> None:
    SemEscritaEmLeitura(escrever)(RequestFactory().post("/qualquer"))

    assert UF.objects.filter(codigo="99").exists()
