"""O que as páginas de leitura mostram de uma partilha: portes, estados, filas e busca. Dinheiro em centavos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.text import slugify

from normas.territorio.federacao import UF_POR_SIGLA
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.financas.partilhas.models import Cota, Estado, Grupo, Partilha, Porte, Situacao

LIMITE_DA_BUSCA = 30
ORDENS_DE_UF = ("uf", "passo2", "pago", "saldo", "contemplados", "municipios", "cobertura")


@dataclass(frozen=True, kw_only=True)
class Contagem:
    """Municípios em cada situação."""

    municipios: int = 0
    contemplados: int = 0
    nao_alcancados: int = 0
    ja_atendidos: int = 0
    nao_elegiveis: int = 0
    nao_classificados: int = 0

    @property
    def a_receber(self) -> int:
        """Elegíveis que ainda têm o que completar: o denominador honesto dos contemplados."""
        return self.contemplados + self.nao_alcancados

    @property
    def cobertura(self) -> float | None:
        """Contemplados entre os que tinham o que receber; None quando não havia ninguém."""
        return self.contemplados / self.a_receber if self.a_receber else None


CONTAGENS = {
    "municipios": Count("pk"),
    "contemplados": Count("pk", filter=Q(situacao=Situacao.CONTEMPLADO)),
    "nao_alcancados": Count("pk", filter=Q(situacao=Situacao.NAO_ALCANCADO)),
    "ja_atendidos": Count("pk", filter=Q(situacao=Situacao.MINIMO_JA_ATENDIDO)),
    "nao_elegiveis": Count("pk", filter=Q(situacao=Situacao.NAO_ELEGIVEL)),
    "nao_classificados": Count("pk", filter=Q(situacao=Situacao.NAO_CLASSIFICADO)),
}
SOMAS = {
    "passo2": Sum("passo2_centavos"),
    "recebido": Sum("recebido_centavos"),
    "cedido": Sum("cedido_centavos"),
    "pago": Sum("pago_centavos"),
    "saldo": Sum("saldo_centavos"),
}


@dataclass(frozen=True, kw_only=True)
class Dinheiro:
    """O que passou por um grupo ou por uma soma de grupos, em centavos."""

    passo2: int = 0
    recebido: int = 0
    cedido: int = 0
    pago: int = 0
    saldo: int = 0


@dataclass(frozen=True, kw_only=True)
class LinhaDePorte:
    """Um porte na partilha inteira ou numa UF.

    `passo1` é o valor do porte no país; `devolvido` é o que deu aos outros por não ter quem pese no passo 2, e
    `acrescimo` o que recebeu deles, também no país.
    """

    porte: Porte
    passo1: int
    devolvido: int
    acrescimo: int
    dinheiro: Dinheiro
    contagem: Contagem


@dataclass(frozen=True, kw_only=True)
class LinhaDeUF:
    """Uma UF na partilha."""

    sigla: str
    nome: str
    regiao: str
    dinheiro: Dinheiro
    contagem: Contagem


@dataclass(frozen=True, kw_only=True)
class Totais:
    """A partilha inteira em números: dinheiro e municípios."""

    dinheiro: Dinheiro
    contagem: Contagem


def nome_do_arquivo(partilha: Partilha, nome: str) -> str:
    """O nome com que se baixa um arquivo da partilha: começa pelo dela, para dois não se confundirem na mesma pasta."""
    return f"{slugify(partilha.nome) or 'partilha'}-{nome}"


def listar(visiveis: QuerySet[Partilha], *, estado: str = "") -> QuerySet[Partilha]:
    """As partilhas visíveis para a lista, com a de origem de cada cenário; `estado` vazio são todas."""
    escolhidas = visiveis.select_related("cenario_de")
    return escolhidas.filter(estado=estado) if estado in Estado.values else escolhidas


def por_estado(visiveis: QuerySet[Partilha]) -> list[tuple[Estado, int]]:
    """Quantas partilhas visíveis há em cada estado, na ordem do processo; só os que têm alguma."""
    quantas = dict(visiveis.order_by().values_list("estado").annotate(total=Count("pk")))
    return [(estado, quantas[estado]) for estado in Estado if estado in quantas]


def totais(partilha: Partilha) -> Totais:
    """Soma de todos os grupos e contagem de todos os municípios."""
    contagem = Cota.objects.filter(partilha=partilha).aggregate(**CONTAGENS)
    dinheiro = Grupo.objects.filter(partilha=partilha).aggregate(**SOMAS)
    return Totais(
        dinheiro=Dinheiro(**{nome: valor or 0 for nome, valor in dinheiro.items()}), contagem=Contagem(**contagem)
    )


def _medir(linhas: QuerySet[Any], medidas: Mapping[str, Any], *, por: str) -> dict[str, dict[str, int]]:
    """As medidas de cada valor da coluna `por`."""
    medidos = linhas.order_by().values(por).annotate(**medidas)
    return {linha[por]: {nome: linha[nome] for nome in medidas} for linha in medidos}


def portes(partilha: Partilha, *, uf: str = "") -> list[LinhaDePorte]:
    """Os cinco portes na ordem da norma, na partilha inteira ou só numa UF (sigla)."""
    recorte = {"partilha": partilha, **({"uf": uf} if uf else {})}
    dinheiro = _medir(Grupo.objects.filter(**recorte), SOMAS, por="porte")
    contagens = _medir(Cota.objects.filter(**recorte), CONTAGENS, por="porte")
    return [
        LinhaDePorte(
            porte=porte,
            passo1=partilha.resumo["portes"][porte.value]["passo1_centavos"],
            devolvido=partilha.resumo["portes"][porte.value]["devolvido_centavos"],
            acrescimo=partilha.resumo["portes"][porte.value]["recebido_centavos"],
            dinheiro=Dinheiro(**dinheiro.get(porte.value, {})),
            contagem=Contagem(**contagens.get(porte.value, {})),
        )
        for porte in Porte
    ]


def ufs(partilha: Partilha, *, ordem: str = "uf", so_uf: str = "") -> list[LinhaDeUF]:
    """As UFs da partilha, ou só a da sigla `so_uf`. `ordem` é uma de ORDENS_DE_UF, com “-” para o maior primeiro."""
    recorte = {"partilha": partilha, **({"uf": so_uf} if so_uf else {})}
    dinheiro = _medir(Grupo.objects.filter(**recorte), SOMAS, por="uf")
    contagens = _medir(Cota.objects.filter(**recorte), CONTAGENS, por="uf")
    linhas = [
        LinhaDeUF(
            sigla=sigla,
            nome=UF_POR_SIGLA[sigla].nome,
            regiao=UF_POR_SIGLA[sigla].regiao.value,
            dinheiro=Dinheiro(**dinheiro.get(sigla, {})),
            contagem=Contagem(**contagem),
        )
        for sigla, contagem in sorted(contagens.items())
    ]
    chave = ordem.removeprefix("-")
    if chave == "uf":
        linhas.sort(key=lambda linha: nome_de_busca(linha.nome))
    elif chave in {"passo2", "pago", "saldo"}:
        linhas.sort(key=lambda linha: (getattr(linha.dinheiro, chave), linha.sigla))
    elif chave == "cobertura":
        linhas.sort(key=lambda linha: (linha.contagem.cobertura or 0, linha.sigla))
    elif chave in {"contemplados", "municipios"}:
        linhas.sort(key=lambda linha: (getattr(linha.contagem, chave), linha.sigla))
    return linhas[::-1] if ordem.startswith("-") else linhas


def filas(partilha: Partilha, *, uf: str) -> dict[Porte, list[Cota]]:
    """As cotas de uma UF (sigla) por porte, na ordem da norma e da fila; não classificados por último."""
    cotas = Cota.objects.filter(partilha=partilha, uf=uf).select_related("municipio")
    por_porte: dict[Porte, list[Cota]] = {porte: [] for porte in Porte}
    for cota in cotas.order_by(F("ordem").asc(nulls_last=True), "municipio_id"):
        por_porte[Porte(cota.porte)].append(cota)
    return por_porte


@dataclass(frozen=True, kw_only=True, slots=True)
class NomeEValor:
    """Um município no mapa: código, nome e o que recebe, em centavos."""

    codigo: str
    nome: str
    valor: int


def da_uf(partilha: Partilha, sigla: str) -> list[NomeEValor]:
    """Os municípios de uma UF na partilha, sem montar as cotas inteiras."""
    cotas = Cota.objects.filter(partilha=partilha, uf=sigla)
    return [
        NomeEValor(codigo=codigo, nome=nome, valor=valor)
        for codigo, nome, valor in cotas.values_list("municipio_id", "municipio__nome", "valor_centavos")
    ]


def cota_de(partilha: Partilha, codigo: str) -> Cota | None:
    """A cota do município, ou None se ele não está na partilha."""
    return Cota.objects.filter(partilha=partilha, municipio_id=codigo).select_related("municipio").first()


def procurar(partilha: Partilha, termo: str, *, so_uf: str = "") -> list[Cota]:
    """Municípios da partilha pelo nome sem acentos ou pelo começo do código; no máximo LIMITE_DA_BUSCA."""
    limpo = nome_de_busca(termo)
    if not limpo:
        return []
    condicao = Q(municipio__nome_busca__contains=limpo)
    if limpo.isdigit():
        condicao = Q(municipio__codigo_ibge__startswith=limpo)
    achados = Cota.objects.filter(condicao, partilha=partilha).select_related("municipio")
    if so_uf:
        achados = achados.filter(uf=so_uf)
    return list(achados.order_by("municipio__nome_busca", "uf")[:LIMITE_DA_BUSCA])
