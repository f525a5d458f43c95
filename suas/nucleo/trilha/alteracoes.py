"""Que tabelas têm as alterações contadas na trilha, e como cada coluna aparece nela."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from suas.nucleo import classificacao
from suas.nucleo.anotacoes import Auditada, Coluna, Forma

#: Aplicações cujas tabelas são maquinaria: sessão, fila, catálogo do Django e a própria trilha.
MAQUINARIA = frozenset({"sessions", "contenttypes", "auth", "fila", "trilha", "usersessions", "admin", "sites"})
#: Nomes de campo que são segredo ainda que ninguém o tenha dito no `dados.py`.
SEGREDOS = frozenset({"password", "secret"})
_FORMAS: tuple[tuple[type[models.Field[Any, Any]], Forma], ...] = (
    (models.BooleanField, "logico"),
    (models.UUIDField, "uuid"),
    (models.DateTimeField, "instante"),
    (models.DecimalField, "decimal"),
    (models.JSONField, "json"),
    (models.BinaryField, "binario"),
)


@cache
def auditadas() -> dict[str, Auditada]:
    """As tabelas auditadas, pelo nome no banco. Só depois de todos os módulos prontos."""
    return {tabela.tabela: tabela for tabela in _auditadas()}


def _auditadas() -> Iterator[Auditada]:
    for modelo in apps.get_models(include_auto_created=True):
        opcoes = modelo._meta
        declarada = classificacao.de(opcoes.label_lower)
        if not opcoes.managed or opcoes.proxy or opcoes.app_label in MAQUINARIA:
            continue
        if declarada and (declarada.projecao or declarada.corrente_propria):
            continue
        yield _auditada(modelo, declarada)


def _auditada(modelo: type[models.Model], declarada: classificacao.Tabela | None) -> Auditada:
    opcoes = modelo._meta
    segredos = set(declarada.segredo) if declarada else set()
    protegidos = set(declarada.protegidos) - segredos if declarada else set()
    return Auditada(
        tabela=opcoes.db_table,
        chave=Coluna(nome=str(opcoes.pk.column), forma=_forma(opcoes.pk)),
        colunas=tuple(
            Coluna(
                nome=str(campo.column),
                forma="segredo" if campo.name in segredos or campo.name in SEGREDOS else _forma(campo),
                casas=campo.decimal_places if isinstance(campo, models.DecimalField) else 0,
            )
            for campo in opcoes.concrete_fields
        ),
        titular=_titular(modelo, declarada.titular) if declarada and declarada.titular else "",
        protegidas=frozenset(str(c.column) for c in opcoes.concrete_fields if c.name in protegidos),
    )


def _titular(modelo: type[models.Model], caminho: str) -> str:
    """SQL do UUID da pessoa a quem a linha se refere, com `{linha}` no lugar dela; vazio se não é UUID.

    O caminho pode passar por outras tabelas: `email_address__user` busca a pessoa na linha apontada.
    """
    primeiro, *resto = caminho.split("__")
    campo = modelo._meta.get_field(primeiro)
    if not isinstance(campo, models.Field) or not campo.column:
        return ""
    sql = f'{{linha}}."{campo.column}"'
    for passo in resto:
        alvo = campo.related_model
        assert isinstance(alvo, type) and issubclass(alvo, models.Model)
        campo = alvo._meta.get_field(passo)
        assert isinstance(campo, models.Field)
        tabela, chave = alvo._meta.db_table, alvo._meta.pk.column
        sql = f'(SELECT "{tabela}"."{campo.column}" FROM "{tabela}" WHERE "{tabela}"."{chave}" = {sql})'
    return sql if _forma(campo) == "uuid" else ""


def _forma(campo: models.Field[Any, Any]) -> Forma:
    alvo = campo
    while isinstance(alvo, models.ForeignKey):
        alvo = alvo.target_field
    return next((forma for tipo, forma in _FORMAS if isinstance(alvo, tipo)), "simples")
