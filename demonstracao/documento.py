"""Um PDF de uma página, escrito à mão, para as peças da demonstração."""

from __future__ import annotations


def pdf(linhas: list[str]) -> bytes:
    """PDF mínimo com as linhas de texto (Latin-1); o mesmo texto dá sempre os mesmos bytes."""
    texto = "BT /F1 12 Tf 60 780 Td 18 TL " + " ".join(f"({_escapar(linha)}) Tj T*" for linha in linhas) + " ET"
    conteudo = texto.encode("latin-1")
    objetos = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(conteudo), conteudo),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    saida = bytearray(b"%PDF-1.4\n")
    posicoes = []
    for numero, objeto in enumerate(objetos, start=1):
        posicoes.append(len(saida))
        saida += b"%d 0 obj\n%s\nendobj\n" % (numero, objeto)
    inicio = len(saida)
    saida += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1)
    saida += b"".join(b"%010d 00000 n \n" % posicao for posicao in posicoes)
    saida += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objetos) + 1, inicio)
    return bytes(saida)


def _escapar(linha: str) -> str:
    return linha.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
