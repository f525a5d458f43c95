"""O mês em planilha: uma linha por número do formulário, com o que foi informado, o que não se aplica e o que falta."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from normas.base.competencia import Competencia
from normas.registros.formulario import Item, Versao
from normas.registros.preenchimento import Preenchimento, Situacao, ler_objeto
from suas.cadastros.rede.models import Unidade
from suas.nucleo.tela.exportar import coluna

COLUNAS = (
    coluna("unidade", "Unidade"),
    coluna("identificador", "Nº da unidade"),
    coluna("municipio", "Município"),
    coluna("mes", "Mês"),
    coluna("formulario", "Formulário"),
    coluna("item", "Item"),
    coluna("rotulo", "O que se conta"),
    coluna("sexo", "Sexo"),
    coluna("idade", "Idade"),
    coluna("valor", "Valor", "inteiro"),
    coluna("situacao", "Informado?"),
    coluna("contado", "Contado nos registros", "inteiro"),
)


def linhas(
    unidade: Unidade,
    competencia: Competencia,
    *,
    versao: Versao,
    itens: Mapping[str, Any],
    calculados: Mapping[str, int],
) -> Iterator[tuple[Any, ...]]:
    """Cada item e cada quadrinho, na ordem impressa; o que não é número sai em branco, com a situação ao lado."""
    preenchido = ler_objeto(itens, versao=versao)
    da_unidade = (
        unidade.nome,
        unidade.identificador or "",
        unidade.municipio_id,
        str(competencia),
        versao.formulario,
    )
    for item in versao.itens.values():
        contado = calculados.get(item.codigo)
        total = preenchido.total(item)
        situacao = _situacao(preenchido, item, total)
        yield (*da_unidade, item.codigo, item.rotulo, "", "", total, situacao, contado)
        for celula in item.desdobramento.celulas if item.desdobramento is not None else ():
            valor = preenchido.valores[item.codigo].celulas.get(celula) if item.codigo in preenchido.valores else None
            situacao = str(Situacao.INFORMADO) if valor is not None else str(_sem_valor(preenchido, item))
            yield (*da_unidade, item.codigo, item.rotulo, celula.sexo, celula.faixa, valor, situacao, None)


def _situacao(preenchido: Preenchimento, item: Item, total: int | None) -> str:
    return str(Situacao.INFORMADO) if total is not None else str(_sem_valor(preenchido, item))


def _sem_valor(preenchido: Preenchimento, item: Item) -> Situacao:
    dita = preenchido.situacao(item)
    return dita if dita is Situacao.NAO_SE_APLICA else Situacao.NAO_INFORMADO
