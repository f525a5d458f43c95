"""A equipe de referência diante do quadro: por unidade, por município e no estado. Só números, sem nome de ninguém."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from normas.territorio.porte import Porte
from normas.trabalho import equipes
from normas.trabalho.essenciais import EsferaDeGestao, FuncaoEssencial, funcoes_essenciais
from normas.trabalho.quadro import Quadro, montar_quadro
from normas.trabalho.trabalhador import Escolaridade, FuncaoNaUnidade, TipoDeVinculo, TrabalhadorPresente
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio import consultas as territorio
from suas.cadastros.territorio.models import Municipio
from suas.cadastros.trabalhadores.consultas import bases
from suas.cadastros.trabalhadores.consultas.bases import Calculo
from suas.cadastros.trabalhadores.models import BaseDaEquipe, Lotacao

_CAMPOS = (
    "trabalhador_id",
    "funcao",
    "vinculo_de_trabalho",
    "trabalhador__profissao",
    "trabalhador__escolaridade",
    "carga_horaria",
)
DISTRITO_FEDERAL = "53"


@dataclass(frozen=True, kw_only=True)
class EquipeDaUnidade:
    """A unidade, a conta da norma e o quadro; sem conta, só quantos estão lotados."""

    unidade: Unidade
    calculo: Calculo
    quadro: Quadro | None
    lotados: int

    @property
    def necessarios(self) -> int:
        return self.calculo.equipe.total if self.calculo.equipe is not None else 0

    @property
    def presentes(self) -> int:
        return self.quadro.presentes if self.quadro is not None else 0

    @property
    def efetivos(self) -> int:
        return self.quadro.efetivos if self.quadro is not None else 0

    @property
    def falta(self) -> int:
        return self.quadro.falta if self.quadro is not None else 0


def presente(
    trabalhador_id: UUID, funcao: str, vinculo: str, profissao: str, escolaridade: str, horas: int
) -> TrabalhadorPresente:
    """A lotação como a norma a lê."""
    return TrabalhadorPresente(
        chave=str(trabalhador_id),
        funcao=FuncaoNaUnidade(funcao),
        vinculo=TipoDeVinculo(vinculo),
        profissao=profissao or None,
        escolaridade=Escolaridade(escolaridade) if escolaridade else None,
        horas=horas,
    )


def presentes_na(unidade: Unidade, *, hoje: date) -> list[TrabalhadorPresente]:
    """Quem está em exercício na unidade, como a norma o lê."""
    return [presente(*linha) for linha in unidade.lotacoes.em_exercicio(hoje).order_by("desde").values_list(*_CAMPOS)]


def da_unidade(unidade: Unidade, *, hoje: date) -> EquipeDaUnidade:
    """A equipe de uma unidade hoje."""
    base = bases.gravada(unidade)
    calculo = bases.calcular(unidade, base=base, porte=porte_do(unidade.municipio_id), em=hoje)
    return _equipe(unidade, calculo=calculo, presentes=presentes_na(unidade, hoje=hoje))


def do_lugar(codigo: str, *, hoje: date, unidade: UUID | None = None) -> list[EquipeDaUnidade]:
    """A equipe de cada unidade que funciona no território, ou só de uma, por município, tipo e nome.

    O mesmo número de consultas, quantas forem as unidades.
    """
    escolhida = {"pk": unidade} if unidade is not None else {}
    unidades = list(
        Unidade.objects.da_abrangencia(codigo)
        .em_funcionamento(hoje)
        .filter(**escolhida)
        .select_related("municipio__uf", "base_da_equipe")
        .order_by("municipio__nome_busca", "tipo", "nome_busca", "id")
    )
    presentes: dict[UUID, list[TrabalhadorPresente]] = defaultdict(list)
    lotacoes = Lotacao.objects.em_exercicio(hoje).da_abrangencia(codigo).filter(unidade__isnull=False)
    for unidade_id, *campos in lotacoes.order_by("desde").values_list("unidade_id", *_CAMPOS):
        presentes[unidade_id].append(presente(*campos))
    portes = _portes(codigo)
    return [
        _equipe(
            unidade,
            calculo=bases.calcular(
                unidade,
                base=getattr(unidade, "base_da_equipe", None),
                porte=portes.get(unidade.municipio_id),
                em=hoje,
            ),
            presentes=presentes[unidade.pk],
        )
        for unidade in unidades
    ]


def _equipe(unidade: Unidade, *, calculo: Calculo, presentes: Sequence[TrabalhadorPresente]) -> EquipeDaUnidade:
    quadro = montar_quadro(equipe=calculo.equipe, presentes=presentes) if calculo.equipe is not None else None
    return EquipeDaUnidade(unidade=unidade, calculo=calculo, quadro=quadro, lotados=len(presentes))


def porte_do(codigo: str) -> Porte | None:
    """O porte do município pela população mais recente que temos; nada, sem população."""
    municipio = Municipio.objects.select_related("uf").filter(pk=codigo).first()
    portes = territorio.portes_do_municipio(municipio) if municipio is not None else []
    return portes[0].porte.porte if portes else None


def _portes(codigo: str) -> Mapping[str, Porte]:
    if len(codigo) == 7:
        porte = porte_do(codigo)
        return {codigo: porte} if porte is not None else {}
    anos = territorio.anos_com_populacao()
    return territorio.portes_de(max(anos)) if anos else {}


@dataclass(frozen=True, kw_only=True)
class LinhaDoMunicipio:
    """Um município no resumo do estado: quantos a norma pede nas unidades, quantos há, o que falta."""

    codigo: str
    nome: str
    unidades: int = 0
    sem_conta: int = 0
    necessarios: int = 0
    presentes: int = 0
    efetivos: int = 0
    falta: int = 0
    vagas: int = 0


ORDENS_DO_RESUMO = ("nome", "unidades", "necessarios", "presentes", "efetivos", "falta", "vagas")


def resumo_do_estado(
    codigo: str, *, hoje: date, ordem: str = "-falta", so_com_falta: bool = False
) -> list[LinhaDoMunicipio]:
    """Os municípios da UF, com a falta somada das suas unidades e as funções essenciais vagas."""
    por_municipio: dict[str, list[EquipeDaUnidade]] = defaultdict(list)
    for equipe in do_lugar(codigo, hoje=hoje):
        por_municipio[equipe.unidade.municipio_id].append(equipe)
    vagas = _vagas_por_municipio(codigo, hoje=hoje)
    linhas = [
        _linha(municipio_id, nome, por_municipio[municipio_id], vagas=vagas(municipio_id))
        for municipio_id, nome in Municipio.objects.filter(uf_id=codigo, ate_ano__isnull=True)
        .order_by("nome_busca")
        .values_list("codigo_ibge", "nome")
    ]
    if so_com_falta:
        linhas = [linha for linha in linhas if linha.falta]
    chave = ordem.removeprefix("-")
    if chave in ORDENS_DO_RESUMO[1:]:
        linhas.sort(key=lambda linha: getattr(linha, chave), reverse=ordem.startswith("-"))
    elif ordem == "-nome":
        linhas.reverse()
    return linhas


def _linha(codigo: str, nome: str, equipes_dele: Sequence[EquipeDaUnidade], *, vagas: int) -> LinhaDoMunicipio:
    com_conta = [equipe for equipe in equipes_dele if equipe.quadro is not None]
    return LinhaDoMunicipio(
        codigo=codigo,
        nome=nome,
        unidades=len(equipes_dele),
        sem_conta=len(equipes_dele) - len(com_conta),
        necessarios=sum(equipe.necessarios for equipe in com_conta),
        presentes=sum(equipe.presentes for equipe in com_conta),
        efetivos=sum(equipe.efetivos for equipe in com_conta),
        falta=sum(equipe.falta for equipe in com_conta),
        vagas=vagas,
    )


def esfera_de_gestao(codigo: str) -> EsferaDeGestao:
    """A coluna do quadro das funções essenciais que vale no território; o Distrito Federal tem a sua."""
    if codigo == "BR":
        return EsferaDeGestao.FEDERAL
    if codigo.startswith(DISTRITO_FEDERAL):
        return EsferaDeGestao.DF
    return EsferaDeGestao.ESTADUAL if len(codigo) == 2 else EsferaDeGestao.MUNICIPAL


def essenciais(codigo: str, *, hoje: date) -> tuple[FuncaoEssencial, ...]:
    """As funções essenciais da gestão do território, com as lotações que ocupam cada uma."""
    quem: dict[str, list[str]] = defaultdict(list)
    lotacoes = Lotacao.objects.em_exercicio(hoje).filter(abrangencia=codigo).exclude(funcao_essencial="")
    for funcao, pk in lotacoes.order_by("desde").values_list("funcao_essencial", "pk"):
        quem[funcao].append(str(pk))
    return _essenciais(codigo, hoje=hoje, quem=quem)


def _essenciais(codigo: str, *, hoje: date, quem: Mapping[str, Sequence[str]]) -> tuple[FuncaoEssencial, ...]:
    esfera = esfera_de_gestao(codigo)
    todas = funcoes_essenciais(esfera=esfera, em=hoje, quem={})
    conhecidas = {funcao.codigo for funcao in todas}
    return funcoes_essenciais(esfera=esfera, em=hoje, quem={f: q for f, q in quem.items() if f in conhecidas})


def nomes_das_essenciais(codigo: str, *, hoje: date) -> list[tuple[str, str]]:
    """Código e nome das funções essenciais da esfera do território, na ordem da norma."""
    return [(funcao.codigo, funcao.nome) for funcao in _essenciais(codigo, hoje=hoje, quem={})]


def _vagas_por_municipio(codigo: str, *, hoje: date):  # type: ignore[no-untyped-def]
    """Quantas funções essenciais estão vagas em cada município da UF, numa consulta."""
    ocupadas: dict[str, set[str]] = defaultdict(set)
    lotacoes = Lotacao.objects.em_exercicio(hoje).da_abrangencia(codigo).exclude(funcao_essencial="")
    for abrangencia, funcao in lotacoes.values_list("abrangencia", "funcao_essencial"):
        ocupadas[abrangencia].add(funcao)
    nomes = {codigo_da for codigo_da, _ in nomes_das_essenciais(f"{codigo}00000", hoje=hoje)}
    return lambda municipio: len(nomes - ocupadas[municipio])


@dataclass(frozen=True, kw_only=True)
class Psicossocial:
    """A equipe do órgão gestor para os acolhimentos em pequenos grupos do município."""

    acolhidos: int
    equipamentos: int
    quadro: Quadro


def psicossocial(equipes_do_municipio: Iterable[EquipeDaUnidade], *, codigo: str, hoje: date) -> Psicossocial | None:
    """A equipe psicossocial do município; nada, se nenhum acolhimento em pequenos grupos tem vagas no cadastro."""
    grupos = [
        equipe
        for equipe in equipes_do_municipio
        if equipe.calculo.equipe is not None and equipe.calculo.numeros.tabela == BaseDaEquipe.Tabela.PEQUENOS_GRUPOS
    ]
    acolhidos = sum(equipe.calculo.numeros.capacidade or 0 for equipe in grupos)
    if not acolhidos:
        return None
    equipamentos = sum(equipe.calculo.numeros.equipamentos for equipe in grupos)
    do_orgao = Lotacao.objects.em_exercicio(hoje).filter(abrangencia=codigo, orgao="orgao_gestor")
    linhas = do_orgao.filter(servico="acolhimento").order_by("desde").values_list(*_CAMPOS)
    equipe = equipes.equipe_psicossocial(acolhidos=acolhidos, equipamentos=equipamentos, em=hoje)
    return Psicossocial(
        acolhidos=acolhidos,
        equipamentos=equipamentos,
        quadro=montar_quadro(equipe=equipe, presentes=[presente(*linha) for linha in linhas]),
    )
