"""Mata trabalhadores, servidores e conexões ao acaso e confere: cada pedido teve exatamente um efeito.

    python -m suas.nucleo.fila.tests.mortes --semente 7 --mortes 110

O banco é o de DATABASE_URL, criado só para isto. Cada processo nasce por `fork` deste, já carregado. Sai com 0 se nada
se perdeu, nada se repetiu e nada ficou preso; escreve o que houve em JSON.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import timedelta

import django

TRABALHADORES = 3
#: Sempre há o que fazer: quem morre, morre quase sempre com algo na mão.
FILA_NO_COMECO = 80
ESPERA_PELO_FIM = 45.0
PEDIDO = "teste_da_fila_pedido"


def nascer(papel: str, semente: int) -> int:
    """Um processo novo, sem conexão herdada."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    codigo = 1
    try:
        random.seed(semente)
        trabalhar() if papel == "trabalhador" else servir()
        codigo = 0
    finally:
        os._exit(codigo)


def trabalhar() -> None:
    from suas.nucleo.fila.tests.mundo_da_fila import RITMO
    from suas.nucleo.fila.trabalhador import OTrabalhador

    trabalhador = OTrabalhador(ritmo=RITMO)
    trabalhador.tratar_sinais()
    trabalhador.executar()


def servir() -> None:
    """O que faz um servidor de páginas, até que o matem: um ato depois do outro."""
    from django.db import DatabaseError, InterfaceError, connection

    while True:
        try:
            pedir()
        except (DatabaseError, InterfaceError):
            connection.close()
        time.sleep(random.uniform(0.01, 0.08))


def pedir() -> None:
    """Um ato: a linha dele e a tarefa, na mesma transação."""
    from django.db import connection, transaction

    from suas.nucleo.fila.tests import mundo_da_fila as mundo

    especie = random.choice(
        (mundo.devagar, mundo.devagar, mundo.longa_devagar, mundo.pede_outra_devagar, mundo.falha_na_primeira)
    )
    chave = f"{os.getpid()}-{random.getrandbits(48)}"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {PEDIDO} (chave, especie) VALUES (%s, %s)", [chave, especie.name])
        especie.using(maximo=1000).enqueue(chave)
        time.sleep(random.uniform(0, 0.004))


