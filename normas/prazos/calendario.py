"""O calendário federal como dado: `calendario("RMA").janela("2026-01", etapa="preenchimento")`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from normas.base.competencia import Competencia
from normas.base.fundamento import Fundamento
from normas.prazos.contagem import no_mes
from normas.prazos.janelas import Janela, Prorrogacao
from normas.prazos.periodos import MESES_DE, Periodo

PASTA = Path(__file__).parent / "calendarios"
ULTIMO_DIA = 31


class CalendarioDesconhecido(LookupError):
    """Não há calendário para o sistema."""


class JanelaDesconhecida(LookupError):
    """O sistema existe, mas não se conhece a data do período."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Devedor:
    """Quem responde: unidade, órgão gestor ou conselho, e quais deles."""

    tipo: str
    quais: tuple[str, ...]
    como: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PorAviso:
    """Uma etapa que o ministério abre e fecha por aviso: cada aviso é uma janela registrada."""

    etapa: str
    evidencia: str
    observacao: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regra:
    """A data que se calcula do período: tantos meses depois do último mês dele, em tal dia."""

    etapa: str
    desde: Periodo
    ate: Periodo | None
    abre: tuple[int, int] | None
    fecha: tuple[int, int]
    fundamento: Fundamento
    evidencia: str
    observacao: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaAbertura:
    """A data que se conta do dia em que o sistema abriu, que vem num ato do ministério."""

    etapa: str
    desde: Periodo
    ate: Periodo | None
    dias: int
    fundamento: Fundamento
    evidencia: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspensao:
    """Os períodos que uma norma mandou não cobrar."""

    desde: Periodo
    ate: Periodo
    fundamento: Fundamento
    observacao: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendario:
    """Um sistema federal: de quanto em quanto tempo, quem deve, o que acontece na falta, e as datas."""

    sistema: str
    nome: str
    meses: int
    endereco: str
    quem_deve: tuple[Devedor, ...]
    consequencia: str
    regras: tuple[Regra, ...]
    da_abertura: tuple[DaAbertura, ...]
    por_aviso: tuple[PorAviso, ...]
    suspensoes: tuple[Suspensao, ...]
    escritas: tuple[Janela, ...]

    def janelas_de(self, periodo: str | Periodo, *, registradas: Iterable[Janela] = ()) -> tuple[Janela, ...]:
        """Todas as janelas do período: as escritas valem mais do que a regra, e as registradas, mais que todas.

        Erros: `ValueError` para período que não é deste sistema.
        """
        lido = periodo if isinstance(periodo, Periodo) else Periodo.de_texto(periodo)
        if lido.meses != self.meses:
            tipo = next(nome for nome, meses in MESES_DE.items() if meses == self.meses)
            raise ValueError(f"“{lido}” não é um período do {self.sistema}, que é por {tipo}.")
        achadas = {janela.chave: janela for janela in self._pela_regra(lido)}
        for janela in (*self.escritas, *registradas):
            if janela.sistema == self.sistema and janela.periodo == lido:
                achadas[janela.chave] = janela
        return tuple(achadas.values())

    def janela(
        self, periodo: str | Periodo, *, etapa: str, alvo: str = "", registradas: Iterable[Janela] = ()
    ) -> Janela:
        """A janela de uma etapa. Erros: `JanelaDesconhecida`, que diz o que se sabe dela."""
        for janela in self.janelas_de(periodo, registradas=registradas):
            if janela.etapa == etapa and janela.alcanca(alvo):
                return janela
        aviso = next((f" {p.observacao}" for p in self.por_aviso if p.etapa == etapa), "")
        raise JanelaDesconhecida(f"Não se conhece o prazo do {self.sistema} de {periodo}, etapa “{etapa}”.{aviso}")

    def janelas_da_abertura(self, periodo: str | Periodo, *, abertura: date, ato: Fundamento) -> tuple[Janela, ...]:
        """As janelas contadas da abertura, que o ato do ministério diz; cada etapa tem os seus dias."""
        lido = periodo if isinstance(periodo, Periodo) else Periodo.de_texto(periodo)
        return tuple(
            Janela(
                sistema=self.sistema,
                periodo=lido,
                etapa=regra.etapa,
                alvos=(),
                abre=abertura,
                fecha_na_origem=abertura + timedelta(days=regra.dias),
                fundamento=regra.fundamento,
                evidencia=regra.evidencia,
                observacao=f"Aberto por {ato}.",
            )
            for regra in self.da_abertura
            if regra.desde <= lido and (regra.ate is None or lido <= regra.ate)
        )

    def janelas_que_fecham(self, *, desde: date, ate: date, registradas: Iterable[Janela] = ()) -> tuple[Janela, ...]:
        """As janelas com o último dia entre dois dias, inclusive, na ordem em que fecham."""
        registradas = tuple(registradas)
        periodos = {janela.periodo for janela in (*self.escritas, *registradas) if janela.sistema == self.sistema}
        periodos |= set(self._periodos_da_regra(desde, ate))
        achadas = (j for periodo in periodos for j in self.janelas_de(periodo, registradas=registradas))
        return tuple(sorted((j for j in achadas if desde <= j.fecha <= ate), key=lambda j: (j.fecha, j.chave)))

    def _periodos_da_regra(self, desde: date, ate: date) -> Iterator[Periodo]:
        """Os períodos cuja data calculada pode cair entre os dois dias."""
        if not self.regras:
            return
        folga = max(regra.fecha[0] for regra in self.regras) + self.meses
        periodo = Periodo.que_contem(Competencia(desde.year, desde.month).meses_antes(folga), meses=self.meses)
        while periodo.primeiro.desde <= ate:
            yield periodo
            periodo = periodo.seguinte

    def _pela_regra(self, periodo: Periodo) -> Iterator[Janela]:
        suspensa = next((s for s in self.suspensoes if s.desde <= periodo <= s.ate), None)
        for regra in self.regras:
            if periodo < regra.desde or (regra.ate is not None and periodo > regra.ate):
                continue
            yield Janela(
                sistema=self.sistema,
                periodo=periodo,
                etapa=regra.etapa,
                alvos=(),
                abre=_no_dia(periodo, regra.abre) if regra.abre else None,
                fecha_na_origem=_no_dia(periodo, regra.fecha),
                fundamento=regra.fundamento,
                evidencia=regra.evidencia,
                observacao=suspensa.observacao if suspensa else regra.observacao,
                suspensa=suspensa.fundamento if suspensa else None,
            )


