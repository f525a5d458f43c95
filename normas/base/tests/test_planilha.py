"""O CSV: cada falta de forma aparece na sua linha e na sua coluna."""

from __future__ import annotations

import pytest

from normas.base.planilha import Falha, ler_planilha


def ler(dados, obrigatorias=("a", "b"), opcionais=()):
    return ler_planilha(dados=dados, obrigatorias=obrigatorias, opcionais=opcionais)


def onde(planilha):
    return [(falha.linha, falha.coluna, falha.valor) for falha in planilha.falhas]


@pytest.mark.parametrize(
    "dados",
    [
        b"a,b\n1,2\n3,4\n",
        b"a,b\r\n1,2\r\n3,4\r\n",
        b"a,b\n1,2\n3,4",
        b"\xef\xbb\xbfa,b\n1,2\n3,4\n",
        b" a , b \n1,2\n3,4\n",
        b'"a","b"\n"1",2\n3,"4"\n',
        b"a,b\r1,2\r3,4\r",
    ],
)
def test_le_o_que_os_programas_costumam_gravar(dados):
    planilha = ler(dados)

    assert planilha.falhas == ()
    assert planilha.colunas == ("a", "b")
    assert [(linha.numero, linha.celulas) for linha in planilha.linhas] == [
        (2, {"a": "1", "b": "2"}),
        (3, {"a": "3", "b": "4"}),
    ]


def test_linha_em_branco_e_pulada_e_conta():
    planilha = ler(b"a,b\n\n1,2\n\n\n3,4\n\n")

    assert [linha.numero for linha in planilha.linhas] == [3, 6]


def test_quebra_dentro_de_aspas_conta_as_linhas_do_arquivo():
    planilha = ler(b'a,b\n"x\ny\nz",2\n3,4\n')

    assert [(linha.numero, linha.celulas["a"]) for linha in planilha.linhas] == [(2, "x\ny\nz"), (5, "3")]


def test_coluna_que_falta_e_coluna_repetida():
    assert onde(ler(b"b,c,b\n1,2,3\n")) == [(1, "a", ""), (1, "b", "")]
    assert ler(b"b,c\n1,2\n").linhas == ()


def test_coluna_sem_nome_repetida_nao_incomoda():
    planilha = ler(b"a,b,,\n1,2,,\n")

    assert (planilha.falhas, planilha.sem_uso) == ((), ("", ""))


def test_colunas_a_mais_ficam_ditas():
    assert ler(b"a,x,b,y\n1,2,3,4\n", opcionais=["y"]).sem_uso == ("x",)


def test_ponto_e_virgula_ganha_a_dica():
    falhas = ler(b"a;b\n1;2\n").falhas

    assert [str(f) for f in falhas] == [
        "linha 1, coluna a: A coluna não está no cabeçalho. O arquivo usa ponto e vírgula: salve com vírgula.",
        "linha 1, coluna b: A coluna não está no cabeçalho. O arquivo usa ponto e vírgula: salve com vírgula.",
    ]
    assert "ponto e vírgula" not in str(ler(b"x,y\n").falhas[0])
    assert "ponto e vírgula" not in str(ler(b"x\n").falhas[0])


@pytest.mark.parametrize("dados", [b"", b"\n1,2\n", b",\n1,2\n", b"\xef\xbb\xbf"])
def test_arquivo_sem_cabecalho(dados):
    planilha = ler(dados)

    assert onde(planilha) == [(1, "a", "")]
    assert "O cabeçalho tem: a, b." in planilha.falhas[0].mensagem


@pytest.mark.parametrize("dados", [b"a,b\n", b"a,b", b"a,b\n\n\n"])
def test_arquivo_so_com_cabecalho(dados):
    planilha = ler(dados)

    assert onde(planilha) == [(2, "a", "")]
    assert planilha.falhas[0].mensagem == "O arquivo só tem o cabeçalho."


