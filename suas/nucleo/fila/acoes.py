"""Abrir, contar e encerrar um andamento; cuidar das tarefas paradas; declarar rotinas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from suas.nucleo.fila.declarada import primeira_frase
from suas.nucleo.fila.models import TERMINARAM, Andamento, Estado, EstadoDaTarefa, Tarefa
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


def abrir(*, titulo: str, abrangencia: str, em: datetime) -> Andamento:
    """Cria o andamento que a tela acompanha, antes de pôr a tarefa na fila."""
    return Andamento.objects.create(titulo=titulo, abrangencia=abrangencia, pedido_em=em)


def contar(andamento: Andamento, *, etapa: str, feito: int, total: int) -> None:
    """Diz em que etapa está. Fora da transação da tarefa, para ser visto enquanto ela corre."""
    Andamento.objects.filter(pk=andamento.pk).exclude(estado__in=TERMINARAM).update(
        estado=Estado.FAZENDO, etapa=etapa, feito=feito, total=total
    )


def encerrar(andamento: Andamento, *, mensagem: str, falhou: bool = False, em: datetime) -> None:
    """Diz como terminou, em palavras para quem pediu."""
    estado = Estado.FALHOU if falhou else Estado.FEITO
    Andamento.objects.filter(pk=andamento.pk).update(estado=estado, mensagem=mensagem, terminado_em=em)


@transaction.atomic
def tentar_de_novo(*, tarefa: Tarefa, por: Ator, em: datetime) -> Tarefa:
    """Uma tarefa parada volta à fila, com as contas zeradas. Recusa a que já não está parada."""
    atual = _parada(tarefa)
    atual.estado, atual.nao_antes_de, atual.terminada_em = EstadoDaTarefa.NA_FILA, em, None
    atual.tentativas = atual.defeitos = atual.quedas = 0
    try:
        with transaction.atomic():
            atual.save()
    except IntegrityError as erro:
        raise AtoRecusado(
            f"“{atual.titulo}” já está outra vez na fila: acompanhe a nova, ou desista desta, que ficou para trás."
        ) from erro
    if atual.andamento_id:
        Andamento.objects.filter(pk=atual.andamento_id).update(
            estado=Estado.NA_FILA, etapa="Nova tentativa, pedida por quem cuida da instalação", terminado_em=None
        )
    registrar(ato="fila.tentar_de_novo", objeto=atual, por=por, em=em, dados=_do_que_se_trata(atual))
    return atual


@transaction.atomic
def desistir(*, tarefa: Tarefa, motivo: str, por: Ator, em: datetime) -> Tarefa:
    """Uma tarefa parada é cancelada: ninguém mais a tenta. Recusa a que já não está parada."""
    atual = _parada(tarefa)
    atual.estado, atual.terminada_em = EstadoDaTarefa.CANCELADA, em
    atual.save(update_fields=["estado", "terminada_em"])
    if atual.andamento_id:
        Andamento.objects.filter(pk=atual.andamento_id).update(
            estado=Estado.FALHOU,
            terminado_em=em,
            mensagem=f"Quem cuida da instalação desistiu desta tarefa: {motivo} Se ainda precisar, peça outra vez.",
        )
    registrar(ato="fila.desistir", objeto=atual, por=por, em=em, motivo=motivo, dados=_do_que_se_trata(atual))
    return atual


def _parada(tarefa: Tarefa) -> Tarefa:
    atual = Tarefa.objects.select_for_update().get(pk=tarefa.pk)
    if atual.estado != EstadoDaTarefa.PARADA:
        raise AtoRecusado(f"“{atual.titulo}” já não está parada: está {atual.get_estado_display()}.")
    return atual


def _do_que_se_trata(tarefa: Tarefa) -> dict[str, str]:
    return {"tarefa": tarefa.funcao, "protocolo": tarefa.protocolo}


@dataclass(frozen=True, kw_only=True)
class RotinaDeclarada:
    """Uma rotina: nome, horário em cron (de Brasília) e a função, que devolve o resultado em palavras.

    Corre pela fila, fora de transação: pode repetir se o processo morrer no meio, e por isso fazê-la duas vezes tem de
    ser o mesmo que uma. Com `inteira`, corre dentro da transação da conclusão: ou fica tudo, ou nada.
    `titulo` é como aparece na tela; sem ele, a primeira frase da docstring da função.
    """

    nome: str
    cron: str
    executar: Callable[[datetime], str]
    titulo: str = ""
    inteira: bool = False

    @property
    def nome_na_tela(self) -> str:
        return self.titulo or primeira_frase(self.executar)


_ROTINAS: dict[str, RotinaDeclarada] = {}


def registrar_rotina(rotina: RotinaDeclarada) -> None:
    """Declara a rotina; chamado no `ready` do módulo dono dela."""
    _ROTINAS[rotina.nome] = rotina


def rotinas_declaradas() -> tuple[RotinaDeclarada, ...]:
    """Todas, na ordem em que aparecem na tela."""
    return tuple(sorted(_ROTINAS.values(), key=lambda rotina: rotina.nome_na_tela))


def rotina_declarada(nome: str) -> RotinaDeclarada | None:
    """A rotina de nome tal, se algum módulo a declara nesta versão."""
    return _ROTINAS.get(nome)
