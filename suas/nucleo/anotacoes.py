"""O SQL dos gatilhos que contam, em `trilha_alteracao`, cada linha incluída, mudada e excluída. Usado só por `banco`.

O valor de cada coluna vira o mesmo JSON nos dois bancos: instantes em UTC com microssegundos, UUID com traços, decimal
em texto com as casas do campo, conteúdo binário por resumo e tamanho.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Operacao = Literal["INSERT", "UPDATE", "DELETE"]
OPERACOES: tuple[Operacao, ...] = ("INSERT", "UPDATE", "DELETE")
Forma = Literal["simples", "logico", "uuid", "instante", "decimal", "json", "binario", "segredo"]


@dataclass(frozen=True, kw_only=True)
class Coluna:
    """Uma coluna e como ela vira JSON, igual nos dois bancos. `binario` guarda resumo e tamanho; `segredo`, nada."""

    nome: str
    forma: Forma
    casas: int = 0


@dataclass(frozen=True, kw_only=True)
class Auditada:
    """Uma tabela cujas alterações a trilha conta. `titular` é o SQL que acha a pessoa; `protegidas` se cifram."""

    tabela: str
    chave: Coluna
    colunas: tuple[Coluna, ...]
    titular: str = ""
    protegidas: frozenset[str] = frozenset()


def soltar(nome: str, tabela: str, vendor: str) -> str:
    return f'DROP TRIGGER IF EXISTS "{nome}"' + (f' ON "{tabela}"' if vendor == "postgresql" else "")


# As alterações: um gatilho por operação escreve, na mesma transação, o que a linha era e o que passou a ser. No
# PostgreSQL ele corre uma vez por comando, sobre todas as linhas mudadas; no SQLite, uma vez por linha.
TRANSACAO_DO_POSTGRES = (
    "coalesce(nullif(current_setting('redesuas.transacao', true), ''), "
    "set_config('redesuas.transacao', gen_random_uuid()::text, true))::uuid"
)
RECUSA_DE_TRUNCATE = (
    "CREATE OR REPLACE FUNCTION redesuas_recusa_truncate() RETURNS trigger LANGUAGE plpgsql AS $gatilho$ BEGIN "
    "RAISE EXCEPTION 'Esta tabela nao se esvazia: a trilha nao veria as linhas.'; END $gatilho$"
)
_FORMAS: dict[str, dict[Forma, str]] = {
    "sqlite": {
        "simples": "json_quote({c})",
        "logico": "CASE WHEN {c} IS NULL THEN 'null' WHEN {c} THEN 'true' ELSE 'false' END",
        "uuid": "coalesce('\"'||{uuid}||'\"','null')",
        "instante": "coalesce('\"'||replace(substr({c},1,19),' ','T')||"
        "CASE WHEN length({c})>20 THEN substr({c},20) ELSE '.000000' END||'Z\"','null')",
        # printf de nulo é zero, e não nulo
        "decimal": "CASE WHEN {c} IS NULL THEN 'null' ELSE '\"'||printf('%.{casas}f',{c})||'\"' END",
        "json": "coalesce({c},'null')",
        "binario": "coalesce('{{\"sha256\":\"'||redesuas_sha256({c})||'\",\"tamanho\":'||length({c})||'}}','null')",
        "segredo": "'\"(segredo)\"'",
    },
    "postgresql": {
        "simples": "coalesce(to_json({c})::text,'null')",
        "logico": "coalesce(to_json({c})::text,'null')",
        "uuid": "coalesce('\"'||{c}||'\"','null')",
        "instante": "coalesce('\"'||to_char({c} AT TIME ZONE 'UTC','YYYY-MM-DD\"T\"HH24:MI:SS.US')||'Z\"','null')",
        "decimal": "coalesce('\"'||{c}::text||'\"','null')",
        "json": "coalesce({c}::text,'null')",
        "binario": "coalesce('{{\"sha256\":\"'||encode(sha256({c}),'hex')||"
        "'\",\"tamanho\":'||length({c})||'}}','null')",
        "segredo": "'\"(segredo)\"'",
    },
}
_UUID_DO_SQLITE = (
    "substr({c},1,8)||'-'||substr({c},9,4)||'-'||substr({c},13,4)||'-'||substr({c},17,4)||'-'||substr({c},21)"
)


def _valor(coluna: Coluna, linha: str, vendor: str) -> str:
    """SQL do valor da coluna, em JSON."""
    onde = f'{linha}."{coluna.nome}"'
    return _FORMAS[vendor][coluna.forma].format(c=onde, uuid=_UUID_DO_SQLITE.format(c=onde), casas=coluna.casas)


def _objeto(auditada: Auditada, linha: str, vendor: str, *, contra: str = "") -> str:
    """SQL do objeto JSON da linha; com `contra`, só das colunas que diferem entre as duas."""
    partes = []
    for coluna in auditada.colunas:
        parte = f"""',"{coluna.nome}":'||{_valor(coluna, linha, vendor)}"""
        if contra:
            difere = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
            parte = f'CASE WHEN {linha}."{coluna.nome}" {difere} {contra}."{coluna.nome}" THEN {parte} ELSE \'\' END'
        partes.append(parte)
    return "'{'||substr(" + "||".join(partes) + ",2)||'}'"


def comandos(auditada: Auditada, operacao: Operacao, vendor: str) -> tuple[str, ...]:
    """O gatilho que escreve em `trilha_alteracao` o que a operação fez com a tabela."""
    nome, tabela = f"{auditada.tabela}_anota_{operacao.lower()}", auditada.tabela
    velha, nova = ("OLD", "NEW") if vendor == "sqlite" else ("o", "n")
    linha = velha if operacao == "DELETE" else nova
    pk = f'{linha}."{auditada.chave.nome}"'
    chave = (
        _UUID_DO_SQLITE.format(c=pk) if (vendor, auditada.chave.forma) == ("sqlite", "uuid") else f"CAST({pk} AS text)"
    )
    if operacao == "UPDATE":
        antes, depois = (
            _objeto(auditada, velha, vendor, contra=nova),
            _objeto(auditada, nova, vendor, contra=velha),
        )
    else:
        antes = "''" if operacao == "INSERT" else _objeto(auditada, velha, vendor)
        depois = "''" if operacao == "DELETE" else _objeto(auditada, nova, vendor)
    titular = auditada.titular.format(linha=linha) or "NULL"
    quando, transacao = (
        ("strftime('%Y-%m-%d %H:%M:%f','now')||'000'", "redesuas_transacao()")
        if vendor == "sqlite"
        else ("clock_timestamp()", "da_vez")
    )
    inserir = (
        "INSERT INTO trilha_alteracao (em, transacao, tabela, chave, operacao, titular, antes, depois) "
        f"SELECT {quando}, {transacao}, '{tabela}', {chave}, '{operacao[0]}', {titular}, {antes}, {depois}"
    )
    if vendor == "sqlite":
        difere = " OR ".join(f'OLD."{c.nome}" IS NOT NEW."{c.nome}"' for c in auditada.colunas)
        so_se = f"WHEN {difere} " if operacao == "UPDATE" else ""
        return (
            soltar(nome, tabela, vendor),
            f'CREATE TRIGGER "{nome}" AFTER {operacao} ON "{tabela}" FOR EACH ROW {so_se}BEGIN {inserir}; END',
        )
    de, ver = {
        "INSERT": ("novas n", "NEW TABLE AS novas"),
        "DELETE": ("velhas o", "OLD TABLE AS velhas"),
        "UPDATE": (
            # FULL JOIN: pega também a troca de chave e nunca compara todas com todas
            f'velhas o FULL JOIN novas n ON n."{auditada.chave.nome}" = o."{auditada.chave.nome}" '
            "WHERE o IS DISTINCT FROM n",
            "OLD TABLE AS velhas NEW TABLE AS novas",
        ),
    }[operacao]
    return (
        f'CREATE OR REPLACE FUNCTION "{nome}"() RETURNS trigger LANGUAGE plpgsql AS $gatilho$ '
        f"DECLARE da_vez uuid := {TRANSACAO_DO_POSTGRES}; BEGIN {inserir} FROM {de}; RETURN NULL; END $gatilho$",
        soltar(nome, tabela, vendor),
        f'CREATE TRIGGER "{nome}" AFTER {operacao} ON "{tabela}" REFERENCING {ver} '
        f'FOR EACH STATEMENT EXECUTE FUNCTION "{nome}"()',
    )


_FUNCAO = re.compile(r'CREATE OR REPLACE FUNCTION "?(\w+)"?\(\).*?\$gatilho\$(.*)\$gatilho\$', re.DOTALL)


def textos(sql: Iterable[str]) -> dict[str, str]:
    """O texto de cada gatilho que esses comandos criam, como o banco o guarda: no PostgreSQL, o da sua função."""
    funcoes: dict[str, str] = {}
    gatilhos: dict[str, str] = {}
    for comando in sql:
        if funcao := re.match(
            r'CREATE OR REPLACE FUNCTION "?(\w+)"?\(\).*?\$gatilho\$(.*)\$gatilho\$', comando, re.DOTALL
        ):
            funcoes[funcao[1]] = funcao[2]
        elif gatilho := re.match(r'CREATE TRIGGER "(\w+)"', comando):
            chamada = re.search(r'EXECUTE FUNCTION "?(\w+)', comando)
            gatilhos[gatilho[1]] = funcoes[chamada[1]] if chamada else comando
    return gatilhos
