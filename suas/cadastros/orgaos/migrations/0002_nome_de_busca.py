"""Guarda o nome e a sigla sem acentos, para a busca, e o escreve nos registros que já havia.

Em lotes e repetível: quem já o tem não é tocado. Não importa código da plataforma, porque precisa continuar igual
quando o código mudar.
"""

import re
import unicodedata

from django.db import migrations, models

LOTE = 500


def sem_acentos(texto):
    limpo = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode("ascii")
    return " ".join(re.findall(r"[a-z0-9]+", limpo.lower()))


def escrever(apps, schema_editor):
    Orgao = apps.get_model("orgaos", "Orgao")
    faltam = Orgao.objects.filter(nome_busca="").order_by("pk")
    ultimo = None
    while lote := list((faltam.filter(pk__gt=ultimo) if ultimo else faltam)[:LOTE]):
        for registro in lote:
            registro.nome_busca = sem_acentos(f"{registro.nome} {registro.sigla}")
        Orgao.objects.bulk_update(lote, ["nome_busca"])
        ultimo = lote[-1].pk


class Migration(migrations.Migration):
    dependencies = [("orgaos", "0001_inicial")]

    operations = [
        migrations.AddField(
            model_name="orgao",
            name="nome_busca",
            field=models.CharField(default="", editable=False, max_length=240, verbose_name="nome sem acentos"),
        ),
        migrations.RunPython(escrever, migrations.RunPython.noop),
    ]
