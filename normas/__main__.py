"""`python -m normas partilha`, `porte`, `equipe`, `formulario`, `fluxo` e `piso`, sem a plataforma."""

from __future__ import annotations

import sys

from normas.comandos import comando_partilha, comando_porte
from normas.comandos_da_equipe import comando_equipe
from normas.comandos_do_fluxo import comando_fluxo
from normas.comandos_do_formulario import comando_formulario
from normas.comandos_do_piso import comando_piso
from normas.linha_de_comando import USO_ERRADO

COMANDOS = {
    "partilha": comando_partilha,
    "porte": comando_porte,
    "equipe": comando_equipe,
    "formulario": comando_formulario,
    "fluxo": comando_fluxo,
    "piso": comando_piso,
}


def main(argv: list[str]) -> int:
    """Chama o comando pedido e devolve o código de saída do processo."""
    if not argv or argv[0] not in COMANDOS:
        print(f"Comandos: {', '.join(COMANDOS)}. Cada um aceita --ajuda.", file=sys.stderr)
        return USO_ERRADO
    return COMANDOS[argv[0]](argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
