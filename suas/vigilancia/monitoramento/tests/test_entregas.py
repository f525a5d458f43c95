"""A entrega feita no sistema federal: informa-a quem cuida do lugar, e o que se retira fica na história."""

from __future__ import annotations

from datetime import date

import pytest

from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.obrigacoes.models import Entrega
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato
from suas.vigilancia.monitoramento import a_fazer, acoes, consultas

pytestmark = pytest.mark.django_db
HOJE = date(2026, 4, 30)
DO_SISC = "/monitoramento/3205309/entregas/SISC/2026-T1/gestao:3205309/"


@pytest.fixture
def gestora():
    rede.unidade("CRAS Centro", aberta_em=date(2025, 1, 1))
    return identidade.ator(papeis.GESTAO_MUNICIPAL, "3205309")


def devida():
    achada = consultas.fora(sistema="SISC", periodo="2026-T1", quem="gestao:3205309", onde="3205309")
    assert achada is not None
    return achada


def informar(ator, dia, protocolo="SISC-1"):
    chave = acoes.informar_entrega(devida=devida(), dia=dia, protocolo=protocolo, por=ator, em=AGORA, hoje=HOJE)
    return Entrega.objects.get(pk=chave)


def retirar(ator, *, engano, dia=None):
    motivo = "O protocolo é de outro município"
    return acoes.retirar_entrega(devida=devida(), engano=engano, dia=dia, motivo=motivo, por=ator, em=AGORA, hoje=HOJE)


def test_a_gestao_informa_pela_tela_e_a_linha_mostra_o_protocolo(gestora):
    cliente = rede.entrar(gestora)

    assert "Informar a entrega</button>" in cliente.get(DO_SISC).content.decode()
    assert cliente.post(DO_SISC, {"dia": "16/03/2026", "protocolo": "SISC-77"}).status_code == 302

    entrega = Entrega.objects.get()
    assert (entrega.dia, entrega.protocolo, entrega.informada_por_id) == (
        date(2026, 3, 16),
        "SISC-77",
        gestora.pessoa.pk,
    )
    assert Ato.objects.filter(ato="monitoramento.informar", objeto_id=str(entrega.pk)).count() == 1
    assert "Retirar a entrega</button>" in cliente.get(DO_SISC).content.decode()
    linhas = cliente.get("/monitoramento/3205309/linhas/", {"prazo": devida().opcao.chave}).content.decode()
    assert "protocolo SISC-77" in linhas
    assert f'href="{DO_SISC}"' in linhas


@pytest.mark.parametrize(
    "dia, protocolo, diz",
    [
        (date(2026, 5, 1), "1", "01/05/2026 ainda não chegou"),
        (date(2025, 1, 1), "1", "é antes de 01/01/2026, quando começa"),
        (date(2026, 3, 16), "  ", "Diga o protocolo"),
    ],
)
def test_recusa_o_dia_que_nao_pode_ser_e_a_entrega_sem_protocolo(gestora, dia, protocolo, diz):
    with pytest.raises(AtoRecusado, match=diz):
        informar(gestora, dia, protocolo)
    assert not Entrega.objects.exists()


def test_o_que_se_recusa_volta_com_o_que_se_escreveu(gestora):
    pagina = rede.entrar(gestora).post(DO_SISC, {"dia": "01/01/2020", "protocolo": "SISC-88"}).content.decode()

    assert "é antes de 01/01/2026, quando começa" in pagina
    assert 'value="SISC-88"' in pagina


def test_informar_duas_vezes_se_recusa_com_o_dia_da_primeira(gestora):
    informar(gestora, date(2026, 3, 16))

    with pytest.raises(AtoRecusado, match="Já se informou a entrega de 16/03/2026"):
        informar(gestora, date(2026, 3, 17))


