"""Um tipo de planilha de prova, sobre a população de municípios inventados, e planilhas dele."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from suas.cadastros.territorio.importadores import POPULACAO
from suas.cadastros.territorio.tests.fabricas import BELEM, SERRA, VITORIA
from suas.nucleo.identidade.tests.fabricas import ator, pessoa_com_vinculo
from suas.nucleo.importacoes import tarefas
from suas.nucleo.importacoes.acoes import preparo
from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.importacoes.registro import Importador
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL, VIGILANCIA_ESTADUAL
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import pastas

AGORA = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RESPOSTAS = {"ano": "2022", "fonte": "IBGE, Censo 2022", "tipo": "censo"}
#: Pessoal e com aprovação: o caso mais exigente. A vigilância estadual traz; quem sela partilhas aprova.
EXIGENTE = replace(
    POPULACAO,
    codigo="exigente",
    nome="População, com aprovação",
    permissao=Permissao.INDICADOR_IMPORTAR,
    aprova=Permissao.PARTILHA_SELAR,
    pessoal=True,
)
BOA = f"municipio;habitantes\n{VITORIA};365.855\n{SERRA};527240\n"
__all__ = ["BELEM", "BOA", "SERRA", "VITORIA", "ator", "do_estado", "pessoa_com_vinculo", "quem_aprova", "receber"]


def do_estado() -> Ator:
    """A vigilância do Espírito Santo, que traz."""
    return ator(VIGILANCIA_ESTADUAL, "32")


def quem_aprova() -> Ator:
    """A gestão do Espírito Santo, que aprova."""
    return ator(GESTAO_ESTADUAL, "32")


def receber(
    conteudo: str | bytes = BOA, *, por: Ator | None = None, importador: Importador = POPULACAO, **mudadas: Any
) -> Importacao:
    """Uma planilha trazida e conferida."""
    dados = conteudo.encode() if isinstance(conteudo, str) else conteudo
    por = por or ator()
    importacao = preparo.receber(
        importador=importador,
        arquivo="planilha.csv",
        conteudo=dados,
        quadro=pastas.ler(dados, reconhece=importador.reconhece),
        respostas=RESPOSTAS | mudadas,
        por=por,
        em=AGORA,
    )
    return tarefas.conferir(importacao=importacao, importador=importador, por=por, em=AGORA)


def receber_e_lembrar(conteudo: str, *, por: Ator) -> Importacao:
    """A mesma, com as colunas já lembradas no órgão."""
    importacao = receber(conteudo, por=por)
    preparo.lembrar_colunas(importacao, em=AGORA)
    return importacao
