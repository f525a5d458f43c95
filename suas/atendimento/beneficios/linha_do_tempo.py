"""Os benefícios eventuais na linha do tempo da família, nas unidades que se leem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from suas.atendimento.beneficios.consultas import beneficios
from suas.atendimento.beneficios.models import Pedido
from suas.atendimento.familias.ligacoes import Momento
from suas.atendimento.familias.permissoes import Acesso
from suas.nucleo.permissoes.ator import Ator


def momentos(ator: Ator, acesso: Acesso, lidas: Sequence[UUID]) -> Iterable[Momento]:
    """Um momento por pedido, no dia em que se decidiu, ou no do pedido enquanto espera."""
    for pedido in beneficios.da_familia(acesso.familia, unidades=lidas):
        yield Momento(
            dia=pedido.decidido_dia or pedido.dia,
            titulo=pedido.get_tipo_display(),
            texto=pedido.get_estado_display(),
            pessoa=pedido.pessoa.como_se_chama if pedido.pessoa is not None else "",
            pessoa_id=pedido.pessoa_id,
            unidade=pedido.unidade.nome,
            quem=(pedido.decidido_por or pedido.profissional).nome,
            endereco=reverse("beneficio", args=[pedido.pk]) if pedido.unidade_id == ator.unidade else "",
            anulado=pedido.estado == Pedido.Estado.CANCELADO,
        )
