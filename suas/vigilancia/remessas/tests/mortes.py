"""Mata servidores, trabalhadores e conexões no caminho do mês, e confere: nada enviado se perde nem conta duas vezes.

    python -m suas.vigilancia.remessas.tests.mortes --semente 7 --mortes 110

O banco é o dos ajustes, já migrado e criado só para isto. Cada processo nasce por `fork` deste. O servidor guarda,
envia, reabre e corrige meses pelos atos da casa e anota num arquivo o que o ato confirmou; o trabalhador faz as
remessas pela fila. Sai com 0 se tudo confere; escreve o que houve em JSON.
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
from pathlib import Path
from typing import Any

import django

MESES, UNIDADES, SERVIDORES, TRABALHADORES = 4, 6, 2, 1
ESPERA_PELO_FIM = 30.0
MOTIVO = "Corrige na prova de mortes"


def nascer(papel: str, semente: int, confirmados: Path) -> int:
    """Um processo novo, sem conexão herdada."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    codigo = 1
    try:
        random.seed(semente)
        trabalhar() if papel == "trabalhador" else servir(confirmados)
        codigo = 0
    finally:
        os._exit(codigo)


def trabalhar() -> None:
    from suas.nucleo.fila.tests.mundo_da_fila import RITMO
    from suas.nucleo.fila.trabalhador import OTrabalhador

    trabalhador = OTrabalhador(ritmo=RITMO)
    trabalhador.tratar_sinais()
    trabalhador.executar()


