"""Conferir uma planilha de 10.000 linhas em até 5 s, em cada formato; ler, conferir e guardar a prévia."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks import medida

LINHAS = 10_000
LIMITE = 5.0
AGORA = datetime(2026, 11, 22, tzinfo=UTC)
TIPOS = {"cras": "CRAS", "creas": "CREAS", "pop": "Centro POP"}


def main() -> int:
    import django
    from django.conf import settings

    settings.configure(USE_TZ=True)
    django.setup()
    from suas.nucleo.importacoes import conferencia
    from suas.nucleo.importacoes.registro import Pedido
    from suas.nucleo.planilhas import pastas, saida

    importador = _importador()
    colunas = tuple(saida.Coluna(codigo=c.codigo, nome=c.nome) for c in importador.colunas)
    placar = medida.Placar(f"Planilha de {LINHAS} linhas e {len(colunas)} colunas, da leitura à prévia guardada")
    for formato in ("csv-excel", "xlsx", "ods"):
        folha = saida.Folha(nome="Unidades", colunas=colunas, linhas=[_linha(n) for n in range(LINHAS)])
        arquivo = saida.escrever(formato, folha)
        tamanhos: list[dict[str, int]] = []

        def conferir(arquivo: bytes = arquivo, tamanhos: list[dict[str, int]] = tamanhos) -> None:
            quadro = pastas.ler(arquivo, reconhece=importador.reconhece)
            destinos = conferencia.sugerir_destinos(importador, quadro.colunas)
            escolhas = conferencia.Escolhas(destinos=destinos)
            feita = conferencia.conferir(importador, quadro, escolhas, Pedido(respostas={}, abrangencia="BR", em=AGORA))
            feita.previa.em_bytes()
            tamanhos.append({**feita.previa.contagem, "faltas": len(feita.previa.faltas)})

        placar.conferir_tempos(formato, medida.tempos(conferir, vezes=3, aquecer=1), limite=LIMITE)
        placar.exigir(
            f"{formato}: 4.900 novas, 2.500 mudadas, 2.500 iguais e 100 faltas",
            tamanhos[-1] == {"nova": 4900, "mudada": 2500, "igual": 2500, "faltas": 100},
        )
    return placar.encerrar()


def _importador() -> Any:
    """Um tipo de planilha de doze colunas, como o de unidades, sem banco."""
    from suas.nucleo.importacoes.registro import Coluna, Importador, Linha
    from suas.nucleo.permissoes.permissao import Permissao
    from suas.nucleo.planilhas import celulas

    def coluna(codigo: str, ler: Any) -> Coluna:
        return Coluna(codigo=codigo, nome=codigo.capitalize(), ajuda="", exemplo="", ler=ler, obrigatoria=True)

    colunas = (
        coluna("codigo", celulas.codigo(digitos=11, completar=True)),
        coluna("municipio", celulas.codigo(digitos=7)),
        coluna("nome", celulas.texto()),
        coluna("tipo", celulas.escolha(TIPOS)),
        coluna("capacidade", celulas.inteiro(minimo=1)),
        coluna("aberta", celulas.dia()),
        coluna("publica", celulas.sim_ou_nao()),
        *(coluna(f"texto{n}", celulas.texto()) for n in range(5)),
    )

    def atual(linha: Linha, conjunto: Mapping[str, Any]) -> Mapping[str, Any] | None:
        posicao = int(linha["codigo"])
        if posicao % 2:
            return None
        return {**linha.valores, "capacidade": 1} if posicao % 4 else linha.valores

    return Importador(
        codigo="medida",
        nome="Medida",
        resumo="",
        colunas=colunas,
        permissao=Permissao.POPULACAO_IMPORTAR,
        preparar=lambda pedido: {},
        territorio=lambda linha, conjunto: linha["municipio"],
        rotulo=lambda linha, conjunto: linha["nome"],
        chave=lambda linha, conjunto: linha["codigo"],
        atual=atual,
        aplicar=lambda lote, *, por, em: None,
    )


def _linha(numero: int) -> list[Any]:
    """Uma em cada cem linhas tem a capacidade por extenso."""
    capacidade = "muitas" if numero % 100 == 51 else 500 + numero
    aberta = date(2005, 1, 1) + timedelta(days=numero % 7000)
    textos = [f"texto {coluna} da linha {numero}" for coluna in range(5)]
    return [f"{numero:011d}", "3205309", f"CRAS {numero}", "CRAS", capacidade, aberta, numero % 3 == 0, *textos]


if __name__ == "__main__":
    sys.exit(main())
