"""Simular: ler os insumos congelados, decidir por função pura, gravar tudo de uma vez."""

from __future__ import annotations

import gc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from normas.base.numeros import com_ponto
from normas.partilha.calculo import PartilhaRecusada, Resultado
from suas.financas.partilhas.acoes.abertas import travada_em_preparo
from suas.financas.partilhas.consultas.dados import DADO_POR_NOME
from suas.financas.partilhas.consultas.entradas import faltas
from suas.financas.partilhas.consultas.memorias import Calculo, InsumosIncompletos, calcular
from suas.financas.partilhas.models import Cota, Estado, Grupo, Memoria, Partilha, Situacao
from suas.nucleo import banco
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

CAMPOS_DA_COTA = (
    "municipio",
    "uf",
    "porte",
    "indice",
    "ordem",
    "elegivel",
    "situacao",
    "motivo",
    "cras_minimo",
    "cras_a_financiar",
    "valor_minimo_centavos",
    "valor_centavos",
)
CAMPOS_DO_GRUPO = (
    "uf",
    "porte",
    "passo1_centavos",
    "passo2_centavos",
    "recebido_centavos",
    "cedido_centavos",
    "pago_centavos",
    "saldo_centavos",
)
ETAPAS = ("Lendo os insumos e fazendo a conta", "Gravando cotas e memória")
Contar = Callable[[str, int, int], None]


def simular(*, partilha: Partilha, por: Ator, em: datetime, conte: Contar | None = None) -> Partilha:
    """Calcula e grava cotas, grupos, memória e SHA-256 no lugar dos anteriores. Repetir dá o mesmo resultado.

    `conte(etapa, feito, total)` é chamada fora da transação, para quem espera ver. Recusa: partilha já pactuada, dado
    que falta ou não serve (a mensagem diz os municípios), ninguém vulnerável, insumo mudado durante a conta.
    """
    lida, calculo = preparar(partilha=partilha, conte=conte)
    return gravar(lida=lida, calculo=calculo, por=por, em=em)


def preparar(*, partilha: Partilha, conte: Contar | None = None) -> tuple[Partilha, Calculo]:
    """A metade que demora: lê e calcula, sem gravar. Devolve a partilha como foi lida, e a conta."""
    diga = conte or (lambda etapa, feito, total: None)
    lida = Partilha.objects.get(pk=partilha.pk)
    if not lida.em_preparo:
        raise AtoRecusado(f"Esta partilha está {lida.get_estado_display()}: já não se simula. Crie um cenário.")
    diga(ETAPAS[0], 0, len(ETAPAS))
    try:
        with _sem_coleta():
            calculo = calcular(lida)
    except InsumosIncompletos as erro:
        raise AtoRecusado(_o_que_falta(lida)) from erro
    except PartilhaRecusada as erro:
        raise AtoRecusado(f"{erro} (dado: {_rotulo(erro.coluna)})") from erro
    diga(ETAPAS[1], 1, len(ETAPAS))
    return lida, calculo


@transaction.atomic
def gravar(*, lida: Partilha, calculo: Calculo, por: Ator, em: datetime) -> Partilha:
    """A metade que grava, numa transação; recusa se a partilha ou os insumos mudaram depois de lidos."""
    partilha = travada_em_preparo(lida)
    if partilha.versao_insumos != lida.versao_insumos:
        raise AtoRecusado("Os insumos mudaram enquanto a conta era feita. Simule de novo.")
    partilha.cotas.all().delete()
    partilha.grupos.all().delete()
    de_quem = {"partilha": partilha.pk}
    banco.inserir_em_lote(Cota, campos=CAMPOS_DA_COTA, linhas=_cotas(calculo.resultado), iguais=de_quem)
    banco.inserir_em_lote(Grupo, campos=CAMPOS_DO_GRUPO, linhas=_grupos(calculo.resultado), iguais=de_quem)
    Memoria.objects.update_or_create(
        partilha=partilha,
        defaults={"comprimida": zlib.compress(calculo.canonico, 1), "tamanho": len(calculo.canonico)},
    )
    partilha.estado = Estado.SIMULADA
    partilha.sha256 = calculo.sha256
    partilha.resumo = _resumo(calculo.resultado)
    partilha.versao_simulada = partilha.versao_insumos
    partilha.simulada_em = partilha.mudada_em = em
    partilha.save()
    registrar(
        ato="partilhas.simular",
        objeto=partilha,
        por=por,
        em=em,
        dados={"sha256": calculo.sha256, "versao": partilha.versao_insumos, **partilha.resumo["totais"]},
    )
    return partilha


def _cotas(resultado: Resultado) -> Iterator[tuple[Any, ...]]:
    """Os valores de CAMPOS_DA_COTA, município a município."""
    for cota in resultado.cotas:
        yield (
            cota.municipio.codigo_ibge,
            cota.municipio.uf,
            cota.porte.value,
            com_ponto(cota.prioridade.indice) if cota.prioridade else "",
            cota.prioridade.ordem if cota.prioridade else None,
            cota.municipio.elegivel,
            cota.situacao.value,
            cota.motivo,
            cota.cras_minimo,
            cota.cras_a_financiar,
            cota.valor_minimo,
            cota.valor_partilhado,
        )


def _grupos(resultado: Resultado) -> Iterator[tuple[Any, ...]]:
    """Os valores de CAMPOS_DO_GRUPO, porte a porte de cada estado."""
    for grupo in resultado.grupos:
        valores = (grupo.passo1, grupo.passo2, grupo.recebido, grupo.cedido, grupo.pago, grupo.saldo)
        yield (grupo.uf, grupo.porte.value, *valores)


@contextmanager
def _sem_coleta() -> Iterator[None]:
    """Suspende a coleta de lixo: a conta cria milhões de objetos sem ciclos, que ela só percorreria."""
    ligada = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ligada:
            gc.enable()


def _resumo(resultado: Resultado) -> dict[str, Any]:
    """Totais para o topo da página: valores em centavos, municípios por situação, passos 1 e 2 por porte."""
    situacoes = dict.fromkeys(Situacao.values, 0)
    for cota in resultado.cotas:
        situacoes[cota.situacao.value] += 1
    return {
        "totais": {
            "municipios": len(resultado.cotas),
            "pago_centavos": resultado.pago_centavos,
            "saldo_centavos": resultado.saldo_centavos,
        },
        "situacoes": situacoes,
        "portes": {
            porte.value: {
                "passo1_centavos": resultado.passo1.valores[porte],
                "devolvido_centavos": resultado.passo2.devolvido.get(porte, 0),
                "recebido_centavos": resultado.passo2.recebido.get(porte, 0),
                "total_centavos": resultado.passo2.totais[porte],
            }
            for porte in resultado.passo1.valores
        },
    }


def _o_que_falta(partilha: Partilha) -> str:
    municipios = faltas(partilha)
    primeiros = "; ".join(f"{falta.nome}/{falta.uf} ({falta.em_palavras})" for falta in municipios[:5])
    mais = f"; e outros {len(municipios) - 5}" if len(municipios) > 5 else ""
    quantos = "1 município tem dado" if len(municipios) == 1 else f"{len(municipios)} municípios têm dados"
    return f"{quantos} que falta ou não serve: {primeiros}{mais}. Corrija-os nos insumos e simule de novo."


def _rotulo(coluna: str) -> str:
    return DADO_POR_NOME[coluna].rotulo if coluna in DADO_POR_NOME else coluna
