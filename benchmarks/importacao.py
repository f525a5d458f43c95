"""A planilha de 10.000 unidades: conferir em até 5 s, e aplicar contra o `executemany` das mesmas linhas.

    .venv/bin/python benchmarks/importacao.py

Confere o CSV, o XLSX e o ODS, da leitura à prévia guardada. Depois aplica, pelo importador da rede, 10.000 unidades
novas e as mesmas mudadas, num SQLite com a federação, e compara com o `executemany` das mesmas linhas na mesma tabela,
que também paga os gatilhos da trilha; e mede quanto espera quem quer gravar enquanto isso.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import medida

LINHAS = 10_000
LIMITE = 5.0
VEZES_O_EXECUTEMANY = 5.0
AGORA = datetime(2026, 11, 22, tzinfo=UTC)
TIPOS = {"cras": "CRAS", "creas": "CREAS", "pop": "Centro POP"}


def main() -> int:
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="redesuas-medidas-") as pasta:
        from suas.config.gerenciar import preparar_banco, preparar_django

        preparar_django(dados=Path(pasta))
        preparar_banco()
        codigos = [conferir_nos_formatos(), aplicar_unidades()]
    return max(codigos)


def conferir_nos_formatos() -> int:
    """Da leitura à prévia, sem banco."""
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


def aplicar_unidades() -> int:
    """As unidades de verdade, pelo importador da rede: novas, depois mudadas, contra o `executemany`."""
    from suas.cadastros.rede.models import Unidade
    from suas.cadastros.territorio.acoes import carregar_federacao
    from suas.cadastros.territorio.models import Municipio
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO

    carregar_federacao(por=ATOR_PUBLICO, em=AGORA)
    municipios = list(Municipio.objects.existentes_em(AGORA.year).values_list("pk", flat=True))
    placar = medida.Placar(f"\n{LINHAS} unidades pelo importador da rede, no SQLite, contra o executemany delas")
    tempos = {feito: _conferir_e_aplicar(municipios, feito) for feito in ("novas", "mudadas")}
    placar.exigir(f"as {LINHAS} unidades estão gravadas e mudadas", Unidade.objects.filter(versao=2).count() == LINHAS)
    base, nua = _executemany("rede_unidade"), _executemany("copia")
    placar.contar(f"executemany na mesma tabela: {medida.ms(base)}; numa cópia sem índice nem trilha: {medida.ms(nua)}")
    for feito, (antes, gravar, espera) in tempos.items():
        placar.contar(f"{feito}: conferir {medida.ms(antes)} fora da transação, gravar {medida.ms(gravar)} nela")
        placar.contar(f"{feito}: quem quis gravar enquanto isso esperou até {medida.ms(espera)}, no relógio")
        placar.conferir(
            f"{feito}: conferir e gravar, em vezes o executemany, processador",
            medido=(antes + gravar) / base,
            limite=VEZES_O_EXECUTEMANY,
            escrever=medida.vezes,
        )
    return placar.encerrar()


def _conferir_e_aplicar(municipios: list[str], feito: str) -> tuple[float, float, float]:
    """Processador de conferir e de gravar, e a maior espera de quem quis gravar nesse tempo."""
    from django.db import connection

    from suas.cadastros.rede.importadores import UNIDADES
    from suas.nucleo.identidade.models import Pessoa
    from suas.nucleo.importacoes.acoes import aplicacao, preparo
    from suas.nucleo.importacoes.models import Importacao, Situacao
    from suas.nucleo.permissoes.ator import Ator
    from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL
    from suas.nucleo.planilhas import pastas

    pessoa, _ = Pessoa.objects.get_or_create(email="medida@exemplo.gov.br", defaults={"nome": "Fulana do Exemplo"})
    por = Ator(pessoa=pessoa, vinculo=None, papel=ADMINISTRACAO_FEDERAL, abrangencia="BR")
    arquivo = _unidades(municipios, feito)
    importacao = preparo.receber(
        importador=UNIDADES,
        arquivo=f"{feito}.csv",
        conteudo=arquivo,
        quadro=pastas.ler(arquivo, reconhece=UNIDADES.reconhece),
        respostas={"fonte": "Medida"},
        por=por,
        em=AGORA,
    )
    Importacao.objects.filter(pk=importacao.pk).update(situacao=Situacao.APLICANDO)
    importacao.refresh_from_db()
    with _QuemQuerGravar(connection.settings_dict["NAME"]) as outro:
        comeco = time.process_time()
        adiantada = aplicacao.adiantar(importacao, UNIDADES, em=AGORA)
        meio = time.process_time()
        feita = aplicacao.aplicar(importacao=importacao, importador=UNIDADES, por=por, em=AGORA, adiantada=adiantada)
        fim = time.process_time()
    assert feita.situacao == Situacao.APLICADA and getattr(feita, feito) == LINHAS
    return meio - comeco, fim - meio, outro.espera


class _QuemQuerGravar:
    """Outra conexão, que abre uma transação de escrita a cada 20 ms e guarda a maior espera."""

    def __init__(self, arquivo: Any) -> None:
        self.arquivo, self.espera, self.fim = str(arquivo), 0.0, threading.Event()
        self.linha = threading.Thread(target=self._gravar)

    def __enter__(self) -> _QuemQuerGravar:
        self.linha.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.fim.set()
        self.linha.join()

    def _gravar(self) -> None:
        conexao = sqlite3.connect(self.arquivo, timeout=60, isolation_level=None)
        while not self.fim.wait(0.02):
            comeco = time.perf_counter()
            conexao.execute("BEGIN IMMEDIATE")
            conexao.execute("ROLLBACK")
            self.espera = max(self.espera, time.perf_counter() - comeco)
        conexao.close()


def _unidades(municipios: list[str], feito: str) -> bytes:
    """As 10.000 unidades, uma linha cada, com todas as colunas do modelo."""
    from suas.cadastros.rede.importadores import UNIDADES
    from suas.nucleo.planilhas import saida

    def linha(numero: int) -> list[Any]:
        municipio = municipios[numero % len(municipios)]
        return [
            *(f"{municipio[:6]}{numero:05d}", municipio, "CRAS", f"CRAS {numero}", "Rua", f"do Exemplo, {feito}"),
            *(str(numero), "", f"Bairro {numero % 500}", "Em frente à praça", "", "urbana", "-20,3155", "-40,3128"),
            *("(27) 3000-0000", "cras@exemplo.gov.br", 5000, "01/07/2007", "02/07/2007", 5, 8),
        ]

    colunas = tuple(saida.Coluna(codigo=c.codigo, nome=c.nome) for c in UNIDADES.do_modelo)
    return saida.escrever("csv-excel", saida.Folha(nome="", colunas=colunas, linhas=[linha(n) for n in range(LINHAS)]))


def _executemany(tabela: str) -> float:
    """Processador de pôr as mesmas linhas na tabela, já prontas, numa transação que se desfaz."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rede_unidade")
        linhas = cursor.fetchall()
        cursor.execute("CREATE TEMP TABLE copia AS SELECT * FROM rede_unidade WHERE 0")
        cursor.execute("DELETE FROM rede_unidade")
        inserir = f"INSERT INTO {tabela} VALUES ({', '.join(['%s'] * len(linhas[0]))})"

        medidas = []
        for _ in range(3):
            comeco = time.process_time()
            cursor.executemany(inserir, linhas)
            medidas.append(time.process_time() - comeco)
            cursor.execute(f"DELETE FROM {tabela}")
        transaction.set_rollback(True)
    return medida.mediana(medidas)


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
