"""Refaz docs/casos/rede-2007-2023: importa os arquivos reais de unidades pelo importador do produto e conta o achado.

    python ferramentas/casos/rede.py [--saida PASTA]

Leva cerca de um minuto: prepara uma instalação passageira e importa cada arquivo duas vezes.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import fontes
import rede_importada
import rede_nos_arquivos as arquivos
from rede_importada import Entrada
from rede_nos_arquivos import Passo

FAIXAS = ((0, "dentro"), (1, "até 1 km"), (5, "de 1 a 5 km"), (10, "de 5 a 10 km"))
CORES = {"ficaram": "#12355f", "novas": "#7ba6d8", "sumiram": "#f0e2c0"}
NOMES = {"novas": "novos"}


def pontos(em: Any) -> dict[str, Any]:
    """Onde caem os pontos das unidades importadas, pela régua do produto."""
    from normas.parametros.leitura import parametro
    from suas.cadastros.rede.models import Unidade
    from suas.cadastros.territorio.ponto import distancia_em_km

    tolerancia = parametro("rede.distancia_do_contorno", em=em).conteudo["km"]
    contagem: dict[str, Counter[str]] = {}
    longe: list[tuple[float, str, str]] = []
    com_ponto = Unidade.objects.filter(latitude__isnull=False).select_related("municipio__uf").order_by("pk")
    for unidade in com_ponto:
        assert unidade.latitude is not None and unidade.longitude is not None
        distancia = distancia_em_km(codigo=unidade.municipio_id, latitude=unidade.latitude, longitude=unidade.longitude)
        assert distancia is not None
        faixa = next((nome for limite, nome in FAIXAS if distancia <= limite), f"mais de {tolerancia} km")
        contagem.setdefault(unidade.get_tipo_display(), Counter())[faixa] += 1
        if distancia > tolerancia:
            longe.append((round(distancia), str(unidade.municipio), unidade.identificador or ""))
    return {
        "tolerancia": tolerancia,
        "faixas": [nome for _, nome in FAIXAS] + [f"mais de {tolerancia} km"],
        "por_tipo": {tipo: dict(faixas) for tipo, faixas in contagem.items()},
        "longe": sorted(longe, reverse=True),
    }


def nomes_reconhecidos() -> dict[str, int]:
    """Os nomes de município da lista de pagamentos do Bolsa Família, com a UF: quantos levam ao código certo."""
    from suas.cadastros.territorio.nomes import OUTROS_NOMES
    from suas.cadastros.territorio.planilha import Codigos

    linhas = fontes.ler("suas/bolsa_familia_repasse_2020_01.csv")
    ufs = {codigo: linha["uf"] for codigo, linha in fontes.por_codigo("municipios.csv").items()}
    codigos = Codigos(ano=2020, abrangencia="BR")
    certos = sum(
        codigos.codigo_de(f"{linha['nome_na_fonte']}/{ufs[linha['codigo_ibge7']]}") == linha["codigo_ibge7"]
        for linha in linhas
    )
    sem_verificador = sum(codigos.codigo_de(linha["codigo_ibge7"][:6]) == linha["codigo_ibge7"] for linha in linhas)
    return {"linhas": len(linhas), "certos": certos, "seis": sem_verificador, "outros": len(OUTROS_NOMES)}


def nos_arquivos() -> dict[str, Any]:
    """O que os arquivos dizem uns contra os outros."""
    cras = arquivos.cras()
    levantamentos = {ano: arquivos.onde(linhas, "id_cras") for ano, linhas in cras.items()}
    creas = {
        ano: arquivos.onde(fontes.ler(f"suas/{nome}.csv"), "id_creas")
        for ano, nome in (("2017", "creas_2017"), ("2023", "creas_idcreas_2023"))
    }
    datas = Counter(linha["data_implantacao"][:4] for linha in cras["2007"] if linha["data_implantacao"])
    return {
        "passos": arquivos.passos(levantamentos),
        "passos_creas": arquivos.passos(creas),
        "identificadores": len({i for unidades in levantamentos.values() for i in unidades}),
        "voltaram": arquivos.voltaram(levantamentos),
        "sem_o_municipio": {
            "CRAS": max(arquivos.sem_o_municipio(unidades) for unidades in levantamentos.values()),
            "CREAS": arquivos.sem_o_municipio(creas["2017"] | creas["2023"]),
        },
        "trocaram": arquivos.trocaram_de_identificador(cras["2007"], cras["2008"]),
        "vias": {ano: arquivos.vias_com_mais_de_um(cras[ano]) for ano in ("2007", "2008")},
        "mudaram": arquivos.mudaram(cras["2007"], cras["2008"]),
        "de_1970": datas["1970"],
        "antes_de_2003": sum(quantas for ano, quantas in datas.items() if ano < "2003"),
    }


def contar() -> dict[str, Any]:
    """Tudo o que o texto diz."""
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as pasta:
        entradas = rede_importada.importar(Path(pasta))
        from suas.cadastros.rede.models import Unidade

        tipos = Counter(Unidade.objects.values_list("tipo", flat=True))
        gravadas = {str(Unidade.Tipo(tipo).label): quantas for tipo, quantas in tipos.most_common()}
        return {
            "entradas": entradas,
            "colunas": {coluna.codigo: coluna.nome for coluna in _colunas()},
            "gravadas": gravadas,
            "pontos": pontos(rede_importada.AGORA.date()),
            "nomes": nomes_reconhecidos(),
            **nos_arquivos(),
        }


def _colunas() -> Any:
    from suas.cadastros.rede.importadores import UNIDADES

    return UNIDADES.colunas


def desenhar(passos: list[Passo]) -> str:
    """De cada levantamento ao seguinte: quantos CRAS ficaram, apareceram e sumiram."""
    altura, linha, maior = 40 + 34 * len(passos), 34, max(p.depois + p.sumiram for p in passos)
    escala = 480 / maior
    partes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {altura}" role="img" font-family="sans-serif" '
        'font-size="13"><title>CRAS entre um levantamento e o seguinte: os que ficaram, os novos e os que sumiram'
        "</title>"
    ]
    x = 110
    for nome, cor in CORES.items():
        partes.append(f'<rect x="{x}" y="6" width="14" height="14" fill="{cor}" stroke="#333"/>')
        partes.append(f'<text x="{x + 20}" y="18">{NOMES.get(nome, nome)}</text>')
        x += 110
    for posicao, passo in enumerate(passos):
        y, x = 34 + linha * posicao, 110.0
        partes.append(f'<text x="100" y="{y + 16}" text-anchor="end">{passo.de} a {passo.ate}</text>')
        for nome, cor in CORES.items():
            quantas = getattr(passo, nome)
            largura = quantas * escala
            partes.append(
                f'<rect x="{x:.1f}" y="{y}" width="{largura:.1f}" height="22" fill="{cor}" stroke="#333">'
                f"<title>{passo.de} a {passo.ate}: {fontes.numero(quantas)} {NOMES.get(nome, nome)}</title></rect>"
            )
            x += largura
        resumo = f"{fontes.numero(passo.ficaram)} + {fontes.numero(passo.novas)} − {fontes.numero(passo.sumiram)}"
        partes.append(f'<text x="{x + 6:.1f}" y="{y + 16}" font-size="11">{resumo}</text>')
    return "\n".join([*partes, "</svg>"]) + "\n"


def em_json(contas: dict[str, Any]) -> str:
    """As contas, para quem as quer conferir sem ler o texto."""

    def simples(valor: Any) -> Any:
        if isinstance(valor, Entrada):
            return asdict(valor) | {"faltas": sum(vezes for _, _, vezes in valor.faltas)}
        return asdict(valor)

    return json.dumps(contas, ensure_ascii=False, indent=1, default=simples) + "\n"


def main() -> None:
    analisador = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analisador.add_argument("--saida", type=Path, default=fontes.DESTINO, help="pasta do caso; padrão docs/casos")
    analisador.add_argument("--contas", type=Path, help="onde escrever também as contas, em JSON")
    pedido = analisador.parse_args()
    fontes.ler("municipios.csv")  # sem os dados, para já
    contas = contar()
    fontes.escrever("rede-2007-2023.md.jinja", pedido.saida / "rede-2007-2023.md", **contas)
    (pedido.saida / "rede-2007-2023.svg").write_text(desenhar(contas["passos"]), encoding="utf-8")
    if pedido.contas:
        pedido.contas.write_text(em_json(contas), encoding="utf-8")
    print(f"Escritos rede-2007-2023.md e .svg em {pedido.saida}")


if __name__ == "__main__":
    main()
