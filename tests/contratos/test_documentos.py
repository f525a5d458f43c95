"""Os documentos não apontam para o que não existe, e o manual fala com as palavras das telas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from suas.nucleo.permissoes.papeis import PAPEIS
from tests.contratos import arquivos

LIGACAO = re.compile(r"\]\(([^)\s]+)\)")
ROTULO = re.compile(r"\*\*“([^”]+)”\*\*")
BLOCO = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _documentos() -> list[Path]:
    return [arquivo for arquivo in arquivos.com_final(".md") if not arquivos.e_de_teste(arquivo)]


def _ligacoes(documento: Path) -> Iterator[tuple[str, str]]:
    """Caminho e âncora de cada ligação local."""
    for destino in LIGACAO.findall(documento.read_text("utf-8")):
        if "://" not in destino and not destino.startswith("mailto:"):
            caminho, _, ancora = destino.partition("#")
            yield caminho, ancora


def _ancoras(documento: Path) -> set[str]:
    """As âncoras dos títulos, como os repositórios as fazem: minúsculas, sem pontuação, espaços viram traços."""
    titulos = re.findall(r"^#+ (.+)$", documento.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", titulo.lower()).replace(" ", "-") for titulo in titulos}


@cache
def _palavras_das_telas() -> str:
    """O texto de todas as páginas, formulários e menus."""
    fontes = [*arquivos.com_final(".jinja"), *arquivos.com_final(".py")]
    textos = (fonte.read_text("utf-8") for fonte in fontes if not arquivos.e_de_teste(fonte))
    return unicodedata.normalize("NFC", "\n".join(textos))


def test_toda_ligacao_dos_documentos_leva_a_um_arquivo_que_existe() -> None:
    mortas = [
        f"{arquivos.relativo(documento)} → {caminho}"
        for documento in _documentos()
        for caminho, _ in _ligacoes(documento)
        if caminho and not (documento.parent / caminho).exists()
    ]

    assert not mortas, f"Corrija ou crie o destino: {mortas}"


def test_toda_ancora_dos_documentos_leva_a_um_titulo_que_existe() -> None:
    mortas = [
        f"{arquivos.relativo(documento)} → {caminho}#{ancora}"
        for documento in _documentos()
        for caminho, ancora in _ligacoes(documento)
        if ancora and (alvo := documento.parent / caminho if caminho else documento).suffix == ".md" and alvo.exists()
        if ancora not in _ancoras(alvo)
    ]

    assert not mortas, f"O título mudou: {mortas}"


def test_cada_rotulo_citado_no_manual_esta_numa_tela() -> None:
    manual = sorted((arquivos.RAIZ / "docs/manual").glob("*.md"))
    citados = [(pagina.name, rotulo) for pagina in manual for rotulo in ROTULO.findall(pagina.read_text("utf-8"))]
    ausentes = [f"{pagina}: “{rotulo}”" for pagina, rotulo in citados if rotulo not in _palavras_das_telas()]

    assert len(citados) > 30
    assert not ausentes, f"A tela diz outra coisa; acerte o manual: {ausentes}"


def test_o_manual_diz_a_cada_papel_que_pagina_ler() -> None:
    indice = (arquivos.RAIZ / "docs/manual/README.md").read_text("utf-8").casefold()
    linhas = [linha for linha in indice.splitlines() if linha.startswith("| ") and ".md)" in linha]
    sem_pagina = [
        papel.nome for papel in PAPEIS.values() if not any(papel.nome.casefold() in linha for linha in linhas)
    ]

    assert not sem_pagina, f"Acrescente ao índice do manual a linha de quem age como: {sem_pagina}"


def test_o_indice_dos_documentos_traz_toda_decisao_com_o_titulo_dela() -> None:
    indice = (arquivos.RAIZ / "docs/README.md").read_text("utf-8")
    faltam = [
        decisao.name
        for decisao in sorted((arquivos.RAIZ / "docs/adr").glob("*.md"))
        if f"[{decisao.read_text('utf-8').splitlines()[0].removeprefix('# ')}](adr/{decisao.name})" not in indice
    ]

    assert not faltam, f"Acrescente ao índice, com o título da decisão: {faltam}"


def test_os_dois_comandos_sao_os_dois_primeiros_blocos_de_cada_leia_me() -> None:
    for nome in ("README.md", "LEIAME.md"):
        blocos = BLOCO.findall((arquivos.RAIZ / nome).read_text("utf-8"))

        assert blocos[:2] == ["./redesuas subir\n", "./redesuas testar\n"], nome


def test_toda_decisao_citada_no_codigo_existe() -> None:
    existentes = {decisao.name[:4] for decisao in (arquivos.RAIZ / "docs/adr").glob("*.md")}
    citadas = {
        (arquivos.relativo(fonte), numero)
        for fonte in arquivos.com_final(".py", ".yaml", ".jinja", ".md")
        for numero in re.findall(r"ADR (\d{4})", fonte.read_text("utf-8"))
    }
    ausentes = sorted((fonte, numero) for fonte, numero in citadas if numero not in existentes)

    assert citadas
    assert not ausentes, f"Escreva a decisão ou corrija o número: {ausentes}"
