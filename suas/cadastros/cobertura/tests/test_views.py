"""As telas da cobertura, o território definido por quem cuida, o comando e a interface de programação."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.cobertura.tests.fabricas import territorio
from suas.cadastros.rede.models import MunicipioAtendido, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.config import cobertura as comando
from suas.nucleo.identidade.tests.fabricas import ator, instalacao
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def cras() -> Unidade:
    instalacao()
    municipio(VITORIA, habitantes=400_000)
    municipio(SERRA, habitantes=20_000)
    return unidade("CRAS do Centro")


def gestora(em: str = VITORIA) -> Client:
    cliente = Client()
    cliente.force_login(ator(GESTAO_MUNICIPAL, em).pessoa)
    return cliente


def test_a_pagina_do_estado_leva_cada_numero_as_suas_linhas_e_diz_que_e_simulacao(
    client: Client, cras: Unidade
) -> None:
    pagina = client.get("/cobertura/uf/ES/").content.decode()

    assert "Simulação: norma não vigente." in pagina
    assert f'href="/rede/{VITORIA}/?tipo=cras">1</a>' in pagina
    assert f"/cobertura/{SERRA}/" in pagina
    assert "Sem CRAS" in pagina


def test_a_planilha_traz_o_filtro_da_tela_e_o_aviso(client: Client, cras: Unidade) -> None:
    unidade("CREAS da Serra", onde=SERRA, tipo="creas")

    planilha = client.get("/cobertura/uf/ES/", {"formato": "csv", "situacao": "sem_cras"}).content.decode()

    assert f"{SERRA},Serra,ES,20000,2020,Pequeno I,Sem CRAS,0,1,1,0,,1,0" in planilha
    assert VITORIA not in planilha
    assert "norma não vigente" in planilha


def test_com_o_cadastro_vazio_diz_se_que_nada_esta_registrado_e_nao_que_falta(client: Client) -> None:
    instalacao()
    municipio(VITORIA, habitantes=400_000)

    for endereco in ("/cobertura/", "/cobertura/uf/ES/", f"/cobertura/{VITORIA}/"):
        pagina = client.get(endereco).content.decode()
        assert "Nada está registrado ainda." in pagina and "não se sabe" in pagina
        assert "Sem CRAS" not in pagina.split("<table")[-1]
    linha = client.get(f"/api/v1/cobertura/{VITORIA}").json()
    assert (linha["registrado"], linha["minimo"], linha["existentes"], linha["lacuna"]) == (False, 4, 0, 4)


def test_onde_so_parte_esta_registrada_o_resto_se_conta_a_parte_e_leva_as_linhas(client: Client, cras: Unidade) -> None:
    pagina = client.get("/cobertura/uf/ES/").content.decode()
    filtrada = client.get("/cobertura/uf/ES/", {"situacao": "sem_registro"}).content.decode()

    assert 'href="/cobertura/uf/ES/?situacao=sem_registro#t-municípios">1 município</a>' in pagina
    assert f'href="/cobertura/{SERRA}/"' in filtrada.split("<tbody>")[1]
    assert f'href="/cobertura/{VITORIA}/"' not in filtrada.split("<tbody>")[1]


def test_todo_numero_da_pagina_do_municipio_leva_a_um_lugar_que_existe(client: Client, cras: Unidade) -> None:
    for codigo, ancora in ((VITORIA, "t-cras"), (SERRA, "territorios")):
        pagina = client.get(f"/cobertura/{codigo}/").content.decode()
        assert pagina.count(f'href="#{ancora}"') == 3
        assert f'id="{ancora}"' in pagina


def test_o_pais_tem_mapa_com_imagem_propria(client: Client, cras: Unidade) -> None:
    assert "/cobertura/brasil.svg" in client.get("/cobertura/").content.decode()
    assert client.get("/cobertura/brasil.svg")["Content-Type"].startswith("image/svg+xml")


def test_a_gestao_define_bairros_area_e_familias_como_as_pessoas_escrevem(cras: Unidade) -> None:
    resposta = gestora().post(
        f"/cobertura/territorio/{cras.pk}/definir/",
        {
            "familias": "3200",
            "familias_dia": "31/10/2026",
            "bairros": "Centro\nVila Nova; centro\n\n",
            "contorno": "-20,30; -40,31\n-20.31, -40.31\n20°18'36\"S 40°19'12\"O",
            "versao": "0",
        },
    )

    salvo = TerritorioDoCras.objects.get()
    assert resposta["Location"] == f"/cobertura/territorio/{cras.pk}/"
    assert (salvo.familias, salvo.bairros) == (3200, ["Centro", "Vila Nova"])
    assert salvo.contorno == [[-20.3, -40.31], [-20.31, -40.31], [-20.31, -40.32]]


@pytest.mark.parametrize(
    ("contorno", "diz"),
    [
        ("-20,30; -40,31\n-20,31; -40,31", "ao menos 3 pontos"),
        ("-20,30", "Linha 1"),
        ("-20,3; -40,3\n-20,4; -40,4\n-20,3; -40,4\n-20,4; -40,3", "cruza a si mesma"),
        ("-20,30; -40,31\n-20,31; -40,31\n-95; -40", "Linha 3"),
    ],
)
def test_area_que_nao_se_entende_volta_com_o_que_se_digitou(cras: Unidade, contorno: str, diz: str) -> None:
    dados = {"familias": "10", "contorno": contorno, "versao": "0"}

    pagina = gestora().post(f"/cobertura/territorio/{cras.pk}/definir/", dados).content.decode()

    assert diz in pagina
    assert 'value="10"' in pagina
    assert not TerritorioDoCras.objects.exists()


def test_duas_pessoas_definem_e_a_segunda_nao_apaga_a_primeira(cras: Unidade) -> None:
    territorio(cras, bairros=("Da primeira",))
    endereco = f"/cobertura/territorio/{cras.pk}/definir/"
    cliente = gestora()

    pagina = cliente.post(endereco, {"bairros": "Da segunda", "versao": "0"}).content.decode()

    assert "Outra pessoa gravou este território" in pagina
    assert "Da segunda</textarea>" in pagina
    assert TerritorioDoCras.objects.get().bairros == ["Da primeira"]

    cliente.post(endereco, {"bairros": "Da segunda", "versao": "1"})
    assert TerritorioDoCras.objects.get().bairros == ["Da segunda"]


def test_a_area_longe_do_municipio_avisa_com_a_distancia_e_fica_gravada(client: Client, cras: Unidade) -> None:
    territorio(cras, contorno=((-10.0, -50.0), (-10.1, -50.0), (-10.1, -50.1)))

    pagina = client.get(f"/cobertura/territorio/{cras.pk}/").content.decode()

    assert "km do contorno de Vitória/ES" in pagina


def test_unidade_que_nao_e_cras_nao_tem_territorio(client: Client, cras: Unidade) -> None:
    creas = unidade("CREAS", tipo="creas")

    assert client.get(f"/cobertura/territorio/{creas.pk}/").status_code == 404
    assert gestora().get(f"/cobertura/territorio/{creas.pk}/definir/").status_code == 404


def test_a_gestao_de_outro_municipio_nao_alcanca_o_territorio(cras: Unidade) -> None:
    assert gestora(SERRA).get(f"/cobertura/territorio/{cras.pk}/definir/").status_code == 404


def test_o_comando_diz_o_mesmo_que_a_pagina(
    cras: Unidade, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comando, "preparar_django", lambda dados: None)
    monkeypatch.setattr(comando, "recusa_do_banco", lambda: "")

    assert comando.main(["--uf", "es", "--json"]) == 0

    dados = json.loads(capsys.readouterr().out)
    vitoria = next(m for m in dados["municipios"] if m["codigo_ibge"] == VITORIA)
    assert {nome: vitoria[nome] for nome in ("minimo", "capacidade", "existentes", "lacuna")} == {
        "minimo": 4,
        "capacidade": 5000,
        "existentes": 1,
        "lacuna": 3,
    }
    assert dados["simulacao"] is True
    assert dados["total"]["lacuna"] == 4


def test_o_comando_recusa_sigla_que_nao_existe(capsys: pytest.CaptureFixture[str]) -> None:
    assert comando.main(["--uf", "XX"]) == 2
    assert "não é sigla de UF" in capsys.readouterr().err


def test_para_programas_a_cobertura_e_os_territorios(client: Client, cras: Unidade) -> None:
    territorio(cras, bairros=("Centro",), familias=10)

    da_uf = client.get("/api/v1/cobertura", {"uf": "ES"}).json()
    de_um = client.get(f"/api/v1/cobertura/{SERRA}").json()
    territorios = client.get("/api/v1/territorios-dos-cras", {"codigo_ibge": VITORIA}).json()

    assert [m["codigo_ibge"] for m in da_uf["municipios"]] == [SERRA, VITORIA]
    assert (de_um["minimo"], de_um["existentes"], de_um["lacuna"]) == (1, 0, 1)
    assert territorios["itens"][0]["bairros"] == ["Centro"]


def test_o_mapa_dos_creas_diz_onde_ha_um_e_onde_so_o_de_outro_municipio_atende(client: Client, cras: Unidade) -> None:
    regional = unidade("CREAS Regional", tipo="creas_regional")
    MunicipioAtendido.objects.create(unidade=regional, municipio_id=SERRA)

    dos_cras = client.get("/cobertura/uf/ES/").content.decode()
    dos_creas = client.get("/cobertura/uf/ES/?mapa=creas").content.decode()

    assert "/cobertura/uf/ES/?mapa=creas" in dos_cras
    assert "Só o de outro município atende\n" not in dos_cras
    assert "Só o de outro município atende\n" in dos_creas and "Um CREAS\n" in dos_creas
    assert "Ver o mapa dos CRAS" in dos_creas


def test_o_mapa_dos_creas_do_pais_conta_e_cada_conta_abre_os_seus_municipios(client: Client, cras: Unidade) -> None:
    regional = unidade("CREAS Regional", tipo="creas_regional")
    MunicipioAtendido.objects.create(unidade=regional, municipio_id=SERRA)

    pais = client.get("/cobertura/?mapa=creas").content.decode()
    so_de_fora = client.get("/cobertura/?mapa=creas&creas=de_fora").content.decode()
    imagem = client.get("/cobertura/brasil.svg?mapa=creas")

    assert 'href="/cobertura/brasil.svg?mapa=creas"' in pais
    assert '<a href="?mapa=creas&amp;creas=de_fora#t-municípios">1 município</a>' in pais
    assert f'href="/cobertura/{SERRA}/"' in so_de_fora and f'href="/cobertura/{VITORIA}/"' not in so_de_fora
    assert 'name="mapa" value="creas"' in so_de_fora
    assert "<title>CREAS por município</title>" in imagem.content.decode()
    assert imagem["ETag"] != client.get("/cobertura/brasil.svg")["ETag"]


@pytest.mark.parametrize(
    "endereco",
    [
        "/cobertura/",
        "/cobertura/?situacao=todas",
        "/cobertura/uf/ES/",
        "/cobertura/uf/ES/?porte=GRANDE",
        "/cobertura/servicos/paif/",
        "/cobertura/servicos/paif/ES/",
    ],
)
def test_todo_numero_do_total_abre_as_suas_linhas(client: Client, cras: Unidade, endereco: str) -> None:
    total = client.get(endereco).content.decode().split("<tfoot>")[1].split("</tfoot>")[0]

    celulas = re.findall(r'<td class="num"[^>]*>(.*?)</td>', total, re.S)

    assert celulas
    for celula in celulas:
        assert celula in {"0", "—"} or celula.startswith("<a href="), celula


def test_a_lista_do_pais_se_baixa_como_se_ve(client: Client, cras: Unidade) -> None:
    csv = client.get("/cobertura/?situacao=sem_registro&formato=csv").content.decode("utf-8-sig")

    assert SERRA in csv and VITORIA not in csv


def test_limpar_na_lista_do_pais_fica_na_lista_e_no_mapa_em_que_se_esta(client: Client, cras: Unidade) -> None:
    achado = client.get("/cobertura/?termo=serra&mapa=creas").content.decode()

    assert f'href="/cobertura/{SERRA}/"' in achado and f'href="/cobertura/{VITORIA}/"' not in achado
    assert 'href="/cobertura/?situacao=todas&amp;mapa=creas"' in achado
