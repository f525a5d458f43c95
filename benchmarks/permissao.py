"""A conferência da permissão e a lista de 50 entre 50.000 partilhas: no máximo 2 ms acima da consulta nua.

Em SQLite e, com DATABASE_URL apontando para um PostgreSQL em que se possa criar um banco e uma conta, também lá, com a
segunda tranca ligada (a conta não passa por cima dela). Tudo é inventado e some no fim.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import medida

LIMITE = 0.002
QUANTAS = 50_000
NA_LISTA = 50
RODADAS = 5
SEGUNDOS_POR_RODADA = 0.15
AGORA = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


def main() -> int:
    url = os.environ.get("DATABASE_URL", "")
    os.environ["REDESUAS_DADOS"] = tempfile.mkdtemp(prefix="redesuas-medidas-")
    from suas.config.gerenciar import preparar_banco, preparar_django

    preparar_django(dados=Path(os.environ["REDESUAS_DADOS"]))
    from django.db import connection

    with _banco_de_medida(connection, postgres=url.startswith("postgres")):
        preparar_banco()
        placar = medida.Placar(f"Permissão e lista de {NA_LISTA} entre {QUANTAS} partilhas ({connection.vendor})")
        _semear()
        medir(placar)
    return placar.encerrar()


@contextlib.contextmanager
def _banco_de_medida(conexao: object, *, postgres: bool) -> Iterator[None]:
    """No PostgreSQL, um banco só para a medida, apagado no fim."""
    if not postgres:
        yield
        return
    from django.db import connection

    criador = connection.creation
    original = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{original}_medida"
    criador.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        criador.destroy_test_db(original, verbosity=0)


def _semear() -> None:
    """As partilhas, repartidas entre as 27 UFs e o país, em todos os estados."""
    from django.db import connection

    from normas.territorio.federacao import UFS
    from suas.financas.partilhas.models import Estado, Partilha

    ambitos = [*(uf.codigo for uf in UFS), "BR"]
    estados = list(Estado)[:-1]  # sem as seladas, que o banco não deixa escrever assim
    Partilha.objects.bulk_create(
        [
            Partilha(
                nome=f"Partilha {numero}",
                exercicio=2006,
                ambito=ambitos[numero % len(ambitos)],
                recurso_centavos=1_000_000,
                pbf_centavos=180,
                ano_populacao=2020,
                estado=estados[numero // len(ambitos) % 4],
                sha256="0" * 64,
                criada_em=AGORA - timedelta(minutes=numero),
                mudada_em=AGORA,
            )
            for numero in range(QUANTAS)
        ],
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def medir(placar: medida.Placar) -> None:
    """Compara cada consulta com a mesma consulta sem conferência nenhuma, uma ao lado da outra."""
    from django.db import connection

    from suas.financas.partilhas import permissoes
    from suas.financas.partilhas.consultas.entradas import visiveis
    from suas.financas.partilhas.models import Partilha
    from suas.nucleo import tranca
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
    from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, GESTAO_ESTADUAL, GESTAO_MUNICIPAL

    atores = {
        "administração federal": Ator(pessoa=None, vinculo=None, papel=ADMINISTRACAO_FEDERAL, abrangencia="BR"),
        "gestão estadual": Ator(pessoa=None, vinculo=None, papel=GESTAO_ESTADUAL, abrangencia="32"),
        "gestão municipal": Ator(pessoa=None, vinculo=None, papel=GESTAO_MUNICIPAL, abrangencia="3205309"),
        "público": ATOR_PUBLICO,
    }
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            conta = f"redesuas_medida_{os.getpid()}"
            cursor.execute(f"CREATE ROLE {conta}; GRANT ALL ON ALL TABLES IN SCHEMA public TO {conta}")
    try:
        for nome, ator in atores.items():
            alguma = visiveis(ator).filter(ambito="32", estado="deliberada").first()
            assert alguma is not None

            def trancado(ator: Ator = ator) -> None:
                tranca.dizer_quem_age(abrangencia=ator.abrangencia)

            _comparar(
                placar,
                f"lista, {nome}",
                com=lambda ator=ator: list(visiveis(ator)[:NA_LISTA]),
                sem=lambda: list(Partilha.objects.all()[:NA_LISTA]),
                trancar=trancado,
            )
            _comparar(
                placar,
                f"uma partilha, {nome}",
                com=lambda ator=ator, pk=alguma.pk: permissoes.obter_partilha_para_ver(ator, partilha_id=pk),
                sem=lambda pk=alguma.pk: Partilha.objects.select_related("cenario_de").get(pk=pk),
                trancar=trancado,
            )
    finally:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"RESET ROLE; DROP OWNED BY {conta}; DROP ROLE {conta}")
    _a_permissao(placar, atores["gestão estadual"])


def _comparar(
    placar: medida.Placar,
    o_que: str,
    *,
    com: Callable[[], object],
    sem: Callable[[], object],
    trancar: Callable[[], None],
) -> None:
    """As duas em rodadas alternadas, e de cada uma a melhor: o que outros programas ocupam não conta contra nenhuma.

    No PostgreSQL, a conferida corre com a tranca.
    """
    from django.db import connection

    postgres = connection.vendor == "postgresql"
    das_duas: list[tuple[float, float]] = []
    for _ in range(RODADAS):
        if postgres:
            _papel("RESET ROLE")
        nua = _tempo(sem)
        if postgres:
            _papel(f"SET ROLE redesuas_medida_{os.getpid()}")
            trancar()
        das_duas.append((nua, _tempo(com)))
    if postgres:
        _papel("RESET ROLE")
    nua, conferida = (min(coluna) for coluna in zip(*das_duas, strict=True))
    placar.conferir(
        f"{o_que}: {medida.ms(conferida)} contra {medida.ms(nua)} da consulta nua, a mais",
        medido=max(conferida - nua, 0.0),
        limite=LIMITE,
        escrever=lambda segundos: f"{segundos * 1000:.2f} ms".replace(".", ","),
    )


def _papel(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def _tempo(funcao: Callable[[], object]) -> float:
    """Segundos por vez: de processador no SQLite, que corre neste processo; no relógio quando o banco é outro."""
    from django.db import connection

    relogio = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    comeco, vezes = relogio(), 0
    while (gasto := relogio() - comeco) < SEGUNDOS_POR_RODADA:
        funcao()
        vezes += 1
    return gasto / vezes


def _a_permissao(placar: medida.Placar, ator: object) -> None:
    from suas.nucleo.permissoes.ator import Ator
    from suas.nucleo.permissoes.permissao import Permissao

    assert isinstance(ator, Ator)
    comeco = time.perf_counter()
    for _ in range(100_000):
        ator.pode(Permissao.PARTILHA_CONDUZIR, em="3205309")
    cada = (time.perf_counter() - comeco) / 100_000
    placar.contar("a pergunta do papel e da abrangência, sem ir ao banco: " + f"{cada * 1e6:.2f} µs".replace(".", ","))


if __name__ == "__main__":
    sys.exit(main())
