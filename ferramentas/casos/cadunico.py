"""Refaz docs/casos/cadunico-2018: traz pelo importador do produto a amostra real do Cadastro Único e conta o achado.

    python ferramentas/casos/cadunico.py [--saida PASTA]

A amostra pública vem sem nome, documento nem data: as famílias, os parentescos, os sexos, as idades, as deficiências e
as rendas são reais; o nome, o NIS e o dia do nascimento são inventados a partir do número da linha.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import fontes

from normas.base.documentos import digito_do_nis

AGORA = datetime(2026, 11, 22, 12, tzinfo=UTC)
ARQUIVO = fontes.DADOS / "cadunico/cadunico_amostra_2018_pessoas_mg.parquet"
BASE = date(2018, 12, 31)
RENDAS = (
    "val_remuner_emprego_memb", "val_renda_doacao_memb", "val_renda_aposent_memb", "val_renda_seguro_desemp_memb",
    "val_renda_pensao_alimen_memb", "val_outras_rendas_memb",
)  # fmt: skip
CABECALHO = (
    "cd_ibge", "d.cod_familiar_fam", "d.vlr_renda_total_fam", "p.nom_pessoa", "p.num_nis_pessoa_atual",
    "p.dta_nasc_pessoa", "p.cod_sexo_pessoa", "p.cod_parentesco_rf_pessoa", "p.cod_deficiencia_memb",
)  # fmt: skip
PRENOMES = ("Alba", "Bento", "Cora", "Davi", "Elza", "Fabio", "Gilda", "Heitor", "Iara", "Joel", "Lia", "Mauro", "Nair")


def pessoas() -> list[dict[str, Any]]:
    """As linhas da amostra, com a renda da família somada das pessoas dela."""
    rendas = " + ".join(f"coalesce({renda}, 0)" for renda in RENDAS)
    lidas = duckdb.sql(
        f"SELECT *, sum({rendas}) OVER (PARTITION BY codigo_ibge7, id_familia) AS renda FROM '{ARQUIVO}' "
        "ORDER BY codigo_ibge7, id_familia, cod_parentesco_rf_pessoa, id_pessoa"
    )
    return [dict(zip(lidas.columns, linha, strict=True)) for linha in lidas.fetchall()]


def extrato(linhas: list[dict[str, Any]], *, mudadas: bool = False) -> bytes:
    """O CSV como o CECAD o daria. `mudadas`: o extrato seguinte, com outra renda em uma de cada dez famílias."""
    escritas = [";".join(CABECALHO)]
    for linha in linhas:
        numero = int(linha["id_pessoa"])
        dez = f"{1_600_000_000 + numero}"
        renda = int(linha["renda"]) + (100 if mudadas and int(linha["id_familia"]) % 10 == 0 else 0)
        nascimento = date(BASE.year - int(linha["idade"]), 1 + numero % 12, 1 + numero % 28)
        nome = f"{PRENOMES[numero % 13]} {PRENOMES[numero // 13 % 13]} da Amostra {numero}"
        celulas = (
            linha["codigo_ibge7"], f"{int(linha['id_familia']):011d}", renda, nome, dez + digito_do_nis(dez),
            nascimento.isoformat(), linha["cod_sexo_pessoa"], linha["cod_parentesco_rf_pessoa"],
            linha["cod_deficiencia_memb"] or "",
        )  # fmt: skip
        escritas.append(";".join(str(celula) for celula in celulas))
    return "\n".join(escritas).encode()


def contar(*, ate: int = 10**6) -> dict[str, Any]:
    """Traz os municípios de até tantas linhas, numa instalação passageira: uma vez, de novo, e o extrato seguinte."""
    os.environ.pop("DATABASE_URL", None)
    por_municipio: dict[str, list[dict[str, Any]]] = {}
    for linha in pessoas():
        por_municipio.setdefault(linha["codigo_ibge7"], []).append(linha)
    todas = [linha for linhas in por_municipio.values() for linha in linhas]
    por_municipio = {codigo: linhas for codigo, linhas in por_municipio.items() if len(linhas) <= ate}
    with tempfile.TemporaryDirectory() as pasta:
        from suas.config.gerenciar import preparar_banco, preparar_django

        preparar_django(dados=Path(pasta))
        preparar_banco()
        from suas.cadastros.territorio.acoes import carregar_federacao
        from suas.cadastros.territorio.models import Municipio
        from suas.nucleo.importacoes import tarefas
        from suas.nucleo.permissoes.ator import ATOR_PUBLICO

        tarefas.LINHAS_NA_HORA = 10**6  # não há fila aqui
        carregar_federacao(por=ATOR_PUBLICO, em=AGORA)
        nomes = {m.pk: str(m) for m in Municipio.objects.select_related("uf").filter(pk__in=list(por_municipio))}
        municipios = []
        for codigo, linhas in sorted(por_municipio.items(), key=lambda item: -len(item[1])):
            vezes = [
                _trazer(codigo, extrato(linhas), "31/12/2018"),
                _trazer(codigo, extrato(linhas), "31/12/2018"),
                _trazer(codigo, extrato(linhas, mudadas=True), "31/01/2019"),
            ]
            municipios.append(
                {
                    "nome": nomes[codigo],
                    "linhas": len(linhas),
                    "vezes": vezes,
                    "na_fonte": _na_fonte(linhas),
                    "no_registro": _no_registro(codigo),
                }
            )
        # o arquivo dos seis, trazido por um só município: as linhas dos outros são de fora
        menor = min(por_municipio, key=lambda codigo: len(por_municipio[codigo]))
        fora = _trazer(menor, extrato(todas), "31/01/2019", aplicar=False)
        return {"municipios": municipios, "fora": fora, "linhas": len(todas)}


def _trazer(codigo: str, conteudo: bytes, dia: str, *, aplicar: bool = True) -> dict[str, int]:
    from suas.atendimento.cadunico.importadores import EXTRATO
    from suas.nucleo.identidade.models import Pessoa
    from suas.nucleo.importacoes import consultas, tarefas
    from suas.nucleo.importacoes.acoes import preparo
    from suas.nucleo.permissoes.ator import Ator
    from suas.nucleo.permissoes.papeis import VIGILANCIA_MUNICIPAL
    from suas.nucleo.planilhas import pastas

    pessoa, _ = Pessoa.objects.get_or_create(email="traz@exemplo.gov.br", defaults={"nome": "Fulana do Exemplo"})
    por = Ator(pessoa=pessoa, vinculo=None, papel=VIGILANCIA_MUNICIPAL, abrangencia=codigo)
    quadro = pastas.ler(conteudo, reconhece=EXTRATO.reconhece, limites=EXTRATO.limites)
    respostas = {"dia": dia}
    importacao = preparo.receber(
        importador=EXTRATO, arquivo="e.csv", conteudo=conteudo, quadro=quadro, respostas=respostas, por=por, em=AGORA
    )
    importacao = tarefas.conferir(importacao=importacao, importador=EXTRATO, por=por, em=AGORA)
    previa = consultas.previa_de(importacao)
    assert previa is not None
    de_fora = len(previa.linhas_de_fora_da_abrangencia)
    if aplicar:
        importacao = tarefas.aplicar(importacao=importacao, importador=EXTRATO, por=por, em=AGORA)
        assert importacao.situacao == "aplicada", importacao.situacao
    return {
        "reconhecidas": sum(1 for codigo in importacao.destinos.values() if codigo),
        "faltas": importacao.faltas - de_fora,
        "de_fora": de_fora,
        "novas": importacao.novas,
        "mudadas": importacao.mudadas,
        "iguais": importacao.iguais,
    }


def _na_fonte(linhas: list[dict[str, Any]]) -> dict[str, Any]:
    """As contas feitas direto na amostra."""
    idades = sorted(BASE.year - int(linha["idade"]) for linha in linhas)
    return {
        "pessoas": len(linhas),
        "familias": len({linha["id_familia"] for linha in linhas}),
        "parentescos": dict(sorted(Counter(str(linha["cod_parentesco_rf_pessoa"]) for linha in linhas).items())),
        "deficiencia": sum(linha["cod_deficiencia_memb"] == 1 for linha in linhas),
        "mulheres": sum(linha["cod_sexo_pessoa"] == 2 for linha in linhas),
        "nascimento_do_meio": idades[len(idades) // 2],
        "renda_total_centavos": sum(
            100 * int(linha["renda"]) + (10_000 if int(linha["id_familia"]) % 10 == 0 else 0)
            for linha in linhas
            if linha["cod_parentesco_rf_pessoa"] == 1
        ),
    }


def _no_registro(codigo: str) -> dict[str, Any]:
    """As mesmas, no registro das famílias, depois dos três extratos."""
    from django.db.models import Count, Sum

    from suas.atendimento.cadunico.models import CadastroDaFamilia
    from suas.atendimento.familias.models import Familia, Integrante, PessoaAtendida

    delas = PessoaAtendida.objects.filter(abrangencia=codigo)
    abertos = Integrante.objects.filter(abrangencia=codigo, ate__isnull=True).order_by()
    nascidas = sorted(dia.year for dia in delas.values_list("nascimento", flat=True) if dia)
    parentescos = abertos.values_list("parentesco").annotate(quantas=Count("pk"))
    return {
        "pessoas": delas.count(),
        "familias": Familia.objects.filter(abrangencia=codigo).count(),
        "parentescos": dict(sorted((str(parentesco), quantas) for parentesco, quantas in parentescos)),
        "deficiencia": delas.filter(deficiencia=True).count(),
        "mulheres": delas.filter(sexo="F").count(),
        "nascimento_do_meio": nascidas[len(nascidas) // 2],
        "renda_total_centavos": CadastroDaFamilia.objects.filter(abrangencia=codigo).aggregate(
            soma=Sum("renda_total_centavos")
        )["soma"],
    }


def main() -> None:
    analisador = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    analisador.add_argument("--saida", type=Path, default=fontes.DESTINO, help="pasta do caso; padrão docs/casos")
    analisador.add_argument("--contas", type=Path, help="onde escrever também as contas, em JSON")
    analisador.add_argument("--ate", type=int, default=10**6, help="só os municípios de até tantas linhas")
    pedido = analisador.parse_args()
    fontes.ler("municipios.csv")  # sem os dados, para já
    contas = contar(ate=pedido.ate)
    fontes.escrever("cadunico-2018.md.jinja", pedido.saida / "cadunico-2018.md", **contas)
    if pedido.contas:
        pedido.contas.write_text(json.dumps(contas, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"Escrito cadunico-2018.md em {pedido.saida}")


if __name__ == "__main__":
    main()
