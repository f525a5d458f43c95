"""As respostas em palavras, como se leem, e o que mudou entre duas versões."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from normas.prontuario.modelo import Campo, Ficha, Quadro, Tipo

EM_BRANCO = "não informado"


def respondidas(ficha: Ficha, respostas: Mapping[str, Any], *, nomes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pergunta e resposta do que foi respondido, na ordem da ficha. `nomes`: a chave de cada pessoa e como se chama."""
    pares = [
        (campo.rotulo, em_palavras(campo, respostas[campo.codigo], nomes=nomes))
        for campo in ficha.campos
        if campo.codigo in respostas
    ]
    for quadro in ficha.quadros:
        if linhas := respostas.get(quadro.codigo):
            pares.append((quadro.titulo, "; ".join(linha_em_palavras(quadro, linha, nomes=nomes) for linha in linhas)))
    return pares


def linha_em_palavras(quadro: Quadro, linha: Mapping[str, Any], *, nomes: Mapping[str, str]) -> str:
    """Uma linha do quadro numa frase: “Alba do Exemplo, 6 Trabalho infantil, ainda persiste: sim”."""
    partes = []
    for campo in quadro.campos:
        if campo.codigo not in linha:
            continue
        escrito = em_palavras(campo, linha[campo.codigo], nomes=nomes)
        direto = campo.tipo in {Tipo.PESSOA, Tipo.ESCOLHA, Tipo.VARIAS}
        partes.append(
            escrito
            if direto
            else f"{campo.rotulo.lower()}: {escrito.lower() if escrito in {'Sim', 'Não'} else escrito}"
        )
    return ", ".join(partes)


def em_palavras(campo: Campo, valor: Any, *, nomes: Mapping[str, str]) -> str:
    """O valor como a tela o diz."""
    match campo.tipo:
        case Tipo.SIM_OU_NAO | Tipo.ESCOLHA:
            return campo.respostas.get(valor, str(valor))
        case Tipo.VARIAS:
            return ", ".join(campo.opcoes.get(item, str(item)) for item in valor)
        case Tipo.PESSOA:
            return nomes.get(valor, "alguém que já não está na família")
        case Tipo.PESSOAS:
            return ", ".join(nomes.get(item, "alguém que já não está na família") for item in valor)
        case Tipo.REAIS:
            return f"R$ {valor:,}".replace(",", ".")
        case Tipo.DIA:
            return f"{date.fromisoformat(valor):%d/%m/%Y}"
    return str(valor)


def mudancas(
    ficha: Ficha, antes: Mapping[str, Any], depois: Mapping[str, Any], *, nomes: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Pergunta, resposta de antes e de depois, só onde diferem."""
    de, para = (dict(respondidas(ficha, respostas, nomes=nomes)) for respostas in (antes, depois))
    rotulos = [campo.rotulo for campo in ficha.campos] + [quadro.titulo for quadro in ficha.quadros]
    return [
        (rotulo, de.get(rotulo, EM_BRANCO), para.get(rotulo, EM_BRANCO))
        for rotulo in rotulos
        if de.get(rotulo) != para.get(rotulo)
    ]


def so_de(ficha: Ficha, respostas: Mapping[str, Any], *, pessoa: str) -> dict[str, Any]:
    """Só o que fala desta pessoa ou da família inteira: o que diz de outra pessoa fica de fora (ADR 0093)."""
    limpas: dict[str, Any] = {}
    for campo in ficha.campos:
        if campo.codigo not in respostas or campo.terceiros:
            continue
        valor = respostas[campo.codigo]
        if campo.tipo is Tipo.PESSOAS:
            if pessoa in valor:
                limpas[campo.codigo] = [pessoa]
        elif not campo.quem or respostas.get(campo.quem) == [pessoa]:
            limpas[campo.codigo] = valor
    for quadro in ficha.quadros:
        dono = quadro.campo_da_pessoa
        linhas = [linha for linha in respostas.get(quadro.codigo, ()) if not dono or linha.get(dono) == pessoa]
        if linhas:
            limpas[quadro.codigo] = linhas
    return limpas
