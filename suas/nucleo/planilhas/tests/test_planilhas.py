import pytest

from suas.nucleo.planilhas import leitura
from suas.nucleo.planilhas.escrita import celula_segura, escrever_csv
from suas.nucleo.planilhas.leitura import PlanilhaIlegivel, ler_csv


@pytest.mark.parametrize(
    "conteudo",
    [
        pytest.param("codigo_ibge,nome\n0320530,São Mateus\n".encode(), id="vírgula em UTF-8"),
        pytest.param("codigo_ibge;nome\r\n0320530;São Mateus\r\n".encode("latin-1"), id="ponto e vírgula em Latin-1"),
        pytest.param("codigo_ibge\tnome\r\n0320530\tSão Mateus\r\n".encode("utf-16"), id="texto Unicode do Excel"),
        pytest.param("codigo_ibge;nome;;\n0320530;São Mateus;;\n;;;\n".encode(), id="colunas vazias no fim"),
        pytest.param("\ufeffCodigo_IBGE,Nome\n 0320530 ,São Mateus".encode(), id="marca de ordem, espaços, sem fim"),
    ],
)
def test_planilha_salva_de_qualquer_jeito_da_as_mesmas_celulas(conteudo):
    planilha = ler_csv(conteudo)

    assert planilha.colunas == ("codigo_ibge", "nome")
    assert planilha.linhas[0].celulas == {"codigo_ibge": "0320530", "nome": "São Mateus"}


def test_numero_da_linha_e_o_do_arquivo_mesmo_com_linha_vazia_e_quebra_dentro_de_aspas():
    planilha = ler_csv(b'a,b\n1,"x\ny"\n\n2,z\n')

    assert [linha.numero for linha in planilha.linhas] == [2, 5]


def test_o_recado_ao_excel_nao_e_cabecalho_e_a_numeracao_continua_a_do_arquivo():
    planilha = ler_csv(b"sep=;\r\ncodigo_ibge;valor\r\n3205309;10,5\r\n")

    assert planilha.colunas == ("codigo_ibge", "valor")
    assert [(linha.numero, linha.celulas["valor"]) for linha in planilha.linhas] == [(3, "10,5")]


@pytest.mark.parametrize(
    "conteudo, motivo",
    [
        pytest.param(b"", "está vazia", id="vazia"),
        pytest.param(b";;\n1;2;3\n", "está vazia", id="cabeçalho só de separadores"),
        pytest.param("Relatório;;\n;;\na;b;c\n".encode(), "A linha 3 tem 3 células", id="título em cima da tabela"),
        pytest.param(b"a;;c\n1;2;3\n", "A coluna 2 não tem nome", id="coluna do meio sem nome"),
        pytest.param(b"\n <html><table>", "página da internet", id="página com nome de CSV"),
        pytest.param(b"PK\x03\x04\x00\x00", "pasta do Excel", id="XLSX com nome de CSV"),
        pytest.param(b"\x00\x01\x02", "não é um CSV", id="outro binário"),
        pytest.param(b"%PDF-1.7 um oficio", "é um PDF", id="um PDF"),
        pytest.param(b"a,a\n1,2\n", "mesmo nome: a", id="coluna repetida"),
        pytest.param(b"a,b\n1\n", "A linha 2 tem 1 células e o cabeçalho tem 2", id="linha curta"),
        pytest.param(b'a,b\n"1,2\n', "aspas abertas", id="aspas abertas"),
    ],
)
def test_planilha_ilegivel_diz_o_que_fazer(conteudo, motivo):
    with pytest.raises(PlanilhaIlegivel, match=motivo):
        ler_csv(conteudo)


def test_planilha_com_linhas_demais_e_recusada(monkeypatch):
    monkeypatch.setattr(leitura, "LINHAS_MAXIMAS", 2)

    ler_csv(b"a\n1\n2\n")
    with pytest.raises(PlanilhaIlegivel, match="passa de 2 linhas"):
        ler_csv(b"a\n1\n2\n3\n")


@pytest.mark.parametrize(
    "valor, texto",
    [
        pytest.param("=SOMA(A1)", "'=SOMA(A1)", id="fórmula"),
        pytest.param("@cmd", "'@cmd", id="arroba"),
        pytest.param("-1+2", "'-1+2", id="conta disfarçada"),
        pytest.param("\n=SOMA(A1)", "'\n=SOMA(A1)", id="depois de quebra de linha"),
        pytest.param("  =SOMA(A1)", "'  =SOMA(A1)", id="depois de espaços"),
        pytest.param("＝SOMA(A1)", "'＝SOMA(A1)", id="escrita larga"),
        pytest.param("-1.25", "-1.25", id="número negativo"),
        pytest.param("Vitória", "Vitória", id="texto comum"),
        pytest.param(None, "", id="vazio"),
    ],
)
def test_texto_nao_vira_formula(valor, texto):
    assert celula_segura(valor) == texto


def test_os_avisos_vao_em_toda_linha():
    saida = escrever_csv(["a"], [["1"], ["2"]], avisos=["dados sintéticos", "norma não vigente"])

    assert saida.decode().splitlines() == [
        "a,aviso",
        "1,dados sintéticos; norma não vigente",
        "2,dados sintéticos; norma não vigente",
    ]
