"""Grava como entrega o primeiro envio de cada mês que já estava enviado ou aprovado. Em lotes e repetível."""

from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import Min

BRASILIA = ZoneInfo("America/Sao_Paulo")
ALVOS = {"cras": "CRAS", "creas": "CREAS", "creas_regional": "CREAS Regional", "centro_pop": "Centro POP"}
LOTE = 500


def gravar(apps, schema_editor):
    RegistroMensal = apps.get_model("mensais", "RegistroMensal")
    Entrega = apps.get_model("obrigacoes", "Entrega")
    ja = set(Entrega.objects.filter(sistema="RMA").values_list("devedor", "periodo"))
    entregues = (
        RegistroMensal.objects.filter(estado__in=("enviado", "aprovado"))
        .annotate(primeiro=Min("envios__em"))
        .exclude(primeiro=None)
        .order_by("pk")
        .values_list("unidade_id", "unidade__tipo", "abrangencia", "competencia", "primeiro")
    )
    novas = []
    for unidade, tipo, abrangencia, competencia, primeiro in entregues.iterator(chunk_size=LOTE):
        devedor = f"unidade:{unidade}"
        if (devedor, competencia) in ja:
            continue
        dia = primeiro.astimezone(BRASILIA).date()
        novas.append(
            Entrega(
                sistema="RMA",
                etapa="preenchimento",
                periodo=competencia,
                devedor=devedor,
                unidade=unidade,
                alvo=ALVOS[tipo],
                abrangencia=abrangencia,
                dia=dia,
                primeira=dia,
            )
        )
    Entrega.objects.bulk_create(novas, batch_size=LOTE)


class Migration(migrations.Migration):
    dependencies = [
        ("mensais", "0001_registro_mensal"),
        ("obrigacoes", "0001_entregas_e_prazos"),
        ("rede", "0001_inicial"),
    ]

    operations = [migrations.RunPython(gravar, migrations.RunPython.noop)]
