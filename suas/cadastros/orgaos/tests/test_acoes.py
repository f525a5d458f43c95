"""Registrar, atualizar sem apagar o de outro, dar posse e encerrar mandato."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from suas.cadastros.orgaos import acoes, do_ente
from suas.cadastros.orgaos.models import Mandato, Orgao
from suas.cadastros.orgaos.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.identificador import uuid7
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


def test_registrar_varios_poe_so_os_que_faltam_com_uma_linha_na_trilha() -> None:
    ja_havia = fabricas.orgao(nome="Como a pessoa escreveu")
    posse = do_ente.Posse(nome="Alba do Exemplo", cargo="Secretária", desde=date(2025, 1, 2))
    novos = [
        acoes.NovoOrgao(id=uuid7(), tipo="orgao_gestor", abrangencia=ja_havia.abrangencia, nome="Outro nome"),
        acoes.NovoOrgao(
            id=uuid7(), tipo="orgao_gestor", abrangencia="33", nome="Do Rio", lei_dia=date(1997, 5, 1), responde=posse
        ),
        acoes.NovoOrgao(
            id=uuid7(), tipo="conselho", abrangencia="33", nome="Conselho do Rio", sigla="CEAS", conferido_em=DEPOIS
        ),
    ]
    de_onde = {"fonte": "Carga de exemplo", "sintetico": True}

    assert acoes.registrar_orgaos(novos=novos, **de_onde, **POR) == 2
    assert acoes.registrar_orgaos(novos=novos, **de_onde, **POR) == 0

    ja_havia.refresh_from_db()
    do_rio = Orgao.objects.get(tipo="orgao_gestor", abrangencia="33")
    assert ja_havia.nome == "Como a pessoa escreveu"
    assert (do_rio.pk, do_rio.lei_dia, do_rio.conferido_em, do_rio.mudou_em) == (
        novos[1].id,
        date(1997, 5, 1),
        None,
        AGORA,
    )
    assert (do_rio.areas_associadas, do_rio.sintetico, do_rio.fonte) == ([], True, "Carga de exemplo")
    do_conselho = Orgao.objects.get(tipo="conselho", abrangencia="33")
    assert (do_conselho.conferido_em, do_conselho.nome_busca) == (DEPOIS, "conselho do rio ceas")
    assert do_rio.mandatos.get().nome == "Alba do Exemplo"
    assert Ato.objects.get(ato="orgaos.registrar_varios").dados == {"quantos": 2, "fonte": "Carga de exemplo"}


@pytest.mark.parametrize("app, modelo", [("orgaos", "Orgao"), ("fundos", "Fundo")])
def test_a_migracao_escreve_o_nome_de_busca_de_quem_nao_tinha_e_pode_repetir(app: str, modelo: str) -> None:
    migracao = import_module(f"suas.cadastros.{app}.migrations.0002_nome_de_busca")
    registros = apps.get_model(app, modelo).objects
    comuns = {"nome": "Proteção do Exemplo", "mudou_em": AGORA} | ({"tipo": "conselho"} if app == "orgaos" else {})
    sem = registros.create(abrangencia="32", **comuns)
    com = registros.create(abrangencia="31", nome_busca="como estava", **comuns)

    migracao.escrever(apps, None)
    migracao.escrever(apps, None)

    assert registros.get(pk=sem.pk).nome_busca == "protecao do exemplo"
    assert registros.get(pk=com.pk).nome_busca == "como estava"
