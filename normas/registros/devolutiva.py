"""O que volta a quem enviou o mês: o que mudou, como estão as unidades parecidas e três perguntas para a reunião.

Leitura do projeto (ADR 0086): nenhuma norma manda comparar assim. As perguntas são dado, em `devolutivas/*.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from normas.base.numeros import com_virgula

PASTA = Path(__file__).parent / "devolutivas"
#: Quantas perguntas voltam, e quantos meses de antes fazem o “costume” da unidade.
PERGUNTAS, COSTUME = 3, 3
Totais = Mapping[str, int]


class Rumo(StrEnum):
    """Para onde foi um número diante do costume da unidade."""

    SUBIU = "subiu"
    DESCEU = "desceu"
    PARECIDO = "ficou parecido"
    NOVO = "não havia antes"


class Lugar(StrEnum):
    """Onde um número fica diante da metade do meio das unidades parecidas."""

    ABAIXO = "abaixo da maioria"
    ENTRE = "entre a maioria"
    ACIMA = "acima da maioria"


@dataclass(frozen=True, kw_only=True)
class Mudanca:
    """Um item no mês e no costume: a mediana de até três meses de antes, para que um mês fora do comum não assuste."""

    item: str
    atual: int
    antes: Fraction | None
    rumo: Rumo


@dataclass(frozen=True, kw_only=True)
class Faixa:
    """Como um item se espalha entre unidades parecidas: metade delas fica entre `de` e `ate`."""

    unidades: int
    de: Fraction
    mediana: Fraction
    ate: Fraction

    def lugar(self, valor: Fraction | int) -> Lugar:
        if valor < self.de:
            return Lugar.ABAIXO
        return Lugar.ACIMA if valor > self.ate else Lugar.ENTRE


@dataclass(frozen=True, kw_only=True)
class Conversa:
    """Uma regra que vira pergunta: que número olha, quando pergunta e o que pergunta.

    `tipo` escolhe a condição; `com` é o outro item dela; `de` é a parte, em centésimos, a partir da qual se pergunta;
    `minimo`, o menor número que conta; `meses`, por quantos meses.
    """

    codigo: str
    tipo: str
    pergunta: str
    porque: str
    item: str = ""
    com: str = ""
    de: int = 0
    minimo: int = 0
    meses: int = 0


@dataclass(frozen=True, kw_only=True)
class Roteiro:
    """O que se olha num formulário: os itens que abrem a página, o menor grupo que se compara e as conversas."""

    formulario: str
    destaques: tuple[str, ...]
    minimo_de_unidades: int
    tolerancia: int
    menor_diferenca: int
    conversas: tuple[Conversa, ...]


@dataclass(frozen=True, kw_only=True)
class Pergunta:
    """O que se pergunta à equipe e os números que levaram a perguntar."""

    codigo: str
    item: str
    texto: str
    porque: str


@cache
def roteiro(formulario: str) -> Roteiro:
    """O roteiro do formulário. Erros: `FileNotFoundError` se não há."""
    arquivo = PASTA / f"{formulario.lower().replace('-', '_')}.yaml"
    dados = yaml.safe_load(arquivo.read_text(encoding="utf-8"))
    return Roteiro(
        formulario=dados["formulario"],
        destaques=tuple(dados["destaques"]),
        minimo_de_unidades=dados["minimo_de_unidades"],
        tolerancia=dados["tolerancia"],
        menor_diferenca=dados["menor_diferenca"],
        conversas=tuple(Conversa(**conversa) for conversa in dados["conversas"]),
    )


def mudancas(atual: Totais, anteriores: Sequence[Totais], *, roteiro: Roteiro) -> list[Mudanca]:
    """Cada item informado no mês, diante do costume; `anteriores` vai do mais antigo ao mais novo."""
    achadas = []
    for item, valor in atual.items():
        antes = costume(item, anteriores)
        achadas.append(Mudanca(item=item, atual=valor, antes=antes, rumo=_rumo(valor, antes, roteiro)))
    return achadas


def costume(item: str, anteriores: Sequence[Totais]) -> Fraction | None:
    """A mediana dos últimos três meses em que o item foi informado; ausente se não houve."""
    ultimos = [totais[item] for totais in anteriores if item in totais][-COSTUME:]
    return _mediana(sorted(map(Fraction, ultimos))) if ultimos else None


def _rumo(valor: int, antes: Fraction | None, roteiro: Roteiro) -> Rumo:
    if antes is None:
        return Rumo.NOVO
    diferenca = valor - antes
    if abs(diferenca) < roteiro.menor_diferenca or abs(diferenca) * 100 <= antes * roteiro.tolerancia:
        return Rumo.PARECIDO
    return Rumo.SUBIU if diferenca > 0 else Rumo.DESCEU


def faixa(valores: Iterable[Fraction | int], *, minimo: int) -> Faixa | None:
    """A metade do meio e a mediana; ausente com menos de `minimo` unidades, que se deixariam reconhecer."""
    ordenados = sorted(map(Fraction, valores))
    if len(ordenados) < minimo:
        return None
    fora = len(ordenados) // 4
    return Faixa(unidades=len(ordenados), de=ordenados[fora], mediana=_mediana(ordenados), ate=ordenados[-1 - fora])


def faixas(itens: Iterable[str], parecidas: Sequence[Totais], *, roteiro: Roteiro) -> dict[str, Faixa]:
    """A faixa de cada item entre as parecidas; o que poucas informam não se compara."""
    achadas = {
        item: faixa((totais[item] for totais in parecidas if item in totais), minimo=roteiro.minimo_de_unidades)
        for item in itens
    }
    return {item: achada for item, achada in achadas.items() if achada is not None}


def perguntas(
    atual: Totais, anteriores: Sequence[Totais], parecidas: Sequence[Totais], *, roteiro: Roteiro
) -> tuple[Pergunta, ...]:
    """As três primeiras conversas que cabem, na ordem do roteiro, uma por item; as de sempre completam."""
    mes = _Mes(atual, anteriores, parecidas, roteiro)
    feitas: dict[str, Pergunta] = {}
    for conversa in roteiro.conversas:
        chave = conversa.item or conversa.codigo
        if len(feitas) < PERGUNTAS and chave not in feitas and (numeros := mes.cabe(conversa)) is not None:
            ditos = {nome: _em_palavras(numero) for nome, numero in numeros.items()}
            feitas[chave] = Pergunta(
                codigo=conversa.codigo,
                item=conversa.item,
                texto=conversa.pergunta.format(**ditos),
                porque=conversa.porque.format(**ditos),
            )
    return tuple(feitas.values())


@dataclass(frozen=True)
class _Mes:
    """Os números diante dos quais uma conversa cabe ou não."""

    atual: Totais
    anteriores: Sequence[Totais]
    parecidas: Sequence[Totais]
    roteiro: Roteiro

    def cabe(self, conversa: Conversa) -> dict[str, Fraction] | None:
        """Os números da pergunta, se ela cabe; senão, nada."""
        if conversa.tipo == "sempre":
            return {}
        valor = self.atual.get(conversa.item)
        if valor is None:
            return None
        numeros = {
            "sobe": self._muda,
            "desce": self._muda,
            "some": self._some,
            "repete": self._repete,
            "nenhum": self._nenhum,
            "acima": self._diante_das_parecidas,
            "abaixo": self._diante_das_parecidas,
        }[conversa.tipo](conversa, valor)
        return None if numeros is None else {"atual": Fraction(valor), **numeros}

    def _muda(self, conversa: Conversa, valor: int) -> dict[str, Any] | None:
        antes = costume(conversa.item, self.anteriores)
        if antes is None or (antes < conversa.minimo and valor < conversa.minimo):
            return None
        diferenca = valor - antes if conversa.tipo == "sobe" else antes - valor
        return {"antes": antes} if diferenca > 0 and diferenca * 100 >= antes * conversa.de else None

    def _some(self, conversa: Conversa, valor: int) -> dict[str, Any] | None:
        antes = costume(conversa.item, self.anteriores)
        return {"antes": antes} if not valor and antes is not None and antes >= conversa.minimo else None

    def _repete(self, conversa: Conversa, valor: int) -> dict[str, Any] | None:
        ultimos = [totais.get(conversa.item) for totais in self.anteriores][-conversa.meses + 1 :]
        iguais = len(ultimos) == conversa.meses - 1 and set(ultimos) == {valor}
        return {"meses": Fraction(conversa.meses)} if iguais and valor >= conversa.minimo else None

    def _nenhum(self, conversa: Conversa, valor: int) -> dict[str, Any] | None:
        outro = self.atual.get(conversa.com, 0)
        return {"com": Fraction(outro)} if not valor and outro >= conversa.minimo else None

    def _diante_das_parecidas(self, conversa: Conversa, valor: int) -> dict[str, Any] | None:
        """Por cem do outro item: 25 visitas em 100 famílias."""
        base = self.atual.get(conversa.com, 0)
        if base < max(conversa.minimo, 1):
            return None
        entre = faixa(
            (
                Fraction(100 * totais[conversa.item], totais[conversa.com])
                for totais in self.parecidas
                if totais.get(conversa.com) and conversa.item in totais
            ),
            minimo=self.roteiro.minimo_de_unidades,
        )
        taxa = Fraction(100 * valor, base)
        pedido = Lugar.ACIMA if conversa.tipo == "acima" else Lugar.ABAIXO
        if entre is None or entre.lugar(taxa) is not pedido:
            return None
        return {"com": Fraction(base), "taxa": taxa, "mediana": entre.mediana, "unidades": Fraction(entre.unidades)}


def _mediana(ordenados: Sequence[Fraction]) -> Fraction:
    meio = len(ordenados) // 2
    return ordenados[meio] if len(ordenados) % 2 else (ordenados[meio - 1] + ordenados[meio]) / 2


def _em_palavras(numero: Fraction) -> str:
    return com_virgula(numero) if numero.denominator == 1 or numero >= 10 else com_virgula(numero, casas=1)
