"""`python -m normas partilha ...` e `python -m normas porte ...`, sem a plataforma."""

from __future__ import annotations

import sys

from normas.comandos import USO_ERRADO, comando_partilha, comando_porte

COMANDOS = {"partilha": comando_partilha, "porte": comando_porte}


def main(argv: list[str]) -> int:
    """Chama o comando pedido e devolve o código de saída do processo."""
    if not argv or argv[0] not in COMANDOS:
        print(f"Comandos: {', '.join(COMANDOS)}. Cada um aceita --ajuda.", file=sys.stderr)
        return USO_ERRADO
    return COMANDOS[argv[0]](argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
