"""Ler qualquer planilha que as pessoas mandam: CSV, XLSX ou ODS. Toda célula vira texto, como se escreve aqui.

O número do Excel vira “1234” ou “1234,5”, a data vira “31/12/2025”, verdadeiro e falso viram “sim” e “não”: quem
confere recebe o mesmo, venha a tabela de onde vier. Texto é texto: “0320530” guarda o zero.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from suas.nucleo.planilhas import leitura
from suas.nucleo.planilhas.defesa import examinar
from suas.nucleo.planilhas.leitura import ASSINATURA_ZIP, Limites, Linha, Planilha, PlanilhaIlegivel
from suas.nucleo.planilhas.quadro import Numerada, Quadro, montar

ASSINATURA_OLE = b"\xd0\xcf\x11\xe0"
#: A aba do nosso modelo que explica as colunas.
ABA_DE_AJUDA = "Como preencher"
_ILEGIVEL = "O arquivo não pôde ser lido como planilha. Abra-o no Excel ou no LibreOffice, salve de novo e envie."


def ler(
    conteudo: bytes,
    *,
    aba: str = "",
    reconhece: Callable[[str], bool] = lambda nome: False,
    limites: Limites = Limites(),  # noqa: B008  # não muda
) -> Quadro:
    """Lê o arquivo inteiro, seja de que tipo for. `reconhece` diz se um texto é nome de coluna que se espera.

    Erros: `PlanilhaIlegivel`, com o que fazer.
    """
    if len(conteudo) > limites.megas * 1024 * 1024:
        raise PlanilhaIlegivel(f"O arquivo passa de {limites.megas} MB. Divida-o em partes menores.")
    if conteudo.startswith(ASSINATURA_OLE):
        raise PlanilhaIlegivel(
            "O arquivo é do Excel antigo (.xls) ou tem senha. Abra-o e salve como .xlsx, sem senha, ou como CSV."
        )
    if not conteudo.startswith(ASSINATURA_ZIP):
        linhas_do_csv = leitura.linhas_do_csv(conteudo, megas=limites.megas)
        return montar(linhas_do_csv, formato="csv", reconhece=reconhece, maximo=limites.linhas)
    formato = examinar(conteudo)
    abas, escolhida, linhas = _abrir(conteudo, aba=aba)
    return montar(linhas, formato=formato, abas=abas, aba=escolhida, reconhece=reconhece)


def ler_planilha(conteudo: bytes) -> Planilha:
    """O mesmo, com nomes de coluna em minúsculas; do CSV, o cabeçalho é a primeira linha, com as recusas de sempre."""
    if not conteudo.startswith((ASSINATURA_ZIP, ASSINATURA_OLE)):
        return leitura.ler_csv(conteudo)
    quadro = ler(conteudo)
    colunas = tuple(nome.lower() for nome in quadro.colunas)
    linhas = (Linha(numero=n, celulas=dict(zip(colunas, celulas, strict=True))) for n, celulas in quadro.linhas)
    return Planilha(colunas=colunas, linhas=tuple(linhas))


def _abrir(conteudo: bytes, *, aba: str) -> tuple[tuple[str, ...], str, list[Numerada]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(conteudo)) as pasta:
            a_vista = [folha.name for folha in pasta.sheets_metadata if folha.visible == SheetVisibleEnum.Visible]
            abas = tuple(nome for nome in a_vista if nome != ABA_DE_AJUDA) or tuple(pasta.sheet_names)
            escolhida = aba if aba in abas else ""
            for nome in [escolhida] if escolhida else abas:
                linhas = list(_linhas(pasta.get_sheet_by_name(nome).to_python(skip_empty_area=False)))
                if linhas:
                    return abas, nome, linhas
            return abas, escolhida or abas[0], []
    except (CalamineError, IndexError) as erro:
        raise PlanilhaIlegivel(_ILEGIVEL) from erro


def _linhas(celulas: list[list[Any]]) -> Iterator[Numerada]:
    for numero, linha in enumerate(celulas, start=1):
        textos = [_texto(valor) for valor in linha]
        while textos and not textos[-1]:
            textos.pop()
        if textos:
            yield numero, textos


def _texto(valor: Any) -> str:
    """A célula como se escreveria à mão."""
    if isinstance(valor, str):
        return valor.strip()
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if isinstance(valor, int | float):
        return _numero(valor)
    if isinstance(valor, datetime):
        return f"{valor:%d/%m/%Y}" if valor.time() == time() else f"{valor:%d/%m/%Y %H:%M}"
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    if isinstance(valor, time):
        return f"{valor:%H:%M}"
    if isinstance(valor, timedelta):
        minutos = int(valor.total_seconds() // 60)
        return f"{minutos // 60}:{minutos % 60:02d}"
    return ""


def _numero(valor: int | float) -> str:
    """Sem milhar e com vírgula decimal; o menor texto que volta ao mesmo número."""
    if isinstance(valor, float) and valor.is_integer() and abs(valor) < 1e15:
        return str(int(valor))
    return f"{Decimal(repr(valor)):f}".replace(".", ",") if isinstance(valor, float) else str(valor)
