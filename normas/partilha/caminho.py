"""O caminho de um município na memória: sua linha, seu grupo, sua fila e suas escalas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import nlargest, nsmallest
from typing import Any

from normas.base.numeros import ler_fracao
from normas.partilha.opcoes import BRASIL, Normalizacao, instancia
from normas.partilha.prioridade import Indicador
from normas.territorio.federacao import UF_POR_SIGLA
from normas.territorio.porte import PORTE_POR_NOME, Porte


class MunicipioForaDaPartilha(LookupError):
    """O código não está nesta partilha."""


@dataclass(frozen=True)
class Caminho:
    """Acesso à memória pelo ponto de vista de um município."""

    memoria: Mapping[str, Any]
    linha: Mapping[str, Any]

    @classmethod
    def de(cls, *, memoria: Mapping[str, Any], codigo_ibge: str) -> Caminho:
        """Acha o município. Erros: `MunicipioForaDaPartilha`."""
        for linha in memoria["municipios"]:
            if linha["codigo_ibge"] == codigo_ibge:
                return cls(memoria, linha)
        raise MunicipioForaDaPartilha(f"O município {codigo_ibge} não está nesta partilha. Confira o código.")

    @property
    def codigo(self) -> str:
        """Código do IBGE."""
        return str(self.linha["codigo_ibge"])

    @property
    def uf(self) -> str:
        """Sigla da UF."""
        return str(self.linha["uf"])

    @property
    def porte(self) -> str:
        """Nome do porte."""
        return str(self.linha["porte"])

    @property
    def classificado(self) -> bool:
        """Tem índice e ordem."""
        return "ordem" in self.linha

    @cached_property
    def colegas(self) -> list[Mapping[str, Any]]:
        """Os classificados da mesma UF e do mesmo porte, em ordem de prioridade."""
        iguais = [
            linha
            for linha in self.memoria["municipios"]
            if linha["uf"] == self.uf and linha["porte"] == self.porte and "ordem" in linha
        ]
        return sorted(iguais, key=lambda linha: int(linha["ordem"]))

    @cached_property
    def escalas(self) -> dict[Indicador, Mapping[str, Any]]:
        """A escala de cada indicador em que o município é comparado."""
        complementar = instancia(porte=self.porte_da_norma, uf=self.uf)[1]
        por_uf = self.memoria["opcoes"]["normalizacao"] == Normalizacao.UF_PORTE.value
        escalas = {}
        for escala in self.memoria["passo_3"]["escalas"]:
            indicador = Indicador(escala["indicador"])
            onde = complementar if indicador is Indicador.COMPLEMENTAR else BRASIL
            if escala["porte"] == self.porte and escala["abrangencia"] == (self.uf if por_uf else onde):
                escalas[indicador] = escala
        return escalas

    def comparados(self, indicador: Indicador) -> list[Mapping[str, Any]]:
        """Os municípios da escala em que este é comparado; pede a memória inteira."""
        if "extremos" in self.memoria:
            raise ValueError("Esta memória é o recorte de uma UF: use `extremos`, ou a memória inteira.")
        onde = self.escalas[indicador]["abrangencia"]
        siglas = {sigla for sigla, uf in UF_POR_SIGLA.items() if onde in (BRASIL, sigla, uf.regiao.value)}
        return [
            linha
            for linha in self.memoria["municipios"]
            if linha["porte"] == self.porte and linha["uf"] in siglas and "ordem" in linha
        ]

    def extremos(self, indicador: Indicador) -> tuple[list[Fraction], list[Fraction]]:
        """Os dois menores e os dois maiores valores da escala, do extremo para dentro; um só se há um só.

        O recorte de uma UF os traz prontos; na memória inteira saem dos municípios comparados.
        """
        prontos = self.memoria.get("extremos")
        if prontos is not None:
            lidos = prontos[self.porte][indicador.value]
            return [ler_fracao(v) for v in lidos["menores"]], [ler_fracao(v) for v in lidos["maiores"]]
        valores = [ler_fracao(linha["indicadores"][indicador.value]["valor"]) for linha in self.comparados(indicador)]
        return nsmallest(2, valores), nlargest(2, valores)

    @property
    def porte_da_norma(self) -> Porte:
        """O porte como membro de `Porte`."""
        return PORTE_POR_NOME[self.porte]

    @cached_property
    def complementar(self) -> Mapping[str, Any]:
        """O indicador complementar da instância; vazio na transição de 2005."""
        onde = instancia(porte=self.porte_da_norma, uf=self.uf)[1]
        for item in self.memoria["opcoes"]["complementares"]:
            if item["porte"] == self.porte and item["instancia"] == onde:
                return dict(item)
        return {}

    @property
    def eventos(self) -> list[Mapping[str, Any]]:
        """A distribuição do estado, em sequência."""
        return list(self.memoria["distribuicao"].get(self.uf, []))

    @cached_property
    def grupo(self) -> Mapping[str, Any]:
        """A linha de grupos.csv do município."""
        for grupo in self.memoria["grupos"]:
            if grupo["uf"] == self.uf and grupo["porte"] == self.porte:
                return dict(grupo)
        raise MunicipioForaDaPartilha(f"Não há {self.porte} em {self.uf} nesta partilha. Confira a memória.")

    def origem(self, coluna: str) -> tuple[str, str]:
        """Fonte e ano de um dado; sem registro, dois textos vazios."""
        posicao = self.linha.get("origens", {}).get(coluna)
        if posicao is not None:
            origem = self.memoria["origens"][posicao]
            return origem["fonte"], origem["ano"]
        if coluna == Indicador.COMPLEMENTAR:
            return self.complementar.get("fonte", ""), self.complementar.get("ano", "")
        return "", ""
