"""350 pessoas digitando o mês ao mesmo tempo, em ritmo de gente: guardar uma célula em até 50 ms (p95), nenhum erro.

    .venv/bin/python -m benchmarks.digitacao                                          # SQLite
    DATABASE_URL=postgres://.../banco_vazio .venv/bin/python -m benchmarks.digitacao  # PostgreSQL, banco só para isso

O servidor é o de verdade (`redesuas servir`). Cada pessoa coordena uma unidade, com a sua sessão, e escreve as células
do formulário uma depois da outra, de 3 a 8 segundos entre elas. No fim, o banco tem cada número que se confirmou.
REDESUAS_SEGUNDOS diz quanto dura (60) e REDESUAS_PROCESSOS, quantos processos de páginas (2).
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import base, gente, medida
from benchmarks.partida import memoria_mb

QUANTAS = 350
SEGUNDOS = float(os.environ.get("REDESUAS_SEGUNDOS", "60"))
PAUSA = (3.0, 8.0)
LIMITE = 0.050


@dataclass(kw_only=True)
class Digitadora:
    """Uma pessoa, a página da sua unidade e o que o servidor confirmou de cada célula."""

    sessao: str
    endereco: str
    registro: tuple[str, str]
    celulas: tuple[str, ...]
    confirmados: dict[str, int] = field(default_factory=dict)
    tempos: list[float] = field(default_factory=list)
    erros: list[str] = field(default_factory=list)


def entrar_com_todas() -> list[Digitadora]:
    """Uma coordenadora por unidade; as unidades e as pessoas que faltam se criam."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client
    from django.utils import timezone

    from demonstracao.pessoas import VITORIA
    from normas.registros.leitura import formulario
    from suas.cadastros.rede.models import Unidade
    from suas.cadastros.territorio.models import Municipio
    from suas.nucleo.identidade.models import Pessoa, Vinculo
    from suas.nucleo.permissoes.papeis import COORDENACAO_UNIDADE
    from suas.vigilancia.mensais import consultas

    mes = consultas.competencia_da_vez(timezone.localdate())
    celulas = tuple(f"i-{codigo}" for codigo in formulario("RMA-CRAS", em=mes).itens)
    municipios = list(Municipio.objects.existentes_em(mes.ano).order_by("pk").values_list("pk", flat=True)[:QUANTAS])
    digitadoras = []
    with transaction.atomic():
        for n in range(QUANTAS):
            unidade = Unidade.objects.create(
                nome=f"CRAS da medida {n}",
                nome_busca=f"cras da medida {n}",
                tipo="cras",
                municipio_id=municipios[n] if n % 4 else VITORIA,
                mudada_em=timezone.now(),
            )
            pessoa = Pessoa.objects.create(
                email=f"digita-{unidade.pk}@redesuas.example", nome="Pessoa da Medida", password="!"
            )
            Vinculo.objects.create(
                pessoa=pessoa,
                papel_codigo=COORDENACAO_UNIDADE.codigo,
                abrangencia=unidade.municipio_id,
                unidade=unidade.pk,
                orgao="CRAS",
                desde=date(2020, 1, 1),
            )
            cliente = Client()
            cliente.force_login(pessoa)
            digitadoras.append(
                Digitadora(
                    sessao=cliente.cookies[settings.SESSION_COOKIE_NAME].value,
                    endereco=f"/mensais/{unidade.pk}/{mes}/celula/",
                    registro=(str(unidade.pk), str(mes)),
                    celulas=celulas,
                )
            )
    return digitadoras


