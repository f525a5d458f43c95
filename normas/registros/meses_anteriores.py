"""O valor do mês diante dos meses anteriores da própria unidade (ADR 0071)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from normas.base.numeros import com_virgula
from normas.parametros.leitura import parametro
from normas.registros.exame import Achado, Exame, maiuscula
from normas.registros.formulario import Regra


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparacao:
    """Os meses anteriores em três números, e se o valor destoa deles."""

    meses: int
    menor: int
    maior: int
    mediana: Fraction
    destoa: bool


def comparar(*, valor: int, anteriores: Sequence[int], em: date) -> Comparacao | None:
    """Compara um valor com os dos meses anteriores; ausente quando são poucos.

    Destoa o que fica longe da mediana mais do que tantas vezes a variação comum, e o zero onde nunca houve zero.
    """
    regra = parametro("registros.meses_anteriores", em=em).conteudo
    if len(anteriores) < regra["minimo_de_meses"]:
        return None
    centro = mediana(anteriores)
    distancia = abs(valor - centro)
    variacao = mediana([abs(outro - centro) for outro in anteriores])
    longe = distancia > regra["vezes"] * variacao or (valor == 0 and min(anteriores) > 0)
    return Comparacao(
        meses=len(anteriores),
        menor=min(anteriores),
        maior=max(anteriores),
        mediana=centro,
        destoa=longe and distancia > regra["diferenca_minima"],
    )


def mediana(valores: Iterable[int | Fraction]) -> Fraction:
    """O valor do meio, ou a média dos dois do meio. Erros: `IndexError` sem valores."""
    em_ordem = sorted(Fraction(valor) for valor in valores)
    meio = len(em_ordem) // 2
    return em_ordem[meio] if len(em_ordem) % 2 else (em_ordem[meio - 1] + em_ordem[meio]) / 2


def meses_anteriores(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """Compara cada item com os meses informados dos doze anteriores."""
    quantos = parametro("registros.meses_anteriores", em=exame.competencia.desde).conteudo["meses"]
    desde = exame.competencia.meses_antes(quantos)
    olhados = [preenchido for mes, preenchido in exame.contexto.anteriores.items() if desde <= mes < exame.competencia]
    if not olhados:
        return
    for termo in regra.itens:
        item, numero = exame.item(termo.item), exame.total(termo.item)
        antes = [total for preenchido in olhados if (total := preenchido.total(item)) is not None]
        if numero is None:
            continue
        comparacao = comparar(valor=numero, anteriores=antes, em=exame.competencia.desde)
        if comparacao and comparacao.destoa:
            yield Achado(
                (termo.item,),
                f"{maiuscula(exame.dito(termo, numero))} destoam dos {comparacao.meses} meses anteriores desta "
                f"unidade, que foram de {com_virgula(comparacao.menor)} a {com_virgula(comparacao.maior)}, com "
                f"{_sem_virgula_inutil(comparacao.mediana)} no meio. Confira o número.",
            )


def _sem_virgula_inutil(valor: Fraction) -> str:
    return com_virgula(valor, casas=0 if valor.denominator == 1 else 1)
