"""Tarefas prontas para os testes das telas."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from suas.nucleo.fila.models import EstadoDaTarefa, Tarefa


def parada(*, em: datetime, **campos: Any) -> Tarefa:
    """Uma tarefa que o sistema tentou e não conseguiu."""
    padrao: dict[str, Any] = {
        "funcao": "suas.nucleo.fila.tests.mundo_da_fila.simples",
        "titulo": "Simulação de Partilha 2006",
        "argumentos": {"args": ["x"], "kwargs": {}},
        "estado": EstadoDaTarefa.PARADA,
        "criada_em": em,
        "nao_antes_de": em,
        "tomada_em": em,
        "terminada_em": em,
        "tentativas": 2,
        "defeitos": 2,
        "erro": "Defeito do sistema ao executar esta tarefa.",
        "protocolo": "0A1B2C3D",
    }
    return Tarefa.objects.create(**padrao | campos)
