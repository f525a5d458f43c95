"""Lista da rede com 13.000 unidades, filtrada e ordenada: a página pronta em menos de 100 ms, as mesmas consultas."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from benchmarks import base, medida

LIMITE = 0.100
UNIDADES = 13_000
PAGINAS = (
    "/rede/",
    "/rede/?ordem=-capacidade",
    "/rede/?ordem=municipio&pagina=100",
    "/rede/?tipo=cras&ordem=-nome",
    "/rede/?termo=centro",
    "/rede/?termo=cras+vitoria&situacao=todas",
    "/rede/?frescor=velho&ordem=conferida",
    "/rede/ES/?tipo=creas",
    "/rede/3205309/?ordem=tipo",
)


def semear() -> None:
    """Unidades inventadas em municípios de todo o país, nos mesmos lugares a cada vez."""
    from suas.cadastros.rede.models import Unidade
    from suas.cadastros.territorio.models import Municipio
    from suas.cadastros.territorio.nomes import nome_de_busca

    if Unidade.objects.count() >= UNIDADES:
        return  # a pasta que fica já as tem
    codigos = list(Municipio.objects.order_by("pk").values_list("pk", flat=True))
    tipos, bairros = [tipo.value for tipo in Unidade.Tipo], ("Centro", "São Pedro", "Bela Vista", "Norte", "Vila Nova")
    agora = datetime(2026, 11, 22, 12, tzinfo=UTC)
    Unidade.objects.bulk_create(
        (
            Unidade(
                nome=(nome := f"{tipos[numero % 4].upper()} {bairros[numero % 5]} {numero}"),
                nome_busca=nome_de_busca(nome),
                tipo=tipos[numero % 4] if numero % 3 else "cras",
                municipio_id=codigos[numero * 7 % len(codigos)],
                bairro=bairros[numero % 5],
                logradouro="Rua do Exemplo",
                telefone="2733334444",
                capacidade=numero % 5000 if numero % 7 else None,
                conferida_em=agora if numero % 2 else None,
                mudada_em=agora,
                sintetica=True,
            )
            for numero in range(UNIDADES)
        ),
        batch_size=1000,
    )


def main() -> int:
    base.preparar()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    semear()
    cliente, placar, todos, contas = Client(), medida.Placar(f"Lista de {UNIDADES} unidades, página inteira"), [], set()
    for pagina in PAGINAS:
        medidos = medida.tempos(lambda pagina=pagina: cliente.get(pagina), vezes=15)
        todos += medidos
        placar.conferir_tempos(pagina, medidos, limite=LIMITE)
        with CaptureQueriesContext(connection) as consultas:
            assert cliente.get(pagina).status_code == 200
        contas.add((pagina.count("/"), len(consultas)))
    placar.conferir_tempos("todas as páginas", todos, limite=LIMITE, resumir=medida.p95)
    print("consultas ao banco, por lugar (país, UF ou município):", sorted(contas))
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
