"""Traz as tarefas que esperavam na fila anterior (tabela do django-tasks-db) e retira a tabela.

A que estava em andamento quando o sistema parou para atualizar também volta à fila: ninguém mais a tem. Repetível: sem
a tabela, não há o que fazer. Não importa código da plataforma, porque precisa continuar igual quando o código mudar.
"""

import json
from datetime import UTC
from uuid import UUID

from django.db import migrations
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware

ANTERIOR = "django_tasks_database_dbtaskresult"
SEM_HORA = 9000


def _instante(valor):
    lido = parse_datetime(valor) if isinstance(valor, str) else valor
    return make_aware(lido, UTC) if lido and is_naive(lido) else lido


def trazer(apps, schema_editor):
    conexao = schema_editor.connection
    if ANTERIOR not in conexao.introspection.table_names():
        return
    with conexao.cursor() as cursor:
        cursor.execute(
            f"SELECT id, args_kwargs, priority, task_path, queue_name, run_after, enqueued_at FROM {ANTERIOR} "
            "WHERE status IN ('READY', 'RUNNING', 'NEW')"
        )
        linhas = cursor.fetchall()
    Tarefa = apps.get_model("fila", "Tarefa")
    for codigo, argumentos, prioridade, funcao, fila, nao_antes_de, criada_em in linhas:
        criada = _instante(criada_em)
        espera = _instante(nao_antes_de)
        lidos = json.loads(argumentos) if isinstance(argumentos, str) else argumentos
        andamento = lidos["kwargs"].get("andamento_id")
        Tarefa.objects.get_or_create(
            pk=UUID(str(codigo)),
            defaults={
                "funcao": funcao,
                "titulo": "Pedida antes da atualização do sistema",
                "argumentos": lidos,
                "fila": fila,
                "prioridade": prioridade,
                "criada_em": criada,
                "nao_antes_de": criada if espera is None or espera.year > SEM_HORA else espera,
                "andamento_id": UUID(andamento) if andamento else None,
            },
        )
    schema_editor.execute(f"DROP TABLE {ANTERIOR}")


class Migration(migrations.Migration):
    dependencies = [("fila", "0002_posse")]

    operations = [migrations.RunPython(trazer, migrations.RunPython.noop)]
