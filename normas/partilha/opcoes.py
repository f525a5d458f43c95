"""As opções de uma partilha: o que a norma deixa aberto e fica registrado com o resultado."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from normas.base.centavos import em_reais
from normas.base.exercicio import Exercicio
from normas.territorio.federacao import SIGLAS, UF_POR_SIGLA, Regiao
from normas.territorio.porte import Porte

BRASIL = "BR"


class CriterioPorte(StrEnum):
    """Como o passo 1 reparte entre os portes (ADR 0003)."""

    TABELA = "tabela"
    POPULACAO = "populacao"


class Normalizacao(StrEnum):
    """Com quem cada município é comparado nos três indicadores básicos."""

    PORTE = "porte"
    UF_PORTE = "uf_porte"


class Direcao(StrEnum):
    """Que lado do indicador complementar é a pior situação."""

    ALTO_PIOR = "alto_pior"
    BAIXO_PIOR = "baixo_pior"


class OpcaoRecusada(ValueError):
    """Uma opção não serve; a mensagem diz qual e o que escrever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicadorComplementar:
    """O indicador que uma instância escolheu, com a direção que faz parte da sua definição."""

    direcao: Direcao = Direcao.ALTO_PIOR
    nome: str = ""
    unidade: str = ""
    fonte: str = ""
    ano: str = ""


SEM_NOME = IndicadorComplementar()
Instancia = tuple[Porte, str]


def instancia(*, porte: Porte, uf: str) -> Instancia:
    """Quem escolhe o indicador complementar (ADR 0008): (porte, abrangência).

    Pequeno I e II: a CIB do estado (sigla da UF). Médio e Grande: a região, na CIT, ouvidos os
    estados. Metrópole: o país inteiro, na CIT ("BR").
    """
    if porte in (Porte.PEQUENO_I, Porte.PEQUENO_II):
        return porte, uf
    if porte is Porte.METROPOLE:
        return porte, BRASIL
    return porte, UF_POR_SIGLA[uf].regiao.value


def instancias(porte: Porte) -> Iterator[Instancia]:
    """Todas as instâncias de um porte: 27 UFs, 5 regiões ou o país."""
    if porte in (Porte.PEQUENO_I, Porte.PEQUENO_II):
        return ((porte, sigla) for sigla in SIGLAS)
    if porte is Porte.METROPOLE:
        return iter([(porte, BRASIL)])
    return ((porte, regiao.value) for regiao in Regiao)


def direcao_por_porte(
    direcoes: Mapping[Porte, Direcao],
) -> Mapping[Instancia, IndicadorComplementar]:
    """Dá a mesma direção a todas as instâncias de cada porte, como na linha de comando."""
    return {
        chave: IndicadorComplementar(direcao=direcao)
        for porte, direcao in direcoes.items()
        for chave in instancias(porte)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Opcoes:
    """Tudo o que define uma partilha além dos municípios; valores em centavos.

    `complementares` tem uma entrada por instância, com a chave de `instancia`; a que falta é um
    indicador sem nome em que o alto é pior.

    Erros: `OpcaoRecusada` para valor que não é maior que zero ou exercício impossível.
    """

    recurso_centavos: int
    pbf_centavos: int
    exercicio: int = 2006
    criterio_porte: CriterioPorte = CriterioPorte.TABELA
    normalizacao: Normalizacao = Normalizacao.PORTE
    transicao_2005: bool = False
    excluir_incompletos: bool = False
    complementares: Mapping[Instancia, IndicadorComplementar] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if self.recurso_centavos <= 0:
            raise OpcaoRecusada(
                f"O recurso a partilhar é {em_reais(self.recurso_centavos)}. Informe um valor maior que zero."
            )
        if self.pbf_centavos <= 0:
            raise OpcaoRecusada(f"O Piso Básico Fixo é {em_reais(self.pbf_centavos)}. Informe um valor maior que zero.")
        try:
            Exercicio(self.exercicio)
        except ValueError as erro:
            raise OpcaoRecusada(str(erro)) from erro

    def complementar(self, *, porte: Porte, uf: str) -> IndicadorComplementar:
        """O indicador complementar que vale para um município."""
        return self.complementares.get(instancia(porte=porte, uf=uf), SEM_NOME)

    @property
    def colunas_da_entrada(self) -> tuple[str, ...]:
        """Colunas que a entrada precisa ter, na ordem da norma."""
        quem = ("familias", "familias_pobres") if self.transicao_2005 else ("populacao_vulneravel",)
        complementar = () if self.transicao_2005 else ("indicador_complementar",)
        return (
            "codigo_ibge",
            "uf",
            "populacao",
            *quem,
            "rcl_per_capita",
            "fnas_psb_per_capita",
            *complementar,
            "nivel_gestao",
            "adesao_suas",
            "cras_cofinanciados",
        )

    @property
    def indicadores(self) -> tuple[str, ...]:
        """Colunas cuja falta `excluir_incompletos` aceita."""
        fora = {
            "codigo_ibge", "uf", "populacao", "nivel_gestao", "adesao_suas", "cras_cofinanciados",
        }  # fmt: skip
        return tuple(coluna for coluna in self.colunas_da_entrada if coluna not in fora)
