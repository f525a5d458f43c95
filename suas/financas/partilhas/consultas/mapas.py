"""Os mapas de uma partilha e de uma comparação: classes em palavras, prontas para desenhar."""

from __future__ import annotations

from dataclasses import replace

from suas.cadastros.territorio.mapa import Classe, Mapa, graduadas, opostas
from suas.financas.partilhas.consultas.comparacao import Comparacao
from suas.financas.partilhas.consultas.entradas import avisos
from suas.financas.partilhas.models import Cota, Partilha, Situacao
from suas.nucleo.tela.filtros import reais
from suas.vigilancia.indicadores.classes import em_quintos

SITUACOES = tuple(Situacao)
# Quem recebe salta aos olhos, também em preto e branco; quem não disputa o recurso fica ao fundo.
CLASSES = (
    Classe(rotulo="Contemplado", cor="#12355f"),
    Classe(rotulo="Não alcançado", cor="#e3a72f", trama="riscos"),
    Classe(rotulo="Mínimo já atendido", cor="#b4cdea"),
    Classe(rotulo="Não elegível", cor="#e9e7e2"),
    Classe(rotulo="Não classificado", cor="#ffffff", trama="pontos"),
)
NAO_RECEBE = Classe(rotulo="Não recebe nesta partilha", cor="#f1efe9")
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
        classes=CLASSES,
        classe_de=classe_de,
        sem_dado="Fora desta partilha",
        so_estes=frozenset(classe_de),
    )


def _por_valor(partilha: Partilha, valores: dict[str, int]) -> Mapa:
    rotulos, classe_de = em_quintos({c: v for c, v in valores.items() if v}, escrever=reais)
    # a primeira classe é a de quem não recebe: as faixas de valor vêm depois dela
    return Mapa(
        titulo=f"Valor partilhado com cada município: {partilha}",
        classes=(NAO_RECEBE, *(graduadas(tuple(rotulos)) if rotulos else ())),
        classe_de={codigo: classe_de[codigo] + 1 if valor else 0 for codigo, valor in valores.items()},
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
        sem_dado="Fora destas partilhas",
        so_estes=frozenset(linha.codigo for linha in linhas),
    )


def com_avisos(mapa: Mapa, *partilhas: Partilha) -> Mapa:
    """O mesmo mapa com os avisos escritos nele: a imagem pode ser guardada longe da página."""
    textos = dict.fromkeys(texto for partilha in partilhas for texto in avisos(partilha))
    return replace(mapa, avisos=tuple(textos))
