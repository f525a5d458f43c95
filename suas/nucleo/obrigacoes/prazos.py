"""O calendário federal com o que se registrou aqui: janelas, prorrogações, panes e feriados de cada lugar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from normas.prazos import panes as regras_das_panes
from normas.prazos.calendario import calendario, sistemas
from normas.prazos.dias_uteis import DiasUteis
from normas.prazos.janelas import Janela, Situacao
from normas.prazos.janelas import Prorrogacao as Data
from normas.prazos.panes import Credito, creditar
from normas.prazos.periodos import Periodo
from normas.territorio.federacao import UF_POR_CODIGO
from suas.nucleo.obrigacoes.models import Feriado, JanelaRegistrada, Pane, Prorrogacao
from suas.nucleo.permissoes.abrangencia import BRASIL, que_alcancam

#: Até quantos dias depois do fim do prazo a falta ainda se mostra como pendência (ADR 0075).
COBRA_SE_POR = timedelta(days=365)
#: Sem data de abertura conhecida, a obrigação aparece tantos dias antes de fechar (ADR 0075).
ANTECEDENCIA = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class Prazo:
    """Um prazo num lugar: a janela com as prorrogações que ali valem, e o crédito das panes."""

    janela: Janela
    credito: Credito

    @property
    def ultimo(self) -> date:
        """O último dia em que a entrega está no prazo aqui."""
        return max(self.janela.fecha, self.credito.fecha)

    @property
    def mudou(self) -> bool:
        return self.ultimo != self.janela.fecha_na_origem

    def situacao(self, *, hoje: date, entregue: date | None = None) -> Situacao:
        return self.janela.situacao(hoje=hoje, entregue=entregue, fecha_com_credito=self.credito.fecha)

    def dias(self, hoje: date) -> int:
        """Quantos faltam; negativo, quantos já passaram."""
        return (self.ultimo - hoje).days


@dataclass(frozen=True, kw_only=True)
class NoTerritorio:
    """Uma janela e o território em que foi aberta: o país, ou a UF que registrou o aviso."""

    janela: Janela
    territorio: str


class Calendario:
    """O que se sabe de prazos agora. Lê o que se registrou uma vez; uma instância serve a uma página."""

    def __init__(self) -> None:
        self._achados: dict[tuple[object, str, str], Prazo] = {}

    @cached_property
    def _prorrogacoes(self) -> list[Prorrogacao]:
        return list(Prorrogacao.objects.filter(anulado_em__isnull=True).order_by("fecha", "id"))

    @cached_property
    def _registradas(self) -> list[JanelaRegistrada]:
        return list(JanelaRegistrada.objects.filter(anulado_em__isnull=True).order_by("registrado_em", "id"))

    @cached_property
    def _panes(self) -> list[Pane]:
        return list(Pane.objects.filter(anulado_em__isnull=True).order_by("desde", "id"))

    @cached_property
    def _feriados(self) -> dict[str, dict[date, str]]:
        """Por território; só se perguntam quando há pane, que é quando o prazo anda até um dia útil."""
        feriados: dict[str, dict[date, str]] = defaultdict(dict)
        for feriado in Feriado.objects.filter(anulado_em__isnull=True):
            feriados[feriado.abrangencia][feriado.dia] = feriado.nome
        return feriados

    @cached_property
    def _com_fato_proprio(self) -> set[str]:
        """Os territórios, abaixo do país, em que algum prazo pode ser outro."""
        proprios = {r.abrangencia for r in (*self._prorrogacoes, *self._panes)}
        return proprios | set(self._feriados) if self._panes else proprios

    def janelas(self, sistema: str, periodo: Periodo, *, onde: str = BRASIL) -> list[NoTerritorio]:
        """As janelas de um período que alcançam o lugar ou algum de dentro dele."""
        do_pais = calendario(sistema).janelas_de(periodo, registradas=self._em_janelas(sistema, BRASIL))
        achadas = {j.chave: NoTerritorio(janela=j, territorio=BRASIL) for j in do_pais}
        for registrada in self._registradas:
            if registrada.abrangencia == BRASIL or registrada.sistema != sistema or registrada.periodo != str(periodo):
                continue
            if _toca(registrada.abrangencia, onde):
                janela = _em_janela(registrada)
                achadas.setdefault(janela.chave, NoTerritorio(janela=janela, territorio=registrada.abrangencia))
        return list(achadas.values())

    def do_dia(self, em: date, *, onde: str = BRASIL) -> Iterator[NoTerritorio]:
        """As janelas abertas no dia, e as que fecharam há menos de um ano; a suspensa não se cobra."""
        for sistema in sistemas():
            desde, ate = em - COBRA_SE_POR, em + timedelta(days=366)
            do_sistema = calendario(sistema).janelas_que_fecham(
                desde=desde - timedelta(days=180), ate=ate, registradas=self._em_janelas(sistema)
            )
            for periodo in sorted({j.periodo for j in do_sistema}):
                for achada in self.janelas(sistema, periodo, onde=onde):
                    prazo = self.prazo(achada.janela, em=achada.territorio)
                    abre = achada.janela.abre or prazo.ultimo - ANTECEDENCIA
                    if achada.janela.suspensa is None and abre <= em and prazo.ultimo >= desde:
                        yield achada

    def prazo(self, janela: Janela, *, em: str) -> Prazo:
        """O prazo da janela num município, numa UF ou no país."""
        onde = next((lugar for lugar in que_alcancam(em) if lugar in self._com_fato_proprio), "")
        uf = em[:2] if em != BRASIL and self._panes else ""  # os feriados do estado só contam com pane
        chave = janela, onde, uf
        if chave not in self._achados:
            self._achados[chave] = self._calcular(janela, em)
        return self._achados[chave]

    def um_so(self, janela: Janela) -> date | None:
        """O último dia, quando é o mesmo em todo lugar: nada se registrou abaixo do país nem há pane."""
        return None if self._com_fato_proprio or self._panes else self.prazo(janela, em=BRASIL).ultimo

    def de(self, janela: Janela) -> Callable[[str], Prazo]:
        """O prazo da janela em cada lugar, para quem pergunta de milhares deles."""
        if self.um_so(janela) is not None:
            em_todos = self.prazo(janela, em=BRASIL)
            return lambda em: em_todos
        vistos: dict[str, Prazo] = {}

        def prazo(em: str) -> Prazo:
            if em not in vistos:
                vistos[em] = self.prazo(janela, em=em)
            return vistos[em]

        return prazo

    def _calcular(self, janela: Janela, em: str) -> Prazo:
        lugares = set(que_alcancam(em))
        for p in self._prorrogacoes:
            da_janela = (p.sistema, p.periodo, p.etapa) == (janela.sistema, str(janela.periodo), janela.etapa)
            if da_janela and p.abrangencia in lugares and p.fecha > janela.fecha:
                janela = janela.prorrogar(Data(fecha=p.fecha, fundamento=p.fundamento))
        panes = [
            regras_das_panes.Pane(sistema=p.sistema, desde=p.desde, ate=p.ate, fonte=str(p.fundamento))
            for p in self._panes
            if p.abrangencia in lugares
        ]
        if not panes:
            return Prazo(janela=janela, credito=Credito(fecha=janela.fecha, dias=()))
        locais = {dia: nome for lugar in lugares for dia, nome in self._feriados.get(lugar, {}).items()}
        sigla = UF_POR_CODIGO[em[:2]].sigla if em != BRASIL else ""
        return Prazo(
            janela=janela,
            credito=creditar(
                sistema=janela.sistema,
                abre=janela.abre,
                fecha=janela.fecha,
                panes=panes,
                calendario=DiasUteis(uf=sigla, locais=locais),
                em=janela.fecha,
            ),
        )

    def _em_janelas(self, sistema: str, territorio: str = "") -> Iterable[Janela]:
        return [
            _em_janela(r)
            for r in self._registradas
            if r.sistema == sistema and (not territorio or r.abrangencia == territorio)
        ]


def _toca(territorio: str, onde: str) -> bool:
    return onde == BRASIL or territorio.startswith(onde) or onde.startswith(territorio)


def _em_janela(registrada: JanelaRegistrada) -> Janela:
    return Janela(
        sistema=registrada.sistema,
        periodo=Periodo.de_texto(registrada.periodo),
        etapa=registrada.etapa,
        alvos=(),
        abre=registrada.abre,
        fecha_na_origem=registrada.fecha,
        fundamento=registrada.fundamento,
        evidencia="confirmado",
        observacao="Aberto por aviso, registrado nesta instalação.",
    )
