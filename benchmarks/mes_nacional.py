"""O mês nacional que chega pronto: 13.000 unidades, cada uma com os itens do próprio formulário, conferidas e gravadas.

    .venv/bin/python benchmarks/mes_nacional.py
    REDESUAS_FRICTIONLESS=/caminho/bin/python .venv/bin/python benchmarks/mes_nacional.py   # com o par ao lado

8.500 CRAS (25 itens), 3.000 CREAS (39) e 1.500 Centros POP (14), numa planilha por formulário. Mede ler e conferir as
células, conferir as regras de cada formulário, e gravar tudo (envios, fatos, entregas, trilha). O par, `frictionless
validate` dos mesmos arquivos, só confere o tipo das células; corre na mesma hora, noutro Python, se se diz qual.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import medida

QUANTAS = {"RMA-CRAS": ("cras", 8_500), "RMA-CREAS": ("creas", 3_000), "RMA-POP": ("centro_pop", 1_500)}
AGORA = datetime(2026, 11, 22, 12, tzinfo=UTC)
MES = "10/2026"
ALVO = 5.0
LIMITE_DA_TELA = 0.200
DO_PAR = """
import csv, json, os, sys, time
from frictionless import Resource, Schema, validate
pasta, linhas, gasto = sys.argv[1], 0, 0.0
os.chdir(pasta)
for nome in sorted(os.listdir(".")):
    colunas = next(csv.reader(open(nome, encoding="utf-8"), delimiter=";"))
    campos = [{"name": colunas[0], "type": "string", "constraints": {"required": True}}]
    campos += [{"name": c, "type": "integer", "constraints": {"required": True, "minimum": 0}} for c in colunas[1:]]
    from frictionless import Dialect
    from frictionless.formats import CsvControl
    recurso = Resource(path=nome, schema=Schema.from_descriptor({"fields": campos}),
                       dialect=Dialect(controls=[CsvControl(delimiter=";")]))
    comeco = time.process_time()
    relatorio = validate(recurso)
    gasto += time.process_time() - comeco
    assert relatorio.valid, relatorio.flatten(["rowNumber", "fieldName", "type"])[:3]
    linhas += relatorio.tasks[0].stats["rows"]
