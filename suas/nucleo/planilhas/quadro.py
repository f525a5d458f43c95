"""O que se leu de uma planilha, seja CSV, XLSX ou ODS: colunas com nome e linhas numeradas como no arquivo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from suas.nucleo.planilhas.leitura import LINHAS_MAXIMAS, PlanilhaIlegivel, de_outro_tamanho

COLUNAS_MAXIMAS = 300
LINHAS_ANTES_DO_CABECALHO = 15
Numerada = tuple[int, list[str]]


@dataclass(frozen=True, kw_only=True)
class Quadro:
    """A tabela de uma aba. `cabecalho` é a linha do arquivo com os nomes; as vazias não entram em `linhas`."""

    formato: str
    abas: tuple[str, ...]
    aba: str
    cabecalho: int
    colunas: tuple[str, ...]
    linhas: tuple[Numerada, ...]


def montar(
    numeradas: Iterable[Numerada],
    *,
    formato: str,
    abas: tuple[str, ...] = (),
    aba: str = "",
    reconhece: Callable[[str], bool] = lambda nome: False,
    maximo: int = LINHAS_MAXIMAS,
) -> Quadro:
    """Acha o cabeçalho e monta o quadro.

    O cabeçalho é, entre as primeiras linhas, a que tem mais nomes que `reconhece`; sem nenhum, a primeira com texto.
    Coluna sem nome, mas com dados, é chamada pela letra; nome repetido ganha um número.
    """
    # o mesmo texto se repete muito de linha em linha: guarda-se uma vez só
    vistos: dict[str, str] = {}
    cheias = [
        (numero, [vistos.setdefault(celula, celula) for celula in celulas])
        for numero, celulas in numeradas
        if any(celulas)
    ]
    if not cheias:
        raise PlanilhaIlegivel("A planilha está vazia. Confira se os dados foram salvos e se estão na aba escolhida.")
    onde = _do_cabecalho(cheias[:LINHAS_ANTES_DO_CABECALHO], reconhece)
    numero, nomes = cheias[onde]
    linhas = cheias[onde + 1 :]
    if len(linhas) > maximo:
        quantas = f"{maximo:,}".replace(",", ".")
        raise PlanilhaIlegivel(f"A planilha passa de {quantas} linhas. Divida-a em partes menores.")
    if formato == "csv":  # no texto, célula sem cabeçalho é separador sobrando: as seguintes estariam fora do lugar
        for outra, celulas in linhas:
            if len(celulas) > len(nomes):
                raise de_outro_tamanho(outra, len(celulas), len(nomes))
    largura = max([len(nomes), *(len(celulas) for _, celulas in linhas)])
    usadas = [i for i in range(largura) if (i < len(nomes) and nomes[i]) or _tem_dado(linhas, i)]
    if len(usadas) > COLUNAS_MAXIMAS:
        raise PlanilhaIlegivel(f"A planilha passa de {COLUNAS_MAXIMAS} colunas. Apague as que não são para importar.")
    return Quadro(
        formato=formato,
        abas=abas,
        aba=aba,
        cabecalho=numero,
        colunas=_nomes([nomes[i] if i < len(nomes) else "" for i in usadas], usadas),
        linhas=tuple((n, [c[i] if i < len(c) else "" for i in usadas]) for n, c in linhas),
    )


def _do_cabecalho(primeiras: list[Numerada], reconhece: Callable[[str], bool]) -> int:
    """A posição da linha com mais nomes reconhecidos; empate, a primeira."""
    contagem = [sum(reconhece(celula) for celula in celulas if celula) for _, celulas in primeiras]
    return max(range(len(primeiras)), key=lambda i: (contagem[i], -i))


def _tem_dado(linhas: list[Numerada], coluna: int) -> bool:
    return any(coluna < len(celulas) and celulas[coluna] for _, celulas in linhas)


def _nomes(nomes: list[str], posicoes: list[int]) -> tuple[str, ...]:
    """Um nome diferente para cada coluna."""
    vistos: Counter[str] = Counter()
    prontos = []
    for nome, posicao in zip(nomes, posicoes, strict=True):
        base = " ".join(nome.split())[:120] or f"coluna {letra(posicao)}"
        vistos[base.lower()] += 1
        prontos.append(base if vistos[base.lower()] == 1 else f"{base} ({vistos[base.lower()]})")
    return tuple(prontos)


def letra(posicao: int) -> str:
    """A letra da coluna, como na planilha: 0 é A, 26 é AA."""
    texto = ""
    posicao += 1
    while posicao:
        posicao, resto = divmod(posicao - 1, 26)
        texto = chr(65 + resto) + texto
    return texto
