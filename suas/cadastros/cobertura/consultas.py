"""A cobertura calculada na hora, das unidades em funcionamento: o que a norma pede, o que há, o que falta."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from normas.rede.cobertura_municipal import (
    CoberturaMunicipal,
    RegraDeCras,
    cobertura_municipal,
    familias_estimadas,
    regra_de_cras,
)
from normas.territorio.federacao import UF_POR_CODIGO
from normas.territorio.porte import Porte, porte_pelos_limites
from suas.cadastros.cobertura import area
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede.models import MunicipioAtendido, Unidade
from suas.cadastros.territorio.consultas import limites_de_porte
from suas.cadastros.territorio.models import Municipio, Populacao
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela.filtros import plural

#: Como se diz a situação de um município diante do mínimo, na ordem da legenda.
SITUACOES: Mapping[str, str] = {
    "sem_cras": "Sem CRAS",
    "abaixo": "Abaixo do mínimo",
    "no_minimo": "No mínimo da norma",
    "acima": "Acima do mínimo",
    "sem_populacao": "Sem população para calcular",
}
COM_LACUNA = ("sem_cras", "abaixo")
REGIONAL = Unidade.Tipo.CREAS_REGIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Linha:
    """Um município: a população, o porte, a cobertura de CRAS e quantas unidades de cada outro tipo há."""

    codigo: str
    nome: str
    habitantes: int | None
    porte: Porte | None
    cobertura: CoberturaMunicipal | None
    cras: int
    creas: int
    creas_de_fora: int

    @property
    def sigla(self) -> str:
        return UF_POR_CODIGO[self.codigo[:2]].sigla

    @property
    def situacao(self) -> str:
        """A chave de `SITUACOES`."""
        if self.cobertura is None:
            return "sem_populacao"
        if not self.cras:
            return "sem_cras"
        if self.cobertura.lacuna:
            return "abaixo"
        return "no_minimo" if self.cras == self.cobertura.minimo else "acima"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totais:
    """A soma dos municípios de um território. `com_lacuna` conta municípios; o resto, unidades e famílias."""

    municipios: int
    minimo: int
    existentes: int
    lacuna: int
    capacidade: int
    referenciadas: int | None
    com_lacuna: int
    sem_cras: int
    creas: int


@dataclass(frozen=True, kw_only=True)
class Cobertura:
    """A cobertura de um território num dia, com a regra usada e o ano da população."""

    onde: str
    linhas: Sequence[Linha]
    regra: RegraDeCras
    ano: int | None

    @property
    def totais(self) -> Totais:
        return somar(self.linhas)


def cobertura(onde: str, *, hoje: date) -> Cobertura:
    """Calcula a cobertura de BR, de uma UF ou de um município; sempre as mesmas seis consultas, nada guardado."""
    regra = regra_de_cras(em=hoje)
    habitantes, ano = _populacao(onde)
    limites = limites_de_porte(ano or hoje.year)
    unidades = _unidades(onde, hoje=hoje)
    familias = _familias(onde, hoje=hoje)
    atendidos = _atendidos_de_fora(onde, hoje=hoje)
    municipios = Municipio.objects.da_abrangencia(onde).filter(ate_ano__isnull=True)
    linhas = []
    for codigo, nome in municipios.order_by("nome_busca", "codigo_ibge").values_list("codigo_ibge", "nome"):
        quantos = habitantes.get(codigo)
        sigla = UF_POR_CODIGO[codigo[:2]].sigla
        porte = porte_pelos_limites(populacao=quantos, uf=sigla, limites=limites) if quantos else None
        dos_tipos = unidades.get(codigo, {})
        cras = dos_tipos.get(Unidade.Tipo.CRAS, _NENHUMA)
        linhas.append(
            Linha(
                codigo=codigo,
                nome=nome,
                habitantes=quantos,
                porte=porte,
                cobertura=_do_municipio(porte, cras, familias.get(codigo), regra) if porte else None,
                cras=cras[0],
                creas=dos_tipos.get(Unidade.Tipo.CREAS, _NENHUMA)[0] + dos_tipos.get(REGIONAL, _NENHUMA)[0],
                creas_de_fora=atendidos[codigo],
            )
        )
    return Cobertura(onde=onde, linhas=linhas, regra=regra, ano=ano)


#: Unidades, soma das capacidades informadas, quantas não a informam.
_Grupo = tuple[int, int, int]
_NENHUMA: _Grupo = (0, 0, 0)


def _do_municipio(porte: Porte, cras: _Grupo, referenciadas: int | None, regra: RegraDeCras) -> CoberturaMunicipal:
    existentes, informada, sem = cras
    return cobertura_municipal(
        porte=porte,
        existentes=existentes,
        capacidade_informada=informada,
        sem_capacidade=sem,
        referenciadas=referenciadas,
        regra=regra,
    )


def _populacao(onde: str) -> tuple[dict[str, int], int | None]:
    """Habitantes por município no ano mais recente; quem não o tem fica com o seu mais recente."""
    ano = Populacao.objects.aggregate(ano=Max("ano"))["ano"]
    if ano is None:
        return {}, None
    do_lugar = Populacao.objects.order_by("ano").filter(municipio__in=Municipio.objects.da_abrangencia(onde))
    if onde == BRASIL:
        do_lugar = Populacao.objects.order_by("ano")
    do_ano = dict(do_lugar.filter(ano=ano).values_list("municipio_id", "habitantes"))
    faltam = Municipio.objects.da_abrangencia(onde).filter(ate_ano__isnull=True).exclude(populacoes__ano=ano)
    de_antes = do_lugar.filter(municipio__in=faltam).values_list("municipio_id", "habitantes")
    return dict(de_antes) | do_ano, ano


def _unidades(onde: str, *, hoje: date) -> dict[str, dict[str, _Grupo]]:
    """Por município e tipo, as unidades em funcionamento."""
    grupos = (
        Unidade.objects.da_abrangencia(onde)
        .em_funcionamento(hoje)
        .order_by()
        .values_list("municipio_id", "tipo")
        .annotate(quantas=Count("pk"), soma=Sum("capacidade"), com=Count("capacidade"))
    )
    achadas: dict[str, dict[str, _Grupo]] = defaultdict(dict)
    for codigo, tipo, quantas, soma, com in grupos:
        achadas[codigo][tipo] = (quantas, soma or 0, quantas - com)
    return achadas


def _familias(onde: str, *, hoje: date) -> dict[str, int]:
    """Por município, a soma das famílias que os CRAS em funcionamento dizem referenciar; só onde algum disse."""
    abertas = Unidade.objects.da_abrangencia(onde).em_funcionamento(hoje).filter(tipo=Unidade.Tipo.CRAS)
    informadas = TerritorioDoCras.objects.filter(unidade__in=abertas, familias__isnull=False)
    return dict(informadas.order_by().values_list("unidade__municipio_id").annotate(soma=Sum("familias")))


def _atendidos_de_fora(onde: str, *, hoje: date) -> Counter[str]:
    """Por município, quantas unidades de CREAS com sede em outro o atendem."""
    atende = Q(ate__isnull=True) | Q(ate__gt=hoje)
    pares = (
        MunicipioAtendido.objects.filter(atende, unidade__in=_creas(hoje))
        .filter(municipio__in=Municipio.objects.da_abrangencia(onde))
        .values_list("municipio_id", "unidade__municipio_id")
    )
    return Counter(atendido for atendido, sede in pares if atendido != sede)


def _creas(hoje: date) -> object:
    return (
        Unidade.objects.em_funcionamento(hoje).filter(tipo__in=(Unidade.Tipo.CREAS, REGIONAL)).order_by().values("pk")
    )


def somar(linhas: Iterable[Linha]) -> Totais:
    """Os totais de um conjunto de municípios."""
    todas = list(linhas)
    com = [linha.cobertura for linha in todas if linha.cobertura is not None]
    informadas = [c.referenciadas for c in com if c.referenciadas is not None]
    return Totais(
        municipios=len(todas),
        minimo=sum(c.minimo for c in com),
        existentes=sum(linha.cras for linha in todas),
        lacuna=sum(c.lacuna for c in com),
        capacidade=sum(c.capacidade for c in com),
        referenciadas=sum(informadas) if informadas else None,
        com_lacuna=sum(1 for c in com if c.lacuna),
        sem_cras=sum(1 for linha in todas if not linha.cras),
        creas=sum(linha.creas for linha in todas),
    )


@dataclass(frozen=True, kw_only=True)
class LinhaDeUF:
    """Uma UF na página do país."""

    sigla: str
    nome: str
    totais: Totais


def por_uf(linhas: Iterable[Linha]) -> list[LinhaDeUF]:
    """As UFs com municípios no cadastro, por nome."""
    grupos: dict[str, list[Linha]] = defaultdict(list)
    for linha in linhas:
        grupos[linha.codigo[:2]].append(linha)
    ufs = sorted((UF_POR_CODIGO[codigo] for codigo in grupos), key=lambda uf: uf.nome)
    return [LinhaDeUF(sigla=uf.sigla, nome=uf.nome, totais=somar(grupos[uf.codigo])) for uf in ufs]


ORDENS = {
    "nome": lambda linha: nome_de_busca(linha.nome),
    "habitantes": lambda linha: linha.habitantes or 0,
    "cras": lambda linha: linha.cras,
    "falta": lambda linha: linha.cobertura.lacuna if linha.cobertura else 0,
    "capacidade": lambda linha: linha.cobertura.capacidade if linha.cobertura else 0,
    "creas": lambda linha: linha.creas + linha.creas_de_fora,
}


def escolher(linhas: Iterable[Linha], *, situacao: str, porte: str, termo: str, ordem: str) -> list[Linha]:
    """As linhas do filtro, na ordem pedida; `situacao` aceita “falta”, que junta sem CRAS e abaixo do mínimo."""
    situacoes = COM_LACUNA if situacao == "falta" else ((situacao,) if situacao in SITUACOES else ())
    limpo = nome_de_busca(termo)
    escolhidas = [
        linha
        for linha in linhas
        if (not situacoes or linha.situacao in situacoes)
        and (not porte or linha.porte == porte)
        and (not limpo or limpo in nome_de_busca(linha.nome))
    ]
    chave = ORDENS.get(ordem.removeprefix("-"), ORDENS["nome"])
    return sorted(escolhidas, key=chave, reverse=ordem.startswith("-"))


@dataclass(frozen=True, kw_only=True)
class CrasDoMunicipio:
    """Um CRAS na página do município, com o território e o que nele pede atenção."""

    unidade: Unidade
    territorio: TerritorioDoCras | None
    capacidade: int | None
    avisos: tuple[str, ...]


def cras_do_municipio(codigo: str, *, por_porte: int | None, hoje: date) -> list[CrasDoMunicipio]:
    """Os CRAS em funcionamento, por nome. `por_porte` é a capacidade do porte, para quem não informa a sua."""
    unidades = (
        Unidade.objects.da_abrangencia(codigo)
        .em_funcionamento(hoje)
        .filter(tipo=Unidade.Tipo.CRAS)
        .select_related("territorio")
    )
    todas = list(unidades)
    territorios = {u.pk: u.territorio for u in todas if hasattr(u, "territorio")}
    return [
        CrasDoMunicipio(
            unidade=unidade,
            territorio=territorios.get(unidade.pk),
            capacidade=(capacidade := unidade.capacidade if unidade.capacidade is not None else por_porte),
            avisos=tuple(_avisos(unidade, territorios, capacidade=capacidade, sozinho=len(todas) == 1)),
        )
        for unidade in todas
    ]


def _avisos(
    unidade: Unidade, territorios: Mapping[object, TerritorioDoCras], *, capacidade: int | None, sozinho: bool
) -> Iterable[str]:
    """O que não fecha no território de um CRAS; avisa, nunca impede."""
    proprio = territorios.get(unidade.pk)
    if proprio is None:
        if not sozinho:
            yield "O território deste CRAS não foi informado."
        return
    if capacidade is not None and proprio.familias is not None and proprio.familias > capacidade:
        alem = plural(proprio.familias - capacidade, "família", "famílias")
        yield f"Referencia {alem} além da capacidade."
    if not sozinho and not proprio.bairros and not proprio.contorno:
        yield "Diz abranger o município inteiro, e há outro CRAS nele."
    for pk, outro in territorios.items():
        if pk != unidade.pk:
            yield from _sobreposicao(proprio, outro)


def _sobreposicao(um: TerritorioDoCras, outro: TerritorioDoCras) -> Iterable[str]:
    nomes = {nome_de_busca(bairro): bairro for bairro in um.bairros}
    comuns = [nomes[limpo] for limpo in map(nome_de_busca, outro.bairros) if limpo in nomes]
    if comuns:
        yield f"Também no território de {outro.unidade.nome}: {', '.join(comuns)}."
    if area.se_sobrepoem(um.contorno, outro.contorno):
        yield f"A área desenhada se sobrepõe à de {outro.unidade.nome}."


def regionais(codigo: str, *, hoje: date) -> tuple[list[MunicipioAtendido], list[MunicipioAtendido]]:
    """Os serviços partilhados: os que vêm de fora atender o município, e os daqui que atendem outros."""
    vale = Q(ate__isnull=True) | Q(ate__gt=hoje)
    atendimentos = (
        MunicipioAtendido.objects.filter(vale, unidade__in=Unidade.objects.em_funcionamento(hoje))
        .filter(Q(municipio_id=codigo) | Q(unidade__municipio_id=codigo))
        .select_related("unidade__municipio__uf", "municipio__uf")
        .order_by("unidade__nome_busca", "municipio__nome_busca")
    )
    todos = [a for a in atendimentos if a.municipio_id != a.unidade.municipio_id]
    de_fora = [a for a in todos if a.municipio_id == codigo]
    return de_fora, [a for a in todos if a.unidade.municipio_id == codigo]


def estimadas(linha: Linha, *, hoje: date) -> int | None:
    """Famílias do município por habitantes (leitura do projeto): só informa."""
    return familias_estimadas(habitantes=linha.habitantes, em=hoje) if linha.habitantes else None


def territorio_de(unidade: Unidade) -> TerritorioDoCras | None:
    """O território informado de um CRAS, ou nada."""
    return TerritorioDoCras.objects.filter(unidade=unidade).select_related("unidade").first()


def territorios_informados(onde: str) -> QuerySet[TerritorioDoCras]:
    """Os territórios que os CRAS do país, ou os de um município, informaram."""
    todos = TerritorioDoCras.objects.all()
    return todos if onde == BRASIL else todos.filter(unidade__municipio_id=onde)


def para_a_pagina_do_municipio(municipio: Municipio, ator: Ator, hoje: date) -> dict[str, object] | None:
    """A seção na página do município; nada se ele não é contado hoje."""
    calculada = cobertura(municipio.pk, hoje=hoje)
    if not calculada.linhas:
        return None
    linha = calculada.linhas[0]
    return {"linha": linha, "situacao": SITUACOES[linha.situacao], "regra": calculada.regra}
