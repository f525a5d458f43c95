"""Preenchimentos prontos para os testes: tudo em zero, com o que se quiser por cima."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from normas.base.competencia import Competencia
from normas.registros.formulario import Versao
from normas.registros.leitura import formulario

JANEIRO = Competencia(2026, 1)


def versao_de(codigo: str) -> Versao:
    return formulario(codigo, em=JANEIRO)


def tudo_em_zero(versao: Versao, **por_cima: Any) -> dict[str, Any]:
    """Todo item e todo quadrinho em zero; o que vem por cima completa os quadrinhos que não diz com zero."""
    dados: dict[str, Any] = dict.fromkeys(versao.itens, 0)
    for codigo, escrito in por_cima.items():
        item = versao.itens.get(codigo)
        dados[codigo] = escrito if item is None or item.desdobramento is None else _completo(versao, codigo, escrito)
    return dados


def _completo(versao: Versao, codigo: str, escrito: Any) -> Any:
    desdobramento = versao.itens[codigo].desdobramento
    if desdobramento is None or not isinstance(escrito, Mapping):
        return escrito
    if len(desdobramento.faixas) == 1:
        return dict(escrito)
    completo: dict[str, Any] = {"total": escrito["total"]} if "total" in escrito else {}
    for sexo in desdobramento.sexos:
        dadas = dict(escrito.get(sexo, escrito.get(sexo[0], {})))
        faltam = {faixa.nome: 0 for faixa in desdobramento.faixas if _chave(faixa.nome) not in map(_chave, dadas)}
        completo[sexo] = dadas | faltam
    return completo


def _chave(nome: str) -> str:
    return nome.replace(" anos", "").replace(" a ", "-").replace(" ou mais", "+")
