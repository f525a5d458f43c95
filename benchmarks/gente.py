"""350 pessoas que entraram, cada uma com o seu papel, navegando ao mesmo tempo: nenhum erro.

    .venv/bin/python benchmarks/gente.py                                            # SQLite, numa pasta que some no fim
    DATABASE_URL=postgres://.../banco_vazio .venv/bin/python benchmarks/gente.py    # PostgreSQL, num banco só para isso

O servidor é o de verdade (`redesuas servir`, com tarefas e rotinas). Cada pessoa tem a sua sessão e a sua conexão, abre
páginas do próprio menu e das mais vistas e pausa de 5 a 15 segundos entre elas; uma em cada vinte vezes, troca de
vínculo, que grava. Erro é toda resposta que a página não devia dar, também a que leva de volta à entrada.
REDESUAS_SEGUNDOS diz quanto dura a medida (60) e REDESUAS_PROCESSOS, quantos processos de páginas (2).
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks import base, medida
from benchmarks.partida import esperar, familia, memoria_mb, porta_livre

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

QUANTAS = 350
SEGUNDOS = float(os.environ.get("REDESUAS_SEGUNDOS", "60"))
PROCESSOS = os.environ.get("REDESUAS_PROCESSOS", "2")
PAUSA = (5.0, 15.0)
UMA_GRAVACAO_EM = 20
LIMITE_DA_PAGINA = 1.0
SEMENTE = 20260801


@dataclass(kw_only=True)
class Gente:
    """Uma pessoa: o cookie da sessão (muda quando ela troca de vínculo), o vínculo em que age e as páginas que abre."""

    sessao: str
    vinculo: str
    paginas: tuple[str, ...]


@dataclass(kw_only=True)
class Colheita:
    """O que se mediu; cada pessoa escreve a sua, e no fim se juntam."""

    tempos: list[float] = field(default_factory=list)
    erros: list[str] = field(default_factory=list)
    gravacoes: int = 0


def entrar_com_todos() -> list[Gente]:
    """Cria (ou acha) as pessoas e entra com cada uma."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client
    from django.utils import timezone

    from suas.financas.partilhas.models import Partilha
    from suas.nucleo.identidade.consultas import ator_de
    from suas.nucleo.identidade.intermediarios import dia_em_brasilia
    from suas.nucleo.tela import menu

    partilha = Partilha.objects.filter(ambito="BR").exclude(sha256="").earliest("criada_em").pk
    hoje, gente = dia_em_brasilia(timezone.now()), []
    with transaction.atomic():
        for pessoa in _pessoas():
            cliente = Client()
            cliente.force_login(pessoa)
            ator = ator_de(pessoa, vinculo_id=None, em=hoje)
            do_menu = [linha.endereco for grupo in menu.menu_de(ator, caminho="/") for linha in grupo.linhas]
            comuns = ["/", "/", "/territorio/uf/ES/", "/territorio/municipio/3205309/", "/territorio/busca?q=vit"]
            da_partilha = [f"/partilhas/{partilha}/", f"/partilhas/{partilha}/uf/ES/"]
            comuns += [pagina for pagina in da_partilha if cliente.get(pagina).status_code == 200]
            sessao = cliente.cookies[settings.SESSION_COOKIE_NAME].value
            vinculo = str(ator.vinculo.pk) if ator.vinculo else ""
            gente.append(Gente(sessao=sessao, vinculo=vinculo, paginas=(*do_menu, *comuns, "/avisos/", "/conta/")))
    return gente


def _pessoas() -> Iterator[Pessoa]:
    """As da demonstração, uma por papel, e as que faltam para `QUANTAS`, repartidas entre papéis e territórios."""
    from datetime import date
    from itertools import count, cycle

    from demonstracao.pessoas import ENTRADAS
    from normas.territorio.federacao import UFS
    from suas.cadastros.territorio.models import Municipio
    from suas.nucleo.identidade.models import Pessoa, Vinculo
    from suas.nucleo.permissoes.papeis import PAPEIS_DE_VINCULO, TITULARES

    da_demonstracao = list(Pessoa.objects.filter(email__in=[entrada.email for entrada in ENTRADAS]))
    yield from da_demonstracao
    ufs = cycle(uf.codigo for uf in UFS)
    ocupados = set(Vinculo.objects.values_list("papel_codigo", "abrangencia"))
    municipios = (m for m in Municipio.objects.order_by("pk").values_list("pk", flat=True) if int(m) % 7 == 0)
    papeis, numeros = cycle(p for p in PAPEIS_DE_VINCULO if p.esferas != {"uniao"}), count(1)
    faltam = QUANTAS - len(da_demonstracao)
    while faltam:
        papel = next(papeis)
        onde = next(municipios) if "municipio" in papel.esferas else next(ufs)
        if papel.codigo in TITULARES and (papel.codigo, onde) in ocupados:
            continue
        ocupados.add((papel.codigo, onde))
        email = f"medida{next(numeros)}@redesuas.example"
        pessoa, nova = Pessoa.objects.get_or_create(
            email=email, defaults={"nome": "Pessoa da Medida", "password": "!", "de_demonstracao": True}
        )
        if nova:
            Vinculo.objects.create(
                pessoa=pessoa, papel_codigo=papel.codigo, abrangencia=onde, orgao="Órgão", desde=date(2020, 1, 1)
            )
        faltam -= 1
        yield pessoa


