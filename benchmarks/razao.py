"""O razão no PostgreSQL: transferências por segundo, ao lado do django-hordak, e o saldo de uma conta com um milhão.

    uv venv pasta && uv pip install --python pasta/bin/python django-hordak==2.0.0 "psycopg[binary]" dj-database-url
    DATABASE_URL=postgres://.../um_banco_vazio HORDAK=pasta/bin/python HORDAK_BANCO=postgres://.../outro_banco_vazio \\
        .venv/bin/python benchmarks/razao.py

O django-hordak corre no ambiente dele, na mesma execução e no mesmo servidor, antes e depois da medida do razão; vale a
melhor das vezes. Os dois bancos são só para isso.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import medida

LOTE = 5_000
LOTES = 4
ISOLADOS = 300
DO_HORDAK = 500
MILHAO = int(os.environ.get("REDESUAS_LANCAMENTOS", "1000000"))
MAIS_VEZES = 10
SALDO_EM_SEGUNDOS = 0.020
PRIMEIRO_DIA = date(2020, 1, 1)
AGORA = datetime(2026, 11, 22, 12, tzinfo=UTC)
DIAS = 2_000


def hordak() -> dict[str, float]:
    """Transferências por segundo do django-hordak, de cada jeito."""
    programa = Path(__file__).with_name("razao_hordak.py")
    comando = [os.environ["HORDAK"], str(programa), os.environ["HORDAK_BANCO"], str(DO_HORDAK)]
    feito = subprocess.run(comando, check=True, capture_output=True, text=True, cwd="/")
    resultado: dict[str, float] = json.loads(feito.stdout)
    return resultado


def partidas(contas: list[Any], *, comeco: int, quantas: int) -> list[Any]:
    """Transferências seguidas, espalhadas por `DIAS` dias."""
    from suas.financas.razao.acoes import Partida

    bancos, receita = contas
    return [
        Partida(
            debito=bancos.pk, credito=receita.pk, centavos=100, dia=PRIMEIRO_DIA + timedelta(days=numero % DIAS),
            documento=f"OB {numero}", chave=f"r{numero}", historico=f"Repasse {numero}",
        )
        for numero in range(comeco, comeco + quantas)
    ]  # fmt: skip


def medir(placar: medida.Placar) -> None:
    from suas.financas.razao import acoes, consultas
    from suas.financas.razao.models import Conta, Natureza
    from suas.nucleo.permissoes.ator import Ator
    from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL

    por = Ator(pessoa=None, vinculo=None, papel=ADMINISTRACAO_FEDERAL, abrangencia="BR")
    contas = acoes.abrir_contas(
        contas=[
            Conta(abrangencia="BR", codigo="1", nome="Bancos", natureza=Natureza.ATIVO),
            Conta(abrangencia="BR", codigo="2", nome="Repasses", natureza=Natureza.RECEITA),
        ],
        por=por,
        em=AGORA,
    )
    feitos = 0

    def lancar(quantas: int) -> float:
        nonlocal feitos
        prontas = partidas(contas, comeco=feitos, quantas=quantas)
        comeco = time.perf_counter()
        acoes.lancar(partidas=prontas, por=por, em=AGORA)
        feitos += quantas
        return time.perf_counter() - comeco

    lancar(LOTE)
    antes = hordak()
    em_lote = max(LOTE / lancar(LOTE) for _ in range(LOTES))
    um_a_um = ISOLADOS / sum(lancar(1) for _ in range(ISOLADOS))
    depois = hordak()
    deles = {nome: max(antes[nome], depois[nome]) for nome in antes}
    placar.contar(
        f"razão, lotes de {LOTE}: {em_lote:.0f} por segundo; um a um, cada um um ato: {um_a_um:.0f} por segundo"
    )
    for nome, por_segundo in deles.items():
        placar.contar(f"django-hordak, {nome}: {por_segundo:.0f} por segundo")
    melhor = max(deles.values())
    placar.contar(f"um a um contra um a um: {medida.vezes(um_a_um / deles['uma a uma'])}")
    placar.conferir(
        "o melhor do hordak cabe tantas vezes no razão em lote: um décimo ou menos",
        medido=melhor / em_lote, limite=1 / MAIS_VEZES, escrever=lambda parte: f"1/{1 / parte:.1f}",
    )  # fmt: skip
    while feitos < MILHAO:
        lancar(min(LOTE * 4, MILHAO - feitos))
    ate = PRIMEIRO_DIA + timedelta(days=DIAS // 2)
    placar.exigir(f"o saldo de {feitos} lançamentos é exato", consultas.saldo(conta=contas[0]) == feitos * 100)
    for nome, fim in (("hoje", None), (f"em {ate:%d/%m/%Y}", ate)):
        medidos = medida.tempos(lambda fim=fim: consultas.saldo(conta=contas[0], ate=fim), vezes=100)
        no_relogio = medida.p95([tempo.relogio for tempo in medidos])
        placar.conferir(
            f"saldo {nome} de uma conta com {feitos} lançamentos, p95 de 100, relógio",
            medido=no_relogio, limite=SALDO_EM_SEGUNDOS, escrever=medida.ms,
        )  # fmt: skip
    comeco = time.perf_counter()
    _conferir(placar)
    placar.contar(f"`razao verificar`: {feitos / (time.perf_counter() - comeco):.0f} lançamentos por segundo")


def _conferir(placar: medida.Placar) -> None:
    from suas.financas.razao.verificacao import verificar

    placar.exigir("o razão está inteiro", verificar().inteiro)


def main() -> int:
    if not {"DATABASE_URL", "HORDAK", "HORDAK_BANCO"} <= os.environ.keys():
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="redesuas-razao-") as pasta:
        os.environ["REDESUAS_DADOS"] = pasta
        from suas.config.gerenciar import preparar_banco, preparar_django

        preparar_django(dados=Path(pasta))
        preparar_banco()
        placar = medida.Placar("O razão no PostgreSQL, contra o django-hordak no mesmo servidor")
        medir(placar)
        return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
