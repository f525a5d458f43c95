"""Pôr no cadastro, de uma vez, unidades já prontas com o que ofertam e quem atendem: a demonstração as inventa."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar

LOTE = 500


@transaction.atomic
def carregar(
    *,
    unidades: Sequence[Unidade],
    servicos: Sequence[ServicoOfertado],
    atendidos: Sequence[MunicipioAtendido],
    fonte: str,
    por: Ator,
    em: datetime,
    motivo: str = "",
) -> None:
    """Grava as unidades e o que é delas, todas da mesma fonte; nada, se não há unidade."""
    if not unidades:
        return
    for unidade in unidades:
        unidade.nome_busca = nome_de_busca(unidade.nome)
        unidade.mudada_em, unidade.fonte = em, fonte
    Unidade.objects.bulk_create(unidades, batch_size=LOTE)
    ServicoOfertado.objects.bulk_create(servicos, batch_size=LOTE)
    MunicipioAtendido.objects.bulk_create(atendidos)
    dados = {"quantas": len(unidades), "fonte": fonte}
    registrar(ato="rede.carregar", objeto=unidades[0], por=por, em=em, motivo=motivo, dados=dados)
