"""O comprovante de inscrição em PDF, que a entidade entrega e quem recebe confere pelo código."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.consultas import inscricoes as consultas
from suas.cadastros.entidades.models import Inscricao
from suas.nucleo.tela import papel
from suas.nucleo.tela.filtros import dia


@login_not_required
@require_safe
def comprovante(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """A inscrição como está hoje; a que não está em vigor diz isso em toda página."""
    atual = permissoes.obter_comprovante_para_ver(request.ator, inscricao_id=inscricao_id)
    em_vigor = consultas.em_vigor(atual, hoje=request.hoje)
    entidade = atual.entidade
    fantasia = f" ({entidade.nome_fantasia})" if entidade.nome_fantasia else ""
    frase = (
        f"{entidade.razao_social}{fantasia}, CNPJ {entidade.cnpj_escrito}, com sede em {entidade.municipio}, "
        f"{'tem' if em_vigor else 'teve'} inscrição neste conselho sob o número {atual.numero}."
    )
    documento = papel.Papel(
        titulo=f"Comprovante de inscrição nº {atual.numero}",
        sobre=f"Conselho Municipal de Assistência Social de {atual.municipio}",
        periodo=f"Situação em {dia(request.hoje)}",
        endereco=reverse("inscricao-comprovante", args=[atual.pk]),
        avisos=() if em_vigor else (_por_que_nao_vale(atual),),
        partes=[
            papel.Texto(texto=frase),
            papel.Ficha(pares=_pares(atual)),
            papel.Texto(
                texto="A situação pode ter mudado depois desta data: confira a de hoje pelo código ou pelo endereço "
                "desta folha. Resolução CNAS nº 14/2014."
            ),
        ],
    )
    return papel.como_pdf(request, documento, nome=f"comprovante-{atual.municipio_id}-{atual.numero}")


def _por_que_nao_vale(atual: Inscricao) -> str:
    if atual.encerrada_em:
        return f"Esta inscrição não está em vigor: deixou de valer em {dia(atual.encerrada_em)}"
    if atual.valida_ate:
        return f"Esta inscrição não está em vigor: a validade acabou em {dia(atual.valida_ate)}"
    return "Esta inscrição não está em vigor"


def _pares(atual: Inscricao) -> list[tuple[str, str]]:
    oferta = atual.oferta
    do_que = (
        f"{oferta.nome} ({oferta.get_tipo_display()})" if oferta else f"Entidade de {', '.join(atual.entidade.tipos)}"
    )
    validade = (
        f"até {dia(atual.valida_ate)}" if atual.valida_ate else "sem prazo, enquanto cumpre os requisitos da inscrição"
    )
    return [
        ("O que se inscreve", do_que),
        ("Decidida em", dia(atual.decidida_em)),
        ("Resolução", atual.resolucao or "não informada"),
        ("Publicada em", dia(atual.publicada_em)),
        ("Validade", validade),
    ]
