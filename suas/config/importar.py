"""`redesuas importar-populacao`: carga da população de um ano, por quem opera o servidor."""

from __future__ import annotations

import sys
from pathlib import Path

from django.utils import timezone

from suas.config.argumentos import USO_ERRADO, Analisador, inteiro_positivo, opcoes
from suas.config.gerenciar import preparar_django, recusa_do_banco

RECUSADO = 1
DADO_RUIM = 3
TIPOS = ("estimativa", "censo", "contagem")


def populacao(argv: list[str]) -> int:
    """Confere o arquivo inteiro e grava tudo ou nada. Saídas: 0 feito; 2 uso; 3 dado ruim, com cada falta."""
    analisador = Analisador(
        comando="importar-populacao",
        descricao="Grava a população de um ano, de um CSV com codigo_ibge e populacao. Repetir não muda nada.",
    )
    analisador.add_argument("--arquivo", required=True, type=Path, metavar="F.csv", help="o arquivo")
    analisador.add_argument("--ano", required=True, type=inteiro_positivo, help="ano a que os números se referem")
    analisador.add_argument("--fonte", required=True, help="de onde vêm, como “IBGE, Censo Demográfico 2022”")
    analisador.add_argument("--tipo", choices=TIPOS, default=TIPOS[0], help="estimativa (padrão), censo ou contagem")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    try:
        conteudo = pedido.arquivo.read_bytes()
    except OSError as erro:
        print(f"redesuas: não pude ler {pedido.arquivo}: {erro.strerror}.", file=sys.stderr)
        return USO_ERRADO
    preparar_django(dados=pedido.dados)
    if recusa := recusa_do_banco():
        print(f"redesuas: {recusa}", file=sys.stderr)
        return RECUSADO
    return _gravar(conteudo, ano=pedido.ano, fonte=pedido.fonte, tipo=pedido.tipo)


def _gravar(conteudo: bytes, *, ano: int, fonte: str, tipo: str) -> int:
    from suas.cadastros.territorio.planilha import FaltasNaPlanilha
    from suas.cadastros.territorio.tarefas import importar_populacao
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO
    from suas.nucleo.planilhas.leitura import PlanilhaIlegivel

    try:
        gravadas = importar_populacao(
            conteudo=conteudo, ano=ano, fonte=fonte, tipo=tipo, por=ATOR_PUBLICO, em=timezone.now()
        )
    except FaltasNaPlanilha as faltas:
        print(*faltas.faltas, sep="\n", file=sys.stderr)
        return DADO_RUIM
    except PlanilhaIlegivel as recusa:
        print(f"redesuas: {recusa}", file=sys.stderr)
        return DADO_RUIM
    print(f"População de {ano}: {gravadas.novas} novas, {gravadas.mudadas} mudadas, {gravadas.iguais} iguais.")
    return 0