def derrubar_conexao(sorteio: random.Random) -> bool:
    """No PostgreSQL, corta uma conexão qualquer deste banco. No SQLite não há conexão que caia sem o processo."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        pids = [linha[0] for linha in cursor.fetchall()]
        if pids:
            cursor.execute("SELECT pg_terminate_backend(%s)", [sorteio.choice(sorted(pids))])
    connection.close()
    return bool(pids)


def matar(*, mortes: int, sorteio: random.Random) -> Counter[str]:
    """Mantém três trabalhadores e um servidor, e mata até completar `mortes`. No fim ficam só trabalhadores."""
    processos: dict[int, str] = {}
    contagem: Counter[str] = Counter()

    def completar() -> None:
        for papel, quantos in (("trabalhador", TRABALHADORES), ("servidor", 1)):
            for _ in range(quantos - list(processos.values()).count(papel)):
                processos[nascer(papel, sorteio.getrandbits(32))] = papel

    for _ in range(FILA_NO_COMECO):
        pedir()
    completar()
    time.sleep(0.3)
    while sum(contagem.values()) < mortes:
        time.sleep(sorteio.uniform(0.01, 0.15))
        if sorteio.random() < 0.25 and derrubar_conexao(sorteio):
            contagem["conexão"] += 1
            continue
        papel = "servidor" if sorteio.random() < 0.25 else "trabalhador"
        pid = sorteio.choice([p for p, este in processos.items() if este == papel])
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        del processos[pid]
        contagem[papel] += 1
        completar()
    servidor = next(p for p, papel in processos.items() if papel == "servidor")
    os.kill(servidor, signal.SIGKILL)
    os.waitpid(servidor, 0)
    contagem["servidor"] += 1
    esvaziar()
    for pid, papel in processos.items():
        if papel == "trabalhador":
            os.kill(pid, signal.SIGTERM)
            _, situacao = os.waitpid(pid, 0)
            assert situacao == 0, f"O trabalhador não encerrou limpo: {situacao}"
    return contagem


def esvaziar() -> None:
    """Espera os trabalhadores que sobraram terminarem tudo, também o que ficou na mão dos mortos."""
    from suas.nucleo.fila.models import ABERTAS, Tarefa

    limite = time.monotonic() + ESPERA_PELO_FIM
    while Tarefa.objects.filter(estado__in=ABERTAS).exists() and time.monotonic() < limite:
        time.sleep(0.05)


def conferir() -> dict[str, object]:
    """Cada pedido guardado tem exatamente os seus efeitos, e toda tarefa está feita."""
    from django.db import connection
    from django.db.models import Sum

    from suas.nucleo.fila.models import EstadoDaTarefa, Tarefa
    from suas.nucleo.fila.tests.mundo_da_fila import efeitos

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT chave, especie FROM {PEDIDO}")
        pedidos = cursor.fetchall()
    devidos = Counter(chave for chave, _ in pedidos)
    devidos.update(f"{chave}+" for chave, especie in pedidos if especie == "pede_outra_devagar")
    houve = Counter(efeitos())
    return {
        "pedidos": len(pedidos),
        "efeitos": houve.total(),
        "perdidos": sorted((devidos - houve).elements()),
        "repetidos": sorted((houve - devidos).elements()),
        "nao_feitas": list(Tarefa.objects.exclude(estado=EstadoDaTarefa.FEITA).values_list("funcao", "estado", "erro")),
        "tarefas_a_mais": Tarefa.objects.count() - devidos.total(),
        "mortes_com_tarefa_na_mao": Tarefa.objects.aggregate(total=Sum("quedas"))["total"] or 0,
    }


def encerrar_no_meio() -> dict[str, object]:
    """SIGTERM com uma tarefa longa na mão: sai com 0, depressa, e a tarefa está na fila como se nada fosse."""
    from suas.nucleo.fila.models import Tarefa, Trabalhador
    from suas.nucleo.fila.tests import mundo_da_fila as mundo

    tarefa = Tarefa.objects.get(pk=mundo.de_dez_segundos.enqueue("fim").id)
    pid = nascer("trabalhador", 1)
    limite = time.monotonic() + 10
    while "começou fim" not in mundo.efeitos() and time.monotonic() < limite:
        time.sleep(0.02)
    os.kill(pid, signal.SIGTERM)
    pedido = time.monotonic()
    _, situacao = os.waitpid(pid, 0)
    demora = time.monotonic() - pedido
    tarefa.refresh_from_db()
    fim = {
        "saida": situacao,
        "demora": round(demora, 2),
        "estado": tarefa.estado,
        "tentativas": tarefa.tentativas,
        "quedas": tarefa.quedas,
        "na_lista": Trabalhador.objects.filter(nome__endswith=f" {pid}").count(),
        "efeito": "fim" in mundo.efeitos(),
    }
    tarefa.delete()
    return fim


def passar_do_prazo() -> dict[str, object]:
    """Uma tarefa que não termina é interrompida no prazo, desfeita, e o trabalhador segue com as outras."""
    from suas.nucleo.fila.models import EstadoDaTarefa, Tarefa
    from suas.nucleo.fila.tests import mundo_da_fila as mundo

    presa = Tarefa.objects.get(pk=mundo.trava.using(maximo=1).enqueue("trava").id)
    seguinte = Tarefa.objects.get(pk=mundo.simples.enqueue("depois da trava").id)
    pid = nascer("trabalhador", 1)
    limite = time.monotonic() + 10
    while seguinte.estado != EstadoDaTarefa.FEITA and time.monotonic() < limite:
        time.sleep(0.02)
        seguinte.refresh_from_db()
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    presa.refresh_from_db()
    return {
        "estado": presa.estado,
        "erro": presa.erro,
        "efeito": "trava" in mundo.efeitos(),
        "seguinte": seguinte.estado,
    }


def main() -> int:
    analisador = argparse.ArgumentParser()
    analisador.add_argument("--semente", type=int, required=True)
    analisador.add_argument("--mortes", type=int, default=110)
    pedido = analisador.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suas.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from suas.nucleo.fila.tests import mundo_da_fila as mundo

    logging.disable(logging.CRITICAL)
    call_command("migrate", "fila", verbosity=0)
    mundo.criar_tabela_dos_efeitos()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {PEDIDO} (chave varchar(60) NOT NULL, especie varchar(40) NOT NULL)")
    comeco = time.monotonic()
    contagem = matar(mortes=pedido.mortes, sorteio=random.Random(pedido.semente))
    resultado = conferir()
    resultado |= {
        "semente": pedido.semente,
        "banco": connection.vendor,
        "mortes": dict(contagem),
        "segundos": round(time.monotonic() - comeco, 1),
        "posse": mundo.RITMO.posse / timedelta(seconds=1),
    }
    resultado |= {"fim": encerrar_no_meio(), "prazo": passar_do_prazo()}
    sys.stdout.write(json.dumps(resultado, ensure_ascii=False))
    inteiro = not any(resultado[c] for c in ("perdidos", "repetidos", "nao_feitas", "tarefas_a_mais"))
    return 0 if inteiro and resultado["pedidos"] else 1


if __name__ == "__main__":
    sys.exit(main())
