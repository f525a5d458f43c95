"""O que se pergunta sobre as inscrições: em que pé estão, o que falta, o que passou do prazo do conselho."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When

from suas.cadastros.entidades import etapas
from suas.cadastros.entidades.etapas import Etapa, Exigencia
from suas.cadastros.entidades.models import Cancelamento, Entidade, Entrega, EtapaDoConselho, Inscricao, Oferta, Passo
from suas.cadastros.territorio.consultas import no_lugar
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao

Estado = Inscricao.Estado
SITUACOES = (
    ("esperam", "esperam um passo do conselho"),
    *Estado.choices,
    ("cancelamento", "com cancelamento aberto"),
    ("vencida", "com a validade vencida"),
    ("acaba", "com a validade no fim ou vencida"),
    ("sem_entrega", "inscritas sem plano ou relatório do ano"),
)


@dataclass(frozen=True, kw_only=True)
class EtapaUsada:
    """Uma etapa como o conselho a usa."""

    etapa: Etapa
    usada: bool
    prazo_dias: int | None


def etapas_do_conselho(municipio: str) -> list[EtapaUsada]:
    """As etapas, na ordem, como o conselho do município as usa; o que ele não disse, usa-se sem prazo."""
    ditas = {dita.etapa: dita for dita in EtapaDoConselho.objects.filter(municipio_id=municipio)}
    return [
        EtapaUsada(
            etapa=uma,
            usada=uma.indispensavel or uma.codigo not in ditas or ditas[uma.codigo].usada,
            prazo_dias=ditas[uma.codigo].prazo_dias if uma.codigo in ditas else None,
        )
        for uma in etapas.ETAPAS
    ]


def seguinte(inscricao: Inscricao) -> str:
    """O código da etapa que vem depois da que está; vazio, se era a última."""
    usadas = [u.etapa for u in etapas_do_conselho(inscricao.municipio_id) if u.usada]
    if inscricao.estado == Estado.INDEFERIDA:
        usadas = [uma for uma in usadas if uma in (etapas.PLENARIA, *etapas.DEPOIS_DE_INDEFERIDA)]
    ordem = [uma.codigo for uma in etapas.ETAPAS]
    depois = [uma.codigo for uma in usadas if ordem.index(uma.codigo) > ordem.index(inscricao.etapa)]
    return depois[0] if depois else ""


def proximo_numero(municipio: str) -> int:
    """O número que vem: depois do maior que o conselho já deu, ainda que cancelado."""
    maior = Inscricao.objects.filter(municipio_id=municipio).aggregate(maior=Max("numero"))["maior"]
    return (maior or 0) + 1


@dataclass(frozen=True, kw_only=True)
class Exigido:
    """Um documento exigido e o que a entidade entregou dele por último."""

    exigencia: Exigencia
    entrega: Entrega | None

    @property
    def em_ordem(self) -> bool:
        return self.entrega is not None and self.entrega.conferencia == Entrega.Conferencia.ACEITO

    @property
    def com_a_entidade(self) -> bool:
        """Falta entregar, ou foi devolvido."""
        return self.entrega is None or self.entrega.conferencia == Entrega.Conferencia.DEVOLVIDO


def exigidos(inscricao: Inscricao) -> list[Exigido]:
    """Os documentos da inscrição, na ordem da lista, com a última entrega de cada um."""
    ultimas: dict[str, Entrega] = {}
    for entrega in inscricao.entregas.filter(exercicio__isnull=True).select_related("documento"):
        ultimas.setdefault(entrega.exigencia, entrega)
    return [Exigido(exigencia=uma, entrega=ultimas.get(uma.codigo)) for uma in etapas.exigencias(inscricao.especie)]


def do_ano(inscricao: Inscricao, *, exercicio: int) -> list[Exigido]:
    """O plano do ano e o relatório do anterior, com o que a entidade entregou neste exercício."""
    entregues: dict[str, Entrega] = {}
    for entrega in inscricao.entregas.filter(exercicio=exercicio).select_related("documento"):
        entregues.setdefault(entrega.exigencia, entrega)
    return [Exigido(exigencia=uma, entrega=entregues.get(uma.codigo)) for uma in etapas.DO_ANO]


def fim_da_entrega_anual(exercicio: int) -> date:
    """O dia até o qual se espera a entrega do exercício (leitura do projeto)."""
    return date(exercicio, *etapas.ENTREGA_ANUAL)


def cancelamento_aberto(inscricao: Inscricao) -> Cancelamento | None:
    return inscricao.cancelamentos.filter(decisao="").first()


@dataclass(frozen=True, kw_only=True)
class PassoEmPalavras:
    """Um passo da inscrição, como se lê."""

    passo: Passo
    o_que: str


def passos(inscricao: Inscricao) -> list[PassoEmPalavras]:
    """O que já se fez, do primeiro ao último passo."""
    return [
        PassoEmPalavras(passo=passo, o_que=etapas.em_palavras(passo.etapa, passo.resultado))
        for passo in inscricao.passos.select_related("documento")
    ]


@dataclass(frozen=True, kw_only=True)
class Espera:
    """Há quantos dias a etapa espera e, se o conselho marcou prazo, quanto passou dele."""

    dias: int
    prazo_dias: int | None

    @property
    def atrasada(self) -> bool:
        return self.prazo_dias is not None and self.dias > self.prazo_dias


def espera(inscricao: Inscricao, *, hoje: date) -> Espera | None:
    """Há quanto tempo a etapa de agora espera; nada, se nenhuma espera."""
    if not inscricao.etapa:
        return None
    ultimo = inscricao.passos.order_by("-em", "-id").first()
    desde = ultimo.dia if ultimo else inscricao.mudada_em.date()
    prazos = {u.etapa.codigo: u.prazo_dias for u in etapas_do_conselho(inscricao.municipio_id)}
    return Espera(dias=max((hoje - desde).days, 0), prazo_dias=prazos.get(inscricao.etapa))


@dataclass(frozen=True, kw_only=True)
class Filtro:
    """Que inscrições: parte do nome da entidade, uma das `SITUACOES`, a etapa em que estão."""

    texto: str = ""
    situacao: str = ""
    etapa: str = ""


def numeradas(*, uf: str = "", municipio: str = "") -> QuerySet[Inscricao]:
    """As que receberam número: são as que o público vê; o pedido e o rascunho, só quem os examina."""
    return no_lugar(Inscricao.objects.filter(numero__isnull=False), uf=uf, municipio=municipio)


def que_examina(ator: Ator) -> QuerySet[Inscricao]:
    """As inscrições nos conselhos de dentro da abrangência de quem examina."""
    todas = Inscricao.objects.select_related("entidade", "municipio__uf", "oferta")
    if Permissao.ENTIDADE_EXAMINAR not in ator.papel.permissoes or not ator.abrangencia:
        return todas.none()
    if ator.abrangencia == BRASIL:
        return todas
    if len(ator.abrangencia) == 7:
        return todas.filter(municipio_id=ator.abrangencia)
    return todas.filter(municipio__uf_id=ator.abrangencia)


def filtrar(inscricoes: QuerySet[Inscricao], filtro: Filtro, *, hoje: date) -> QuerySet[Inscricao]:
    """As que o filtro deixa; primeiro as que esperam há mais tempo."""
    for palavra in nome_de_busca(filtro.texto).split()[:6]:
        inscricoes = inscricoes.filter(entidade__nome_busca__contains=palavra)
    if filtro.situacao == "esperam":
        inscricoes = inscricoes.exclude(etapa="")
    elif filtro.situacao == "acaba":
        inscricoes = validade_que_acaba(inscricoes, hoje=hoje)
    elif filtro.situacao == "sem_entrega":
        inscricoes = sem_entrega_anual(inscricoes, exercicio=hoje.year)
    elif filtro.situacao == "cancelamento":
        inscricoes = inscricoes.filter(cancelamentos__decisao="")
    elif filtro.situacao == "vencida":
        inscricoes = inscricoes.filter(estado=Estado.INSCRITA, valida_ate__lt=hoje)
    elif filtro.situacao in Estado.values:
        inscricoes = inscricoes.filter(estado=filtro.situacao)
    if etapas.etapa(filtro.etapa):
        inscricoes = inscricoes.filter(etapa=filtro.etapa)
    parada = Case(When(etapa="", then=Value(1)), default=Value(0), output_field=IntegerField())
    return inscricoes.order_by(parada, "mudada_em", "id")


def da_entidade(entidade: Entidade, *, por_dentro: bool) -> list[Inscricao]:
    """As inscrições da entidade; ao público, só as que têm número."""
    dela = entidade.inscricoes.select_related("municipio__uf", "oferta")
    return list(dela.order_by("-mudada_em") if por_dentro else dela.filter(numero__isnull=False).order_by("numero"))


def em_vigor(inscricao: Inscricao, *, hoje: date) -> bool:
    """Inscrita, e sem validade vencida."""
    return inscricao.estado == Estado.INSCRITA and (inscricao.valida_ate is None or inscricao.valida_ate >= hoje)


def que_cabem(entidade: Entidade, *, municipio: str = "") -> list[tuple[str, str]]:
    """O que a entidade ainda pode inscrever: ela mesma e cada oferta; com `municipio`, só no conselho dele."""
    vivas = entidade.inscricoes.filter(estado__in=(Estado.EM_ANDAMENTO, Estado.INSCRITA))
    ja: set[tuple[str, UUID | None]] = set(vivas.values_list("especie", "oferta_id"))
    opcoes = []
    if (Inscricao.Especie.ENTIDADE.value, None) not in ja and municipio in {"", entidade.municipio_id}:
        opcoes.append(("entidade", f"A entidade, no conselho de {entidade.municipio}"))
    ofertas: Iterable[Oferta] = entidade.ofertas.filter(ate__isnull=True).select_related("municipio__uf")
    for oferta in ofertas:
        livre = (Inscricao.Especie.OFERTA.value, oferta.pk) not in ja
        if livre and municipio in {"", oferta.municipio_id}:
            opcoes.append((str(oferta.pk), f"{oferta.nome}, no conselho de {oferta.municipio}"))
    return opcoes


def sem_entrega_anual(inscricoes: QuerySet[Inscricao], *, exercicio: int) -> QuerySet[Inscricao]:
    """As inscritas desde antes do exercício, sem o plano ou o relatório dele."""
    inscritas = inscricoes.filter(estado=Estado.INSCRITA, decidida_em__lt=date(exercicio, 1, 1))
    tudo = Q()
    for uma in etapas.DO_ANO:
        tudo &= Q(pk__in=Entrega.objects.filter(exercicio=exercicio, exigencia=uma.codigo).values("inscricao_id"))
    return inscritas.exclude(tudo)


def validade_que_acaba(inscricoes: QuerySet[Inscricao], *, hoje: date, dias: int = 60) -> QuerySet[Inscricao]:
    """As inscritas cuja validade acaba em breve ou já acabou."""
    limite = hoje + timedelta(days=dias)
    return inscricoes.filter(Q(valida_ate__lte=limite), estado=Estado.INSCRITA)
