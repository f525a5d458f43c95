"""Lê os formulários oficiais: `formulario("RMA-CRAS", em=Competencia(2026, 1))`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from normas.base.competencia import Competencia
from normas.base.fundamento import Fundamento
from normas.base.inconsistencia import Gravidade
from normas.registros.formulario import (
    TODAS_AS_IDADES,
    Bloco,
    Celula,
    Desdobramento,
    Evidencia,
    Faixa,
    Item,
    Medida,
    NaoSeCompara,
    Regra,
    Secao,
    Termo,
    TipoDeRegra,
    Versao,
)

PASTA = Path(__file__).parent / "formularios"


class FormularioDesconhecido(LookupError):
    """Não há formulário com o código pedido."""


class FormularioForaDeVigencia(LookupError):
    """O formulário existe, mas não há versão transcrita para o mês pedido."""


def codigos() -> tuple[str, ...]:
    """Códigos de todos os formulários, em ordem: RMA-CRAS, RMA-CREAS, RMA-POP."""
    return tuple(sorted(arquivo.stem.replace("_", "-").upper() for arquivo in PASTA.glob("*.yaml")))


def formulario(codigo: str, *, em: Competencia) -> Versao:
    """Devolve a versão que vale no mês `em`.

    Erros: `FormularioDesconhecido`; `FormularioForaDeVigencia`, que diz os períodos transcritos.
    """
    for versao in versoes(codigo):
        if versao.vale_em(em):
            return versao
    periodos = "; ".join(f"versão {versao.versao}, {periodo_de(versao)}" for versao in versoes(codigo))
    raise FormularioForaDeVigencia(f"Não há {codigo} transcrito para {em}. O que há: {periodos}.")


@cache
def versoes(codigo: str) -> tuple[Versao, ...]:
    """Todas as versões transcritas, da mais antiga à mais nova. Erros: `FormularioDesconhecido`."""
    if codigo not in codigos():
        raise FormularioDesconhecido(f"Não há o formulário “{codigo}”. Os que há: {', '.join(codigos())}.")
    arquivo = PASTA / f"{codigo.lower().replace('-', '_')}.yaml"
    return ler(yaml.safe_load(arquivo.read_text(encoding="utf-8")))


def ler(dados: Mapping[str, Any]) -> tuple[Versao, ...]:
    """Monta as versões de um formulário já lido do YAML."""
    return tuple(_versao(dados, linha) for linha in dados["versoes"])


def periodo_de(versao: Versao) -> str:
    """De quando a quando a versão vale, em palavras."""
    return f"de {versao.desde} a {versao.ate}" if versao.ate else f"desde {versao.desde}"


def _versao(dados: Mapping[str, Any], linha: Mapping[str, Any]) -> Versao:
    desdobramentos = {nome: _desdobramento(nome, valor) for nome, valor in linha.get("desdobramentos", {}).items()}
    itens = {
        item["codigo"]: _item(item, bloco["codigo"], secao["codigo"], desdobramentos)
        for bloco in linha["blocos"]
        for secao in bloco["secoes"]
        for item in secao["itens"]
    }
    return Versao(
        formulario=dados["codigo"],
        nome=dados["nome"],
        tipo_de_unidade=dados["tipo_de_unidade"],
        versao=str(linha["versao"]),
        desde=Competencia.de_texto(linha["desde"]),
        ate=Competencia.de_texto(linha["ate"]) if "ate" in linha else None,
        fundamento=Fundamento(**linha["fundamento"]),
        fontes=tuple(linha["fontes"]),
        cabecalho=tuple(linha["cabecalho"]),
        rodape=tuple(linha["rodape"]),
        blocos=tuple(_bloco(bloco) for bloco in linha["blocos"]),
        itens=MappingProxyType(itens),
        regras=tuple(_regra(regra, tuple(itens)) for regra in linha["regras"]),
        nao_se_compara=tuple(_nao_se_compara(nota) for nota in linha.get("nao_se_compara", ())),
    )


def _desdobramento(nome: str, valor: Mapping[str, Any]) -> Desdobramento:
    faixas = tuple(
        Faixa(faixa["nome"], faixa["de"], faixa.get("ate"))
        for faixa in valor.get("faixas", [{"nome": TODAS_AS_IDADES, "de": 0}])
    )
    sexos = tuple(valor["sexos"])
    celulas = {Celula(sexo, faixa.nome): faixa for sexo in sexos for faixa in faixas}
    sufixos = dict(zip(celulas, valor.get("sufixos", ""), strict="sufixos" in valor))
    return Desdobramento(nome, sexos, faixas, MappingProxyType(celulas), MappingProxyType(sufixos))


def _bloco(bloco: Mapping[str, Any]) -> Bloco:
    return Bloco(
        codigo=bloco["codigo"],
        titulo=bloco["titulo"],
        opcional=bloco.get("opcional", ""),
        secoes=tuple(
            Secao(
                codigo=secao["codigo"],
                titulo=secao["titulo"],
                ajuda=secao.get("ajuda", ""),
                itens=tuple(item["codigo"] for item in secao["itens"]),
            )
            for secao in bloco["secoes"]
        ),
    )


def _item(item: Mapping[str, Any], bloco: str, secao: str, desdobramentos: Mapping[str, Desdobramento]) -> Item:
    return Item(
        codigo=item["codigo"],
        coluna=item["coluna"],
        rotulo=item["rotulo"],
        frase=item["frase"],
        conta=item["conta"],
        medida=Medida(item["medida"]),
        desdobramento=desdobramentos[item["desdobramento"]] if "desdobramento" in item else None,
        ajuda=item.get("ajuda", ""),
        bloco=bloco,
        secao=secao,
    )


def _regra(regra: Mapping[str, Any], todos: tuple[str, ...]) -> Regra:
    itens = todos if regra["itens"] == "todos" else regra["itens"]
    return Regra(
        codigo=regra["codigo"],
        tipo=TipoDeRegra(regra["tipo"]),
        itens=tuple(_termo(item) for item in itens),
        limite=tuple(_termo(item) for item in regra.get("limite", ())),
        por_sexo=regra.get("por_sexo", False),
        quando=regra.get("quando", ""),
        registro=regra.get("registro", ""),
        gravidade=Gravidade(regra["gravidade"]),
        evidencia=Evidencia(regra["evidencia"]),
        fundamento=Fundamento(**regra["fundamento"]),
        explicacao=regra["explicacao"],
    )


def _termo(termo: str | Mapping[str, Any]) -> Termo:
    return Termo(item=termo) if isinstance(termo, str) else Termo(**termo)


def _nao_se_compara(nota: Mapping[str, Any]) -> NaoSeCompara:
    return NaoSeCompara(
        codigo=nota["codigo"],
        itens=tuple(nota["itens"]),
        explicacao=nota["explicacao"],
        fundamento=Fundamento(**nota["fundamento"]),
    )
