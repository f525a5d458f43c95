"""O que se pergunta sobre ofertas, parcerias e vínculo SUAS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from normas.rede import tipificacao
from normas.rede.tipificacao import nome_do_servico
from suas.cadastros.entidades.models import Entidade, Oferta, Parceria, VinculoSUAS
from suas.cadastros.territorio import consultas as territorio


def servicos(*, em: date) -> list[tuple[str, str]]:
    """Código e nome de cada serviço que uma entidade pode ofertar no dia: os que não são só da unidade pública."""
    return [(servico.codigo, servico.nome) for servico in tipificacao.servicos(em=em) if not servico.so_publica]


@dataclass(frozen=True, kw_only=True)
class OfertaNaFicha:
    """Uma oferta com o nome do serviço e a parceria que a financia hoje, se há."""

    oferta: Oferta
    servico: str
    parceria: Parceria | None


def ofertas_no_dia(entidade: Entidade, *, dia: date) -> list[OfertaNaFicha]:
    """O que a entidade oferta no dia, com a parceria em vigor."""
    vigentes = {
        parceria.oferta_id: parceria
        for parceria in entidade.parcerias.filter(desde__lte=dia, ate__gte=dia, oferta__isnull=False)
    }
    vivas = entidade.ofertas.filter(Q(ate__isnull=True) | Q(ate__gt=dia)).select_related("municipio__uf")
    return [
        OfertaNaFicha(oferta=oferta, servico=nome_do_servico(oferta.servico), parceria=vigentes.get(oferta.pk))
        for oferta in vivas
    ]


def no_lugar(*, uf: str, municipio: str) -> QuerySet[Oferta]:
    """O que as entidades ofertam ou ofertaram nos municípios do lugar."""
    return territorio.no_lugar(Oferta.objects.all(), uf=uf, municipio=municipio)


def parcerias(entidade: Entidade) -> list[Parceria]:
    """As parcerias, da mais nova à mais antiga."""
    return list(entidade.parcerias.select_related("oferta"))


def vinculo_suas(entidade: Entidade) -> VinculoSUAS | None:
    """O vínculo em vigor, se há."""
    return entidade.vinculos_suas.filter(ate__isnull=True).first()


def que_ofertam(entidades: QuerySet[Entidade], *, servico: str, dia: date) -> QuerySet[Entidade]:
    """As entidades que ofertam o serviço no dia; código desconhecido não filtra."""
    if servico not in dict(servicos(em=dia)):
        return entidades
    ofertas = Oferta.objects.filter(Q(ate__isnull=True) | Q(ate__gt=dia), entidade=OuterRef("pk"), servico=servico)
    return entidades.filter(Exists(ofertas))
