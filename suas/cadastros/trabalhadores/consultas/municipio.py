"""A equipe na página do município: só números, e só a quem alcança o território."""

from __future__ import annotations

from datetime import date
from typing import Any

from suas.cadastros.territorio.models import Municipio
from suas.cadastros.trabalhadores.consultas import equipes
from suas.nucleo.permissoes.ator import Ator


def na_pagina(municipio: Municipio, ator: Ator, hoje: date) -> dict[str, Any] | None:
    """Os totais da seção; nada para quem não alcança o município, ou sem unidade com conta nem função ocupada."""
    if not ator.alcanca(municipio.pk):
        return None
    com_conta = [equipe for equipe in equipes.do_lugar(municipio.pk, hoje=hoje) if equipe.quadro is not None]
    essenciais = equipes.essenciais(municipio.pk, hoje=hoje)
    if not com_conta and all(funcao.vaga for funcao in essenciais):
        return None
    return {
        "codigo": municipio.pk,
        "necessarios": sum(equipe.necessarios for equipe in com_conta),
        "presentes": sum(equipe.presentes for equipe in com_conta),
        "efetivos": sum(equipe.efetivos for equipe in com_conta),
        "falta": sum(equipe.falta for equipe in com_conta),
        "com_falta": sum(1 for equipe in com_conta if equipe.falta),
        "unidades": len(com_conta),
        "vagas": sum(1 for funcao in essenciais if funcao.vaga),
        "funcoes": len(essenciais),
    }
