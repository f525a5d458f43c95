from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rede", "0003_juntar_e_desmembrar"),
    ]

    operations = [
        migrations.AlterField(
            model_name="pedido",
            name="tipo",
            field=models.CharField(
                choices=[
                    ("abrir", "abrir"),
                    ("fechar", "fechar"),
                    ("reabrir", "reabrir"),
                    ("fundir", "juntar"),
                    ("desmembrar", "desmembrar"),
                    ("desfazer", "desfazer"),
                ],
                max_length=10,
            ),
        ),
    ]
