"""O que se pergunta sobre os pedidos de ajuda."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from suas.nucleo.ajuda import modelos
from suas.nucleo.ajuda.models import Estado, Pedido, Resposta
from suas.nucleo.avisos.consultas import alguem_avisado, quem_tem
from suas.nucleo.permissoes.abrangencia import BRASIL, contem, que_alcancam
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela import instalacao
from suas.nucleo.tela.afazer import Pendencia


def niveis(abrangencia: str) -> list[str]:
    """Por onde um pedido sobe: o município, o estado, o país; nunca além do território da instalação."""
    casa = instalacao.territorio()
    subida = que_alcancam(abrangencia) if abrangencia else []
    dentro = [nivel for nivel in subida if contem(casa, nivel)]
    return list(dict.fromkeys([*dentro, casa]))


def quem_atende(*, abrangencia: str, fora: UUID | None, dia: date) -> tuple[str, list[UUID]]:
    """O primeiro nível em que há quem atenda, além de quem pede, e essas pessoas; sem ninguém, o da instalação."""
    subida = niveis(abrangencia)
    for nivel in subida:
        pessoas = quem_tem(Permissao.AJUDA_ATENDER, em=[nivel], dia=dia).exclude(pk=fora).order_by("pk")
        if achadas := list(pessoas.values_list("pk", flat=True)):
            return nivel, achadas
    return subida[-1], []


def quem_atende_sabe(pedido: Pedido, *, fala: Resposta | None = None) -> bool:
    """Alguém foi avisado deste pedido, onde ele está agora, ou desta fala nele? Pode não haver quem atenda."""
    if fala is not None:
        return alguem_avisado(modelo=modelos.FALA.codigo, causa=modelos.causa_da_fala(fala.pk))
    return alguem_avisado(modelo=modelos.PEDIDO.codigo, causa=modelos.causa_do_pedido(pedido.pk, com=pedido.com))


def acima(com: str) -> str | None:
    """O nível seguinte ao que atende agora; nada, se já é o da instalação."""
    subida = niveis(com)
    return subida[1] if len(subida) > 1 else None


def atendidos_por(ator: Ator) -> QuerySet[Pedido]:
    """Os pedidos que cabem a quem age: os do seu território e os dos territórios dentro dele, menos os seus."""
    if ator.pessoa is None or Permissao.AJUDA_ATENDER not in ator.papel.permissoes:
        return Pedido.objects.none()
    dos_outros = Pedido.objects.exclude(pessoa_id=ator.pessoa.pk)
    if ator.abrangencia == BRASIL:
        return dos_outros
    return dos_outros.filter(com__startswith=ator.abrangencia)


def filtrados(ator: Ator, *, estado: str, so_do_meu_nivel: bool) -> QuerySet[Pedido]:
    """Os que cabem a quem age, do mais antigo ao mais novo; sem estado escolhido, os que não se encerraram."""
    achados = atendidos_por(ator)
    if so_do_meu_nivel:
        achados = achados.filter(com=ator.abrangencia)
    if estado in Estado.values:
        return achados.filter(estado=estado)
    return achados.exclude(estado=Estado.ENCERRADO)


def pedidos_de(pessoa_id: UUID) -> QuerySet[Pedido]:
    """Os que a própria pessoa fez, do mais novo ao mais antigo."""
    return Pedido.objects.filter(pessoa_id=pessoa_id).order_by("-pedido_em", "-id")


def visiveis(ator: Ator) -> QuerySet[Pedido]:
    """Os que a pessoa fez e os que ela atende."""
    if ator.pessoa is None:
        return Pedido.objects.none()
    return Pedido.objects.filter(
        Q(pessoa_id=ator.pessoa.pk) | Q(pk__in=atendidos_por(ator).order_by().values("pk"))
    )  # fmt: skip


def pendencias(ator: Ator, hoje: date) -> Iterable[Pendencia]:
    """“A fazer” de quem atende: os pedidos abertos do seu nível, numa linha só."""
    quantos = atendidos_por(ator).filter(com=ator.abrangencia, estado=Estado.ABERTO).count()
    if quantos:
        titulo = "1 pedido de ajuda espera resposta" if quantos == 1 else f"{quantos} pedidos de ajuda esperam resposta"
        yield Pendencia(
            titulo=titulo,
            situacao="aberto" if quantos == 1 else "abertos",
            por_que="Vêm do seu território, e o seu papel os atende.",
            endereco=f"{reverse('ajuda-atender')}?{urlencode({'estado': Estado.ABERTO.value})}",
            acao="responder",
        )
