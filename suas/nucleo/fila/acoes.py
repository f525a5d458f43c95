"""Abrir, contar e encerrar um andamento; executar as rotinas que venceram."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from croniter import croniter
from django.db import transaction

from suas.nucleo.fila.models import Andamento, Estado, Rotina

BRASILIA = ZoneInfo("America/Sao_Paulo")
registro = logging.getLogger(__name__)


def abrir(*, titulo: str, abrangencia: str, em: datetime) -> Andamento:
    """Cria o andamento que a tela acompanha, antes de pôr a tarefa na fila."""
    return Andamento.objects.create(titulo=titulo, abrangencia=abrangencia, pedido_em=em)


def contar(andamento: Andamento, *, etapa: str, feito: int, total: int) -> None:
    """Diz em que etapa está. Fora da transação da tarefa, para ser visto enquanto ela corre."""
    Andamento.objects.filter(pk=andamento.pk).update(estado=Estado.FAZENDO, etapa=etapa, feito=feito, total=total)


def encerrar(andamento: Andamento, *, mensagem: str, falhou: bool = False, em: datetime) -> None:
    estado = Estado.FALHOU if falhou else Estado.FEITO
    Andamento.objects.filter(pk=andamento.pk).update(estado=estado, mensagem=mensagem, terminado_em=em)


@dataclass(frozen=True, kw_only=True)
class RotinaDeclarada:
    """Uma rotina: nome, horário em cron (de Brasília) e a função, que devolve o resultado em palavras."""

    nome: str
    cron: str
    executar: Callable[[datetime], str]


_ROTINAS: dict[str, RotinaDeclarada] = {}


def registrar_rotina(rotina: RotinaDeclarada) -> None:
    """Declara a rotina; chamado no `ready` do módulo dono dela."""
    _ROTINAS[rotina.nome] = rotina


def vencidas(*, em: datetime) -> list[RotinaDeclarada]:
    """As rotinas cujo horário passou desde a última execução; uma que nunca correu espera o próximo horário."""
    ultimas = dict(Rotina.objects.values_list("nome", "ultima_em"))
    resposta = []
    for rotina in _ROTINAS.values():
        anterior = croniter(rotina.cron, em.astimezone(BRASILIA)).get_prev(datetime)
        ultima = ultimas.get(rotina.nome)
        if ultima is None:
            Rotina.objects.get_or_create(nome=rotina.nome, defaults={"ultima_em": em})
        elif ultima < anterior:
            resposta.append(rotina)
    return resposta


def executar_rotina(*, nome: str, em: datetime) -> str:
    """Executa uma rotina e guarda o resultado. Dois relógios ao mesmo tempo: só um a executa."""
    rotina = _ROTINAS[nome]
    with transaction.atomic():
        linha, _ = Rotina.objects.select_for_update().get_or_create(nome=nome)
        if linha.ultima_em is not None and linha.ultima_em >= em:
            return linha.ultimo_resultado
        linha.ultima_em = em
        linha.save(update_fields=["ultima_em"])
    resultado = rotina.executar(em)
    Rotina.objects.filter(pk=nome).update(ultimo_resultado=resultado)
    registro.info("Rotina %s: %s", nome, resultado)
    return resultado
