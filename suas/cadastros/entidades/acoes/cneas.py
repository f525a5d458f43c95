"""Concluir e reabrir o registro da entidade no CNEAS: é ato do órgão gestor do município da sede."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.acoes.cadastro import travada
from suas.cadastros.entidades.consultas import cneas
from suas.cadastros.entidades.models import Entidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def concluir(*, entidade: Entidade, visita: date, por: Ator, em: datetime, hoje: date) -> Entidade:
    """Dá o registro por concluído, com o dia da visita do órgão gestor. Erros: `AtoRecusado`, com o que falta."""
    permissoes.exigir_gestao(por, entidade)
    atual = travada(entidade)
    if atual.cneas_concluido_em is not None:
        raise AtoRecusado(f"O CNEAS desta entidade já está concluído desde {atual.cneas_concluido_em:%d/%m/%Y}.")
    if visita > hoje:
        raise AtoRecusado(f"A visita está marcada para {visita:%d/%m/%Y}. Conclua depois de feita.", campo="visita")
    if impedem := [falta.texto for falta in cneas.faltas(atual, hoje=hoje) if falta.impede]:
        raise AtoRecusado("Ainda não se conclui: " + " ".join(impedem))
    atual.cneas_visita_em, atual.cneas_concluido_em, atual.mudada_em = visita, hoje, em
    atual.save(update_fields=["cneas_visita_em", "cneas_concluido_em", "mudada_em"])
    registrar(ato="entidades.concluir_cneas", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def reabrir(*, entidade: Entidade, motivo: str, por: Ator, em: datetime) -> Entidade:
    """O registro volta a “em preenchimento”, com a razão."""
    permissoes.exigir_gestao(por, entidade)
    atual = travada(entidade)
    if atual.cneas_concluido_em is None:
        raise AtoRecusado("O CNEAS desta entidade já está em preenchimento.")
    atual.cneas_visita_em = atual.cneas_concluido_em = None
    atual.mudada_em = em
    atual.save(update_fields=["cneas_visita_em", "cneas_concluido_em", "mudada_em"])
    registrar(ato="entidades.reabrir_cneas", objeto=atual, por=por, em=em, motivo=motivo.strip())
    return atual
