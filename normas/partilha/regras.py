"""Os parâmetros que regem a partilha de um exercício, e se a norma está em vigor nele."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from normas.base.exercicio import Exercicio
from normas.parametros.leitura import Parametro, parametro, versoes

AVISO_DE_SIMULACAO = "simulação: norma não vigente"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regras:
    """Parâmetros lidos na mesma data. Fora da vigência da norma, a partilha é simulação."""

    norma: Parametro
    limites_de_porte: Parametro
    percentual_por_porte: Parametro
    pesos: Parametro
    cras_por_porte: Parametro
    vigente: bool

    @property
    def todos(self) -> tuple[Parametro, ...]:
        """Os parâmetros, na ordem em que a partilha os usa."""
        return (
            self.norma,
            self.limites_de_porte,
            self.percentual_por_porte,
            self.pesos,
            self.cras_por_porte,
        )


@cache
def regras_do_exercicio(exercicio: int) -> Regras:
    """Lê os parâmetros da norma para um exercício.

    A norma rege o exercício quando está em vigor no último dia dele: 2005 a 2012 para a NOB/SUAS
    2005. Fora disso usam-se os valores do dia vigente mais próximo, e `vigente` é falso.
    """
    dia = Exercicio(exercicio).ultimo_dia
    norma = min(versoes("partilha.norma"), key=lambda versao: abs(versao.vigencia.mais_proximo(dia) - dia))
    em = norma.vigencia.mais_proximo(dia)
    return Regras(
        norma=norma,
        limites_de_porte=parametro("territorio.porte", em=em),
        percentual_por_porte=parametro("partilha.percentual_por_porte", em=em),
        pesos=parametro("partilha.pesos", em=em),
        cras_por_porte=parametro("rede.cras_por_porte", em=em),
        vigente=em == dia,
    )
