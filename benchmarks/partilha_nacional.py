"""A partilha entre todos os municípios: exata, e em até 1 s com a memória de cada um gravada no SQLite.

Ao lado, o mesmo ordenamento do passo 3 feito em pandas com ponto flutuante, e quantos lugares da fila ele troca.
"""

from __future__ import annotations

import sys
from typing import Any

import pandas as pd

from benchmarks import base, medida

LIMITE = 1.0
PESOS = {"vulnerabilidade": 2, "rcl_per_capita": 1, "fnas_psb_per_capita": 1, "indicador_complementar": 1}


def ordenar_em_pandas(insumos: pd.DataFrame) -> pd.Series[int]:
    """O passo 3 em ponto flutuante: índice por mínimo e máximo, e a ordem dentro de cada UF e porte."""
    quadro = insumos.copy()
    quadro["sempre"], quadro["nunca"] = True, False
    quadro["vulnerabilidade"] = quadro["populacao_vulneravel"] / quadro["populacao"]
    indice = pd.Series(0.0, index=quadro.index)
    for coluna, peso in PESOS.items():
        grupos = quadro.groupby("escala" if coluna == "indicador_complementar" else "porte")[coluna]
        menor, maior = grupos.transform("min"), grupos.transform("max")
        alto_pior = (
            quadro["alto_pior"]
            if coluna == "indicador_complementar"
            else quadro["sempre" if coluna == "vulnerabilidade" else "nunca"]
        )
        distancia = (maior - quadro[coluna]).where(alto_pior, quadro[coluna] - menor)
        indice += peso * (distancia / (maior - menor)).where(maior != menor, 1.0)
    quadro["indice"] = indice
    fila = quadro.sort_values(
        ["uf", "porte", "indice", "populacao_vulneravel", "codigo_ibge"], ascending=[True, True, True, False, True]
    )
    return (fila.groupby(["uf", "porte"]).cumcount() + 1).reindex(quadro.index)


def ler_insumos(partilha: Any) -> pd.DataFrame:
    """As linhas de entrada com o porte, a escala do complementar e a ordem exata que a partilha gravou."""
    from normas.partilha.opcoes import instancia
    from normas.territorio.porte import Porte
    from suas.financas.partilhas.models import Direcao

    portes = {c.municipio_id: c for c in partilha.cotas.exclude(ordem=None)}
    direcoes = {(c.porte, c.instancia): c.direcao == Direcao.ALTO_PIOR for c in partilha.complementares.all()}
    linhas = []
    for insumo in partilha.insumos.filter(municipio_id__in=portes):
        cota = portes[insumo.municipio_id]
        chave = instancia(porte=Porte(cota.porte), uf=insumo.uf)
        linhas.append(
            {
                "codigo_ibge": insumo.municipio_id,
                "uf": insumo.uf,
                "porte": cota.porte,
                "escala": "/".join(chave),
                "alto_pior": direcoes[(str(chave[0]), str(chave[1]))],
                "ordem": cota.ordem,
                **{
                    nome: float(getattr(insumo, nome))
                    for nome in ("populacao", "populacao_vulneravel", *list(PESOS)[1:])
                },
            }
        )
    return pd.DataFrame(linhas)


def main() -> int:
    base.preparar()
    from django.utils import timezone

    from suas.financas.partilhas.acoes.simulacao import simular
    from suas.financas.partilhas.models import Partilha
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO

    nacional = Partilha.objects.filter(ambito="BR", estado="simulada", transicao_2005=False).earliest("criada_em")

    def refazer() -> None:
        simular(partilha=Partilha.objects.get(pk=nacional.pk), por=ATOR_PUBLICO, em=timezone.now())

    medidos = medida.tempos(refazer, vezes=9)
    gravada = Partilha.objects.get(pk=nacional.pk)
    pago = sum(gravada.cotas.values_list("valor_centavos", flat=True))
    saldo = sum(gravada.grupos.values_list("saldo_centavos", flat=True))
    insumos = ler_insumos(gravada)
    em_pandas = medida.processador(medida.tempos(lambda: ordenar_em_pandas(insumos), vezes=9))
    trocados = int((ordenar_em_pandas(insumos) != insumos["ordem"]).sum())

    placar = medida.Placar(f"Partilha nacional: {gravada.cotas.count()} municípios, memória gravada no SQLite")
    placar.exigir("pago + saldos = recurso, ao centavo", pago + saldo == gravada.recurso_centavos)
    placar.conferir_tempos("ler, calcular e gravar tudo", medidos, limite=LIMITE)
    placar.contar(f"a mais rápida das 9, no relógio: {medida.ms(min(tempo.relogio for tempo in medidos))}")
    placar.contar(
        f"só o ordenamento do passo 3 em pandas, com ponto flutuante: {medida.ms(em_pandas)}; "
        f"a partilha inteira, exata e gravada, leva {medida.vezes(medida.processador(medidos) / em_pandas)} isso"
    )
    placar.contar(f"lugares da fila que o ponto flutuante troca: {trocados} de {len(insumos)}")
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
