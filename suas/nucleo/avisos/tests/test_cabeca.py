"""A cabeça da trilha chega todo dia a quem confere a corrente, e serve à verificação."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suas.config.trilha import ler_cabecas
from suas.nucleo.avisos.acoes import cabeca
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import AUDITORIA, CONSELHEIRO, GESTAO_ESTADUAL, GESTAO_MUNICIPAL
from suas.nucleo.trilha import acoes as trilha
from suas.nucleo.trilha import consultas, verificacao

pytestmark = pytest.mark.django_db
AGORA = fabricas.AGORA
VITORIA = "3205309"


def avisadas() -> set[object]:
    return set(Aviso.objects.filter(modelo="avisos.cabeca").values_list("pessoa_id", flat=True))


def test_vai_a_quem_confere_a_corrente_desta_instalacao_e_a_mais_ninguem() -> None:
    fabricas.instalacao(abrangencia="32")
    estadual = fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, "32")
    auditora = fabricas.pessoa_com_vinculo(AUDITORIA, "BR")
    for papel, territorio in ((GESTAO_ESTADUAL, "35"), (GESTAO_MUNICIPAL, VITORIA), (CONSELHEIRO, "32")):
        fabricas.pessoa_com_vinculo(papel, territorio)
    trilha.lacrar(em=AGORA)

    quantas = cabeca.mandar(em=AGORA)

    assert avisadas() == {estadual.pk, auditora.pk}
    assert quantas == 2


def test_uma_vez_por_dia_e_no_dia_seguinte_outra() -> None:
    fabricas.instalacao(abrangencia="32")
    fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, "32")
    trilha.lacrar(em=AGORA)

    for em in (AGORA, AGORA + timedelta(hours=1), AGORA + timedelta(days=1)):
        cabeca.mandar(em=em)

    assert Aviso.objects.filter(modelo="avisos.cabeca").count() == 2


def test_a_linha_do_aviso_serve_a_verificacao_e_o_ultimo_resultado_vai_junto() -> None:
    fabricas.instalacao(abrangencia="32")
    fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, "32")
    trilha.lacrar(em=AGORA)
    trilha.guardar_verificacao(resultado=verificacao.verificar(em=AGORA), em=AGORA)

    cabeca.mandar(em=AGORA)

    texto = Aviso.objects.get(modelo="avisos.cabeca").texto
    guardada = next(linha for linha in texto.splitlines() if linha.startswith("redesuas-trilha"))
    assert ler_cabecas(guardada) == [consultas.cabeca()]
    assert "A última verificação, de 21/11/2026 às 12:00, achou a corrente inteira." in texto


def test_corrente_vazia_nao_avisa_ninguem() -> None:
    fabricas.instalacao(abrangencia="32")
    fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, "32")

    assert cabeca.mandar(em=AGORA) == 0
    assert not avisadas()