def navegar(gente: Gente, *, numero: int, porta: int, ate: float, colheita: Colheita) -> None:
    """Uma pessoa: pausa, abre uma página, pausa, até acabar a medida."""
    acaso = random.Random(SEMENTE + numero)
    conexao = http.client.HTTPConnection("127.0.0.1", porta, timeout=60)
    time.sleep(acaso.uniform(0, PAUSA[1]))
    while time.monotonic() < ate:
        grava = bool(gente.vinculo) and acaso.randrange(UMA_GRAVACAO_EM) == 0
        pagina = "/vinculo/" if grava else acaso.choice(gente.paginas)
        comeco = time.perf_counter()
        try:
            falha = _pedir(conexao, gente, pagina, grava=grava)
        except (OSError, http.client.HTTPException) as erro:
            falha = f"{pagina}: {erro!r}"
            conexao.close()
        colheita.tempos.append(time.perf_counter() - comeco)
        colheita.gravacoes += grava
        if falha:
            colheita.erros.append(falha)
        time.sleep(acaso.uniform(*PAUSA))
    conexao.close()


def _pedir(conexao: http.client.HTTPConnection, gente: Gente, pagina: str, *, grava: bool) -> str:
    """Faz o pedido; devolve o que deu errado, ou nada."""
    forjado = "m" * 32
    cabecalhos = {"Cookie": f"sessionid={gente.sessao}; csrftoken={forjado}", "Accept-Encoding": "gzip"}
    if grava:
        corpo = urlencode({"vinculo": gente.vinculo, "voltar": "/", "csrfmiddlewaretoken": forjado})
        cabecalhos |= {"Content-Type": "application/x-www-form-urlencoded"}
        conexao.request("POST", pagina, corpo, cabecalhos)
    else:
        conexao.request("GET", pagina, headers=cabecalhos)
    resposta = conexao.getresponse()
    resposta.read()
    novos = SimpleCookie("; ".join(resposta.headers.get_all("Set-Cookie", [])))
    if "sessionid" in novos:
        gente.sessao = novos["sessionid"].value
    leva = resposta.getheader("Location", "")
    certo = resposta.status == 200 or (resposta.status in {302, 304} and "/entrar" not in leva)
    return "" if certo else f"{pagina}: {resposta.status} {leva}"


@contextlib.contextmanager
def servidor(pasta: str) -> Iterator[tuple[int, int]]:
    """O servidor de verdade; dá o número do processo e a porta."""
    porta = porta_livre()
    comando = "import sys; from suas.config.comandos import main; sys.exit(main(sys.argv[1:]))"
    opcoes = ["servir", "--porta", str(porta), "--dados", pasta, "--processos", PROCESSOS]
    processo = subprocess.Popen([sys.executable, "-c", comando, *opcoes], cwd=base.RAIZ, stdout=subprocess.DEVNULL)
    try:
        esperar(f"http://127.0.0.1:{porta}/", 60)
        yield processo.pid, porta
    finally:
        processo.send_signal(signal.SIGINT)
        processo.wait(timeout=30)


def _processador(pid: int) -> float:
    """Processador gasto até agora pelo servidor inteiro, em segundos."""
    campos = [
        (Path(f"/proc/{membro}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split())
        for membro in familia(pid)
    ]
    return sum(int(numero) for linha in campos for numero in linha[11:13]) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    postgres = os.environ.get("DATABASE_URL", "")
    pasta = str(base.preparar_dados(postgres=postgres))
    from suas.config.gerenciar import preparar_django

    preparar_django(dados=Path(pasta))
    gente = entrar_com_todos()
    colheitas = [Colheita() for _ in gente]
    with servidor(pasta) as (pid, porta):
        antes, ate = _processador(pid), time.monotonic() + SEGUNDOS
        todos = [
            threading.Thread(target=navegar, args=(g,), kwargs={"numero": n, "porta": porta, "ate": ate, "colheita": c})
            for n, (g, c) in enumerate(zip(gente, colheitas, strict=True))
        ]
        for pessoa in todos:
            pessoa.start()
        for pessoa in todos:
            pessoa.join()
        usado, (residente, _) = _processador(pid) - antes, memoria_mb(pid)
    return _dizer(colheitas, usado=usado, residente=residente, banco="PostgreSQL" if postgres else "SQLite")


def _dizer(colheitas: list[Colheita], *, usado: float, residente: float, banco: str) -> int:
    tempos = [tempo for colheita in colheitas for tempo in colheita.tempos]
    erros = Counter(erro for colheita in colheitas for erro in colheita.erros)
    gravacoes = sum(colheita.gravacoes for colheita in colheitas)
    placar = medida.Placar(f"{len(colheitas)} pessoas navegando por {SEGUNDOS:.0f} s ({banco}, {PROCESSOS} processos)")
    placar.contar(f"{len(tempos)} pedidos, {gravacoes} deles gravações; {len(tempos) / SEGUNDOS:.1f} por segundo")
    placar.contar(f"processador por pedido: {medida.ms(usado / len(tempos))}; memória do servidor: {residente:.0f} MB")
    placar.contar(f"carga da máquina: {os.getloadavg()[0]:.1f} em {os.cpu_count()} núcleos")
    placar.contar(
        f"mediana {medida.ms(medida.mediana(tempos))}, p99 {medida.ms(sorted(tempos)[len(tempos) * 99 // 100])}"
    )
    for erro, quantos in erros.most_common(10):
        placar.contar(f"{quantos} vezes {erro}")
    placar.exigir("nenhum erro", not erros)
    if medida.maquina_ocupada():
        placar.contar(f"p95, com a máquina ocupada: {medida.ms(medida.p95(tempos))}")
    else:
        placar.conferir("p95", medido=medida.p95(tempos), limite=LIMITE_DA_PAGINA, escrever=medida.ms)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
