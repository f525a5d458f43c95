"""O formulário como JSON Schema: o arquivo que se confere, descrito para outros programas."""

from __future__ import annotations

from typing import Any

from normas.registros.formulario import Bloco, Desdobramento, Item, Versao
from normas.registros.preenchimento import MAIOR_NUMERO, NAO_OFERTA, TOTAL

DIALETO = "https://json-schema.org/draft/2020-12/schema"
NUMERO = {"type": "integer", "minimum": 0, "maximum": MAIOR_NUMERO}


def esquema(versao: Versao) -> dict[str, Any]:
    """O JSON Schema do preenchimento inteiro, na forma de um objeto por sexo; itens locais podem vir junto."""
    obrigatorios = [item for bloco in versao.blocos if not bloco.opcional for item in bloco.itens]
    opcionais = [bloco for bloco in versao.blocos if bloco.opcional]
    propriedades: dict[str, Any] = {item.codigo: _item(item) for item in versao.itens.values()}
    dados: dict[str, Any] = {
        "$schema": DIALETO,
        "title": f"{versao.formulario}, versão {versao.versao}",
        "description": versao.nome,
        "type": "object",
        "properties": propriedades,
        "required": obrigatorios,
    }
    if opcionais:
        propriedades[NAO_OFERTA] = {
            "description": "Blocos com a marca “Não realiza oferta do serviço”.",
            "type": "array",
            "items": {"enum": [bloco.codigo for bloco in opcionais]},
        }
        dados["allOf"] = [_inteiro_ou_em_branco(bloco) for bloco in opcionais]
    return dados


def _item(item: Item) -> dict[str, Any]:
    descrito = {"title": item.rotulo}
    if item.ajuda:
        descrito["description"] = item.ajuda
    return descrito | (_desdobrado(item.desdobramento) if item.desdobramento else NUMERO)


def _desdobrado(desdobramento: Desdobramento) -> dict[str, Any]:
    """Um objeto por sexo, com um número por faixa; onde não há o que escolher na faixa, o número é do sexo."""
    faixas = [faixa.nome for faixa in desdobramento.faixas]
    por_sexo = NUMERO if len(faixas) == 1 else _todos(dict.fromkeys(faixas, NUMERO))
    em_quadrinhos = _todos(dict.fromkeys(desdobramento.sexos, por_sexo))
    em_quadrinhos["properties"][TOTAL] = NUMERO
    return {"anyOf": [{"const": 0}, em_quadrinhos]}


def _todos(propriedades: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": propriedades,
        "required": list(propriedades),
        "additionalProperties": False,
    }


def _inteiro_ou_em_branco(bloco: Bloco) -> dict[str, Any]:
    marcado = {"required": [NAO_OFERTA], "properties": {NAO_OFERTA: {"contains": {"const": bloco.codigo}}}}
    return {
        "if": marcado,
        "then": {"properties": dict.fromkeys(bloco.itens, False)},
        "else": {"required": list(bloco.itens)},
    }
