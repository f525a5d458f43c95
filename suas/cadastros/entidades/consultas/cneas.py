"""A situação da entidade no CNEAS, e o que falta para concluí-lo, em palavras."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from suas.cadastros.entidades.consultas.cadastro import dirigente_no_dia
from suas.cadastros.entidades.models import Entidade, Inscricao

CONCLUIDO, EM_PREENCHIMENTO = "concluído", "em preenchimento"
SITUACOES = (
    ("inscrita", "inscrita no conselho"),
    ("sem_inscricao", "sem inscrição"),
    ("concluido", "CNEAS concluído"),
    ("preenchimento", "CNEAS em preenchimento"),
    ("por_concluir", "inscrita, com CNEAS por concluir"),
)


@dataclass(frozen=True, kw_only=True)
class Falta:
    """O que falta, quem resolve e se sem isso não se conclui. O que não se leu na norma só avisa."""

    texto: str
    impede: bool


def situacao(entidade: Entidade) -> str:
    """Concluído ou em preenchimento."""
    return CONCLUIDO if entidade.cneas_concluido_em else EM_PREENCHIMENTO


def faltas(entidade: Entidade, *, hoje: date) -> list[Falta]:
    """O que falta ao registro; a inscrição em vigor impede a conclusão, o resto é aviso."""
    inscricoes = entidade.inscricoes.filter(estado=Inscricao.Estado.INSCRITA)
    ofertas = list(entidade.ofertas.filter(Q(ate__isnull=True) | Q(ate__gt=hoje)))
    sem_publico = [oferta.nome for oferta in ofertas if not oferta.publico or oferta.capacidade is None]
    achadas = []
    if not inscricoes.exists():
        achadas.append(
            Falta(texto="Inscrição em vigor no conselho: sem ela a entidade não entra no CNEAS.", impede=True)
        )
    if not (entidade.logradouro and entidade.telefone):
        achadas.append(Falta(texto="Endereço e telefone na ficha.", impede=False))
    if dirigente_no_dia(entidade, dia=hoje) is None:
        achadas.append(Falta(texto="Quem dirige a entidade, com mandato em vigor.", impede=False))
    if not ofertas:
        achadas.append(Falta(texto="Ao menos uma oferta.", impede=False))
    if sem_publico:
        achadas.append(Falta(texto=f"Público e capacidade de: {', '.join(sem_publico[:3])}.", impede=False))
    if not entidade.fontes_de_recurso:
        achadas.append(Falta(texto="De onde vêm os recursos.", impede=False))
    return achadas


def na_situacao(entidades: QuerySet[Entidade], codigo: str) -> QuerySet[Entidade]:
    """As entidades numa das `SITUACOES`; código desconhecido não filtra."""
    inscrita = Exists(Inscricao.objects.filter(entidade=OuterRef("pk"), estado=Inscricao.Estado.INSCRITA))
    if codigo in {"inscrita", "sem_inscricao"}:
        return entidades.filter(inscrita if codigo == "inscrita" else ~inscrita)
    if codigo == "por_concluir":
        return entidades.filter(inscrita, cneas_concluido_em__isnull=True)
    if codigo in {"concluido", "preenchimento"}:
        return entidades.filter(cneas_concluido_em__isnull=codigo == "preenchimento")
    return entidades


def inscritas_por_concluir(municipio: str) -> QuerySet[Entidade]:
    """As entidades com sede no município, inscritas, cujo CNEAS o órgão gestor ainda não concluiu."""
    return na_situacao(Entidade.objects.filter(municipio_id=municipio), "por_concluir")
