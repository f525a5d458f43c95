"""A posse de uma tarefa: tomar, bater, concluir, largar, devolver à fila o que ficou com quem morreu.

Cada função é uma transação curta e recebe o instante. A cerca é o `token`: toda mudança de uma tarefa tomada diz
`WHERE token = ...`; quem perdeu a posse muda zero linhas e nada do que fez fica.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from suas.nucleo.fila import erros
from suas.nucleo.fila.models import ABERTAS, ESPERAM, TERMINARAM, Andamento, Estado, EstadoDaTarefa, Tarefa, Trabalhador

registro = logging.getLogger(__name__)
FILA_DAS_ROTINAS = "rotinas"
GUARDA_DE_TRABALHADOR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Ritmo:
    """Os tempos e limites da fila. Os testes de morte usam outros, bem menores."""

    batimento: timedelta = timedelta(seconds=5)
    posse: timedelta = timedelta(seconds=45)
    espera: timedelta = timedelta(seconds=1)
    #: Quanto uma tarefa ainda pode correr depois do sinal de fim, antes de ser devolvida.
    fim: timedelta = timedelta(seconds=6)
    recuo: timedelta = timedelta(seconds=5)
    recuo_maximo: timedelta = timedelta(minutes=15)
    #: O programa que falha do mesmo jeito duas vezes precisa de gente, não de outra tentativa.
    defeitos: int = 2
    #: Processo que cai tantas vezes com a mesma tarefa na mão: é ela que o derruba.
    quedas: int = 3


RITMO = Ritmo()


def bater(*, trabalhador_id: UUID, nome: str, papel: str, em: datetime, ritmo: Ritmo = RITMO) -> None:
    """Diz que o trabalhador está vivo; o primeiro batimento o cria."""
    Trabalhador.objects.update_or_create(
        pk=trabalhador_id,
        defaults={"batimento": em, "vale_ate": em + ritmo.posse},
        create_defaults={
            "nome": nome,
            "papel": papel,
            "comecou_em": em,
            "batimento": em,
            "vale_ate": em + ritmo.posse,
        },
    )


def disponiveis(*, filas: Sequence[str] | None, em: datetime) -> QuerySet[Tarefa]:
    """O que se pode tomar agora, na ordem. `filas` vazia é toda fila, menos a das rotinas, que é do relógio."""
    esperam = Tarefa.objects.filter(estado__in=ESPERAM, nao_antes_de__lte=em)
    esperam = esperam.filter(fila__in=filas) if filas else esperam.exclude(fila=FILA_DAS_ROTINAS)
    return esperam.order_by(F("prioridade").desc(), "nao_antes_de", "id")


def tomar(*, trabalhador_id: UUID, filas: Sequence[str] | None, em: datetime) -> Tarefa | None:
    """A primeira tarefa da fila, já com a posse; nada, se não há. Dois trabalhadores nunca tomam a mesma.

    No PostgreSQL, a linha que outro está a tomar é saltada; no SQLite, a transação só começa com o direito de escrever.
    """
    if not disponiveis(filas=filas, em=em).exists():
        return None  # sem isto, cada volta à toa tomaria o único direito de escrever do SQLite
    with transaction.atomic():
        tarefa = disponiveis(filas=filas, em=em).select_for_update(skip_locked=True).first()
        return _dar_posse(tarefa, trabalhador_id=trabalhador_id, em=em) if tarefa else None


def tomar_esta(*, tarefa_id: UUID, trabalhador_id: UUID, em: datetime) -> Tarefa | None:
    """A posse de uma tarefa certa, se ainda espera."""
    with transaction.atomic():
        tarefa = Tarefa.objects.select_for_update().filter(pk=tarefa_id, estado__in=ESPERAM).first()
        return _dar_posse(tarefa, trabalhador_id=trabalhador_id, em=em) if tarefa else None


def _dar_posse(tarefa: Tarefa, *, trabalhador_id: UUID, em: datetime) -> Tarefa:
    tarefa.estado = EstadoDaTarefa.FAZENDO
    tarefa.trabalhador_id = trabalhador_id
    tarefa.token = uuid4()
    tarefa.tomada_em = em
    tarefa.tentativas += 1
    tarefa.save(update_fields=["estado", "trabalhador_id", "token", "tomada_em", "tentativas"])
    return tarefa


def minha(tarefa: Tarefa) -> QuerySet[Tarefa]:
    """A linha da tarefa, enquanto a posse for esta."""
    return Tarefa.objects.filter(pk=tarefa.pk, token=tarefa.token, estado=EstadoDaTarefa.FAZENDO)


def concluir(tarefa: Tarefa, *, em: datetime) -> None:
    """Fecha a tarefa, por último, na transação do efeito. Sem a posse, levanta `PossePerdida` e desfaz tudo."""
    feita = {"estado": EstadoDaTarefa.FEITA, "token": None, "terminada_em": em, "erro": "", "protocolo": ""}
    # feita, ninguém mais precisa dos argumentos: podem identificar quem pediu
    if not minha(tarefa).update(**feita, argumentos={"args": [], "kwargs": {}}):
        raise erros.PossePerdida(f"A tarefa {tarefa.pk} já não é deste trabalhador.")
    if tarefa.andamento_id:  # a tarefa que não disse como terminou, terminou bem
        Andamento.objects.filter(pk=tarefa.andamento_id).exclude(estado__in=TERMINARAM).update(
            estado=Estado.FEITO, mensagem="Concluído.", terminado_em=em
        )


def devolver(tarefa: Tarefa, *, em: datetime) -> bool:
    """Põe de volta na fila, sem contar tentativa: o processo encerra antes de terminar. Diz se ainda era dele."""
    with transaction.atomic():
        mudadas = minha(tarefa).update(
            estado=EstadoDaTarefa.NA_FILA, token=None, tentativas=F("tentativas") - 1, nao_antes_de=em
        )
        if mudadas:
            _contar_espera(tarefa, "O serviço está a reiniciar; a tarefa continua em seguida.")
    return bool(mudadas)


def devolver_de(*, trabalhador_id: UUID, em: datetime) -> int:
    """Devolve o que está com o trabalhador que encerra e o retira da lista."""
    suas = Tarefa.objects.filter(trabalhador_id=trabalhador_id, estado=EstadoDaTarefa.FAZENDO)
    devolvidas = sum(devolver(tarefa, em=em) for tarefa in suas)
    Trabalhador.objects.filter(pk=trabalhador_id).delete()
    return devolvidas


def falhar(
    tarefa: Tarefa, *, erro: BaseException, passageiro: bool, em: datetime, sorteio: Callable[[], float], ritmo: Ritmo
) -> Tarefa | None:
    """Marca outra tentativa, ou para a tarefa; a falha inteira vai ao registro com o protocolo.

    Devolve a tarefa como ficou, ou nada se ela já não era deste trabalhador (ou já tinha sido concluída).
    """
    protocolo = secrets.token_hex(4).upper()
    registro.error("Protocolo %s: falha na tarefa %s (%s)", protocolo, tarefa.pk, tarefa.funcao, exc_info=erro)
    with transaction.atomic():
        atual = minha(tarefa).select_for_update().first()
        if atual is None:
            return None
        if not passageiro:
            atual.defeitos += 1
        atual.erro, atual.protocolo = erros.em_palavras(erro), protocolo
        if atual.tentativas >= atual.maximo or atual.defeitos >= ritmo.defeitos:
            return _parar(atual, em=em)
        atual.estado, atual.token = EstadoDaTarefa.DE_NOVO, None
        atual.nao_antes_de = em + recuo(tentativa=atual.tentativas, sorteio=sorteio, ritmo=ritmo)
        atual.save()
        _contar_espera(atual, f"{atual.erro} Tentaremos de novo em instantes; não é preciso pedir outra vez.")
        return atual


def recuo(*, tentativa: int, sorteio: Callable[[], float], ritmo: Ritmo = RITMO) -> timedelta:
    """Quanto esperar: dobra a cada tentativa, até o máximo, entre a metade e o inteiro por sorteio (0 a 1)."""
    inteiro = min(ritmo.recuo * int(2 ** min(tentativa - 1, 20)), ritmo.recuo_maximo)
    return inteiro * (0.5 + sorteio() / 2)


def recolher(*, em: datetime, ritmo: Ritmo = RITMO) -> int:
    """Devolve à fila as tarefas de quem deixou de bater; a que já derrubou processos demais para. Diz quantas."""
    vivo = Trabalhador.objects.filter(pk=OuterRef("trabalhador_id"), vale_ate__gt=em)
    presas = Tarefa.objects.filter(~Exists(vivo), estado=EstadoDaTarefa.FAZENDO)
    if not presas.exists():
        return 0
    with transaction.atomic():
        recolhidas = list(presas.select_for_update(skip_locked=True, of=("self",)))
        for tarefa in recolhidas:
            tarefa.quedas += 1
            tarefa.erro = f"O processo que a executava parou no meio ({tarefa.quedas} de {ritmo.quedas} vezes)."
            tarefa.protocolo = ""
            registro.error("Tarefa %s (%s): %s", tarefa.pk, tarefa.funcao, tarefa.erro)
            if tarefa.quedas >= ritmo.quedas:
                _parar(tarefa, em=em)
                continue
            tarefa.estado, tarefa.token, tarefa.nao_antes_de = EstadoDaTarefa.NA_FILA, None, em
            tarefa.save()
            _contar_espera(tarefa, "O processo que a executava parou no meio; a tarefa recomeça em seguida.")
    return len(recolhidas)


def esquecer_mortos(*, em: datetime) -> None:
    """Retira da lista quem não dá sinal há mais de um dia e já não tem nada."""
    com_tarefa = Tarefa.objects.filter(trabalhador_id=OuterRef("pk"), estado__in=ABERTAS, token__isnull=False)
    Trabalhador.objects.filter(~Exists(com_tarefa), vale_ate__lt=em - GUARDA_DE_TRABALHADOR).delete()


def _parar(tarefa: Tarefa, *, em: datetime) -> Tarefa:
    """Vai para as paradas: só anda de novo por gente. Quem pediu lê o que houve e o que fazer."""
    tarefa.estado, tarefa.token, tarefa.terminada_em = EstadoDaTarefa.PARADA, None, em
    tarefa.save()
    if tarefa.andamento_id:
        protocolo = f" Protocolo {tarefa.protocolo}." if tarefa.protocolo else ""
        Andamento.objects.filter(pk=tarefa.andamento_id).update(
            estado=Estado.FALHOU,
            terminado_em=em,
            mensagem=(
                f"{tarefa.erro}{protocolo} Nada foi gravado pela metade. Quem cuida da instalação já vê esta tarefa "
                "parada e pode mandar tentar de novo; se tiver pressa, informe o protocolo ou peça outra vez."
            ),
        )
    return tarefa


def _contar_espera(tarefa: Tarefa, etapa: str) -> None:
    if tarefa.andamento_id:
        Andamento.objects.filter(pk=tarefa.andamento_id).exclude(estado__in=TERMINARAM).update(
            estado=Estado.NA_FILA, etapa=etapa[:200]
        )
