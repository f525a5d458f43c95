"""O que os arquivos reais de unidades dizem uns contra os outros: sumidas, novas, repetidas, identificadores."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

import fontes
from rede_importada import IDCRAS

from suas.cadastros.territorio.nomes import nome_de_busca

Linha = dict[str, str]
ANOS = ("2007", "2008", "2014", "2015", "2016", "2021")
_VIA = re.compile(r"^(rua|r|avenida|av|travessa|trav|tv|praca|pca|rodovia|rod|estrada) ")


@dataclass(frozen=True, kw_only=True)
class Passo:
    """De um levantamento ao seguinte. `no_lugar`: sumidas e novas do mesmo município, que se podem corresponder."""

    de: str
    ate: str
    antes: int
    depois: int
    ficaram: int
    sumiram: int
    novas: int
    no_lugar: int
    mudaram_de_municipio: int


def cras() -> dict[str, list[Linha]]:
    """Os CRAS de cada levantamento."""
    por_ano = {ano: fontes.ler(f"suas/cras_{ano}.csv") for ano in ("2007", "2008")}
    todos = fontes.ler(f"suas/{IDCRAS}.csv")
    return por_ano | {ano: [linha for linha in todos if linha["ano"] == ano] for ano in ANOS[2:]}


def onde(linhas: list[Linha], identificador: str) -> dict[str, str]:
    """Identificador → município."""
    return {linha[identificador]: linha["codigo_ibge7"] for linha in linhas}


def passos(levantamentos: dict[str, dict[str, str]]) -> list[Passo]:
    """O que houve entre cada levantamento e o seguinte."""
    return [_passo(de, ate, levantamentos[de], levantamentos[ate]) for de, ate in pairwise(levantamentos)]


def _passo(de: str, ate: str, antes: dict[str, str], depois: dict[str, str]) -> Passo:
    ficaram, sumiram, novas = antes.keys() & depois, antes.keys() - depois, depois.keys() - antes
    sumiram_de, novas_em = Counter(antes[i] for i in sumiram), Counter(depois[i] for i in novas)
    return Passo(
        de=de,
        ate=ate,
        antes=len(antes),
        depois=len(depois),
        ficaram=len(ficaram),
        sumiram=len(sumiram),
        novas=len(novas),
        no_lugar=sum((sumiram_de & novas_em).values()),
        mudaram_de_municipio=sum(antes[i] != depois[i] for i in ficaram),
    )


def voltaram(levantamentos: dict[str, dict[str, str]]) -> int:
    """Identificadores que faltam a um levantamento e estão num anterior e num posterior."""
    presencas = defaultdict(list)
    for posicao, unidades in enumerate(levantamentos.values()):
        for identificador in unidades:
            presencas[identificador].append(posicao)
    return sum(posicoes[-1] - posicoes[0] + 1 > len(posicoes) for posicoes in presencas.values())


def sem_o_municipio(unidades: dict[str, str]) -> int:
    """Identificadores que não trazem o código do município, nem no começo nem depois de um 1."""
    return sum(not i.startswith((m[:6], f"1{m[:6]}")) for i, m in unidades.items())


def via(linha: Linha) -> tuple[str, str]:
    """O município e o nome da via, sem o tipo e sem números: para comparar endereços escritos de dois jeitos."""
    texto = re.sub(r"\bs/?n\b|[0-9]+", " ", linha["endereco"].lower())
    return linha["codigo_ibge7"], _VIA.sub("", nome_de_busca(texto))


def trocaram_de_identificador(antes: list[Linha], depois: list[Linha]) -> int:
    """Vias de um município com CRAS nos dois anos e nenhum identificador em comum."""
    de, ate = _por_via(antes), _por_via(depois)
    return sum(not de[chave] & ate[chave] for chave in de.keys() & ate)


def vias_com_mais_de_um(linhas: list[Linha]) -> int:
    """Vias de um município com mais de um identificador."""
    return sum(len(identificadores) > 1 for identificadores in _por_via(linhas).values())


def _por_via(linhas: list[Linha]) -> dict[tuple[str, str], set[str]]:
    vias: dict[tuple[str, str], set[str]] = defaultdict(set)
    for linha in linhas:
        if via(linha)[1]:
            vias[via(linha)].add(linha["id_cras"])
    return vias


def mudaram(antes: list[Linha], depois: list[Linha]) -> dict[str, int]:
    """Dos que estão nos dois anos: quantos se conferem, e quantos mudaram de bairro e de ano de implantação."""
    de, ate = ({linha["id_cras"]: linha for linha in linhas} for linhas in (antes, depois))
    pares = [(de[i], ate[i]) for i in de.keys() & ate]
    bairros = [(a["bairro"], b["bairro"]) for a, b in pares if a["bairro"] and b["bairro"]]
    datas = [(a["data_implantacao"][:4], b["ano_implantacao"]) for a, b in pares if a["data_implantacao"]]
    return {
        "pares": len(pares),
        "com_bairro": len(bairros),
        "bairro": sum(nome_de_busca(a) != nome_de_busca(b) for a, b in bairros),
        "com_data": len(datas),
        "implantacao": sum(a != b for a, b in datas),
    }
