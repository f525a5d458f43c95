"""`redesuas subir`: do nada ao sistema com demonstração, servido nesta máquina."""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from suas.config.argumentos import Analisador, opcoes
from suas.config.servir import (
    acrescentar_opcoes,
    endereco_http,
    processo_das_paginas,
    processo_de_fundo,
    recusa_da_porta,
)
from suas.config.supervisor import RAIZ, Supervisor, diga, executar_etapa

ESPERA_PELA_PRIMEIRA_PAGINA = 60.0


def main(argv: list[str]) -> int:
    analisador = Analisador(
        comando="subir",
        descricao=(
            "Prepara o banco, carrega os municípios e a demonstração, calcula uma partilha e serve o sistema.\n"
            "Repetir não perde nada: só faz o que falta. Ctrl-C encerra tudo."
        ),
    )
    acrescentar_opcoes(analisador)
    pedido = opcoes(analisador, argv)
    comeco = time.monotonic()
    if recusa := recusa_da_porta(endereco=pedido.endereco, porta=pedido.porta, comando="subir"):
        print(f"redesuas: {recusa}", file=sys.stderr)
        return 1
    dados = (pedido.dados or Path(os.environ.get("REDESUAS_DADOS") or RAIZ / "dados")).resolve()
    os.environ["REDESUAS_DADOS"] = str(dados)
    if codigo := executar_etapa([sys.executable, "-P", "-m", "suas.config.demonstrar", "--deixar-o-lacre"]):
        return codigo

    diga("4. Servidor")
    paginas = processo_das_paginas(endereco=pedido.endereco, porta=pedido.porta, quantos=1)
    endereco = endereco_http(pedido.endereco, pedido.porta)
    if not os.environ.get("REDESUAS_ORIGENS"):
        os.environ.setdefault("REDESUAS_SITE", endereco)  # o endereço que as mensagens levam

    def anunciar(vale_esperar: Callable[[], bool]) -> None:
        inicio = time.monotonic()
        situacao = esperar_resposta(endereco, vale_esperar=vale_esperar)
        if situacao is None:
            return
        if situacao >= 500:
            diga(f"   a primeira página respondeu com erro {situacao}; o motivo está no registro acima")
            return
        diga(f"   primeira página em {time.monotonic() - inicio:.1f} s")
        diga(f"\nPronto em {time.monotonic() - comeco:.0f} s. Abra no navegador: {endereco}")
        diga("Ctrl-C encerra tudo; os dados ficam guardados.")

    return Supervisor([paginas, processo_de_fundo()]).executar(ao_iniciar=anunciar)


def esperar_resposta(endereco: str, *, vale_esperar: Callable[[], bool]) -> int | None:
    """Espera `endereco` responder e devolve a situação HTTP; nada, se não vale mais esperar ou passa o tempo."""
    limite = time.monotonic() + ESPERA_PELA_PRIMEIRA_PAGINA
    # Sem intermediário: a resposta vem desta máquina, qualquer que seja o ajuste de rede do ambiente.
    abridor = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while vale_esperar() and time.monotonic() < limite:
        try:
            with abridor.open(endereco, timeout=30) as resposta:
                return int(resposta.status)
        except urllib.error.HTTPError as erro:
            return erro.code
        except OSError:
            time.sleep(0.05)
    return None
