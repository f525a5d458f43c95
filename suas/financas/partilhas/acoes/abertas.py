"""O que todo ato de preparo faz antes e depois: travar a partilha ainda aberta e conferir o que ela tem."""

from __future__ import annotations

from datetime import datetime

from normas.partilha.regras import regras_do_exercicio
from suas.financas.partilhas.consultas.entradas import conferir
from suas.financas.partilhas.models import Partilha
from suas.nucleo.recusa import AtoRecusado


def travada(partilha: Partilha) -> Partilha:
    """A partilha relida e travada até o fim da transação."""
    return Partilha.objects.select_for_update(of=("self",)).get(pk=partilha.pk)


def travada_em_preparo(partilha: Partilha) -> Partilha:
    """A partilha travada, se ainda é rascunho ou simulada; senão o ato é recusado."""
    atual = travada(partilha)
    if not atual.em_preparo:
        raise AtoRecusado(
            f"Esta partilha está {atual.get_estado_display()}: insumos, opções e cotas já não mudam. "
            "Para experimentar outra, crie um cenário."
        )
    return atual


def conferida(partilha: Partilha, *, em: datetime, faltas: int | None = None) -> Partilha:
    """Grava que algo de entrada mudou: nova versão dos insumos e quantos dados faltam (conta, se não é dado)."""
    partilha.versao_insumos += 1
    partilha.faltas = len(conferir(partilha).falhas) if faltas is None else faltas
    partilha.simulacao_norma_nao_vigente = not regras_do_exercicio(partilha.exercicio).vigente
    partilha.mudada_em = em
    partilha.save()
    return partilha
