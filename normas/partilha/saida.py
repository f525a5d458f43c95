"""Escreve municipios.csv e grupos.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from normas.base.centavos import em_decimal
from normas.base.numeros import com_ponto
from normas.partilha.calculo import Cota, Grupo, Resultado
from normas.partilha.regras import AVISO_DE_SIMULACAO

COLUNAS_DE_MUNICIPIOS = (
    "codigo_ibge", "uf", "porte", "indice", "ordem", "elegivel", "situacao", "motivo",
    "cras_minimo", "cras_a_financiar", "valor_minimo", "valor_partilhado",
)  # fmt: skip
COLUNAS_DE_GRUPOS = (
    "uf", "porte", "passo1", "passo2", "recebido", "cedido", "pago", "saldo",
)  # fmt: skip


def municipios_csv(resultado: Resultado) -> bytes:
    """Um município por linha, em ordem de código; reais com ponto e duas casas.

    Fora da vigência da norma, o motivo de cada município diz que é simulação.
    """
    aviso = "" if resultado.regras.vigente else f" ({AVISO_DE_SIMULACAO})"
    linhas = (_linha_do_municipio(cota, aviso) for cota in resultado.cotas)
    return _csv(COLUNAS_DE_MUNICIPIOS, linhas)


def grupos_csv(resultado: Resultado) -> bytes:
    """Um porte de cada estado por linha; `passo1` repete o valor nacional do porte."""
    return _csv(COLUNAS_DE_GRUPOS, map(_linha_do_grupo, resultado.grupos))


def _linha_do_municipio(cota: Cota, aviso: str) -> tuple[object, ...]:
    prioridade = cota.prioridade
    return (
        cota.municipio.codigo_ibge,
        cota.municipio.uf,
        cota.porte.nome,
        com_ponto(prioridade.indice) if prioridade else "",
        prioridade.ordem if prioridade else "",
        "sim" if cota.municipio.elegivel else "nao",
        cota.situacao.value,
        cota.motivo + aviso,
        cota.cras_minimo,
        cota.cras_a_financiar,
        em_decimal(cota.valor_minimo),
        em_decimal(cota.valor_partilhado),
    )


def _linha_do_grupo(grupo: Grupo) -> tuple[object, ...]:
    valores = (
        grupo.passo1, grupo.passo2, grupo.recebido, grupo.cedido, grupo.pago, grupo.saldo,
    )  # fmt: skip
    return grupo.uf, grupo.porte.nome, *map(em_decimal, valores)


def _csv(colunas: tuple[str, ...], linhas: Iterable[tuple[object, ...]]) -> bytes:
    destino = io.StringIO()
    escritor = csv.writer(destino, lineterminator="\n")
    escritor.writerow(colunas)
    escritor.writerows(linhas)
    return destino.getvalue().encode("utf-8")
