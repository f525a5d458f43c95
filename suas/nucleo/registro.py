"""O registro do servidor sem dado pessoal: o que se escreve nele passa por `limpar`, com a falha e o rastro dela.

Um registro é lido por quem mantém a máquina, copiado para outros programas e guardado por conta própria. Nele fica o
que houve e onde; e-mail, CPF, NIS, senha, código de acesso, conteúdo de formulário e linha do banco saem.
"""

from __future__ import annotations

import logging
import re

EMAIL = "[e-mail]"
NUMERO = "[número de pessoa]"
SEGREDO = "[segredo]"
CONTEUDO = "[conteúdo retirado]"

_NOMES_DE_SEGREDO = (
    r"senha|nova_senha|password\d?|oldpassword|token|secret|segredo|authorization|cookie|sessionid|csrftoken|"
    r"csrfmiddlewaretoken|chave|api_?key|code|state|nonce|otp|codigo_de_acesso"
)
_TROCAS = (
    # o que o PostgreSQL e o Django contam da linha ou do formulário que não serviu
    (re.compile(r"(DETAIL:\s*).*"), rf"\g<1>{CONTEUDO}"),
    (re.compile(r"<(QueryDict|MultiValueDict): .*?}>", re.DOTALL), rf"<\g<1>: {CONTEUDO}>"),
    # senha no endereço do banco ou do correio
    (re.compile(r"(\w+://)[^\s/@:]+:[^\s/@]+@"), rf"\g<1>{SEGREDO}@"),
    (re.compile(r"(?i)\b(Bearer|Basic)\s+[\w.~+/=-]{8,}"), rf"\g<1> {SEGREDO}"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*"), SEGREDO),
    (
        re.compile(rf"(?i)(?<![\w])((?:{_NOMES_DE_SEGREDO})[\"']?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s&,;)}}\]]+)"),
        rf"\g<1>{SEGREDO}",
    ),
    # código de convite, de redefinição: trecho longo do endereço com letra e algarismo, que não é um UUID
    (
        re.compile(
            r"(?<=/)(?![0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-]))"
            r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}(?=[/?\s'\"]|$)"
        ),
        SEGREDO,
    ),
    (re.compile(r"[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), EMAIL),
    # CPF e NIS, com ou sem pontuação
    (re.compile(r"(?<![\w-])\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?![\w-])"), NUMERO),
    (re.compile(r"(?<![\w-])\d{3}\.?\d{5}\.?\d{2}-?\d(?![\w-])"), NUMERO),
)


def limpar(texto: str) -> str:
    """O texto sem dado de pessoa e sem segredo, com o lugar de cada um marcado."""
    for padrao, troca in _TROCAS:
        texto = padrao.sub(troca, texto)
    return texto


class FormatoLimpo(logging.Formatter):
    """O formato de toda saída do registro: limpa a linha pronta, com o rastro da falha."""

    def format(self, record: logging.LogRecord) -> str:
        return limpar(super().format(record))
