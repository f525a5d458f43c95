"""Índice só dos valores sintéticos: dizer se um indicador os tem não lê a tabela inteira."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicadores", "0001_inicial")]

    operations = [
        migrations.AddIndex(
            model_name="valor",
            index=models.Index(
                condition=models.Q(("sintetico", True)), fields=["indicador", "ano"], name="valor_sintetico_por_ano"
            ),
        ),
    ]
