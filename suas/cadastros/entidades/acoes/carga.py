"""Pôr no cadastro, de uma vez, entidades já prontas com o que ofertam e a inscrição: a demonstração as inventa."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from suas.cadastros.entidades.models import Entidade, Inscricao, Oferta, Passo
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def carregar(
    *,
    entidades: Sequence[Entidade],
    ofertas: Sequence[Oferta],
    inscricoes: Sequence[Inscricao],
    por: Ator,
    em: datetime,
    motivo: str = "",
) -> None:
    """Grava as entidades, o que ofertam e as inscrições que os conselhos já lhes tinham dado."""
    if not entidades:
        return
    for entidade in entidades:
        entidade.nome_busca = nome_de_busca(f"{entidade.nome_fantasia} {entidade.razao_social}")
        entidade.criada_em = entidade.mudada_em = em
    for inscricao in inscricoes:
        inscricao.mudada_em = em
    Entidade.objects.bulk_create(entidades)
    Oferta.objects.bulk_create(ofertas)
    Inscricao.objects.bulk_create(inscricoes)
    Passo.objects.bulk_create(
        Passo(
            inscricao=inscricao,
            etapa="anterior",
            resultado="registrada",
            dia=inscricao.decidida_em,
            quem=por.papel.nome,
            em=em,
        )
        for inscricao in inscricoes
        if inscricao.decidida_em is not None
    )
    dados = {"quantas": len(entidades), "inscricoes": len(inscricoes)}
    registrar(ato="entidades.carregar", objeto=entidades[0], por=por, em=em, motivo=motivo, dados=dados)