def digitar(dela: Digitadora, *, numero: int, porta: int, ate: float) -> None:
    """Uma célula, uma pausa, a seguinte, até acabar a medida; no fim do formulário volta ao começo e corrige."""
    acaso = random.Random(20260822 + numero)
    conexao = http.client.HTTPConnection("127.0.0.1", porta, timeout=60)
    time.sleep(acaso.uniform(0, PAUSA[1]))
    vez = 0
    while time.monotonic() < ate:
        celula = dela.celulas[vez % len(dela.celulas)]
        valor, antes = acaso.randrange(1, 400), dela.confirmados.get(celula, "")
        corpo = urlencode({"celula": celula, "valor": valor, "antes": antes, "csrfmiddlewaretoken": "m" * 32})
        comeco = time.perf_counter()
        try:
            conexao.request(
                "POST",
                dela.endereco,
                corpo,
                {
                    "Cookie": f"sessionid={dela.sessao}; csrftoken={'m' * 32}",
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            resposta = conexao.getresponse()
            texto = resposta.read()
            if resposta.status == 200:
                dela.confirmados[celula] = valor
            else:
                dela.erros.append(f"{celula}: {resposta.status} {texto[:120]!r}")
        except (OSError, http.client.HTTPException) as erro:
            dela.erros.append(f"{celula}: {erro!r}")
            conexao.close()
        dela.tempos.append(time.perf_counter() - comeco)
        vez += 1
        time.sleep(acaso.uniform(*PAUSA))
    conexao.close()


def perdidas(digitadoras: list[Digitadora]) -> int:
    """Quantas células confirmadas não estão no banco como se confirmou."""
    from suas.vigilancia.mensais.models import RegistroMensal

    gravados = {
        (str(r.unidade_id), r.competencia): r.itens
        for r in RegistroMensal.objects.filter(unidade__in=[d.registro[0] for d in digitadoras])
    }
    return sum(
        gravados.get(dela.registro, {}).get(celula.removeprefix("i-")) != valor
        for dela in digitadoras
        for celula, valor in dela.confirmados.items()
    )


def main() -> int:
    postgres = os.environ.get("DATABASE_URL", "")
    pasta = str(base.preparar_dados(postgres=postgres))
    from suas.config.gerenciar import preparar_django

    preparar_django(dados=Path(pasta))
    digitadoras = entrar_com_todas()
    with gente.servidor(pasta) as (pid, porta):
        with contextlib.suppress(OSError):
            os.nice(5)  # quem digita é outra máquina: aqui, cede ao servidor
        antes, ate = gente._processador(pid), time.monotonic() + SEGUNDOS
        todas = [
            threading.Thread(target=digitar, args=(d,), kwargs={"numero": n, "porta": porta, "ate": ate})
            for n, d in enumerate(digitadoras)
        ]
        for uma in todas:
            uma.start()
        for uma in todas:
            uma.join()
        usado, (residente, _) = gente._processador(pid) - antes, memoria_mb(pid)
    return _dizer(digitadoras, usado=usado, residente=residente, banco="PostgreSQL" if postgres else "SQLite")


def _dizer(digitadoras: list[Digitadora], *, usado: float, residente: float, banco: str) -> int:
    tempos = sorted(tempo for d in digitadoras for tempo in d.tempos)
    erros = [erro for d in digitadoras for erro in d.erros]
    placar = medida.Placar(
        f"{QUANTAS} pessoas digitando o mês por {SEGUNDOS:.0f} s ({banco}, {gente.PROCESSOS} processos)"
    )
    placar.contar(f"{len(tempos)} células, {len(tempos) / SEGUNDOS:.0f} por segundo; memória {residente:.0f} MB")
    placar.contar(f"processador do servidor por célula: {medida.ms(usado / len(tempos))}")
    placar.contar(f"carga da máquina: {os.getloadavg()[0]:.1f} em {os.cpu_count()} núcleos")
    placar.contar(f"mediana {medida.ms(medida.mediana(tempos))}, p99 {medida.ms(tempos[len(tempos) * 99 // 100])}")
    for erro in erros[:5]:
        placar.contar(erro)
    placar.exigir("nenhum erro", not erros)
    placar.exigir("nenhuma célula confirmada se perdeu", not perdidas(digitadoras))
    if medida.maquina_ocupada():
        placar.contar(f"p95, com a máquina ocupada: {medida.ms(medida.p95(tempos))} (limite {medida.ms(LIMITE)})")
    else:
        placar.conferir("p95", medido=medida.p95(tempos), limite=LIMITE, escrever=medida.ms)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
