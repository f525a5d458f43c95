"""Tarefas com posse, trabalhadores com batimento, e o que a rotina passa a guardar."""

from django.db import migrations, models

import suas.nucleo.identificador


class Migration(migrations.Migration):
    dependencies = [
        ("fila", "0001_inicial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Trabalhador",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=suas.nucleo.identificador.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("nome", models.CharField(help_text="Máquina e número do processo", max_length=120)),
                ("papel", models.CharField(help_text="O que executa: tarefas ou rotinas", max_length=20)),
                ("comecou_em", models.DateTimeField()),
                ("batimento", models.DateTimeField()),
                (
                    "vale_ate",
                    models.DateTimeField(
                        help_text="Passado este instante sem outro batimento, o que ele tinha volta à fila"
                    ),
                ),
            ],
            options={
                "verbose_name": "trabalhador",
                "verbose_name_plural": "trabalhadores",
            },
        ),
        migrations.AddField(
            model_name="rotina",
            name="tarefa_id",
            field=models.UUIDField(help_text="A execução mais recente", null=True),
        ),
        migrations.AddField(
            model_name="rotina",
            name="terminou_em",
            field=models.DateTimeField(help_text="Quando terminou bem pela última vez", null=True),
        ),
        migrations.AlterField(
            model_name="rotina",
            name="ultima_em",
            field=models.DateTimeField(help_text="O último horário atendido", null=True),
        ),
        migrations.CreateModel(
            name="Tarefa",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=suas.nucleo.identificador.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("funcao", models.CharField(max_length=200, verbose_name="função")),
                ("titulo", models.CharField(max_length=200, verbose_name="título")),
                ("argumentos", models.JSONField(default=dict)),
                ("fila", models.CharField(default="default", max_length=32)),
                ("prioridade", models.SmallIntegerField(default=0)),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("na_fila", "na fila"),
                            ("fazendo", "fazendo"),
                            ("feita", "feita"),
                            ("de_novo", "tenta de novo"),
                            ("parada", "parada"),
                            ("cancelada", "cancelada"),
                        ],
                        default="na_fila",
                        max_length=10,
                    ),
                ),
                ("criada_em", models.DateTimeField()),
                ("nao_antes_de", models.DateTimeField(verbose_name="não antes de")),
                ("tentativas", models.PositiveSmallIntegerField(default=0, help_text="Quantas vezes foi tomada")),
                ("maximo", models.PositiveSmallIntegerField(default=8, verbose_name="máximo")),
                (
                    "defeitos",
                    models.PositiveSmallIntegerField(default=0, help_text="Quantas vezes o programa falhou nela"),
                ),
                (
                    "quedas",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Quantas vezes o processo caiu com ela na mão"
                    ),
                ),
                ("trabalhador_id", models.UUIDField(null=True)),
                ("token", models.UUIDField(null=True)),
                ("tomada_em", models.DateTimeField(null=True)),
                ("terminada_em", models.DateTimeField(null=True)),
                ("erro", models.TextField(blank=True, help_text="O que houve na última vez, em palavras")),
                ("protocolo", models.CharField(blank=True, max_length=12)),
                ("abrangencia", models.CharField(blank=True, max_length=7, verbose_name="abrangência")),
                ("andamento_id", models.UUIDField(null=True)),
                ("vinculo_id", models.UUIDField(null=True, verbose_name="vínculo de quem pediu")),
                ("unica", models.CharField(max_length=120, null=True, verbose_name="única")),
            ],
            options={
                "verbose_name": "tarefa",
                "indexes": [
                    models.Index(
                        models.F("fila"),
                        models.OrderBy(models.F("prioridade"), descending=True),
                        models.F("nao_antes_de"),
                        models.F("id"),
                        condition=models.Q(("estado__in", ("na_fila", "de_novo"))),
                        name="fila_tarefa_que_espera",
                    ),
                    models.Index(
                        condition=models.Q(("estado__in", ("na_fila", "de_novo")), _negated=True),
                        fields=["estado", "terminada_em"],
                        name="fila_tarefa_por_estado",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("estado__in", ("na_fila", "de_novo", "fazendo")), ("unica__isnull", False)),
                        fields=("unica",),
                        name="fila_tarefa_unica_enquanto_aberta",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("estado", "fazendo"), ("token__isnull", False), ("trabalhador_id__isnull", False)
                            ),
                            models.Q(models.Q(("estado", "fazendo"), _negated=True), ("token__isnull", True)),
                            _connector="OR",
                        ),
                        name="fila_tarefa_so_tem_posse_quem_faz",
                    ),
                ],
            },
        ),
    ]
