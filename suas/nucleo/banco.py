"""O único arquivo que pode diferir entre SQLite e PostgreSQL.

Um gatilho é declarado pelo módulo dono da tabela (`registrar_gatilho`, no `ready` do módulo) e recriado depois de cada
`migrate`. Não fica na migração: no SQLite, mudar uma coluna recria a tabela e os gatilhos dela somem em silêncio.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from django.db import DatabaseError, connection, connections, models
from django.db.backends.utils import CursorWrapper

Operacao = Literal["INSERT", "UPDATE", "DELETE"]


@dataclass(frozen=True, kw_only=True)
class Gatilho:
    """Recusa uma operação numa tabela.

    `quando` é SQL aceito pelos dois bancos e pode citar OLD e NEW (conforme a operação) e fazer subconsultas; vazio
    recusa sempre. `mensagem` é o texto do erro do banco, em português, sem apóstrofos.
    """

    tabela: str
    operacao: Operacao
    mensagem: str
    quando: str = ""

    @property
    def nome(self) -> str:
        return f"{self.tabela}_recusa_{self.operacao.lower()}"


_GATILHOS: dict[str, Gatilho] = {}


def registrar_gatilho(gatilho: Gatilho) -> None:
    """Declara o gatilho; repetir a mesma declaração não muda nada, outra com o mesmo nome é erro."""
    if _GATILHOS.setdefault(gatilho.nome, gatilho) != gatilho:
        raise ValueError(f"Já existe outro gatilho chamado {gatilho.nome}.")


def so_acrescimo(tabela: str, mensagem: str) -> None:
    """Declara que as linhas da tabela nunca são mudadas nem apagadas."""
    registrar_gatilho(Gatilho(tabela=tabela, operacao="UPDATE", mensagem=mensagem))
    registrar_gatilho(Gatilho(tabela=tabela, operacao="DELETE", mensagem=mensagem))


def gatilhos_declarados() -> tuple[Gatilho, ...]:
    return tuple(_GATILHOS[nome] for nome in sorted(_GATILHOS))


def gatilhos_existentes() -> set[str]:
    """Nomes dos gatilhos que o banco tem agora."""
    consulta = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(consulta)
        return {linha[0] for linha in cursor.fetchall()}


def recriar_gatilhos(*, using: str = "default", **_: Any) -> None:
    """Recria todos os gatilhos declarados cujas tabelas já existem (ligado ao fim do `migrate`)."""
    conexao = connections[using]
    tabelas = set(conexao.introspection.table_names())
    with conexao.cursor() as cursor:
        for gatilho in gatilhos_declarados():
            if gatilho.tabela in tabelas:
                for comando in _sql(gatilho, conexao.vendor):
                    cursor.execute(comando)


def _sql(gatilho: Gatilho, vendor: str) -> tuple[str, ...]:
    quando = gatilho.quando or "1 = 1"
    if vendor == "sqlite":
        return (
            f'DROP TRIGGER IF EXISTS "{gatilho.nome}"',
            f'CREATE TRIGGER "{gatilho.nome}" BEFORE {gatilho.operacao} ON "{gatilho.tabela}" FOR EACH ROW '
            f"WHEN {quando} BEGIN SELECT RAISE(ABORT, '{gatilho.mensagem}'); END",
        )
    devolve = "OLD" if gatilho.operacao == "DELETE" else "NEW"
    return (
        f'CREATE OR REPLACE FUNCTION "{gatilho.nome}"() RETURNS trigger LANGUAGE plpgsql AS $gatilho$ '
        f"BEGIN IF {quando} THEN RAISE EXCEPTION '{gatilho.mensagem}'; END IF; RETURN {devolve}; END $gatilho$",
        f'DROP TRIGGER IF EXISTS "{gatilho.nome}" ON "{gatilho.tabela}"',
        f'CREATE TRIGGER "{gatilho.nome}" BEFORE {gatilho.operacao} ON "{gatilho.tabela}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{gatilho.nome}"()',
    )


class EscritaEmLeitura(DatabaseError):
    """Uma página de leitura tentou escrever no banco: falha de programação, nunca de quem usa."""


# O que uma leitura pode escrever: a sessão, o limite de tentativas e a trilha de leitura.
_TABELAS_LIVRES = ("django_session", "cache_da_aplicacao", "trilha_")
_ESCRITA = re.compile(
    r'\s*(?:(?:INSERT|REPLACE)(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM)\s+"?(\w+)', re.IGNORECASE
)


@contextmanager
def somente_leitura() -> Iterator[None]:
    """Dentro do bloco, INSERT, UPDATE e DELETE levantam `EscritaEmLeitura`, salvo nas tabelas livres."""

    def vigiar(
        executar: Callable[..., CursorWrapper], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> CursorWrapper:
        escrita = _ESCRITA.match(sql)
        if escrita and not escrita[1].startswith(_TABELAS_LIVRES):
            raise EscritaEmLeitura(f"Escrita durante uma leitura: {sql[:120]}")
        return executar(sql, params, many, context)

    with connection.execute_wrapper(vigiar):
        yield


def inserir_em_lote(
    modelo: type[models.Model], *, campos: Sequence[str], linhas: Iterable[Sequence[Any]], iguais: Mapping[str, Any]
) -> None:
    """Insere muitas linhas de uma vez, sem montar um objeto por linha: três vezes mais rápido que `bulk_create`.

    `linhas` traz, na ordem de `campos`, textos, inteiros, lógicos ou None, que os dois bancos recebem como estão;
    `iguais` são os campos de mesmo valor em todas. Gatilhos e restrições valem como em qualquer inserção.
    """
    opcoes = modelo._meta
    nomes = [*iguais, *campos]
    colunas = ", ".join(connection.ops.quote_name(_coluna(opcoes.get_field(nome))) for nome in nomes)
    marcas = ", ".join(["%s"] * len(nomes))
    comuns = tuple(
        _concreto(opcoes.get_field(nome)).get_db_prep_save(valor, connection) for nome, valor in iguais.items()
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {connection.ops.quote_name(opcoes.db_table)} ({colunas}) VALUES ({marcas})",
            [(*comuns, *linha) for linha in linhas],
        )


def _concreto(campo: Any) -> models.Field[Any, Any]:
    if not isinstance(campo, models.Field) or campo.column is None:
        raise TypeError(f"{campo} não é coluna da tabela.")
    return campo


def _coluna(campo: Any) -> str:
    return str(_concreto(campo).column)
