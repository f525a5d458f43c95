"""A soma das horas de uma pessoa em todas as lotações, para avisar quem cadastra. Avisa; nunca impede."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from normas.base.fundamento import Fundamento
from normas.parametros.leitura import parametro
from suas.cadastros.trabalhadores.models import Lotacao, Trabalhador
from suas.nucleo import tranca
from suas.nucleo.identidade import lugares


@dataclass(frozen=True, kw_only=True)
class Soma:
    """Quantas horas por semana a pessoa soma, o limite do aviso e onde estão as outras."""

    total: int
    limite: int
    onde: tuple[str, ...]
    fundamento: Fundamento

    @property
    def passa(self) -> bool:
        return self.total > self.limite

    @property
    def em_palavras(self) -> str:
        """O aviso que aparece na entrada."""
        outras = f", com {'; '.join(self.onde)}" if self.onde else ""
        return (
            f"A pessoa somaria {self.total} horas por semana{outras}. A jornada é de até {self.limite} e acumular pede "
            f"horários compatíveis ({self.fundamento.norma}, {self.fundamento.dispositivo}; a soma é leitura do "
            "projeto). Confira e, se é isso mesmo, marque que conferiu."
        )


@tranca.como_sistema()  # a soma é da pessoa, também das lotações que quem cadastra não alcança
def somar(
    trabalhador: Trabalhador | None, *, horas: int, desde: date, abrangencia: str, sem: UUID | None = None
) -> Soma:
    """A soma com `horas` a mais a partir de `desde`; `sem` tira da conta a lotação que se está mudando.

    De outro território diz-se só o território: nem a unidade nem a função.
    """
    outras: list[Lotacao] = []
    if trabalhador is not None:
        ainda = Q(ate__isnull=True) | Q(ate__gt=desde)
        lotacoes = Lotacao.objects.filter(ainda, trabalhador=trabalhador).select_related("unidade").order_by("desde")
        outras = [lotacao for lotacao in lotacoes if lotacao.pk != sem]
    regra = parametro("trabalho.carga_horaria", em=desde)
    return Soma(
        total=horas + sum(lotacao.carga_horaria for lotacao in outras),
        limite=int(regra.conteudo),
        onde=tuple(_onde(lotacao, de=abrangencia) for lotacao in outras),
        fundamento=regra.fundamento,
    )


def limite(em: date) -> int:
    """Acima de quantas horas por semana a soma se avisa."""
    return int(parametro("trabalho.carga_horaria", em=em).conteudo)


@tranca.como_sistema()  # a soma é da pessoa, também das lotações que quem olha não alcança
def quem_soma_demais(abrangencia: str, *, hoje: date) -> list[UUID]:
    """As pessoas em exercício no território que, com as lotações de qualquer outro, somam mais do que o limite."""
    em_exercicio = Lotacao.objects.em_exercicio(hoje).order_by()
    do_territorio = em_exercicio.filter(abrangencia=abrangencia).values("trabalhador_id")
    de_todas = em_exercicio.filter(trabalhador_id__in=do_territorio)
    somas = de_todas.values("trabalhador_id").annotate(horas=Sum("carga_horaria"))
    return list(somas.filter(horas__gt=limite(hoje)).values_list("trabalhador_id", flat=True))


def _onde(lotacao: Lotacao, *, de: str) -> str:
    lugar = lotacao.onde if lotacao.abrangencia == de else lugares.nome(lotacao.abrangencia)
    return f"{lotacao.carga_horaria} h em {lugar}"
