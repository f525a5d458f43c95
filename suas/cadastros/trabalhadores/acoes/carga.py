"""Pôr no quadro, de uma vez, pessoas já prontas com as lotações delas: a demonstração as inventa."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.trabalhadores.models import BaseDaEquipe, Lotacao, QuemAtende, Trabalhador
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar

LOTE = 500


@transaction.atomic
def carregar(
    *,
    trabalhadores: Sequence[Trabalhador],
    lotacoes: Sequence[Lotacao],
    bases: Sequence[BaseDaEquipe],
    mostram: Sequence[QuemAtende],
    por: Ator,
    em: datetime,
    motivo: str = "",
) -> None:
    """Grava as pessoas, onde trabalham, os números das equipes e que unidades mostram quem atende."""
    if not trabalhadores:
        return
    for trabalhador in trabalhadores:
        trabalhador.nome_busca = nome_de_busca(trabalhador.nome)
        trabalhador.criado_em = trabalhador.mudado_em = em
    for lotacao in lotacoes:
        lotacao.criada_em = lotacao.mudada_em = em
    Trabalhador.objects.bulk_create(trabalhadores, batch_size=LOTE)
    Lotacao.objects.bulk_create(lotacoes, batch_size=LOTE)
    BaseDaEquipe.objects.bulk_create(bases)
    QuemAtende.objects.bulk_create(mostram)
    dados = {"pessoas": len(trabalhadores), "lotacoes": len(lotacoes)}
    registrar(ato="trabalhadores.carregar", objeto=trabalhadores[0], por=por, em=em, motivo=motivo, dados=dados)
