"""Busca de município por nome sem acento, código ou UF: a página pronta em menos de 100 ms."""

from __future__ import annotations

import sys

from benchmarks import base, medida

LIMITE = 0.100
TERMOS = ("vitoria", "Vitória/ES", "sao joao", "3205309", "320530", "es", "bom jesus", "a", "dias d avila", "zzzz")


def main() -> int:
    base.preparar()
    from django.test import Client

    cliente = Client()
    placar = medida.Placar("Busca de município, página inteira")
    todos = []
    for termo in TERMOS:
        medidos = medida.tempos(lambda termo=termo: cliente.get("/territorio/busca", {"q": termo}), vezes=15)
        todos += medidos
        placar.conferir_tempos(f"“{termo}”", medidos, limite=LIMITE)
    placar.conferir_tempos("todos os termos", todos, limite=LIMITE, resumir=medida.p95)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
