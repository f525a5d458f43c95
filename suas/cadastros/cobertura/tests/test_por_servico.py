"""A cobertura por serviço da Tipificação: quem oferta, quem não tem oferta registrada, e cada número com as linhas."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from suas.cadastros.cobertura import por_servico
from suas.cadastros.entidades.tests import fabricas as entidades
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator, instalacao
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lugares() -> None:
    instalacao()
    municipio(VITORIA, habitantes=400_000)
    municipio(SERRA, habitantes=20_000)


def ofertar(servico: str, qual: Unidade, **campos: object) -> ServicoOfertado:
    return ServicoOfertado.objects.create(unidade=qual, servico=servico, **campos)


def do(servico: str, onde: str = "32") -> por_servico.DoServico:
    return next(u for u in por_servico.por_servico(onde, hoje=HOJE) if u.servico.codigo == servico)


def test_soma_as_unidades_e_a_capacidade_e_diz_quantas_nao_a_informam() -> None:
    ofertar("paif", unidade("CRAS 1"), capacidade=500)
    ofertar("paif", unidade("CRAS 2"), capacidade=300)
    ofertar("paif", unidade("CRAS 3"))

    paif = do("paif")

    assert (paif.unidades, paif.capacidade, paif.sem_capacidade) == (3, 800, 1)
    assert (paif.municipios, paif.com_oferta, paif.sem_oferta) == (2, 1, 1)


def test_capacidade_que_ninguem_informou_nao_e_zero() -> None:
    ofertar("paif", unidade())

    assert do("paif").capacidade is None
    assert do("scfv").capacidade is None and do("scfv").sem_oferta == 2


@pytest.mark.parametrize(
    ("da_unidade", "da_oferta", "conta"),
    [
        pytest.param({}, {"ate": HOJE}, 0, id="a oferta acabou hoje"),
        pytest.param({}, {"ate": HOJE + timedelta(days=1)}, 1, id="a oferta acaba amanhã"),
        pytest.param({}, {"desde": HOJE + timedelta(days=1)}, 0, id="a oferta começa amanhã"),
        pytest.param({"fechada_em": HOJE}, {}, 0, id="a unidade fechou hoje"),
        pytest.param({"aberta_em": HOJE + timedelta(days=1)}, {}, 0, id="a unidade abre amanhã"),
    ],
)
def test_so_conta_o_que_vale_hoje(da_unidade: dict, da_oferta: dict, conta: int) -> None:
    ofertar("paif", unidade(**da_unidade), **da_oferta)

    assert do("paif").unidades == conta


def test_a_regional_conta_para_quem_ela_atende_e_a_capacidade_so_na_sede() -> None:
    regional = unidade("CREAS Regional", tipo="creas_regional")
    ofertar("paefi", regional, capacidade=80)
    ofertar("mse_la_psc", regional, ate=HOJE)
    for codigo in (SERRA, VITORIA):
        MunicipioAtendido.objects.create(unidade=regional, municipio_id=codigo, vagas=20)

    paefi = do("paefi")
    linhas = {linha.codigo: linha.ha for linha in por_servico.por_municipio(paefi.servico, "32", hoje=HOJE)}

    assert (paefi.unidades, paefi.capacidade, paefi.com_oferta, paefi.em["regional"]) == (1, 80, 2, 1)
    assert (linhas[SERRA].situacao, linhas[SERRA].vagas, linhas[SERRA].capacidade_sabida) == ("regional", 20, None)
    assert (linhas[VITORIA].situacao, linhas[VITORIA].regionais) == ("propria", 0)
    assert do("mse_la_psc").com_oferta == 0


def test_a_oferta_de_entidade_conta_a_parte_e_o_municipio_deixa_de_estar_sem_registro() -> None:
    gestora = ator(GESTAO_MUNICIPAL, VITORIA)
    entidade = entidades.entidade(por=gestora, em=AGORA)
    entidades.oferta(entidade, por=gestora, em=AGORA, servico="scfv", tipo="servico")

    scfv = do("scfv")

    assert (scfv.unidades, scfv.entidades, scfv.em["entidade"], scfv.sem_oferta) == (0, 1, 1, 1)


def test_a_capacidade_das_entidades_se_soma_a_parte_e_nunca_a_das_unidades(client: Client) -> None:
    gestora = ator(GESTAO_MUNICIPAL, VITORIA)
    ofertar("scfv", unidade("CRAS Centro"), capacidade=100)
    for capacidade in (1200, 30, None):
        entidade = entidades.entidade(por=gestora, em=AGORA)
        entidades.oferta(entidade, por=gestora, em=AGORA, servico="scfv", tipo="servico", capacidade=capacidade)

    scfv = do("scfv")
    do_estado = client.get("/cobertura/servicos/ES/").content.decode()
    da_capital = client.get(f"/cobertura/servicos/{VITORIA}/").content.decode()

    assert (scfv.capacidade, scfv.capacidade_das_entidades, scfv.entidades) == (100, 1230, 3)
    assert do("paif").capacidade_das_entidades is None
    assert "e 1.230 em entidades" in do_estado and "e 1.230 em entidades" in da_capital
    assert client.get("/api/v1/cobertura-dos-servicos?uf=ES").json()["servicos"][1]["capacidade_das_entidades"] == 1230


def test_o_pais_soma_o_mesmo_que_as_ufs() -> None:
    ofertar("paif", unidade(onde=SERRA), capacidade=10)

    do_pais, das_ufs = do("paif", "BR"), por_servico.por_uf(do("paif").servico, hoje=HOJE)

    assert [(u.sigla, u.do_servico) for u in das_ufs] == [("ES", do_pais)]


class TestTelas:
    def test_cada_numero_leva_as_suas_linhas(self, client: Client) -> None:
        ofertar("paif", unidade("CRAS Centro"), capacidade=500)

        do_estado = client.get("/cobertura/servicos/ES/").content.decode()
        unidades = client.get("/rede/ES/?servico=paif").content.decode()
        sem_oferta = client.get("/cobertura/servicos/paif/ES/?situacao=sem_oferta").content.decode()

        for endereco in ("/rede/ES/?servico=paif", "/cobertura/servicos/paif/ES/?situacao=sem_oferta"):
            assert f'href="{endereco}">1</a>' in do_estado
        assert "CRAS Centro" in unidades
        assert "CRAS Centro" not in client.get("/rede/ES/?servico=paefi").content.decode()
        linhas = sem_oferta.split("<tbody>")[1].split("</tbody>")[0]
        assert f'href="/cobertura/servicos/{SERRA}/#paif"' in linhas and VITORIA not in linhas

    def test_sem_registro_nao_se_diz_que_nao_oferta(self, client: Client) -> None:
        for endereco in ("/cobertura/servicos/", "/cobertura/servicos/paif/", f"/cobertura/servicos/{VITORIA}/"):
            pagina = client.get(endereco).content.decode()
            assert "não quer dizer que o serviço não se oferte" in pagina
            assert "sem oferta registrada" in pagina.lower()

    def test_a_pagina_do_municipio_diz_quem_oferta_tambem_de_fora(self, client: Client) -> None:
        regional = unidade("CREAS de Serra", onde=SERRA, tipo="creas_regional")
        ofertar("paefi", regional, capacidade=80)
        MunicipioAtendido.objects.create(unidade=regional, municipio_id=VITORIA, vagas=1)

        pagina = client.get(f"/cobertura/servicos/{VITORIA}/").content.decode()

        assert "CREAS de Serra</a> <small>regional, em Serra/ES; 1 vaga guardada" in pagina
        assert "1 com oferta registrada" in pagina

    def test_a_planilha_e_o_que_se_ve_com_o_aviso(self, client: Client) -> None:
        ofertar("paif", unidade("CRAS Centro"), capacidade=500)

        planilha = client.get("/cobertura/servicos/paif/ES/?situacao=com&formato=csv").content.decode()

        assert f"{VITORIA},Vitória,Por unidade do município,1,500,0,,0," in planilha
        assert SERRA not in planilha and "ninguém informou no cadastro" in planilha

    @pytest.mark.parametrize(
        "endereco",
        ["servicos/XX/", "servicos/9999999/", "servicos/nenhum/", "servicos/paif/XX/", "servicos/nenhum/ES/"],
    )
    def test_o_que_nao_existe_nao_se_acha(self, client: Client, endereco: str) -> None:
        assert client.get(f"/cobertura/{endereco}").status_code == 404


def test_a_interface_diz_o_mesmo_que_a_tela(client: Client) -> None:
    ofertar("paif", unidade(), capacidade=500)

    do_estado = client.get("/api/v1/cobertura-dos-servicos?uf=ES").json()["servicos"]
    da_serra = client.get(f"/api/v1/cobertura-dos-servicos?codigo_ibge={SERRA}").json()["servicos"]

    paif = do_estado[0]
    assert (paif["servico"], paif["unidades"], paif["capacidade"]) == ("paif", 1, 500)
    assert (paif["municipios_com_oferta"], paif["municipios_sem_oferta_registrada"]) == (1, 1)
    assert da_serra[0]["unidades"] == 0 and da_serra[0]["capacidade"] is None
    assert client.get("/api/v1/cobertura-dos-servicos?codigo_ibge=9999999").json() == {"servicos": []}
