"""Conferir, célula por célula, o que uma planilha diz sobre municípios. Nada grava."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from suas.cadastros.territorio.models import Municipio
from suas.cadastros.territorio.nomes import OUTROS_NOMES, nome_de_busca
from suas.nucleo.permissoes.abrangencia import contem
from suas.nucleo.planilhas.leitura import Planilha

# Na ordem de preferência, como os arquivos públicos as chamam; o nome do município serve quando não há código.
COLUNAS_DE_CODIGO = (
    *("codigo_ibge", "codigo_ibge7", "cod_ibge", "ibge", "ibge7", "ibge6", "codigo", "codigo_do_municipio"),
    *("codigo_municipio", "cod_municipio", "codmun", "cod_mun", "id_municipio", "geocodigo"),
    *("municipio", "nome_do_municipio", "nome_municipio", "nome", "cidade"),
)
COLUNAS_DE_POPULACAO = ("populacao", "habitantes", "populacao_residente", "populacao_estimada")
MILHARES = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
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

    def codigo_de(self, texto: str) -> str:
        """O código de 7 dígitos que o texto diz: inteiro, sem o verificador, ou o nome; se não dá para saber, o texto.

        Nomes valem dentro da abrangência e só quando um município os tem; “Serra/ES” separa os de mesmo nome.
        """
        if re.fullmatch(r"[0-9]{7}", texto):
            return texto
        if re.fullmatch(r"[0-9]{6}", texto):
            return self._por_prefixo.get(texto, texto)
        candidatos = self._candidatos(texto)
        return candidatos[0].pk if len(candidatos) == 1 else texto

    def lugar(self, codigo: str) -> str:
        """“Vitória/ES”, ou nada se o código não é de um município do cadastro."""
        return str(self.conhecidos.get(codigo, ""))

    def fora_da_abrangencia(self, codigo: str) -> bool:
        """O município existe, mas é de outro território."""
        return codigo in self.conhecidos and not contem(self.abrangencia, codigo)

    @cached_property
    def _por_prefixo(self) -> dict[str, str]:
        return {codigo[:6]: codigo for codigo in self.conhecidos}

    @cached_property
    def _por_nome(self) -> dict[str, list[Municipio]]:
        por_nome: dict[str, list[Municipio]] = {}
        for municipio in self.conhecidos.values():
            for nome in _com_e_sem_uf(municipio.nome_busca, municipio):
                por_nome.setdefault(nome, []).append(municipio)
        # o nome antigo só vale onde não é o de hoje de outro município
        outros = {
            nome: codigo
            for codigo, outro in OUTROS_NOMES.items()
            if codigo in self.conhecidos
            for nome in _com_e_sem_uf(nome_de_busca(outro), self.conhecidos[codigo])
            if nome not in por_nome
        }
        return por_nome | {nome: [self.conhecidos[codigo]] for nome, codigo in outros.items()}

    def _candidatos(self, texto: str) -> list[Municipio]:
        """Quem tem esse nome: os da abrangência contados no ano ou, se não há, todos os outros."""
        todos = self._por_nome.get(nome_de_busca(texto), [])
        daqui = [m for m in todos if contem(self.abrangencia, m.pk) and m.existe_em(self.ano)]
        return daqui or todos

    def erro(self, codigo: str, *, linha: int) -> str:
        """O que há de errado com o código nesta linha, em palavras; vazio se nada."""
        municipio = self.conhecidos.get(codigo)
        if municipio is not None and not contem(self.abrangencia, codigo):
            return f"{municipio} está fora da sua abrangência. Retire a linha ou peça a quem responde por ele."
        if erro := self.erro_de_existencia(codigo):
            return erro
        if codigo in self.vistos:
            return f"{municipio} já está na linha {self.vistos[codigo]}. Deixe uma linha de cada município."
        self.vistos[codigo] = linha
        return ""

    def erro_de_existencia(self, codigo: str) -> str:
        """Por que o código não é de um município contado no ano, em palavras; vazio se é."""
        if not codigo:
            return "falta o código do município. Escreva os 7 dígitos, como 3205309."
        if not re.fullmatch(r"[0-9]{7}", codigo):
            return self._erro_de_forma(codigo)
        municipio = self.conhecidos.get(codigo)
        if municipio is None:
            return f"{codigo} não é código de nenhum município do cadastro. Confira os 7 dígitos."
        if not municipio.existe_em(self.ano):
            return f"{municipio} não era contado pelo IBGE em {self.ano}. Confira o ano ou retire a linha."
        return ""

    def _erro_de_forma(self, texto: str) -> str:
        """Por que o texto não diz um município."""
        candidatos = self._candidatos(texto)
        if len(candidatos) > 1:
            quais = ", ".join(f"{m.pk} ({m.uf.sigla})" for m in candidatos[:6])
            return f"há {len(candidatos)} municípios com o nome “{texto}”. Escreva o código: {quais}."
        if re.search(r"[A-Za-z]", texto):
            return (
                f"“{texto}” não é o nome de um município do cadastro. Confira o nome ou escreva o código de 7 dígitos."
            )
        return f"“{texto}” não é um código de município. O código tem 7 dígitos, como 3205309."


def _com_e_sem_uf(nome: str, municipio: Municipio) -> tuple[str, str]:
    return nome, f"{nome} {municipio.uf.sigla.lower()}"


def nome_de_coluna(coluna: str) -> str:
    """“Código do Município” vira “codigo_do_municipio”."""
    return nome_de_busca(coluna).replace(" ", "_")


def coluna_entre(planilha: Planilha, nomes: tuple[str, ...]) -> str | None:
    """A coluna da planilha com o primeiro destes nomes que houver, com ou sem acentos."""
    por_nome = {nome_de_coluna(coluna): coluna for coluna in reversed(planilha.colunas)}
    return next((por_nome[nome] for nome in nomes if nome in por_nome), None)


def sem_milhares(texto: str) -> str:
    """“365.855” vira “365855”: num número inteiro o ponto só pode separar milhares."""
    return texto.replace(".", "") if MILHARES.fullmatch(texto) else texto


def erro_de_populacao(texto: str) -> str:
    """O que há de errado com um número de habitantes, em palavras; vazio se nada."""
    if not texto:
        return "falta o número de habitantes. Escreva o número ou retire a linha."
    if not re.fullmatch(r"[0-9]+", texto):
        return f"“{texto}” não é um número inteiro de habitantes. Use só algarismos, como 365855."
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
        lido, quantos = codigos.codigo_de(linha.celulas[codigo]), sem_milhares(linha.celulas[populacao])
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
