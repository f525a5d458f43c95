"""Atos sobre lotações: onde a pessoa trabalha, o que muda, quando sai. A história é a própria lista de lotações."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from suas.cadastros.rede.models import Unidade
from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.models import Lotacao, Trabalhador
from suas.nucleo import tranca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.tela.filtros import dia as dia_escrito
from suas.nucleo.trilha.acoes import registrar

HORAS = (1, 80)


@dataclass(frozen=True, kw_only=True)
class Exercicio:
    """O que a pessoa faz ali: função, vínculo, horas, serviço e turno."""

    funcao: str
    vinculo_de_trabalho: str
    carga_horaria: int
    funcao_essencial: str = ""
    servico: str = ""
    segundo_servico: str = ""
    turno: str = ""


@dataclass(frozen=True, kw_only=True)
class NovaLotacao:
    """Onde, o que faz e desde quando; `unidade`, ou um `orgao` do território."""

    abrangencia: str
    exercicio: Exercicio
    desde: date
    unidade: Unidade | None = None
    orgao: str = ""


@transaction.atomic
def lotar(*, trabalhador: Trabalhador, nova: NovaLotacao, por: Ator, em: datetime, hoje: date) -> Lotacao:
    """Lota em mais um lugar quem já está no cadastro.

    Erros: `PermissionDenied` se o ator não cuida do quadro ali; `AtoRecusado` se a pessoa já está ali na função, ou o
    dia ou as horas não servem.
    """
    permissoes.exigir(por, permissoes.ATUALIZAR, abrangencia=nova.abrangencia, unidade=nova.unidade)
    return abrir(trabalhador=trabalhador, nova=nova, por=por, em=em, hoje=hoje)


@transaction.atomic
def abrir(
    *, trabalhador: Trabalhador, nova: NovaLotacao, por: Ator, em: datetime, hoje: date, sintetica: bool = False
) -> Lotacao:
    """Grava a lotação, sem perguntar de novo quem pode: parte de `lotar` e de `cadastrar`."""
    with tranca.como_sistema():  # quem está no cadastro por outro território ainda não se vê
        travado = Trabalhador.objects.select_for_update(of=("self",)).get(pk=trabalhador.pk)
    if travado.apagado_em is not None:
        raise AtoRecusado("Os dados desta pessoa foram apagados. Faça um cadastro novo.")
    _conferir_lugar(nova)
    _conferir_exercicio(nova.exercicio)
    if nova.desde > hoje.replace(year=hoje.year + 1):
        raise AtoRecusado(f"{dia_escrito(nova.desde)} é daqui a mais de um ano. Confira o ano.", campo="desde")
    lotacao = Lotacao(
        trabalhador=travado,
        abrangencia=nova.abrangencia,
        unidade=nova.unidade,
        orgao=nova.orgao,
        **asdict(nova.exercicio),
        desde=nova.desde,
        criada_em=em,
        mudada_em=em,
        sintetica=sintetica,
    )
    _conferir_repetida(lotacao)
    lotacao.save(force_insert=True)
    registrar(ato="trabalhadores.lotar", objeto=lotacao, por=por, em=em, dados={"desde": nova.desde.isoformat()})
    return lotacao


@transaction.atomic
def mudar(
    *, lotacao: Lotacao, exercicio: Exercicio, dia: date, versao: int, por: Ator, em: datetime, hoje: date
) -> Lotacao:
    """Muda a função, o vínculo, as horas ou o serviço a partir do dia: a lotação termina e outra começa."""
    atual = _travada(lotacao, versao=versao, por=por)
    if exercicio == _exercicio_de(atual):
        raise AtoRecusado("Nada mudou. Mude algum campo, ou volte.")
    _conferir_fim(atual, dia=dia, hoje=hoje)
    if dia == atual.desde:
        raise AtoRecusado(
            f"{dia_escrito(dia)} é o primeiro dia desta lotação. Se o que está escrito nunca foi assim, escolha "
            "“Estava escrito errado”.",
            campo="dia",
        )
    _conferir_exercicio(exercicio)
    ate, motivo = atual.ate, atual.motivo_da_saida
    _fechar(atual, dia=dia, motivo="Mudança de função, vínculo, horas ou serviço", em=em)
    nova = Lotacao(
        trabalhador=atual.trabalhador,
        abrangencia=atual.abrangencia,
        unidade=atual.unidade,
        orgao=atual.orgao,
        **asdict(exercicio),
        desde=dia,
        ate=ate,
        motivo_da_saida=motivo,
        criada_em=em,
        mudada_em=em,
        sintetica=atual.sintetica,
    )
    _conferir_repetida(nova)
    nova.save(force_insert=True)
    registrar(
        ato="trabalhadores.mudar_lotacao",
        objeto=nova,
        por=por,
        em=em,
        dados={"antes": str(atual.pk), "desde": dia.isoformat()},
    )
    return nova


@transaction.atomic
def corrigir(
    *, lotacao: Lotacao, exercicio: Exercicio, desde: date, versao: int, motivo: str, por: Ator, em: datetime
) -> Lotacao:
    """Corrige o que estava escrito errado; o que era fica nas alterações da trilha."""
    atual = _travada(lotacao, versao=versao, por=por)
    if (exercicio, desde) == (_exercicio_de(atual), atual.desde):
        raise AtoRecusado("Nada mudou. Mude algum campo, ou volte.")
    if atual.ate is not None and desde > atual.ate:
        raise AtoRecusado(f"Esta lotação acabou em {dia_escrito(atual.ultimo_dia)}: comece antes.", campo="desde")
    _conferir_exercicio(exercicio)
    for campo, valor in asdict(exercicio).items():
        setattr(atual, campo, valor)
    atual.desde, atual.mudada_em, atual.versao = desde, em, atual.versao + 1
    _conferir_repetida(atual)
    atual.save()
    registrar(ato="trabalhadores.corrigir_lotacao", objeto=atual, por=por, em=em, motivo=motivo.strip())
    return atual


@transaction.atomic
def encerrar(*, lotacao: Lotacao, dia: date, motivo: str, versao: int, por: Ator, em: datetime, hoje: date) -> Lotacao:
    """Tira a pessoa dali: `dia` é o primeiro em que já não está. A lotação fica na história."""
    atual = _travada(lotacao, versao=versao, por=por)
    _conferir_fim(atual, dia=dia, hoje=hoje)
    if not motivo.strip():
        raise AtoRecusado("Diga o motivo da saída.", campo="motivo")
    _fechar(atual, dia=dia, motivo=motivo.strip(), em=em)
    registrar(ato="trabalhadores.encerrar_lotacao", objeto=atual, por=por, em=em, dados={"ate": dia.isoformat()})
    return atual


def _fechar(lotacao: Lotacao, *, dia: date, motivo: str, em: datetime) -> None:
    lotacao.ate, lotacao.motivo_da_saida = dia, motivo
    lotacao.mudada_em, lotacao.versao = em, lotacao.versao + 1
    lotacao.save(update_fields=["ate", "motivo_da_saida", "mudada_em", "versao"])


def _travada(lotacao: Lotacao, *, versao: int, por: Ator) -> Lotacao:
    atual = Lotacao.objects.select_for_update(of=("self",)).select_related("trabalhador", "unidade").get(pk=lotacao.pk)
    permissoes.exigir(por, permissoes.ATUALIZAR, abrangencia=atual.abrangencia, unidade=atual.unidade)
    if atual.versao != versao:
        raise MudouNoMeioTempo("Outra pessoa gravou esta lotação depois que você a abriu. Compare e envie de novo.")
    return atual


def _exercicio_de(lotacao: Lotacao) -> Exercicio:
    return Exercicio(**{campo: getattr(lotacao, campo) for campo in Exercicio.__dataclass_fields__})


def _conferir_lugar(nova: NovaLotacao) -> None:
    if (nova.unidade is None) == (not nova.orgao):
        raise AtoRecusado("Diga uma unidade, ou um órgão, onde a pessoa trabalha.", campo="unidade")
    if nova.unidade is not None and nova.unidade.fundida_em is not None:
        fica = nova.unidade.fundida_em.nome
        raise AtoRecusado(f"{nova.unidade.nome} foi juntada a {fica}. Escolha {fica}.", campo="unidade")
    if nova.unidade is not None and not nova.unidade.funciona_em(nova.desde):
        if nova.unidade.fechada_em is not None and nova.unidade.fechada_em <= nova.desde:
            raise AtoRecusado(
                f"{nova.unidade.nome} fechou em {dia_escrito(nova.unidade.fechada_em)}. Escolha outra unidade.",
                campo="unidade",
            )
        raise AtoRecusado(
            f"{nova.unidade.nome} só funciona desde {dia_escrito(nova.unidade.aberta_em)}. Confira o dia.",
            campo="desde",
        )


def _conferir_exercicio(exercicio: Exercicio) -> None:
    if not HORAS[0] <= exercicio.carga_horaria <= HORAS[1]:
        raise AtoRecusado(
            f"{exercicio.carga_horaria} horas por semana não servem: escreva de {HORAS[0]} a {HORAS[1]}.",
            campo="carga_horaria",
        )
    if exercicio.segundo_servico and exercicio.segundo_servico == exercicio.servico:
        raise AtoRecusado(
            "O segundo serviço é o mesmo que o principal. Deixe-o em branco ou escolha outro.", campo="segundo_servico"
        )


def _conferir_repetida(lotacao: Lotacao) -> None:
    """Ninguém está duas vezes no mesmo lugar e na mesma função ao mesmo tempo."""
    cruza = Q(ate__isnull=True) | Q(ate__gt=lotacao.desde)
    if lotacao.ate is not None:
        cruza &= Q(desde__lt=lotacao.ate)
    iguais = Lotacao.objects.filter(
        cruza,
        trabalhador=lotacao.trabalhador,
        abrangencia=lotacao.abrangencia,
        unidade=lotacao.unidade,
        orgao=lotacao.orgao,
        funcao=lotacao.funcao,
        funcao_essencial=lotacao.funcao_essencial,
    ).exclude(pk=lotacao.pk)
    if outra := iguais.first():
        raise AtoRecusado(
            f"A pessoa já está como {outra.get_funcao_display()} em {outra.onde} desde {dia_escrito(outra.desde)}. "
            "Mude essa lotação, em vez de fazer outra."
        )


def _conferir_fim(lotacao: Lotacao, *, dia: date, hoje: date) -> None:
    if lotacao.ate is not None and lotacao.ate <= hoje:
        raise AtoRecusado(f"Esta lotação já terminou em {dia_escrito(lotacao.ultimo_dia)}.")
    if dia < lotacao.desde:
        raise AtoRecusado(
            f"A lotação começou em {dia_escrito(lotacao.desde)}: o dia precisa ser esse ou depois.", campo="dia"
        )
    if lotacao.ate is not None and dia >= lotacao.ate:
        raise AtoRecusado(f"A lotação já termina em {dia_escrito(lotacao.ultimo_dia)}. Escolha antes.", campo="dia")
