"""`redesuas conferir dependencias`: há vulnerabilidade conhecida no que está travado em requirements.lock?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

RAIZ = Path(__file__).resolve().parents[2]
PRAZO_SEGUNDOS = 180


def main() -> int:
    """1 se há vulnerabilidade conhecida. Onde a base não se alcança, diz que não conferiu e não reprova."""
    resposta = _perguntar()
    if resposta is None:
        print("NÃO CONFERIDO: a base de vulnerabilidades não foi alcançada daqui.")
        return 0
    return julgar(resposta)


def julgar(dependencias: list[dict[str, Any]]) -> int:
    """Diz o que a base respondeu; `dependencias` é a lista que o pip-audit escreve."""
    conferidas = [d for d in dependencias if "vulns" in d]
    sem_resposta = [d["name"] for d in dependencias if "vulns" not in d]
    vulneraveis = [d for d in conferidas if d["vulns"]]
    for dependencia in vulneraveis:
        for falha in dependencia["vulns"]:
            correcao = ", ".join(falha.get("fix_versions") or []) or "ainda sem correção"
            print(f"{dependencia['name']} {dependencia['version']}: {falha['id']} (corrigida em: {correcao})")
    if not conferidas:
        print(f"NÃO CONFERIDO: a base não conhece nenhuma das {len(sem_resposta)} dependências; não é a base pública.")
    elif sem_resposta:
        print(f"{len(conferidas)} conferidas; sem resposta da base: {', '.join(sem_resposta)}.")
    else:
        print(f"{len(conferidas)} dependências conferidas, {len(vulneraveis)} com vulnerabilidade conhecida.")
    return 1 if vulneraveis else 0


def _perguntar() -> list[dict[str, Any]] | None:
    """A resposta do pip-audit, ou nada se a rede ou a base não respondeu (o motivo vai à saída de erro)."""
    comando = [str(Path(sys.executable).with_name("pip-audit")), "--requirement", str(RAIZ / "requirements.lock")]
    comando += ["--disable-pip", "--no-deps", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    try:
        feito = subprocess.run(comando, capture_output=True, text=True, timeout=PRAZO_SEGUNDOS, check=False)
        dependencias: list[dict[str, Any]] = json.loads(feito.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError) as erro:
        print(f"pip-audit: {erro}", file=sys.stderr)
        return None
    return dependencias


if __name__ == "__main__":
    sys.exit(main())