def _no_dia(periodo: Periodo, quando: tuple[int, int]) -> date:
    meses_depois, dia = quando
    return no_mes(periodo.ultimo.meses_antes(-meses_depois), dia)


def sistemas() -> tuple[str, ...]:
    """Os sistemas com calendário, em ordem."""
    return tuple(sorted(_por_sistema()))


def calendario(sistema: str) -> Calendario:
    """O calendário do sistema. Erros: `CalendarioDesconhecido`."""
    if sistema not in _por_sistema():
        raise CalendarioDesconhecido(f"Não há calendário do sistema “{sistema}”. Os que há: {', '.join(sistemas())}.")
    return _por_sistema()[sistema]


@cache
def _por_sistema() -> Mapping[str, Calendario]:
    lidos = (_calendario(yaml.safe_load(arquivo.read_text(encoding="utf-8"))) for arquivo in PASTA.glob("*.yaml"))
    return {lido.sistema: lido for lido in lidos}


def _calendario(dados: Mapping[str, Any]) -> Calendario:
    return Calendario(
        sistema=dados["sistema"],
        nome=dados["nome"],
        meses=MESES_DE[dados["periodo"]],
        endereco=dados["endereco"],
        quem_deve=tuple(Devedor(tipo=d["tipo"], quais=tuple(d["quais"]), como=d["como"]) for d in dados["quem_deve"]),
        consequencia=dados["consequencia"],
        regras=tuple(
            Regra(
                etapa=linha["etapa"],
                desde=_periodo(linha["desde"]),
                ate=_periodo(linha["ate"]) if "ate" in linha else None,
                abre=_quando(linha["abre"]) if "abre" in linha else None,
                fecha=_quando(linha["fecha"]),
                fundamento=Fundamento(**linha["fundamento"]),
                evidencia=linha["evidencia"],
                observacao=linha.get("observacao", ""),
            )
            for linha in dados.get("regras", ())
        ),
        da_abertura=tuple(
            DaAbertura(
                etapa=linha["etapa"],
                desde=_periodo(linha["desde"]),
                ate=_periodo(linha["ate"]) if "ate" in linha else None,
                dias=linha["dias"],
                fundamento=Fundamento(**linha["fundamento"]),
                evidencia=linha["evidencia"],
            )
            for linha in dados.get("da_abertura", ())
        ),
        por_aviso=tuple(PorAviso(**linha) for linha in dados.get("por_aviso", ())),
        suspensoes=tuple(
            Suspensao(
                desde=_periodo(linha["desde"]),
                ate=_periodo(linha["ate"]),
                fundamento=Fundamento(**linha["fundamento"]),
                observacao=linha["observacao"],
            )
            for linha in dados.get("suspensoes", ())
        ),
        escritas=tuple(_janela(dados["sistema"], linha) for linha in dados.get("janelas", ())),
    )


def _janela(sistema: str, linha: Mapping[str, Any]) -> Janela:
    return Janela(
        sistema=sistema,
        periodo=_periodo(linha["periodo"]),
        etapa=linha["etapa"],
        alvos=tuple(linha.get("alvos", ())),
        abre=linha.get("abre"),
        fecha_na_origem=linha["fecha"],
        fundamento=Fundamento(**linha["fundamento"]),
        evidencia=linha["evidencia"],
        observacao=linha.get("observacao", ""),
        prorrogacoes=tuple(
            Prorrogacao(
                fecha=prorrogacao["fecha"],
                fundamento=Fundamento(**prorrogacao["fundamento"]),
                evidencia=prorrogacao.get("evidencia", "confirmado"),
            )
            for prorrogacao in linha.get("prorrogacoes", ())
        ),
    )


def _periodo(texto: str | int) -> Periodo:
    return Periodo.de_texto(str(texto))


def _quando(linha: Mapping[str, Any]) -> tuple[int, int]:
    return linha["meses_depois"], ULTIMO_DIA if linha["dia"] == "ultimo" else linha["dia"]
