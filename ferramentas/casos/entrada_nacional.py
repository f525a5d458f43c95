"""A entrada de uma partilha nacional, montada de dados reais e de aproximações declaradas."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import fontes

COLUNAS = (
    "codigo_ibge", "uf", "populacao", "populacao_vulneravel", "rcl_per_capita", "fnas_psb_per_capita",
    "indicador_complementar", "nivel_gestao", "adesao_suas", "cras_cofinanciados",
)  # fmt: skip
METROPOLE_DESDE = 900_001
LINHA_DE_POBREZA = Decimal(140)
PRIMEIRO_DIA_DO_EXERCICIO = "2006-01-01"


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """As linhas do CSV, na ordem de COLUNAS, e o que se contou ao montá-las."""

    linhas: list[tuple[object, ...]]
    nomes: dict[str, str]
    sem_receita: int
    cras_contados: int
    cras_sem_data: int


def montar(*, pobreza: str) -> Entrada:
    """Monta a entrada; `pobreza` é a variável do Atlas que aproxima a vulnerabilidade (`pmpob` ou `ppob`)."""
    registro = fontes.por_codigo("municipios.csv")
    habitantes = fontes.populacoes("est_2004")
    atlas = {
        linha["codigo_ibge7"]: linha
        for linha in fontes.ler("indicadores/atlas_dh_municipal_1991_2000_2010.csv")
        if linha["ano"] == "2000"
    }
    homicidios = fontes.por_codigo("indicadores/taxa_homicidio_2000_2019.csv")
    receitas = receita_per_capita()
    cras, sem_data = cras_antes_do_exercicio()
    linhas = [
        (
            codigo,
            registro[codigo]["uf"],
            populacao,
            inteiro(populacao * Decimal(atlas[codigo][pobreza]) / 100),
            receitas.get(codigo, ""),
            "0",
            homicidios[codigo]["taxa_homicidio_2003"]
            if populacao >= METROPOLE_DESDE
            else intensidade_da_pobreza(Decimal(atlas[codigo]["rmpob"])),
            "df" if registro[codigo]["uf"] == "DF" else "basica",
            "sim",
            cras.get(codigo, 0),
        )
        for codigo, populacao in sorted(habitantes.items())
    ]
    return Entrada(
        linhas=linhas,
        nomes={codigo: linha["nome"] for codigo, linha in registro.items()},
        sem_receita=sum(1 for linha in linhas if linha[4] == ""),
        cras_contados=sum(cras.values()),
        cras_sem_data=sem_data,
    )


def receita_per_capita() -> dict[str, Decimal]:
    """Receita corrente líquida de 2018 pela população estimada de 2018, em reais; quem não declarou fica de fora."""
    habitantes = fontes.populacoes("est_2018")
    return {
        linha["codigo_ibge7"]: (Decimal(linha["rcl_2018_reais"]) / habitantes[linha["codigo_ibge7"]]).quantize(
            Decimal("0.01"), ROUND_HALF_UP
        )
        for linha in fontes.ler("financas/rcl_municipal_2018_siconfi.csv")
        if linha["rcl_2018_reais"]
    }


def intensidade_da_pobreza(renda_media: Decimal) -> Decimal:
    """Distância da renda média dos pobres à linha de R$ 140, em por cento da linha, com duas casas."""
    return (100 * (LINHA_DE_POBREZA - renda_media) / LINHA_DE_POBREZA).quantize(Decimal("0.01"), ROUND_HALF_UP)


def cras_antes_do_exercicio() -> tuple[dict[str, int], int]:
    """CRAS com Piso Básico Fixo no Censo CRAS 2007 implantados antes do exercício, por município; e os sem data."""
    contagem: dict[str, int] = {}
    sem_data = 0
    for linha in fontes.ler("suas/cras_2007.csv"):
        if linha["classificacao_financiamento_federal"] != "piso_basico_fixo":
            continue
        if not linha["data_implantacao"]:
            sem_data += 1
        elif linha["data_implantacao"] < PRIMEIRO_DIA_DO_EXERCICIO:
            contagem[linha["codigo_ibge7"]] = contagem.get(linha["codigo_ibge7"], 0) + 1
    return contagem, sem_data


def inteiro(valor: Decimal) -> int:
    """Arredonda ao inteiro; a metade exata sobe."""
    return int(valor.quantize(Decimal(1), ROUND_HALF_UP))
