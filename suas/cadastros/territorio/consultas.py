"""O que se pergunta sobre o território. Quantidades de pessoas são habitantes; códigos são os do IBGE."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Replace

from normas.parametros.leitura import Parametro, parametro
from normas.territorio.federacao import UF_POR_CODIGO, UF_POR_SIGLA
from normas.territorio.porte import Porte, PorteDoMunicipio, porte_do_municipio, porte_pelos_limites
from normas.territorio.tabela_de_porte import TabelaDePorte, tabela_de_porte
from suas.cadastros.territorio.models import UF, Municipio, Populacao
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.identidade.lugares import Lugar
from suas.nucleo.permissoes.abrangencia import contem

LIMITE_DA_BUSCA = 60
Registros = TypeVar("Registros", bound=QuerySet[Any, Any])
DADOS = Path(__file__).resolve().parent / "dados"
# A PNAS/2004 criou os portes: a população de anos anteriores é lida com a primeira regra, e a tela diz isso.
ANO_DA_REGRA_DE_PORTES = 2004


@dataclass(frozen=True, kw_only=True)
class Achados:
    """O que a busca encontrou; `ha_mais` diz que a lista foi cortada no limite."""

    termo: str
    ufs: tuple[UF, ...]
    municipios: tuple[Municipio, ...]
    ha_mais: bool

    @property
    def unico(self) -> Municipio | None:
        """O município, quando nenhum outro nem uma UF se parece com o termo."""
        return self.municipios[0] if len(self.municipios) == 1 and not self.ufs else None

    @property
    def exato(self) -> Municipio | None:
        """O único, escrito por inteiro: o código dele ou o nome com a UF."""
        so = self.unico
        if so is None:
            return None
        inteiro = {so.pk, so.pk[:6], f"{so.nome_busca} {so.uf.sigla.lower()}"}
        return so if nome_de_busca(self.termo) in inteiro else None


def buscar(termo: str, *, limite: int = LIMITE_DA_BUSCA) -> Achados:
    """Procura municípios e UFs por nome sem acentos, por código do IBGE ou pelo começo dele, com ou sem a UF.

    Aceita “vitoria”, “Vitória/ES”, “vitoria es”, “3205309”, “320530”, “32” e “ES”. Primeiro o nome igual, depois o que
    começa pelo termo, depois o que o contém; entre iguais, o mais populoso.
    """
    limpo = nome_de_busca(termo)
    if not limpo:
        return Achados(termo=termo, ufs=(), municipios=(), ha_mais=False)
    if re.fullmatch(r"\d{1,7}", limpo):
        ufs = UF.objects.filter(codigo=limpo) if len(limpo) == 2 else UF.objects.none()
        achados = _ordenados(Municipio.objects.filter(codigo_ibge__startswith=limpo), limpo)
    else:
        ufs = UF.objects.filter(pk__in=_ufs_do_termo(limpo))
        achados = _ordenados(_por_nome(limpo), limpo)
    municipios = list(achados[: limite + 1])
    return Achados(termo=termo, ufs=tuple(ufs), municipios=tuple(municipios[:limite]), ha_mais=len(municipios) > limite)


def _ufs_do_termo(limpo: str) -> list[str]:
    """Códigos das UFs cuja sigla é o termo ou cujo nome começa por ele."""
    return [
        uf.codigo
        for uf in UF_POR_SIGLA.values()
        if uf.sigla.lower() == limpo or (len(limpo) > 3 and nome_de_busca(uf.nome).startswith(limpo))
    ]


def _por_nome(limpo: str) -> QuerySet[Municipio]:
    nome, _, ultima = limpo.rpartition(" ")
    uf = UF_POR_SIGLA.get(ultima.upper())
    procurados = Municipio.objects.annotate(junto=Replace("nome_busca", Value(" "), Value("")))
    # “doeste” acha “d oeste”: quem digita não sabe onde o apóstrofo separa.
    condicao = Q(nome_busca__contains=limpo) | Q(junto__contains=limpo.replace(" ", ""))
    if uf is not None and nome:
        condicao |= Q(uf_id=uf.codigo) & Q(nome_busca__contains=nome)
    elif uf is not None:
        condicao |= Q(uf_id=uf.codigo)
    return procurados.filter(condicao)


def _ordenados(municipios: QuerySet[Municipio], limpo: str) -> QuerySet[Municipio]:
    nome, _, ultima = limpo.rpartition(" ")
    semelhanca = [When(nome_busca=limpo, then=Value(0))]
    if nome and ultima.upper() in UF_POR_SIGLA:
        sigla = UF_POR_SIGLA[ultima.upper()].codigo
        semelhanca.append(When(nome_busca=nome, uf_id=sigla, then=Value(0)))
        semelhanca.append(When(nome_busca__startswith=nome, uf_id=sigla, then=Value(1)))
    semelhanca += [
        When(nome_busca__startswith=limpo, then=Value(1)),
        When(nome_busca__contains=f" {limpo}", then=Value(2)),
    ]
    return (
        com_populacao(municipios)
        .annotate(distancia=Case(*semelhanca, default=Value(3), output_field=IntegerField()))
        .order_by("distancia", F("habitantes").desc(nulls_last=True), "nome_busca")
    )


def com_populacao(municipios: QuerySet[Municipio], *, ano: int | None = None) -> QuerySet[Municipio]:
    """Acrescenta `habitantes` e `ano_da_populacao`: os do ano pedido, ou os mais recentes que temos."""
    populacoes = Populacao.objects.filter(municipio=OuterRef("pk"))
    if ano is not None:
        populacoes = populacoes.filter(ano=ano)
    populacoes = populacoes.order_by("-ano")
    return municipios.select_related("uf").annotate(
        habitantes=Subquery(populacoes.values("habitantes")[:1]),
        ano_da_populacao=Subquery(populacoes.values("ano")[:1]),
    )


def populacao_de(ano: int) -> dict[str, int]:
    """Habitantes de cada município no ano, por código; só quem tem valor."""
    return dict(Populacao.objects.filter(ano=ano).values_list("municipio_id", "habitantes"))


def fontes_de(ano: int) -> tuple[str, ...]:
    """As fontes da população do ano, em ordem alfabética."""
    return tuple(Populacao.objects.filter(ano=ano).order_by("fonte").values_list("fonte", flat=True).distinct())


def anos_com_populacao() -> list[int]:
    """Os anos de que temos a população de algum município, do mais recente ao mais antigo."""
    return list(Populacao.objects.order_by("-ano").values_list("ano", flat=True).distinct())


def siglas_por_codigo() -> Mapping[str, str]:
    """A sigla da UF de cada código de dois dígitos."""
    return {uf.codigo: uf.sigla for uf in UF_POR_SIGLA.values()}


@dataclass(frozen=True, kw_only=True)
class LinhaDeUF:
    """Uma UF com quantos municípios existiam no ano e quantos habitantes eles somam."""

    uf: UF
    municipios: int
    habitantes: int | None


def ufs_com_totais(*, ano: int, populacao: Mapping[str, int]) -> list[LinhaDeUF]:
    """As 27 UFs, na ordem das regiões e depois do nome, com os totais do ano; `populacao` é `populacao_de(ano)`."""
    municipios = dict(
        Municipio.objects.existentes_em(ano).order_by().values_list("uf_id").annotate(quantos=Count("pk"))
    )
    habitantes: Counter[str] = Counter()
    for codigo, quantos in populacao.items():
        habitantes[codigo[:2]] += quantos
    ufs = sorted(UF.objects.all(), key=lambda uf: (uf.codigo[0], uf.nome))
    return [LinhaDeUF(uf=uf, municipios=municipios.get(uf.pk, 0), habitantes=habitantes.get(uf.pk)) for uf in ufs]


@dataclass(frozen=True, kw_only=True)
class PorteNoAno:
    """O porte de um município num ano, com a população e a fonte de que saiu."""

    ano: int
    habitantes: int
    tipo: str
    fonte: str
    porte: PorteDoMunicipio
    regra_posterior: bool


def limites_de_porte(ano: int) -> Parametro:
    """O parâmetro de portes em vigor no fim do ano; antes da PNAS/2004, o primeiro que houve."""
    return parametro("territorio.porte", em=_dia_da_regra(ano))


def _dia_da_regra(ano: int) -> date:
    return date(max(ano, ANO_DA_REGRA_DE_PORTES), 12, 31)


def porte_do_ano(populacao: Populacao, *, uf: str) -> PorteNoAno:
    """O porte pela população de um ano; `regra_posterior` avisa que o ano é anterior à regra (PNAS/2004)."""
    return PorteNoAno(
        ano=populacao.ano,
        habitantes=populacao.habitantes,
        tipo=populacao.get_tipo_display(),
        fonte=populacao.fonte,
        porte=porte_do_municipio(populacao=populacao.habitantes, uf=uf, em=_dia_da_regra(populacao.ano)),
        regra_posterior=populacao.ano < ANO_DA_REGRA_DE_PORTES,
    )


def portes_do_municipio(municipio: Municipio) -> list[PorteNoAno]:
    """O porte em cada ano de que temos a população, do mais recente ao mais antigo."""
    return [porte_do_ano(p, uf=municipio.uf.sigla) for p in municipio.populacoes.order_by("-ano")]


def posicao_na_uf(municipio: Municipio, atual: PorteNoAno) -> tuple[int, int]:
    """O lugar do município entre os da UF com população no mesmo ano, do mais ao menos populoso, e quantos são."""
    da_uf = Populacao.objects.filter(ano=atual.ano, municipio__uf_id=municipio.uf_id).aggregate(
        maiores=Count("pk", filter=Q(habitantes__gt=atual.habitantes)), todos=Count("pk")
    )
    return da_uf["maiores"] + 1, da_uf["todos"]


def portes_de(ano: int) -> dict[str, Porte]:
    """O porte de cada município com população no ano, por código."""
    limites = limites_de_porte(ano)
    siglas = siglas_por_codigo()
    return {
        codigo: porte_pelos_limites(populacao=habitantes, uf=siglas[codigo[:2]], limites=limites)
        for codigo, habitantes in populacao_de(ano).items()
    }


def portes_atuais(onde: str) -> dict[str, Porte]:
    """O porte de cada município do lugar (município, UF ou BR), pela sua população mais recente."""
    populacoes = Populacao.objects.order_by("ano").values_list("municipio_id", "ano", "habitantes")
    if len(onde) == 7:
        populacoes = populacoes.filter(municipio=onde)
    elif onde != "BR":
        populacoes = populacoes.filter(municipio__uf=onde)
    ultimas = {codigo: (ano, habitantes) for codigo, ano, habitantes in populacoes}
    limites = {ano: limites_de_porte(ano) for ano in {ano for ano, _ in ultimas.values()}}
    siglas = siglas_por_codigo()
    return {
        codigo: porte_pelos_limites(populacao=habitantes, uf=siglas[codigo[:2]], limites=limites[ano])
        for codigo, (ano, habitantes) in ultimas.items()
    }


def tabela_de_portes(ano: int, *, populacao: Mapping[str, int]) -> TabelaDePorte:
    """Municípios e pessoas por porte; `populacao` é a de `populacao_de(ano)`."""
    siglas = siglas_por_codigo()
    return tabela_de_porte(
        municipios=((siglas[codigo[:2]], habitantes) for codigo, habitantes in populacao.items()),
        limites=limites_de_porte(ano),
    )


@dataclass(frozen=True, kw_only=True)
class LinhaDeMunicipio:
    """Um município na lista da sua UF, ou na do país."""

    codigo: str
    nome: str
    sigla: str
    capital: bool
    habitantes: int | None
    porte: Porte | None


ORDENS_DA_UF = {"nome": "nome_busca", "habitantes": "habitantes"}


def municipios_da_uf(
    uf: UF, *, ano: int, ordem: str = "nome", termo: str = "", porte: str = ""
) -> list[LinhaDeMunicipio]:
    """Os municípios da UF contados no ano, filtrados por nome e porte; `ordem` é nome ou habitantes, “-” ao contrário.

    Quem não tem população no ano fica por último quando a ordem é por habitantes.
    """
    return _linhas(uf.municipios.existentes_em(ano), ano=ano, ordem=ordem, termo=termo, porte=porte)


def municipios_do_porte(porte: str, *, ano: int, ordem: str = "nome") -> list[LinhaDeMunicipio]:
    """Os municípios do país que o porte conta no ano; sem porte, todos os que têm população."""
    contados = Municipio.objects.filter(populacoes__ano=ano)
    return _linhas(contados, ano=ano, ordem=ordem, termo="", porte=porte)


def _linhas(todos: QuerySet[Municipio], *, ano: int, ordem: str, termo: str, porte: str) -> list[LinhaDeMunicipio]:
    campo = F(ORDENS_DA_UF.get(ordem.removeprefix("-"), "nome_busca"))
    chave = campo.desc(nulls_last=True) if ordem.startswith("-") else campo.asc(nulls_last=True)
    municipios = com_populacao(todos, ano=ano).order_by(chave, "nome_busca")
    if limpo := nome_de_busca(termo):
        municipios = municipios.filter(nome_busca__contains=limpo)
    limites = limites_de_porte(ano)
    siglas = siglas_por_codigo()
    linhas = [
        LinhaDeMunicipio(
            codigo=codigo,
            nome=nome,
            sigla=(sigla := siglas[codigo[:2]]),
            capital=capital,
            habitantes=habitantes,
            porte=porte_pelos_limites(populacao=habitantes, uf=sigla, limites=limites) if habitantes else None,
        )
        for codigo, nome, capital, habitantes in municipios.values_list(
            "codigo_ibge", "nome", "capital", F("habitantes")
        )
    ]
    return [linha for linha in linhas if not porte or linha.porte == porte]


def proveniencia() -> dict[str, dict[str, str]]:
    """Origem, licença e observações de cada arquivo que acompanha o projeto."""
    lido: dict[str, dict[str, str]] = json.loads((DADOS / "proveniencia.json").read_text("utf-8"))
    return lido


def nomes_dos_municipios(codigos: Iterable[str]) -> dict[str, str]:
    """Código -> “Vitória/ES”, dos que existem no cadastro."""
    achados = Municipio.objects.filter(pk__in=list(codigos)).values_list("pk", "nome", "uf__sigla")
    return {codigo: f"{nome}/{sigla}" for codigo, nome, sigla in achados}


def lugares_da_abrangencia(texto: str, dentro: str) -> list[Lugar]:
    """UFs e municípios de dentro de uma abrangência que o texto pode dizer; o texto vazio dá os de uma UF, todos."""
    if not texto.strip():
        if len(dentro) != 2 or dentro not in UF_POR_CODIGO:
            return []
        municipios: Iterable[Municipio] = Municipio.objects.filter(uf_id=dentro).select_related("uf").order_by("nome")
        return [Lugar(codigo=dentro, nome=UF_POR_CODIGO[dentro].nome), *map(_lugar, municipios)]
    achados = buscar(texto)
    return [
        lugar
        for lugar in [*(Lugar(codigo=uf.codigo, nome=uf.nome) for uf in achados.ufs), *map(_lugar, achados.municipios)]
        if contem(dentro, lugar.codigo)
    ]


def _lugar(municipio: Municipio) -> Lugar:
    return Lugar(codigo=municipio.pk, nome=f"{municipio.nome}/{municipio.uf.sigla}")


def no_lugar(
    registros: Registros, *, uf: str = "", municipio: str = "", termo: str = "", campo: str = "municipio"
) -> Registros:
    """Os registros de um município: os da UF (pela sigla), os dele, os que têm a parte do nome. O vazio não filtra.

    `campo` é o que leva do registro ao município.
    """
    if uf:
        registros = registros.filter(**{f"{campo}__uf_id": UF_POR_SIGLA[uf].codigo})
    if municipio:
        registros = registros.filter(**{f"{campo}_id": municipio})
    return registros.filter(nome_busca__contains=nome_de_busca(termo)) if termo else registros
