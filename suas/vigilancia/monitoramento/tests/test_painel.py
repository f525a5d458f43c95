"""O painel: cada número abre as linhas, cada esfera vê o seu lugar, e a área filtra a sua parte da rede."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from normas.base.competencia import Competencia
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.obrigacoes.acoes import entregas
from suas.nucleo.permissoes import papeis
from suas.vigilancia.mensais import obrigacao
from suas.vigilancia.monitoramento.tests.fabricas import na_gerencia

pytestmark = pytest.mark.django_db
HOJE = timezone.localdate()
DA_VEZ = Competencia(HOJE.year, HOJE.month).meses_antes(1)


def entregar(unidade, *, mes=DA_VEZ, dia=HOJE):
    return entregas.entregar(
        sistema="RMA", etapa="preenchimento", periodo=str(mes), devedor=obrigacao.devedor(unidade), dia=dia
    )


@pytest.fixture
def rede_de_vitoria():
    """Três unidades que devem; duas entregaram, uma delas dois meses depois do prazo."""
    unidades = [rede.unidade("CRAS Centro"), rede.unidade("CRAS Norte"), rede.unidade("CREAS", tipo="creas")]
    antes = DA_VEZ.meses_antes(3)
    for unidade in unidades[:2]:
        entregar(unidade)
    entregar(unidades[0], mes=antes, dia=antes.ate)
    entregar(unidades[1], mes=antes, dia=antes.ate + timedelta(days=70))
    return unidades


def abrir(ator, endereco):
    resposta = rede.entrar(ator).get(endereco)
    assert resposta.status_code == 200, resposta.content.decode()[:500]
    return resposta.content.decode()


def federal():
    return identidade.ator(papeis.ADMINISTRACAO_FEDERAL, "BR")


def test_o_pais_a_uf_e_o_municipio_contam_o_mesmo(rede_de_vitoria):
    for onde in ("BR", "32", "3205309"):
        pagina = abrir(federal(), f"/monitoramento/{onde}/")
        assert "66,7% dos que devem" in pagina, onde


def test_cada_numero_abre_as_linhas_dele(rede_de_vitoria):
    faltam = abrir(federal(), "/monitoramento/32/linhas/?situacao=faltam")

    assert "CREAS" in faltam
    assert "CRAS Centro" not in faltam
    assert "CRAS Centro" in abrir(federal(), "/monitoramento/32/linhas/?situacao=entregaram")


def test_quem_entregou_depois_do_prazo_aparece_fora_dele(rede_de_vitoria):
    prazo = f"RMA:{DA_VEZ.meses_antes(3)}:preenchimento"

    pagina = abrir(federal(), f"/monitoramento/3205309/?prazo={prazo}")
    fora = abrir(federal(), f"/monitoramento/3205309/linhas/?prazo={prazo}&situacao=fora")

    assert "pontualidade de 50,0%" in pagina
    assert "entregue fora do prazo" in fora
    assert "CRAS Norte" in fora
    assert "CRAS Centro" not in fora


def test_a_coordenacao_so_ve_a_propria_unidade(rede_de_vitoria):
    coordena = identidade.ator(papeis.COORDENACAO_UNIDADE, "3205309", unidade=rede_de_vitoria[0].pk)

    pagina = abrir(coordena, "/monitoramento/")

    assert "CRAS Centro" in pagina
    assert "CRAS Norte" not in pagina
    tabela = rede.entrar(coordena).get("/monitoramento/3205309/linhas/?formato=csv").content.decode()
    assert "CRAS Norte" not in tabela


def test_a_area_da_gerencia_ve_a_sua_parte_e_pode_ver_tudo(rede_de_vitoria):
    especial = na_gerencia("gpse")

    pagina = abrir(especial, "/monitoramento/3205309/")
    assert "a parte da rede da GPSE" in pagina
    assert "CRAS Centro" not in pagina
    assert "CRAS Centro" in abrir(especial, "/monitoramento/3205309/?rede=toda")
    assert "a parte da rede" not in abrir(na_gerencia("gsuas"), "/monitoramento/3205309/")


def test_a_tendencia_traz_os_meses_e_leva_as_linhas(rede_de_vitoria):
    pagina = abrir(federal(), "/monitoramento/32/tendencia/")

    assert f"{DA_VEZ.desde:%m/%Y}" in pagina
    assert "50,0%" in pagina  # o mês em que uma das duas passou do prazo


def test_lugar_sem_unidades_diz_que_ninguem_deve_e_o_prazo(rede_de_vitoria):
    rede.unidade("CRAS de São Paulo", onde="3550308")

    pagina = abrir(federal(), "/monitoramento/35/?tipo=CREAS")

    assert "Ninguém deve este período aqui" in pagina
    assert "de onde vem este prazo?" in pagina


def test_o_sistema_que_nao_se_recebe_aqui_diz_o_que_nao_se_sabe(rede_de_vitoria):
    pagina = abrir(federal(), "/monitoramento/3205309/")
    chave = pagina.split('value="SISC:')[1].split('"')[0]

    assert "só se sabe dela quando alguém a informa" in abrir(federal(), f"/monitoramento/3205309/?prazo=SISC:{chave}")
