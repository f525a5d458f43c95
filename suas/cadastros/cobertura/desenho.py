"""O mapa de um município com as áreas dos CRAS e onde eles ficam, em SVG, sem nada de fora."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from suas.cadastros.territorio.mapa import contornos
from suas.cadastros.territorio.ponto import ESCALA_DO_DESENHO, caixa_no_desenho, no_desenho

FOLGA = 0.06


@dataclass(frozen=True, kw_only=True)
class NoMapa:
    """O que se desenha de um CRAS: o nome, a área (latitude, longitude) e onde ele fica, se se sabe e se mostra."""

    nome: str
    contorno: Sequence[Sequence[float]] = ()
    ponto: tuple[float, float] | None = None
    atual: bool = False


def do_municipio(codigo: str, *, titulo: str, itens: Iterable[NoMapa], para_desenhar: bool = False) -> Markup:
    """O SVG; vazio se não temos o contorno do município. `para_desenhar` leva a escala que o navegador usa."""
    caixa = caixa_no_desenho(codigo)
    if caixa is None:
        return Markup("")
    x, y, largura, altura = caixa
    margem = max(largura, altura) * FOLGA
    traco = max(largura, altura) / 250
    itens = list(itens)
    areas = "".join(_area(item) for item in itens if item.contorno)
    pontos = "".join(_ponto(item, raio=traco * 3) for item in itens if item.ponto)
    escala = "".join(f' data-{nome.replace("_", "-")}="{valor}"' for nome, valor in ESCALA_DO_DESENHO.items())
    return Markup(
        f'<svg class="mapa mapa-do-territorio" role="img" aria-label="{escape(titulo)}" '
        f'viewBox="{x - margem:.2f} {y - margem:.2f} {largura + 2 * margem:.2f} {altura + 2 * margem:.2f}" '
        f'stroke-width="{traco:.3f}"{escala if para_desenhar else ""}>'
        f'<path class="territorio-municipio" d="{contornos().municipios[codigo]}"/>{areas}{pontos}</svg>'
    )


def _area(item: NoMapa) -> str:
    cantos = " ".join("{:.2f},{:.2f}".format(*no_desenho(latitude=p[0], longitude=p[1])) for p in item.contorno)
    classe = "territorio-area territorio-atual" if item.atual else "territorio-area"
    return f'<polygon class="{classe}" points="{cantos}"><title>{escape(item.nome)}</title></polygon>'


def _ponto(item: NoMapa, *, raio: float) -> str:
    assert item.ponto is not None
    x, y = no_desenho(latitude=item.ponto[0], longitude=item.ponto[1])
    return (
        f'<circle class="territorio-ponto" cx="{x:.2f}" cy="{y:.2f}" r="{raio:.2f}">'
        f"<title>{escape(item.nome)}</title></circle>"
    )
