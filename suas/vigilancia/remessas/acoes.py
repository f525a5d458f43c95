"""Receber uma remessa e fazer o que ela pede. O que se fez e o relatório gravam-se juntos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from normas.base.competencia import Competencia
from normas.registros.em_json import das_inconsistencias
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.mensais.acoes import lote
from suas.vigilancia.mensais.consultas import PRIMEIRA
from suas.vigilancia.remessas import consultas, permissoes
from suas.vigilancia.remessas.models import Remessa

Mes = Mapping[str, Any]


@transaction.atomic
def receber(*, meses: Sequence[Mes], por: Ator, em: datetime) -> Remessa:
    """Guarda a remessa como veio, para a fila. Erros: `AtoRecusado` sem pessoa que responda."""
    if por.pessoa is None:
        raise AtoRecusado("Uma remessa é de uma pessoa: mande com a chave de um vínculo.")
    remessa = Remessa.objects.create(abrangencia=por.abrangencia, meses=list(meses), recebida_em=em, pessoa=por.pessoa)
    registrar(ato="remessas.receber", objeto=remessa, por=por, em=em, dados={"quantos": len(meses)})
    return remessa


@transaction.atomic
def fazer(*, remessa_id: UUID, por: Ator, em: datetime, hoje: date) -> Remessa:
    """Confere e envia cada mês e grava o relatório, na mesma transação; a remessa feita não se faz de novo."""
    remessa = Remessa.objects.select_for_update(of=("self",)).get(pk=remessa_id)
    if remessa.situacao == Remessa.Situacao.FEITA:
        return remessa
    unidades = consultas.unidades_citadas(str(mes["unidade"]) for mes in remessa.meses)
    relatorio: list[dict[str, Any]] = []
    servem: list[tuple[int, lote.MesRecebido]] = []
    vistos: set[tuple[UUID, str]] = set()
    for mes in remessa.meses:
        unidade, recusa = unidades.get(str(mes["unidade"])), ""
        if unidade is None or not permissoes.preenche(por, unidade):
            recusa = "Não há unidade com este identificador de que você preencha o mês. Confira os 11 algarismos."
        elif (unidade.pk, mes["competencia"]) in vistos:
            recusa = "Este mês desta unidade já veio antes nesta remessa. Deixe um só."
        elif Competencia.de_texto(mes["competencia"]) < PRIMEIRA:
            recusa = f"O formulário em vigor começa em {PRIMEIRA}."
        relatorio.append(_linha(mes, situacao=lote.Situacao.RECUSADO, recusa=recusa))
        if unidade is not None and not recusa:
            vistos.add((unidade.pk, mes["competencia"]))
            servem.append((len(relatorio) - 1, _recebido(mes, unidade)))
    if servem:
        respostas = lote.receber(meses=[mes for _, mes in servem], por=por, em=em, hoje=hoje)
        for (posicao, _), resposta in zip(servem, respostas, strict=True):
            relatorio[posicao] |= {
                "situacao": str(resposta.situacao),
                "recusa": resposta.recusa,
                "inconsistencias": das_inconsistencias(resposta.inconsistencias),
            }
    remessa.relatorio, remessa.situacao, remessa.feita_em = relatorio, Remessa.Situacao.FEITA, em
    remessa.save(update_fields=["relatorio", "situacao", "feita_em"])
    registrar(ato="remessas.fazer", objeto=remessa, por=por, em=em, dados=consultas.resumo(relatorio))
    return remessa


def _recebido(mes: Mes, unidade: Unidade) -> lote.MesRecebido:
    return lote.MesRecebido(
        unidade=unidade,
        competencia=Competencia.de_texto(mes["competencia"]),
        itens=mes["itens"],
        justificativas=mes.get("justificativas") or {},
        motivo=mes.get("motivo") or "",
    )


def _linha(mes: Mes, *, situacao: str, recusa: str) -> dict[str, Any]:
    return {
        "unidade": mes["unidade"],
        "competencia": mes["competencia"],
        "situacao": str(situacao),
        "recusa": recusa,
        "inconsistencias": [],
    }
