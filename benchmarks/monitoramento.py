"""O painel do monitoramento com 5.570 municípios, 13.000 unidades e treze meses: p95 de 200 ms logo depois de um envio.

Antes de cada pedido grava-se uma entrega, e a conta da página já a traz: nada se guarda entre um e outro.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from benchmarks import base, medida

LIMITE = 0.200
UNIDADES = 13_000
MESES = 13
VEZES = 40


def semear() -> None:
    """Unidades em municípios de todo o país e treze meses de entregas, uma em dez por fazer."""
    from django.utils import timezone

    from normas.base.competencia import Competencia
    from suas.cadastros.rede.models import Unidade
    from suas.cadastros.territorio.models import Municipio
    from suas.nucleo.obrigacoes.models import Entrega
    from suas.vigilancia.mensais import obrigacao

    agora = timezone.now()
    codigos = list(Municipio.objects.order_by("pk").values_list("pk", flat=True))
    tipos = ("cras", "cras", "cras", "creas", "cras", "centro_pop")
    faltam = UNIDADES - Unidade.objects.filter(tipo__in=list(obrigacao.ALVOS)).count()
    Unidade.objects.bulk_create(
        (
            Unidade(
                nome=f"{tipos[n % 6].upper()} {n}",
                nome_busca=f"{tipos[n % 6]} {n}",
                tipo=tipos[n % 6],
                municipio_id=codigos[n * 7 % len(codigos)],
                mudada_em=agora,
                sintetica=True,
            )
            for n in range(max(faltam, 0))
        ),
        batch_size=1000,
    )
    unidades = list(Unidade.objects.filter(tipo__in=list(obrigacao.ALVOS)).order_by("pk"))
    hoje = timezone.localdate()
    feitas = set(Entrega.objects.filter(sistema=obrigacao.SISTEMA).values_list("devedor", "periodo"))
    novas = []
    for atras in range(1, MESES + 1):
        mes = Competencia(hoje.year, hoje.month).meses_antes(atras)
        for n, unidade in enumerate(unidades):
            quem = obrigacao.devedor(unidade)
            if (n + atras) % 10 == 0 or (quem.chave, str(mes)) in feitas:
                continue
            dia = mes.ate + timedelta(days=(n * 7 + atras) % 40)
            novas.append(
                Entrega(
                    sistema=obrigacao.SISTEMA,
                    etapa=obrigacao.ETAPA,
                    periodo=str(mes),
                    devedor=quem.chave,
                    unidade=quem.unidade,
                    alvo=quem.alvo,
                    abrangencia=quem.abrangencia,
                    dia=min(dia, hoje),
                    primeira=min(dia, hoje),
                )
            )
    Entrega.objects.bulk_create(novas, batch_size=1000)


def entregador() -> Callable[[], None]:
    """A cada chamada, mais uma unidade entrega o mês da vez, pelo ato da casa."""
    from django.utils import timezone

    from normas.base.competencia import Competencia
    from suas.cadastros.rede.models import Unidade
    from suas.nucleo.obrigacoes.acoes import entregas
    from suas.nucleo.obrigacoes.models import Entrega
    from suas.vigilancia.mensais import obrigacao

    hoje = timezone.localdate()
    mes = str(Competencia(hoje.year, hoje.month).meses_antes(1))
    feitas = Entrega.objects.filter(sistema=obrigacao.SISTEMA, periodo=mes, retirada=None).values("unidade")
    restam = iter(list(Unidade.objects.filter(tipo="cras").exclude(pk__in=feitas)))

    def entregar() -> None:
        entregas.entregar(
            sistema=obrigacao.SISTEMA,
            etapa=obrigacao.ETAPA,
            periodo=mes,
            devedor=obrigacao.devedor(next(restam)),
            dia=date(hoje.year, hoje.month, hoje.day),
        )

    return entregar


def main() -> int:
    base.preparar()
    from django.test import Client

    from suas.nucleo.identidade.models import Pessoa
    from suas.nucleo.obrigacoes.models import Entrega

    semear()
    entregar = entregador()
    cliente = Client(headers={"accept-encoding": "gzip"})
    cliente.force_login(Pessoa.objects.get(email="federal@redesuas.example"))
    placar = medida.Placar(f"Monitoramento com {UNIDADES} unidades e {Entrega.objects.count()} entregas")
    paginas = {
        "painel do país": "/monitoramento/BR/",
        "mapa do país": "/monitoramento/brasil.svg",
        "painel de um estado grande": "/monitoramento/31/",
        "as linhas de um estado grande": "/monitoramento/31/linhas/?situacao=faltam",
        "painel de um município": "/monitoramento/3205309/",
        "doze meses de um estado grande": "/monitoramento/31/tendencia/",
        "doze meses do país": "/monitoramento/BR/tendencia/",
        "as linhas do país": "/monitoramento/BR/linhas/?situacao=faltam",
    }
    for nome, endereco in paginas.items():
        resposta = cliente.get(endereco)
        placar.exigir(f"{nome} responde ({len(resposta.content) // 1024} kB)", resposta.status_code == 200)
        medidos = []
        for _ in range(VEZES):
            entregar()
            medidos += medida.tempos(partial(cliente.get, endereco), vezes=1, aquecer=0)
        placar.conferir_tempos(nome, medidos, limite=LIMITE, resumir=medida.p95)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
