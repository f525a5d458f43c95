"""O lugar de um município na fila do seu estado se um indicador dele fosse outro."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any

from normas.base.numeros import ler_fracao
from normas.partilha.calculo import Situacao
from normas.partilha.caminho import Caminho
from normas.partilha.distribuicao import NaFila, distribuir
from normas.partilha.passos import Passo1, passo_1, passo_2
from normas.partilha.prioridade import Escala, Indicador, chave_de_ordem
from normas.territorio.porte import PORTE_POR_NOME, Porte

CASAS_MINIMAS = 2
NA_FILA = {Situacao.CONTEMPLADO.value, Situacao.NAO_ALCANCADO.value}
Chave = tuple[Fraction, int, str]


@dataclass(frozen=True, slots=True)
class Lugar:
    """Ordem no grupo e cota em centavos."""

    ordem: int
    valor_partilhado: int


@dataclass(frozen=True, slots=True)
class Colega:
    """Outro município do grupo: código, peso no passo 2, valor do indicador e o resto do índice."""

    codigo: str
    peso: int
    valor: Fraction
    resto: Fraction


@dataclass(frozen=True)
class Vizinhanca:
    """Um município, um indicador, e o que é preciso para recalcular o seu lugar.

    `atual` está na unidade da coluna: pessoas, famílias, reais ou a do indicador complementar;
    `todo` é o denominador da taxa (1 para os outros indicadores).
    """

    caminho: Caminho
    indicador: Indicador
    coluna: str
    atual: Fraction
    casas: int
    todo: int
    peso_no_indice: int
    escala: Escala
    escala_dos_outros: Escala | None
    proprio: Colega
    colegas: tuple[Colega, ...]

    def valor_em(self, passos: int) -> Fraction:
        """O valor da coluna depois de piorar `passos` vezes a última casa, até o limite."""
        piorado = self.atual + self._sinal * Fraction(passos, 10**self.casas)
        limite = self.limite
        return min(piorado, limite) if self._sinal > 0 else max(piorado, limite)

    @property
    def _sinal(self) -> int:
        return 1 if self.escala.alto_e_pior else -1

    @property
    def limite(self) -> Fraction:
        """O pior valor considerado, nunca melhor do que o atual."""
        if self.indicador is Indicador.VULNERABILIDADE:
            return Fraction(self.todo)
        if self.indicador is not Indicador.COMPLEMENTAR:
            return Fraction(0)
        return self.escala.maximo if self.escala.alto_e_pior else self.escala.minimo

    def lugar(self, valor: Fraction, *, distribuir_recurso: bool = True) -> Lugar:
        """Ordem e cota se a coluna valesse `valor`; sem distribuir, a cota vem zero."""
        taxa = valor / self.todo
        escala = self._escala_com(taxa)
        peso = self.proprio.peso
        if self.indicador is Indicador.VULNERABILIDADE:
            peso = int(valor)
        chave = self._chave(replace(self.proprio, valor=taxa, peso=peso), escala)
        fila = self._fila_dos_outros(escala)
        ordem = bisect_left(fila, chave)
        if not distribuir_recurso:
            return Lugar(ordem + 1, 0)
        codigos = [item[2] for item in (*fila[:ordem], chave, *fila[ordem:])]
        return Lugar(ordem + 1, self._cota(codigos, peso))

    @cached_property
    def lugar_atual(self) -> Lugar:
        """O lugar que a memória registra."""
        return Lugar(self.caminho.linha["ordem"], self.caminho.linha["valor_partilhado"])

    def _escala_com(self, taxa: Fraction) -> Escala:
        outros = self.escala_dos_outros
        if outros is None:
            return replace(self.escala, minimo=taxa, maximo=taxa)
        return replace(outros, minimo=min(outros.minimo, taxa), maximo=max(outros.maximo, taxa))

    def _chave(self, colega: Colega, escala: Escala) -> Chave:
        indice = colega.resto + self.peso_no_indice * escala.representativo(colega.valor)
        return chave_de_ordem(indice=indice, peso=colega.peso, codigo_ibge=colega.codigo)

    def _fila_dos_outros(self, escala: Escala) -> list[Chave]:
        """As chaves dos colegas, em ordem; só se refazem quando a escala muda."""
        if escala == self.escala_dos_outros:
            return self._fila_na_escala_dos_outros
        return sorted(self._chave(colega, escala) for colega in self.colegas)

    @cached_property
    def _fila_na_escala_dos_outros(self) -> list[Chave]:
        assert self.escala_dos_outros is not None
        return sorted(self._chave(colega, self.escala_dos_outros) for colega in self.colegas)

    def _cota(self, codigos: Iterable[str], peso: int) -> int:
        """Distribui o recurso do estado com o grupo do município na ordem de `codigos`."""
        filas = dict(self._filas_do_estado)
        minimos = {item.codigo_ibge: item for item in filas[self.caminho.porte_da_norma]}
        filas[self.caminho.porte_da_norma] = [minimos[c] for c in codigos if c in minimos]
        resultado = distribuir(dinheiro=self._dinheiro_do_estado(peso), filas=filas)
        return resultado.pagos.get(self.caminho.codigo, 0)

    @cached_property
    def _filas_do_estado(self) -> dict[Porte, list[NaFila]]:
        filas: dict[Porte, list[NaFila]] = {porte: [] for porte in Porte}
        linhas = [
            linha
            for linha in self.caminho.memoria["municipios"]
            if linha["uf"] == self.caminho.uf and linha["situacao"] in NA_FILA
        ]
        for linha in sorted(linhas, key=lambda linha: int(linha["ordem"])):
            fila = filas[PORTE_POR_NOME[linha["porte"]]]
            fila.append(NaFila(linha["codigo_ibge"], linha["valor_minimo"]))
        return filas

    def _dinheiro_do_estado(self, peso: int) -> dict[Porte, int]:
        """O passo 2 do estado, com o peso do município trocado."""
        uf, porte = self.caminho.uf, self.caminho.porte_da_norma
        pesos = {nome: dict(self.caminho.memoria["passo_2"]["pesos"][nome.nome]) for nome in Porte}
        pesos[porte][uf] += peso - self.proprio.peso
        em_ordem = {p: dict(sorted(por_uf.items())) for p, por_uf in pesos.items()}
        passo = passo_2(passo1=self._passo_1, vulneraveis=em_ordem)
        return {p: passo.valores[p].get(uf, 0) for p in Porte}

    @cached_property
    def _passo_1(self) -> Passo1:
        pesos = self.caminho.memoria["passo_1"]["pesos"]
        return passo_1(
            recurso_centavos=self.caminho.memoria["opcoes"]["recurso_centavos"],
            pesos={porte: pesos[porte.nome] for porte in Porte},
        )


def limite_de_piora(vizinhanca: Vizinhanca) -> int:
    """Quantos passos há entre o valor atual e o pior considerado."""
    distancia = abs(vizinhanca.limite - vizinhanca.atual) * 10**vizinhanca.casas
    passos: int = ceil(distancia)
    return passos


def montar_vizinhanca(caminho: Caminho) -> list[Vizinhanca]:
    """Uma vizinhança por indicador da partilha, na ordem da norma."""
    return [
        _vizinhanca(caminho, indicador) for indicador in Indicador if indicador.value in caminho.linha["indicadores"]
    ]


def _vizinhanca(caminho: Caminho, indicador: Indicador) -> Vizinhanca:
    entrada = caminho.linha["entrada"]
    transicao = caminho.memoria["opcoes"]["transicao_2005"] == "sim"
    coluna, todo, casas = indicador.value, 1, CASAS_MINIMAS
    if indicador is Indicador.VULNERABILIDADE:
        coluna = "familias_pobres" if transicao else "populacao_vulneravel"
        todo, casas = entrada["familias" if transicao else "populacao"], 0
    else:
        casas = max(casas, len(entrada[coluna].partition(".")[2]))
    peso = caminho.memoria["parametros"]["partilha.pesos"]["valor"][indicador.value]
    coluna_do_peso = "familias_pobres" if transicao else "populacao_vulneravel"
    colegas = [_colega(linha, indicador, peso, coluna_do_peso) for linha in caminho.colegas]
    return Vizinhanca(
        caminho=caminho,
        indicador=indicador,
        coluna=coluna,
        atual=Fraction(entrada[coluna]),
        casas=casas,
        todo=todo,
        peso_no_indice=peso,
        escala=_escala(caminho, indicador),
        escala_dos_outros=_escala_sem_o_municipio(caminho, indicador),
        proprio=next(colega for colega in colegas if colega.codigo == caminho.codigo),
        colegas=tuple(colega for colega in colegas if colega.codigo != caminho.codigo),
    )


def _colega(linha: Mapping[str, Any], indicador: Indicador, peso: int, coluna_do_peso: str) -> Colega:
    lido = linha["indicadores"][indicador.value]
    return Colega(
        codigo=linha["codigo_ibge"],
        peso=linha["entrada"][coluna_do_peso],
        valor=ler_fracao(lido["valor"]),
        resto=ler_fracao(linha["indice"]) - peso * ler_fracao(lido["representativo"]),
    )


def _escala(caminho: Caminho, indicador: Indicador) -> Escala:
    lida = caminho.escalas[indicador]
    return Escala(
        indicador=indicador,
        porte=caminho.porte_da_norma,
        abrangencia=lida["abrangencia"],
        minimo=ler_fracao(lida["minimo"]),
        maximo=ler_fracao(lida["maximo"]),
        alto_e_pior=lida["pior"] == "alto",
        municipios=lida["municipios"],
    )


def _escala_sem_o_municipio(caminho: Caminho, indicador: Indicador) -> Escala | None:
    """A escala só com os outros comparados; `None` quando não há outros."""
    menores, maiores = caminho.extremos(indicador)
    if len(menores) < 2:
        return None
    proprio = ler_fracao(caminho.linha["indicadores"][indicador.value]["valor"])
    return replace(
        _escala(caminho, indicador),
        minimo=menores[menores[0] == proprio],
        maximo=maiores[maiores[0] == proprio],
    )
