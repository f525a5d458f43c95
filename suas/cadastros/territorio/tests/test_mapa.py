import gzip
import itertools
import re
from xml.etree import ElementTree

import pytest
from django.test import RequestFactory

from suas.cadastros.territorio import mapa
from suas.cadastros.territorio.tests.fabricas import BELEM, SERRA, VITORIA

SVG = "{http://www.w3.org/2000/svg}"


def pintar(**opcoes) -> mapa.Mapa:
    campos = {
        "titulo": "Teste & prova",
        "classes": mapa.graduadas(("Baixo", "Alto")),
        "classe_de": {VITORIA: 0, SERRA: 1},
    }
    return mapa.Mapa(**(campos | opcoes))


def municipios_desenhados(svg: bytes) -> int:
    """Quantos começos de contorno há fora do traço das UFs."""
    grupo = ElementTree.fromstring(svg).find(f"{SVG}g")
    return sum(len(re.findall("M", path.get("d"))) for path in grupo.findall(f"{SVG}path"))


def test_o_brasil_e_um_svg_com_um_traco_por_classe():
    raiz = ElementTree.fromstring(mapa.desenhar_brasil(pintar()))

    assert raiz.find(f"{SVG}title").text == "Teste & prova"
    tracos = raiz.find(f"{SVG}g").findall(f"{SVG}path")
    assert len(tracos) == 3  # sem dado, baixo e alto
    assert tracos[1].get("d") == mapa.contornos().municipios[VITORIA]


def test_o_mapa_do_ano_deixa_de_fora_quem_nao_existia():
    todos = municipios_desenhados(mapa.desenhar_brasil(pintar()))
    dois = municipios_desenhados(mapa.desenhar_brasil(pintar(so_estes=frozenset({VITORIA, SERRA}))))

    assert todos >= 5570
    assert dois == 2


def test_os_avisos_ficam_escritos_na_imagem():
    svg = mapa.desenhar_brasil(pintar(avisos=("Dados sintéticos", "simulação: norma não vigente"))).decode()

    assert "Dados sintéticos</text>" in svg
    assert "norma não vigente</text>" in svg


def vertices(contorno: str):
    """Os pontos de um contorno: cada parte começa num M absoluto e segue em passos relativos."""
    for x, y, resto in re.findall(r"M(-?[0-9]+) (-?[0-9]+)([^M]*)", contorno):
        assert set(re.findall("[a-zA-Z]", resto)) <= {"l", "z"}
        ponto = (int(x), int(y))
        yield ponto
        passos = [int(n) for n in re.findall(r"-?[0-9]+", resto)]
        for dx, dy in zip(passos[::2], passos[1::2], strict=True):
            ponto = (ponto[0] + dx, ponto[1] + dy)
            yield ponto


def test_nenhum_aviso_cobre_um_municipio():
    avisos = ("Dados sintéticos: nenhum valor descreve um lugar de verdade", "simulação: norma não vigente em 2026" * 2)
    raiz = ElementTree.fromstring(mapa.desenhar_brasil(pintar(avisos=avisos)))
    textos = raiz.findall(f"{SVG}text")
    assert len(textos) >= 4

    # 0,62 da altura da letra por caractere: mais largo do que qualquer fonte sem serifa escreve em média
    direita, letra = max(int(t.get("x")) for t in textos), mapa.LETRA
    esquerda = direita - max(len(t.text) for t in textos) * letra * 0.62
    topo = min(int(t.get("y")) for t in textos) - letra
    assert direita < mapa.contornos().caixa[0] + mapa.contornos().caixa[2]
    cobertos = [c for c in mapa.contornos().ufs.values() if any(x > esquerda and y > topo for x, y in vertices(c))]
    assert cobertos == []


def test_a_imagem_nao_traz_estilo_nem_roteiro_nem_nada_de_fora():
    svg = mapa.desenhar_brasil(pintar()).decode()

    assert "<style" not in svg and "style=" not in svg and "<script" not in svg
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_a_legenda_conta_todos_os_municipios_uma_vez():
    itens = pintar().legenda()

    assert [(i.classe.rotulo, i.municipios) for i in itens] == [("Baixo", 1), ("Alto", 1), ("Sem dado", 5568)]
    assert [i.municipios for i in pintar().legenda("ES")] == [1, 1, 76]
    assert [i.municipios for i in pintar(so_estes=frozenset({VITORIA, SERRA})).legenda()] == [1, 1]


def test_cada_municipio_da_uf_e_uma_ligacao_com_nome_valor_e_classe():
    codigos = mapa.contornos().por_uf["ES"]
    svg = pintar().da_uf(
        "ES",
        enderecos={c: f"/m/{c}?a=1&b=2" for c in codigos},
        rotulos={c: f"<{c}>" for c in codigos},
        destaque=VITORIA,
    )

    raiz = ElementTree.fromstring(str(svg))
    ligacoes = {a.get("href"): a.find("title").text for a in raiz.iter("a")}
    assert len(ligacoes) == 78
    assert ligacoes[f"/m/{VITORIA}?a=1&b=2"] == f"<{VITORIA}> (Baixo)"
    assert ligacoes["/m/3200102?a=1&b=2"] == "<3200102> (Sem dado)"


