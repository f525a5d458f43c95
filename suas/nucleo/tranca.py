"""A segunda tranca: no PostgreSQL, o banco só mostra e só muda as linhas do território de quem age (ADR 0030).

Cada módulo declara a das suas tabelas no `ready`; são recriadas depois de cada `migrate`. No SQLite não há: o que
aqui se chama, lá não faz nada.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

#: Quem age sem vínculo: vê o que é público.
PUBLICO = ""
#: Tarefas, rotinas e comandos da instalação, que trabalham em todo o território.
SISTEMA = "sistema"
ABRANGENCIA = "(SELECT current_setting('redesuas.abrangencia', true))"
PESSOA = "(SELECT NULLIF(current_setting('redesuas.pessoa', true), '')::uuid)"
_padrao = PUBLICO


def alcanca(coluna: str) -> str:
    """Condição em SQL: o território da `coluna` está na abrangência de quem age (o mesmo que `abrangencia.contem`)."""
    a = ABRANGENCIA
    return f"({a} = 'BR' OR ({a} <> '' AND {coluna} <> 'BR' AND starts_with({coluna}, {a})))"


def da_casa() -> str:
    """Condição em SQL: quem age alcança o território da instalação inteira."""
    return f"EXISTS (SELECT 1 FROM identidade_instalacao i WHERE {alcanca('i.abrangencia')})"


@dataclass(frozen=True, kw_only=True)
class Tranca:
    """Que linhas de uma tabela cada abrangência vê e muda, em SQL do PostgreSQL sobre as colunas da linha.

    `muda` vale para inserir, mudar e apagar. Usa `alcanca`, `ABRANGENCIA` e `PESSOA`; numa subconsulta, a tabela citada
    também só mostra o que a tranca dela deixa.
    """

    tabela: str
    ve: str
    muda: str


_TRANCAS: dict[str, Tranca] = {}
_LEITURAS: dict[tuple[str, str], str] = {}


def registrar_tranca(tranca: Tranca) -> None:
    """Declara a tranca da tabela; repetir a mesma declaração não muda nada, outra para a mesma tabela é erro."""
    if _TRANCAS.setdefault(tranca.tabela, tranca) != tranca:
        raise ValueError(f"A tabela {tranca.tabela} já tem outra tranca.")


def trancar_por_territorio(tabela: str, *, coluna: str = "abrangencia") -> None:
    """A tranca comum: vê e muda as linhas quem alcança o território da coluna."""
    registrar_tranca(Tranca(tabela=tabela, ve=alcanca(coluna), muda=alcanca(coluna)))


def abrir_leitura(*, tabela: str, nome: str, ve: str) -> None:
    """Soma à tranca de outro módulo linhas que se veem por causa deste, como o documento de uma peça que se vê."""
    if _LEITURAS.setdefault((tabela, nome), ve) != ve:
        raise ValueError(f"A leitura {nome} de {tabela} já foi declarada de outro jeito.")


def trancas_declaradas() -> tuple[Tranca, ...]:
    return tuple(_TRANCAS[tabela] for tabela in sorted(_TRANCAS))


def recriar_trancas(*, using: str = "default", **_: Any) -> None:
    """Recria as trancas das tabelas que já existem (ligado ao fim do `migrate`). No SQLite não há."""
    conexao = connections[using]
    if conexao.vendor != "postgresql":
        return
    tabelas = set(conexao.introspection.table_names())
    comandos = [c for tranca in trancas_declaradas() if tranca.tabela in tabelas for c in _sql_da_tranca(tranca)]
    for (tabela, nome), ve in sorted(_LEITURAS.items()):
        if tabela in tabelas:
            comandos.append(_politica(tabela, nome, "SELECT", f"USING ({ve})"))
    _trocar_politicas(conexao, comandos)


def soltar_trancas(*, using: str, plan: Any, **_: Any) -> None:
    """Antes de migrações que mudam algo, troca as regras por uma que não cita coluna: até o fim só o sistema vê.

    O PostgreSQL não muda o tipo de uma coluna citada numa regra.
    """
    conexao = connections[using]
    if conexao.vendor == "postgresql" and plan:
        tabelas = set(conexao.introspection.table_names())
        so_o_sistema = f"USING ({ABRANGENCIA} = '{SISTEMA}') WITH CHECK ({ABRANGENCIA} = '{SISTEMA}')"
        nomes = [tranca.tabela for tranca in trancas_declaradas() if tranca.tabela in tabelas]
        _trocar_politicas(conexao, [_politica(tabela, "migracao", "ALL", so_o_sistema) for tabela in nomes])


def _trocar_politicas(conexao: BaseDatabaseWrapper, comandos: list[str]) -> None:
    """Apaga as regras da segunda tranca que há e executa os comandos, tudo de uma vez."""
    with conexao.cursor() as cursor:
        cursor.execute(
            "SELECT policyname, tablename FROM pg_policies WHERE policyname LIKE 'tranca!_%%' ESCAPE '!'", []
        )
        antigas = [f'DROP POLICY "{nome}" ON "{tabela}"' for nome, tabela in cursor.fetchall()]
        if antigas or comandos:
            # a tabela com conferência adiada nesta transação não se altera: confere-se antes, e volta-se a adiar
            confere, adia = "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"
            cursor.execute("; ".join([confere, adia, *antigas, *comandos]))


def _sql_da_tranca(tranca: Tranca) -> list[str]:
    sistema = f"{ABRANGENCIA} = '{SISTEMA}'"
    ve, muda = f"({sistema} OR {tranca.ve})", f"({sistema} OR {tranca.muda})"
    return [
        # FORCE: vale também para o dono da tabela, que é quem a aplicação usa
        f'ALTER TABLE "{tranca.tabela}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{tranca.tabela}" FORCE ROW LEVEL SECURITY',
        _politica(tranca.tabela, "ve", "SELECT", f"USING {ve}"),
        _politica(tranca.tabela, "insere", "INSERT", f"WITH CHECK {muda}"),
        _politica(tranca.tabela, "muda", "UPDATE", f"USING {muda} WITH CHECK {muda}"),
        _politica(tranca.tabela, "apaga", "DELETE", f"USING {muda}"),
    ]


def _politica(tabela: str, nome: str, operacao: str, condicao: str) -> str:
    return f'CREATE POLICY "tranca_{nome}" ON "{tabela}" FOR {operacao} {condicao}'


def definir_padrao(abrangencia: str) -> None:
    """Com que abrangência as conexões deste processo começam: `SISTEMA` nos comandos, `PUBLICO` nas páginas.

    Chama-se antes da primeira conexão; a que já está aberta fica como está.
    """
    global _padrao
    _padrao = abrangencia


def ao_conectar(*, connection: Any, **_: Any) -> None:
    """Põe o padrão do processo numa conexão nova (sinal `connection_created`)."""
    _dizer(connection, _padrao, "")


def dizer_quem_age(*, abrangencia: str, pessoa: str = "") -> None:
    """Diz ao PostgreSQL em que abrangência, e por que pessoa, se age daqui em diante nesta conexão."""
    _dizer(connection, abrangencia, pessoa)


def _dizer(conexao: Any, abrangencia: str, pessoa: str) -> None:
    if conexao.vendor == "postgresql":
        with conexao.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('redesuas.abrangencia', %s, false), set_config('redesuas.pessoa', %s, false)",
                [abrangencia, pessoa],
            )


def deixar_de_agir() -> None:
    """Volta ao padrão do processo. A conexão que não responde é fechada: a próxima começa no padrão."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return
    if connection.in_atomic_block and connection.needs_rollback:
        return  # a transação desfeita desfaz também o que nela se disse
    try:
        dizer_quem_age(abrangencia=_padrao)
    except DatabaseError:
        connection.close()


