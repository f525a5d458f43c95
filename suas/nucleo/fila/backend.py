"""As duas filas do django-tasks: `NoBanco`, de verdade, e `NaHora`, dos testes, que executa quando o ato termina."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import transaction
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json

from suas.nucleo import banco
from suas.nucleo.fila.declarada import TarefaDeclarada


class NoBanco(BaseTaskBackend):
    """Guarda a tarefa na transação de quem pede: só existe se o ato ficar."""

    task_class = TarefaDeclarada
    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Põe na fila; com `unica`, devolve a que já está aberta com a mesma chave."""
        self.validate_task(task)
        if not isinstance(task, TarefaDeclarada):
            raise TypeError(f"{task.module_path} não foi declarada para esta fila.")
        em = banco.instante()
        tarefa, nova = _guardar(task, argumentos=normalize_json({"args": args, "kwargs": kwargs}), em=em)
        if nova:
            self.nova(tarefa)
        return TaskResult(
            task=task,
            id=str(tarefa.pk),
            status=TaskResultStatus.READY,
            enqueued_at=tarefa.criada_em,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=tarefa.argumentos["args"],
            kwargs=tarefa.argumentos["kwargs"],
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    def nova(self, tarefa: Any) -> None:
        """O que se faz com a tarefa que acaba de entrar: aqui, nada; um trabalhador a toma."""


class NaHora(NoBanco):
    """A mesma fila, executada no fim do ato que pediu, no mesmo processo. O que falha aparece: a falha sobe."""

    def nova(self, tarefa: Any) -> None:
        if tarefa.nao_antes_de <= tarefa.criada_em:
            transaction.on_commit(lambda: executar_ja(tarefa.pk))


def executar_ja(tarefa_id: Any) -> None:
    """Toma e executa uma tarefa neste processo; a falha sobe depois de marcada."""
    from suas.nucleo.fila import execucao, posse

    tarefa = posse.tomar_esta(tarefa_id=tarefa_id, trabalhador_id=uuid4(), em=banco.instante())
    if tarefa is not None and (falha := execucao.executar(tarefa, relogio=banco.instante)):
        raise falha


def _guardar(task: TarefaDeclarada[Any, Any], *, argumentos: Any, em: Any) -> tuple[Any, bool]:
    from suas.nucleo.fila.models import ABERTAS, Tarefa

    tarefa = Tarefa(
        funcao=task.module_path,
        titulo=task.nome_na_tela,
        argumentos=argumentos,
        fila=task.queue_name,
        prioridade=task.priority,
        criada_em=em,
        nao_antes_de=task.run_after or em,
        maximo=task.maximo,
        abrangencia=task.abrangencia,
        andamento_id=task.andamento,
        vinculo_id=task.vinculo,
        unica=task.unica or None,
    )
    if not task.unica:
        tarefa.save(force_insert=True)
        return tarefa, True
    for _ in range(10):
        # Conflito não é erro: uma igual já espera. Entre o conflito e a busca ela pode ter terminado: tenta outra vez.
        Tarefa.objects.bulk_create([tarefa], ignore_conflicts=True)
        aberta = Tarefa.objects.filter(unica=task.unica, estado__in=ABERTAS).first()
        if aberta is not None:
            return aberta, aberta.pk == tarefa.pk
    raise RuntimeError(f"A tarefa “{task.unica}” não entra na fila.")
