"""Escrever ODS: um zip com o mínimo que o LibreOffice pede, em texto corrido.

odfpy monta um objeto por célula: 5.570 linhas de 8 colunas levaram 10 s; aqui, 0,1 s (docs/adr/0037).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

TIPO = "application/vnd.oasis.opendocument.spreadsheet"
_ESPACOS = " ".join(
    f'xmlns:{nome}="urn:oasis:names:tc:opendocument:xmlns:{caminho}:1.0"'
    for nome, caminho in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
    )
)
_ESTILOS = (
    '<office:automatic-styles><number:date-style style:name="N1"><number:day number:style="long"/><number:text>/'
    '</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    '</number:date-style><style:style style:name="dia" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="titulo" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style></office:automatic-styles>"
)
_MANIFESTO = (
    f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {_ESPACOS} manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TIPO}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def escrever_ods(folhas: Sequence[tuple[str, Sequence[str], Iterable[Sequence[object]]]]) -> bytes:
    """Cada folha é nome, cabeçalho e linhas; número, data e texto vão com o tipo."""
    saida = io.BytesIO()
    with zipfile.ZipFile(saida, "w", zipfile.ZIP_DEFLATED) as pasta:
        pasta.writestr(zipfile.ZipInfo("mimetype"), TIPO)  # o primeiro, e sem compressão
        pasta.writestr("META-INF/manifest.xml", _MANIFESTO)
        with pasta.open("content.xml", "w", force_zip64=False) as arquivo:
            arquivo.write(
                f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ESPACOS} office:version="1.2">'
                f"{_ESTILOS}<office:body><office:spreadsheet>".encode()
            )
            for nome, cabecalho, linhas in folhas:
                arquivo.write(f"<table:table table:name={quoteattr(nome)}>".encode())
                arquivo.write(_linha([_celula(titulo, estilo="titulo") for titulo in cabecalho]))
                for linha in linhas:
                    arquivo.write(_linha([_celula(valor) for valor in linha]))
                arquivo.write(b"</table:table>")
            arquivo.write(b"</office:spreadsheet></office:body></office:document-content>")
    return saida.getvalue()


def _linha(celulas: list[str]) -> bytes:
    return f"<table:table-row>{''.join(celulas)}</table:table-row>".encode()


def _celula(valor: object, *, estilo: str = "") -> str:
    do_estilo = f' table:style-name="{estilo}"' if estilo else ""
    if valor is None or valor == "":
        return "<table:table-cell/>"
    if isinstance(valor, bool):
        valor = "sim" if valor else "não"
    if isinstance(valor, int | float | Decimal):
        return _com_tipo(f'office:value-type="float" office:value="{valor}"', str(valor))
    if isinstance(valor, date) and not isinstance(valor, datetime):
        tipo = f'table:style-name="dia" office:value-type="date" office:date-value="{valor.isoformat()}"'
        return _com_tipo(tipo, f"{valor:%d/%m/%Y}")
    texto = escape(_sem_controle(str(valor)))
    paragrafos = "".join(f"<text:p>{parte}</text:p>" for parte in texto.split("\n"))
    return f'<table:table-cell{do_estilo} office:value-type="string">{paragrafos}</table:table-cell>'


def _com_tipo(tipo: str, texto: str) -> str:
    return f"<table:table-cell {tipo}><text:p>{texto}</text:p></table:table-cell>"


def _sem_controle(texto: str) -> str:
    """O XML não aceita caracteres de controle."""
    return "".join(letra for letra in texto if letra >= " " or letra in "\n\t")
