"""Federação, porte, tabela de portes e o comando que a imprime."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from normas.comandos import comando_porte
from normas.parametros.leitura import ParametroForaDeVigencia, parametro
from normas.territorio.federacao import SIGLAS, UF_POR_CODIGO, UF_POR_SIGLA, UFS, Regiao
from normas.territorio.identificacao import ler_populacoes
from normas.territorio.porte import PORTE_POR_NOME, Porte, faixa_do_porte, porte_do_municipio
from normas.territorio.tabela_de_porte import tabela_de_porte

EM = date(2006, 1, 1)
LIMITES = parametro("territorio.porte", em=EM)


def test_a_federacao_tem_27_unidades_em_cinco_regioes():
    assert len(UFS) == len(UF_POR_SIGLA) == len(UF_POR_CODIGO) == len(SIGLAS) == 27
    assert list(SIGLAS) == sorted(SIGLAS)
    assert [uf.codigo for uf in UFS] == sorted(uf.codigo for uf in UFS)
    por_regiao = {regiao: [uf.sigla for uf in UFS if uf.regiao is regiao] for regiao in Regiao}
    assert list(Regiao) == ["Norte", "Nordeste", "Sudeste", "Sul", "Centro-Oeste"]
    assert [len(siglas) for siglas in por_regiao.values()] == [7, 9, 4, 3, 4]
    assert por_regiao[Regiao.SUL] == ["PR", "SC", "RS"]
    assert UF_POR_CODIGO["32"].nome == "Espírito Santo"
    assert UF_POR_SIGLA["DF"].codigo == "53"


@pytest.mark.parametrize(
    ("populacao", "porte"),
    [
        (1, Porte.PEQUENO_I),
        (20_000, Porte.PEQUENO_I),
        (20_001, Porte.PEQUENO_II),
        (50_000, Porte.PEQUENO_II),
        (50_001, Porte.MEDIO),
        (100_000, Porte.MEDIO),
        (100_001, Porte.GRANDE),
        (900_000, Porte.GRANDE),
        (900_001, Porte.METROPOLE),
        (12_000_000, Porte.METROPOLE),
    ],
)
def test_porte_nas_bordas(populacao, porte):
    assert porte_do_municipio(populacao=populacao, uf="ES", em=EM).porte is porte


@pytest.mark.parametrize(
    ("populacao", "uf", "motivo"),
    [
        (20_000, "ES", "20.000 habitantes: Pequeno I vai até 20.000 habitantes."),
        (20_001, "ES", "20.001 habitantes: Pequeno II vai de 20.001 a 50.000 habitantes."),
        (900_001, "SP", "900.001 habitantes: Metrópole vai de 900.001 habitantes em diante."),
        (5, "DF", "O Distrito Federal é sempre Metrópole, seja qual for a população."),
    ],
)
def test_o_porte_diz_por_que(populacao, uf, motivo):
    assert porte_do_municipio(populacao=populacao, uf=uf, em=EM).motivo == motivo


def test_o_porte_cita_a_norma():
    assert "PNAS/2004" in str(porte_do_municipio(populacao=5, uf="ES", em=EM).fundamento)
    df = porte_do_municipio(populacao=5, uf="DF", em=EM)
    assert (df.porte, df.fundamento.norma) == (
        Porte.METROPOLE,
        "NOB/SUAS 2005 (Resolução CNAS nº 130/2005)",
    )


@pytest.mark.parametrize("populacao", [0, -1])
def test_populacao_que_nao_existe(populacao):
    with pytest.raises(ValueError, match="não é uma população"):
        porte_do_municipio(populacao=populacao, uf="ES", em=EM)


def test_antes_da_pnas_nao_ha_porte():
    with pytest.raises(ParametroForaDeVigencia):
        porte_do_municipio(populacao=5, uf="ES", em=date(2004, 10, 27))


def test_nomes_e_faixas_dos_portes():
    assert list(PORTE_POR_NOME) == ["Pequeno I", "Pequeno II", "Médio", "Grande", "Metrópole"]
    assert [PORTE_POR_NOME[porte.nome] for porte in Porte] == list(Porte)
    assert faixa_do_porte(porte=Porte.GRANDE, limites=LIMITES) == "de 100.001 a 900.000 habitantes"


def test_a_tabela_conta_municipios_e_pessoas():
    tabela = tabela_de_porte(
        municipios=[("ES", 10_000), ("ES", 20_000), ("DF", 30_000), ("SP", 60_000)], limites=LIMITES
    )

    assert [(linha.municipios, linha.populacao) for linha in tabela.linhas] == [
        (2, 30_000),
        (0, 0),
        (1, 60_000),
        (0, 0),
        (1, 30_000),
    ]
    assert [linha.porte for linha in tabela.linhas] == list(Porte)
    assert (tabela.linhas[0].municipios_pct, tabela.linhas[0].populacao_pct) == (50, 25)
    total = tabela.total
    assert (total.porte, total.municipios, total.populacao) == (None, 4, 120_000)
    assert (total.municipios_pct, total.populacao_pct) == (100, 100)


def test_a_tabela_de_ninguem_e_zero():
    tabela = tabela_de_porte(municipios=[], limites=LIMITES)

    assert (tabela.total.municipios_pct, tabela.total.populacao_pct) == (Fraction(0), Fraction(0))


def test_le_populacoes_e_aponta_as_faltas_na_ordem():
    dados = b"uf,codigo_ibge,populacao,nome\nES,3200001,10,a\nxx,1,0,b\nSP,3200002,5\nES,3200001,1.5,d\n"

    lidas = ler_populacoes(dados=dados)

    assert lidas.sem_uso == ("nome",)
    assert lidas.municipios == (("3200001", "ES", 10),)
    assert [(f.linha, f.coluna) for f in lidas.falhas] == [
        (3, "uf"),
        (3, "codigo_ibge"),
        (3, "populacao"),
        (4, "uf"),
        (4, "nome"),
        (5, "codigo_ibge"),
        (5, "populacao"),
    ]


def test_linha_curta_nao_se_confere_duas_vezes():
    lidas = ler_populacoes(dados=b"codigo_ibge,uf,populacao\n3200001,ES\n")

    assert [(f.linha, f.coluna) for f in lidas.falhas] == [(2, "populacao")]
    assert lidas.municipios == ()


class TestComandoPorte:
    def test_imprime_a_tabela_com_totais(self, tmp_path, capsys):
        arquivo = tmp_path / "p.csv"
        arquivo.write_text("codigo_ibge,uf,populacao\n3200001,ES,20000\n3200002,ES,1000000\n5300108,DF,5\n")

        assert comando_porte(["--populacao", str(arquivo)]) == 0

        tela = capsys.readouterr()
        assert tela.err == ""
        assert tela.out.splitlines() == [
            "Porte       Municípios       %  População       %",
            "Pequeno I            1   33,33     20.000    1,96",
            "Pequeno II           0    0,00          0    0,00",
            "Médio                0    0,00          0    0,00",
            "Grande               0    0,00          0    0,00",
            "Metrópole            2   66,67  1.000.005   98,04",
            "Total                3  100,00  1.020.005  100,00",
            "Limites de porte: PNAS/2004 (Resolução CNAS nº 145/2004), portes de municípios. "
            "O Distrito Federal é sempre Metrópole.",
        ]

    def test_dados_com_faltas_saem_com_3(self, tmp_path, capsys):
        arquivo = tmp_path / "p.csv"
        arquivo.write_text("codigo_ibge,uf,populacao\n3200001,ES,0\n")

        assert comando_porte(["--populacao", str(arquivo)]) == 3

        tela = capsys.readouterr()
        assert (tela.out, tela.err) == (
            "",
            "linha 2, coluna populacao: “0” é menos do que o mínimo, que é 1. Confira o número.\n",
        )

    def test_uso_errado_sai_com_2(self, tmp_path, capsys):
        assert comando_porte([]) == 2
        assert "Falta --populacao." in capsys.readouterr().err
        assert comando_porte(["--populacao", str(tmp_path / "nada.csv")]) == 2
        assert "redesuas porte --ajuda" in capsys.readouterr().err
