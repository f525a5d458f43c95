"""O que mudaria na equipe de uma unidade se alguém entrasse, saísse, ou a capacidade fosse outra. Nada se grava."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from normas.trabalho.quadro import LinhaDoQuadro, Quadro, montar_quadro
from normas.trabalho.trabalhador import FuncaoNaUnidade, TipoDeVinculo, TrabalhadorPresente
from suas.cadastros.rede.models import Unidade
from suas.cadastros.trabalhadores.consultas import bases, equipes

QUEM_ENTRA = "quem entraria"


@dataclass(frozen=True, kw_only=True)
class Mudanca:
    """O quadro antes e depois; sem um dos dois, por que não se calcula."""

    antes: Quadro | None
    depois: Quadro | None
    por_que_nao: str = ""

    @property
    def em_palavras(self) -> str:
        """O efeito numa frase."""
        if self.antes is None or self.depois is None:
            return self.por_que_nao
        antes, depois = self.antes.falta, self.depois.falta
        if antes == depois:
            return f"A falta não muda: continua em {antes}."
        return f"A falta {'cai' if depois < antes else 'sobe'} de {antes} para {depois}."

    @property
    def linhas(self) -> list[tuple[LinhaDoQuadro, LinhaDoQuadro]]:
        """As funções em que algum número muda, antes e depois."""
        if self.antes is None or self.depois is None:
            return []
        return [
            (antes, depois)
            for antes, depois in zip(self.antes.linhas, self.depois.linhas, strict=True)
            if _numeros(antes) != _numeros(depois)
        ]


def _numeros(linha: LinhaDoQuadro) -> tuple[int, int, int]:
    return linha.necessarios, linha.presentes, linha.efetivos


def o_que_mudaria(unidade: Unidade, *, pedido: Mapping[str, Any], hoje: date) -> Mudanca:
    """`pedido` diz quem entra (função, profissão, vínculo), quem sai (a chave) e a capacidade; o vazio não muda."""
    base = bases.gravada(unidade)
    porte = equipes.porte_do(unidade.municipio_id)
    de_hoje = bases.calcular(unidade, base=base, porte=porte, em=hoje)
    capacidade = {"capacidade": pedido["capacidade"]} if pedido.get("capacidade") else {}
    outra = bases.calcular(unidade, base=base, porte=porte, em=hoje, mudancas=capacidade)
    if de_hoje.equipe is None or outra.equipe is None:
        return Mudanca(antes=None, depois=None, por_que_nao=outra.por_que_nao or de_hoje.por_que_nao)
    presentes = equipes.presentes_na(unidade, hoje=hoje)
    depois = [pessoa for pessoa in presentes if pessoa.chave != pedido.get("sai")]
    if pedido.get("funcao"):
        depois.append(
            TrabalhadorPresente(
                chave=QUEM_ENTRA,
                funcao=FuncaoNaUnidade(pedido["funcao"]),
                vinculo=TipoDeVinculo(pedido.get("vinculo") or TipoDeVinculo.ESTATUTARIO),
                profissao=pedido.get("profissao") or None,
            )
        )
    return Mudanca(
        antes=montar_quadro(equipe=de_hoje.equipe, presentes=presentes),
        depois=montar_quadro(equipe=outra.equipe, presentes=depois),
    )
