"""A busca do alto, com 13.000 unidades no cadastro: a página pronta em menos de 100 ms, qualquer que seja o termo."""

from __future__ import annotations

import sys

from benchmarks import base, medida, rede

LIMITE = 0.100
TERMOS = ("vitoria", "Vitória/ES", "sao joao", "3205309", "320530", "es", "bom jesus", "a", "dias d avila", "zzzz")
NOS_CADASTROS = ("cras centro", "creas vitoria", "cras sao pedro es", "bela vista", "pop", "conselho serra", "fundo")


def main() -> int:
    base.preparar()
    from django.test import Client

    rede.semear()
    cliente = Client()
    placar = medida.Placar(f"Busca do alto com {rede.UNIDADES} unidades, página inteira")
    todos = []
    for termo in TERMOS + NOS_CADASTROS:
        medidos = medida.tempos(lambda termo=termo: cliente.get("/territorio/busca", {"q": termo}), vezes=15)
        todos += medidos
        placar.conferir_tempos(f"“{termo}”", medidos, limite=LIMITE)
    placar.conferir_tempos("todos os termos", todos, limite=LIMITE, resumir=medida.p95)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
