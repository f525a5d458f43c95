"""Quem pode o quê: a página pública dos papéis."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from suas.nucleo.permissoes.palavras import PODE
from suas.nucleo.permissoes.papeis import AREAS, PAPEIS, PAPEIS_DE_VINCULO, Esfera, Papel
from suas.nucleo.permissoes.permissao import Permissao

ESFERAS: dict[Esfera, str] = {"uniao": "no país", "uf": "no estado", "municipio": "no município"}


@login_not_required
@require_safe
def papeis(request: HttpRequest) -> HttpResponse:
    """Cada papel: o que é, onde existe, o que pode e quem o dá. Sai da mesma tabela que o sistema aplica."""
    return render(
        request,
        "identidade/papeis.jinja",
        {"papeis": [_em_palavras(papel) for papel in PAPEIS.values()], "areas": AREAS.values()},
    )


def _em_palavras(papel: Papel) -> dict[str, object]:
    return {
        "papel": papel,
        "esferas": [texto for esfera, texto in ESFERAS.items() if esfera in papel.esferas],
        "pode": [PODE[permissao] for permissao in Permissao if permissao in papel.permissoes],
        "nomeia": [f"{PAPEIS[codigo].nome} ({_onde(esferas)})" for codigo, esferas in papel.nomeia.items()],
        "nomeado_por": [
            f"{outro.nome} ({_onde(outro.nomeia[papel.codigo])})"
            for outro in PAPEIS_DE_VINCULO
            if papel.codigo in outro.nomeia
        ],
    }


def _onde(esferas: frozenset[Esfera]) -> str:
    return ", ".join(texto for esfera, texto in ESFERAS.items() if esfera in esferas)
