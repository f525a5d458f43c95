"""A entrada: toda falta é apontada com linha, coluna e valor, e nada passa por engano."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normas.base.planilha import Linha
from normas.habilitacao.niveis import NivelDeGestao
from normas.partilha.entrada import conferir_linhas, ler_entrada
from normas.partilha.municipio import Origem
from normas.partilha.tests.fabricas import COLUNAS, LINHA, csv_de, opcoes


def faltas(*linhas, com=None):
    escolhidas = com or opcoes()
    leitura = ler_entrada(dados=csv_de(linhas, escolhidas.colunas_da_entrada), opcoes=escolhidas)
    return [(falha.linha, falha.coluna, falha.valor) for falha in leitura.falhas]


@pytest.mark.parametrize(
    ("coluna", "valor"),
    [
        ("codigo_ibge", ""),
        ("codigo_ibge", "320530"),
        ("codigo_ibge", "32053090"),
        ("codigo_ibge", "32O5309"),
        ("codigo_ibge", " 3200001"),
        ("codigo_ibge", "٣٢٠٠٠٠١"),
        ("uf", ""),
        ("uf", "es"),
        ("uf", "XX"),
        ("populacao", ""),
        ("populacao", "0"),
        ("populacao", "-1"),
        ("populacao", "10000.0"),
        ("populacao", "1e4"),
        ("populacao", " 10000"),
        ("populacao", "10.000"),
        ("populacao", "²"),
        ("populacao", "1" * 16),
        ("populacao_vulneravel", ""),
        ("populacao_vulneravel", "-1"),
        ("populacao_vulneravel", "10001"),
        ("populacao_vulneravel", "10.5"),
        ("rcl_per_capita", ""),
        ("rcl_per_capita", "-0.01"),
        ("rcl_per_capita", "1."),
        ("rcl_per_capita", ".5"),
        ("rcl_per_capita", "1,5"),
        ("rcl_per_capita", "1e3"),
        ("rcl_per_capita", "inf"),
        ("rcl_per_capita", "nan"),
        ("rcl_per_capita", "+1"),
        ("rcl_per_capita", "1.2.3"),
        ("rcl_per_capita", "1" * 401),
        ("rcl_per_capita", "1\n"),
        ("fnas_psb_per_capita", "-1"),
        ("fnas_psb_per_capita", ""),
        ("indicador_complementar", ""),
        ("indicador_complementar", "--1"),
        ("indicador_complementar", "-"),
        ("indicador_complementar", "Infinity"),
        ("nivel_gestao", ""),
        ("nivel_gestao", "Basica"),
        ("nivel_gestao", "df"),
        ("adesao_suas", ""),
        ("adesao_suas", "não"),
        ("adesao_suas", "1"),
        ("cras_cofinanciados", ""),
        ("cras_cofinanciados", "-1"),
        ("cras_cofinanciados", "1.0"),
    ],
)
def test_valor_que_nao_serve_e_apontado(coluna, valor):
    assert faltas({}, {"codigo_ibge": "3200002", coluna: valor}) == [(3, coluna, valor)]


@pytest.mark.parametrize(
    ("coluna", "valor", "lido"),
    [
        ("populacao", "1000", 1000),
        ("populacao", "0001000", 1000),
        ("populacao", "1" * 15, int("1" * 15)),
        ("populacao_vulneravel", "0", 0),
        ("populacao_vulneravel", "10000", 10000),
        ("rcl_per_capita", "0", Decimal(0)),
        ("rcl_per_capita", "007.50", Decimal("7.50")),
        ("rcl_per_capita", "1" * 400, Decimal("1" * 400)),
        ("indicador_complementar", "-2.5", Decimal("-2.5")),
        ("nivel_gestao", "nao_habilitado", NivelDeGestao.NAO_HABILITADO),
        ("nivel_gestao", "inicial", NivelDeGestao.INICIAL),
        ("nivel_gestao", "plena", NivelDeGestao.PLENA),
        ("adesao_suas", "nao", False),
        ("cras_cofinanciados", "0", 0),
    ],
)
def test_valor_na_borda_e_lido(coluna, valor, lido):
    leitura = ler_entrada(dados=csv_de([{coluna: valor}]), opcoes=opcoes())

    assert leitura.falhas == ()
    assert getattr(leitura.municipios[0], coluna) == lido


def test_uf_que_nao_e_a_do_codigo():
    assert faltas({"uf": "SP"}) == [(2, "uf", "SP")]


def test_codigo_repetido_diz_onde_esta_o_primeiro():
    leitura = ler_entrada(dados=csv_de([{}, {"codigo_ibge": "3200002"}, {}]), opcoes=opcoes())

    assert [str(falha) for falha in leitura.falhas] == [
        "linha 4, coluna codigo_ibge: 3200001 já está na linha 2. Deixe um só."
    ]


@pytest.mark.parametrize("nivel", ["inicial", "basica", "plena"])
def test_o_distrito_federal_nao_tem_os_niveis_dos_municipios(nivel):
    df = {"codigo_ibge": "5300108", "uf": "DF", "nivel_gestao": nivel}

    assert faltas(df) == [(2, "nivel_gestao", nivel)]


@pytest.mark.parametrize(("nivel", "elegivel"), [("df", True), ("nao_habilitado", False)])
def test_o_distrito_federal_comprova_ou_nao_a_gestao(nivel, elegivel):
    df = {"codigo_ibge": "5300108", "uf": "DF", "nivel_gestao": nivel}

    leitura = ler_entrada(dados=csv_de([df]), opcoes=opcoes())

    assert (leitura.falhas, leitura.municipios[0].elegivel) == ((), elegivel)


@pytest.mark.parametrize(
    ("nivel", "adesao", "elegivel"),
    [
        ("basica", "sim", True),
        ("plena", "sim", True),
        ("basica", "nao", False),
        ("inicial", "sim", False),
        ("nao_habilitado", "sim", False),
    ],
)
def test_elegivel_e_quem_aderiu_e_tem_gestao_basica_ou_plena(nivel, adesao, elegivel):
    linha = {"nivel_gestao": nivel, "adesao_suas": adesao}

    leitura = ler_entrada(dados=csv_de([linha]), opcoes=opcoes())

    assert leitura.municipios[0].elegivel is elegivel


def test_todas_as_faltas_saem_na_ordem_do_arquivo():
    colunas = tuple(reversed(COLUNAS))
    dados = csv_de([{"uf": "xx", "populacao": "0"}, {"adesao_suas": "", "codigo_ibge": "1"}], colunas)

    leitura = ler_entrada(dados=dados, opcoes=opcoes())

    assert [(f.linha, f.coluna) for f in leitura.falhas] == [
        (2, "populacao"),
        (2, "uf"),
        (3, "adesao_suas"),
        (3, "codigo_ibge"),
    ]
    assert leitura.municipios == ()


def test_a_vulneravel_maior_que_a_populacao_diz_os_dois_numeros():
    leitura = ler_entrada(dados=csv_de([{"populacao_vulneravel": "10001"}]), opcoes=opcoes())

    assert str(leitura.falhas[0]) == (
        "linha 2, coluna populacao_vulneravel: “10001” é mais do que “10000”, que é o total em "
        "populacao. Confira os dois números."
    )


class TestTransicao2005:
    com = opcoes(transicao_2005=True)
    familias = {"familias": "100", "familias_pobres": "40"}  # noqa: RUF012

    def test_familias_tomam_o_lugar_e_o_complementar_nao_se_pede(self):
        assert "indicador_complementar" not in self.com.colunas_da_entrada
        assert "populacao_vulneravel" not in self.com.colunas_da_entrada
        assert faltas(self.familias, com=self.com) == []

    @pytest.mark.parametrize(
        ("coluna", "valor"),
        [("familias", "0"), ("familias_pobres", "101"), ("familias_pobres", ""), ("familias", "")],
    )
    def test_familias_que_nao_servem(self, coluna, valor):
        assert faltas({**self.familias, coluna: valor}, com=self.com) == [(2, coluna, valor)]

    def test_o_complementar_que_vier_nao_e_lido(self):
        colunas = (*self.com.colunas_da_entrada, "indicador_complementar")
        dados = csv_de([{**self.familias, "indicador_complementar": "x"}], colunas)

        leitura = ler_entrada(dados=dados, opcoes=self.com)

        assert (leitura.falhas, leitura.sem_uso) == ((), ("indicador_complementar",))
        assert leitura.municipios[0].indicador_complementar is None


class TestExcluirIncompletos:
    com = opcoes(excluir_incompletos=True)

    @pytest.mark.parametrize(
        "coluna",
        ["populacao_vulneravel", "rcl_per_capita", "fnas_psb_per_capita", "indicador_complementar"],
    )
    def test_indicador_em_branco_passa(self, coluna):
        assert faltas({coluna: ""}, com=self.com) == []
        assert faltas({coluna: ""}) == [(2, coluna, "")]

    @pytest.mark.parametrize(
        "coluna", ["codigo_ibge", "uf", "populacao", "nivel_gestao", "adesao_suas", "cras_cofinanciados"]
    )
    def test_o_que_nao_e_indicador_continua_obrigatorio(self, coluna):
        assert faltas({coluna: ""}, com=self.com) == [(2, coluna, "")]

    def test_indicador_errado_continua_errado(self):
        assert faltas({"rcl_per_capita": "x"}, com=self.com) == [(2, "rcl_per_capita", "x")]

    def test_familias_em_branco_passam_na_transicao(self):
        com = opcoes(excluir_incompletos=True, transicao_2005=True)

        assert faltas({"familias": "", "familias_pobres": "1"}, com=com) == []


def test_linhas_da_tela_levam_origem_e_a_falta_diz_a_linha_dada():
    origem = Origem("IBGE, estimativas", "2004")
    linhas = [Linha(10, LINHA), Linha(20, {**LINHA, "codigo_ibge": "3200002", "uf": ""})]

    leitura = conferir_linhas(linhas=linhas, opcoes=opcoes(), origens={"3200001": {"populacao": origem}})

    assert leitura.municipios[0].origens == {"populacao": origem}
    assert [(f.linha, f.coluna) for f in leitura.falhas] == [(20, "uf")]


def test_celula_que_a_tela_nao_mandou_e_falta():
    sem_receita = {c: v for c, v in LINHA.items() if c != "rcl_per_capita"}

    leitura = conferir_linhas(linhas=[Linha(1, sem_receita)], opcoes=opcoes())

    assert [f.coluna for f in leitura.falhas] == ["rcl_per_capita"]


def test_sem_cabecalho_certo_nao_se_leem_as_linhas():
    leitura = ler_entrada(dados=b"a,b\n1,2\n", opcoes=opcoes())

    assert {f.linha for f in leitura.falhas} == {1}
    assert [f.coluna for f in leitura.falhas] == list(COLUNAS)


@pytest.mark.parametrize(
    ("coluna", "valor", "frase"),
    [
        (
            "codigo_ibge",
            "320530",
            "“320530” não é um código de município. O código tem 7 algarismos, como 3205309.",
        ),
        ("uf", "es", "“es” não é uma UF. Escreva a sigla em maiúsculas, como ES."),
        (
            "uf",
            "SP",
            "“SP” não é a UF do município 3200001: os códigos de SP começam por 35. Confira o código e a UF.",
        ),
        ("populacao", "", "Falta o número. Escreva só algarismos, como 1234."),
        (
            "populacao",
            "1.0",
            "“1.0” não é um número inteiro. Escreva só algarismos, sem ponto, vírgula ou espaço, como 1234.",
        ),
        ("populacao", "0", "“0” é menos do que o mínimo, que é 1. Confira o número."),
        ("populacao", "1" * 16, f"“{'1' * 16}” tem algarismos demais: o máximo são 15."),
        ("rcl_per_capita", "", "Falta o número. Escreva com ponto decimal, como 12.5."),
        (
            "rcl_per_capita",
            "-1",
            "“-1” é negativo. Escreva algarismos e, se houver casas, um ponto, como 12.5.",
        ),
        (
            "indicador_complementar",
            "1,5",
            "“1,5” não é um número. Escreva algarismos e, se houver casas, um ponto, como 12.5.",
        ),
        ("rcl_per_capita", "1" * 401, f"“{'1' * 401}” tem algarismos demais. Use até 400."),
        (
            "nivel_gestao",
            "top",
            "“top” não é um nível de gestão. Escreva nao_habilitado, inicial, basica, plena, df.",
        ),
        (
            "nivel_gestao",
            "df",
            "“df” é só do Distrito Federal, e a UF é ES. Escreva nao_habilitado, inicial, basica ou plena.",
        ),
        ("adesao_suas", "Sim", "“Sim” não responde se aderiu ao SUAS. Escreva sim ou nao."),
    ],
)
def test_a_frase_diz_o_valor_e_o_que_escrever(coluna, valor, frase):
    leitura = ler_entrada(dados=csv_de([{coluna: valor}]), opcoes=opcoes())

    assert [falha.mensagem for falha in leitura.falhas] == [frase]


def test_linha_com_falta_de_forma_nao_vira_municipio():
    linhas = [Linha(2, LINHA), Linha(3, {"codigo_ibge": "3200002", "uf": "ES"}, frozenset(COLUNAS[2:]))]

    leitura = conferir_linhas(linhas=linhas, opcoes=opcoes())

    assert [m.codigo_ibge for m in leitura.municipios] == ["3200001"]
    assert leitura.falhas == ()


def test_a_frase_do_distrito_federal():
    df = {"codigo_ibge": "5300108", "uf": "DF", "nivel_gestao": "plena"}

    leitura = ler_entrada(dados=csv_de([df]), opcoes=opcoes())

    assert [falha.mensagem for falha in leitura.falhas] == [
        "O Distrito Federal não tem gestão “plena”. Escreva df ou nao_habilitado."
    ]
