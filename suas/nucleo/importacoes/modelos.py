"""As planilhas que o motor escreve: o modelo de cada tipo e a das faltas."""

from __future__ import annotations

from suas.nucleo.importacoes import consultas
from suas.nucleo.importacoes.acoes.preparo import COLUNA_DA_LINHA, COLUNA_DO_MOTIVO
from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.importacoes.registro import Importador
from suas.nucleo.planilhas.leitura import PlanilhaIlegivel
from suas.nucleo.planilhas.pastas import ABA_DE_AJUDA
from suas.nucleo.planilhas.saida import Coluna, Folha, escrever


def modelo(importador: Importador, *, formato: str) -> bytes:
    """Os nomes das colunas e uma linha de exemplo, que não se importa; no CSV a explicação vai na linha de cima."""
    pedidas = importador.do_modelo
    colunas = tuple(Coluna(codigo=c.nome, nome=c.nome) for c in pedidas)
    exemplo = [c.exemplo for c in pedidas]
    if formato == "csv":
        ajudas = tuple(Coluna(codigo=c.ajuda, nome=c.ajuda) for c in pedidas)
        nomes = [c.nome for c in pedidas]
        return escrever("csv-excel", Folha(nome="", colunas=ajudas, linhas=[nomes, exemplo]))
    ajuda = Folha(
        nome=ABA_DE_AJUDA,
        colunas=tuple(Coluna(codigo=n, nome=n) for n in ("Coluna", "Precisa?", "Como preencher", "Exemplo")),
        linhas=[[c.nome, "sim" if c.obrigatoria else "não", c.ajuda, c.exemplo] for c in pedidas],
    )
    return escrever(formato, Folha(nome="Planilha", colunas=colunas, linhas=[exemplo]), outras=[ajuda])


def faltas(importacao: Importacao, importador: Importador, *, formato: str) -> bytes:
    """As linhas com falta, com as colunas do arquivo, a linha dele e o que há de errado. Serve para reenviar."""
    previa = consultas.previa_de(importacao)
    if previa is None or not previa.faltas:
        raise PlanilhaIlegivel("Esta planilha não tem linhas com falta para baixar.")
    quadro = consultas.quadro_de(importacao, importador)
    correcoes = consultas.correcoes_de(importacao)
    destinos = consultas.destinos_de(importacao)
    motivos: dict[int, list[str]] = {}
    for falta in previa.faltas:
        onde = f"{importador.coluna(falta.coluna).nome}: " if falta.coluna else ""
        motivos.setdefault(falta.linha, []).append(f"{onde}{falta.mensagem}")
    nomes = (COLUNA_DA_LINHA, COLUNA_DO_MOTIVO, *quadro.colunas)
    linhas = (
        [
            numero,
            "; ".join(motivos[numero]),
            *(correcoes.get(f"{numero}:{destinos.get(p, '')}", celula) for p, celula in enumerate(celulas)),
        ]
        for numero, celulas in quadro.linhas
        if numero in motivos
    )
    folha = Folha(nome="Faltas", colunas=tuple(Coluna(codigo=n, nome=n) for n in nomes), linhas=linhas)
    return escrever("csv-excel" if formato == "csv" else formato, folha)
