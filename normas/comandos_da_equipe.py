"""O comando `redesuas equipe calcular QUAL ...`: a equipe de referência, em texto ou JSON.

Sai com 0 quando calcula, 2 quando o pedido não se entende e 3 quando com os números não há equipe a calcular.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from normas.linha_de_comando import (
    DADOS_COM_FALTAS,
    FEITO,
    PEDIDOS_DE_AJUDA,
    USO_ERRADO,
    Comando,
    OpcaoDoComando,
    UsoErrado,
    executar,
    sem_acento,
)
from normas.parametros.leitura import versoes
from normas.territorio.identificacao import ler_inteiro
from normas.territorio.porte import PORTE_POR_NOME
from normas.trabalho.equipes import (
    EquipeDeReferencia,
    GestaoDoCreas,
    NumeroRecusado,
    equipe_de_familia_acolhedora,
    equipe_de_ilpi,
    equipe_de_pequenos_grupos,
    equipe_de_republica,
    equipe_do_cras,
    equipe_do_creas,
    equipe_psicossocial,
)
from normas.trabalho.funcoes import FuncaoNecessaria

T = TypeVar("T")

USO = "Uso: redesuas equipe calcular QUAL [opções]"
GESTOES = {
    "inicial": GestaoDoCreas.BASICA,
    "basica": GestaoDoCreas.BASICA,
    "plena": GestaoDoCreas.PLENA,
    "regional": GestaoDoCreas.PLENA,
}
PORTES = {sem_acento(nome): porte for nome, porte in PORTE_POR_NOME.items()} | {"df": PORTE_POR_NOME["Metrópole"]}

JSON = OpcaoDoComando(nome="json", valor="", ajuda="Escreve um objeto JSON em vez do texto.")
ACOLHIDOS = OpcaoDoComando(nome="acolhidos", valor="N", obrigatoria=True, ajuda="Usuários acolhidos.")
EQUIPAMENTOS = OpcaoDoComando(nome="equipamentos", valor="N", ajuda="Em quantos equipamentos estão; o padrão é 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calculo:
    """Uma tabela da norma: como se chama no comando, o que pergunta e como se calcula."""

    nome: str
    descricao: str
    opcoes: tuple[OpcaoDoComando, ...]
    calcular: Callable[[Mapping[str, str], date], EquipeDeReferencia]

    @property
    def comando(self) -> Comando:
        return Comando(nome=f"equipe calcular {self.nome}", descricao=self.descricao, opcoes=(*self.opcoes, JSON))


def comando_equipe(argv: Sequence[str]) -> int:
    """Calcula uma equipe de referência e devolve o código de saída do processo."""
    ato, qual, *resto = [*argv, "", ""][: max(len(argv), 2)]
    if PEDIDOS_DE_AJUDA & {ato, qual}:
        print(_ajuda())
        return FEITO
    calculo = CALCULOS.get(sem_acento(qual).replace(" ", "-"))
    if ato != "calcular" or calculo is None:
        escrito = qual if ato == "calcular" else ato
        print(f"Não há o que calcular em “{escrito}”." if escrito else "Falta dizer o que calcular.", file=sys.stderr)
        print(_ajuda(), file=sys.stderr)
        return USO_ERRADO
    return executar(calculo.comando, resto, lambda lidas: _responder(calculo, lidas))


def _ajuda() -> str:
    linhas = [USO, "", "A equipe de referência da NOB-RH/SUAS, IV. QUAL é um destes:"]
    linhas += [f"  {calculo.nome:<20}{calculo.descricao}" for calculo in TABELAS]
    return "\n".join([*linhas, "", "As opções de cada um: redesuas equipe calcular QUAL --ajuda"])


def _responder(calculo: _Calculo, lidas: Mapping[str, str]) -> int:
    try:
        # Vale a tabela mais nova que se conhece.
        equipe = calculo.calcular(lidas, versoes("trabalho.equipe_cras")[-1].vigencia.desde)
    except NumeroRecusado as recusa:
        print(recusa, file=sys.stderr)
        return DADOS_COM_FALTAS
    if "json" in lidas:
        print(json.dumps(_em_json(equipe, calculo, lidas), ensure_ascii=False, indent=2))
    else:
        print(_em_texto(equipe))
    return FEITO


def _numero(lidas: Mapping[str, str], nome: str, padrao: int = 1) -> int:
    escrito = lidas.get(nome)
    if escrito is None:
        return padrao
    sinal, algarismos = (-1, escrito[1:]) if escrito.startswith("-") else (1, escrito)
    try:
        return sinal * ler_inteiro(algarismos, minimo=0)
    except ValueError as erro:
        raise NumeroRecusado(nome, f"--{nome}: {erro}") from erro


def _opcional(lidas: Mapping[str, str], nome: str) -> int | None:
    return _numero(lidas, nome) if nome in lidas else None


def _escolha(lidas: Mapping[str, str], nome: str, escolhas: Mapping[str, T], escritas: Sequence[str]) -> T:
    escolhida = escolhas.get(sem_acento(lidas[nome]).replace("_", " "))
    if escolhida is None:
        raise UsoErrado(f"--{nome}: “{lidas[nome]}” não serve. Escreva {', '.join(escritas[:-1])} ou {escritas[-1]}.")
    return escolhida


def _cras(lidas: Mapping[str, str], em: date) -> EquipeDeReferencia:
    porte = _escolha(lidas, "porte", PORTES, tuple(PORTE_POR_NOME))
    return equipe_do_cras(porte=porte, familias=_numero(lidas, "familias"), em=em)


def _creas(lidas: Mapping[str, str], em: date) -> EquipeDeReferencia:
    gestao = _escolha(lidas, "gestao", GESTOES, tuple(GESTOES))
    return equipe_do_creas(gestao=gestao, capacidade=_numero(lidas, "capacidade"), em=em)


def _abrigo(lidas: Mapping[str, str], em: date) -> EquipeDeReferencia:
    return equipe_de_pequenos_grupos(
        acolhidos=_numero(lidas, "acolhidos"),
        com_demandas=_numero(lidas, "com-demandas-especificas", 0),
        turnos=_numero(lidas, "turnos"),
        equipamentos=_numero(lidas, "equipamentos"),
        em=em,
    )


def _familia_acolhedora(lidas: Mapping[str, str], em: date) -> EquipeDeReferencia:
    return equipe_de_familia_acolhedora(
        acolhidos=_numero(lidas, "acolhidos"),
        familias_acolhedoras=_opcional(lidas, "familias-acolhedoras"),
        familias_de_origem=_opcional(lidas, "familias-de-origem"),
        em=em,
    )


def _republica(lidas: Mapping[str, str], em: date) -> EquipeDeReferencia:
    return equipe_de_republica(
        acolhidos=_numero(lidas, "acolhidos"), equipamentos=_numero(lidas, "equipamentos"), em=em
    )


def _ilpi(lidas: Mapping[str, str], em: date) -> EquipeDeReferencia:
    if _numero(lidas, "acolhidos") < 1:
        raise NumeroRecusado("acolhidos", f"Com {lidas['acolhidos']} idosos não há equipe a calcular.")
    return equipe_de_ilpi(em=em)


def _psicossocial(lidas: Mapping[str, str], em: date) -> EquipeDeReferencia:
    return equipe_psicossocial(
        acolhidos=_numero(lidas, "acolhidos"), equipamentos=_numero(lidas, "equipamentos"), em=em
    )


TABELAS = (
    _Calculo(
        nome="CRAS", descricao="Centro de Referência de Assistência Social.", calcular=_cras,
        opcoes=(
            OpcaoDoComando(
                nome="porte", valor="PORTE", obrigatoria=True, ajuda=f"Do município: {', '.join(PORTE_POR_NOME)}.",
            ),
            OpcaoDoComando(nome="familias", valor="N", obrigatoria=True, ajuda="Famílias referenciadas ao CRAS."),
        ),
    ),
    _Calculo(
        nome="CREAS", descricao="Centro de Referência Especializado de Assistência Social.", calcular=_creas,
        opcoes=(
            OpcaoDoComando(
                nome="gestao", valor="inicial|basica|plena|regional", obrigatoria=True,
                ajuda="Nível de gestão do município, ou regional, do estado.",
            ),
            OpcaoDoComando(nome="capacidade", valor="N", obrigatoria=True, ajuda="Pessoas que o CREAS pode atender."),
        ),
    ),
    _Calculo(
        nome="ABRIGO", descricao="Abrigo institucional, casa-lar e casa de passagem.", calcular=_abrigo,
        opcoes=(
            ACOLHIDOS,
            OpcaoDoComando(
                nome="com-demandas-especificas", valor="N",
                ajuda="Quantos acolhidos as têm (deficiência, saúde, menos de um ano...); o padrão é 0.",
            ),
            OpcaoDoComando(nome="turnos", valor="N", obrigatoria=True, ajuda="Turnos de trabalho em um dia."),
            EQUIPAMENTOS,
        ),
    ),
    _Calculo(
        nome="psicossocial", descricao="Equipe do órgão gestor para abrigos, casas-lares e casas de passagem.",
        calcular=_psicossocial, opcoes=(ACOLHIDOS, EQUIPAMENTOS),
    ),
    _Calculo(
        nome="familia-acolhedora", descricao="Serviço de família acolhedora.", calcular=_familia_acolhedora,
        opcoes=(
            ACOLHIDOS,
            OpcaoDoComando(
                nome="familias-acolhedoras", valor="N", ajuda="Sem ela, conta-se uma família por acolhido.",
            ),
            OpcaoDoComando(
                nome="familias-de-origem", valor="N", ajuda="Sem ela, conta-se uma família por acolhido.",
            ),
        ),
    ),
    _Calculo(nome="republica", descricao="República.", calcular=_republica, opcoes=(ACOLHIDOS, EQUIPAMENTOS)),
    _Calculo(
        nome="ilpi", descricao="Instituição de Longa Permanência para Idosos.", calcular=_ilpi,
        opcoes=(
            OpcaoDoComando(nome="acolhidos", valor="N", ajuda="Idosos acolhidos; não muda a equipe da norma."),
        ),
    ),
)  # fmt: skip
CALCULOS = {sem_acento(calculo.nome): calculo for calculo in TABELAS}


def _em_json(equipe: EquipeDeReferencia, calculo: _Calculo, lidas: Mapping[str, str]) -> dict[str, Any]:
    return {
        "equipe": calculo.nome,
        "entrada": {nome: valor for nome, valor in lidas.items() if nome != "json"},
        "funcoes": [_funcao_em_json(funcao) for funcao in equipe.funcoes],
        "total": equipe.total,
        "fundamento": str(equipe.fundamento),
        "avisos": list(equipe.avisos),
    }


def _funcao_em_json(funcao: FuncaoNecessaria) -> dict[str, Any]:
    dados: dict[str, Any] = {
        "codigo": str(funcao.funcao),
        "funcao": funcao.funcao.nome,
        "escolaridade": funcao.escolaridade.nome,
        "quantidade": funcao.quantidade,
    }
    if funcao.por_turno is not None:
        dados["por_turno"] = funcao.por_turno
    return dados | {
        "preferencial": funcao.preferencial,
        "ao_menos": funcao.ao_menos,
        "exige_concurso": funcao.exige_concurso,
        "razao": funcao.razao,
        "fundamento": str(funcao.fundamento),
    }


def _em_texto(equipe: EquipeDeReferencia) -> str:
    linhas = [f"Equipe de referência: {equipe.nome}", ""]
    for funcao in equipe.funcoes:
        preferencia = ", de preferência" if funcao.preferencial else ""
        concurso = ", por concurso" if funcao.exige_concurso else ""
        linhas.append(
            f"{funcao.quantidade:>4}  {funcao.funcao.nome}{preferencia} ({funcao.escolaridade.nome}{concurso})"
        )
        linhas.append(f"      {funcao.razao}")
    linhas += [f"{equipe.total:>4}  ao todo", "", *(f"Aviso: {aviso}" for aviso in equipe.avisos)]
    return "\n".join([*linhas, f"Fundamento: {equipe.fundamento}"])
