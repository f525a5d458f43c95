"""Como se declara uma tarefa. A interface é a do django-tasks (`@task`, `.enqueue`); aqui está o que acrescentamos.

from suas.nucleo.fila.declarada import task

@task(titulo="Aviso por correio")                       # simples: a função inteira numa transação só
def avisar(pessoa_id: str) -> None: ...

@task(takes_context=True, longa=True)                   # longa: calcula fora, grava em `concluir`
def consolidar(context: Execucao, ano: int) -> None:
    resultado = calcular(ano, conte=context.contar)
    with context.concluir():
        gravar(resultado)

avisar.using(unica=f"avisar:{pessoa}", andamento=andamento.pk).enqueue(pessoa_id=str(pessoa))
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Generic, ParamSpec, TypeVar, cast
from uuid import UUID

import django_tasks
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TarefaDeclarada(Task[P, T], Generic[P, T]):
    """Uma função que corre pela fila.

    `longa`: calcula fora da transação e grava em `context.concluir()`. `maximo`: tentativas, contada a primeira.
    `prazo`: interrompida se demora mais. `titulo`: como aparece na tela; sem ele, a primeira frase da docstring.
    De cada pedido, por `using`: `andamento` que a pessoa acompanha, `abrangencia`, `vinculo` de quem pediu, e `unica`,
    que não deixa haver duas abertas com a mesma chave.
    """

    longa: bool = False
    maximo: int = 8
    prazo: timedelta = timedelta(minutes=30)
    titulo: str = ""
    andamento: UUID | None = None
    abrangencia: str = ""
    vinculo: UUID | None = None
    unica: str = ""

    def using(self, **mudancas: Any) -> TarefaDeclarada[P, T]:
        """A mesma tarefa com outros valores neste pedido (além dos do django-tasks, os desta classe)."""
        return replace(self, **mudancas)

    @property
    def nome_na_tela(self) -> str:
        return self.titulo or primeira_frase(self.func)


def task(**opcoes: Any) -> Callable[[Callable[..., T]], TarefaDeclarada[..., T]]:
    """O `@task` do django-tasks, com as opções de `TarefaDeclarada` à vista dos tipos."""
    return cast("Callable[[Callable[..., T]], TarefaDeclarada[..., T]]", django_tasks.task(**opcoes))


def primeira_frase(funcao: Callable[..., Any]) -> str:
    """A primeira frase da docstring, sem o ponto; sem docstring, o nome em palavras."""
    texto = " ".join((funcao.__doc__ or "").split())
    frase = re.split(r"(?<=[^0-9])[.:;](?:\s|$)", texto, maxsplit=1)[0].strip()
    return (frase or funcao.__name__.replace("_", " ").capitalize())[:200]