def test_linha_curta_aponta_cada_coluna_que_falta():
    planilha = ler(b"a,b,c\n1\n4,5,6\n", obrigatorias=("a", "b", "c"))

    assert onde(planilha) == [(2, "b", ""), (2, "c", "")]
    assert "a linha tem 1 valores e o cabeçalho tem 3 colunas" in planilha.falhas[0].mensagem
    assert planilha.linhas[0].celulas == {"a": "1"}
    assert planilha.linhas[0].com_falta == {"b", "c"}
    assert planilha.linhas[1].com_falta == frozenset()


def test_linha_comprida_aponta_o_que_sobra_pela_posicao():
    planilha = ler(b"a,b\n1,2,3,4\n")

    assert onde(planilha) == [(2, "3", "3"), (2, "4", "4")]
    assert [falha.mensagem for falha in planilha.falhas] == [
        f"“{valor}” sobra: a linha tem 4 valores e o cabeçalho tem 2 colunas. Confira as vírgulas." for valor in "34"
    ]
    assert planilha.linhas[0].celulas == {"a": "1", "b": "2"}


def test_byte_que_nao_e_utf8_aparece_na_sua_celula():
    planilha = ler("a,b\n1,São\n2,ok\n3,Céu\n".encode("latin-1"))

    assert onde(planilha) == [(2, "b", "S?o"), (4, "b", "C?u")]
    assert "não está em UTF-8" in planilha.falhas[0].mensagem
    assert [linha.com_falta for linha in planilha.linhas] == [{"b"}, frozenset(), {"b"}]


def test_cabecalho_que_nao_e_utf8():
    planilha = ler("a,b,população\n1,2,3\n".encode("latin-1"))

    assert onde(planilha) == [(1, "popula??o", "popula??o")]


@pytest.mark.parametrize("codificacao", ["utf-16", "utf-16-be"])
def test_utf16_e_dito(codificacao):
    dados = b"\xfe\xff" + "a,b\n".encode(codificacao) if codificacao == "utf-16-be" else "a,b\n".encode("utf-16")

    planilha = ler(dados)

    assert onde(planilha) == [(1, "a", "")]
    assert planilha.falhas[0].mensagem == "O arquivo está em UTF-16. Salve como CSV em UTF-8."


def test_acento_em_utf8_passa():
    assert ler("a,b\nSão,2\n".encode()).linhas[0].celulas["a"] == "São"


@pytest.mark.parametrize("dados", [b'a,b\n1,2\n"3,4\n5,6\n', b'a,b\n1,2\n"3"x,4\n5,6\n'])
def test_aspas_que_nao_fecham_apontam_a_linha_em_que_abrem(dados):
    planilha = ler(dados)

    assert onde(planilha) == [(3, "a", "")]
    assert "aspas" in planilha.falhas[0].mensagem
    assert [linha.numero for linha in planilha.linhas] == [2]


def test_aspas_do_cabecalho_que_nao_fecham():
    assert onde(ler(b'"a,b\n1,2\n')) == [(1, "a", "")]


@pytest.mark.parametrize(("dados", "linha"), [(b"a,b\n1,2\n3,%s\n", 3), (b"a,b%s\n1,2\n", 1)])
def test_valor_comprido_demais_nao_e_falta_de_aspas(dados, linha):
    falhas = ler(dados % (b"9" * 131_073)).falhas

    assert [(falha.linha, falha.coluna) for falha in falhas] == [(linha, "a")]
    assert falhas[0].mensagem == ("Há um valor com mais de 131072 letras. Confira as aspas e as vírgulas desta linha.")


def test_a_falha_se_escreve_em_uma_linha_so():
    falha = Falha(linha=2, coluna="a", valor="1\n", mensagem="“1\r\n\0São” não é um número.")

    assert str(falha) == r"linha 2, coluna a: “1\r\n\x00São” não é um número."


def test_a_falha_se_escreve_com_linha_e_coluna():
    falha = Falha(linha=14, coluna="ibge", valor="3", mensagem="O código tem 7 algarismos.")

    assert str(falha) == "linha 14, coluna ibge: O código tem 7 algarismos."
