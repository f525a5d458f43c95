"""`redesuas api openapi`: imprime o OpenAPI da interface de programação, ou o grava em docs/api/openapi.json."""

from __future__ import annotations

import json
from pathlib import Path

from suas.config.argumentos import Analisador

GUARDADO = Path(__file__).resolve().parents[2] / "docs/api/openapi.json"


def main(argv: list[str]) -> int:
    """Imprime o documento na saída comum, ou o grava; devolve 0."""
    analisador = Analisador(comando="api", descricao="Mostra o OpenAPI da interface de programação (/api/v1).")
    analisador.add_argument("o_que", metavar="openapi", choices=["openapi"], help="o que mostrar: openapi")
    analisador.add_argument("--gravar", action="store_true", help="grava em docs/api/openapi.json")
    pedido = analisador.parse_args(argv)
    from suas.config.gerenciar import preparar_django

    preparar_django()
    texto = documento()
    if pedido.gravar:
        GUARDADO.write_text(texto, encoding="utf-8")
        print("docs/api/openapi.json gravado.")
    else:
        print(texto, end="")
    return 0


def documento() -> str:
    """O OpenAPI como se guarda: uma chave por linha, para se ler o que mudou."""
    from suas.nucleo.api import interface

    return json.dumps(interface.esquema(), ensure_ascii=False, indent=1) + "\n"
