"""`redesuas dados registro` e `redesuas dados guarda`: o que a instalação faz com dados de pessoas."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from django.utils import timezone

from suas.config.argumentos import Analisador, opcoes
from suas.config.gerenciar import preparar_django, recusa_do_banco

if TYPE_CHECKING:
    from suas.nucleo.dados_pessoais.consultas import Operacao

#: Cresce quando um campo muda de nome ou de sentido; campo novo não a muda.
VERSAO = 1
RECUSADO = 1


def main(argv: list[str]) -> int:
    """Imprime o registro (LGPD, art. 37) ou a prévia da guarda; com `--aplicar`, apaga o que venceu.

    Saídas: 0 feito; 1 o banco não serve.
    """
    analisador = Analisador(
        comando="dados",
        descricao="O registro do tratamento de dados pessoais, tirado do banco desta versão, e os prazos de guarda.",
    )
    analisador.add_argument("o_que", metavar="registro|guarda", choices=["registro", "guarda"], help="o que se quer")
    formato = analisador.add_mutually_exclusive_group()
    formato.add_argument("--json", action="store_true", help="o registro em JSON, para outro programa")
    formato.add_argument("--md", action="store_true", help="o registro em Markdown, para imprimir ou anexar (padrão)")
    formato.add_argument("--aplicar", action="store_true", help="com `guarda`: apaga agora o que passou do prazo")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    if pedido.o_que == "registro" and pedido.aplicar:
        analisador.error("--aplicar se usa com guarda")
    if pedido.o_que == "guarda" and (pedido.json or pedido.md):
        analisador.error("--json e --md se usam com registro")
    preparar_django(dados=pedido.dados)
    if pedido.o_que == "guarda":
        if recusa := recusa_do_banco():
            print(f"redesuas: {recusa}", file=sys.stderr)
            return RECUSADO
        return _guarda(aplicar=pedido.aplicar)
    from suas.nucleo.dados_pessoais import consultas

    operacoes = consultas.registro(em=timezone.localdate())
    print(json.dumps(_em_json(operacoes), ensure_ascii=False, indent=1) if pedido.json else _em_markdown(operacoes))
    return 0


def _guarda(*, aplicar: bool) -> int:
    from suas.nucleo.dados_pessoais import acoes, consultas
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO

    agora = timezone.now()
    for vencido in consultas.vencidos(em=agora):
        print(f"{vencido.titulo}: {vencido.linhas} além de {vencido.regra.em_palavras} ({vencido.regra.conta})")
    if aplicar:
        print(f"{acoes.aplicar_guarda(por=ATOR_PUBLICO, em=agora)} linhas apagadas.")
    return 0


def _em_json(operacoes: list[Operacao]) -> dict[str, object]:
    from django.conf import settings

    from suas.nucleo.dados_pessoais.consultas import MEDIDAS

    return {
        "versao": VERSAO,
        "encarregado": settings.ENCARREGADO,
        "medidas": list(MEDIDAS),
        "operacoes": [
            {
                "finalidade": operacao.finalidade,
                "base_legal": operacao.base_legal,
                "titulares": operacao.titulares,
                "dados_pessoais": list(operacao.pessoais),
                "dados_sensiveis": list(operacao.sensiveis),
                "onde": list(operacao.tabelas),
                "compartilhamento": operacao.compartilhamento,
                "guarda": {
                    "regra": operacao.guarda.nome,
                    "dias": operacao.guarda.dias,
                    "conta": operacao.guarda.conta,
                    "razao": operacao.guarda.razao,
                    "norma": operacao.guarda.fundamento.norma,
                    "dispositivo": operacao.guarda.fundamento.dispositivo,
                    "evidencia": operacao.guarda.evidencia,
                    "desde": operacao.guarda.vigencia.desde.isoformat(),
                },
            }
            for operacao in operacoes
        ],
    }


def _em_markdown(operacoes: list[Operacao]) -> str:
    from django.conf import settings

    from suas.nucleo.dados_pessoais.consultas import MEDIDAS

    partes = [
        "# Registro das operações de tratamento de dados pessoais",
        "",
        "Lei nº 13.709/2018 (LGPD), art. 37. Tirado da classificação de cada campo do banco desta versão do sistema.",
        "",
        f"Encarregado: {settings.ENCARREGADO or 'sem contato publicado (ajuste REDESUAS_ENCARREGADO)'}.",
    ]
    for operacao in operacoes:
        partes += [
            "",
            f"## {operacao.finalidade}",
            "",
            f"- Base legal: {operacao.base_legal}",
            f"- De quem: {operacao.titulares}",
            f"- Dados pessoais: {', '.join(operacao.pessoais) or 'nenhum'}",
            f"- Dados sensíveis: {', '.join(operacao.sensiveis) or 'nenhum'}",
            f"- Onde ficam: {', '.join(operacao.tabelas)}",
            f"- Compartilhamento: {operacao.compartilhamento}",
            f"- Guarda: {operacao.guarda.em_palavras} ({operacao.guarda.conta}); {operacao.guarda.evidencia}. "
            f"{operacao.guarda.razao}",
        ]
    return "\n".join([*partes, "", "## Medidas de segurança, em todas", "", *(f"- {medida}" for medida in MEDIDAS)])