def test_a_moldura_leva_a_cada_uf():
    svg = pintar().moldura(imagem="/mapa.svg?a=1&b=2", enderecos={s: f"/uf/{s}/" for s in mapa.contornos().ufs})

    raiz = ElementTree.fromstring(str(svg))
    assert len({a.get("href") for a in raiz.iter("a")}) == 27
    assert raiz.find("image").get("href") == "/mapa.svg?a=1&b=2"


def test_um_valor_por_uf_tem_legenda_e_rotulo():
    ufs = mapa.MapaDeUFs(titulo="Teste", classes=mapa.opostas("Perde", "Igual", "Ganha"), classe_de={"ES": 0, "PA": 2})
    siglas = mapa.contornos().ufs

    raiz = ElementTree.fromstring(
        str(ufs.desenho(enderecos=dict.fromkeys(siglas, "/"), rotulos={s: f"{s}: 1" for s in siglas}))
    )

    assert [(i.classe.rotulo, i.municipios) for i in ufs.legenda()] == [
        ("Perde", 1),
        ("Igual", 0),
        ("Ganha", 1),
        ("Sem dado", 25),
    ]
    pintadas = {a.find("title").text: a.find("path").get("fill") for a in raiz.iter("a")}
    assert raiz.find(f"defs/pattern[@id='{pintadas['ES: 1'][5:-1]}']") is not None
    assert pintadas["PA: 1"] == mapa.GANHA


def claridade(cor: str) -> float:
    vermelho, verde, azul = (int(cor[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * vermelho + 0.7152 * verde + 0.0722 * azul


@pytest.mark.parametrize("quantas", list(mapa.TONS))
def test_as_classes_em_ordem_escurecem_tambem_em_preto_e_branco(quantas):
    tons = [claridade(c.cor) for c in mapa.graduadas(tuple(map(str, range(quantas))))]

    assert tons == sorted(tons, reverse=True)
    assert all(claro - escuro >= 20 for claro, escuro in itertools.pairwise(tons))


def test_a_mesma_imagem_nao_viaja_duas_vezes():
    fabrica = RequestFactory()
    primeira = mapa.resposta_svg(fabrica.get("/"), pintar())

    segunda = mapa.resposta_svg(fabrica.get("/", headers={"if-none-match": primeira["ETag"]}), pintar())
    terceira = mapa.resposta_svg(fabrica.get("/", headers={"if-none-match": primeira["ETag"]}), pintar(classe_de={}))

    assert (primeira.status_code, segunda.status_code, terceira.status_code) == (200, 304, 200)
    assert primeira["Content-Type"].startswith("image/svg+xml")
    assert len(segunda.content) == 0


def test_localizar_pinta_um_municipio_sobre_a_sua_uf():
    raiz = ElementTree.fromstring(str(mapa.localizar(codigo=BELEM, sigla="PA", titulo="Belém no mapa do Pará")))

    assert raiz.get("aria-label") == "Belém no mapa do Pará"
    assert [path.get("d") for path in raiz.iter("path")][1] == mapa.contornos().municipios[BELEM]


def test_dois_mapas_e_as_legendas_cabem_na_mesma_pagina_sem_repetir_nomes():
    enderecos = dict.fromkeys(mapa.contornos().municipios, "/")
    com_trama = {"classes": mapa.sem_ordem(("Um", "Dois", "Três", "Quatro"))}
    um, outro = pintar(titulo="Um", **com_trama), pintar(titulo="Outro", **com_trama)
    pedacos = [str(m.da_uf("ES", enderecos=enderecos, rotulos=enderecos)) for m in (um, outro)]
    pedacos += [str(item.amostra) for m in (um, outro) for item in m.legenda()]

    nomes = re.findall(r' id="([^"]+)"', "".join(pedacos))

    assert len(nomes) == len(set(nomes)) > 0


def test_a_imagem_vai_comprimida_a_quem_aceita_e_e_a_mesma():
    fabrica = RequestFactory()

    comprimida = mapa.resposta_svg(fabrica.get("/", headers={"accept-encoding": "gzip, br"}), pintar())
    inteira = mapa.resposta_svg(fabrica.get("/"), pintar())

    assert comprimida["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in inteira
    assert gzip.decompress(comprimida.content) == inteira.content == mapa.desenhar_brasil(pintar())
    assert comprimida["Vary"] == inteira["Vary"] == "Accept-Encoding"
    assert len(comprimida.content) < 200_000


def test_o_processo_guarda_poucos_desenhos():
    for i in range(mapa.DESENHOS_GUARDADOS + 3):
        mapa.resposta_svg(RequestFactory().get("/"), pintar(titulo=f"Mapa {i}", so_estes=frozenset({VITORIA})))

    assert len(mapa._desenhos) == mapa.DESENHOS_GUARDADOS
