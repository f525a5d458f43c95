"""`preparar`, `testar`, `conferir` e `arrumar`: o que se faz com o código. A integração contínua chama os mesmos."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from suas.config.argumentos import USO_ERRADO, Analisador

RAIZ = Path(__file__).resolve().parents[2]

# O que uma instalação ajusta não pode mudar o resultado dos testes.
AJUSTES_QUE_NAO_PASSAM = (
    "REDESUAS_DADOS",
    "REDESUAS_CHAVE",
    "REDESUAS_CHAVES_ANTERIORES",
    "REDESUAS_SEGUNDO_FATOR",
    "REDESUAS_OIDC_NOME",
    "REDESUAS_OIDC_EMISSOR",
    "REDESUAS_OIDC_CLIENTE",
    "REDESUAS_OIDC_SEGREDO",
    "REDESUAS_OIDC_ESCOPOS",
    "REDESUAS_OIDC_CPF",
    "REDESUAS_OIDC_NIVEL_CAMPO",
    "REDESUAS_OIDC_NIVEIS",
    "REDESUAS_OIDC_NIVEL_MINIMO",
    "REDESUAS_OIDC_COMO_AUMENTAR",
    "REDESUAS_OIDC_SAIDA",
    "REDESUAS_SESSAO_INATIVA_MINUTOS",
    "REDESUAS_SESSAO_HORAS",
    "REDESUAS_DEPURAR",
    "REDESUAS_ENDERECOS",
    "REDESUAS_ORIGENS",
    "REDESUAS_CODIGO_FONTE",
    "REDESUAS_ENCARREGADO",
    "REDESUAS_HTTPS",
    "REDESUAS_HSTS_SEGUNDOS",
    "REDESUAS_ATRAS_DE_PROXY",
    "REDESUAS_ANTIVIRUS",
    "REDESUAS_REGISTRO",
    "REDESUAS_API_POR_MINUTO",
    "REDESUAS_API_POR_MINUTO_SEM_CHAVE",
    "REDESUAS_SMTP",
    "REDESUAS_REMETENTE",
    "REDESUAS_RETORNO",
    "REDESUAS_SITE",
    "REDESUAS_SILENCIO",
)

CONFERENCIAS: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "estilo": ("Estilo", (("ruff", "check", "."), ("ruff", "format", "--check", "."))),
    "tipos": ("Tipos", (("mypy", "normas", "suas", "demonstracao"),)),
    "importacoes": ("Quem importa quem", (("lint-imports",),)),
    "migracoes": (
        "Migrações em dia",
        (("python", "-m", "django", "makemigrations", "--check", "--dry-run", "--settings", "suas.config.settings"),),
    ),
    "dependencias": ("Dependências sem vulnerabilidade conhecida", (("python", "-m", "suas.config.dependencias"),)),
}


def preparar(argv: list[str]) -> int:
    """Não faz nada além do que `./redesuas` já fez antes de chegar aqui: instalar as dependências."""
    Analisador(comando="preparar", descricao="Instala as dependências em .venv e sai.").parse_args(argv)
    print("Ambiente pronto.")
    return 0


def testar(argv: list[str]) -> int:
    """Executa os testes em dois processos; o que vier em `argv` vai para o pytest."""
    # na ordem de `testpaths`: o que demora começa antes, e no fim os dois processos repartem arquivos pequenos
    dois = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    processos = () if any(a.startswith("-n") or a == "--pdb" for a in argv) else dois
    return _executar(("python", "-m", "pytest", *processos, *argv))


def conferir(argv: list[str]) -> int:
    """Executa as conferências pedidas, ou todas; diz quais não passaram."""
    desconhecidas = [nome for nome in argv if nome not in CONFERENCIAS]
    if desconhecidas:
        nomes = ", ".join(CONFERENCIAS)
        print(f"redesuas: não há a conferência “{desconhecidas[0]}”. Há: {nomes}.", file=sys.stderr)
        return USO_ERRADO
    falhas = []
    for nome in argv or list(CONFERENCIAS):
        titulo, comandos = CONFERENCIAS[nome]
        print(f"== {titulo}", flush=True)
        comeco = time.monotonic()
        codigos = [_executar(comando) for comando in comandos]
        resultado = "não passou" if any(codigos) else "passou"
        print(f"== {titulo}: {resultado} ({time.monotonic() - comeco:.0f} s)", flush=True)
        if any(codigos):
            falhas.append(titulo)
    if falhas:
        print(f"redesuas: não passou: {', '.join(falhas)}.", file=sys.stderr)
    return 1 if falhas else 0


def arrumar(argv: list[str]) -> int:
    """Arruma o que o ruff sabe arrumar, nos caminhos de `argv` ou em tudo; o resto ele lista."""
    caminhos = argv or ["."]
    primeiro = _executar(("ruff", "check", "--fix", *caminhos))
    return _executar(("ruff", "format", *caminhos)) or primeiro


def _executar(comando: tuple[str, ...]) -> int:
    """Executa na raiz do projeto um programa do ambiente; devolve o código de saída."""
    ambiente = {nome: valor for nome, valor in os.environ.items() if nome not in AJUSTES_QUE_NAO_PASSAM}
    programa = Path(sys.executable).with_name(comando[0])
    return subprocess.run([programa, *comando[1:]], cwd=RAIZ, env=ambiente, check=False).returncode