@contextmanager
def como_sistema() -> Iterator[None]:
    """Dentro do bloco age-se em todo o território; depois, volta-se a quem agia.

    Para o que precede saber quem age, como achar um convite pela chave que só o convidado tem.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('redesuas.abrangencia', true), current_setting('redesuas.pessoa', true)")
        abrangencia, pessoa = cursor.fetchone()
    dizer_quem_age(abrangencia=SISTEMA, pessoa=pessoa or "")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            dizer_quem_age(abrangencia=abrangencia or PUBLICO, pessoa=pessoa or "")


def por_que_a_tranca_esta_aberta() -> str:
    """Por que a segunda tranca não vale neste banco, em palavras; vazio quando vale."""
    if connection.vendor != "postgresql":
        return "o SQLite não tem a segunda tranca; ela é do PostgreSQL"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        papel, ignora = cursor.fetchone()
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        trancadas = {linha[0] for linha in cursor.fetchall()}
    if ignora:
        return f"a conta “{papel}” do PostgreSQL passa por cima dela (SUPERUSER ou BYPASSRLS)"
    existentes = set(connection.introspection.table_names())
    if faltam := sorted(t.tabela for t in trancas_declaradas() if t.tabela in existentes - trancadas):
        return f"faltam as regras de {', '.join(faltam)}; execute ./redesuas migrar"
    return ""
