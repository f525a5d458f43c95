"""Ler CSV, XLSX e ODS como as pessoas os salvam, e recusar o que esgotaria a máquina."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from suas.nucleo.planilhas import celulas, defesa, pastas, saida
from suas.nucleo.planilhas.celulas import CelulaRecusada, Jeito, nome_simples, usa_ponto_decimal
from suas.nucleo.planilhas.leitura import LINHAS_MAXIMAS, PlanilhaIlegivel
from suas.nucleo.planilhas.saida import Coluna, Folha

COLUNAS = (
    Coluna(codigo="codigo", nome="Código"),
    Coluna(codigo="nome", nome="Nome"),
    Coluna(codigo="desde", nome="Desde", tipo="dia"),
    Coluna(codigo="valor", nome="Valor", tipo="decimal"),
)
LINHAS = [["0320530", "São Mateus", date(2025, 12, 31), Decimal("1234.5")], ["12", "=1+1", None, 7]]
FOLHA = Folha(nome="Rede", colunas=COLUNAS, linhas=LINHAS)


@pytest.mark.parametrize("formato", ["xlsx", "ods", "csv-excel"])
def test_o_que_se_escreve_se_le_de_volta_com_zeros_datas_e_virgula(formato):
    quadro = pastas.ler(saida.escrever(formato, FOLHA))

    assert quadro.colunas == ("Código", "Nome", "Desde", "Valor")
    assert quadro.linhas[0] == (2, ["0320530", "São Mateus", "31/12/2025", "1234,5"])
    assert quadro.linhas[1][1][0] == "12"
    assert quadro.linhas[1][1][3] == "7"


def test_o_cabecalho_e_achado_embaixo_de_um_titulo_e_a_numeracao_e_a_do_arquivo():
    conteudo = "Relação da rede de 2025\n\nCódigo;Nome;\n0320;A;\n;;\n111;B;\n".encode("latin-1")

    quadro = pastas.ler(conteudo, reconhece=lambda nome: nome_simples(nome) in {"codigo", "nome"})

    assert quadro.cabecalho == 3
    assert quadro.colunas == ("Código", "Nome")
    assert quadro.linhas == ((4, ["0320", "A"]), (6, ["111", "B"]))


def test_coluna_sem_nome_ou_de_nome_repetido_nao_impede_a_leitura():
    saida_ = io.BytesIO()
    with xlsxwriter.Workbook(saida_) as pasta:
        folha = pasta.add_worksheet()
        folha.write_row(0, 0, ["nome", "", "nome"])
        folha.write_row(1, 0, ["a", "b", "c"])

    assert pastas.ler(saida_.getvalue()).colunas == ("nome", "coluna B", "nome (2)")


def test_no_csv_separador_sobrando_e_recusado_com_a_linha():
    with pytest.raises(PlanilhaIlegivel, match="A linha 3 tem 3 células e o cabeçalho tem 2"):
        pastas.ler(b"a;b\n1;2\n1;2;3\n")


def test_celulas_de_cada_tipo_viram_texto_como_se_escreve_aqui():
    saida_ = io.BytesIO()
    with xlsxwriter.Workbook(saida_) as pasta:
        folha = pasta.add_worksheet("Dados")
        dia = pasta.add_format({"num_format": "dd/mm/yyyy"})
        folha.write_row(0, 0, ["a", "b", "c", "d", "e", "f"])
        folha.write_number(1, 0, 12345678901234)
        folha.write_number(1, 1, 0.1)
        folha.write_boolean(1, 2, True)
        folha.write_datetime(1, 3, datetime(2025, 1, 2, tzinfo=None), dia)  # noqa: DTZ001
        folha.write_formula(1, 4, "=A2*2", None, 42)
        folha.write_string(1, 5, "  007 ")

    assert pastas.ler(saida_.getvalue()).linhas[0][1] == ["12345678901234", "0,1", "sim", "02/01/2025", "42", "007"]


def test_le_a_primeira_aba_com_dados_ou_a_que_se_escolhe_e_nunca_a_de_ajuda():
    saida_ = io.BytesIO()
    with xlsxwriter.Workbook(saida_) as pasta:
        for nome, texto in ((pastas.ABA_DE_AJUDA, "x"), ("Vazia", ""), ("Um", "um"), ("Dois", "dois")):
            folha = pasta.add_worksheet(nome)
            if texto:
                folha.write_column(0, 0, ["nome", texto])

    assert pastas.ler(saida_.getvalue()).abas == ("Vazia", "Um", "Dois")
    assert pastas.ler(saida_.getvalue()).linhas == ((2, ["um"]),)
    assert pastas.ler(saida_.getvalue(), aba="Dois").linhas == ((2, ["dois"]),)
    assert pastas.ler(saida_.getvalue(), aba="Outra que não há").linhas == ((2, ["um"]),)


def _xlsx_com(folha: str | bytes) -> bytes:
    """Um XLSX verdadeiro com a folha trocada."""
    base, feito = io.BytesIO(saida.escrever("xlsx", FOLHA)), io.BytesIO()
    with zipfile.ZipFile(base) as antes, zipfile.ZipFile(feito, "w", zipfile.ZIP_DEFLATED) as depois:
        for parte in antes.infolist():
            dados = antes.read(parte)
            depois.writestr(parte.filename, folha if parte.filename == "xl/worksheets/sheet1.xml" else dados)
    return feito.getvalue()


_FOLHA = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
_CELULA = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>x</t></is></c></row>'


def _longe(coluna: str, linha: int) -> bytes:
    return _xlsx_com(_FOLHA.format(_CELULA.format(linha, coluna)))


@pytest.mark.parametrize(
    "conteudo, motivo",
    [
        pytest.param(_longe("XFD", 1048576), "até a linha 1048576", id="célula longe"),
        pytest.param(_longe("XFD", 2), "Apague as linhas e colunas vazias", id="larga"),
        pytest.param(
            _xlsx_com('<!DOCTYPE a [<!ENTITY b "cccc">]>' + _FOLHA.format("")), "Abra-o num deles", id="entidades"
        ),
        pytest.param(
            _xlsx_com(("<!DOCTYPE a>" + _FOLHA.format("")).encode("utf-16")),
            "Abra-o num deles",
            id="entidades escondidas noutra codificação",
        ),
        pytest.param(b"PK\x03\x04" + b"\x00" * 100, "incompleto ou protegido", id="zip quebrado"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Excel antigo", id="xls ou com senha"),
        pytest.param(saida.escrever("xlsx", FOLHA)[:-300], "incompleto", id="cortado"),
        pytest.param(b"x" * (6 * 1024 * 1024), "passa de 5 MB", id="grande"),
        pytest.param(b"<html>", "página da internet", id="página"),
    ],
)
def test_o_que_nao_e_seguro_ou_nao_e_planilha_volta_com_o_que_fazer(conteudo, motivo):
    with pytest.raises(PlanilhaIlegivel, match=motivo):
        pastas.ler(conteudo)


def test_o_que_se_expande_demais_e_recusado_antes_de_abrir(monkeypatch):
    monkeypatch.setattr(defesa, "EXPANDIDO_MAXIMO_MB", 1)

    with pytest.raises(PlanilhaIlegivel, match="se expande para mais de 1 MB"):
        pastas.ler(_xlsx_com(_FOLHA.format(" " * 2_000_000)))


def test_zip_que_mente_o_tamanho_do_que_traz_e_recusado():
    certo = _xlsx_com(_FOLHA.format(" " * 50_000))
    mentido = certo.replace((50_000 + len(_FOLHA) - 2).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))

    assert mentido != certo
    with pytest.raises(PlanilhaIlegivel, match="incompleto"):
        pastas.ler(mentido)


def test_zip_que_nao_e_planilha_e_recusado():
    feito = io.BytesIO()
    with zipfile.ZipFile(feito, "w") as pasta:
        pasta.writestr("word/document.xml", "<a/>")

    with pytest.raises(PlanilhaIlegivel, match="não é planilha"):
        pastas.ler(feito.getvalue())


def _ods_com(tabela: str) -> bytes:
    base, feito = io.BytesIO(saida.escrever("ods", FOLHA)), io.BytesIO()
    with zipfile.ZipFile(base) as antes, zipfile.ZipFile(feito, "w", zipfile.ZIP_DEFLATED) as depois:
        for parte in antes.infolist():
            texto = antes.read(parte)
            if parte.filename == "content.xml":
                comeco, _, resto = texto.decode().partition("<table:table ")
                fim = resto.partition("</table:table>")[2]
                texto = f'{comeco}<table:table table:name="A">{tabela}</table:table>{fim}'.encode()
            depois.writestr(parte.filename, texto)
    return feito.getvalue()


_ODS = (
    '<table:table-row table:number-rows-repeated="{linhas}"><table:table-cell office:value-type="string" '
    'table:number-columns-repeated="{colunas}"><text:p>x</text:p></table:table-cell></table:table-row>'
)


@pytest.mark.parametrize("linhas, colunas", [(1_000_000, 1), (2, 16_000), ("&#57;999999", 1)])
def test_ods_que_repete_celulas_cheias_aos_milhoes_e_recusado(linhas, colunas):
    with pytest.raises(PlanilhaIlegivel):
        pastas.ler(_ods_com(_ODS.format(linhas=linhas, colunas=colunas)))


def test_ods_com_linhas_vazias_ate_o_fim_como_o_libreoffice_salva_se_le():
    vazias = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )

    quadro = pastas.ler(_ods_com(_ODS.format(linhas=2, colunas=2) + vazias))

    assert quadro.linhas == ((2, ["x", "x"]),)


def test_linhas_demais_sao_recusadas_com_o_limite():
    conteudo = b"a\n" + b"1\n" * (LINHAS_MAXIMAS + 1)

    with pytest.raises(PlanilhaIlegivel, match=r"passa de 40\.000 linhas"):
        pastas.ler(conteudo)


@pytest.mark.parametrize(
    "escrito, lida",
    [
        ("31/12/2025", date(2025, 12, 31)),
        ("31-12-25", date(2025, 12, 31)),
        ("1º/3/24", date(2024, 3, 1)),
        ("31.12.1998", date(1998, 12, 31)),
        ("2025-12-31", date(2025, 12, 31)),
        ("2025-12-31T00:00:00", date(2025, 12, 31)),
        ("31/12/2025 10:30", date(2025, 12, 31)),
        ("31 de dezembro de 2025", date(2025, 12, 31)),
        ("dez/2025", date(2025, 12, 1)),
        ("Março/25", date(2025, 3, 1)),
        ("12/2025", date(2025, 12, 1)),
        ("46022", date(2025, 12, 31)),
        ("31122025", date(2025, 12, 31)),
        ("20251231", date(2025, 12, 31)),
    ],
)
def test_datas_como_as_pessoas_escrevem(escrito, lida):
    assert celulas.dia()(escrito, Jeito()) == lida


@pytest.mark.parametrize("escrito", ["30/02/2025", "32/1/2025", "ontem", "12", "2025", "1/13/2025", "31/12/2325"])
def test_o_que_nao_e_data_diz_como_se_escreve(escrito):
    with pytest.raises(CelulaRecusada, match=r"31/12/2025|fora do que se aceita"):
        celulas.dia()(escrito, Jeito())


@pytest.mark.parametrize(
    "escrito, ponto, lido",
    [
        ("1.234,56", False, "1234.56"),
        ("1234.56", False, "1234.56"),
        ("1.234", False, "1234"),
        ("0.125", False, "0.125"),
        ("R$ 1.250,00", False, "1250"),
        ("-3", False, "-3"),
        ("1,5%", False, "1.5"),
        ("1,234.56", True, "1234.56"),
        ("12.345", True, "12.345"),
    ],
)
def test_numeros_com_milhar_virgula_ou_ponto(escrito, ponto, lido):
    assert celulas.decimal(casas=3)(escrito, Jeito(decimal_com_ponto=ponto)) == Decimal(lido)


@pytest.mark.parametrize("escrito", ["12a", "1.2.3", "1,2,3", "--1", "", "1.23,4.5", "∞"])
def test_o_que_nao_e_numero_e_recusado_com_exemplo(escrito):
    with pytest.raises(CelulaRecusada, match=r"como 1\.234,5"):
        celulas.decimal()(escrito, Jeito())


def test_limites_casas_e_inteiros_dizem_o_que_ha():
    with pytest.raises(CelulaRecusada, match=r"menos que 1, o menor aceito"):
        celulas.inteiro(minimo=1)("0", Jeito())
    with pytest.raises(CelulaRecusada, match=r"mais que 1\.000"):
        celulas.inteiro(maximo=1000)("1.001", Jeito())
    with pytest.raises(CelulaRecusada, match="não é um número inteiro"):
        celulas.inteiro()("1,5", Jeito())
    with pytest.raises(CelulaRecusada, match="mais de 2 casas"):
        celulas.decimal(casas=2)("1,234", Jeito())
    assert celulas.centavos()("R$ 1.234,5", Jeito()) == 123450


def test_codigo_devolve_os_zeros_que_o_excel_tirou_so_quando_se_pede():
    assert celulas.codigo(digitos=11, completar=True)("1234567890", Jeito()) == "01234567890"
    assert celulas.codigo(digitos=14)("12.345.678/0001-95", Jeito()) == "12345678000195"
    with pytest.raises(CelulaRecusada, match="11 algarismos"):
        celulas.codigo(digitos=11)("1234567890", Jeito())


def test_escolha_e_sim_ou_nao_aceitam_o_jeito_de_cada_um():
    ler = celulas.escolha({"publica": "Pública", "privada": "Privada"}, sinonimos={"governamental": "publica"})

    assert [ler(t, Jeito()) for t in ("PUBLICA", "pública", "Governamental")] == ["publica"] * 3
    assert [celulas.sim_ou_nao()(t, Jeito()) for t in ("X", "Sim", "NÃO", "0")] == [True, True, False, False]
    with pytest.raises(CelulaRecusada, match="Escreva uma destas: Pública; Privada"):
        ler("mista", Jeito())
    with pytest.raises(CelulaRecusada, match="sim nem não"):
        celulas.sim_ou_nao()("talvez", Jeito())


@pytest.mark.parametrize(
    "textos, com_ponto",
    [
        (["1234.56", "12.345"], True),
        (["1,234.56"], True),
        (["12.345", "7"], False),
        (["1.234,56", "0.5"], False),
        ([], False),
    ],
)
def test_o_ponto_decimal_so_vale_com_prova(textos, com_ponto):
    assert usa_ponto_decimal(textos) is com_ponto
