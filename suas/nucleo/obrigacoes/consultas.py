"""Quem deve o quê num dia, e as contas por lugar. A obrigação se calcula; só a entrega se grava (ADR 0075)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from normas.prazos.janelas import Janela, Situacao
from suas.nucleo.obrigacoes import sistemas
from suas.nucleo.obrigacoes.models import Entrega, Feriado, JanelaRegistrada, Pane, Prorrogacao, Registrado
from suas.nucleo.obrigacoes.prazos import Calendario, NoTerritorio, Prazo
from suas.nucleo.obrigacoes.sistemas import Declaracao, Devedor
from suas.nucleo.permissoes.abrangencia import BRASIL, contem, que_alcancam


class Entregue(NamedTuple):
    """O que se mostra de uma entrega: o primeiro dia, que diz se foi no prazo, e o protocolo de quem a informou."""

    primeira: date
    protocolo: str


@dataclass(kw_only=True)
class Linha:
    """O que alguém deve num período, e se entregou."""

    devedor: Devedor
    prazo: Prazo
    declaracao: Declaracao
    entrega: Entregue | None
    hoje: date

    @cached_property
    def situacao(self) -> Situacao:
        return self.prazo.situacao(hoje=self.hoje, entregue=self.entrega.primeira if self.entrega else None)

    @property
    def dias(self) -> int:
        """Quantos dias faltam; negativo, quantos já passaram."""
        return self.prazo.dias(self.hoje)

    @property
    def endereco(self) -> str:
        """Onde se entrega nesta instalação; vazio, entrega-se no sistema federal."""
        if self.declaracao.endereco is None:
            return ""
        return self.declaracao.endereco(self.devedor, self.prazo.janela.periodo)


@dataclass(kw_only=True)
class Conta:
    """De um lugar: quantos devem, entregaram, entregaram no prazo, e quantos estão em atraso."""

    codigo: str
    devem: int = 0
    entregaram: int = 0
    no_prazo: int = 0
    em_atraso: int = 0
    por_alvo: Counter[str] = field(default_factory=Counter)

    @property
    def faltam(self) -> int:
        return self.devem - self.entregaram

    @property
    def fora_do_prazo(self) -> int:
        return self.entregaram - self.no_prazo

    @property
    def taxa(self) -> float | None:
        """Dos que devem, quantos por cento entregaram."""
        return 100 * self.entregaram / self.devem if self.devem else None

    @property
    def pontualidade(self) -> float | None:
        """Dos que entregaram, quantos por cento no prazo."""
        return 100 * self.no_prazo / self.entregaram if self.entregaram else None

    def somar(self, outra: Conta) -> None:
        self.devem += outra.devem
        self.entregaram += outra.entregaram
        self.no_prazo += outra.no_prazo
        self.em_atraso += outra.em_atraso


def de_pe(janela: Janela, *, em: date, onde: str) -> QuerySet[Entrega]:
    """As entregas da janela que valiam no dia."""
    entregas = Entrega.objects.filter(
        Q(retirada__isnull=True) | Q(retirada__gt=em),
        sistema=janela.sistema,
        periodo=str(janela.periodo),
        etapa=janela.etapa,
        dia__lte=em,
    )
    if onde == BRASIL:
        return entregas
    if len(onde) == 7:
        return entregas.filter(abrangencia=onde)
    return entregas.filter(abrangencia__gte=onde, abrangencia__lt=str(int(onde) + 1))


def linhas(
    achada: NoTerritorio, *, em: date, onde: str, calendario: Calendario, alvos: tuple[str, ...] = ()
) -> Iterator[Linha]:
    """Todos os que devem a janela no lugar, com a entrega de cada um."""
    janela = achada.janela
    dentro = _dentro(onde, achada.territorio)
    if not dentro:
        return
    entregues: dict[str, Entregue] | None = None
    prazo = calendario.de(janela)
    for declaracao in sistemas.de(janela.sistema, janela.etapa):
        for devedor in declaracao.listar(janela.periodo, dentro, _alvos(janela, alvos)):
            if entregues is None:
                feitas = de_pe(janela, em=em, onde=dentro).order_by("dia")
                entregues = {
                    devedor: Entregue(primeira, protocolo)
                    for devedor, primeira, protocolo in feitas.values_list("devedor", "primeira", "protocolo")
                }
            yield Linha(
                devedor=devedor,
                prazo=prazo(devedor.abrangencia),
                declaracao=declaracao,
                entrega=entregues.get(devedor.chave),
                hoje=em,
            )


def pendencias(*, em: date, onde: str, alvos: tuple[str, ...] = ()) -> Iterator[Linha]:
    """Quem deve o quê no dia, da que fecha primeiro à última: o que se podia entregar e ainda não se entregara."""
    calendario = Calendario()
    janelas = sorted(calendario.do_dia(em, onde=onde), key=lambda a: (a.janela.fecha, a.janela.chave))
    for achada in janelas:
        for linha in linhas(achada, em=em, onde=onde, calendario=calendario, alvos=alvos):
            if linha.entrega is None:
                yield linha


def contas(
    achada: NoTerritorio, *, em: date, onde: str, calendario: Calendario, alvos: tuple[str, ...] = ()
) -> dict[str, Conta]:
    """Por município do lugar. Duas consultas por declaração, quantos quer que sejam os municípios."""
    janela = achada.janela
    por_municipio: dict[str, Conta] = {}
    dentro = _dentro(onde, achada.territorio)
    if not dentro:
        return por_municipio
    aplicaveis = _alvos(janela, alvos)
    for declaracao in sistemas.de(janela.sistema, janela.etapa):
        for (municipio, alvo), quantos in declaracao.contar(janela.periodo, dentro, aplicaveis).items():
            conta = por_municipio.setdefault(municipio, Conta(codigo=municipio))
            conta.devem += quantos
            conta.por_alvo[alvo] += quantos
        feitas = _feitas(declaracao, janela, em=em, onde=dentro, alvos=aplicaveis)
        for municipio, quantas, no_prazo in _entregas_por_municipio(feitas, janela, calendario):
            if (do_lugar := por_municipio.get(municipio)) is not None:
                do_lugar.entregaram += quantas
                do_lugar.no_prazo += no_prazo
    prazo = calendario.de(janela)
    for conta in por_municipio.values():
        if em > prazo(conta.codigo).ultimo:
            conta.em_atraso = conta.faltam
    return por_municipio


def total(achada: NoTerritorio, *, em: date, onde: str, calendario: Calendario, alvos: tuple[str, ...] = ()) -> Conta:
    """O mesmo que a soma de `contas`, sem as separar por município quando o prazo é um só."""
    janela, dentro = achada.janela, _dentro(onde, achada.territorio)
    ultimo = calendario.um_so(janela)
    if ultimo is None or not dentro:
        separadas = contas(achada, em=em, onde=onde, calendario=calendario, alvos=alvos)
        return juntar(separadas.values(), algarismos=0).get(BRASIL) or Conta(codigo=onde)
    aplicaveis = _alvos(janela, alvos)
    soma = Conta(codigo=onde)
    for declaracao in sistemas.de(janela.sistema, janela.etapa):
        soma.devem += declaracao.quantos(janela.periodo, dentro, aplicaveis)
        contadas = _feitas(declaracao, janela, em=em, onde=dentro, alvos=aplicaveis).aggregate(
            quantas=Count("primeira"), no_prazo=Count("primeira", filter=Q(primeira__lte=ultimo))
        )
        soma.entregaram += contadas["quantas"]
        soma.no_prazo += contadas["no_prazo"]
    soma.em_atraso = soma.faltam if em > ultimo else 0
    return soma


def _feitas(
    declaracao: Declaracao, janela: Janela, *, em: date, onde: str, alvos: tuple[str, ...]
) -> QuerySet[Entrega]:
    """As entregas de pé de quem ainda deve."""
    feitas = de_pe(janela, em=em, onde=onde)
    if declaracao.vivas is None:
        feitas = feitas.filter(unidade__isnull=True, devedor__startswith=f"{declaracao.quem}:")
    else:
        feitas = feitas.filter(unidade__in=declaracao.vivas(janela.periodo))
    return feitas.filter(alvo__in=alvos) if alvos else feitas


def _entregas_por_municipio(
    feitas: QuerySet[Entrega], janela: Janela, calendario: Calendario
) -> Iterator[tuple[str, int, int]]:
    """Município, quantas e quantas no prazo; onde o prazo muda com o lugar, um município vem em várias linhas."""
    if (ultimo := calendario.um_so(janela)) is not None:
        no_prazo = Count("primeira", filter=Q(primeira__lte=ultimo))
        yield from feitas.order_by().values_list("abrangencia").annotate(quantas=Count("primeira"), no_prazo=no_prazo)
        return
    prazo = calendario.de(janela)
    grupos = feitas.order_by().values_list("abrangencia", "primeira").annotate(quantas=Count("primeira"))
    for municipio, primeira, quantas in grupos:
        yield municipio, quantas, quantas if primeira <= prazo(municipio).ultimo else 0


def juntar(contas_dos_municipios: Iterable[Conta], *, algarismos: int) -> dict[str, Conta]:
    """As contas somadas por UF (2), por município (7) ou todas (0)."""
    juntas: dict[str, Conta] = {}
    for conta in contas_dos_municipios:
        codigo = conta.codigo[:algarismos] or BRASIL
        juntas.setdefault(codigo, Conta(codigo=codigo)).somar(conta)
    return juntas


def _alvos(janela: Janela, alvos: tuple[str, ...]) -> tuple[str, ...]:
    """Os tipos que a janela alcança e que se pediram; nenhum é todos."""
    if janela.alvos and alvos:
        return tuple(a for a in janela.alvos if a in alvos) or ("-",)
    return alvos or janela.alvos


def _dentro(onde: str, territorio: str) -> str:
    """A parte de um lugar que está no território; vazio, nenhuma."""
    if contem(territorio, onde):
        return onde
    return territorio if contem(onde, territorio) else ""


def historia(janela: Janela, devedor: Devedor) -> QuerySet[Entrega]:
    """Tudo o que o devedor entregou da janela, também o que deixou de valer, do mais novo ao mais antigo."""
    return Entrega.objects.filter(
        sistema=janela.sistema, periodo=str(janela.periodo), etapa=janela.etapa, devedor=devedor.chave
    ).select_related("informada_por")


@dataclass(frozen=True, kw_only=True)
class RegistroDePrazo:
    """Um registro, com o tipo dele em palavras e na chave do endereço."""

    tipo: str
    registro: Registrado

    @property
    def nome(self) -> str:
        return str(self.registro._meta.verbose_name)


#: A chave do endereço de cada registro.
DOS_PRAZOS: Mapping[str, type[Registrado]] = {
    "prorrogacao": Prorrogacao,
    "periodo": JanelaRegistrada,
    "pane": Pane,
    "feriado": Feriado,
}


def registros_de_prazo(onde: str) -> list[RegistroDePrazo]:
    """O que se registrou e vale no lugar: o dele e o dos que o contêm, do mais novo ao mais antigo."""
    achados = [
        RegistroDePrazo(tipo=tipo, registro=registro)
        for tipo, modelo in DOS_PRAZOS.items()
        for registro in modelo._default_manager.filter(abrangencia__in=que_alcancam(onde)).select_related(
            "registrado_por"
        )
    ]
    return sorted(achados, key=lambda achado: achado.registro.registrado_em, reverse=True)


def registro_de_prazo(tipo: str, registro_id: UUID) -> RegistroDePrazo | None:
    """O registro de um tipo, se há."""
    modelo = DOS_PRAZOS.get(tipo)
    registro = modelo._default_manager.filter(pk=registro_id).first() if modelo is not None else None
    return RegistroDePrazo(tipo=tipo, registro=registro) if registro is not None else None
