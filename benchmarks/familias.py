"""A procura por quem é atendido, com 200.000 pessoas no município: a página pronta em menos de 200 ms."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from random import Random

from benchmarks import base, medida

PESSOAS = 200_000
LIMITE = 0.200
TERMOS = ("maria", "jose da silva", "maria aparecida", "luiz souza", "thereza", "mar", "ana cristina oliveira", "zzzz")
PRENOMES = [
    "Maria",
    "José",
    "Ana",
    "João",
    "Antônio",
    "Francisca",
    "Luís",
    "Teresa",
    "Aparecida",
    "Cristina",
    "Wagner",
    "Helena",
    "Pedro",
    "Paulo",
    "Sônia",
    "Rita",
]
SOBRENOMES = [
    "Silva",
    "Souza",
    "Oliveira",
    "Santos",
    "Lima",
    "Pereira",
    "Costa",
    "Ferreira",
    "Almeida",
    "Rocha",
    "Nunes",
    "Moraes",
    "Barros",
    "Freitas",
]


def semear() -> object:
    """Um CRAS de Vitória e as pessoas, com as palavras da busca; devolve a técnica que procura."""
    from django.utils import timezone

    from demonstracao.pessoas import CRAS, VITORIA
    from suas.atendimento.familias.acoes.pessoas import palavras_de
    from suas.atendimento.familias.models import PalavraDoNome, PessoaAtendida
    from suas.cadastros.rede.models import Unidade
    from suas.nucleo.identidade.tests import fabricas as identidade
    from suas.nucleo.permissoes import papeis

    sorte, agora = Random(7), timezone.now()
    cras = Unidade.objects.get(nome=CRAS, municipio=VITORIA)
    pessoas = [
        PessoaAtendida(
            abrangencia=cras.municipio_id,
            nome=" ".join((*sorte.sample(PRENOMES, 2), *sorte.sample(SOBRENOMES, 2))),
            nascimento=date(1940, 1, 1) + timedelta(days=sorte.randrange(30_000)),
            criada_em=agora,
            mudada_em=agora,
        )
        for _ in range(PESSOAS)
    ]
    PessoaAtendida.objects.bulk_create(pessoas, batch_size=2_000)
    for inicio in range(0, PESSOAS, 10_000):
        lote = pessoas[inicio : inicio + 10_000]
        PalavraDoNome.objects.bulk_create([palavra for pessoa in lote for palavra in palavras_de(pessoa)])
    return identidade.pessoa_com_vinculo(papeis.TECNICO_SUPERIOR, cras.municipio_id, unidade=cras.pk)


def main() -> int:
    base.preparar()
    from django.test import Client

    cliente = Client()
    cliente.force_login(semear())
    placar = medida.Placar(f"Procura entre {PESSOAS} pessoas do município, página inteira")
    todos: list[float] = []
    for termo in (*TERMOS, "21/03/1985", "52998224725"):
        medidos = medida.tempos(lambda termo=termo: cliente.post("/familias/", {"termo": termo}), vezes=10)
        todos += medidos
        placar.conferir_tempos(f"“{termo}”", medidos, limite=LIMITE)
    placar.conferir_tempos("todos os termos", todos, limite=LIMITE, resumir=medida.p95)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
