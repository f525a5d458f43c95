"""Todos os comandos de `./redesuas`. Cada um só importa o que usa: os da lei nem carregam o Django."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

USO_ERRADO = 2
INTERROMPIDO = 130


@dataclass(frozen=True, kw_only=True)
class Comando:
    """Um comando: o que faz numa linha e onde está a função `(argv) -> código de saída` que o executa."""

    nome: str
    resumo: str
    onde: str

    def funcao(self) -> Callable[[list[str]], int]:
        modulo, nome = self.onde.split(":")
        funcao: Callable[[list[str]], int] = getattr(import_module(modulo), nome)
        return funcao


GRUPOS: dict[str, tuple[Comando, ...]] = {
    "Experimentar e usar": (
        Comando(
            nome="subir",
            resumo="prepara tudo, carrega a demonstração e serve o sistema nesta máquina",
            onde="suas.config.subir:main",
        ),
        Comando(
            nome="partilha",
            resumo="reparte um recurso entre os municípios de um CSV e escreve as cotas e a memória",
            onde="normas.comandos:comando_partilha",
        ),
        Comando(
            nome="porte",
            resumo="conta os municípios e as pessoas de cada porte, de um CSV de população",
            onde="normas.comandos:comando_porte",
        ),
        Comando(
            nome="equipe",
            resumo="a equipe que a norma pede (`equipe calcular CRAS --porte Médio --familias 5000 --json`)",
            onde="normas.comandos_da_equipe:comando_equipe",
        ),
        Comando(
            nome="formulario",
            resumo="mostra ou confere um formulário oficial (`formulario mostrar RMA-CRAS --em 2026-01 --json`)",
            onde="normas.comandos_do_formulario:comando_formulario",
        ),
        Comando(
            nome="fluxo",
            resumo="os passos de um processo da norma (`fluxo mostrar habilitacao-municipio --json`)",
            onde="normas.comandos_do_fluxo:comando_fluxo",
        ),
        Comando(
            nome="piso",
            resumo="o valor mensal de um piso (`piso calcular PBF CS=54000.00 FR=2500 MA=12`)",
            onde="normas.comandos_do_piso:comando_piso",
        ),
    ),
    "Operar uma instalação": (
        Comando(
            nome="instalar",
            resumo="prepara uma instalação de verdade, sem demonstração, e cria quem a administra",
            onde="suas.config.instalar:main",
        ),
        Comando(
            nome="nomear",
            resumo="dá um papel a alguém pelo servidor, quando não há no sistema quem o dê",
            onde="suas.config.nomear:main",
        ),
        Comando(
            nome="servir",
            resumo="serve o sistema: páginas, tarefas e rotinas juntas, ou só as páginas",
            onde="suas.config.servir:main",
        ),
        Comando(nome="trabalhador", resumo="executa as tarefas da fila", onde="suas.config.fundo:trabalhador"),
        Comando(nome="relogio", resumo="executa as rotinas no horário", onde="suas.config.fundo:relogio"),
        Comando(
            nome="fila",
            resumo="mostra o que espera, o que corre, o que parou, e as rotinas (--json)",
            onde="suas.config.fundo:fila",
        ),
        Comando(
            nome="preparar",
            resumo="instala as dependências e sai; os outros comandos fazem isso quando falta",
            onde="suas.config.desenvolver:preparar",
        ),
        Comando(nome="migrar", resumo="põe o banco no formato desta versão", onde="suas.config.gerenciar:migrar"),
        Comando(
            nome="estaticos",
            resumo="junta os arquivos estáticos numa pasta, para outro servidor entregar",
            onde="suas.config.gerenciar:estaticos",
        ),
        Comando(
            nome="cobertura",
            resumo="diz, por município, o mínimo de CRAS da norma, a capacidade, os existentes e a falta (--json)",
            onde="suas.config.cobertura:main",
        ),
        Comando(
            nome="rma",
            resumo="refaz as somas do mês (`rma consolidar --municipio 3205309 --competencia 2026-01`)",
            onde="suas.config.rma:main",
        ),
        Comando(
            nome="pendencias",
            resumo="diz quem deve o quê num dia, até a unidade, com o prazo e a norma (`pendencias --em 2026-02-28`)",
            onde="suas.config.pendencias:main",
        ),
        Comando(
            nome="importar-populacao",
            resumo="grava a população de um ano (estimativa, censo ou contagem), de um CSV",
            onde="suas.config.importar:populacao",
        ),
        Comando(
            nome="trilha",
            resumo="verifica a trilha (`trilha verificar --cabeca F`) e tira a cabeça para guardar fora",
            onde="suas.config.trilha:main",
        ),
        Comando(
            nome="razao",
            resumo="confere o razão: cada lançamento fecha, sem buraco nem mudança (`razao verificar --json`)",
            onde="suas.config.razao:main",
        ),
        Comando(
            nome="avisos",
            resumo="recebe as devoluções do correio e experimenta o envio",
            onde="suas.config.correio:main",
        ),
        Comando(
            nome="segundo-fator",
            resumo="retira o segundo fator de quem perdeu o aparelho, ou cifra todos com a chave nova",
            onde="suas.config.segundo_fator:main",
        ),
        Comando(nome="copia", resumo="guarda banco e documentos num arquivo", onde="suas.config.copia:copiar"),
        Comando(nome="restaurar", resumo="refaz a instalação de uma cópia", onde="suas.config.copia:restaurar"),
        Comando(
            nome="acesso",
            resumo="imprime a tabela de acesso: cada endereço e o que cada papel recebe (`acesso tabela --json`)",
            onde="suas.config.acesso.comando:main",
        ),
        Comando(
            nome="dados",
            resumo="o registro do tratamento de dados pessoais e a guarda (`dados registro --md`, `dados guarda`)",
            onde="suas.config.dados:main",
        ),
        Comando(
            nome="api",
            resumo="mostra o OpenAPI da interface de programação (`api openapi`)",
            onde="suas.config.interface:main",
        ),
        Comando(
            nome="gerenciar",
            resumo="qualquer comando de gestão do Django, como `gerenciar showmigrations`",
            onde="suas.config.gerenciar:gerenciar",
        ),
    ),
    "Desenvolver": (
        Comando(nome="testar", resumo="executa todos os testes", onde="suas.config.desenvolver:testar"),
        Comando(
            nome="conferir",
            resumo="confere estilo, tipos, importações, migrações e dependências",
            onde="suas.config.desenvolver:conferir",
        ),
        Comando(nome="arrumar", resumo="arruma o estilo do código", onde="suas.config.desenvolver:arrumar"),
    ),
}
COMANDOS: dict[str, Comando] = {comando.nome: comando for grupo in GRUPOS.values() for comando in grupo}


def ajuda() -> str:
    """O texto de `./redesuas ajuda`."""
    linhas = ["Rede SUAS aberta", "", "uso: ./redesuas COMANDO [opções]", ""]
    largura = max(map(len, COMANDOS)) + 2
    for titulo, comandos in GRUPOS.items():
        linhas += [titulo, *(f"  {comando.nome:<{largura}}{comando.resumo}" for comando in comandos), ""]
    linhas += ["As opções de um comando: ./redesuas COMANDO --ajuda"]
    return "\n".join(linhas)


def main(argv: Sequence[str] | None = None) -> int:
    """Executa o comando e devolve o código de saída: 0 feito, 2 uso errado, os demais do próprio comando."""
    nome, *resto = list(sys.argv[1:] if argv is None else argv) or ["ajuda"]
    try:
        codigo = _executar(nome, resto)
        print(end="", flush=True)
    except KeyboardInterrupt:
        print("\nredesuas: interrompido.", file=sys.stderr)
        return INTERROMPIDO
    except BrokenPipeError:
        # Quem lia a saída (um `head`, por exemplo) já foi embora: não há a quem dizer mais nada.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return codigo


def _executar(nome: str, argv: list[str]) -> int:
    if nome in {"ajuda", "--ajuda", "--help", "-h"}:
        print(ajuda())
        return 0
    comando = COMANDOS.get(nome)
    if comando is None:
        parecidos = difflib.get_close_matches(nome, COMANDOS, n=1)
        sugestao = f" Seria “{parecidos[0]}”?" if parecidos else ""
        print(f"redesuas: não há o comando “{nome}”.{sugestao} Veja todos com: ./redesuas ajuda", file=sys.stderr)
        return USO_ERRADO
    return comando.funcao()(argv)


if __name__ == "__main__":
    sys.exit(main())
