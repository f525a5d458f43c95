"""Ver a planilha que outra pessoa trouxe, com dado pessoal, é leitura que a trilha guarda."""

from __future__ import annotations

from datetime import datetime

from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.importacoes.registro import Importador
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar_leitura
from suas.nucleo.trilha.cifra import titular_da_linha


def anotar_leitura(*, importacao: Importacao, importador: Importador, por: Ator, em: datetime) -> None:
    """Anota a leitura, se a planilha traz dado pessoal, ainda o guarda e é de outra pessoa."""
    if not importador.pessoal or not importacao.previa or por.pessoa is None or por.pessoa.pk == importacao.por_id:
        return
    registrar_leitura(
        titulares=[titular_da_linha("importacoes_importacao", str(importacao.pk))],
        campos=[coluna.nome for coluna in importador.colunas],
        objeto=importacao,
        territorio=importacao.abrangencia,
        por=por,
        em=em,
        motivo="planilha trazida por outra pessoa",
    )
