"""Busca com o npm o que a tela serve de terceiros e grava só o usado em suas/nucleo/tela/static/vendor/.

Quem usa o sistema não precisa de npm nem deste roteiro: os arquivos já estão no repositório.
Quem atualiza uma versão muda `PACOTES`, roda e confere a diferença:

    python ferramentas/vendorizar.py

Precisa de npm e, para recortar as fontes, de `fonttools` e `brotli` no Python que o roda.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

DESTINO = Path(__file__).resolve().parents[1] / "suas/nucleo/tela/static/vendor"

PACOTES = {
    "govbr": ("@govbr-ds/core", "3.7.0", "MIT, Serpro"),
    "htmx": ("htmx.org", "4.0.1", "0BSD"),
    "icones": ("@fortawesome/fontawesome-free", "6.7.2", "ícones CC BY 4.0, Fonticons"),
    # Pacote de componentes que traz a Rawline inteira; dele só se usam as fontes.
    "rawline": ("@codeworker.br/govbr-tw-react", "1.5.7", "fontes SIL OFL 1.1, The Raleway Project Authors"),
    # A mesma licença da Rawline, por extenso: a Rawline é uma Raleway com outros algarismos.
    "raleway": ("@fontsource/raleway", "5.3.0", "só o texto da licença SIL OFL 1.1"),
}

PESOS = (400, 600, 700)
ALGARISMOS = "0123456789"
# Português, pontuação tipográfica, ordinais, setas e os sinais das contas.
CARACTERES = "".join(chr(c) for c in (*range(0x20, 0x7F), *range(0xA0, 0x100))) + "–—‘’“”…•−≤≥×÷→←↑↓°ºª№"

# nome na tela: arquivo em svgs/ do pacote
ICONES = {
    "abrir": "solid/arrow-right",
    "ajuda": "solid/circle-question",
    "alerta": "solid/triangle-exclamation",
    "baixar": "solid/download",
    "baixo": "solid/chevron-down",
    "balanca": "solid/scale-balanced",
    "cadeado": "solid/lock",
    "calculadora": "solid/calculator",
    "carta": "solid/envelope",
    "casa": "solid/house",
    "comparar": "solid/code-compare",
    "dentro": "solid/chevron-right",
    "descer": "solid/arrow-down-long",
    "documento": "solid/file-lines",
    "entrar": "solid/right-to-bracket",
    "enviar": "solid/upload",
    "erro": "solid/circle-xmark",
    "feito": "solid/circle-check",
    "filtro": "solid/filter",
    "grafico": "solid/chart-column",
    "info": "solid/circle-info",
    "lapis": "solid/pen-to-square",
    "lista": "solid/list-check",
    "lupa": "solid/magnifying-glass",
    "mais": "solid/plus",
    "mais_acoes": "solid/ellipsis",
    "mapa": "solid/map-location-dot",
    "martelo": "solid/gavel",
    "menu": "solid/bars",
    "moedas": "solid/coins",
    "municipio": "solid/location-dot",
    "ordenar": "solid/sort",
    "orgao": "solid/building-columns",
    "pessoa": "solid/user",
    "pessoas": "solid/users",
    "relogio": "solid/clock",
    "sair": "solid/right-from-bracket",
    "selo": "solid/stamp",
    "simulacao": "solid/flask",
    "sino": "solid/bell",
    "subir": "solid/arrow-up-long",
    "tabela": "solid/table-list",
    "voltar": "solid/arrow-left",
}


def baixar(nome: str, versao: str, pasta: Path) -> Path:
    """Baixa e abre um pacote do npm; devolve a pasta do conteúdo. Falha do npm interrompe o roteiro."""
    pedido = ["npm", "pack", "--json", "--pack-destination", str(pasta), f"{nome}@{versao}"]
    saida = subprocess.run(pedido, check=True, capture_output=True, text=True).stdout
    resposta = json.loads(saida)
    registro = resposta[0] if isinstance(resposta, list) else next(iter(resposta.values()))
    aberto = pasta / re.sub(r"\W+", "-", nome)
    with tarfile.open(pasta / registro["filename"]) as arquivo:
        arquivo.extractall(aberto, filter="data")
    return aberto / "package"


def gravar_cores(origem: Path, destino: Path) -> None:
    """Grava os valores do Padrão Digital (cores, espaços, sombras), sem os componentes: 719 kB a menos."""
    texto = (origem / "dist/core-tokens.min.css").read_text(encoding="utf-8")
    texto = re.sub(r"/\*#.*?\*/", "", texto, flags=re.S)
    # As cópias "-rgb" de cada cor servem aos componentes que não usamos.
    texto = re.sub(r"--[\w-]+-rgb:[^;}]+;?", "", texto)
    (destino / "govbr-valores.css").write_text(texto.strip() + "\n", encoding="utf-8")
    shutil.copy(origem / "LICENSE", destino / "govbr-LICENCA.txt")


def gravar_htmx(origem: Path, destino: Path) -> None:
    """Grava o htmx compacto e a licença."""
    texto = (origem / "dist/htmx.min.js").read_text(encoding="utf-8")
    texto = re.sub(r"\n//# sourceMappingURL=.*", "", texto)
    (destino / "htmx.min.js").write_text(texto.rstrip() + "\n", encoding="utf-8")
    shutil.copy(origem / "LICENSE", destino / "htmx-LICENCA.txt")


def gravar_icones(origem: Path, destino: Path) -> None:
    """Junta os ícones usados num arquivo só: <use href="icones.svg#nome">."""
    simbolos = []
    for nome, arquivo in sorted(ICONES.items()):
        texto = (origem / "svgs" / f"{arquivo}.svg").read_text(encoding="utf-8")
        caixa = re.search(r'viewBox="([^"]+)"', texto)
        tracos = re.findall(r'<path[^>]*\bd="[^"]+"[^>]*/>', texto)
        if caixa is None or not tracos:
            raise SystemExit(f"O ícone {arquivo} não tem viewBox ou traço: confira o pacote.")
        simbolos.append(f'<symbol id="{nome}" viewBox="{caixa[1]}">{"".join(tracos)}</symbol>')
    aviso = "<!-- Font Awesome Free, Fonticons, Inc., CC BY 4.0 -->"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{aviso}\n' + "\n".join(simbolos) + "\n</svg>\n"
    (destino / "icones.svg").write_text(svg, encoding="utf-8")
    shutil.copy(origem / "LICENSE.txt", destino / "icones-LICENCA.txt")


def gravar_fontes(origem: Path, licenca: Path, destino: Path) -> None:
    """Recorta a Rawline ao português e iguala a largura dos algarismos, para colunas de números."""
    subset, ttlib = import_module("fontTools.subset"), import_module("fontTools.ttLib")
    for peso in PESOS:
        fonte = ttlib.TTFont(origem / f"dist/fonts/rawline-{peso}.woff", recalcTimestamp=False)
        opcoes = subset.Options(flavor="woff2", layout_features=["kern", "mark", "ccmp", "lnum"], hinting=False)
        recorte = subset.Subsetter(opcoes)
        recorte.populate(text=CARACTERES)
        recorte.subset(fonte)
        igualar_algarismos(fonte)
        fonte.flavor = "woff2"
        fonte.save(destino / f"rawline-{peso}.woff2")
    shutil.copy(licenca / "LICENSE", destino / "rawline-LICENCA.txt")


def igualar_algarismos(fonte: Any) -> None:
    """Dá a todos os algarismos a mesma largura, centrando o desenho de cada um."""
    nomes = [fonte.getBestCmap()[ord(c)] for c in ALGARISMOS]
    larguras = [fonte["hmtx"][nome][0] for nome in nomes]
    comum = round(sum(larguras) / len(larguras) * 1.06)
    for nome, largura in zip(nomes, larguras, strict=True):
        desvio = (comum - largura) // 2
        desenho = fonte["glyf"][nome]
        if desenho.isComposite():
            raise SystemExit(f"O algarismo {nome} é composto: o recorte não sabe deslocá-lo.")
        desenho.coordinates.translate((desvio, 0))
        desenho.recalcBounds(fonte["glyf"])
        fonte["hmtx"][nome] = (comum, desenho.xMin)


def gravar_lista(destino: Path) -> None:
    """Grava de onde veio cada arquivo e o SHA-256 dele; um teste confere."""
    arquivos = {
        arquivo.name: hashlib.sha256(arquivo.read_bytes()).hexdigest()
        for arquivo in sorted(destino.iterdir())
        if arquivo.name != "proveniencia.json"
    }
    pacotes = [{"pacote": n, "versao": v, "licenca": li} for n, v, li in PACOTES.values()]
    mudancas = [
        "govbr-valores.css: core-tokens.min.css sem as variáveis -rgb",
        "rawline-*.woff2: recorte ao português, algarismos com a mesma largura",
        "icones.svg: os ícones usados, reunidos num arquivo",
    ]
    dados = {"pacotes": pacotes, "mudancas": mudancas, "sha256": arquivos}
    texto = json.dumps(dados, ensure_ascii=False, indent=1)
    (destino / "proveniencia.json").write_text(texto + "\n", encoding="utf-8")


def main() -> int:
    """Refaz a pasta inteira; nada fica de uma versão anterior."""
    try:
        for biblioteca in ("brotli", "fontTools"):
            import_module(biblioteca)
    except ModuleNotFoundError as falta:
        print(f"Falta {falta.name}: instale fonttools e brotli neste Python e rode de novo.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporaria:
        pasta = Path(temporaria)
        abertos = {chave: baixar(nome, versao, pasta) for chave, (nome, versao, _) in PACOTES.items()}
        novo = pasta / "vendor"
        novo.mkdir()
        gravar_cores(abertos["govbr"], novo)
        gravar_htmx(abertos["htmx"], novo)
        gravar_icones(abertos["icones"], novo)
        gravar_fontes(abertos["rawline"], abertos["raleway"], novo)
        gravar_lista(novo)
        shutil.rmtree(DESTINO, ignore_errors=True)
        shutil.copytree(novo, DESTINO)
    for arquivo in sorted(DESTINO.iterdir()):
        print(f"{arquivo.stat().st_size:>8}  {arquivo.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
