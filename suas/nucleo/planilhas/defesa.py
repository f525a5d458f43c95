"""Examina uma pasta XLSX ou ODS antes de a abrir: é um zip de XML, e os dois se prestam a esgotar a máquina.

O exame descompacta por partes, contando de verdade, e recusa o que expande demais, declara entidades, ou diz ocupar
mais linhas e colunas do que o sistema lê: uma célula só em XFD1048576 faria o leitor reservar a folha inteira.
"""

from __future__ import annotations

import io
import re
import zipfile

from suas.nucleo.planilhas.leitura import LINHAS_MAXIMAS, PlanilhaIlegivel

PARTES_MAXIMAS = 500
EXPANDIDO_MAXIMO_MB = 150
LINHAS_NA_FOLHA = LINHAS_MAXIMAS + 500
COLUNAS_NA_FOLHA = 351  # até MM: o leitor reserva linhas vezes colunas, e isto não passa de meio gigabyte
_PEDACO = 1 << 20
_EMENDA = 64  # o que se repete entre pedaços, para achar o que fica na divisa
_ENTIDADE = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MARCAS_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_CELULA = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_REPETE = re.compile(rb"""number-(rows|columns)-repeated\s*(?:=\s*["']([0-9]{1,7})["'])?""")
_VALOR = re.compile(rb"value-type|<text:p")
_GRANDE = "O arquivo se expande para mais de {mb} MB. Apague imagens e abas que não são para importar e salve de novo."
_ESTRANHO = "O arquivo não está como o Excel ou o LibreOffice o salvam. Abra-o num deles, salve de novo e envie."
_FOLHA = (
    "A planilha tem células usadas até a linha {linha}, coluna {coluna}; lê-se até {linhas} linhas e {colunas} "
    "colunas. Apague as linhas e colunas vazias do fim, ou divida-a, e salve de novo."
)


def examinar(conteudo: bytes) -> str:
    """Recusa o que não é seguro abrir; devolve “xlsx” ou “ods”."""
    try:
        with zipfile.ZipFile(io.BytesIO(conteudo)) as pasta:
            return _examinar(pasta)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as erro:
        raise PlanilhaIlegivel(
            "O arquivo está incompleto ou protegido por senha. Abra-o, salve uma cópia sem senha e envie de novo."
        ) from erro


def _examinar(pasta: zipfile.ZipFile) -> str:
    partes = pasta.infolist()
    nomes = {parte.filename for parte in partes}
    if len(partes) > PARTES_MAXIMAS or len(nomes) != len(partes):
        raise PlanilhaIlegivel(_ESTRANHO)
    formato = "xlsx" if "xl/workbook.xml" in nomes else "ods" if "content.xml" in nomes else ""
    if not formato:
        raise PlanilhaIlegivel(
            "O arquivo é um zip que não é planilha do Excel (.xlsx) nem do LibreOffice (.ods). "
            "Se é .xlsb ou .numbers, abra-o e salve como .xlsx."
        )
    limite = EXPANDIDO_MAXIMO_MB * 1024 * 1024
    if sum(parte.file_size for parte in partes) > limite:
        raise PlanilhaIlegivel(_GRANDE.format(mb=EXPANDIDO_MAXIMO_MB))
    for parte in partes:
        # o zip que mente o tamanho cai aqui: lê-se até o declarado, e o resumo do resto não confere
        if parte.filename.lower().endswith((".xml", ".rels")):
            _examinar_xml(pasta, parte, formato)
        else:
            with pasta.open(parte) as arquivo:
                while arquivo.read(_PEDACO):
                    pass
    return formato


def _examinar_xml(pasta: zipfile.ZipFile, parte: zipfile.ZipInfo, formato: str) -> None:
    folha = parte.filename.startswith("xl/worksheets/")
    if formato == "ods" and parte.filename == "content.xml":
        with pasta.open(parte) as arquivo:
            texto = arquivo.read()
        _sem_entidade(texto, comeco=True)
        _examinar_repeticoes(texto)
        return
    resto, comeco = b"", True
    with pasta.open(parte) as arquivo:
        while lido := arquivo.read(_PEDACO):
            texto = resto + lido
            _sem_entidade(texto, comeco=comeco)
            if folha:
                for coluna, linha in set(_CELULA.findall(texto)):
                    _cabe(int(linha), _numero(coluna))
            resto, comeco = texto[-_EMENDA:], False


def _sem_entidade(texto: bytes, *, comeco: bool) -> None:
    if (comeco and texto.startswith(_MARCAS_UTF16)) or _ENTIDADE.search(texto):
        raise PlanilhaIlegivel(_ESTRANHO)


def _examinar_repeticoes(texto: bytes) -> None:
    """No ODS, “repetida 1.048.576 vezes” cabe em poucas letras: conta quantas células com valor isso daria."""
    linhas = maior = 0
    for pedaco in re.split(rb"<table:table-row\b", texto)[1:]:
        vezes = 1
        colunas = larga = 0
        for celula in re.split(rb"<table:(?:covered-)?table-cell\b", pedaco):
            repete = {}
            for qual, quantas in _REPETE.findall(celula):
                if not quantas:
                    raise PlanilhaIlegivel(_ESTRANHO)
                repete[qual] = int(quantas)
            vezes = repete.get(b"rows", vezes)
            colunas += repete.get(b"columns", 1)
            if _VALOR.search(celula):
                larga = colunas
        if larga:
            linhas += vezes
            maior = max(maior, larga)
    _cabe(linhas, maior)


def _cabe(linha: int, coluna: int) -> None:
    if linha > LINHAS_NA_FOLHA or coluna > COLUNAS_NA_FOLHA:
        raise PlanilhaIlegivel(
            _FOLHA.format(linha=linha, coluna=coluna, linhas=LINHAS_MAXIMAS, colunas=COLUNAS_NA_FOLHA)
        )


def _numero(letras: bytes) -> int:
    """AA é 27."""
    numero = 0
    for letra in letras.upper():
        numero = numero * 26 + letra - 64
    return numero
