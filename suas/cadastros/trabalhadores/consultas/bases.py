"""Com que números se calcula a equipe de uma unidade: o que o cadastro diz e o que se supõe quando ele cala."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from normas.base.numeros import com_virgula
from normas.parametros.leitura import ParametroForaDeVigencia, parametro
from normas.territorio.porte import Porte
from normas.trabalho import equipes
from normas.trabalho.equipes import EquipeDeReferencia, GestaoDoCreas, NumeroRecusado
from suas.cadastros.rede.models import Unidade
from suas.cadastros.trabalhadores.models import BaseDaEquipe

TIPOS_COM_TABELA = frozenset(
    {Unidade.Tipo.CRAS, Unidade.Tipo.CREAS, Unidade.Tipo.CREAS_REGIONAL, Unidade.Tipo.ACOLHIMENTO}
)
#: Turnos de um acolhimento que não disse quantos tem (leitura do projeto, ADR 0045).
TURNOS = 3
TABELAS = BaseDaEquipe.Tabela


@dataclass(frozen=True, kw_only=True)
class Numeros:
    """Os números da conta. `supostos` são as frases do que se supôs; `mudados`, o que se pediu em “o que mudaria”."""

    porte: Porte | None = None
    capacidade: int | None = None
    tabela: str = ""
    gestao: str = ""
    turnos: int = TURNOS
    com_demandas: int = 0
    equipamentos: int = 1
    familias_acolhedoras: int | None = None
    familias_de_origem: int | None = None
    supostos: tuple[str, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Calculo:
    """A equipe que a norma pede à unidade ou, sem ela, por que não se calcula e o que fazer."""

    numeros: Numeros
    equipe: EquipeDeReferencia | None
    por_que_nao: str = ""


def gravada(unidade: Unidade) -> BaseDaEquipe | None:
    """Os números que a unidade gravou, ou nada."""
    return BaseDaEquipe.objects.filter(pk=unidade.pk).first()


def calcular(
    unidade: Unidade,
    *,
    base: BaseDaEquipe | None,
    porte: Porte | None,
    em: date,
    mudancas: Mapping[str, int | str] | None = None,
) -> Calculo:
    """A equipe da unidade, com o cadastro dela; `mudancas` troca números para ver o que mudaria."""
    if unidade.tipo not in TIPOS_COM_TABELA:
        return Calculo(
            numeros=Numeros(),
            equipe=None,
            por_que_nao=f"A NOB-RH/SUAS não tem tabela de equipe para {unidade.get_tipo_display()}.",
        )
    try:
        if unidade.tipo == Unidade.Tipo.CRAS:
            return _do_cras(unidade, porte=porte, em=em, mudancas=mudancas or {})
        if unidade.tipo == Unidade.Tipo.ACOLHIMENTO:
            return _do_acolhimento(unidade, base=base, em=em, mudancas=mudancas or {})
        return _do_creas(unidade, base=base, em=em, mudancas=mudancas or {})
    except NumeroRecusado as recusa:
        return Calculo(numeros=Numeros(), equipe=None, por_que_nao=str(recusa))
    except ParametroForaDeVigencia:
        return Calculo(numeros=Numeros(), equipe=None, por_que_nao="A NOB-RH/SUAS ainda não valia nesse dia.")


def _do_cras(unidade: Unidade, *, porte: Porte | None, em: date, mudancas: Mapping[str, int | str]) -> Calculo:
    if porte is None:
        return Calculo(
            numeros=Numeros(),
            equipe=None,
            por_que_nao="Falta a população do município, de que sai o porte. Quem a importa é a administração federal.",
        )
    supostos = []
    familias = _inteiro(mudancas.get("capacidade")) or unidade.capacidade
    if familias is None:
        tabela = parametro("trabalho.equipe_cras", em=em).conteudo[porte]
        familias = int(tabela["assistente_social"]["por"]["familias"])
        supostos.append(
            f"O cadastro não diz quantas famílias a unidade referencia: contaram-se {com_virgula(familias)}, a medida "
            f"da norma para o porte {porte.nome} (leitura do projeto)."
        )
    numeros = Numeros(porte=porte, capacidade=familias, supostos=tuple(supostos))
    return Calculo(numeros=numeros, equipe=equipes.equipe_do_cras(porte=porte, familias=familias, em=em))


def _do_creas(unidade: Unidade, *, base: BaseDaEquipe | None, em: date, mudancas: Mapping[str, int | str]) -> Calculo:
    supostos = []
    capacidade = _inteiro(mudancas.get("capacidade")) or unidade.capacidade
    medidas = {
        nome: int(linhas["assistente_social"]["por"]["pessoas"])
        for nome, linhas in parametro("trabalho.equipe_creas", em=em).conteudo.items()
    }
    escolhida = str(mudancas.get("gestao") or (base.gestao if base else ""))
    if not escolhida and unidade.tipo == Unidade.Tipo.CREAS_REGIONAL:
        escolhida = GestaoDoCreas.PLENA
    if not escolhida:
        escolhida = GestaoDoCreas.PLENA if (capacidade or 0) > medidas["BASICA"] else GestaoDoCreas.BASICA
        nome = GestaoDoCreas(escolhida).nome
        supostos.append(
            f"O cadastro não diz a gestão do município: leu-se a coluna “{nome}”, a da capacidade da unidade "
            "(leitura do projeto)."
        )
    gestao = GestaoDoCreas(escolhida)
    if capacidade is None:
        capacidade = medidas[gestao]
        supostos.append(
            f"O cadastro não diz a capacidade: contaram-se {capacidade} pessoas, a da coluna “{gestao.nome}” "
            "(leitura do projeto)."
        )
    numeros = Numeros(capacidade=capacidade, gestao=gestao, supostos=tuple(supostos))
    return Calculo(numeros=numeros, equipe=equipes.equipe_do_creas(gestao=gestao, capacidade=capacidade, em=em))


def _do_acolhimento(
    unidade: Unidade, *, base: BaseDaEquipe | None, em: date, mudancas: Mapping[str, int | str]
) -> Calculo:
    supostos = []

    def dito(campo: str) -> int | None:
        mudado = _inteiro(mudancas.get(campo))
        return mudado if mudado is not None else getattr(base, campo, None)

    tabela = str(mudancas.get("tabela") or (base.tabela if base else ""))
    if not tabela:
        tabela = TABELAS.PEQUENOS_GRUPOS
        supostos.append(
            "O cadastro não diz a modalidade: leu-se a tabela de abrigo institucional, casa-lar e casa de passagem "
            "(leitura do projeto)."
        )
    acolhidos = _inteiro(mudancas.get("capacidade")) or unidade.capacidade
    if acolhidos is None and tabela != TABELAS.ILPI:
        return Calculo(
            numeros=Numeros(tabela=tabela),
            equipe=None,
            por_que_nao="Falta a capacidade da unidade no cadastro da rede: a conta sai das vagas.",
        )
    turnos = dito("turnos")
    if turnos is None:
        turnos = TURNOS
        if tabela == TABELAS.PEQUENOS_GRUPOS:
            supostos.append(f"O cadastro não diz os turnos: contaram-se {TURNOS} (leitura do projeto).")
    numeros = Numeros(
        capacidade=acolhidos,
        tabela=tabela,
        turnos=turnos,
        com_demandas=dito("com_demandas") or 0,
        equipamentos=dito("equipamentos") or 1,
        familias_acolhedoras=dito("familias_acolhedoras"),
        familias_de_origem=dito("familias_de_origem"),
        supostos=tuple(supostos),
    )
    return Calculo(numeros=numeros, equipe=_equipe_do_acolhimento(numeros, em=em))


def _equipe_do_acolhimento(numeros: Numeros, *, em: date) -> EquipeDeReferencia:
    acolhidos = numeros.capacidade or 0
    if numeros.tabela == TABELAS.ILPI:
        return equipes.equipe_de_ilpi(em=em)
    if numeros.tabela == TABELAS.REPUBLICA:
        return equipes.equipe_de_republica(acolhidos=acolhidos, equipamentos=numeros.equipamentos, em=em)
    if numeros.tabela == TABELAS.FAMILIA_ACOLHEDORA:
        return equipes.equipe_de_familia_acolhedora(
            acolhidos=acolhidos,
            familias_acolhedoras=numeros.familias_acolhedoras,
            familias_de_origem=numeros.familias_de_origem,
            em=em,
        )
    return equipes.equipe_de_pequenos_grupos(
        acolhidos=acolhidos,
        turnos=numeros.turnos,
        com_demandas=numeros.com_demandas,
        equipamentos=numeros.equipamentos,
        em=em,
    )


def _inteiro(valor: int | str | None) -> int | None:
    return valor if isinstance(valor, int) else None