def test_a_informada_por_engano_nunca_valeu_e_nao_conta_para_a_pontualidade(gestora):
    informar(gestora, date(2026, 3, 16))
    retirar(gestora, engano=True)

    de_novo = informar(gestora, date(2026, 4, 28))

    assert de_novo.primeira == date(2026, 4, 28)
    errada = Entrega.objects.exclude(pk=de_novo.pk).get()
    assert (errada.engano, errada.retirada) == (True, errada.dia)
    assert Ato.objects.get(ato="monitoramento.retirar").motivo == "O protocolo é de outro município"


def test_a_devolvida_vale_ate_o_dia_e_a_nova_guarda_a_primeira(gestora):
    informar(gestora, date(2026, 3, 16))
    with pytest.raises(AtoRecusado, match="Diga um dia entre a entrega"):
        retirar(gestora, engano=False, dia=date(2026, 3, 1))
    retirar(gestora, engano=False, dia=date(2026, 3, 25))

    with pytest.raises(AtoRecusado, match="devolvida em 25/03/2026"):
        informar(gestora, date(2026, 3, 20))
    assert informar(gestora, date(2026, 4, 2)).primeira == date(2026, 3, 16)


def test_retirar_pela_tela_pede_o_que_houve_e_o_motivo_e_mostra_a_historia(gestora):
    cliente = rede.entrar(gestora)
    informar(gestora, date(2026, 3, 16), "SISC-99")

    sem_dizer = cliente.post(f"{DO_SISC}retirar/", {"motivo": "Um motivo bem dito"}).content.decode()
    assert "Diga o que houve." in sem_dizer
    assert "Um motivo bem dito" in sem_dizer
    dados = {"qual": "engano", "motivo": "Era de outro trimestre"}
    assert cliente.post(f"{DO_SISC}retirar/", dados).status_code == 302
    pagina = cliente.get(DO_SISC).content.decode()
    assert "Era de outro trimestre" in pagina
    assert "SISC-99" in pagina
    assert "Informar a entrega</button>" in pagina


def test_cada_um_informa_so_o_que_e_seu():
    rede.unidade("CRAS Centro", aberta_em=date(2025, 1, 1))
    do_conselho = "/monitoramento/3205309/entregas/DEMONSTRATIVO/2024/conselho:3205309/"
    secretaria = rede.entrar(identidade.ator(papeis.SECRETARIA_CONSELHO, "3205309"))
    gestao = rede.entrar(identidade.ator(papeis.GESTAO_MUNICIPAL, "3205309"))
    estado = rede.entrar(identidade.ator(papeis.GESTAO_ESTADUAL, "32"))

    assert secretaria.get(do_conselho).status_code == 200
    assert gestao.get(do_conselho).status_code == 403
    assert secretaria.get(DO_SISC).status_code == 403
    assert estado.get(DO_SISC).status_code == 403


@pytest.mark.parametrize(
    "endereco",
    [
        "/monitoramento/3205309/entregas/RMA/2026-01/unidade:0/",  # o RMA se entrega aqui
        "/monitoramento/3205309/entregas/SISC/2026-01/gestao:3205309/",  # o SISC é trimestral
        "/monitoramento/3205309/entregas/SISC/2026-T1/gestao:3200102/",  # não é deste lugar
        "/monitoramento/3205309/entregas/NENHUM/2026-T1/gestao:3205309/",
        "/monitoramento/3205309/entregas/SISC/2026-T9/gestao:3205309/",
    ],
)
def test_o_que_nao_se_deve_ou_se_entrega_aqui_nao_existe(gestora, endereco):
    assert rede.entrar(gestora).get(endereco).status_code == 404


def test_a_fazer_leva_a_informar_e_some_depois(gestora):
    hoje = date(2026, 3, 18)
    [antes] = [p for p in a_fazer.pendencias(gestora, hoje) if "SISC de 1º trimestre de 2026" in p.titulo]
    assert (antes.endereco, antes.acao) == (DO_SISC, "informar a entrega")

    informar(gestora, date(2026, 3, 16))

    assert not [p for p in a_fazer.pendencias(gestora, hoje) if "SISC de 1º trimestre de 2026" in p.titulo]
