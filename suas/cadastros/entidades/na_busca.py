"""As entidades na busca do alto da página: o cadastro é público."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from suas.cadastros.entidades.models import Entidade
from suas.cadastros.territorio import procura
from suas.nucleo.permissoes.ator import Ator


def procurar(termo: str, *, ator: Ator, hoje: date, limite: int) -> list[procura.Achado]:
    """Pelo CNPJ, ou pelo nome e, junto dele, pelo município ou pela UF da sede."""
    todas = Entidade.objects.select_related("municipio__uf")
    cnpj = re.sub(r"[\s.\-/]", "", termo).upper()
    if re.fullmatch(r"(?=.*\d)[0-9A-Z]{8,14}", cnpj):
        achadas: QuerySet[Entidade] = todas.filter(cnpj__startswith=cnpj).order_by("nome_busca", "pk")
    else:
        achadas = procura.pelo_nome(
            todas,
            termo,
            na_palavra=lambda palavra: Q(nome_busca__contains=palavra),
            onde=procura.NO_MUNICIPIO,
        )
    return [
        procura.Achado(
            nome=entidade.nome,
            endereco=reverse("entidade", args=[entidade.pk]),
            sobre=f"Entidade · sede em {entidade.municipio}",
        )
        for entidade in achadas[:limite]
    ]
