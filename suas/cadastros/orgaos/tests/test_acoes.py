"""Registrar, atualizar sem apagar o de outro, dar posse e encerrar mandato."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from suas.cadastros.orgaos import acoes, do_ente
from suas.cadastros.orgaos.models import Mandato
from suas.cadastros.orgaos.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
POR = {"por": ATOR_PUBLICO, "em": AGORA}
DEPOIS = AGORA + timedelta(days=1)


def test_o_ente_tem_um_so_orgao_de_cada_tipo() -> None:
    fabricas.orgao()

    with pytest.raises(AtoRecusado, match="já tem registro"):
        fabricas.orgao()

    assert fabricas.orgao("conselho").tipo == "conselho"


def test_atualizar_grava_so_o_que_mudou_conta_na_trilha_e_confere() -> None:
    orgao = fabricas.orgao(sigla="SEMAS")

    atual = acoes.atualizar_orgao(
        orgao=orgao, dados={"sigla": "SEMAS", "nome": "Nova Secretaria"}, versao=1, por=ATOR_PUBLICO, em=DEPOIS
    )

    assert (atual.nome, atual.versao, atual.conferido_em, atual.mudou_em) == ("Nova Secretaria", 2, DEPOIS, DEPOIS)
    assert Ato.objects.filter(ato="orgaos.atualizar").count() == 1


def test_gravar_sem_mudar_nada_so_confere() -> None:
    orgao = fabricas.orgao()

    atual = acoes.atualizar_orgao(orgao=orgao, dados={"nome": orgao.nome}, versao=1, por=ATOR_PUBLICO, em=DEPOIS)

    assert (atual.versao, atual.mudou_em, atual.conferido_em) == (1, AGORA, DEPOIS)
    assert Ato.objects.filter(ato="orgaos.conferir").exists()


def test_quem_leu_uma_versao_antiga_nao_apaga_o_que_o_outro_gravou() -> None:
    orgao = fabricas.orgao()
    acoes.atualizar_orgao(orgao=orgao, dados={"nome": "De outra pessoa"}, versao=1, **POR)

    with pytest.raises(do_ente.MudouEnquantoIsso) as outra:
        acoes.atualizar_orgao(orgao=orgao, dados={"nome": "Meu"}, versao=1, **POR)

    assert outra.value.atual.nome == "De outra pessoa"
    orgao.refresh_from_db()
    assert orgao.nome == "De outra pessoa"


def test_a_posse_de_quem_assume_encerra_a_de_quem_respondia() -> None:
    orgao = fabricas.orgao()
    antiga = fabricas.mandato(orgao, nome="Quem sai")

    nova, saiu = acoes.dar_posse(
        orgao=orgao, funcao="titular", posse=fabricas.posse("Quem entra", desde=date(2026, 3, 1)), hoje=HOJE, **POR
    )

    antiga.refresh_from_db()
    assert saiu == antiga
    assert antiga.ultimo_dia == date(2026, 2, 28)
    assert list(orgao.mandatos.filter(ate__isnull=True)) == [nova]


@pytest.mark.parametrize(
    ("posse", "diz"),
    [
        pytest.param(fabricas.posse(desde=date(2025, 1, 2)), "responde desde 02/01/2025", id="no dia em que começou"),
        pytest.param(fabricas.posse(desde=date(2024, 5, 1)), "responde desde 02/01/2025", id="antes de quem responde"),
        pytest.param(fabricas.posse(desde=HOJE + timedelta(days=1)), "ainda não chegou", id="amanhã"),
        pytest.param(
            fabricas.posse(desde=date(2026, 1, 1), previsto_ate=date(2025, 1, 1)), "fim previsto", id="fim antes"
        ),
        pytest.param(
            fabricas.posse(desde=date(2024, 1, 1), ate=date(2025, 1, 3)), "só cabe uma pessoa", id="antigo que cruza"
        ),
    ],
)
def test_posse_que_nao_fecha_com_os_dias_e_recusada_em_palavras(posse: do_ente.Posse, diz: str) -> None:
    orgao = fabricas.orgao()
    em_exercicio = fabricas.mandato(orgao)

    with pytest.raises(AtoRecusado, match=diz):
        acoes.dar_posse(orgao=orgao, funcao="titular", posse=posse, hoje=HOJE, **POR)

    em_exercicio.refresh_from_db()
    assert em_exercicio.ate is None


def test_mandato_antigo_se_registra_sem_tirar_quem_responde() -> None:
    orgao = fabricas.orgao()
    atual = fabricas.mandato(orgao)

    antigo, saiu = acoes.dar_posse(
        orgao=orgao,
        funcao="titular",
        posse=fabricas.posse("De antes", desde=date(2021, 1, 1), ate=date(2025, 1, 2)),
        hoje=HOJE,
        **POR,
    )

    assert saiu is None
    assert antigo.ultimo_dia == date(2025, 1, 1)
    assert orgao.mandatos.get(ate__isnull=True) == atual


def test_o_banco_recusa_dois_titulares_em_exercicio() -> None:
    orgao = fabricas.orgao()
    fabricas.mandato(orgao)

    with pytest.raises(IntegrityError), transaction.atomic():
        Mandato.objects.create(orgao=orgao, funcao="titular", nome="Outra", desde=date(2026, 1, 1))


def test_encerrar_guarda_o_ultimo_dia_e_o_motivo_na_trilha() -> None:
    mandato = fabricas.mandato(fabricas.orgao())

    acoes.encerrar_mandato(mandato=mandato, ultimo_dia=date(2026, 11, 10), motivo="A pedido", hoje=HOJE, **POR)

    mandato.refresh_from_db()
    assert mandato.ultimo_dia == date(2026, 11, 10)
    assert Ato.objects.get(ato="orgaos.encerrar_mandato").motivo == "A pedido"


@pytest.mark.parametrize(
    ("dia", "diz"), [(date(2024, 1, 1), "não pode ser antes"), (HOJE + timedelta(days=2), "ainda não chegou")]
)
def test_fim_de_mandato_fora_do_lugar_e_recusado(dia: date, diz: str) -> None:
    mandato = fabricas.mandato(fabricas.orgao())

    with pytest.raises(AtoRecusado, match=diz):
        acoes.encerrar_mandato(mandato=mandato, ultimo_dia=dia, motivo="", hoje=HOJE, **POR)


def test_mandato_encerrado_nao_se_encerra_de_novo() -> None:
    mandato = fabricas.mandato(fabricas.orgao())
    acoes.encerrar_mandato(mandato=mandato, ultimo_dia=HOJE, motivo="", hoje=HOJE, **POR)

    with pytest.raises(AtoRecusado, match="já acabou"):
        acoes.encerrar_mandato(mandato=mandato, ultimo_dia=HOJE, motivo="", hoje=HOJE, **POR)
