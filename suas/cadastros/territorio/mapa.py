"""Mapas do Brasil e das UFs em SVG, desenhados no servidor, sem JavaScript e sem nada de fora.

Um `Mapa` diz as classes, em palavras, e a classe de cada município. Dele saem:

- `desenhar_brasil`: a imagem nacional, com um traço por classe (não um por município): leve e guardável pelo navegador;
- `moldura_do_brasil`: as 27 UFs como ligações, por cima da imagem nacional ou sozinhas;
- `desenhar_uf`: uma UF com cada município como ligação, com nome e valor.

Cor nunca vem só: a legenda diz a classe em palavras e quantos municípios, há tramas, e a página traz a tabela.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import textwrap
import zlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from markupsafe import Markup, escape

from normas.territorio.federacao import SIGLAS, UF_POR_CODIGO, UF_POR_SIGLA

ARQUIVO = Path(__file__).resolve().parent / "dados" / "contornos.json"
MARGEM = 30
# O aviso dentro da imagem nacional, nas unidades do desenho.
LETRA, ENTRE_LINHAS, LETRAS_POR_LINHA = 125, 155, 32

# Do claro ao escuro, também em preto e branco.
TONS = {
    1: ("#5b8fd0",),
    2: ("#b9d1ee", "#2a5f9e"),
    3: ("#cfdff3", "#6d9bd1", "#1d4a80"),
    4: ("#dbe7f6", "#9dbde3", "#4f84c1", "#173f70"),
    5: ("#e3ecf8", "#b4cdea", "#7ba6d8", "#3d74b4", "#12355f"),
    6: ("#e8f0fa", "#c3d7ee", "#94b7e0", "#5f90ca", "#3267a6", "#0f2f56"),
}
PERDE, IGUAL, GANHA = "#c2571a", "#f1efe9", "#1c5fa8"
CINZA = "#e6e6e6"


@dataclass(frozen=True, kw_only=True)
class Classe:
    """Uma classe do mapa: o nome em palavras, a cor e, se houver, a trama por cima dela."""

    rotulo: str
    cor: str
    trama: str = ""

    def preenchimento(self, mapa: str) -> str:
        """O valor do atributo `fill` no desenho `mapa`."""
        return f"url(#{self.nome_da_trama(mapa)})" if self.trama else self.cor

    def nome_da_trama(self, mapa: str) -> str:
        """O identificador da trama, próprio de cada desenho da página."""
        return f"trama-{mapa}-{self.trama}-{self.cor[1:]}"


def graduadas(rotulos: tuple[str, ...]) -> tuple[Classe, ...]:
    """Classes em ordem, do claro ao escuro; de uma a seis."""
    return tuple(Classe(rotulo=r, cor=cor) for r, cor in zip(rotulos, TONS[len(rotulos)], strict=True))


def opostas(perde: str, igual: str, ganha: str) -> tuple[Classe, ...]:
    """Três classes para comparar: perde (com riscos), igual, ganha."""
    return (
        Classe(rotulo=perde, cor=PERDE, trama="riscos"),
        Classe(rotulo=igual, cor=IGUAL),
        Classe(rotulo=ganha, cor=GANHA),
    )


def sem_ordem(rotulos: tuple[str, ...]) -> tuple[Classe, ...]:
    """Classes sem ordem entre si, até seis: cores de claridade diferente, alternando a trama."""
    cores = ("#1c5fa8", "#e6bd74", "#8fbfa9", "#75658f", "#dcd8cf", "#5d6670")
    tramas = ("", "pontos", "", "", "riscos", "riscos")
    return tuple(Classe(rotulo=r, cor=cor, trama=trama) for r, cor, trama in zip(rotulos, cores, tramas, strict=False))


SEM_DADO = Classe(rotulo="Sem dado", cor=CINZA, trama="riscos")


@dataclass(frozen=True, kw_only=True)
class ItemDaLegenda:
    """Uma linha da legenda: a classe e quantos municípios estão nela."""

    classe: Classe
    indice: int | None
    municipios: int

    @property
    def amostra(self) -> Markup:
        """O quadradinho com a cor e a trama da classe."""
        return amostra(self.classe)


@dataclass(frozen=True, kw_only=True)
class Mapa:
    """O que pintar: as classes e o índice da classe de cada código; código ausente fica “Sem dado”.

    `avisos` (dados sintéticos, norma não vigente) são escritos dentro da própria imagem nacional.
    `so_estes`: os códigos que existem no mapa (os municípios do ano); vazio são todos.
    """

    titulo: str
    classes: tuple[Classe, ...]
    classe_de: Mapping[str, int]
    avisos: tuple[str, ...] = ()
    sem_dado: str = "Sem dado"
    so_estes: frozenset[str] = field(default=frozenset())

    def codigos(self, uf: str | None = None) -> list[str]:
        """Os códigos desenhados, do país ou de uma UF pela sigla."""
        todos = contornos().por_uf[uf] if uf else contornos().municipios
        return [c for c in todos if c in self.so_estes] if self.so_estes else list(todos)

    def legenda(self, uf: str | None = None) -> list[ItemDaLegenda]:
        """As classes com a contagem de municípios; “sem dado” só aparece se houver algum."""
        codigos = self.codigos(uf)
        quantos = Counter(self.classe_de.get(codigo) for codigo in codigos)
        itens = [ItemDaLegenda(classe=classe, indice=i, municipios=quantos[i]) for i, classe in enumerate(self.classes)]
        if quantos[None]:
            classe = Classe(rotulo=self.sem_dado, cor=SEM_DADO.cor, trama=SEM_DADO.trama)
            itens.append(ItemDaLegenda(classe=classe, indice=None, municipios=quantos[None]))
        return itens

    def classe(self, codigo: str) -> Classe:
        """A classe do município, ou a de quem não tem dado."""
        indice = self.classe_de.get(codigo)
        return SEM_DADO if indice is None else self.classes[indice]

    def moldura(self, *, imagem: str, enderecos: Mapping[str, str]) -> Markup:
        """As UFs como ligações (sigla → endereço) por cima da imagem nacional."""
        return moldura_do_brasil(titulo=self.titulo, imagem=imagem, endereco_da_uf=enderecos.__getitem__)

    def da_uf(
        self, sigla: str, *, enderecos: Mapping[str, str], rotulos: Mapping[str, str], destaque: str = ""
    ) -> Markup:
        """Os municípios da UF como ligações (código → endereço e rótulo)."""
        return desenhar_uf(
            self,
            sigla=sigla,
            endereco_de=enderecos.__getitem__,
            rotulo_de=lambda codigo: f"{rotulos[codigo]} ({self._nome_da_classe(codigo)})",
            destaque=destaque,
        )

    def _nome_da_classe(self, codigo: str) -> str:
        return self.classe(codigo).rotulo if codigo in self.classe_de else self.sem_dado


@dataclass(frozen=True, kw_only=True)
class MapaDeUFs:
    """Um valor por UF: as classes e o índice da classe de cada sigla; sigla ausente fica “Sem dado”."""

    titulo: str
    classes: tuple[Classe, ...]
    classe_de: Mapping[str, int]
    sem_dado: str = "Sem dado"

    def legenda(self) -> list[ItemDaLegenda]:
        """As classes com a contagem de UFs (no campo `municipios`)."""
        quantas = Counter(self.classe_de.get(sigla) for sigla in SIGLAS)
        itens = [ItemDaLegenda(classe=c, indice=i, municipios=quantas[i]) for i, c in enumerate(self.classes)]
        if quantas[None]:
            sem_dado = Classe(rotulo=self.sem_dado, cor=SEM_DADO.cor, trama=SEM_DADO.trama)
            itens.append(ItemDaLegenda(classe=sem_dado, indice=None, municipios=quantas[None]))
        return itens

    def desenho(self, *, enderecos: Mapping[str, str], rotulos: Mapping[str, str]) -> Markup:
        """As UFs pintadas, cada uma uma ligação com rótulo (sigla → endereço e rótulo)."""

        desenho = _nome_do_desenho(self.titulo)

        def pintura(sigla: str) -> str:
            indice = self.classe_de.get(sigla)
            return (SEM_DADO if indice is None else self.classes[indice]).preenchimento(desenho)

        return moldura_do_brasil(
            titulo=self.titulo,
            endereco_da_uf=enderecos.__getitem__,
            rotulo_da_uf=rotulos.__getitem__,
            pintura_da_uf=pintura,
            definicoes=_definicoes([SEM_DADO, *self.classes], mapa=desenho),
        )


@dataclass(frozen=True, kw_only=True)
class Contornos:
    """Caminhos SVG por código e por sigla, e as caixas (x, y, largura, altura)."""

    caixa: tuple[int, int, int, int]
    caixas: Mapping[str, tuple[int, int, int, int]]
    ufs: Mapping[str, str]
    municipios: Mapping[str, str]
    por_uf: Mapping[str, tuple[str, ...]]


@cache
def contornos() -> Contornos:
    """Os contornos que acompanham o projeto, lidos uma vez por processo."""
    dados = json.loads(ARQUIVO.read_text("utf-8"))
    por_uf: dict[str, list[str]] = {sigla: [] for sigla in SIGLAS}
    for codigo in dados["municipios"]:
        por_uf[UF_POR_CODIGO[codigo[:2]].sigla].append(codigo)
    return Contornos(
        caixa=tuple(dados["caixa"]),
        caixas={sigla: tuple(c) for sigla, c in dados["caixas"].items()},
        ufs=dados["ufs"],
        municipios=dados["municipios"],
        por_uf={sigla: tuple(codigos) for sigla, codigos in por_uf.items()},
    )


def desenhar_brasil(mapa: Mapa) -> bytes:
    """A imagem nacional completa, em UTF-8, para um endereço próprio e um `<img>`."""
    dados = contornos()
    grupos: dict[int | None, list[str]] = {}
    for codigo in mapa.codigos():
        grupos.setdefault(mapa.classe_de.get(codigo), []).append(dados.municipios[codigo])
    classes: dict[int | None, Classe] = {None: SEM_DADO, **dict(enumerate(mapa.classes))}
    tracos = "".join(
        f'<path fill="{classes[i].preenchimento("pais")}" d="{"".join(grupos[i])}"/>' for i in classes if i in grupos
    )
    x, y, largura, altura = _folga(dados.caixa)
    aviso = _no_canto_do_mar(mapa.avisos, direita=x + largura, base=y + altura)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {largura} {altura}" '
        f'width="{largura // 8}" height="{altura // 8}" role="img"><title>{escape(mapa.titulo)}</title>'
        f"{_definicoes(classes.values(), mapa='pais')}"
        f'<g stroke="#fff" stroke-width="1.5" stroke-opacity=".7" stroke-linejoin="round">{tracos}</g>'
        '<path fill="none" stroke="#4a5560" stroke-width="7" stroke-linejoin="round" '
        f'd="{"".join(dados.ufs.values())}"/>'
        f"{aviso}</svg>"
    ).encode()


def _no_canto_do_mar(avisos: Iterable[str], *, direita: int, base: int) -> str:
    """Os avisos em linhas curtas no canto de baixo à direita, onde só há oceano: não cobrem nenhum município."""
    linhas = [linha for aviso in avisos for linha in textwrap.wrap(aviso, LETRAS_POR_LINHA)]
    return "".join(
        f'<text x="{direita - 60}" y="{base - 60 - ENTRE_LINHAS * i}" font-size="{LETRA}" text-anchor="end" '
        f'font-family="sans-serif" fill="#333">{escape(linha)}</text>'
        for i, linha in enumerate(reversed(linhas))
    )


def resposta_svg(request: HttpRequest, mapa: Mapa) -> HttpResponseBase:
    """A imagem nacional como resposta, com ETag: se o navegador já a tem igual, responde 304 sem corpo.

    O desenho pronto e comprimido fica guardado no processo, pelo que ele mostra: mudou o dado, muda a chave.
    """
    chave = _chave_do_desenho(mapa)
    etiqueta = f'W/"{chave}"'
    comprime = "gzip" in request.headers.get("Accept-Encoding", "")
    resposta = get_conditional_response(request, etag=etiqueta)
    if resposta is None:
        corpo, comprimido = _desenho_guardado(chave, mapa)
        resposta = HttpResponse(comprimido if comprime else corpo, content_type="image/svg+xml; charset=utf-8")
        if comprime:
            resposta["Content-Encoding"] = "gzip"
    resposta["ETag"] = etiqueta
    resposta["Cache-Control"] = "private, max-age=60"
    patch_vary_headers(resposta, ["Accept-Encoding"])
    return resposta


def _chave_do_desenho(mapa: Mapa) -> str:
    """Resumo de tudo o que a imagem mostra."""
    dito = (
        mapa.titulo,
        mapa.classes,
        mapa.avisos,
        mapa.sem_dado,
        sorted(mapa.classe_de.items()),
        sorted(mapa.so_estes),
    )
    return hashlib.sha256(repr(dito).encode()).hexdigest()[:32]


DESENHOS_GUARDADOS = 12
_desenhos: OrderedDict[str, tuple[bytes, bytes]] = OrderedDict()


def _desenho_guardado(chave: str, mapa: Mapa) -> tuple[bytes, bytes]:
    """O SVG e o seu gzip; guarda os últimos usados."""
    pronto = _desenhos.pop(chave, None)
    if pronto is None:
        corpo = desenhar_brasil(mapa)
        pronto = (corpo, gzip.compress(corpo, compresslevel=6, mtime=0))
    _desenhos[chave] = pronto
    while len(_desenhos) > DESENHOS_GUARDADOS:
        _desenhos.popitem(last=False)
    return pronto


def moldura_do_brasil(
    *,
    titulo: str,
    endereco_da_uf: Callable[[str], str],
    imagem: str = "",
    rotulo_da_uf: Callable[[str], str] | None = None,
    pintura_da_uf: Callable[[str], str] | None = None,
    definicoes: str = "",
) -> Markup:
    """SVG para a página: cada UF é uma ligação. Com `imagem`, as UFs ficam transparentes por cima dela."""
    dados = contornos()
    x, y, largura, altura = _folga(dados.caixa)
    fundo = f'<image href="{escape(imagem)}" x="{x}" y="{y}" width="{largura}" height="{altura}"/>' if imagem else ""
    preenche = "transparent" if imagem else "#cfdff3"
    partes = []
    for sigla in SIGLAS:
        rotulo = rotulo_da_uf(sigla) if rotulo_da_uf else UF_POR_SIGLA[sigla].nome
        fill = f' fill="{pintura_da_uf(sigla)}"' if pintura_da_uf else ""
        partes.append(
            f'<a href="{escape(endereco_da_uf(sigla))}"><title>{escape(rotulo)}</title>'
            f'<path{fill} d="{dados.ufs[sigla]}"/></a>'
        )
    return Markup(
        f'<svg class="mapa" viewBox="{x} {y} {largura} {altura}" role="group" aria-label="{escape(titulo)}">'
        f'{definicoes}{fundo}<g fill="{preenche}" stroke="#4a5560" stroke-width="7" stroke-linejoin="round">'
        f"{''.join(partes)}</g></svg>"
    )


def desenhar_uf(
    mapa: Mapa, *, sigla: str, endereco_de: Callable[[str], str], rotulo_de: Callable[[str], str], destaque: str = ""
) -> Markup:
    """SVG para a página com os municípios de uma UF: cada um é uma ligação com nome e valor (`rotulo_de`).

    As ligações não param o teclado (Minas Gerais tem 853): a tabela da página leva aos mesmos lugares.
    """
    dados = contornos()
    x, y, largura, altura = _folga(dados.caixas[sigla], parte=40)
    traco = max(max(largura, altura) / 800, 0.6)
    nome = _nome_do_desenho(f"{mapa.titulo} {sigla}")
    grupos: dict[int | None, list[str]] = {}
    for codigo in mapa.codigos(sigla):
        grupos.setdefault(mapa.classe_de.get(codigo), []).append(
            f'<a href="{escape(endereco_de(codigo))}" tabindex="-1"><title>{escape(rotulo_de(codigo))}</title>'
            f'<path d="{dados.municipios[codigo]}"/></a>'
        )
    classes: dict[int | None, Classe] = {None: SEM_DADO, **dict(enumerate(mapa.classes))}
    desenho = "".join(
        f'<g fill="{classes[i].preenchimento(nome)}">{"".join(grupos[i])}</g>' for i in classes if i in grupos
    )
    realce = (
        f'<path fill="none" stroke="#b3261e" stroke-width="{traco * 4:.1f}" d="{dados.municipios[destaque]}"/>'
        if destaque
        else ""
    )
    return Markup(
        f'<svg class="mapa" viewBox="{x} {y} {largura} {altura}" role="group" aria-label="{escape(mapa.titulo)}">'
        f"{_definicoes(classes.values(), mapa=nome, passo=max(largura, altura) / 90)}"
        f'<g stroke="#fff" stroke-width="{traco:.1f}" stroke-linejoin="round">{desenho}</g>'
        f'<path fill="none" stroke="#4a5560" stroke-width="{traco * 2:.1f}" d="{dados.ufs[sigla]}" '
        f'pointer-events="none"/>{realce}</svg>'
    )


def localizar(*, codigo: str, sigla: str, titulo: str) -> Markup:
    """SVG pequeno: a UF em cinza com um município pintado. Imagem, sem ligações."""
    dados = contornos()
    x, y, largura, altura = _folga(dados.caixas[sigla], parte=30)
    traco = max(largura, altura) / 150
    return Markup(
        f'<svg class="mapa mapa-pequeno" viewBox="{x} {y} {largura} {altura}" role="img" aria-label="{escape(titulo)}">'
        f'<path fill="#dfe6ee" stroke="#4a5560" stroke-width="{traco / 2:.1f}" d="{dados.ufs[sigla]}"/>'
        f'<path fill="#12355f" stroke="#12355f" stroke-width="{traco:.1f}" d="{dados.municipios[codigo]}"/></svg>'
    )


def amostra(classe: Classe) -> Markup:
    """O quadradinho da legenda. A trama é desenhada nele, sem identificador: a página pode repetir a mesma classe."""
    desenho = {
        "": "",
        "riscos": '<path d="M0 8L8 0M0 16L16 0M8 16L24 0M16 16L24 8" stroke="#555"/>',
        "pontos": "".join(f'<circle cx="{x}" cy="{y}" r="1.3" fill="#222"/>' for x in (4, 12, 20) for y in (4, 12)),
    }[classe.trama]
    return Markup(
        '<svg class="mapa-amostra" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">'
        f'<rect width="24" height="16" fill="{classe.cor}"/>{desenho}'
        '<rect x=".5" y=".5" width="23" height="15" fill="none" stroke="#4a5560"/></svg>'
    )


def _folga(caixa: tuple[int, int, int, int], parte: int | None = None) -> tuple[int, int, int, int]:
    x, y, largura, altura = caixa
    margem = MARGEM if parte is None else max(largura, altura) // parte
    return x - margem, y - margem, largura + 2 * margem, altura + 2 * margem


def _nome_do_desenho(titulo: str) -> str:
    """Distingue as tramas de dois mapas na mesma página."""
    return f"{zlib.crc32(titulo.encode()):x}"


def _definicoes(classes: Iterable[Classe], *, mapa: str, passo: float = 70) -> str:
    """As tramas usadas, com `passo` unidades do desenho entre um traço e outro; `mapa` distingue os desenhos."""
    com_trama = {c.preenchimento(mapa): c for c in classes if c.trama}
    partes = []
    for classe in com_trama.values():
        tracos = {
            "riscos": f'<path d="M0 {passo:.1f}L{passo:.1f} 0" stroke="#555" stroke-width="{passo / 7:.1f}"/>',
            "pontos": f'<circle cx="{passo / 2:.1f}" cy="{passo / 2:.1f}" r="{passo / 5:.1f}" fill="#222"/>',
        }[classe.trama]
        partes.append(
            f'<pattern id="{classe.nome_da_trama(mapa)}" patternUnits="userSpaceOnUse" '
            f'width="{passo:.1f}" height="{passo:.1f}"><rect width="{passo:.1f}" height="{passo:.1f}" '
            f'fill="{classe.cor}"/>{tracos}</pattern>'
        )
    return f"<defs>{''.join(partes)}</defs>" if partes else ""
