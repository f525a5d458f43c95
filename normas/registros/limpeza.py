"""As regras com que o ministério limpou o que recebeu, aplicadas antes do envio: aqui só avisam (ADR 0071)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from normas.base.numeros import com_virgula
from normas.parametros.leitura import parametro
from normas.registros.distribuicao import Distribuicao
from normas.registros.exame import Achado, Exame, maiuscula
from normas.registros.formulario import Regra
from normas.territorio.porte import Porte


def cortes_do_paif(*, porte: Porte, em: date) -> tuple[int, int]:
    """As famílias em acompanhamento e as novas acima das quais o ministério apagou o valor, no porte."""
    linha = parametro("registros.corte_do_paif", em=em).conteudo[porte]
    return linha["familias"], linha["novas"]


def acima_da_metade(*, novas: int, total: int) -> bool:
    """Diz se as novas passam da metade do total; quando passam do total, outra regra já o diz."""
    return total < 2 * novas and novas <= total


def destoa_na_faixa(*, valor: int, na_faixa: Distribuicao, em: date) -> bool:
    """Diz se o valor passa da média da faixa em mais desvios do que o corte; com poucas unidades, não."""
    corte = parametro("registros.desvio_na_faixa", em=em).conteudo
    return na_faixa.quantos >= corte["minimo_de_unidades"] and na_faixa.acima_de(valor, desvios=corte["desvios"])


def corte_por_porte(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """Compara o total e as novas com os cortes do porte, quando se sabe o porte."""
    porte = exame.contexto.porte
    if porte is None:
        return
    cortes = cortes_do_paif(porte=porte, em=exame.competencia.desde)
    for termo, corte in zip(regra.itens, cortes, strict=True):
        numero = exame.total(termo.item)
        if numero is not None and numero > corte:
            yield Achado(
                (termo.item,),
                f"{maiuscula(exame.dito(termo, numero))} passam de {com_virgula(corte)}, o corte do ministério "
                f"para o porte {porte.nome}: acima dele, o valor já foi apagado da base nacional. Confira; se "
                "está certo, guarde a lista das famílias.",
            )


def metade_do_estoque(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """Avisa quando as novas são mais da metade do total."""
    novas, total = exame.parte(regra.itens[0]), exame.parte(regra.limite[0])
    if novas is None or total is None or not acima_da_metade(novas=novas, total=total):
        return
    yield Achado(
        (regra.itens[0].item, regra.limite[0].item),
        f"{maiuscula(exame.dito(regra.itens[0], novas))} são mais da metade "
        f"d{exame.dito(regra.limite[0], total)}. Confira os dois números.",
    )


def desvio_na_faixa(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """Compara cada item com os municípios da mesma faixa de população, quando se sabe como responderam."""
    for termo in regra.itens:
        na_faixa = exame.contexto.na_faixa.get(termo.item)
        numero = exame.total(termo.item) if na_faixa else None
        if numero is None or na_faixa is None:
            continue
        if destoa_na_faixa(valor=numero, na_faixa=na_faixa, em=exame.competencia.desde):
            yield Achado(
                (termo.item,),
                f"{maiuscula(exame.dito(termo, numero))} destoam das unidades de municípios da mesma "
                f"faixa de população: em {com_virgula(na_faixa.quantos)} delas, a média é "
                f"{com_virgula(na_faixa.media, casas=1)}. Confira o número.",
            )
