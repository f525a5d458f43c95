"""O que se vê numa lista se baixa em cada formato, pela própria página, com o filtro e a ordem dela."""

from __future__ import annotations

import io
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from suas.config.acesso.tabela import Linha, linhas
from suas.nucleo.planilhas import saida
from tests.contratos.arquivos import RAIZ
from tests.contratos.cena import Cena
from tests.fluxos.pagina import Pagina

pytestmark = pytest.mark.django_db
#: As páginas cuja lista se baixa. Lista nova de registros entra aqui.
OFERECEM = {
    "territorio-brasil",
    "territorio-uf",
    "rede-lista",
    "rede-lugar",
    "rede-pedidos",
    "acessos",
    "acesso-convites",
    "entidades",
    "indicador-mapa",
    "fundos-quem-tem",
    "fundos-quem-tem-na-uf",
    "cobertura-brasil",
    "cobertura-uf",
    "cobertura-municipio",
    "cobertura-anos",
    "cobertura-anos-lugar",
    "cobertura-servicos",
    "cobertura-servicos-uf",
    "cobertura-servicos-municipio",
    "cobertura-servico",
    "cobertura-servico-uf",
    "equipes-lugar",
    "trabalhadores-quadro",
    "trilha",
    "partilhas-lista",
    "partilha",
    "partilha-uf",
    "partilha-insumos",
    "inscricoes",
    "somas-item",
    "mensais-grade",
    "rma",
    "indicadores-lista",
}


def _da_rota(rota: str) -> Linha:
    """A linha da tabela de acesso em que alguém lê a página."""
    return next(
        linha
        for linha in linhas()
        if linha.rota == rota and linha.metodo == "GET" and linha.com_poder and linha.situacao(linha.com_poder) == 200
    )


def _enderecos(cena: Cena, rota: str) -> dict[str, str]:
    """Formato -> endereço de baixar, como a página o oferece; onde há várias tabelas, a primeira."""
    linha = _da_rota(rota)
    resposta = cena.pedir(linha, linha.com_poder)
    achados: dict[str, str] = {}
    for tag, dados in Pagina(resposta.content.decode()).atributos:
        formato = parse_qs(urlsplit(dados.get("href", "")).query).get("formato", [""])[0]
        if tag == "a" and "download" in dados and formato:
            achados.setdefault(formato, dados["href"])
    return achados


@pytest.mark.parametrize("rota", sorted(OFERECEM))
def test_a_lista_oferece_cada_formato_e_todos_dizem_o_mesmo(cena: Cena, rota: str) -> None:
    enderecos = _enderecos(cena, rota)
    assert set(enderecos) == set(saida.TIPOS)
    quem: Client = cena.cliente(_da_rota(rota).com_poder)

    respostas = {formato: quem.get(endereco) for formato, endereco in enderecos.items()}

    assert {resposta.status_code for resposta in respostas.values()} == {200}
    assert all("attachment" in resposta["Content-Disposition"] for resposta in respostas.values())
    documento = json.loads(respostas["json"].content)
    quantas = len(documento["linhas"])
    assert quantas
    for formato in ("xlsx", "ods"):
        with CalamineWorkbook.from_filelike(io.BytesIO(respostas[formato].content)) as pasta:
            assert len(pasta.get_sheet_by_index(0).to_python()) == quantas + 1
    excel = respostas["csv-excel"].content
    assert excel.startswith(b"\xef\xbb\xbf"), "sem a marca, o Excel brasileiro troca os acentos"
    nomes = [coluna["nome"] for coluna in documento["colunas"]]
    assert excel.decode("utf-8-sig").splitlines()[0].removesuffix(";aviso") == ";".join(nomes)


def test_nenhuma_lista_se_baixa_so_em_csv() -> None:
    sozinhas = [
        str(arquivo.relative_to(RAIZ))
        for arquivo in (RAIZ / "suas").rglob("*.jinja")
        if 'baixar=url_com(request, formato="csv"' in arquivo.read_text(encoding="utf-8")
    ]

    assert not sozinhas, "Use exportar=true e tela/exportar.py."
