"""O que se pergunta sobre indicadores. Valores são texto exato, com ponto decimal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.vigilancia.indicadores.models import Importacao, Indicador, Valor
from suas.vigilancia.indicadores.numeros import escrever_valor


@dataclass(frozen=True, slots=True, kw_only=True)
class Dado:
    """Um valor com a sua origem."""

    valor: str
    ano: int
    fonte: str
    sintetico: bool


def valores(indicador: str, ano: int) -> dict[str, Dado]:
    """Os valores do indicador no ano, por código do município."""
    return _dados(Valor.objects.filter(indicador_id=indicador, ano=ano))


def mais_recentes(indicador: str, *, ate_ano: int) -> dict[str, Dado]:
    """O valor mais recente até `ate_ano`, inclusive, de cada município."""
    return _dados(Valor.objects.filter(indicador_id=indicador, ano__lte=ate_ano).order_by("ano"))


def _dados(linhas: QuerySet[Valor]) -> dict[str, Dado]:
    campos = linhas.values_list("municipio_id", "valor", "ano", "fonte", "sintetico")
    return {
        codigo: Dado(valor=valor, ano=ano, fonte=fonte, sintetico=sintetico)
        for codigo, valor, ano, fonte, sintetico in campos
    }


def indicadores() -> QuerySet[Indicador]:
    """Todos os indicadores, por nome."""
    return Indicador.objects.all()


def numericos() -> QuerySet[Indicador]:
    """Os indicadores que podem ser comparados por tamanho: os que servem de complementar."""
    return Indicador.objects.exclude(tipo=Indicador.Tipo.CATEGORIA)


def anos_de(indicador: str) -> list[int]:
    """Os anos com algum valor do indicador, do mais recente ao mais antigo."""
    return list(Valor.objects.filter(indicador_id=indicador).order_by("-ano").values_list("ano", flat=True).distinct())


def municipios_por_ano() -> dict[str, dict[int, int]]:
    """De cada indicador, quantos municípios têm valor em cada ano, do mais recente ao mais antigo; uma consulta só."""
    anos: dict[str, dict[int, int]] = {}
    contagens = Valor.objects.order_by("-ano").values_list("indicador_id", "ano").annotate(quantos=Count("*"))
    for indicador, ano, quantos in contagens:
        anos.setdefault(indicador, {})[ano] = quantos
    return anos


@dataclass(frozen=True, kw_only=True)
class Cobertura:
    """Um indicador com o ano mais recente e quantos municípios têm valor nele."""

    indicador: Indicador
    ano: int | None
    municipios: int
    tem_sintetico: bool


def coberturas() -> list[Cobertura]:
    """Cada indicador com a cobertura do ano mais recente, por nome; duas consultas, ambas só pelos índices."""
    por_indicador: dict[str, tuple[int, int]] = {}
    contagens = Valor.objects.order_by().values_list("indicador_id", "ano").annotate(quantos=Count("*"))
    for codigo, ano, quantos in contagens:
        if codigo not in por_indicador or ano > por_indicador[codigo][0]:
            por_indicador[codigo] = (ano, quantos)
    ultimo_ano = Valor.objects.filter(indicador=OuterRef(OuterRef("pk"))).order_by("-ano").values("ano")[:1]
    do_ultimo_ano = Valor.objects.filter(indicador=OuterRef("pk"), ano=Subquery(ultimo_ano), sintetico=True)
    return [
        Cobertura(indicador=i, ano=ano, municipios=quantos, tem_sintetico=i.tem_sintetico)
        for i in indicadores().annotate(tem_sintetico=Exists(do_ultimo_ano))
        for ano, quantos in [por_indicador.get(i.pk, (None, 0))]
    ]


def sem_valor(indicador: str, ano: int, *, municipios: Iterable[str]) -> list[str]:
    """Dos códigos dados, os que não têm valor do indicador no ano."""
    tem = set(Valor.objects.filter(indicador_id=indicador, ano=ano).values_list("municipio_id", flat=True))
    return [codigo for codigo in municipios if codigo not in tem]


def importacoes_de(ator: Ator) -> QuerySet[Importacao]:
    """As importações feitas dentro da abrangência de quem pergunta, as mais novas primeiro."""
    todas = Importacao.objects.select_related("por").defer("conteudo")
    if ator.abrangencia == "BR":
        return todas
    return todas.filter(abrangencia__startswith=ator.abrangencia) if ator.abrangencia else todas.none()


def para_a_pagina_do_municipio(municipio: Municipio, ator: Ator, hoje: date) -> dict[str, Any] | None:
    """O valor mais recente de cada indicador do município, para a página dele; None se não há nenhum."""
    recentes: dict[str, Valor] = {}
    for valor in municipio.indicadores.select_related("indicador").order_by("ano"):
        recentes[valor.indicador_id] = valor
    pode_digitar = ator.pode(Permissao.INDICADOR_DIGITAR, em=municipio.pk)
    if not recentes and not pode_digitar:
        return None
    return {
        "linhas": [
            {"valor": v, "texto": escrever_valor(v.valor, v.indicador)}
            for v in sorted(recentes.values(), key=lambda v: v.indicador.nome)
        ],
        "pode_digitar": pode_digitar,
        "tem_sintetico": any(v.sintetico for v in recentes.values()),
    }


def numeros_de(dados: dict[str, Dado]) -> dict[str, Decimal]:
    """Os valores como números exatos."""
    return {codigo: Decimal(dado.valor) for codigo, dado in dados.items()}
