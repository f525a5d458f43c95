"""Os arquivos que acompanham o projeto: completos, coerentes entre si e iguais ao que dizem ser."""

import csv
import gzip
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

DADOS = Path(__file__).resolve().parent.parent / "dados"


def ler(arquivo: Path) -> list[dict[str, str]]:
    with arquivo.open(encoding="utf-8", newline="") as texto:
        return list(csv.DictReader(texto))


@pytest.fixture(scope="module")
def municipios() -> dict[str, dict[str, str]]:
    return {m["codigo_ibge"]: m for m in ler(DADOS / "municipios.csv")}


@pytest.fixture(scope="module")
def contornos() -> dict:
    return json.loads((DADOS / "contornos.json").read_text("utf-8"))


def aneis_de(caminho: str) -> list[list[tuple[int, int]]]:
    """Desfaz o atributo `d`: começo absoluto e passos relativos."""
    aneis = []
    for trecho in caminho.removesuffix("z").split("z"):
        inicio, passos = trecho.removeprefix("M").split("l")
        x, y = map(int, inicio.split())
        anel = [(x, y)]
        numeros = [int(n) for n in re.findall(r"-?\d+", passos)]
        for dx, dy in zip(numeros[::2], numeros[1::2], strict=True):
            x, y = x + dx, y + dy
            anel.append((x, y))
        aneis.append(anel)
    return aneis


def area_dobrada(caminho: str) -> int:
    return sum(
        x1 * y2 - x2 * y1
        for anel in aneis_de(caminho)
        for (x1, y1), (x2, y2) in zip(anel, anel[1:] + anel[:1], strict=True)
    )


def test_cada_arquivo_tem_o_resumo_que_a_proveniencia_diz():
    proveniencia = json.loads((DADOS / "proveniencia.json").read_text("utf-8"))

    assert set(proveniencia) == {"municipios.csv", "populacao_2020.csv", "contornos.json"}
    for nome, dito in proveniencia.items():
        conteudo = (DADOS / nome).read_bytes()
        assert hashlib.sha256(conteudo).hexdigest() == dito["sha256"], nome
        assert dito["origem"] and dito["licenca"]


@pytest.mark.parametrize(
    "ano, quantos", [(2000, 5507), (2001, 5560), (2004, 5564), (2008, 5565), (2012, 5570), (2013, 5570), (2024, 5570)]
)
def test_municipios_contados_em_cada_ano(municipios, ano, quantos):
    contados = [m for m in municipios.values() if not m["desde_ano"] or int(m["desde_ano"]) <= ano]

    assert len(contados) == quantos
    assert all(m["ate_ano"] == "" for m in municipios.values())


def test_cada_uf_tem_uma_capital(municipios):
    capitais = Counter(m["uf"] for m in municipios.values() if m["capital"] == "1")

    assert set(capitais.values()) == {1}
    assert len(capitais) == 27 == len({m["uf"] for m in municipios.values()})


def test_codigo_tem_sete_digitos_e_comeca_pelo_da_uf(municipios):
    prefixos = {}
    for codigo, municipio in municipios.items():
        assert re.fullmatch(r"[1-5]\d{6}", codigo)
        assert prefixos.setdefault(municipio["uf"], codigo[:2]) == codigo[:2]


def test_a_populacao_de_2020_soma_o_total_oficial(municipios):
    populacao = {p["codigo_ibge"]: int(p["habitantes"]) for p in ler(DADOS / "populacao_2020.csv")}

    assert set(populacao) == set(municipios)
    assert sum(populacao.values()) == 211_755_692


def test_cada_municipio_tem_contorno_com_area_e_dentro_da_caixa_da_sua_uf(municipios, contornos):
    assert set(contornos["municipios"]) == set(municipios)
    for codigo, caminho in contornos["municipios"].items():
        x, y, largura, altura = contornos["caixas"][municipios[codigo]["uf"]]
        assert area_dobrada(caminho) > 0, codigo
        for anel in aneis_de(caminho):
            assert all(x <= px <= x + largura and y <= py <= y + altura for px, py in anel), codigo


def test_o_contorno_da_uf_e_a_soma_dos_seus_municipios(municipios, contornos):
    soma = Counter()
    for codigo, caminho in contornos["municipios"].items():
        soma[municipios[codigo]["uf"]] += area_dobrada(caminho)

    for sigla, caminho in contornos["ufs"].items():
        assert area_dobrada(caminho) == pytest.approx(soma[sigla], rel=0.001), sigla


def test_o_mapa_inteiro_cabe_no_combinado():
    conteudo = (DADOS / "contornos.json").read_bytes()

    assert len(conteudo) <= 900_000
    assert len(gzip.compress(conteudo)) <= 300_000


@pytest.mark.compartilhado
def test_nomes_ufs_e_capitais_sao_os_do_cadastro_do_ibge(municipios, compartilhado):
    oficiais = {
        m["codigo_ibge7"]: (m["nome"], m["uf"], m["capital"]) for m in ler(compartilhado / "data" / "municipios.csv")
    }

    assert {c: (m["nome"], m["uf"], m["capital"]) for c, m in municipios.items()} == oficiais


@pytest.mark.compartilhado
def test_o_primeiro_ano_e_o_da_primeira_populacao_oficial(municipios, compartilhado):
    for linha in ler(compartilhado / "data" / "populacao" / "populacao_municipal.csv"):
        anos = [int(coluna.split("_")[1]) for coluna, valor in linha.items() if coluna != "codigo_ibge7" and valor]
        desde = min(anos)
        assert municipios[linha["codigo_ibge7"]]["desde_ano"] == ("" if desde == 2000 else str(desde))
