"""O que a vigilância do município faz com o que recebe: analisa, aprova, devolve e publica."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.mensais import consolidacao, obrigacao, permissoes
from suas.vigilancia.mensais.acoes.envio import MOTIVO_MINIMO, passar
from suas.vigilancia.mensais.models import RegistroMensal, Resposta

Estado = RegistroMensal.Estado


@transaction.atomic
def analisar(*, registro: RegistroMensal, por: Ator, em: datetime) -> RegistroMensal:
    """Diz à unidade que a conferência começou. Erros: `AtoRecusado`."""
    atual = RegistroMensal.objects.select_for_update(of=("self",)).get(pk=registro.pk)
    if atual.estado != Estado.ENVIADO:
        raise AtoRecusado(f"O mês está {atual.get_estado_display()}: não há envio à espera de conferência.")
    passar(atual, Estado.EM_ANALISE, em=em)
    registrar(ato="mensais.analisar", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def responder(*, registro: RegistroMensal, tipo: str, motivo: str, por: Ator, em: datetime) -> Resposta:
    """A vigilância aprova, ou devolve dizendo o que corrigir; quem enviou lê. Erros: `AtoRecusado`."""
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_CONFERE)
    atual = RegistroMensal.objects.select_for_update(of=("self",)).get(pk=registro.pk)
    envio = atual.envios.first()
    if atual.estado not in {Estado.ENVIADO, Estado.EM_ANALISE} or envio is None:
        raise AtoRecusado(f"O mês está {atual.get_estado_display()}: não há envio à espera de resposta.")
    devolve = tipo == Resposta.Tipo.DEVOLVER
    if devolve and len(motivo.strip()) < MOTIVO_MINIMO:
        raise AtoRecusado("Diga o que corrigir: quem enviou vai ler isto.", campo="motivo")
    resposta = Resposta.objects.create(
        envio=envio, abrangencia=atual.abrangencia, tipo=tipo, motivo=motivo.strip(), em=em, pessoa=por.pessoa
    )
    passar(atual, Estado.DEVOLVIDO if devolve else Estado.APROVADO, em=em)
    if devolve:
        consolidacao.do_registro(atual)
        obrigacao.retirado(atual, por_que="devolvido para correção", em=em)
    registrar(
        ato="mensais.devolver" if devolve else "mensais.aprovar", objeto=atual, por=por, em=em, motivo=motivo.strip()
    )
    return resposta


@transaction.atomic
def publicar(*, registro: RegistroMensal, por: Ator, em: datetime) -> RegistroMensal:
    """Torna público o mês aprovado; corrigi-lo é versão nova, que se aprova e publica de novo. Erros: `AtoRecusado`."""
    atual = RegistroMensal.objects.select_for_update(of=("self",)).get(pk=registro.pk)
    if atual.estado != Estado.APROVADO:
        raise AtoRecusado(f"O mês está {atual.get_estado_display()}: só se publica o que foi aprovado.")
    passar(atual, Estado.PUBLICADO, em=em)
    registrar(ato="mensais.publicar", objeto=atual, por=por, em=em)
    return atual
