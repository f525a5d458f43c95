"""Cobertura do país logo depois de uma mudança na rede, por CRAS e por serviço: 95 de cada 100 pedidos em até 200 ms.

A rede medida tem 13.000 unidades; antes de cada pedido um CRAS abre ou fecha, e nada fica guardado entre pedidos.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from itertools import cycle

from benchmarks import base, medida

LIMITE = 0.200
VEZES = 60
UNIDADES = 13_000
PAGINAS = {
    "página do país": "/cobertura/",
    "página de um estado": "/cobertura/uf/MG/",
    "serviços do país": "/cobertura/servicos/",
    "um serviço em cada estado": "/cobertura/servicos/paif/",
    "um serviço num estado": "/cobertura/servicos/paif/MG/",
}
#: O que cada tipo de unidade da medida oferta; uma em vinte é regional e atende mais cinco municípios.
SERVICOS = {"cras": ("paif", "scfv", "psb_domicilio"), "creas": ("paefi", "mse_la_psc", "abordagem_social")}


def main() -> int:
    base.preparar()
    from django.test import Client
    from django.utils import timezone

    from suas.cadastros.rede.models import Unidade

    encher()
    hoje = timezone.localdate()
    um = Unidade.objects.filter(tipo="cras").earliest("pk")
    estados = cycle((hoje - timedelta(days=1), None))
    cliente = Client(headers={"accept-encoding": "gzip"})
    placar = medida.Placar(f"Cobertura do país, {Unidade.objects.count():,} unidades".replace(",", "."))
    for nome, endereco in PAGINAS.items():

        def mudar_e_pedir(endereco: str = endereco) -> None:
            cliente.get(endereco)

        medidos: list[float] = []
        for _ in range(VEZES):
            Unidade.objects.filter(pk=um.pk).update(fechada_em=next(estados))
            medidos += medida.tempos(mudar_e_pedir, vezes=1, aquecer=0 if medidos else 2)
        placar.exigir(f"{nome} responde", cliente.get(endereco).status_code == 200)
        placar.conferir_tempos(nome, medidos, limite=LIMITE, resumir=medida.p95)
    return placar.encerrar()


def encher() -> None:
    """Completa a rede até o tamanho da medida, com CRAS e CREAS espalhados pelos municípios."""
    from django.utils import timezone

    from suas.cadastros.rede.models import Unidade
    from suas.cadastros.territorio.models import Municipio

    faltam = UNIDADES - Unidade.objects.count()
    codigos = cycle(Municipio.objects.values_list("pk", flat=True))
    agora = timezone.now()
    Unidade.objects.bulk_create(
        (
            Unidade(
                tipo="creas" if numero % 4 == 0 else "cras",
                nome=f"Unidade {numero}",
                nome_busca=f"unidade {numero}",
                municipio_id=codigo,
                capacidade=2500,
                mudada_em=agora,
                sintetica=True,
            )
            for numero, codigo in zip(range(max(faltam, 0)), codigos, strict=False)
        ),
        batch_size=2000,
    )
    _ofertar()


def _ofertar() -> None:
    """Cada unidade da medida oferta os serviços do seu tipo; parte atende outros municípios."""
    from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
    from suas.cadastros.territorio.models import Municipio

    sem_oferta = Unidade.objects.filter(tipo__in=SERVICOS, servicos__isnull=True).order_by("pk")
    unidades = list(sem_oferta.values_list("pk", "tipo"))
    ServicoOfertado.objects.bulk_create(
        (
            ServicoOfertado(unidade_id=unidade, servico=servico, capacidade=80)
            for unidade, tipo in unidades
            for servico in SERVICOS[tipo]
        ),
        batch_size=2000,
    )
    codigos = cycle(Municipio.objects.order_by("-pk").values_list("pk", flat=True))
    MunicipioAtendido.objects.bulk_create(
        (
            MunicipioAtendido(unidade_id=unidade, municipio_id=next(codigos))
            for unidade, _ in unidades[::20]
            for _ in range(5)
        ),
        batch_size=2000,
    )


if __name__ == "__main__":
    sys.exit(main())
