"""Os encaminhamentos e os encontros de grupos na linha do tempo da família, de quem os lê."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from suas.atendimento.familias.ligacoes import Momento
from suas.atendimento.familias.permissoes import Acesso
from suas.atendimento.servicos.consultas import encaminhamentos, grupos
from suas.atendimento.servicos.models import Encaminhamento
from suas.nucleo.permissoes.ator import Ator


def momentos(ator: Ator, acesso: Acesso, lidas: Sequence[UUID]) -> Iterable[Momento]:
    """Um momento por encaminhamento; nada a quem não atende."""
    if not acesso.atende:
        return
    for feito in encaminhamentos.da_familia(acesso.familia, unidade=acesso.unidade.pk, lidas=lidas):
        nas_pontas = ator.unidade in {feito.origem_id, feito.destino_id}
        yield Momento(
            dia=feito.dia,
            titulo=f"Encaminhamento a {feito.para_onde}",
            texto=f"{feito.get_codigo_display()}: {feito.get_etapa_display()}",
            pessoa=feito.pessoa.como_se_chama if feito.pessoa is not None else "",
            pessoa_id=feito.pessoa_id,
            unidade=feito.origem.nome,
            quem=feito.profissional.nome,
            endereco=reverse("encaminhamento", args=[feito.pk]) if nas_pontas else "",
            anulado=feito.etapa == Encaminhamento.Etapa.CANCELADO,
        )


def presencas(ator: Ator, acesso: Acesso, lidas: Sequence[UUID]) -> Iterable[Momento]:
    """Um momento por encontro a que alguém da família veio, nas unidades lidas."""
    for presenca in grupos.presencas_da_familia(acesso.familia, unidades=lidas):
        encontro = presenca.encontro
        yield Momento(
            dia=encontro.dia,
            titulo=f"Veio a {encontro.grupo.nome}",
            texto=encontro.tema,
            pessoa=presenca.pessoa.como_se_chama,
            pessoa_id=presenca.pessoa_id,
            unidade=encontro.unidade.nome,
            quem=encontro.profissional.nome,
        )
