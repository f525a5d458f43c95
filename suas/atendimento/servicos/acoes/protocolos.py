"""Propor e aceitar o que duas unidades combinam sobre os encaminhamentos de uma à outra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from suas.atendimento.servicos.consultas import protocolos as leitura
from suas.atendimento.servicos.models import Protocolo
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

Estado = Protocolo.Estado
PRAZO_MAXIMO, MAXIMO_DE_CAMPOS = 90, 8


@dataclass(frozen=True, kw_only=True)
class Proposta:
    """O que se propõe: em que direção, em quantos dias se responde, e o que quem encaminha precisa dizer."""

    origem: Unidade
    destino: Unidade
    combinado: str
    prazo_dias: int
    campos: Sequence[tuple[str, bool]] = ()


@transaction.atomic
def propor(*, proposta: Proposta, pela: Unidade, por: Ator, em: datetime) -> Protocolo:
    """A coordenação de uma das unidades propõe; só vale depois que a outra aceita.

    Erros: `AtoRecusado` se já há uma proposta à espera no par, ou se os dados não servem.
    """
    origem, destino = proposta.origem, proposta.destino
    if origem.pk == destino.pk or origem.municipio_id != destino.municipio_id:
        raise AtoRecusado("Escolha outra unidade do mesmo município.", campo="outra")
    if not 1 <= proposta.prazo_dias <= PRAZO_MAXIMO:
        raise AtoRecusado(
            f"Combine de 1 a {PRAZO_MAXIMO} dias para responder; {proposta.prazo_dias} não serve.", campo="prazo_dias"
        )
    rotulos = [rotulo.strip() for rotulo, _ in proposta.campos]
    if len(rotulos) > MAXIMO_DE_CAMPOS or len(set(rotulos)) != len(rotulos):
        raise AtoRecusado(f"Peça até {MAXIMO_DE_CAMPOS} coisas, cada uma uma vez.", campo="pede")
    Unidade.objects.select_for_update(of=("self",)).get(pk=origem.pk)  # o número não se dá duas vezes
    if Protocolo.objects.filter(origem=origem, destino=destino, estado=Estado.PROPOSTO).exists():
        raise AtoRecusado(
            f"Já há uma proposta de {origem.nome} a {destino.nome} à espera. Ela precisa de resposta antes de outra."
        )
    protocolo = Protocolo.objects.create(
        abrangencia=origem.municipio_id,
        origem=origem,
        destino=destino,
        numero=leitura.proximo_numero(origem=origem, destino=destino),
        combinado=proposta.combinado.strip(),
        prazo_dias=proposta.prazo_dias,
        campos=[
            {"rotulo": rotulo, "obrigatorio": obrigatorio}
            for rotulo, (_, obrigatorio) in zip(rotulos, proposta.campos, strict=True)
        ],
        proposto_pela=pela,
        proposto_em=em,
    )
    registrar(ato="servicos.propor_protocolo", objeto=protocolo, por=por, em=em)
    return protocolo


@transaction.atomic
def responder(*, protocolo: Protocolo, aceita: bool, resposta: str, por: Ator, em: datetime) -> Protocolo:
    """A outra unidade aceita, e o de antes deixa de valer; ou não aceita, dizendo por quê."""
    atual = Protocolo.objects.select_for_update(of=("self",)).get(pk=protocolo.pk)
    if atual.estado != Estado.PROPOSTO:
        raise AtoRecusado(f"Esta proposta já está “{atual.get_estado_display()}”.")
    if not aceita and not resposta.strip():
        raise AtoRecusado("Diga por que não aceita: a outra unidade vai ler.", campo="resposta")
    if aceita:
        Protocolo.objects.filter(origem=atual.origem, destino=atual.destino, estado=Estado.VIGENTE).update(
            estado=Estado.SUBSTITUIDO
        )
    atual.estado = Estado.VIGENTE if aceita else Estado.RECUSADO
    atual.respondido_em, atual.resposta = em, resposta.strip()
    atual.save(update_fields=["estado", "respondido_em", "resposta"])
    registrar(
        ato="servicos.aceitar_protocolo" if aceita else "servicos.recusar_protocolo", objeto=atual, por=por, em=em
    )
    return atual
