"""Guarda, em SQL, o formato do banco de uma versão, com poucas linhas de cada tabela, para o teste de atualização.

Execute uma vez por versão publicada, sobre o banco de uma demonstração recém-criada:

    python ferramentas/guardar_esquema.py --de dados/redesuas.sqlite3 --saida tests/operacao/esquema_X_Y_Z.sql

O de 0.1.0 foi guardado com as tabelas da fila como eram oito migrações antes (`gerenciar migrate django_tasks_database
0013`), para que o teste tenha o que atualizar já na primeira versão.

Ficam as linhas de dois municípios; a memória comprimida vira um byte, porque ali só importa a coluna.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path

MUNICIPIOS = ("3205309", "3200102")
# Refeitas pelo Django depois de cada migração, ou sem valor depois de um dia.
SEM_LINHAS = ("auth_permission", "django_content_type", "django_session", "cache_da_aplicacao")
COLUNAS_DE_MUNICIPIO = {"codigo_ibge", "municipio_id"}


def reduzir(banco: sqlite3.Connection) -> None:
    """Deixa só as linhas que interessam; os gatilhos, que recusariam, saem e voltam."""
    gatilhos = banco.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for nome, _ in gatilhos:
        banco.execute(f'DROP TRIGGER "{nome}"')
    tabelas = [linha[0] for linha in banco.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for tabela in tabelas:
        colunas = {linha[1] for linha in banco.execute(f'PRAGMA table_info("{tabela}")')}
        if tabela in SEM_LINHAS:
            banco.execute(f'DELETE FROM "{tabela}"')
        for coluna in colunas & COLUNAS_DE_MUNICIPIO:
            banco.execute(f'DELETE FROM "{tabela}" WHERE "{coluna}" NOT IN (?, ?)', MUNICIPIOS)
    banco.execute("DELETE FROM territorio_uf WHERE sigla <> 'ES'")
    banco.execute("DELETE FROM partilhas_grupo WHERE uf <> 'ES'")
    banco.execute("DELETE FROM partilhas_indicadorcomplementar WHERE instancia NOT IN ('ES', 'Sudeste', 'BR')")
    banco.execute("UPDATE partilhas_memoria SET comprimida = x'00', tamanho = 1")
    for _, sql in gatilhos:
        banco.execute(sql)
    banco.commit()


def main() -> int:
    leitor = argparse.ArgumentParser(description="Guarda o formato do banco de uma versão.")
    leitor.add_argument("--de", type=Path, required=True)
    leitor.add_argument("--saida", type=Path, required=True)
    pedido = leitor.parse_args()
    banco = sqlite3.connect(":memory:")
    with sqlite3.connect(f"file:{pedido.de}?mode=ro", uri=True) as origem:
        origem.backup(banco)
    reduzir(banco)
    linhas = [linha.replace("\n", " ") if linha.startswith("CREATE") else linha for linha in banco.iterdump()]
    pedido.saida.write_text("\n".join(linhas) + "\n", encoding="utf-8")
    print(f"{len(linhas)} comandos em {pedido.saida}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
