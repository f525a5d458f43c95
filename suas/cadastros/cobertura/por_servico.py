"""Quem oferta cada serviço da Tipificação, calculado na hora: pela própria rede, por unidade regional, por entidade.

O que ninguém registrou não se diz que falta: “sem oferta registrada” é o que o cadastro sabe. A capacidade soma a das
unidades com sede no lugar; a regional conta para os municípios que atende, e a capacidade dela, só na sede. A das
entidades se soma à parte, e nunca à das unidades (ADR 0067).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from normas.rede.tipificacao import Servico, servicos
from normas.territorio.federacao import UF_POR_CODIGO
from suas.cadastros.cobertura.consultas import municipios_de, unidade_aberta
from suas.cadastros.entidades.models import Oferta
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.abrangencia import BRASIL

#: Como se diz de onde vem a oferta num município, da mais próxima à que não se sabe.
SITUACOES: Mapping[str, str] = {
    "propria": "Por unidade do município",
    "regional": "Só por unidade regional",
    "entidade": "Só por entidade",
    "sem_oferta": "Sem oferta registrada",
}
COM_OFERTA = ("propria", "regional", "entidade")


@dataclass(slots=True, kw_only=True)
class NoMunicipio:
    """O que há de um serviço num município: da própria rede, de regionais com sede fora e de entidades."""

    unidades: int = 0
    capacidade: int = 0
    informam: int = 0
    regionais: int = 0
    vagas: int = 0
    entidades: int = 0
    capacidade_das_entidades: int | None = None

    @property
    def situacao(self) -> str:
        """A chave de `SITUACOES`."""
        if self.unidades:
            return "propria"
        if self.regionais:
            return "regional"
        return "entidade" if self.entidades else "sem_oferta"

    @property
    def capacidade_sabida(self) -> int | None:
        """A soma das capacidades informadas; nada se nenhuma unidade a informou."""
        return self.capacidade if self.informam else None


@dataclass(frozen=True, kw_only=True)
class DoServico:
    """Um serviço num território: `municipios` é quantos há, e `em` quantos estão em cada situação."""

    servico: Servico
    unidades: int
    capacidade: int | None
    sem_capacidade: int
    entidades: int
    capacidade_das_entidades: int | None
    municipios: int
    em: Mapping[str, int]

    @property
    def com_oferta(self) -> int:
        return sum(self.em[chave] for chave in COM_OFERTA)

    @property
    def sem_oferta(self) -> int:
        return self.em["sem_oferta"]


def por_servico(onde: str, *, hoje: date) -> list[DoServico]:
    """Cada serviço da Tipificação no país, numa UF ou num município, na ordem da norma."""
    somas = _somas(onde, hoje=hoje, chave=lambda servico, _: servico)
    codigos = {codigo for codigo, _ in municipios_de(onde)}
    return [somas[servico.codigo].fechar(servico, codigos) for servico in servicos(em=hoje)]


class _Soma:
    """Vai somando ofertas, sem guardar uma linha por município: no país são dezenas de milhares a cada pedido."""

    def __init__(self) -> None:
        self.unidades = self.capacidade = self.informam = self.entidades = 0
        self.das_que_informam: int | None = None
        self.proprios: set[str] = set()
        self.das_regionais: set[str] = set()
        self.das_entidades: set[str] = set()

    def fechar(self, servico: Servico, codigos: set[str]) -> DoServico:
        """O que se somou, nos municípios de `codigos`."""
        em = {
            "propria": len(self.proprios & codigos),
            "regional": len((self.das_regionais - self.proprios) & codigos),
            "entidade": len((self.das_entidades - self.das_regionais - self.proprios) & codigos),
        }
        return DoServico(
            servico=servico,
            unidades=self.unidades,
            capacidade=self.capacidade if self.informam else None,
            sem_capacidade=self.unidades - self.informam,
            entidades=self.entidades,
            capacidade_das_entidades=self.das_que_informam,
            municipios=len(codigos),
            em=em | {"sem_oferta": len(codigos) - sum(em.values())},
        )


def _somas(
    onde: str, *, hoje: date, chave: Callable[[str, str], str], servico: str = ""
) -> defaultdict[str, _Soma]:  # fmt: skip
    """Soma o que há por `chave` (serviço, município) -> grupo; com `servico`, só dele."""
    somas: defaultdict[str, _Soma] = defaultdict(_Soma)
    uma_a_uma = _ofertas(onde, hoje=hoje, servico=servico).values_list("servico", "unidade__municipio_id", "capacidade")
    for codigo, municipio, capacidade in uma_a_uma.iterator(chunk_size=5000):
        soma = somas[chave(codigo, municipio)]
        soma.unidades += 1
        soma.proprios.add(municipio)
        if capacidade is not None:
            soma.informam += 1
            soma.capacidade += capacidade
    for codigo, municipio, _, _ in _das_regionais(onde, hoje=hoje, servico=servico):
        somas[chave(codigo, municipio)].das_regionais.add(municipio)
    for codigo, municipio, entidades, cabem in _das_entidades(onde, hoje=hoje, servico=servico):
        soma = somas[chave(codigo, municipio)]
        soma.das_entidades.add(municipio)
        soma.entidades += entidades
        if cabem is not None:
            soma.das_que_informam = (soma.das_que_informam or 0) + cabem
    return somas


@dataclass(frozen=True, kw_only=True)
class NaUF:
    """Um serviço numa UF."""

    sigla: str
    nome: str
    do_servico: DoServico


def por_uf(servico: Servico, *, hoje: date) -> list[NaUF]:
    """O serviço em cada UF, por nome."""
    somas = _somas(BRASIL, hoje=hoje, chave=lambda _, municipio: municipio[:2], servico=servico.codigo)
    codigos: dict[str, set[str]] = defaultdict(set)
    for codigo, _ in municipios_de(BRASIL):
        codigos[codigo[:2]].add(codigo)
    ufs = sorted((UF_POR_CODIGO[codigo] for codigo in codigos), key=lambda uf: uf.nome)
    return [
        NaUF(sigla=uf.sigla, nome=uf.nome, do_servico=somas[uf.codigo].fechar(servico, codigos[uf.codigo]))
        for uf in ufs
    ]


def em_ordem(linhas: Sequence[NaUF], ordem: str) -> list[NaUF]:
    """As UFs na ordem pedida; “-” ao contrário, e o que não se conhece fica por nome."""
    chave = ordem.removeprefix("-")
    if chave not in {"unidades", "capacidade", "entidades", "com_oferta", "sem_oferta"}:
        return list(linhas)[::-1] if ordem == "-nome" else list(linhas)
    return sorted(linhas, key=lambda linha: getattr(linha.do_servico, chave) or 0, reverse=ordem.startswith("-"))


@dataclass(frozen=True, slots=True)
class Linha:
    """Um município na página de um serviço numa UF."""

    codigo: str
    nome: str
    ha: NoMunicipio


def por_municipio(servico: Servico, onde: str, *, hoje: date) -> list[Linha]:
    """O serviço em cada município da UF, ou num só, por nome."""
    achados = _achados(onde, hoje=hoje, servico=servico.codigo)
    return [Linha(codigo, nome, achados.get(codigo) or NoMunicipio()) for codigo, nome in municipios_de(onde)]


ORDENS = {
    "nome": lambda linha: nome_de_busca(linha.nome),
    "unidades": lambda linha: linha.ha.unidades,
    "capacidade": lambda linha: linha.ha.capacidade,
    "entidades": lambda linha: linha.ha.entidades,
}


def escolher(linhas: Iterable[Linha], *, situacao: str, termo: str, ordem: str) -> list[Linha]:
    """As linhas do filtro, na ordem; `situacao` aceita “com”, que junta todas as que têm oferta."""
    situacoes = COM_OFERTA if situacao == "com" else ((situacao,) if situacao in SITUACOES else ())
    limpo = nome_de_busca(termo)
    escolhidas = [
        linha
        for linha in linhas
        if (not situacoes or linha.ha.situacao in situacoes) and (not limpo or limpo in nome_de_busca(linha.nome))
    ]
    chave = ORDENS.get(ordem.removeprefix("-"), ORDENS["nome"])
    return sorted(escolhidas, key=chave, reverse=ordem.startswith("-"))


def do_codigo(codigo: str, *, hoje: date) -> Servico | None:
    """O serviço da Tipificação com este código, hoje."""
    return next((servico for servico in servicos(em=hoje) if servico.codigo == codigo), None)


def _achados(onde: str, *, hoje: date, servico: str) -> Mapping[str, NoMunicipio]:
    """Município -> o que há do serviço nele, no território."""
    achados: dict[str, NoMunicipio] = defaultdict(NoMunicipio)
    por_municipio = _ofertas(onde, hoje=hoje, servico=servico).values_list("unidade__municipio_id")
    contas = por_municipio.annotate(unidades=Count("pk"), soma=Sum("capacidade"), informam=Count("capacidade"))
    for municipio, unidades, capacidade, informam in contas:
        ha = achados[municipio]
        ha.unidades, ha.capacidade, ha.informam = unidades, capacidade or 0, informam
    for _, municipio, regionais, vagas in _das_regionais(onde, hoje=hoje, servico=servico):
        ha = achados[municipio]
        ha.regionais, ha.vagas = regionais, vagas or 0
    for _, municipio, entidades, cabem in _das_entidades(onde, hoje=hoje, servico=servico):
        achados[municipio].entidades = entidades
        achados[municipio].capacidade_das_entidades = cabem
    return achados


def _ofertas(onde: str, *, hoje: date, servico: str) -> QuerySet[ServicoOfertado]:
    """As ofertas que valem hoje, das unidades em funcionamento com sede no território."""
    ofertas = ServicoOfertado.objects.vigentes(hoje).filter(unidade_aberta(hoje), _no_lugar("unidade__municipio", onde))
    return (ofertas.filter(servico=servico) if servico else ofertas).order_by()


def _das_regionais(onde: str, *, hoje: date, servico: str) -> Iterable[tuple[str, str, int, int | None]]:
    do_servico = Q(unidade__servicos__servico=servico) if servico else Q(unidade__servicos__isnull=False)
    vale = Q(unidade__servicos__desde__isnull=True) | Q(unidade__servicos__desde__lte=hoje)
    vale &= Q(unidade__servicos__ate__isnull=True) | Q(unidade__servicos__ate__gt=hoje)
    achadas: Iterable[tuple[str, str, int, int | None]] = (
        MunicipioAtendido.objects.vigentes(hoje)
        .filter(unidade_aberta(hoje), do_servico, vale, _no_lugar("municipio", onde))
        .exclude(municipio=F("unidade__municipio"))
        .order_by()
        .values_list("unidade__servicos__servico", "municipio_id")
        .annotate(regionais=Count("unidade"), soma=Sum("vagas"))
    )
    return achadas


def _das_entidades(onde: str, *, hoje: date, servico: str) -> Iterable[tuple[str, str, int, int | None]]:
    """Serviço, município, quantas entidades o ofertam e a soma do que informam caber; nada, se nenhuma informa."""
    vale = (Q(desde__isnull=True) | Q(desde__lte=hoje)) & (Q(ate__isnull=True) | Q(ate__gt=hoje))
    ofertas = Oferta.objects.filter(vale, _no_lugar("municipio", onde))
    ofertas = ofertas.filter(servico=servico) if servico else ofertas.exclude(servico="")
    contas: Iterable[tuple[str, str, int, int | None]] = (
        ofertas.order_by()
        .values_list("servico", "municipio_id")
        .annotate(entidades=Count("entidade", distinct=True), cabem=Sum("capacidade"))
    )
    return contas


def _no_lugar(campo: str, onde: str) -> Q:
    """Na UF (2 dígitos) ou no município (7), pelo código do município; no país, sem filtro."""
    if onde == BRASIL:
        return Q()
    if len(onde) == 7:
        return Q(**{campo: onde})
    return Q(**{f"{campo}__gte": onde, f"{campo}__lt": str(int(onde) + 1)})


@dataclass(frozen=True, kw_only=True)
class ServicoNoMunicipio:
    """Um serviço na página de um município, com quem o oferta."""

    servico: Servico
    ofertas: Sequence[ServicoOfertado]
    regionais: Sequence[MunicipioAtendido]
    entidades: Sequence[Oferta]

    @property
    def registrado(self) -> bool:
        return bool(self.ofertas or self.regionais or self.entidades)


def no_municipio(codigo: str, *, hoje: date) -> list[ServicoNoMunicipio]:
    """Cada serviço da Tipificação, com as unidades do município, as regionais que o atendem e as entidades."""
    ofertas: dict[str, list[ServicoOfertado]] = defaultdict(list)
    for oferta in (
        ServicoOfertado.objects.vigentes(hoje)
        .filter(unidade_aberta(hoje), unidade__municipio=codigo)
        .select_related("unidade")
        .order_by("unidade__nome_busca")
    ):
        ofertas[oferta.servico].append(oferta)
    de_fora = {
        atendido.unidade_id: atendido
        for atendido in MunicipioAtendido.objects.vigentes(hoje)
        .filter(unidade_aberta(hoje), municipio=codigo)
        .exclude(unidade__municipio=codigo)
        .select_related("unidade__municipio__uf")
        .order_by("unidade__nome_busca")
    }
    regionais: dict[str, list[MunicipioAtendido]] = defaultdict(list)
    delas = ServicoOfertado.objects.vigentes(hoje).filter(unidade__in=de_fora)
    for unidade, servico in delas.order_by("unidade__nome_busca").values_list("unidade_id", "servico"):
        regionais[servico].append(de_fora[unidade])
    entidades: dict[str, list[Oferta]] = defaultdict(list)
    vale = (Q(desde__isnull=True) | Q(desde__lte=hoje)) & (Q(ate__isnull=True) | Q(ate__gt=hoje))
    for da_entidade in (
        Oferta.objects.filter(vale, municipio=codigo)
        .exclude(servico="")
        .select_related("entidade")
        .order_by("entidade__nome_busca", "nome")
    ):
        entidades[da_entidade.servico].append(da_entidade)
    return [
        ServicoNoMunicipio(
            servico=servico,
            ofertas=ofertas[servico.codigo],
            regionais=regionais[servico.codigo],
            entidades=entidades[servico.codigo],
        )
        for servico in servicos(em=hoje)
    ]
