"""Prontuários inventados para os testes, pelos atos da casa."""

from __future__ import annotations

from datetime import date
from typing import Any

from normas.prontuario.leitura import ficha
from suas.atendimento.familias.models import PessoaAtendida, Prontuario
from suas.atendimento.familias.tests.fabricas import tecnica
from suas.atendimento.prontuarios.acoes.blocos import Preenchida, gravar
from suas.atendimento.prontuarios.models import VersaoDaFicha
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes.ator import Ator

CASA = {"residencia": "alugada", "dormitorios": 2}


def gravada(
    prontuario: Prontuario,
    codigo: str = "4",
    respostas: dict[str, Any] | None = None,
    *,
    pessoa: PessoaAtendida | None = None,
    por: Ator | None = None,
    sobre: int = 0,
    dia: date = HOJE,
    observacao: str = "",
) -> VersaoDaFicha:
    """Uma versão de uma ficha; por padrão, a das condições habitacionais."""
    return gravar(
        prontuario=prontuario,
        ficha=ficha(codigo),
        pessoa=pessoa,
        preenchida=Preenchida(
            respostas=CASA if respostas is None else respostas, dia=dia, sobre=sobre, observacao=observacao
        ),
        por=por or tecnica(prontuario.unidade),
        em=AGORA,
        hoje=HOJE,
    )
