"""Lê os parâmetros da lei: `parametro("rede.cras_por_porte", em=dia)`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from normas.base.fundamento import Fundamento
from normas.base.vigencia import Vigencia

PASTA = Path(__file__).parent
EVIDENCIAS = ("confirmado", "leitura do projeto")


class ParametroDesconhecido(LookupError):
    """Não há arquivo para o nome pedido."""


class ParametroForaDeVigencia(LookupError):
    """O parâmetro existe, mas nenhum valor está em vigor no dia pedido."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parametro:
    """Um valor da lei com sua fonte e seu período.

    `conteudo` tem a forma do YAML, só de leitura. `evidencia` é "confirmado" (lido no texto oficial)
    ou "leitura do projeto" (só pode avisar, nunca bloquear); `observacao` diz o que falta conferir.
    """

    nome: str
    descricao: str
    unidade: Any
    conteudo: Any
    fundamento: Fundamento
    vigencia: Vigencia
    evidencia: str
    observacao: str


def nomes() -> tuple[str, ...]:
    """Nomes de todos os parâmetros, em ordem: o caminho do arquivo com pontos."""
    return tuple(
        sorted(".".join(arquivo.relative_to(PASTA).with_suffix("").parts) for arquivo in PASTA.rglob("*.yaml"))
    )


def arquivo_de(nome: str) -> Path:
    """Caminho do YAML de um parâmetro. Erros: `ParametroDesconhecido`."""
    if nome not in nomes():
        raise ParametroDesconhecido(f"Não há parâmetro “{nome}”. Os que existem: {', '.join(nomes())}.")
    return PASTA.joinpath(*nome.split(".")).with_suffix(".yaml")


@cache
def versoes(nome: str) -> tuple[Parametro, ...]:
    """Todos os valores que o parâmetro já teve, do mais antigo ao mais novo.

    Erros: `ParametroDesconhecido`.
    """
    dados = yaml.safe_load(arquivo_de(nome).read_text(encoding="utf-8"))
    return tuple(
        Parametro(
            nome=nome,
            descricao=dados["descricao"],
            unidade=_somente_leitura(dados["unidade"]),
            conteudo=_somente_leitura(linha["valor"]),
            fundamento=Fundamento(**linha["fundamento"]),
            vigencia=Vigencia(linha["desde"], linha.get("ate")),
            evidencia=linha.get("evidencia", EVIDENCIAS[0]),
            observacao=linha.get("observacao", ""),
        )
        for linha in dados["valores"]
    )


def parametro(nome: str, *, em: date) -> Parametro:
    """Devolve o valor em vigor no dia `em`, com fonte e vigência.

    Erros: `ParametroDesconhecido`; `ParametroForaDeVigencia`, que diz os períodos conhecidos.
    """
    for versao in versoes(nome):
        if versao.vigencia.contem(em):
            return versao
    periodos = "; ".join(str(versao.vigencia) for versao in versoes(nome))
    raise ParametroForaDeVigencia(
        f"Em {em:%d/%m/%Y} não há valor em vigor de “{nome}”. Períodos conhecidos: {periodos}."
    )


def _somente_leitura(valor: Any) -> Any:
    """Congela o que veio do YAML, para que ninguém altere a lei por engano."""
    if isinstance(valor, Mapping):
        return MappingProxyType({chave: _somente_leitura(item) for chave, item in valor.items()})
    return valor
