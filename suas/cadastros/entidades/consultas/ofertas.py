"""O que se pergunta sobre ofertas, parcerias e vínculo SUAS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from suas.cadastros.entidades.models import Entidade, Oferta, Parceria, VinculoSUAS

#: Os serviços da Tipificação Nacional (Resolução CNAS nº 109/2009) que entidade pode ofertar: o PAIF e o PAEFI são
#: sempre da unidade pública.
SERVICOS = (
    ("scfv", "Serviço de Convivência e Fortalecimento de Vínculos"),
    ("psb_domicilio", "Serviço de Proteção Social Básica no Domicílio para Pessoas com Deficiência e Idosas"),
    ("abordagem_social", "Serviço Especializado em Abordagem Social"),
    ("pse_pcd_idosas", "Serviço de Proteção Social Especial para Pessoas com Deficiência, Idosas e suas Famílias"),
    ("pse_rua", "Serviço Especializado para Pessoas em Situação de Rua"),
    ("acolhimento_institucional", "Serviço de Acolhimento Institucional"),
    ("acolhimento_republica", "Serviço de Acolhimento em República"),
    ("acolhimento_familia", "Serviço de Acolhimento em Família Acolhedora"),
    ("calamidades", "Serviço de Proteção em Situações de Calamidades Públicas e de Emergências"),
)


def servicos() -> list[tuple[str, str]]:
    """Código e nome de cada serviço que uma entidade pode ofertar."""
    return list(SERVICOS)


@dataclass(frozen=True, kw_only=True)
class OfertaNaFicha:
    """Uma oferta com o nome do serviço e a parceria que a financia hoje, se há."""

    oferta: Oferta
    servico: str
    parceria: Parceria | None


def ofertas_no_dia(entidade: Entidade, *, dia: date) -> list[OfertaNaFicha]:
    """O que a entidade oferta no dia, com a parceria em vigor."""
    nomes = dict(servicos())
    vigentes = {
        parceria.oferta_id: parceria
        for parceria in entidade.parcerias.filter(desde__lte=dia, ate__gte=dia, oferta__isnull=False)
    }
    vivas = entidade.ofertas.filter(Q(ate__isnull=True) | Q(ate__gt=dia)).select_related("municipio__uf")
    return [
        OfertaNaFicha(oferta=oferta, servico=nomes.get(oferta.servico, ""), parceria=vigentes.get(oferta.pk))
        for oferta in vivas
    ]


def parcerias(entidade: Entidade) -> list[Parceria]:
    """As parcerias, da mais nova à mais antiga."""
    return list(entidade.parcerias.select_related("oferta"))


def vinculo_suas(entidade: Entidade) -> VinculoSUAS | None:
    """O vínculo em vigor, se há."""
    return entidade.vinculos_suas.filter(ate__isnull=True).first()


def que_ofertam(entidades: QuerySet[Entidade], *, servico: str, dia: date) -> QuerySet[Entidade]:
    """As entidades que ofertam o serviço no dia; código desconhecido não filtra."""
    if servico not in dict(servicos()):
        return entidades
    ofertas = Oferta.objects.filter(Q(ate__isnull=True) | Q(ate__gt=dia), entidade=OuterRef("pk"), servico=servico)
    return entidades.filter(Exists(ofertas))
