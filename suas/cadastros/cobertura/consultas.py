"""A cobertura calculada na hora, das unidades em funcionamento: o que a norma pede, o que há, o que falta."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum

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
    "sem_registro": "Nada registrado",
    "sem_populacao": "Sem população para calcular",
}
#: O que não tem lugar na escala do mapa: nada se sabe.
SEM_DADO = ("sem_registro", "sem_populacao")
COM_LACUNA = ("sem_cras", "abaixo")
#: O que o filtro aceita além de cada situação: várias de uma vez.
_JUNTAS: Mapping[str, Sequence[str]] = {"falta": COM_LACUNA, "sem_dado": SEM_DADO}
#: O que se diz dos CREAS de um município, na ordem da legenda; sem mínimo por porte, só se conta o que há.
CREAS: Mapping[str, str] = {
    "de_fora": "Só o de outro município atende",
    "um": "Um CREAS",
    "dois": "Dois ou mais",
    "nenhum": "Nenhum CREAS registrado",
}
REGIONAL = Unidade.Tipo.CREAS_REGIONAL


@dataclass(frozen=True, slots=True)
class Linha:
    """Um município: a população, o porte, a cobertura de CRAS e quantas unidades de cada outro tipo há.

    `registrado` é falso quando nenhuma unidade dele, de tipo nenhum, entrou alguma vez no cadastro: os zeros não dizem
    que falta, dizem que ninguém informou.
    """

    codigo: str
    nome: str
    habitantes: int | None
    porte: Porte | None
    cobertura: CoberturaMunicipal | None
    cras: int
    creas: int
    creas_de_fora: int
    registrado: bool

    @property
    def sigla(self) -> str:
        return UF_POR_CODIGO[self.codigo[:2]].sigla

    @property
    def situacao(self) -> str:
        """A chave de `SITUACOES`."""
        return _situacao(self.cobertura, self.cras, self.registrado)

    @property
    def dos_creas(self) -> str:
        """A chave de `CREAS`."""
        return _dos_creas(self.creas, self.creas_de_fora)

    @property
    def falta(self) -> int | None:
        """Os CRAS que faltam para o mínimo; nada se não há população ou ninguém registrou a rede."""
        return self.cobertura.lacuna if self.cobertura and self.registrado else None

    @property
    def capacidade(self) -> int | None:
        """As famílias que cabem nos CRAS; nada se não há população ou ninguém registrou a rede."""
        return self.cobertura.capacidade if self.cobertura and self.registrado else None


def _situacao(conta: CoberturaMunicipal | None, cras: int, registrado: bool) -> str:
    if conta is None:
        return "sem_populacao"
    if not registrado:
        return "sem_registro"
    if not cras:
        return "sem_cras"
    if conta.lacuna:
        return "abaixo"
    return "no_minimo" if cras == conta.minimo else "acima"


def _dos_creas(creas: int, de_fora: int) -> str:
    if creas:
        return "um" if creas == 1 else "dois"
    return "de_fora" if de_fora else "nenhum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totais:
    """A soma dos municípios de um território. `com_lacuna` conta municípios; o resto, unidades e famílias.

    `lacuna` soma a de todos; `por_registrar` é a parte dela nos `sem_registro` municípios de que nada se sabe.
    """

    municipios: int
    minimo: int
    existentes: int
    lacuna: int
    capacidade: int
    referenciadas: int | None
    com_lacuna: int
    sem_cras: int
    creas: int
    sem_registro: int
    por_registrar: int

    @property
    def falta(self) -> int:
        """Os CRAS que faltam onde a rede está no cadastro."""
        return self.lacuna - self.por_registrar

    @property
    def vazio(self) -> bool:
        """Nada do território está no cadastro."""
        return self.sem_registro == self.municipios


@dataclass(frozen=True, kw_only=True)
class LinhaDeUF:
    """Uma UF na página do país."""

    sigla: str
    nome: str
    totais: Totais


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
    """Calcula a cobertura de cada município de uma UF, ou de um só, por nome; nada guardado."""
    regra = regra_de_cras(em=hoje)
    ano, contas = _contas(onde, regra=regra, hoje=hoje)
    return Cobertura(onde=onde, linhas=[Linha(*conta) for conta in contas], regra=regra, ano=ano)


@dataclass(frozen=True, kw_only=True)
class DoPais:
    """A cobertura do país: a soma de cada UF e, de cada município, a chave de `SITUACOES` e a de `CREAS`."""

    ufs: Sequence[LinhaDeUF]
    situacao_de: Mapping[str, str]
    creas_de: Mapping[str, str]
    regra: RegraDeCras
    ano: int | None


def do_pais(*, hoje: date) -> DoPais:
    """Calcula a cobertura do país sem guardar uma linha por município: são 5.570 a cada pedido."""
    regra = regra_de_cras(em=hoje)
    ano, contas = _contas(BRASIL, regra=regra, hoje=hoje)
    somas: dict[str, _Soma] = defaultdict(_Soma)
    situacao_de, creas_de = {}, {}
    for codigo, _, _, _, conta, cras, creas, de_fora, registrado in contas:
        somas[codigo[:2]].somar(conta, cras, creas, registrado)
        situacao_de[codigo] = _situacao(conta, cras, registrado)
        creas_de[codigo] = _dos_creas(creas, de_fora)
    ufs = sorted((UF_POR_CODIGO[codigo] for codigo in somas), key=lambda uf: uf.nome)
    linhas = [LinhaDeUF(sigla=uf.sigla, nome=uf.nome, totais=somas[uf.codigo].totais()) for uf in ufs]
    return DoPais(ufs=linhas, situacao_de=situacao_de, creas_de=creas_de, regra=regra, ano=ano)


#: Os campos de `Linha`, na ordem em que ela os declara.
_Conta = tuple[str, str, int | None, Porte | None, CoberturaMunicipal | None, int, int, int, bool]


def _contas(onde: str, *, regra: RegraDeCras, hoje: date) -> tuple[int | None, Iterator[_Conta]]:
    """O ano da população e, município a município, a conta; os iguais no porte e na rede dividem a mesma."""
    municipios = municipios_de(onde)
    habitantes, ano = _populacao(onde, [codigo for codigo, _ in municipios])
    limites = limites_de_porte(ano or hoje.year)
    unidades = _unidades(onde, hoje=hoje)
    familias = _familias(onde, hoje=hoje)
    atendidos = _atendidos_de_fora(onde, hoje=hoje)
    com_registro = _com_registro(onde)

    def contar() -> Iterator[_Conta]:
        prontas: dict[tuple[Porte, _Grupo, int | None], CoberturaMunicipal] = {}
        for codigo, nome in municipios:
            quantos = habitantes.get(codigo)
            cras, creas = unidades.get(codigo, (_NENHUMA, 0))
            porte, conta = None, None
            if quantos:
                porte = porte_pelos_limites(populacao=quantos, uf=_SIGLAS[codigo[:2]], limites=limites)
                chave = (porte, cras, familias.get(codigo))
                conta = prontas.get(chave) or prontas.setdefault(chave, _do_municipio(*chave, regra))
            yield codigo, nome, quantos, porte, conta, cras[0], creas, atendidos.get(codigo, 0), codigo in com_registro

    return ano, contar()


#: Unidades, soma das capacidades informadas, quantas não a informam.
_Grupo = tuple[int, int, int]
_NENHUMA: _Grupo = (0, 0, 0)
_SIGLAS = {codigo: uf.sigla for codigo, uf in UF_POR_CODIGO.items()}


def municipios_de(onde: str) -> list[tuple[str, str]]:
    """Código e nome dos municípios de hoje, por nome; no país inteiro, onde ninguém os lista, sem ordem."""
    do_lugar = Municipio.objects.da_abrangencia(onde).filter(ate_ano__isnull=True)
    ordem = () if onde == BRASIL else ("nome_busca", "codigo_ibge")
    return list(do_lugar.order_by(*ordem).values_list("codigo_ibge", "nome"))


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


def _populacao(onde: str, codigos: Sequence[str]) -> tuple[dict[str, int], int | None]:
    """Habitantes por município no ano mais recente; quem não o tem fica com o seu mais recente."""
    ano = Populacao.objects.aggregate(ano=Max("ano"))["ano"]
    if ano is None:
        return {}, None
    todas = Populacao.objects.order_by("ano")
    if onde != BRASIL:
        todas = todas.filter(municipio__codigo_ibge__startswith=onde)
    do_ano = dict(todas.filter(ano=ano).values_list("municipio_id", "habitantes"))
    if len(do_ano) >= len(codigos):
        return do_ano, ano
    faltam = set(codigos) - do_ano.keys()
    de_antes = todas.filter(ano__lt=ano).values_list("municipio_id", "habitantes")
    return {codigo: quantos for codigo, quantos in de_antes if codigo in faltam} | do_ano, ano


def _unidades(onde: str, *, hoje: date) -> dict[str, tuple[_Grupo, int]]:
    """Por município, os CRAS em funcionamento e quantos CREAS há."""
    abertas = (
        Unidade.objects.da_abrangencia(onde)
        .em_funcionamento(hoje)
        .filter(tipo__in=(Unidade.Tipo.CRAS, Unidade.Tipo.CREAS, REGIONAL))
        .order_by()
        .values_list("municipio_id", "tipo", "capacidade")
    )
    achadas: dict[str, tuple[_Grupo, int]] = {}
    for codigo, tipo, capacidade in abertas.iterator(chunk_size=5000):
        (quantos, soma, sem), creas = achadas.get(codigo, (_NENHUMA, 0))
        if tipo == Unidade.Tipo.CRAS:
            achadas[codigo] = ((quantos + 1, soma + (capacidade or 0), sem + (capacidade is None)), creas)
        else:
            achadas[codigo] = ((quantos, soma, sem), creas + 1)
    return achadas


def _com_registro(onde: str) -> set[str]:
    """Os municípios com alguma unidade no cadastro, de qualquer tipo, também as fechadas."""
    return set(Unidade.objects.da_abrangencia(onde).order_by().values_list("municipio_id", flat=True).distinct())


def _familias(onde: str, *, hoje: date) -> dict[str, int]:
    """Por município, a soma das famílias que os CRAS em funcionamento dizem referenciar; só onde algum disse."""
    informadas = TerritorioDoCras.objects.filter(
        unidade_aberta(hoje), familias__isnull=False, unidade__tipo=Unidade.Tipo.CRAS
    )  # fmt: skip
    if onde != BRASIL:
        informadas = informadas.filter(unidade__municipio__codigo_ibge__startswith=onde)
    return dict(informadas.order_by().values_list("unidade__municipio_id").annotate(soma=Sum("familias")))


def _atendidos_de_fora(onde: str, *, hoje: date) -> Counter[str]:
    """Por município, quantas unidades de CREAS com sede em outro o atendem."""
    atende = Q(ate__isnull=True) | Q(ate__gt=hoje)
    pares = MunicipioAtendido.objects.filter(
        atende, unidade_aberta(hoje), unidade__tipo__in=(Unidade.Tipo.CREAS, REGIONAL)
    )  # fmt: skip
    if onde != BRASIL:
        pares = pares.filter(municipio__codigo_ibge__startswith=onde)
    codigos = pares.order_by().values_list("municipio_id", "unidade__municipio_id")
    return Counter(atendido for atendido, sede in codigos if atendido != sede)


def unidade_aberta(hoje: date) -> Q:
    """A unidade do registro está em funcionamento no dia."""
    comecou = Q(unidade__aberta_em__isnull=True) | Q(unidade__aberta_em__lte=hoje)
    nao_fechou = Q(unidade__fechada_em__isnull=True) | Q(unidade__fechada_em__gt=hoje)
    return comecou & nao_fechou & Q(unidade__fundida_em__isnull=True)


class _Soma:
    """Vai somando municípios; `totais` diz o que somou."""

    def __init__(self) -> None:
        self.municipios = self.minimo = self.existentes = self.lacuna = self.capacidade = 0
        self.com_lacuna = self.sem_cras = self.creas = self.sem_registro = self.por_registrar = 0
        self.referenciadas: int | None = None

    def somar(self, conta: CoberturaMunicipal | None, cras: int, creas: int, registrado: bool) -> None:
        self.municipios += 1
        self.existentes += cras
        self.creas += creas
        self.sem_cras += registrado and not cras
        self.sem_registro += not registrado
        if conta is None:
            return
        falta = conta.lacuna
        self.minimo += conta.minimo
        self.lacuna += falta
        if registrado:
            self.com_lacuna += bool(falta)
        else:
            self.por_registrar += falta
        self.capacidade += conta.capacidade
        if conta.referenciadas is not None:
            self.referenciadas = (self.referenciadas or 0) + conta.referenciadas

    def totais(self) -> Totais:
        return Totais(**vars(self))


def somar(linhas: Iterable[Linha]) -> Totais:
    """Os totais de um conjunto de municípios."""
    soma = _Soma()
    for linha in linhas:
        soma.somar(linha.cobertura, linha.cras, linha.creas, linha.registrado)
    return soma.totais()


def juntar(totais: Iterable[Totais]) -> Totais:
    """O total dos totais."""
    todos = list(totais)
    somados = {nome: sum(getattr(t, nome) for t in todos) for nome in Totais.__slots__ if nome != "referenciadas"}
    informadas = [t.referenciadas for t in todos if t.referenciadas is not None]
    return Totais(**somados, referenciadas=sum(informadas) if informadas else None)


ORDENS = {
    "nome": lambda linha: nome_de_busca(linha.nome),
    "habitantes": lambda linha: linha.habitantes or 0,
    "cras": lambda linha: linha.cras,
    "minimo": lambda linha: linha.cobertura.minimo if linha.cobertura else 0,
    "falta": lambda linha: linha.falta or 0,
    "capacidade": lambda linha: linha.capacidade or 0,
    "creas": lambda linha: linha.creas + linha.creas_de_fora,
}


def escolher(
    linhas: Iterable[Linha], *, situacao: str, porte: str, termo: str, ordem: str, creas: str = ""
) -> list[Linha]:
    """As linhas do filtro, na ordem pedida; `situacao` aceita “falta” e “sem_dado”, que juntam duas cada."""
    situacoes = _JUNTAS.get(situacao) or ((situacao,) if situacao in SITUACOES else ())
    limpo = nome_de_busca(termo)
    escolhidas = [
        linha
        for linha in linhas
        if (not situacoes or linha.situacao in situacoes)
        and (creas not in CREAS or linha.dos_creas == creas)
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
    unidade: Unidade, territorios: Mapping[UUID, TerritorioDoCras], *, capacidade: int | None, sozinho: bool
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
