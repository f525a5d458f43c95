"""Quanto se espera a resposta de um encaminhamento, e como as famílias chegam: contas, sem pessoa, que se publicam."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from suas.atendimento.familias.consultas.familia import ingressos
from suas.atendimento.familias.listas import Ingresso
from suas.atendimento.servicos.models import Encaminhamento
from suas.cadastros.rede.models import Unidade
from suas.nucleo import tranca

Etapa = Encaminhamento.Etapa
#: Com menos do que isto, a conta poderia apontar alguém, e não se publica (ADR 0096).
MINIMO = 5


@dataclass(kw_only=True)
class Espera:
    """Os encaminhamentos de um lugar ou de um par: quantos, quantos sem resposta, e em quantos dias se respondeu."""

    quantos: int = 0
    sem_resposta: int = 0
    dias: Counter[int] = field(default_factory=Counter)

    @property
    def publica(self) -> bool:
        """São bastantes para dizer sem apontar ninguém?"""
        return self.quantos >= MINIMO

    @property
    def respondidos(self) -> int:
        return self.dias.total()

    @property
    def mediana(self) -> float | None:
        """O número de dias em que metade já tinha resposta; nenhum, com poucas respostas."""
        total = self.respondidos
        if total < MINIMO:
            return None
        em_ordem = sorted(self.dias.elements())
        meio = total // 2
        return float(em_ordem[meio]) if total % 2 else (em_ordem[meio - 1] + em_ordem[meio]) / 2

    def somar(self, dias: int | None, quantos: int) -> None:
        self.quantos += quantos
        if dias is None:
            self.sem_resposta += quantos
        else:
            self.dias[dias] += quantos


@dataclass(frozen=True, kw_only=True)
class Par:
    """De que unidade para qual, e a espera."""

    origem: Unidade
    destino: Unidade
    espera: Espera


def um_ano_antes(hoje: date) -> date:
    """O período que se publica: os doze meses até hoje."""
    return date(hoje.year - 1, hoje.month, min(hoje.day, 28))


@tranca.como_sistema()  # contas sem pessoa, que são públicas; as linhas só o município alcança
def por_par(municipio: str, *, desde: date) -> list[Par]:
    """Cada par de unidades do município, da maior mediana à menor. Duas consultas."""
    linhas = (
        _respondiveis(municipio, desde=desde)
        .values("origem", "destino", "dias_de_espera")
        .annotate(quantos=Count("*"))
        .order_by("origem", "destino", "dias_de_espera")
    )
    esperas: dict[tuple[UUID, UUID], Espera] = {}
    for linha in linhas:
        par = esperas.setdefault((linha["origem"], linha["destino"]), Espera())
        par.somar(linha["dias_de_espera"], linha["quantos"])
    unidades = Unidade.objects.in_bulk({unidade for par in esperas for unidade in par})
    pares = [
        Par(origem=unidades[origem], destino=unidades[destino], espera=espera)
        for (origem, destino), espera in esperas.items()
    ]
    return sorted(pares, key=lambda p: (-(p.espera.mediana or -1.0), p.origem.nome_busca, p.destino.nome_busca))


@tranca.como_sistema()  # idem
def por_lugar(onde: str, *, desde: date) -> dict[str, Espera]:
    """Por município da UF, ou por UF do país. Uma consulta."""
    algarismos = 2 if onde == "BR" else 7
    linhas = (
        _respondiveis(onde, desde=desde)
        .annotate(lugar=Substr("abrangencia", 1, algarismos))
        .values("lugar", "dias_de_espera")
        .annotate(quantos=Count("*"))
        .order_by("lugar", "dias_de_espera")
    )
    lugares: dict[str, Espera] = {}
    for linha in linhas:
        lugares.setdefault(linha["lugar"], Espera()).somar(linha["dias_de_espera"], linha["quantos"])
    return lugares


@dataclass(frozen=True, kw_only=True)
class Acesso:
    """Como as famílias chegaram a uma unidade ou a um lugar."""

    espontanea: int
    busca_ativa: int
    encaminhada: int

    @property
    def total(self) -> int:
        return self.espontanea + self.busca_ativa + self.encaminhada

    @property
    def publica(self) -> bool:
        return self.total >= MINIMO

    def parte(self, quantos: int) -> float:
        return quantos / self.total if self.total else 0.0


@tranca.como_sistema()  # idem
def acesso_por_unidade(municipio: str, *, desde: date) -> list[tuple[Unidade, Acesso]]:
    """A forma de ingresso dos prontuários abertos no período, por unidade do município. Duas consultas."""
    contas: dict[UUID, Counter[str]] = {}
    for unidade, ingresso, quantos in ingressos(municipio, desde=desde):
        contas.setdefault(unidade, Counter())[ingresso] += quantos
    unidades = Unidade.objects.in_bulk(list(contas))
    feitas = [(unidades[pk], _acesso(conta)) for pk, conta in contas.items()]
    return sorted(feitas, key=lambda par: (par[0].tipo, par[0].nome_busca))


def _acesso(conta: Mapping[str, int]) -> Acesso:
    diretas = {Ingresso.ESPONTANEA, Ingresso.BUSCA_ATIVA}
    return Acesso(
        espontanea=conta.get(Ingresso.ESPONTANEA, 0),
        busca_ativa=conta.get(Ingresso.BUSCA_ATIVA, 0),
        encaminhada=sum(quantos for ingresso, quantos in conta.items() if ingresso not in diretas),
    )


def somar(esperas: Iterable[Espera]) -> Espera:
    """As de vários lugares, juntas: a mediana sai das respostas, e não das medianas."""
    total = Espera()
    for espera in esperas:
        total.quantos += espera.quantos
        total.sem_resposta += espera.sem_resposta
        total.dias += espera.dias
    return total


def _respondiveis(onde: str, *, desde: date) -> QuerySet[Encaminhamento]:
    """Os enviados a outra unidade no período: só eles têm quem responda aqui. O cancelado não espera ninguém."""
    feitos = Encaminhamento.objects.filter(destino__isnull=False, dia__gte=desde).exclude(etapa=Etapa.CANCELADO)
    if onde == "BR":
        return feitos
    # o código do município começa pelo da UF: entre este e o seguinte, pelo índice
    return feitos.filter(abrangencia__gte=onde, abrangencia__lt=str(int(onde) + 1))
