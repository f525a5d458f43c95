"""Conferir, célula por célula, o que uma planilha diz sobre municípios. Nada grava."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes.abrangencia import contem
from suas.nucleo.planilhas.leitura import Planilha

COLUNAS_DE_CODIGO = ("codigo_ibge", "codigo_ibge7", "ibge", "codigo")
COLUNAS_DE_POPULACAO = ("populacao", "habitantes")
MAIOR_POPULACAO = 100_000_000


@dataclass(frozen=True, kw_only=True)
class Falta:
    """O que está errado numa célula: a linha do arquivo (o cabeçalho é a 1), a coluna, o que veio e o que fazer."""

    linha: int
    coluna: str
    valor: str
    mensagem: str

    def __str__(self) -> str:
        return f"linha {self.linha}, coluna {self.coluna}: {self.mensagem}"


class FaltasNaPlanilha(Exception):
    """A planilha tem faltas e nada foi gravado; `faltas` traz cada uma."""

    def __init__(self, faltas: Iterable[Falta]) -> None:
        self.faltas = tuple(faltas)
        super().__init__("; ".join(str(falta) for falta in self.faltas))


class Codigos:
    """Confere os códigos de municípios de uma planilha: forma, existência no ano, repetição e abrangência."""

    def __init__(self, *, ano: int, abrangencia: str) -> None:
        self.ano = ano
        self.abrangencia = abrangencia
        self.conhecidos: Mapping[str, Municipio] = Municipio.objects.select_related("uf").in_bulk()
        self.vistos: dict[str, int] = {}

    def erro(self, codigo: str, *, linha: int) -> str:
        """O que há de errado com o código nesta linha, em palavras; vazio se nada."""
        if not codigo:
            return "falta o código do município. Escreva os 7 dígitos, como 3205309."
        if not re.fullmatch(r"[0-9]{7}", codigo):
            return f"“{codigo}” não é um código de município. O código tem 7 dígitos, como 3205309."
        municipio = self.conhecidos.get(codigo)
        if municipio is None:
            return f"{codigo} não é código de nenhum município do cadastro. Confira os 7 dígitos."
        if not contem(self.abrangencia, codigo):
            return f"{municipio} está fora da sua abrangência. Retire a linha ou peça a quem responde por ele."
        if not municipio.existe_em(self.ano):
            return f"{municipio} não era contado pelo IBGE em {self.ano}. Confira o ano ou retire a linha."
        if codigo in self.vistos:
            return f"{municipio} já está na linha {self.vistos[codigo]}. Deixe uma linha de cada município."
        self.vistos[codigo] = linha
        return ""


def coluna_entre(planilha: Planilha, nomes: tuple[str, ...]) -> str | None:
    """A primeira coluna da planilha com um destes nomes."""
    return next((nome for nome in nomes if nome in planilha.colunas), None)


def erro_de_populacao(texto: str) -> str:
    """O que há de errado com um número de habitantes, em palavras; vazio se nada."""
    if not texto:
        return "falta o número de habitantes. Escreva o número ou retire a linha."
    if not re.fullmatch(r"[0-9]+", texto):
        return f"“{texto}” não é um número inteiro de habitantes. Use só algarismos, sem ponto, como 365855."
    if len(texto) > 12 or not 1 <= int(texto) <= MAIOR_POPULACAO:
        return f"{texto} não pode ser a população de um município. Confira o número."
    return ""


def ler_populacao(planilha: Planilha, *, ano: int, abrangencia: str = "BR") -> dict[str, int]:
    """Habitantes por código, de colunas `codigo_ibge` e `populacao` (ou `habitantes`).

    Uma coluna `ano`, se houver, precisa dizer o ano pedido: as linhas de outros anos são deixadas de fora.
    Erros: `FaltasNaPlanilha` com todas as faltas, na ordem do arquivo.
    """
    codigo, populacao = coluna_entre(planilha, COLUNAS_DE_CODIGO), coluna_entre(planilha, COLUNAS_DE_POPULACAO)
    if codigo is None or populacao is None:
        falta = "codigo_ibge" if codigo is None else "populacao"
        mensagem = f"falta a coluna {falta}. A planilha tem: {', '.join(planilha.colunas)}."
        raise FaltasNaPlanilha([Falta(linha=1, coluna=falta, valor="", mensagem=mensagem)])
    codigos = Codigos(ano=ano, abrangencia=abrangencia)
    habitantes, faltas = {}, []
    for linha in planilha.linhas:
        if linha.celulas.get("ano", str(ano)) != str(ano):
            continue
        lido, quantos = linha.celulas[codigo], linha.celulas[populacao]
        erros = (
            (codigo, lido, codigos.erro(lido, linha=linha.numero)),
            (populacao, quantos, erro_de_populacao(quantos)),
        )
        faltas += [
            Falta(linha=linha.numero, coluna=coluna, valor=valor, mensagem=erro)
            for coluna, valor, erro in erros
            if erro
        ]
        if not any(erro for _, _, erro in erros):
            habitantes[lido] = int(quantos)
    if faltas:
        raise FaltasNaPlanilha(faltas)
    if not habitantes:
        mensagem = f"nenhuma linha traz a população de {ano}. Confira o ano."
        raise FaltasNaPlanilha([Falta(linha=1, coluna=populacao, valor="", mensagem=mensagem)])
    return habitantes
