"""Guarda, com o mandato, o arquivo do ato que nomeou ou elegeu quem responde."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documentos", "0002_exame_de_antivirus"),
        ("fundos", "0002_nome_de_busca"),
    ]

    operations = [
        migrations.AddField(
            model_name="responsavel",
            name="ato_documento",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documentos.documento",
                verbose_name="arquivo do ato",
            ),
        ),
    ]
