"""As regras de guarda, lidas de guarda.yaml: por quanto tempo cada coisa fica, desde quando a regra vale e por quê."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from normas.base.fundamento import Fundamento
from normas.base.vigencia import Vigencia

ARQUIVO = Path(__file__).with_name("guarda.yaml")
NENHUM = "nenhum"


@dataclass(frozen=True, kw_only=True)
class Regra:
    """Uma regra num período. `dias` vazio: não se apaga sozinho; `razao` diz por quê."""

    nome: str
    titulo: str
    conta: str
    dias: int | None
    vigencia: Vigencia
    fundamento: Fundamento
    evidencia: str
    razao: str

    @property
    def em_palavras(self) -> str:
        if self.dias is None:
            return "não se apaga sozinho"
        return "1 dia" if self.dias == 1 else f"{self.dias} dias"


@cache
def regras() -> Mapping[str, tuple[Regra, ...]]:
    """Todos os valores de cada regra, do mais antigo ao mais novo."""
    lidas: Mapping[str, Any] = yaml.safe_load(ARQUIVO.read_text(encoding="utf-8"))
    return {nome: tuple(_regra(nome, regra, linha) for linha in regra["valores"]) for nome, regra in lidas.items()}


def regra(nome: str, *, em: date) -> Regra:
    """A regra em vigor no dia, ou a mais próxima dele. Erros: `KeyError` se não há regra com o nome."""
    valores = regras()[nome]
    return next((valor for valor in reversed(valores) if valor.vigencia.desde <= em), valores[0])


def _regra(nome: str, regra: Mapping[str, Any], linha: Mapping[str, Any]) -> Regra:
    return Regra(
        nome=nome,
        titulo=regra["titulo"],
        conta=regra["conta"],
        dias=None if linha["dias"] == NENHUM else int(linha["dias"]),
        vigencia=Vigencia(linha["desde"], linha.get("ate")),
        fundamento=Fundamento(**linha["fundamento"]),
        evidencia=linha["evidencia"],
        razao=linha["razao"].strip(),
    )
