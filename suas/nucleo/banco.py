"""O único arquivo que pode diferir entre SQLite e PostgreSQL.

Um gatilho é declarado pelo módulo dono da tabela (`registrar_gatilho`, no `ready` do módulo) e recriado depois de cada
`migrate`. Não fica na migração: no SQLite, mudar uma coluna recria a tabela e os gatilhos dela somem em silêncio.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models.expressions import RawSQL

from suas.nucleo import anotacoes
from suas.nucleo.anotacoes import Auditada
from suas.nucleo.anotacoes import Operacao as Operacao


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
_QUAIS_AUDITADAS: list[Callable[[], Mapping[str, Auditada]]] = []


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


def registrar_auditadas(quais: Callable[[], Mapping[str, Auditada]]) -> None:
    """Diz quem sabe que tabelas têm as alterações contadas na trilha; perguntado depois de cada `migrate`."""
    _QUAIS_AUDITADAS.append(quais)


def auditadas() -> list[Auditada]:
    """As tabelas cujas alterações a trilha conta."""
    return [auditada for quais in _QUAIS_AUDITADAS for auditada in quais().values()]


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
        for comando in comandos_dos_gatilhos(conexao.vendor, tabelas):
            cursor.execute(comando)


def comandos_dos_gatilhos(vendor: str, tabelas: set[str]) -> Iterator[str]:
    """O SQL que cria (ou recria) cada gatilho declarado dessas tabelas."""
    for gatilho in gatilhos_declarados():
        if gatilho.tabela in tabelas:
            yield from _sql(gatilho, vendor)
    contadas = [a for a in auditadas() if a.tabela in tabelas and "trilha_alteracao" in tabelas]
    for auditada in contadas:
        for operacao in anotacoes.OPERACOES:
            yield from anotacoes.comandos(auditada, operacao, vendor)
    if vendor == "postgresql":
        yield anotacoes.RECUSA_DE_TRUNCATE
        for tabela in sorted({g.tabela for g in gatilhos_declarados()} & tabelas | {a.tabela for a in contadas}):
            nome = f"{tabela}_recusa_truncate"
            yield anotacoes.soltar(nome, tabela, vendor)
            yield (
                f'CREATE TRIGGER "{nome}" BEFORE TRUNCATE ON "{tabela}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION redesuas_recusa_truncate()"
            )


def gatilhos_mudados() -> Iterator[tuple[str, str]]:
    """Cada gatilho declarado que o banco não tem, ou tem com outro texto ou desligado; e o que há com ele."""
    tabelas = set(connection.introspection.table_names())
    esperados = anotacoes.textos(comandos_dos_gatilhos(connection.vendor, tabelas))
    consulta = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, CASE WHEN tgenabled IN ('O', 'A') THEN prosrc ELSE '' END "
        "FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(consulta)
        tem = dict(cursor.fetchall())
    for nome, texto in sorted(esperados.items()):
        if nome not in tem:
            yield nome, "não está no banco"
        elif tem[nome] != texto:
            yield nome, "não é o desta versão, ou está desligado"


def soltar_gatilhos(*, using: str = "default", so_anotacoes: bool = False, **_: Any) -> None:
    """Tira os gatilhos; `so_anotacoes`, os que contam alterações, que citam colunas e travariam uma migração."""
    conexao = connections[using]
    consulta = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
        "WHERE NOT tgisinternal",
    }[conexao.vendor]
    with conexao.cursor() as cursor:
        cursor.execute(consulta)
        for nome, tabela in cursor.fetchall():
            if "_anota_" in nome or ("_recusa_" in nome and not so_anotacoes):
                cursor.execute(anotacoes.soltar(nome, tabela, conexao.vendor))


def _sql(gatilho: Gatilho, vendor: str) -> tuple[str, ...]:
    quando = gatilho.quando or "1 = 1"
    if vendor == "sqlite":
        return (
            anotacoes.soltar(gatilho.nome, gatilho.tabela, vendor),
            f'CREATE TRIGGER "{gatilho.nome}" BEFORE {gatilho.operacao} ON "{gatilho.tabela}" FOR EACH ROW '
            f"WHEN {quando} BEGIN SELECT RAISE(ABORT, '{gatilho.mensagem}'); END",
        )
    devolve = "OLD" if gatilho.operacao == "DELETE" else "NEW"
    return (
        f'CREATE OR REPLACE FUNCTION "{gatilho.nome}"() RETURNS trigger LANGUAGE plpgsql AS $gatilho$ '
        f"BEGIN IF {quando} THEN RAISE EXCEPTION '{gatilho.mensagem}'; END IF; RETURN {devolve}; END $gatilho$",
        anotacoes.soltar(gatilho.nome, gatilho.tabela, vendor),
        f'CREATE TRIGGER "{gatilho.nome}" BEFORE {gatilho.operacao} ON "{gatilho.tabela}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{gatilho.nome}"()',
    )


class _DaVez:
    """O identificador da transação, guardado entre o que se faz ao confirmar: some com ela, confirmada ou desfeita."""

    def __init__(self, valor: UUID) -> None:
        self.valor = valor

    def __call__(self) -> None:
        """Nada a fazer ao confirmar."""


def transacao_atual() -> UUID:
    """O identificador da transação em curso, o mesmo que os gatilhos gravam nas alterações dela."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {anotacoes.TRANSACAO_DO_POSTGRES}")
            return UUID(str(cursor.fetchone()[0]))
    return _transacao_no_sqlite(connection)


