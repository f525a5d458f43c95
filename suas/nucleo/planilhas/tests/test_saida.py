"""O que sai é o mesmo em todos os formatos, com tipo e sem fórmula."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from suas.nucleo.planilhas.saida import Coluna, Folha, escrever

COLUNAS = (
    Coluna(codigo="nome", nome="Nome"),
    Coluna(codigo="desde", nome="Desde", tipo="dia"),
    Coluna(codigo="valor", nome="Valor", tipo="decimal"),
)
PERIGOSO = '=HYPERLINK("http://exemplo.example","clique")'
FOLHA = Folha(nome="Rede & <serviços>", colunas=COLUNAS, linhas=[[PERIGOSO, date(2025, 12, 31), Decimal("-1234.50")]])
AVISOS = ["dados sintéticos"]


def test_o_csv_do_excel_abre_no_excel_brasileiro_e_nao_executa_nada():
    dados = escrever("csv-excel", FOLHA, avisos=AVISOS)

    assert dados.startswith(b"\xef\xbb\xbf")
    cabecalho, linha = dados.decode("utf-8-sig").strip().split("\r\n")
    assert cabecalho == "Nome;Desde;Valor;aviso"
    assert linha.startswith("\"'=HYPERLINK(")
    assert linha.endswith(";31/12/2025;-1234,50;dados sintéticos")


def test_o_csv_com_virgula_e_para_programas():
    cabecalho, linha = escrever("csv", FOLHA, avisos=AVISOS).decode().splitlines()

    assert cabecalho == "nome,desde,valor,aviso"
    assert linha.endswith(",2025-12-31,-1234.50,dados sintéticos")


@pytest.mark.parametrize("formato", ["xlsx", "ods"])
def test_na_planilha_o_numero_e_numero_a_data_e_data_e_o_texto_nunca_e_formula(formato):
    dados = escrever(formato, FOLHA, avisos=AVISOS, outras=[Folha(nome="Sobre", colunas=COLUNAS[:1], linhas=[["x"]])])

    with CalamineWorkbook.from_filelike(io.BytesIO(dados)) as pasta:
        assert len(pasta.sheet_names) == 2
        cabecalho, linha = pasta.get_sheet_by_index(0).to_python()
    assert cabecalho == ["Nome", "Desde", "Valor", "aviso"]
    assert linha == [PERIGOSO, date(2025, 12, 31), -1234.5, "dados sintéticos"]
    with zipfile.ZipFile(io.BytesIO(dados)) as pasta:
        folha = pasta.read("xl/worksheets/sheet1.xml" if formato == "xlsx" else "content.xml")
    assert b"<f>" not in folha
    assert b"table:formula" not in folha


def test_o_json_diz_nomes_tipos_e_avisos_e_guarda_as_casas():
    documento = json.loads(escrever("json", FOLHA, avisos=AVISOS))

    assert documento["avisos"] == AVISOS
    assert documento["colunas"][2] == {"codigo": "valor", "nome": "Valor", "tipo": "decimal"}
    assert documento["linhas"] == [{"nome": PERIGOSO, "desde": "2025-12-31", "valor": "-1234.50"}]


def test_caractere_de_controle_nao_estraga_o_ods():
    dados = escrever("ods", Folha(nome="A", colunas=COLUNAS[:1], linhas=[["a\x00b\x0bc"]]))

    with CalamineWorkbook.from_filelike(io.BytesIO(dados)) as pasta:
        assert pasta.get_sheet_by_index(0).to_python()[1] == ["abc"]


def test_formato_que_nao_existe_e_erro():
    with pytest.raises(ValueError, match="não é formato"):
        escrever("doc", FOLHA)
