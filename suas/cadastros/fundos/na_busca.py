"""Os fundos na busca do alto da página: ler é público."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from suas.cadastros.fundos.models import Fundo
from suas.cadastros.orgaos.na_busca import NO_ENTE
from suas.cadastros.territorio import procura
from suas.nucleo.identidade import lugares
from suas.nucleo.permissoes.ator import Ator


def procurar(termo: str, *, ator: Ator, hoje: date, limite: int) -> list[procura.Achado]:
    """Pelo nome e, junto dele, pelo município ou pela UF."""
    parecidos = procura.pelo_nome(
        Fundo.objects.all(), termo, na_palavra=lambda palavra: Q(nome_busca__contains=palavra), onde=NO_ENTE
    )
    achados = list(parecidos[:limite])
    lugares.nomes(fundo.abrangencia for fundo in achados)
    return [
        procura.Achado(
            nome=fundo.nome,
            endereco=reverse("fundo", args=[fundo.abrangencia]),
            sobre=f"Fundo de assistência social · {fundo.lugar}",
        )
        for fundo in achados
    ]
