"""Mapa do Brasil com os 5.570 municípios: 95 de cada 100 pedidos em até 200 ms."""

from __future__ import annotations

import sys

from benchmarks import base, medida

LIMITE = 0.200
VEZES = 60


def main() -> int:
    base.preparar()
    from django.test import Client
    from django.urls import reverse

    from suas.vigilancia.indicadores import consultas

    indicador = next(i for i in consultas.numericos() if consultas.anos_de(i.codigo))
    ano = consultas.anos_de(indicador.codigo)[0]
    enderecos = {
        "página do mapa": reverse("indicador-mapa", args=[indicador.codigo]),
        "desenho dos municípios": reverse("indicador-imagem", args=[indicador.codigo, ano]),
    }
    cliente = Client(headers={"accept-encoding": "gzip"})
    placar = medida.Placar(f"Mapa nacional de “{indicador.nome}”, {ano}")
    for nome, endereco in enderecos.items():
        resposta = cliente.get(endereco)
        placar.exigir(f"{nome} responde ({len(resposta.content) // 1024} kB)", resposta.status_code == 200)
        medidos = medida.tempos(lambda endereco=endereco: cliente.get(endereco), vezes=VEZES)
        placar.conferir_tempos(nome, medidos, limite=LIMITE, resumir=medida.p95)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
