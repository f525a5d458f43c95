"""As funções das equipes de referência e a escolaridade que a norma pede a cada uma."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from normas.base.fundamento import Fundamento


class FuncaoDeReferencia(StrEnum):
    """Funções das tabelas da NOB-RH/SUAS, IV."""

    COORDENADOR = "coordenador"
    ASSISTENTE_SOCIAL = "assistente_social"
    PSICOLOGO = "psicologo"
    ADVOGADO = "advogado"
    PROFISSIONAL_SUAS = "profissional_suas"
    TECNICO_MEDIO = "tecnico_medio"
    ABORDAGEM = "abordagem"
    AUXILIAR_ADMINISTRATIVO = "auxiliar_administrativo"
    CUIDADOR = "cuidador"
    AUXILIAR_DE_CUIDADOR = "auxiliar_de_cuidador"
    SOCIOCULTURAL = "sociocultural"
    LIMPEZA = "limpeza"
    ALIMENTACAO = "alimentacao"
    LAVANDERIA = "lavanderia"

    @property
    def nome(self) -> str:
        """Nome como na norma, no singular."""
        return _NOMES[self]


_NOMES = {
    FuncaoDeReferencia.COORDENADOR: "Coordenador",
    FuncaoDeReferencia.ASSISTENTE_SOCIAL: "Assistente social",
    FuncaoDeReferencia.PSICOLOGO: "Psicólogo",
    FuncaoDeReferencia.ADVOGADO: "Advogado",
    FuncaoDeReferencia.PROFISSIONAL_SUAS: "Profissional de nível superior que compõe o SUAS",
    FuncaoDeReferencia.TECNICO_MEDIO: "Técnico de nível médio",
    FuncaoDeReferencia.ABORDAGEM: "Profissional para abordagem dos usuários",
    FuncaoDeReferencia.AUXILIAR_ADMINISTRATIVO: "Auxiliar administrativo",
    FuncaoDeReferencia.CUIDADOR: "Cuidador",
    FuncaoDeReferencia.AUXILIAR_DE_CUIDADOR: "Auxiliar de cuidador",
    FuncaoDeReferencia.SOCIOCULTURAL: "Profissional para desenvolvimento de atividades socioculturais",
    FuncaoDeReferencia.LIMPEZA: "Profissional de limpeza",
    FuncaoDeReferencia.ALIMENTACAO: "Profissional de alimentação",
    FuncaoDeReferencia.LAVANDERIA: "Profissional de lavanderia",
}


class EscolaridadePedida(StrEnum):
    """O que a coluna “escolaridade” da norma diz."""

    SUPERIOR = "superior"
    SUPERIOR_OU_MEDIO = "superior_ou_medio"
    MEDIO = "medio"
    MEDIO_QUALIFICADO = "medio_qualificado"
    FUNDAMENTAL = "fundamental"
    FUNDAMENTAL_QUALIFICADO = "fundamental_qualificado"
    NAO_DITA = "nao_dita"

    @property
    def nome(self) -> str:
        """Como a norma escreve: "nível médio e qualificação específica"."""
        return _ESCOLARIDADES[self]


_ESCOLARIDADES = {
    EscolaridadePedida.SUPERIOR: "nível superior",
    EscolaridadePedida.SUPERIOR_OU_MEDIO: "nível superior ou médio",
    EscolaridadePedida.MEDIO: "nível médio",
    EscolaridadePedida.MEDIO_QUALIFICADO: "nível médio e qualificação específica",
    EscolaridadePedida.FUNDAMENTAL: "nível fundamental",
    EscolaridadePedida.FUNDAMENTAL_QUALIFICADO: "nível fundamental e qualificação específica",
    EscolaridadePedida.NAO_DITA: "escolaridade não dita na norma",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FuncaoNecessaria:
    """Uma linha da equipe: a função, quantas pessoas ao todo, e a razão do número em palavras.

    `por_turno` só existe onde a norma conta por turno; então `quantidade` é `por_turno` vezes os turnos.
    `preferencial` diz que a profissão é só preferida; `ao_menos`, que a norma não diz quantos;
    `exige_concurso`, que o perfil da norma é de pessoa concursada.
    """

    funcao: FuncaoDeReferencia
    escolaridade: EscolaridadePedida
    quantidade: int
    por_turno: int | None
    razao: str
    fundamento: Fundamento
    preferencial: bool = False
    ao_menos: bool = False
    exige_concurso: bool = False
