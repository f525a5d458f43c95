"""Os mapas de uma partilha e de uma comparação: classes em palavras, prontas para desenhar."""

from __future__ import annotations

from suas.cadastros.territorio.mapa import Classe, Mapa, graduadas, opostas, sem_ordem
from suas.financas.partilhas.consultas.comparacao import Comparacao
from suas.financas.partilhas.consultas.entradas import avisos
from suas.financas.partilhas.models import Cota, Partilha, Situacao
from suas.nucleo.tela.filtros import reais
from suas.vigilancia.indicadores.classes import em_quintos

SITUACOES = tuple(Situacao)
VISTAS = {"situacao": "Situação", "valor": "Valor partilhado"}


def mapa_da_partilha(partilha: Partilha, *, vista: str = "situacao", uf: str = "") -> Mapa:
    """Pinta cada município pela situação ou, com `vista` "valor", pelo valor que recebeu, em quintos."""
    cotas = Cota.objects.filter(partilha=partilha, **({"uf": uf} if uf else {}))
    if vista == "valor":
        return _por_valor(partilha, dict(cotas.values_list("municipio_id", "valor_centavos")))
    indice = {situacao.value: i for i, situacao in enumerate(SITUACOES)}
    classe_de = {codigo: indice[s] for codigo, s in cotas.values_list("municipio_id", "situacao")}
    return Mapa(
        titulo=f"Situação de cada município: {partilha}",
        classes=sem_ordem(tuple(str(s.label).capitalize() for s in SITUACOES)),
        classe_de=classe_de,
        avisos=tuple(avisos(partilha)),
        sem_dado="Fora desta partilha",
        so_estes=frozenset(classe_de),
    )


def _por_valor(partilha: Partilha, valores: dict[str, int]) -> Mapa:
    rotulos, classe_de = em_quintos({c: v for c, v in valores.items() if v}, escrever=reais)
    nada = Classe(rotulo="Não recebe nesta partilha", cor="#f1efe9")
    # a primeira classe é a de quem não recebe: as faixas de valor vêm depois dela
    return Mapa(
        titulo=f"Valor partilhado com cada município: {partilha}",
        classes=(nada, *(graduadas(tuple(rotulos)) if rotulos else ())),
        classe_de={codigo: classe_de[codigo] + 1 if valor else 0 for codigo, valor in valores.items()},
        avisos=tuple(avisos(partilha)),
        sem_dado="Fora desta partilha",
        so_estes=frozenset(valores),
    )


def mapa_da_comparacao(comparacao: Comparacao, *, uf: str = "") -> Mapa:
    """Pinta quem perde, quem fica igual e quem ganha ao passar da primeira para a segunda."""
    indice = {"perde": 0, "igual": 1, "ganha": 2}
    linhas = [linha for linha in comparacao.linhas if not uf or linha.uf == uf]
    return Mapa(
        titulo=f"Quem ganha e quem perde: de {comparacao.a} para {comparacao.b}",
        classes=opostas("Perde", "Igual", "Ganha"),
        classe_de={linha.codigo: indice[linha.mudanca] for linha in linhas},
        avisos=tuple(dict.fromkeys([*avisos(comparacao.a), *avisos(comparacao.b)])),
        sem_dado="Fora destas partilhas",
        so_estes=frozenset(linha.codigo for linha in linhas),
    )