def servir(confirmados: Path) -> None:
    """O que faz um servidor de páginas, até que o matem: um mês depois do outro."""
    from django.db import DatabaseError, InterfaceError, connection

    from suas.nucleo.recusa import AtoRecusado

    saida = os.open(confirmados, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        try:
            feito = remessa() if random.random() < 0.25 else enviar()
            os.write(saida, (json.dumps(feito) + "\n").encode())
        except AtoRecusado:  # outro servidor chegou antes ao mesmo mês
            continue
        except (DatabaseError, InterfaceError):
            connection.close()


def _sorteado() -> tuple[Any, Any]:
    from suas.cadastros.rede.models import Unidade
    from suas.vigilancia.mensais.tests.fabricas import MES

    unidade = random.choice(list(Unidade.objects.order_by("pk").select_related("municipio")))
    return unidade, MES.meses_antes(random.randrange(MESES))


def enviar() -> dict[str, Any]:
    """Guarda e envia um mês, reabrindo-o se já foi: como a tela, um ato por transação."""
    from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
    from suas.vigilancia.mensais import consultas
    from suas.vigilancia.mensais.acoes import envio, preenchimento
    from suas.vigilancia.mensais.models import RegistroMensal
    from suas.vigilancia.mensais.tests import fabricas

    unidade, mes = _sorteado()
    por = quem(unidade)
    registro = consultas.registro_de(unidade, competencia=mes)
    if registro is not None and registro.estado not in RegistroMensal.ABERTOS:
        registro = envio.reabrir(registro=registro, motivo=MOTIVO, por=por, em=AGORA)
    valor = random.randrange(1, 500)
    registro = preenchimento.guardar(
        unidade=unidade,
        competencia=mes,
        itens=fabricas.zerado(unidade, A_1=valor),
        justificativas={},
        versao=registro.versao if registro is not None else 0,
        por=por,
        em=AGORA,
    )
    feito = envio.enviar(registro=registro, por=por, em=AGORA, hoje=HOJE)
    return {"registro": str(registro.pk), "numero": feito.numero, "valor": valor}


def remessa() -> dict[str, Any]:
    """Manda um mês por programa: o ato e a tarefa na mesma transação, e a fila o faz."""
    from suas.nucleo.identidade.tests.fabricas import AGORA
    from suas.vigilancia.mensais.tests import fabricas
    from suas.vigilancia.remessas import tarefas

    unidade, mes = _sorteado()
    motivo = f"{MOTIVO} {random.getrandbits(60)}"
    mandado = {"unidade": str(unidade.pk), "competencia": str(mes), "motivo": motivo}
    itens = fabricas.zerado(unidade, A_1=random.randrange(1, 500))
    return {"remessa": str(tarefas.mandar(meses=[mandado | {"itens": itens}], por=quem(unidade), em=AGORA).pk)}


def quem(unidade: Any) -> Any:
    """A vigilância do município da unidade."""
    from suas.nucleo.identidade.consultas import ator_pelo_vinculo
    from suas.nucleo.identidade.models import Vinculo

    return ator_pelo_vinculo(str(Vinculo.objects.get(abrangencia=unidade.municipio_id).pk))


def preparar() -> None:
    """Unidades em dois municípios e quem as confere."""
    from suas.cadastros.rede.tests import fabricas as rede
    from suas.nucleo.identidade.tests import fabricas as identidade
    from suas.nucleo.permissoes import papeis

    for n in range(UNIDADES):
        rede.unidade(f"CRAS {n}", onde=("3205309", "3205002")[n % 2])
    for onde in ("3205309", "3205002"):
        identidade.ator(papeis.VIGILANCIA_MUNICIPAL, onde)
    enviar()  # o que se lê uma vez só já nasce lido em cada processo


def derrubar_conexao(sorteio: random.Random) -> bool:
    """No PostgreSQL, corta uma conexão qualquer deste banco. No SQLite não há conexão que caia sem o processo."""
    from suas.nucleo.fila.tests import mortes

    return mortes.derrubar_conexao(sorteio)


def matar(*, mortes: int, sorteio: random.Random, confirmados: Path) -> Counter[str]:
    """Mantém os servidores e o trabalhador, e mata até completar `mortes`. No fim fica só o trabalhador."""
    processos: dict[int, str] = {}
    contagem: Counter[str] = Counter()

    def completar() -> None:
        for papel, quantos in (("trabalhador", TRABALHADORES), ("servidor", SERVIDORES)):
            for _ in range(quantos - list(processos.values()).count(papel)):
                processos[nascer(papel, sorteio.getrandbits(32), confirmados)] = papel

    completar()
    time.sleep(0.5)
    while sum(contagem.values()) < mortes:
        time.sleep(sorteio.uniform(0.005, 0.07))
        if sorteio.random() < 0.25 and derrubar_conexao(sorteio):
            contagem["conexão"] += 1
            continue
        pid = sorteio.choice(list(processos))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        contagem[processos.pop(pid)] += 1
        completar()
    for pid in [pid for pid, papel in processos.items() if papel == "servidor"]:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        del processos[pid]
    _esvaziar()
    for pid in processos:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
    return contagem


def _esvaziar() -> None:
    from suas.nucleo.fila.models import ABERTAS, Tarefa

    limite = time.monotonic() + ESPERA_PELO_FIM
    while Tarefa.objects.filter(estado__in=ABERTAS).exists() and time.monotonic() < limite:
        time.sleep(0.05)


def conferir(confirmados: Path) -> dict[str, Any]:
    """O que se confirmou está lá; as somas são as dos últimos envios; nada conta duas vezes."""
    from django.db.models import Count, Max

    from suas.nucleo.obrigacoes.models import Entrega
    from suas.nucleo.trilha.models import Ato
    from suas.vigilancia.fatos.models import FatoDoMunicipio
    from suas.vigilancia.mensais import consolidacao
    from suas.vigilancia.mensais.models import Envio, RegistroMensal
    from suas.vigilancia.mensais.tests.fabricas import MES
    from suas.vigilancia.remessas.models import Remessa

    ditos = [json.loads(linha) for linha in confirmados.read_text(encoding="utf-8").splitlines()]
    enviados = {(str(e.registro_id), e.numero): e.itens["A.1"] for e in Envio.objects.all()}
    valem: Counter[tuple[str, str]] = Counter()
    for registro in RegistroMensal.objects.filter(envios__isnull=False).distinct():
        numero = max(n for chave, n in enviados if chave == str(registro.pk))
        valem[registro.abrangencia, registro.competencia] += enviados[str(registro.pk), numero]
    somas = {(f.abrangencia, f.competencia): f.somas["A.1"][0] for f in FatoDoMunicipio.objects.all()}
    feitas = Remessa.objects.filter(situacao=Remessa.Situacao.FEITA)
    com_buraco = RegistroMensal.objects.annotate(n=Count("envios"), maior=Max("envios__numero")).filter(n__gt=0)
    das_remessas = Counter(Envio.objects.exclude(motivo="").exclude(motivo=MOTIVO).values_list("motivo", flat=True))
    entregues = RegistroMensal.objects.filter(estado__in=RegistroMensal.ENTREGUES).count()
    return {
        "confirmados": len(ditos),
        "envios": len(enviados),
        "perdidos": [d for d in ditos if "numero" in d and enviados.get((d["registro"], d["numero"])) != d["valor"]],
        "remessas_perdidas": sorted(
            {d["remessa"] for d in ditos if "remessa" in d} - {str(pk) for pk in feitas.values_list("pk", flat=True)}
        ),
        "remessas": feitas.count(),
        "nao_feitas": Remessa.objects.count() - feitas.count(),
        "repetidos": [motivo for motivo, quantos in das_remessas.items() if quantos > 1],
        "com_buraco": [str(r.pk) for r in com_buraco if r.n != r.maior],
        "somas_erradas": sorted(map(str, set(valem.items()) ^ set(somas.items()))),
        "refazer_mudaria": any(consolidacao.do_lugar("32", competencia=MES.meses_antes(n)).mudou for n in range(MESES)),
        "entregas_de_pe": Entrega.objects.filter(retirada__isnull=True).count() - entregues,
        "envios_sem_ato": Envio.objects.filter(registro__isnull=False).count()
        - Ato.objects.filter(ato="mensais.enviar").count()
        - sum(ato.dados["quantos"] for ato in Ato.objects.filter(ato="mensais.receber")),
    }


ERRADO = ("perdidos", "remessas_perdidas", "nao_feitas", "repetidos", "com_buraco", "somas_erradas")
ERRADO += ("refazer_mudaria", "entregas_de_pe", "envios_sem_ato")


def main() -> int:
    analisador = argparse.ArgumentParser()
    analisador.add_argument("--semente", type=int, required=True)
    analisador.add_argument("--mortes", type=int, default=110)
    pedido = analisador.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suas.config.settings")
    django.setup()
    from django.db import connection

    from suas.nucleo import tranca

    tranca.definir_padrao(tranca.SISTEMA)
    logging.disable(logging.CRITICAL)
    preparar()
    confirmados = Path(os.environ["REDESUAS_DADOS"], f"confirmados-{pedido.semente}.txt")
    comeco = time.monotonic()
    contagem = matar(mortes=pedido.mortes, sorteio=random.Random(pedido.semente), confirmados=confirmados)
    resultado = conferir(confirmados) | {
        "semente": pedido.semente,
        "banco": connection.vendor,
        "mortes": dict(contagem),
        "segundos": round(time.monotonic() - comeco, 1),
    }
    sys.stdout.write(json.dumps(resultado, ensure_ascii=False))
    return 1 if any(resultado[nome] for nome in ERRADO) or not resultado["confirmados"] else 0


if __name__ == "__main__":
    sys.exit(main())