print(json.dumps({"linhas": linhas, "segundos": gasto}))
"""


def main() -> int:
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="redesuas-medidas-") as pasta:
        from suas.config.gerenciar import preparar_banco, preparar_django

        preparar_django(dados=Path(pasta))
        preparar_banco()
        from suas.cadastros.territorio.acoes import carregar_federacao
        from suas.nucleo.permissoes.ator import ATOR_PUBLICO

        carregar_federacao(por=ATOR_PUBLICO, em=AGORA)
        arquivos = semear(Path(pasta, "planilhas"))
        do_par = medir_o_par(Path(pasta, "planilhas"))
        return medir(arquivos, do_par)


def semear(pasta: Path) -> dict[str, bytes]:
    """As unidades pelo país e um arquivo por formulário, com números que as regras aceitam."""
    from normas.base.competencia import Competencia
    from normas.registros.leitura import formulario
    from suas.cadastros.rede.models import Unidade
    from suas.cadastros.territorio.models import Municipio

    pasta.mkdir()
    municipios = list(Municipio.objects.existentes_em(AGORA.year).order_by("pk").values_list("pk", flat=True))
    sorte, arquivos = Random(3), {}
    for codigo, (tipo, quantas) in QUANTAS.items():
        unidades = [
            Unidade(
                identificador=f"{municipios[n * 7 % len(municipios)][:6]}{len(arquivos)}{n:04d}",
                nome=f"{tipo} {n}",
                nome_busca=f"{tipo} {n}",
                tipo=tipo,
                municipio_id=municipios[n * 7 % len(municipios)],
                mudada_em=AGORA,
            )
            for n in range(quantas)
        ]
        Unidade.objects.bulk_create(unidades, batch_size=1_000)
        itens = formulario(codigo, em=Competencia(2026, 10)).itens
        linhas = [";".join(["unidade", *itens])]
        for unidade in unidades:
            numeros = dict.fromkeys(itens, 0) | {
                codigo_do_item: sorte.randrange(5, 90)
                for codigo_do_item, item in itens.items()
                if item.desdobramento is None and codigo_do_item[0] in "CDM" and codigo == "RMA-CRAS"
            }
            numeros |= {"A.1": 0 if codigo == "RMA-POP" else sorte.randrange(40, 160)}
            linhas.append(";".join([unidade.identificador or "", *map(str, numeros.values())]))
        arquivos[codigo] = ("\n".join(linhas) + "\n").encode()
        (pasta / f"{codigo}.csv").write_bytes(arquivos[codigo])
    return arquivos


def medir_o_par(pasta: Path) -> dict[str, float] | None:
    """Linhas e segundos de processador do frictionless, se há um Python que o tenha."""
    outro = os.environ.get("REDESUAS_FRICTIONLESS")
    if not outro:
        return None
    feito = subprocess.run([outro, "-c", DO_PAR, str(pasta)], check=True, capture_output=True, text=True)
    lido: dict[str, float] = json.loads(feito.stdout.strip().splitlines()[-1])
    return lido


def medir(arquivos: dict[str, bytes], do_par: dict[str, float] | None) -> int:
    """Cada planilha pelo importador da casa: conferir e depois gravar."""
    from suas.nucleo.identidade.models import Pessoa
    from suas.nucleo.permissoes.ator import Ator
    from suas.nucleo.permissoes.papeis import VIGILANCIA_MUNICIPAL
    from suas.vigilancia.fatos.models import FatoDaUnidade
    from suas.vigilancia.mensais.models import Envio
    from suas.vigilancia.remessas.importadores import IMPORTADORES

    pessoa, _ = Pessoa.objects.get_or_create(email="medida@exemplo.gov.br", defaults={"nome": "Fulana do Exemplo"})
    por = Ator(pessoa=pessoa, vinculo=None, papel=VIGILANCIA_MUNICIPAL, abrangencia="BR")
    gastos = {"células": 0.0, "conferir": 0.0, "gravar": 0.0}
    for importador in IMPORTADORES:
        for etapa, quanto in _uma(importador, arquivos[importador.codigo.upper()], por).items():
            gastos[etapa] += quanto
    linhas = sum(quantas for _, quantas in QUANTAS.values())
    placar = medida.Placar(f"Mês nacional: {linhas} unidades em três planilhas, tempo de processador")
    inteiro = gastos["conferir"] + gastos["gravar"]
    placar.contar(f"só as células: {gastos['células']:.2f} s, {linhas / gastos['células']:.0f} linhas por segundo")
    placar.contar(f"células e regras: {gastos['conferir']:.2f} s, {linhas / gastos['conferir']:.0f} linhas por segundo")
    placar.contar(f"com a gravação: {inteiro:.2f} s, {linhas / inteiro:.0f} linhas por segundo")
    placar.exigir(f"{linhas} envios e {linhas} fatos", Envio.objects.count() == FatoDaUnidade.objects.count() == linhas)
    _somas(placar)
    if do_par is None:
        placar.contar("sem REDESUAS_FRICTIONLESS: o par não correu")
    else:
        ritmo = do_par["linhas"] / do_par["segundos"]
        placar.contar(f"frictionless, que só confere as células: {do_par['segundos']:.2f} s, {ritmo:.0f} por segundo")
        placar.contar(f"só as células, a casa faz {medida.vezes(linhas / gastos['células'] / ritmo)} as linhas do par")
        placar.contar(f"o trabalho inteiro, {medida.vezes(linhas / inteiro / ritmo)} (queria-se {medida.vezes(ALVO)})")
    return placar.encerrar()


def _somas(placar: medida.Placar) -> None:
    """O país somado na hora, item por item, e a comparação com as unidades parecidas."""
    from normas.base.competencia import Competencia
    from suas.cadastros.rede.models import Unidade
    from suas.vigilancia.devolutiva import consultas as devolutiva
    from suas.vigilancia.fatos import consultas as fatos

    outubro = Competencia(2026, 10)
    do_pais = medida.tempos(lambda: fatos.do_lugar("BR", formulario="RMA-CRAS", competencia=outubro), vezes=9)
    placar.conferir_tempos("a soma do país, 8.500 CRAS", do_pais, limite=LIMITE_DA_TELA)
    unidade = Unidade.objects.filter(tipo="cras").select_related("municipio").order_by("pk")[4_000]
    da_unidade = medida.tempos(
        lambda: devolutiva.devolutiva_de(unidade, competencia=outubro).comparados, vezes=9, aquecer=1
    )
    placar.conferir_tempos("a devolutiva de um CRAS", da_unidade, limite=LIMITE_DA_TELA)


def _uma(importador: Any, arquivo: bytes, por: Any) -> dict[str, float]:
    """Segundos de processador de cada etapa de uma planilha."""
    from suas.nucleo.importacoes import conferencia
    from suas.nucleo.importacoes.registro import Linha, Lote, Pedido
    from suas.nucleo.planilhas import pastas
    from suas.nucleo.planilhas.celulas import Jeito

    pedido = Pedido(respostas={"mes": importador.perguntas[0].ler(MES, Jeito())}, abrangencia="BR", em=AGORA)
    comeco = time.process_time()
    quadro = pastas.ler(arquivo, reconhece=importador.reconhece)
    destinos = conferencia.sugerir_destinos(importador, quadro.colunas)
    colunas = [(posicao, importador.coluna(codigo)) for posicao, codigo in destinos.items()]
    for numero, celulas in quadro.linhas:
        Linha(numero=numero, valores={c.codigo: c.ler(celulas[p], Jeito()) for p, c in colunas if celulas[p]})
    celulas_lidas = time.process_time() - comeco

    comeco = time.process_time()
    quadro = pastas.ler(arquivo, reconhece=importador.reconhece)
    feita = conferencia.conferir(importador, quadro, conferencia.Escolhas(destinos=destinos), pedido)
    conferida = time.process_time() - comeco
    assert not feita.previa.faltas, feita.previa.faltas[:3]

    comeco = time.process_time()
    importador.aplicar(
        Lote(
            importacao=por.pessoa.pk, arquivo="mes.csv", linhas=feita.a_gravar, pedido=pedido, conjunto=feita.conjunto
        ),
        por=por,
        em=AGORA,
    )
    return {"células": celulas_lidas, "conferir": conferida, "gravar": time.process_time() - comeco}


if __name__ == "__main__":
    sys.exit(main())
