"""Cargas em lote, para a linha de comando."""

from __future__ import annotations

from datetime import datetime

from suas.cadastros.territorio import acoes, planilha
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.planilhas.pastas import ler_planilha


def importar_populacao(*, conteudo: bytes, ano: int, fonte: str, tipo: str, por: Ator, em: datetime) -> acoes.Gravadas:
    """Lê um CSV (codigo_ibge, populacao ou habitantes, e ano se houver), confere tudo e grava; repetir não muda nada.

    `tipo` é estimativa, censo ou contagem. Erros: `PlanilhaIlegivel` se não é uma tabela; `FaltasNaPlanilha` com cada
    falta, e nada gravado.
    """
    habitantes = planilha.ler_populacao(ler_planilha(conteudo), ano=ano)
    return acoes.gravar_populacao(habitantes=habitantes, ano=ano, fonte=fonte, tipo=tipo, por=por, em=em)
