"""Lê a tabela de acesso e diz, de cada linha, o que cada um recebe. Nada aqui olha o que as telas fazem.

`demais` só cabe numa recusa: quem passa é sempre dito pelo nome, do papel ou do grupo.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from suas.nucleo.permissoes.papeis import PAPEIS, Esfera
from suas.nucleo.permissoes.permissao import Permissao

PASTA = Path(__file__).parent
QUEM = "quem.yaml"
#: Onde cada um age, por esfera, diante do objeto das linhas, que é do Espírito Santo.
TERRITORIOS: Mapping[Esfera, str] = {"uniao": "BR", "uf": "32", "municipio": "3205309"}
ESFERAS: tuple[Esfera, ...] = ("uniao", "uf", "municipio")
ESTRANHO, SEM_VINCULO, DE_FORA = "estranho", "sem_vinculo", "de_fora"
SEM_PAPEL = (ESTRANHO, SEM_VINCULO, DE_FORA)
ENTRADA = "entrada"
#: O que cada resposta quer dizer, na ordem em que o texto as mostra.
RESPOSTAS: Mapping[str, tuple[int, str]] = {
    "200": (200, "mostra"),
    "201": (201, "criado"),
    "202": (202, "aceito"),
    "204": (204, "feito"),
    "302": (302, "feito, e leva a outra página"),
    "303": (303, "feito, e leva a outra página"),
    "304": (304, "não mudou"),
    ENTRADA: (302, "leva à entrada"),
    "400": (400, "pedido que não se entende"),
    "401": (401, "pede a chave de acesso"),
    "403": (403, "recusa em palavras"),
    "404": (404, "não existe para ele"),
    "409": (409, "recusa: mudou no meio tempo"),
    "410": (410, "já não vale"),
    "412": (412, "recusa: mudou no meio tempo"),
    "422": (422, "recusa o que foi enviado"),
    "429": (429, "pedidos demais"),
}
RECUSAS = {ENTRADA, "401", "403", "404"}
CAMPOS = {
    *("rota", "metodo", "argumentos", "objeto", "permissao", "dados", "corpo", "preparo"),
    *("espera", "com_poder", "quem", "cabecalhos"),
}


class TabelaErrada(Exception):
    """A linha não se entende, ou não diz o que alguém recebe."""


@dataclass(frozen=True, kw_only=True)
class Pessoa:
    """Alguém da tabela: um papel numa das esferas em que existe."""

    papel: str
    esfera: Esfera

    @property
    def chave(self) -> str:
        return f"{self.papel}@{self.esfera}"

    @property
    def abrangencia(self) -> str:
        return TERRITORIOS[self.esfera]


@dataclass(frozen=True, kw_only=True)
class Linha:
    """Um endereço, um método e o que cada um recebe.

    `espera` vai da chave de cada um (`estranho`, `conselheiro@uf`...) à resposta (chave de `RESPOSTAS`). `argumentos`,
    `dados`, `corpo` e `cabecalhos` podem citar os nomes da cena do teste, como {partilha}. `quem` diz como se chega:
    `sessao` (quem entrou pela página) ou `token` (um programa).
    """

    modulo: str
    rota: str
    metodo: str
    objeto: str
    permissao: str
    espera: Mapping[str, str]
    argumentos: tuple[str, ...] = ()
    dados: Mapping[str, str] = field(default_factory=dict)
    corpo: Any = None
    cabecalhos: Mapping[str, str] = field(default_factory=dict)
    preparo: str = "simulada"
    quem: str = "sessao"
    escolhido: str = ""

    @property
    def chave(self) -> str:
        """O que distingue a linha das outras."""
        return " ".join((self.metodo, self.rota, *self.argumentos, self.preparo))

    @property
    def com_poder(self) -> str | None:
        """Quem faz isto, para os testes que olham a página: o da linha, a gestão do estado, ou o primeiro que passa."""
        passam = [quem for quem, resposta in self.espera.items() if resposta[0] in "23" and quem != ESTRANHO]
        preferidos = (self.escolhido, "gestao_estadual@uf", "administracao_federal@uniao")
        return next((quem for quem in preferidos if quem in passam), next(iter(passam), None))

    def situacao(self, quem: str) -> int:
        """O código HTTP que `quem` recebe."""
        return RESPOSTAS[self.espera[quem]][0]


@cache
def pessoas() -> dict[str, Pessoa]:
    """Cada papel em cada esfera em que existe, na ordem da lista escrita em quem.yaml."""
    return {
        pessoa.chave: pessoa
        for papel in _quem()["papeis"]
        for esfera in ESFERAS
        if esfera in PAPEIS[papel].esferas
        for pessoa in (Pessoa(papel=papel, esfera=esfera),)
    }


def papeis_da_tabela() -> list[str]:
    """Os papéis escritos em quem.yaml."""
    return list(_quem()["papeis"])


@cache
def linhas() -> tuple[Linha, ...]:
    """Todas as linhas, por arquivo e na ordem escrita; `TabelaErrada` diz a linha e o que falta nela."""
    arquivos = sorted(arquivo for arquivo in PASTA.glob("*.yaml") if arquivo.name != QUEM)
    return tuple(
        montar(dados, modulo=arquivo.stem)
        for arquivo in arquivos
        for dados in yaml.safe_load(arquivo.read_text(encoding="utf-8"))
    )


def montar(dados: Mapping[str, Any], *, modulo: str) -> Linha:
    """A linha lida, com a espera de cada um resolvida."""
    onde = f"{modulo}.yaml, {dados.get('metodo', 'GET')} {dados.get('rota')}"
    if desconhecidos := dados.keys() - CAMPOS:
        raise TabelaErrada(f"{onde}: não conheço {sorted(desconhecidos)}.")
    if faltam := {"rota", "objeto", "permissao", "espera"} - dados.keys():
        raise TabelaErrada(f"{onde}: falta dizer {sorted(faltam)}.")
    if dados["permissao"] not in {"nenhuma", "entrar", *Permissao}:
        raise TabelaErrada(f"{onde}: “{dados['permissao']}” não é permissão; use nenhuma, entrar ou um valor de lá.")
    return Linha(
        modulo=modulo,
        rota=dados["rota"],
        metodo=dados.get("metodo", "GET"),
        objeto=dados["objeto"],
        permissao=dados["permissao"],
        espera=resolver(dados["espera"], onde=onde),
        argumentos=tuple(str(argumento) for argumento in dados.get("argumentos", ())),
        dados={nome: str(valor) for nome, valor in dados.get("dados", {}).items()},
        corpo=dados.get("corpo"),
        cabecalhos=dados.get("cabecalhos", {}),
        preparo=dados.get("preparo", "simulada"),
        quem=dados.get("quem", "sessao"),
        escolhido=dados.get("com_poder", ""),
    )


def resolver(espera: Mapping[Any, Any], *, onde: str) -> dict[str, str]:
    """O que cada um recebe, a partir do que a linha escreve; todos uma vez, ninguém duas."""
    resolvida: dict[str, str] = {}
    dos_demais = ""
    for resposta, nomes in ((str(chave), valor) for chave, valor in espera.items()):
        if resposta not in RESPOSTAS:
            raise TabelaErrada(f"{onde}: “{resposta}” não é resposta conhecida.")
        for nome in [nomes] if isinstance(nomes, str) else nomes:
            if nome == "demais":
                if resposta not in RECUSAS:
                    raise TabelaErrada(f"{onde}: `demais` só cabe em recusa; diga pelo nome quem recebe {resposta}.")
                dos_demais = resposta
                continue
            for chave in _chaves(nome, onde=onde):
                if chave in resolvida:
                    raise TabelaErrada(f"{onde}: {chave} aparece duas vezes ({resolvida[chave]} e {resposta}).")
                resolvida[chave] = resposta
    faltam = [chave for chave in pessoas() if chave not in resolvida]
    if dos_demais:
        resolvida |= dict.fromkeys(faltam, dos_demais)
        faltam = []
    if sem := [chave for chave in (*SEM_PAPEL, *faltam) if chave not in resolvida]:
        raise TabelaErrada(f"{onde}: falta dizer o que recebe {', '.join(sem)}.")
    return {chave: resolvida[chave] for chave in (*SEM_PAPEL, *pessoas())}


def _chaves(nome: str, *, onde: str) -> list[str]:
    """Quem um nome alcança: `estranho`, `fora`, `todos`, uma esfera, um papel, um grupo, ou estes dois `@esfera`."""
    de_todos = {
        **{quem: [quem] for quem in SEM_PAPEL},
        "fora": [SEM_VINCULO, DE_FORA],
        "quem_entrou": [SEM_VINCULO, DE_FORA, *pessoas()],
        "todos": [*SEM_PAPEL, *pessoas()],
    }
    if nome in de_todos:
        return de_todos[nome]
    if nome in ESFERAS:
        return [chave for chave, pessoa in pessoas().items() if pessoa.esfera == nome]
    base, _, esfera = nome.partition("@")
    papeis = _quem()["grupos"].get(base) or ([base] if base in papeis_da_tabela() else [])
    achados = [c for c, p in pessoas().items() if p.papel in papeis and esfera in {"", p.esfera}]
    if not achados:
        raise TabelaErrada(f"{onde}: “{nome}” não é papel, grupo, esfera nem ninguém que a tabela conheça.")
    return achados


@cache
def _quem() -> dict[str, Any]:
    lido: dict[str, Any] = yaml.safe_load((PASTA / QUEM).read_text(encoding="utf-8"))
    return lido


def rotas(itens: Iterable[Any], prefixo: str = "") -> Iterator[tuple[str, str]]:
    """O nome e o endereço de cada rota da casa."""
    from django.urls import URLResolver

    for item in itens:
        endereco = prefixo + str(item.pattern)
        if isinstance(item, URLResolver):
            espaco = f"{item.namespace}:" if item.namespace else ""
            yield from ((espaco + nome, caminho) for nome, caminho in rotas(item.url_patterns, endereco))
        else:
            yield item.name or f"sem nome: {endereco}", endereco
