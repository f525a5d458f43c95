"""Os números de um mês: de uma unidade, de um lugar somado na hora, e das unidades parecidas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from normas.base.competencia import Competencia
from suas.nucleo import tranca
from suas.vigilancia.fatos.models import FatoDaUnidade, FatoDoMunicipio

#: Até tantas unidades, procuram-se uma a uma; além, lê-se o período inteiro.
POUCAS = 500


def no_lugar(onde: str) -> dict[str, str]:
    """O filtro das linhas de um município, de uma UF ou do país, pelo que o índice alcança."""
    if onde == "BR":
        return {}
    return {"abrangencia": onde} if len(onde) == 7 else {"abrangencia__gte": onde, "abrangencia__lt": f"{onde}a"}


@dataclass(frozen=True, kw_only=True)
class Soma:
    """A soma de um item num lugar e quantas unidades a compõem."""

    total: int
    unidades: int


@dataclass(kw_only=True)
class Somas:
    """As somas de um lugar num mês: por item, e quantas unidades enviaram."""

    codigo: str
    unidades: int = 0
    itens: dict[str, Soma] = field(default_factory=dict)

    def juntar(self, outra: Mapping[str, list[int]], *, unidades: int) -> None:
        self.unidades += unidades
        for item, (total, quantas) in outra.items():
            ja = self.itens.get(item)
            self.itens[item] = Soma(
                total=total + (ja.total if ja else 0), unidades=quantas + (ja.unidades if ja else 0)
            )


def do_lugar(onde: str, *, formulario: str, competencia: Competencia) -> Somas:
    """As somas de um município, de uma UF ou do país, de agora: somam-se os municípios. Uma consulta."""
    somas = Somas(codigo=onde)
    for _, unidades, dos_itens in _municipais(onde, formulario=formulario, competencia=competencia):
        somas.juntar(dos_itens, unidades=unidades)
    return somas


def por_lugar(onde: str, *, formulario: str, competencia: Competencia) -> list[Somas]:
    """As somas de cada UF do país, ou de cada município da UF, que tenham algo. Uma consulta."""
    algarismos = 2 if onde == "BR" else 7
    lugares: dict[str, Somas] = {}
    for codigo, unidades, dos_itens in _municipais(onde, formulario=formulario, competencia=competencia):
        lugar = lugares.setdefault(codigo[:algarismos], Somas(codigo=codigo[:algarismos]))
        lugar.juntar(dos_itens, unidades=unidades)
    return list(lugares.values())


def _municipais(
    onde: str, *, formulario: str, competencia: Competencia
) -> Iterable[tuple[str, int, Mapping[str, list[int]]]]:
    fatos = FatoDoMunicipio.objects.filter(formulario=formulario, competencia=str(competencia))
    return (
        fatos.filter(**no_lugar(onde))
        .order_by("abrangencia")
        .values_list("abrangencia", "unidades", "somas")
        .iterator()
    )


def das_unidades(municipio: str, *, formulario: str, competencia: Competencia) -> dict[UUID, Mapping[str, int]]:
    """O que cada unidade do município informou no mês, por item. Uma consulta."""
    fatos = FatoDaUnidade.objects.filter(
        formulario=formulario, competencia=str(competencia), abrangencia=municipio
    ).order_by("pk")
    return dict(fatos.values_list("unidade_id", "totais"))


def da_unidade(unidade: UUID, *, formulario: str, ate: Competencia, meses: int) -> dict[Competencia, Mapping[str, int]]:
    """O que a unidade informou em cada um dos meses até este, do mais antigo ao mais novo. Uma consulta."""
    fatos = FatoDaUnidade.objects.filter(
        unidade=unidade,
        formulario=formulario,
        competencia__lte=str(ate),
        competencia__gt=str(ate.meses_antes(meses)),
    ).order_by("competencia")
    return {Competencia.de_texto(mes): totais for mes, totais in fatos.values_list("competencia", "totais")}


def das_unidades_nos_meses(
    unidades: Collection[UUID], *, desde: Competencia, ate: Competencia
) -> dict[UUID, dict[str, Mapping[str, int]]]:
    """O que cada unidade informou em cada mês de `desde` a `ate`: unidade → mês → item → total."""
    fatos = FatoDaUnidade.objects.filter(competencia__gte=str(desde), competencia__lte=str(ate))
    if len(unidades) <= POUCAS:
        fatos = fatos.filter(unidade__in=unidades)
    achados: dict[UUID, dict[str, Mapping[str, int]]] = {}
    for unidade, mes, totais in fatos.order_by("pk").values_list("unidade_id", "competencia", "totais").iterator():
        if unidade in unidades:
            achados.setdefault(unidade, {})[mes] = totais
    return achados


@tranca.como_sistema()  # de fora do território só saem números sem dono
def parecidas(*, formulario: str, competencia: Competencia, porte: str, fora: UUID) -> list[Mapping[str, int]]:
    """O que informaram as outras unidades do mesmo formulário em municípios do mesmo porte, sem dizer quais são."""
    fatos = FatoDaUnidade.objects.filter(formulario=formulario, competencia=str(competencia), porte=porte)
    return list(fatos.exclude(unidade=fora).order_by("pk").values_list("totais", flat=True))
