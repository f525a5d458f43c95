"""O que a trilha custa: 10.000 gravações e escritas em massa, com e sem os gatilhos; quanto se lacra e confere.

    .venv/bin/python benchmarks/trilha.py                                       # SQLite, numa pasta que some no fim
    DATABASE_URL=postgres://.../banco_vazio .venv/bin/python benchmarks/trilha.py   # PostgreSQL, num banco só para isso

Cada escrita é feita e desfeita numa transação, ora com os gatilhos, ora sem. No SQLite vale o tempo de processador; no
PostgreSQL, onde o trabalho é de outro processo, o do relógio; de cada lado, o menor de várias vezes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import medida

QUANTAS = 10_000
VEZES = int(os.environ.get("REDESUAS_VEZES", "5"))
LIMITE = 1.5


def escritas() -> dict[str, tuple[bool, Callable[[], Any]]]:
    """As escritas medidas, sobre valores de indicadores; e se o limite vale para elas.

    Nas cruas (um só comando, ou sem montar objetos) o limite não se cumpre, e se diz: a base quase nada custa, e o
    gatilho escreve uma linha de antes e depois para cada uma.
    """
    from suas.cadastros.territorio.models import Municipio
    from suas.nucleo import banco
    from suas.vigilancia.indicadores.models import Valor

    municipios = list(Municipio.objects.values_list("pk", flat=True)[: QUANTAS // 2])
    campos = {"indicador_id": "medida", "fonte": "Medida de desempenho da trilha", "sintetico": True}

    def novos(*anos: int) -> list[Any]:
        return [Valor(municipio_id=m, ano=ano, valor="12.5", **campos) for ano in anos for m in municipios]

    Valor.objects.bulk_create(novos(2001, 2002))
    guardados = list(Valor.objects.filter(indicador_id="medida"))

    def gravar_novos() -> None:
        for valor in novos(2003, 2004):
            valor.save(force_insert=True)

    def gravar_mudados() -> None:
        for valor in guardados:
            valor.valor = "13.5"
            valor.save()

    def mudar_em_massa() -> None:
        for valor in guardados:
            valor.valor = "14.5"
        Valor.objects.bulk_update(guardados, ["valor"], batch_size=500)

    def inserir_em_lote() -> None:
        linhas = [(m, ano, "12.5") for ano in (2003, 2004) for m in municipios]
        iguais = {"indicador": "medida", "fonte": campos["fonte"], "sintetico": True}
        banco.inserir_em_lote(Valor, campos=("municipio", "ano", "valor"), linhas=linhas, iguais=iguais)

    return {
        "10.000 save() de linhas novas": (True, gravar_novos),
        "10.000 save() de linhas que mudam": (True, gravar_mudados),
        "bulk_create de 10.000": (True, lambda: Valor.objects.bulk_create(novos(2003, 2004), batch_size=500)),
        "bulk_update de 10.000": (True, mudar_em_massa),
        "inserir_em_lote de 10.000": (False, inserir_em_lote),
        "um só UPDATE de 10.000": (False, lambda: Valor.objects.filter(indicador_id="medida").update(valor="15.5")),
        "um só DELETE de 10.000": (False, lambda: Valor.objects.filter(indicador_id="medida")._raw_delete("default")),
    }


def desfeita(escrever: Callable[[], Any], *, com_gatilhos: bool) -> float:
    """Quanto leva, em segundos, escrever dentro de uma transação que se desfaz."""
    from django.db import connection, transaction

    from suas.nucleo import banco

    relogio = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    with transaction.atomic():
        if not com_gatilhos:
            banco.soltar_gatilhos(so_anotacoes=True)
        comeco = relogio()
        escrever()
        gasto = relogio() - comeco
        transaction.set_rollback(True)
    return gasto


def medir_escritas(placar: medida.Placar) -> None:
    for nome, (vale, escrever) in escritas().items():
        com, sem = [], []
        for _ in range(VEZES):
            sem.append(desfeita(escrever, com_gatilhos=False))
            com.append(desfeita(escrever, com_gatilhos=True))
        razao = min(com) / min(sem)
        a_mais = f"{(min(com) - min(sem)) / QUANTAS * 1e6:.1f} µs a mais por linha".replace(".", ",")
        if vale:
            placar.conferir(nome, medido=razao, limite=LIMITE, escrever=medida.vezes)
            placar.contar(f"      {medida.ms(min(sem))} sem, {medida.ms(min(com))} com: {a_mais}")
        else:
            cumpre = (
                ""
                if razao <= LIMITE
                else f", LIMITE NÃO CUMPRIDO ({medida.vezes(LIMITE)}): base mínima, custo por linha"
            )
            placar.contar(f"{nome}: {medida.vezes(razao)}{cumpre}")
            placar.contar(f"      {medida.ms(min(sem))} sem, {medida.ms(min(com))} com: {a_mais}")


def medir_corrente(placar: medida.Placar) -> None:
    from django.utils import timezone

    from suas.nucleo.trilha import acoes, verificacao

    comeco, usado = time.perf_counter(), time.process_time()
    lacradas = acoes.lacrar(em=timezone.now())
    placar.contar(_por_segundo("lacradas", lacradas, time.perf_counter() - comeco, time.process_time() - usado))
    comeco, usado = time.perf_counter(), time.process_time()
    resultado = verificacao.verificar(em=timezone.now())
    placar.contar(
        _por_segundo("conferidas", resultado.conferidos, time.perf_counter() - comeco, time.process_time() - usado)
    )
    placar.exigir("a corrente está inteira", resultado.inteira)


def _por_segundo(o_que: str, quantas: int, relogio: float, processador: float) -> str:
    return (
        f"{quantas} linhas {o_que}: {quantas / relogio:.0f} por segundo no relógio, "
        f"{quantas / processador:.0f} por segundo de processador"
    )


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="redesuas-trilha-") as pasta:
        os.environ["REDESUAS_DADOS"] = pasta
        from suas.config.gerenciar import preparar_banco, preparar_django

        preparar_django(dados=Path(pasta))
        preparar_banco()
        from django.db import connection
        from django.utils import timezone

        from suas.cadastros.territorio.acoes import carregar_federacao
        from suas.nucleo.permissoes.ator import ATOR_PUBLICO
        from suas.vigilancia.indicadores.models import Indicador

        carregar_federacao(por=ATOR_PUBLICO, em=timezone.now())
        Indicador.objects.get_or_create(codigo="medida", defaults={"nome": "Medida", "tipo": "decimal"})
        placar = medida.Placar(f"O custo da trilha em {connection.vendor}, {QUANTAS} linhas, o menor de {VEZES} vezes")
        medir_escritas(placar)
        medir_corrente(placar)
        return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
