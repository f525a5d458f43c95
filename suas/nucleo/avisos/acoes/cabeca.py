"""A cabeça da trilha, mandada todo dia a quem a confere: é o que fica fora do alcance de quem administra o banco."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from suas.nucleo.avisos import consultas
from suas.nucleo.avisos.acoes.emissao import avisar
from suas.nucleo.avisos.modelos import CABECA
from suas.nucleo.avisos.silencio import BRASILIA
from suas.nucleo.permissoes.abrangencia import que_alcancam
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela import filtros, instalacao
from suas.nucleo.trilha import consultas as trilha


@transaction.atomic
def mandar(*, em: datetime) -> int:
    """Avisa, uma vez por dia, cada pessoa que confere a corrente desta instalação; devolve quantas.

    Com a corrente ainda vazia não há o que guardar, e ninguém é avisado.
    """
    ponta, corrente = trilha.cabeca(), trilha.situacao()
    if not ponta.numero:
        return 0
    casa, dia = instalacao.atual(), em.astimezone(BRASILIA).date()
    em_que = que_alcancam(instalacao.territorio())
    pessoas = consultas.quem_tem(Permissao.TRILHA_CONFERIR, em=em_que, dia=dia).order_by("pk")
    dados = {
        "dia": f"{dia:%d/%m/%Y}",
        "numero": str(ponta.numero),
        "verificacao": _em_palavras(corrente),
        "linha": ponta.linha(orgao=casa.orgao),
    }
    avisadas = list(pessoas.values_list("pk", flat=True))
    for pessoa_id in avisadas:
        avisar(
            modelo=CABECA.codigo,
            causa=f"cabeca:{dia.isoformat()}",
            pessoa_id=pessoa_id,
            dados=dados,
            endereco=reverse("trilha-corrente"),
            por=ATOR_PUBLICO,
            em=em,
        )
    return len(avisadas)


def _em_palavras(corrente: trilha.Situacao) -> str:
    verificacao = corrente.verificacao
    if verificacao is None:
        return "A corrente ainda não foi verificada nenhuma vez."
    quando = filtros.momento(verificacao.em)
    if verificacao.inteira:
        return f"A última verificação, de {quando}, achou a corrente inteira."
    return f"A última verificação, de {quando}, ACHOU A CORRENTE QUEBRADA. Veja onde na página da corrente."
