"""Equipes de referência da NOB-RH/SUAS, IV: de que funções, quantas pessoas e por quê.

Uma função para cada tabela da norma; os números estão em `normas/parametros/trabalho`. O que a norma
cala tem a leitura do projeto no ADR 0043 e, quando muda a conta, um aviso na resposta.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from normas.base.fundamento import Fundamento
from normas.base.numeros import com_virgula
from normas.parametros.leitura import Parametro, parametro
from normas.territorio.porte import Porte
from normas.trabalho.funcoes import EscolaridadePedida, FuncaoDeReferencia, FuncaoNecessaria

#: Acima disto o número é engano de digitação, e não uma unidade (leitura do projeto).
MAIOR_NUMERO = 999_999
#: Do turno de 24 horas ao de 4 (leitura do projeto).
MAIS_TURNOS = 6

#: Singular e plural do que se mede.
MEDIDAS = {
    "familias": ("família referenciada", "famílias referenciadas"),
    "pessoas": ("pessoa atendida", "pessoas atendidas"),
    "acolhidos": ("usuário acolhido", "usuários acolhidos"),
    "equipamentos": ("equipamento", "equipamentos"),
    "familias_acolhedoras": ("família acolhedora", "famílias acolhedoras"),
    "familias_de_origem": ("família de origem", "famílias de origem"),
    "turnos": ("turno", "turnos"),
}


class GestaoDoCreas(StrEnum):
    """As duas colunas da tabela do CREAS."""

    BASICA = "BASICA"
    PLENA = "PLENA"

    @property
    def nome(self) -> str:
        """Nome como no cabeçalho da tabela."""
        return {"BASICA": "Gestão Inicial e Básica", "PLENA": "Gestão Plena e Serviços Regionais"}[self]


class NumeroRecusado(ValueError):
    """Um número com que não há equipe a calcular; `campo` diz qual, e a mensagem, por quê."""

    def __init__(self, campo: str, mensagem: str) -> None:
        super().__init__(mensagem)
        self.campo = campo


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipeDeReferencia:
    """A equipe que a norma pede; `avisos` são leituras do projeto que pesaram na conta."""

    nome: str
    funcoes: tuple[FuncaoNecessaria, ...]
    avisos: tuple[str, ...]
    fundamento: Fundamento

    @property
    def total(self) -> int:
        """Pessoas da equipe, contados todos os turnos."""
        return sum(funcao.quantidade for funcao in self.funcoes)


def equipe_do_cras(*, porte: Porte, familias: int, em: date) -> EquipeDeReferencia:
    """Equipe de um CRAS que referencia `familias` famílias, num município desse porte.

    Erros: `NumeroRecusado`; `ParametroForaDeVigencia` antes da norma.
    """
    _conferir(familias=familias)
    regra = parametro("trabalho.equipe_cras", em=em)
    linhas = regra.conteudo[porte]
    limite = linhas["assistente_social"]["por"]["familias"]
    aviso = (
        f"A norma prevê um CRAS para até {com_virgula(limite)} famílias referenciadas em município de porte "
        f"{porte.nome}; com {com_virgula(familias)}, cabe planejar outro CRAS. Enquanto é um só, a equipe "
        "técnica se repete a cada medida, com um coordenador (leitura do projeto)."
    )
    return _equipe(
        nome=f"CRAS, {porte.nome}",
        regra=regra,
        linhas=linhas,
        medidas={"familias": familias},
        avisos=[aviso] if familias > limite else [],
    )


def equipe_do_creas(*, gestao: GestaoDoCreas, capacidade: int, em: date) -> EquipeDeReferencia:
    """Equipe de um CREAS com capacidade para `capacidade` pessoas.

    Erros: `NumeroRecusado`; `ParametroForaDeVigencia` antes da norma.
    """
    _conferir(pessoas=capacidade)
    regra = parametro("trabalho.equipe_creas", em=em)
    linhas = regra.conteudo[gestao]
    limite = linhas["assistente_social"]["por"]["pessoas"]
    aviso = (
        f"A tabela da norma é de um CREAS para {limite} pessoas em {gestao.nome}. Com capacidade de "
        f"{com_virgula(capacidade)}, a equipe se repete a cada medida, com um coordenador (leitura do projeto)."
    )
    return _equipe(
        nome=f"CREAS, {gestao.nome}",
        regra=regra,
        linhas=linhas,
        medidas={"pessoas": capacidade},
        avisos=[aviso] if capacidade > limite else [],
    )


def equipe_de_pequenos_grupos(
    *, acolhidos: int, turnos: int, em: date, com_demandas: int = 0, equipamentos: int = 1
) -> EquipeDeReferencia:
    """Atendimento direto em abrigo institucional, casa-lar ou casa de passagem.

    Erros: `NumeroRecusado`; `ParametroForaDeVigencia` antes da norma.
    """
    _conferir(acolhidos=acolhidos, equipamentos=equipamentos)
    if not 0 <= com_demandas <= acolhidos:
        raise NumeroRecusado(
            "com_demandas",
            f"Os usuários com demandas específicas ({com_demandas}) vão de 0 ao total de acolhidos "
            f"({acolhidos}). Confira os dois números.",
        )
    if not 1 <= turnos <= MAIS_TURNOS:
        raise NumeroRecusado(
            "turnos", f"{turnos} não serve como número de turnos por dia: são de 1 a {MAIS_TURNOS}. Confira o número."
        )
    regra = parametro("trabalho.equipe_pequenos_grupos", em=em)
    medidas = {"acolhidos": acolhidos, "equipamentos": equipamentos}
    return _equipe(
        nome="Abrigo institucional, casa-lar ou casa de passagem",
        regra=regra,
        linhas=regra.conteudo,
        medidas={**medidas, "com_demandas": com_demandas, "turnos": turnos},
        avisos=[],
    )


def equipe_psicossocial(*, acolhidos: int, em: date, equipamentos: int = 1) -> EquipeDeReferencia:
    """Equipe do órgão gestor para quem está em abrigo, casa-lar ou casa de passagem.

    Erros: `NumeroRecusado`; `ParametroForaDeVigencia` antes da norma.
    """
    _conferir(acolhidos=acolhidos, equipamentos=equipamentos)
    regra = parametro("trabalho.equipe_psicossocial", em=em)
    return _equipe(
        nome="Atendimento psicossocial do órgão gestor",
        regra=regra,
        linhas=regra.conteudo,
        medidas={"acolhidos": acolhidos, "equipamentos": equipamentos},
        avisos=[],
    )


def equipe_de_familia_acolhedora(
    *, acolhidos: int, em: date, familias_acolhedoras: int | None = None, familias_de_origem: int | None = None
) -> EquipeDeReferencia:
    """Equipe do órgão gestor para o serviço de família acolhedora.

    Sem o número de famílias, conta-se uma por acolhido, e um aviso o diz.

    Erros: `NumeroRecusado`; `ParametroForaDeVigencia` antes da norma.
    """
    _conferir(acolhidos=acolhidos)
    medidas = {"acolhidos": acolhidos}
    avisos = []
    for medida, dita in (("familias_acolhedoras", familias_acolhedoras), ("familias_de_origem", familias_de_origem)):
        if dita is None:
            avisos.append(
                f"Não foi dito o número de {MEDIDAS[medida][1]}: contou-se uma por usuário acolhido, que é o maior "
                "número possível (leitura do projeto)."
            )
        else:
            _conferir(**{medida: dita})
        medidas[medida] = acolhidos if dita is None else dita
    regra = parametro("trabalho.equipe_familia_acolhedora", em=em)
    return _equipe(nome="Família acolhedora", regra=regra, linhas=regra.conteudo, medidas=medidas, avisos=avisos)


def equipe_de_republica(*, acolhidos: int, em: date, equipamentos: int = 1) -> EquipeDeReferencia:
    """Equipe do órgão gestor para repúblicas.

    Erros: `NumeroRecusado`; `ParametroForaDeVigencia` antes da norma.
    """
    _conferir(acolhidos=acolhidos, equipamentos=equipamentos)
    regra = parametro("trabalho.equipe_republica", em=em)
    return _equipe(
        nome="República",
        regra=regra,
        linhas=regra.conteudo,
        medidas={"acolhidos": acolhidos, "equipamentos": equipamentos},
        avisos=[],
    )


def equipe_de_ilpi(*, em: date) -> EquipeDeReferencia:
    """Atendimento direto em Instituição de Longa Permanência para Idosos; não depende de quantos são.

    Erros: `ParametroForaDeVigencia` antes da norma.
    """
    regra = parametro("trabalho.equipe_ilpi", em=em)
    aviso = (
        "A norma não diz quantos cuidadores, nem quantas pessoas de limpeza, alimentação e lavanderia, por "
        "idoso: cada função conta uma pessoa, ao menos (leitura do projeto)."
    )
    return _equipe(
        nome="Instituição de Longa Permanência para Idosos",
        regra=regra,
        linhas=regra.conteudo,
        medidas={},
        avisos=[aviso],
    )


def _conferir(**numeros: int) -> None:
    for campo, numero in numeros.items():
        _, plural = MEDIDAS[campo]
        if numero < 1:
            raise NumeroRecusado(
                campo, f"Com {com_virgula(numero)} {plural} não há equipe a calcular. Informe ao menos 1."
            )
        if numero > MAIOR_NUMERO:
            raise NumeroRecusado(
                campo,
                f"{com_virgula(numero)} {plural} é mais do que cabe numa unidade. Confira se não sobrou algum "
                "algarismo.",
            )


def _medida(nome: str, numero: int) -> str:
    return f"{com_virgula(numero)} {MEDIDAS[nome][numero != 1]}"


def _equipe(
    *, nome: str, regra: Parametro, linhas: Mapping[str, Any], medidas: Mapping[str, int], avisos: list[str]
) -> EquipeDeReferencia:
    return EquipeDeReferencia(
        nome=nome,
        funcoes=tuple(
            _funcao(FuncaoDeReferencia(codigo), linha, medidas, regra.fundamento) for codigo, linha in linhas.items()
        ),
        avisos=tuple(avisos),
        fundamento=regra.fundamento,
    )


def _funcao(
    funcao: FuncaoDeReferencia, linha: Mapping[str, Any], medidas: Mapping[str, int], fundamento: Fundamento
) -> FuncaoNecessaria:
    limites = _limites(linha, medidas)
    # Uma pessoa além da medida já pede outra vez a quantidade; entre duas medidas, vale a que pede mais (ADR 0043).
    vezes = max((-(-medidas[medida] // limite) for medida, limite in limites.items()), default=1)
    numero = linha["quantidade"] * vezes
    por_turno = numero if linha.get("por_turno") else None
    quantidade = numero if por_turno is None else por_turno * medidas["turnos"]
    return FuncaoNecessaria(
        funcao=funcao,
        escolaridade=EscolaridadePedida(linha["escolaridade"]),
        quantidade=quantidade,
        por_turno=por_turno,
        razao=_razao(linha, limites, medidas, quantidade, por_turno),
        fundamento=fundamento,
        preferencial=linha.get("preferencial", False),
        ao_menos=linha.get("ao_menos", False),
        exige_concurso=linha.get("exige_concurso", False),
    )


def _limites(linha: Mapping[str, Any], medidas: Mapping[str, int]) -> dict[str, int]:
    """Quanto de cada medida uma vez a quantidade atende; as demandas específicas trocam a razão por acolhido."""
    limites = dict(linha.get("por", {}))
    for minimo, razao in linha.get("com_demandas", {}).items():
        if medidas["com_demandas"] >= minimo:
            limites["acolhidos"] = razao
    return limites


def _razao(
    linha: Mapping[str, Any],
    limites: Mapping[str, int],
    medidas: Mapping[str, int],
    quantidade: int,
    por_turno: int | None,
) -> str:
    cada = linha["quantidade"]
    if not limites:
        if linha.get("ao_menos"):
            return f"A norma pede a função e não diz quantos: ao menos {cada}."
        return f"A norma pede {cada}, seja qual for o número de atendidos."
    partes = [
        f"para {_medida(medida, medidas[medida])}, {cada} a cada {com_virgula(limite)} ou parte"
        for medida, limite in limites.items()
    ]
    texto = "; ".join(partes) + (", e vale o que pede mais" if len(partes) > 1 else "")
    if demandas := medidas.get("com_demandas", 0) if "com_demandas" in linha else 0:
        texto += f", porque há {demandas} com demandas específicas"
    if por_turno is not None:
        texto += f"; {por_turno} por turno, em {_medida('turnos', medidas['turnos'])}"
    return f"{texto[0].upper()}{texto[1:]}: {com_virgula(quantidade)}."