def _transacao_no_sqlite(conexao: BaseDatabaseWrapper) -> UUID:
    if not conexao.in_atomic_block:
        # cada comando é uma transação; o contador de comandos (`_contar_comandos`) diz qual
        return conexao.__dict__.setdefault("redesuas_do_comando", uuid4())  # type: ignore[no-any-return]
    ao_confirmar: list[Any] = conexao.run_on_commit
    for _, funcao, *_ in ao_confirmar:
        if isinstance(funcao, _DaVez):
            return funcao.valor
    marca = _DaVez(uuid4())
    ao_confirmar.insert(0, (set(conexao.savepoint_ids), marca, False))
    return marca.valor


def _contar_comandos(
    executar: Callable[..., CursorWrapper], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> CursorWrapper:
    """Fora de transação, cada comando é a sua: esquece o identificador do anterior."""
    context["connection"].__dict__.pop("redesuas_do_comando", None)
    return executar(sql, params, many, context)


def preparar_conexao(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Dá à conexão do SQLite as funções que os gatilhos usam (ligado a cada conexão aberta)."""
    if connection.vendor != "sqlite":
        return
    crua = connection.connection
    crua.create_function("redesuas_transacao", 0, lambda: _transacao_no_sqlite(connection).hex)
    crua.create_function("redesuas_sha256", 1, lambda valor: valor and hashlib.sha256(valor).hexdigest())
    if _contar_comandos not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _contar_comandos)


def travar(nome: str) -> None:
    """Até o fim da transação, só um passa por este nome. No SQLite, toda transação já é uma só de cada vez."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [nome])


@contextmanager
def apagando_de_verdade() -> Iterator[None]:
    """No SQLite, o que se muda ou apaga no bloco é coberto por zeros. No PostgreSQL, ver a ADR 0026."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        antes = cursor.fetchone()[0]
        cursor.execute("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA secure_delete = {int(antes)}")


def instante() -> datetime:
    """O instante pelo relógio do banco: um só para todas as máquinas que o usam."""
    consulta = {
        "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
        "postgresql": "SELECT clock_timestamp()",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(consulta)
        valor = cursor.fetchone()[0]
    return datetime.fromisoformat(valor) if isinstance(valor, str) else valor


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


def lista(textos: Sequence[str]) -> RawSQL:
    """Muitos textos para um `__in`, num só parâmetro: o comando não cresce com eles, nem tem limite de quantos."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(textos))])
    return RawSQL("SELECT unnest(%s::text[])", [list(textos)])


#: Linhas por comando no PostgreSQL, onde cada comando acorda uma vez os gatilhos que contam; no SQLite, uma a uma.
LINHAS_POR_COMANDO = 500


def inserir_em_lote(
    modelo: type[models.Model],
    *,
    campos: Sequence[str],
    linhas: Iterable[Sequence[Any]],
    iguais: Mapping[str, Any],
    chave: Sequence[str] = (),
    somando: Sequence[str] = (),
) -> None:
    """Insere muitas linhas de uma vez, sem montar um objeto por linha: três vezes mais rápido que `bulk_create`.

    `linhas` traz, na ordem de `campos`, textos (também os de JSON), inteiros, lógicos ou None, que os dois bancos
    recebem como estão; `iguais` são os campos de mesmo valor em todas. Com `chave`, a linha que já existe com esses
    campos iguais é mudada: os de `somando` somam-se ao que havia, os outros tomam o valor novo. Gatilhos e
    restrições valem como em qualquer inserção.
    """
    opcoes = modelo._meta
    nomes = [*iguais, *campos]
    citar = connection.ops.quote_name
    colunas = {nome: citar(_coluna(opcoes.get_field(nome))) for nome in nomes}
    comuns = tuple(
        _concreto(opcoes.get_field(nome)).get_db_prep_save(valor, connection) for nome, valor in iguais.items()
    )
    inserir = f"INSERT INTO {citar(opcoes.db_table)} ({', '.join(colunas.values())}) "
    uma = f"VALUES ({', '.join(['%s'] * len(nomes))})"
    mudar = ""
    if chave:
        tabela = citar(opcoes.db_table)
        soma = {nome: f"{tabela}.{colunas[nome]} + " for nome in somando}
        novos = ", ".join(f"{c} = {soma.get(nome, '')}excluded.{c}" for nome, c in colunas.items() if nome not in chave)
        mudar = f" ON CONFLICT ({', '.join(colunas[nome] for nome in chave)}) DO UPDATE SET {novos}"
    prontas = [(*comuns, *linha) for linha in linhas]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(inserir + uma + mudar, prontas)
            return
        # Uma lista por coluna: o texto do comando não cresce com as linhas, e lê-lo não custa mais do que gravar.
        listas = ", ".join(f"%s::{_tipo(opcoes.get_field(nome))}[]" for nome in nomes)
        for comeco in range(0, len(prontas), LINHAS_POR_COMANDO):
            por_coluna = [list(valores) for valores in zip(*prontas[comeco : comeco + LINHAS_POR_COMANDO], strict=True)]
            cursor.execute(f"{inserir}SELECT * FROM unnest({listas}){mudar}", por_coluna)


def gravar_objetos(objetos: Sequence[models.Model], *, que_ja_existem: bool = False) -> None:
    """Grava muitos objetos inteiros de uma vez, novos ou `que_ja_existem`; vinte vezes mais rápido que `bulk_update`.

    Quem chama já travou as linhas que existem nesta transação: todas as colunas são escritas.
    """
    if not objetos:
        return
    campos = objetos[0]._meta.concrete_fields
    preparar = [(campo.attname, None if _vai_cru(campo) else campo.get_db_prep_save) for campo in campos]
    conexao = connections[connection.alias]
    inserir_em_lote(
        type(objetos[0]),
        campos=[campo.name for campo in campos],
        linhas=[
            [como(valor, conexao) if como and valor is not None else valor for valor, como in _com(objeto, preparar)]
            for objeto in objetos
        ],
        iguais={},
        chave=[campo.name for campo in campos if campo.primary_key] if que_ja_existem else (),
    )


def _vai_cru(campo: models.Field[Any, Any]) -> bool:
    """Textos, números inteiros e lógicos os dois bancos recebem como estão."""
    alvo = campo.target_field if isinstance(campo, models.ForeignKey) else campo
    return isinstance(alvo, models.CharField | models.TextField | models.IntegerField | models.BooleanField)


def _com(objeto: models.Model, preparar: Sequence[tuple[str, Any]]) -> Iterator[tuple[Any, Any]]:
    return ((getattr(objeto, nome), como) for nome, como in preparar)


def _concreto(campo: Any) -> models.Field[Any, Any]:
    if not isinstance(campo, models.Field) or campo.column is None:
        raise TypeError(f"{campo} não é coluna da tabela.")
    return campo


def _tipo(campo: Any) -> str:
    """O tipo da coluna no PostgreSQL, sem o tamanho: com ele, a conversão cortaria o texto em silêncio."""
    return re.sub(r"\(.*?\)", "", str(_concreto(campo).db_type(connection)))


def _coluna(campo: Any) -> str:
    return str(_concreto(campo).column)
