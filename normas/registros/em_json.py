"""O formulário e as inconsistências como outros programas os leem (nomes são contrato)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from normas.base.competencia import Competencia
from normas.base.inconsistencia import Inconsistencia
from normas.registros.formulario import Desdobramento, Item, Regra, Versao


def do_formulario(versao: Versao, *, em: Competencia) -> dict[str, Any]:
    """A versão inteira: itens na ordem impressa, blocos, regras e o que não se compara."""
    return {
        "codigo": versao.formulario,
        "nome": versao.nome,
        "tipo_de_unidade": versao.tipo_de_unidade,
        "versao": versao.versao,
        "vigencia": {"desde": str(versao.desde), "ate": str(versao.ate) if versao.ate else None},
        "competencia": str(em),
        "fundamento": str(versao.fundamento),
        "cabecalho": list(versao.cabecalho),
        "rodape": list(versao.rodape),
        "blocos": [
            {
                "codigo": bloco.codigo,
                "titulo": bloco.titulo,
                "opcional": bloco.opcional or None,
                "secoes": [
                    {
                        "codigo": secao.codigo,
                        "titulo": secao.titulo,
                        "ajuda": secao.ajuda or None,
                        "itens": list(secao.itens),
                    }
                    for secao in bloco.secoes
                ],
            }
            for bloco in versao.blocos
        ],
        "itens": [_item(item) for item in versao.itens.values()],
        "regras": [_regra(regra) for regra in versao.regras],
        "nao_se_compara": [
            {
                "regra": nota.codigo,
                "itens": list(nota.itens),
                "explicacao": nota.explicacao,
                "fundamento": str(nota.fundamento),
            }
            for nota in versao.nao_se_compara
        ],
        "fontes": list(versao.fontes),
    }


def das_inconsistencias(achadas: Iterable[Inconsistencia]) -> list[dict[str, Any]]:
    """Cada inconsistência, na ordem em que se resolve."""
    return [
        {
            "regra": achada.regra,
            "itens": list(achada.itens),
            "gravidade": str(achada.gravidade),
            "mensagem": achada.mensagem,
            "fundamento": str(achada.fundamento),
        }
        for achada in achadas
    ]


def _item(item: Item) -> dict[str, Any]:
    return {
        "codigo": item.codigo,
        "rotulo": item.rotulo,
        "medida": str(item.medida),
        "desdobramento": _desdobramento(item.desdobramento) if item.desdobramento else None,
        "conta": item.conta,
        "bloco": item.bloco,
        "secao": item.secao,
        "coluna": item.coluna,
        "ajuda": item.ajuda or None,
    }


def _desdobramento(desdobramento: Desdobramento) -> dict[str, Any]:
    return {
        "sexos": list(desdobramento.sexos),
        "faixas": [
            {"nome": faixa.nome, "de": faixa.de, "ate": faixa.ate} for faixa in desdobramento.faixas if faixa.nome
        ],
        "sufixos": [
            {"sexo": celula.sexo, "faixa": celula.faixa or None, "sufixo": sufixo}
            for celula, sufixo in desdobramento.sufixos.items()
        ],
    }


def _regra(regra: Regra) -> dict[str, Any]:
    return {
        "regra": regra.codigo,
        "itens": list(regra.codigos),
        "gravidade": str(regra.gravidade),
        "fundamento": str(regra.fundamento),
        "evidencia": str(regra.evidencia),
        "explicacao": regra.explicacao,
        "tipo": str(regra.tipo),
    }
