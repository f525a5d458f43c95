"""O conselho: paridade, cadeiras com titular e suplente, mandatos, quórum e apuração do voto nominal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as Conjunto
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from normas.base.fundamento import Fundamento
from normas.base.inconsistencia import Gravidade, Inconsistencia
from normas.base.vigencia import Vigencia
from normas.parametros.leitura import parametro

NORMA = "NOB/SUAS 2005 (Resolução CNAS nº 130/2005)"
PARIDADE = Fundamento(NORMA, "item 4.3, Conselhos de Assistência Social")
LEITURA = Fundamento("Leitura do projeto", "ADR 0112")


class Segmento(StrEnum):
    """Quem a cadeira representa; os três últimos são a sociedade civil."""

    GOVERNO = "governo"
    USUARIOS = "usuarios"
    TRABALHADORES = "trabalhadores"
    ENTIDADES = "entidades"

    @property
    def nome(self) -> str:
        """Em palavras."""
        return {
            "governo": "governo", "usuarios": "usuários", "trabalhadores": "trabalhadores do setor",
            "entidades": "entidades e organizações",
        }[self]  # fmt: skip

    @property
    def da_sociedade(self) -> bool:
        """Se é da sociedade civil."""
        return self is not Segmento.GOVERNO


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandato:
    """Quem ocupa um lugar, e de quando a quando; `reconducoes` conta as seguidas."""

    pessoa: str
    vigencia: Vigencia
    reconducoes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadeira:
    """Um lugar no conselho: o segmento, o titular e o suplente; nulo é lugar vago."""

    segmento: Segmento
    titular: Mandato | None
    suplente: Mandato | None


class Voto(StrEnum):
    """Um voto nominal."""

    SIM = "sim"
    NAO = "nao"
    ABSTENCAO = "abstencao"


class Resultado(StrEnum):
    """O resultado da apuração. O empate resolve-se como o regimento manda."""

    APROVADA = "aprovada"
    REJEITADA = "rejeitada"
    EMPATE = "empate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """As cadeiras com voto presentes diante das que é preciso haver."""

    cadeiras: int
    presentes: int
    precisa: int
    confirmado: bool
    fundamento: Fundamento

    @property
    def ha(self) -> bool:
        """Se há quórum."""
        return self.presentes >= self.precisa


class VotoRecusado(ValueError):
    """Votou quem não tem voto na reunião; a mensagem diz quem."""


def conferir_composicao(
    *, cadeiras: Sequence[Cadeira], em: date, cadeiras_da_lei: int | None = None, reconducoes_da_lei: int | None = None
) -> tuple[Inconsistencia, ...]:
    """O que falta na composição do conselho no dia; vazio quando está em ordem.

    Só a paridade entre governo e sociedade civil está na norma e impede; o resto avisa (ADR 0112).
    """
    faltas = _paridade(cadeiras)
    if cadeiras_da_lei is not None and len(cadeiras) != cadeiras_da_lei:
        faltas.append(_aviso("cadeiras", f"A lei do conselho diz {cadeiras_da_lei} cadeiras, e há {len(cadeiras)}."))
    ausentes = [s.nome for s in Segmento if s.da_sociedade and s not in {c.segmento for c in cadeiras}]
    if cadeiras and ausentes:
        faltas.append(_aviso("segmentos", f"A sociedade civil está sem {' e sem '.join(ausentes)}."))
    for numero, cadeira in enumerate(cadeiras, start=1):
        faltas += _faltas_da_cadeira(numero, cadeira, em, reconducoes_da_lei)
    return tuple(faltas)


def com_voto(*, cadeiras: Sequence[Cadeira], presentes: Conjunto[str], em: date) -> tuple[str, ...]:
    """Quem vota, uma pessoa por cadeira: o titular presente, ou o suplente quando o titular falta."""
    votam = []
    for cadeira in cadeiras:
        for lugar in (cadeira.titular, cadeira.suplente):
            if lugar is not None and lugar.pessoa in presentes and lugar.vigencia.contem(em):
                votam.append(lugar.pessoa)
                break
    return tuple(votam)


def quorum(
    *, cadeiras: Sequence[Cadeira], presentes: Conjunto[str], em: date, do_regimento: Fraction | None = None
) -> Quorum:
    """Se há quórum no dia: mais do que a parte das cadeiras que o regimento diz, como 1/2.

    Sem regimento registrado vale a leitura do projeto, e `confirmado` é falso: só avisa.

    Erros: `ValueError` quando a parte não está entre 0 e 1.
    """
    padrao = parametro("instancias.quorum", em=em)
    parte = do_regimento
    if parte is None:
        parte = Fraction(padrao.conteudo["numerador"], padrao.conteudo["denominador"])
    if not 0 <= parte < 1:
        raise ValueError(f"O quórum é uma parte das cadeiras, de 0 até menos de 1, como 1/2; foi dado {parte}.")
    return Quorum(
        cadeiras=len(cadeiras),
        presentes=len(com_voto(cadeiras=cadeiras, presentes=presentes, em=em)),
        precisa=parte.numerator * len(cadeiras) // parte.denominator + 1,
        confirmado=do_regimento is not None,
        fundamento=padrao.fundamento if do_regimento is None else Fundamento("Regimento do conselho", "quórum"),
    )


def apurar(*, votos: Mapping[str, Voto], votam: Sequence[str]) -> Resultado:
    """O resultado pela maioria dos votos dados; abstenção não conta para nenhum lado.

    Erros: `VotoRecusado` quando alguém vota sem ter voto na reunião.
    """
    if sobram := sorted(set(votos) - set(votam)):
        raise VotoRecusado(
            f"Sem voto nesta reunião: {', '.join(sobram)}. Vota o titular presente, ou o suplente quando ele falta."
        )
    conta = Counter(votos.values())
    if conta[Voto.SIM] == conta[Voto.NAO]:
        return Resultado.EMPATE
    return Resultado.APROVADA if conta[Voto.SIM] > conta[Voto.NAO] else Resultado.REJEITADA


def _paridade(cadeiras: Sequence[Cadeira]) -> list[Inconsistencia]:
    governo = sum(cadeira.segmento is Segmento.GOVERNO for cadeira in cadeiras)
    sociedade = len(cadeiras) - governo
    if cadeiras and governo == sociedade:
        return []
    mensagem = (
        f"O conselho é paritário, e tem {governo} do governo e {sociedade} da sociedade civil. Iguale as duas metades."
        if cadeiras
        else "O conselho está sem cadeiras. Registre a composição publicada."
    )
    return [
        Inconsistencia(
            regra="paridade", itens=("governo", "sociedade"), gravidade=Gravidade.IMPEDE, mensagem=mensagem,
            fundamento=PARIDADE,
        )
    ]  # fmt: skip


def _faltas_da_cadeira(numero: int, cadeira: Cadeira, em: date, reconducoes: int | None) -> list[Inconsistencia]:
    onde = f"Cadeira {numero} ({cadeira.segmento.nome})"
    faltas = []
    for lugar, mandato in (("titular", cadeira.titular), ("suplente", cadeira.suplente)):
        if mandato is None:
            faltas.append(_aviso("vago", f"{onde}: falta o {lugar}."))
            continue
        if not mandato.vigencia.contem(em):
            faltas.append(
                _aviso("mandato", f"{onde}: o mandato do {lugar} vale {mandato.vigencia}, e não em {em:%d/%m/%Y}.")
            )
        if reconducoes is not None and mandato.reconducoes > reconducoes:
            faltas.append(
                _aviso(
                    "reconducao",
                    f"{onde}: o {lugar} está na recondução {mandato.reconducoes}, e a lei admite {reconducoes}.",
                )
            )
    return faltas


def _aviso(regra: str, mensagem: str) -> Inconsistencia:
    return Inconsistencia(regra=regra, itens=(), gravidade=Gravidade.AVISA, mensagem=mensagem, fundamento=LEITURA)
