"""Atos sobre o território: carregar a federação que acompanha o projeto e gravar população com fonte."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from normas.territorio.federacao import UF_POR_SIGLA, UFS
from suas.cadastros.territorio.models import UF, Municipio, Populacao
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar

DADOS = Path(__file__).resolve().parent / "dados"
FONTE_DE_2020 = "IBGE, Estimativas da população residente, 1º de julho de 2020"
LOTE = 1000


@dataclass(frozen=True, kw_only=True)
class Gravadas:
    """O que uma carga de população mudou."""

    novas: int
    mudadas: int
    iguais: int

    @property
    def mudou(self) -> bool:
        return bool(self.novas or self.mudadas)


@transaction.atomic
def carregar_federacao(*, por: Ator, em: datetime) -> int:
    """Grava as UFs, os municípios e a população de 2020 que acompanham o projeto; devolve quantos municípios.

    Repetir não muda nada e não entra na trilha. Nomes e validade seguem o arquivo; a população de 2020 só é posta em
    quem não tem valor nesse ano, para não desfazer uma carga posterior.
    """
    linhas = _ler("municipios.csv")
    _gravar_ufs()
    mudou = _gravar_municipios(linhas)
    com_valor = set(Populacao.objects.filter(ano=2020).values_list("municipio_id", flat=True))
    faltam = {
        linha["codigo_ibge"]: int(linha["habitantes"])
        for linha in _ler("populacao_2020.csv")
        if linha["codigo_ibge"] not in com_valor
    }
    Populacao.objects.bulk_create(
        (
            Populacao(
                municipio_id=codigo,
                ano=2020,
                habitantes=habitantes,
                fonte=FONTE_DE_2020,
                tipo=Populacao.Tipo.ESTIMATIVA,
            )
            for codigo, habitantes in faltam.items()
        ),
        batch_size=LOTE,
    )
    if mudou or faltam:
        registrar(
            ato="territorio.carregar_federacao",
            objeto=UF.objects.earliest("pk"),
            por=por,
            em=em,
            dados={"municipios_gravados": mudou, "populacoes_de_2020": len(faltam)},
        )
    return len(linhas)


def _ler(nome: str) -> list[dict[str, str]]:
    with (DADOS / nome).open(encoding="utf-8", newline="") as arquivo:
        return list(csv.DictReader(arquivo))


def _gravar_ufs() -> None:
    UF.objects.bulk_create(
        (UF(codigo=uf.codigo, sigla=uf.sigla, nome=uf.nome, regiao=uf.regiao.value) for uf in UFS),
        update_conflicts=True,
        unique_fields=["codigo"],
        update_fields=["sigla", "nome", "regiao"],
    )


def _gravar_municipios(linhas: list[dict[str, str]]) -> int:
    """Cria os que faltam e acerta os que diferem do arquivo; devolve quantos gravou."""
    existentes = Municipio.objects.in_bulk()
    campos = ["nome", "nome_busca", "uf_id", "capital", "desde_ano", "ate_ano"]
    novos, diferentes = [], []
    for linha in linhas:
        municipio = Municipio(
            codigo_ibge=linha["codigo_ibge"],
            nome=linha["nome"],
            nome_busca=nome_de_busca(linha["nome"]),
            uf_id=UF_POR_SIGLA[linha["uf"]].codigo,
            capital=linha["capital"] == "1",
            desde_ano=int(linha["desde_ano"]) if linha["desde_ano"] else None,
            ate_ano=int(linha["ate_ano"]) if linha["ate_ano"] else None,
        )
        atual = existentes.get(municipio.pk)
        if atual is None:
            novos.append(municipio)
        elif any(getattr(atual, campo) != getattr(municipio, campo) for campo in campos):
            diferentes.append(municipio)
    Municipio.objects.bulk_create(
        [*novos, *diferentes],
        batch_size=LOTE,
        update_conflicts=True,
        unique_fields=["codigo_ibge"],
        update_fields=["uf" if campo == "uf_id" else campo for campo in campos],
    )
    return len(novos) + len(diferentes)


@transaction.atomic
def gravar_populacao(
    *, habitantes: Mapping[str, int], ano: int, fonte: str, tipo: str, por: Ator, em: datetime
) -> Gravadas:
    """Grava a população do ano para os municípios dados (código → habitantes, ao menos 1).

    O valor novo toma o lugar do anterior do mesmo ano; repetir a mesma carga não muda nada e não entra na trilha.
    Quem chama já conferiu os códigos, os números e a permissão.
    """
    atuais = {p.municipio_id: p for p in Populacao.objects.filter(ano=ano, municipio__in=habitantes)}
    novas, mudadas = [], []
    for codigo, quantos in habitantes.items():
        populacao = Populacao(municipio_id=codigo, ano=ano, habitantes=quantos, fonte=fonte, tipo=tipo)
        atual = atuais.get(codigo)
        if atual is None:
            novas.append(populacao)
        elif (atual.habitantes, atual.fonte, atual.tipo) != (quantos, fonte, tipo):
            mudadas.append(populacao)
    Populacao.objects.bulk_create(
        [*novas, *mudadas],
        batch_size=LOTE,
        update_conflicts=True,
        unique_fields=["municipio", "ano"],
        update_fields=["habitantes", "fonte", "tipo"],
    )
    resultado = Gravadas(novas=len(novas), mudadas=len(mudadas), iguais=len(habitantes) - len(novas) - len(mudadas))
    if resultado.mudou:
        registrar(
            ato="territorio.gravar_populacao",
            objeto=Populacao.objects.filter(ano=ano, municipio__in=habitantes).earliest("pk"),
            por=por,
            em=em,
            dados={"ano": ano, "fonte": fonte, "tipo": tipo, "novas": len(novas), "mudadas": len(mudadas)},
        )
    return resultado
