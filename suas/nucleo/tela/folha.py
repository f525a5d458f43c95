"""A folha timbrada do PDF: cabeçalho e rodapé em toda página, e o código que leva de volta na primeira."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import qrcode
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from suas.nucleo.tela.filtros import inicial
from suas.nucleo.tela.papel import Ficha, Papel, Parte, Texto

_MARGEM = 18.0
_CODIGO = 24.0
_RODAPE = 20.0
_COM_O_TITULO = 22.0
_FONTE = "Helvetica"
#: O que a fonte do PDF não tem, pelo mais próximo que tem.
_TROCAS = str.maketrans({"−": "-", "→": ">", "≥": ">=", "≤": "<=", "\N{NO-BREAK SPACE}": " "})


class Folha(FPDF):  # type: ignore[misc]
    """Um documento que se escreve parte por parte."""

    def __init__(
        self, papel: Papel, *, orgao: str, volta: str, avisos: Sequence[str], emissao: str, em: datetime
    ) -> None:
        super().__init__(format="A4")
        self.papel, self.orgao, self.volta, self.avisos, self.emissao = papel, orgao, volta, avisos, emissao
        self.core_fonts_encoding = "cp1252"
        self.set_creation_date(em)
        self.set_title(papel.titulo)
        self.set_lang("pt-BR")
        self.set_author(orgao)
        self.set_margins(_MARGEM, 14, _MARGEM)
        self.set_auto_page_break(True, margin=_RODAPE + 6)

    def normalize_text(self, text: str) -> str:
        """Só o que a fonte escreve; o resto vira “?”, nunca uma falha."""
        trocado = text.translate(_TROCAS).encode("cp1252", "replace").decode("cp1252")
        return str(super().normalize_text(trocado))

    def header(self) -> None:
        primeira = self.page_no() == 1
        if primeira:
            self._codigo()
        direita = _CODIGO + 4 if primeira else 0
        largura = self.epw - direita
        self.set_font(_FONTE, "", 9)
        self._linha(largura, 5, f"{self.orgao} · Rede SUAS aberta")
        if primeira:
            if self.papel.sobre:
                self._linha(largura, 5, self.papel.sobre)
            self.set_font(_FONTE, "B", 16)
            self._linha(largura, 7, self.papel.titulo)
        else:
            self.set_font(_FONTE, "B", 9)
            self._linha(largura, 5, self.papel.titulo)
        self.set_font(_FONTE, "", 9)
        if self.papel.periodo:
            self._linha(largura, 5, self.papel.periodo)
        for aviso in self.avisos:
            self.set_font(_FONTE, "B", 9)
            self._linha(largura, 5, f"{inicial(aviso)}.")
        self.set_y(max(self.get_y() + 1, 14 + _CODIGO if primeira else 0))
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(4)

    def footer(self) -> None:
        self.set_y(-_RODAPE)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.set_font(_FONTE, "", 8)
        self.ln(1)
        self.cell(self.epw - 35, 4, self.volta, link=self.volta)
        self.cell(35, 4, f"página {self.page_no()} de {{nb}}", align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._linha(self.epw, 4, f"Impresso em {self.emissao}. O que vale é o registro no sistema.")

    def parte(self, parte: Parte) -> None:
        """Escreve uma parte, com o título em cima."""
        if parte.titulo:
            if self.will_page_break(_COM_O_TITULO):
                self.add_page()  # o título não fica sozinho no fim da página
            self.set_font(_FONTE, "B", 12)
            self._linha(self.epw, 7, parte.titulo)
        self.set_font(_FONTE, "", 10)
        if isinstance(parte, Texto):
            self._linha(self.epw, 5, parte.texto)
        elif isinstance(parte, Ficha):
            self._tabela([], parte.pares, frozenset(), (1, 2))
        else:
            self._tabela(parte.colunas, parte.linhas, parte.numeros, parte.larguras)
            if parte.fonte:
                self.set_font(_FONTE, "", 8)
                self._linha(self.epw, 4, parte.fonte)
        self.ln(4)

    def _tabela(
        self,
        colunas: Sequence[str],
        linhas: Sequence[Sequence[str]],
        numeros: frozenset[int],
        larguras: Sequence[int],
    ) -> None:
        quantas = len(colunas) or 2
        with self.table(
            first_row_as_headings=bool(colunas),
            headings_style=FontFace(emphasis="B"),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            text_align=tuple("RIGHT" if posicao in numeros else "LEFT" for posicao in range(quantas)),
            col_widths=tuple(larguras) or None,
            line_height=5.5,
            padding=(0.6, 2),
        ) as tabela:
            for linha in [colunas, *linhas] if colunas else linhas:
                celulas = tabela.row()
                for texto in linha:
                    celulas.cell(texto or " ")

    def _linha(self, largura: float, altura: float, texto: str) -> None:
        self.multi_cell(largura, altura, texto, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _codigo(self) -> None:
        """O código que a câmera do telefone lê e leva à página."""
        codigo = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
        codigo.add_data(self.volta)
        pontos = codigo.get_matrix()
        lado = _CODIGO / len(pontos)
        x, y = self.w - self.r_margin - _CODIGO, self.t_margin
        self.set_fill_color(0)
        for linha, cheios in enumerate(pontos):
            for coluna, cheio in enumerate(cheios):
                if cheio:
                    self.rect(x + coluna * lado, y + linha * lado, lado, lado, style="F")
        self.link(x, y, _CODIGO, _CODIGO, self.volta)
