"""Quem vigia os processos: encerra todos juntos, recomeça o que cai, desiste com aviso."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operacao.processos import ambiente, descendentes, esperar, vivo

DURADOURO = "import time; time.sleep(600)"
TEIMOSO = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
COM_NETO = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {DURADOURO!r}])"


def vigiar(*programas: str, espera: float = 10.0) -> subprocess.Popen[str]:
    roteiro = (
        "import sys; from suas.config import supervisor as s; "
        f"s.ESPERA_PELO_FIM = {espera}; "
        "sys.exit(s.Supervisor([s.Processo(nome=f'p{i}', comando=[sys.executable, '-c', p]) "
        "for i, p in enumerate(sys.argv[1:])]).executar())"
    )
    return subprocess.Popen(
        [sys.executable, "-P", "-c", roteiro, *programas],
        env=ambiente(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("sinal", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_o_sinal_de_fim_encerra_tudo_sem_deixar_processo(sinal):
    vigia = vigiar(DURADOURO, COM_NETO)
    assert esperar(lambda: len(descendentes(vigia.pid)) == 3)
    todos = descendentes(vigia.pid)

    vigia.send_signal(sinal)

    assert vigia.wait(timeout=30) == 0
    assert esperar(lambda: not any(vivo(pid) for pid in todos), ate=5)


def test_quem_nao_atende_ao_pedido_de_fim_e_obrigado():
    vigia = vigiar(TEIMOSO, espera=0.5)
    assert esperar(lambda: len(descendentes(vigia.pid)) == 1)
    [teimoso] = descendentes(vigia.pid)
    assert esperar(lambda: ignora_o_fim(teimoso))

    vigia.send_signal(signal.SIGTERM)

    assert vigia.wait(timeout=10) == 0
    assert not vivo(teimoso)


def ignora_o_fim(pid: int) -> bool:
    estado = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    mascara = next(linha for linha in estado.splitlines() if linha.startswith("SigIgn")).split()[1]
    return bool(int(mascara, 16) & (1 << (signal.SIGTERM - 1)))


def test_processo_que_cai_volta_e_a_queda_e_dita(tmp_path):
    marca = tmp_path / "ja-caiu"
    cai_uma_vez = (
        f"import pathlib, sys, time; m = pathlib.Path({str(marca)!r}); "
        "(time.sleep(600) if m.exists() else (m.touch(), sys.exit(7)))"
    )
    vigia = vigiar(cai_uma_vez)
    assert esperar(lambda: marca.exists() and len(descendentes(vigia.pid)) == 1)
    assert esperar(lambda: all(vivo(pid) for pid in descendentes(vigia.pid)))

    vigia.send_signal(signal.SIGTERM)
    saida, _ = vigia.communicate(timeout=10)

    assert "O processo “p0” caiu (saída 7); começando outro." in saida
    assert vigia.returncode == 0


def test_processo_que_cai_sempre_para_tudo_com_aviso():
    vigia = vigiar(DURADOURO, "import sys; sys.exit(3)")
    saida, _ = vigia.communicate(timeout=20)

    assert vigia.returncode == 1
    assert "O processo “p1” caiu mais de 3 vezes em um minuto (saída 3). Parei tudo" in saida


def test_se_o_vigia_morrer_sem_avisar_os_processos_morrem_tambem():
    vigia = vigiar(DURADOURO)
    assert esperar(lambda: len(descendentes(vigia.pid)) == 1)
    [filho] = descendentes(vigia.pid)
    assert esperar(lambda: b"time.sleep" in Path(f"/proc/{filho}/cmdline").read_bytes())

    vigia.kill()
    vigia.wait(timeout=5)

    assert esperar(lambda: not vivo(filho), ate=5)


def test_processo_que_se_recusa_a_comecar_para_tudo_sem_recomecar(tmp_path):
    vezes = tmp_path / "vezes"
    recusa = f"import sys; open({str(vezes)!r}, 'a').write(sys.argv[1]); sys.exit(3)"
    roteiro = (
        "import sys; from suas.config import supervisor as s; "
        f"ao_lado = s.Processo(nome='ao lado', comando=[sys.executable, '-c', {DURADOURO!r}]); "
        f"outro = s.Processo(nome='p', comando=[sys.executable, '-c', {recusa!r}], so_no_comeco=('x',), recusa=3); "
        "sys.exit(s.Supervisor([ao_lado, outro]).executar())"
    )

    feito = subprocess.run(
        [sys.executable, "-P", "-c", roteiro], env=ambiente(), capture_output=True, text=True, timeout=20, check=False
    )

    assert feito.returncode == 1
    assert vezes.read_text(encoding="utf-8") == "x"
    assert "caiu" not in feito.stdout
