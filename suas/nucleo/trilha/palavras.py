"""Uma alteração em palavras: o nome de cada campo, o valor antes e o depois, sem dado de pessoa a quem não o pediu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime

from suas.nucleo import classificacao
from suas.nucleo.tela import filtros
from suas.nucleo.trilha import busca, consultas
from suas.nucleo.trilha.models import Alteracao

ESCONDIDO = "(dado pessoal)"
SEGREDO = "(segredo, não se guarda)"
MAIOR = 300


@dataclass(frozen=True, kw_only=True)
class Campo:
    """Um campo mudado: o nome que se lê e o da coluna no banco."""

    nome: str
    coluna: str
    antes: str
    depois: str


@dataclass(frozen=True, kw_only=True)
class Mudanca:
    """Uma linha do banco incluída, mudada ou excluída, em palavras.

    `pessoal`: há dado de pessoa entre os campos; `sigilo`: a trilha não o abre a ninguém, nem com motivo.
    """

    titulo: str
    operacao: str
    campos: tuple[Campo, ...]
    pessoal: bool
    sigilo: bool
    titular: Any


def mudancas(alteracoes: Sequence[Alteracao], *, com_dado_pessoal: bool) -> list[Mudanca]:
    """As alterações em palavras; sem `com_dado_pessoal`, o lugar do dado é dito e o dado não se abre."""
    return [_mudanca(alteracao, com_dado_pessoal=com_dado_pessoal) for alteracao in alteracoes]


def _mudanca(alteracao: Alteracao, *, com_dado_pessoal: bool) -> Mudanca:
    modelo = busca.modelo_da_tabela(alteracao.tabela)
    sigilo = sob_sigilo(modelo)
    abre = com_dado_pessoal and not sigilo
    lida = consultas.legivel(alteracao, decifrar=abre)
    colunas = [coluna for coluna in {**lida.antes, **lida.depois} if not _so_da_maquina(modelo, coluna)]

    def valor(lado: dict[str, Any], coluna: str) -> str:
        if coluna not in lado:
            return filtros.AUSENTE
        if coluna in lida.pessoais and not abre:
            return ESCONDIDO
        return _em_palavras(modelo, coluna, lado[coluna])

    return Mudanca(
        titulo=busca.titulo_da_tabela(alteracao.tabela),
        operacao=alteracao.get_operacao_display(),
        campos=tuple(
            Campo(
                nome=_rotulo(modelo, coluna),
                coluna=coluna,
                antes=valor(lida.antes, coluna),
                depois=valor(lida.depois, coluna),
            )
            for coluna in colunas
        ),
        pessoal=bool(lida.pessoais),
        sigilo=sigilo,
        titular=alteracao.titular,
    )


def sob_sigilo(modelo: type[models.Model] | None) -> bool:
    """O módulo dono da tabela não deixa a trilha abrir o dado de pessoa dela?"""
    tabela = classificacao.de(modelo._meta.label_lower) if modelo else None
    return tabela is not None and tabela.sigilo


def _campo(modelo: type[models.Model] | None, coluna: str) -> models.Field[Any, Any] | None:
    if modelo is None:
        return None
    return next((campo for campo in modelo._meta.local_fields if campo.column == coluna), None)


def _so_da_maquina(modelo: type[models.Model] | None, coluna: str) -> bool:
    """O identificador da linha e os que só ligam uma tabela a outra não dizem nada a quem lê."""
    campo = _campo(modelo, coluna)
    return campo is not None and (campo.primary_key or isinstance(campo, models.UUIDField))


def _rotulo(modelo: type[models.Model] | None, coluna: str) -> str:
    campo = _campo(modelo, coluna)
    if modelo is None or campo is None:
        return coluna
    return classificacao.rotulo(modelo._meta.label_lower, campo.name)


def _em_palavras(modelo: type[models.Model] | None, coluna: str, valor: Any) -> str:
    campo = _campo(modelo, coluna)
    if valor is None or valor == "":
        return filtros.AUSENTE
    if valor in (consultas.APAGADO, consultas.ILEGIVEL):
        return str(valor)
    if campo is None:
        return _curto(valor)
    if _e_segredo(modelo, campo):
        return SEGREDO
    if campo.choices:
        return str(dict(campo.flatchoices).get(valor, valor))
    if isinstance(valor, list):
        return _curto(", ".join(map(str, valor))) if valor else filtros.AUSENTE
    if isinstance(campo, models.BooleanField):
        return "sim" if valor in (True, 1, "1", "true", "t") else "não"
    if isinstance(campo, models.ForeignKey):
        return _nome_do_outro(campo, valor)
    return _data(campo, valor) or _curto(valor)


def _e_segredo(modelo: type[models.Model] | None, campo: models.Field[Any, Any]) -> bool:
    tabela = classificacao.de(modelo._meta.label_lower) if modelo else None
    return tabela is not None and campo.name in tabela.segredo


def _data(campo: models.Field[Any, Any], valor: Any) -> str:
    """O dia ou o instante como se lê; vazio se o campo não é data ou o valor não se entende como tal."""
    if isinstance(campo, models.DateTimeField):
        instante: datetime | None = parse_datetime(str(valor))
        return filtros.momento(instante) if instante and instante.tzinfo else ""
    if isinstance(campo, models.DateField):
        dia: date | None = parse_date(str(valor))
        return filtros.dia(dia)
    return ""


def _nome_do_outro(campo: models.ForeignKey[Any, Any], valor: Any) -> str:
    """O nome do que o campo aponta; se guarda dado de pessoa, só se diz o que é."""
    alvo = campo.related_model
    assert isinstance(alvo, type) and issubclass(alvo, models.Model)
    tabela = classificacao.de(alvo._meta.label_lower)
    if tabela is None or tabela.protegidos:
        return f"({classificacao.titulo(alvo._meta.label_lower)})"
    try:
        achado = alvo._default_manager.filter(pk=alvo._meta.pk.to_python(valor)).first()
    except (FieldDoesNotExist, ValueError, TypeError):
        achado = None
    return str(achado) if achado else "(já não existe)"


def _curto(valor: Any) -> str:
    texto = str(valor)
    return texto if len(texto) <= MAIOR else f"{texto[:MAIOR]}… ({len(texto)} caracteres)"
