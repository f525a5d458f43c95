"""Quem trabalha numa unidade, nas palavras do CadSUAS e do Censo SUAS."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Escolaridade(StrEnum):
    """Do menor ao maior grau, como no Censo SUAS."""

    SEM_ESCOLARIDADE = "sem_escolaridade"
    FUNDAMENTAL_INCOMPLETO = "fundamental_incompleto"
    FUNDAMENTAL_COMPLETO = "fundamental_completo"
    MEDIO_INCOMPLETO = "medio_incompleto"
    MEDIO_COMPLETO = "medio_completo"
    SUPERIOR_INCOMPLETO = "superior_incompleto"
    SUPERIOR_COMPLETO = "superior_completo"
    ESPECIALIZACAO = "especializacao"
    MESTRADO = "mestrado"
    DOUTORADO = "doutorado"

    @property
    def nome(self) -> str:
        """Nome como no Censo SUAS."""
        return ESCOLARIDADES[self]

    def alcanca(self, outra: Escolaridade) -> bool:
        """Diz se este grau é o outro ou maior."""
        ordem = tuple(Escolaridade)
        return ordem.index(self) >= ordem.index(outra)


ESCOLARIDADES = MappingProxyType(
    {
        Escolaridade.SEM_ESCOLARIDADE: "Sem escolaridade",
        Escolaridade.FUNDAMENTAL_INCOMPLETO: "Ensino fundamental incompleto",
        Escolaridade.FUNDAMENTAL_COMPLETO: "Ensino fundamental completo",
        Escolaridade.MEDIO_INCOMPLETO: "Ensino médio incompleto",
        Escolaridade.MEDIO_COMPLETO: "Ensino médio completo",
        Escolaridade.SUPERIOR_INCOMPLETO: "Ensino superior incompleto",
        Escolaridade.SUPERIOR_COMPLETO: "Ensino superior completo",
        Escolaridade.ESPECIALIZACAO: "Especialização",
        Escolaridade.MESTRADO: "Mestrado",
        Escolaridade.DOUTORADO: "Doutorado",
    }
)

#: Código nosso e nome no Censo SUAS de cada profissão.
PROFISSOES = MappingProxyType(
    {
        "assistente_social": "Assistente social",
        "psicologo": "Psicóloga(o)",
        "pedagogo": "Pedagoga(o)",
        "advogado": "Advogada(o)",
        "administrador": "Administrador(a)",
        "antropologo": "Antropóloga(o)",
        "sociologo": "Socióloga(o)",
        "fisioterapeuta": "Fisioterapeuta",
        "cientista_politico": "Cientista política(o)",
        "nutricionista": "Nutricionista",
        "medico": "Médica(o)",
        "musicoterapeuta": "Musicoterapeuta",
        "terapeuta_ocupacional": "Terapeuta ocupacional",
        "economista": "Economista",
        "economista_domestico": "Economista doméstica(o)",
        "enfermeiro": "Enfermeira(o)",
        "analista_de_sistema": "Analista de sistema",
        "programador": "Programador(a)",
        "educacao_fisica": "Profissional de educação física",
        "contador": "Contador(a)",
        "geografo": "Geógrafa(o)",
        "gestao_publica": "Administração pública / Gestão pública",
        "estatistico": "Estatística(o)",
        "outra_superior": "Outra formação de nível superior",
        "nivel_medio": "Profissional de nível médio",
        "sem_formacao": "Sem formação profissional",
    }
)


class FuncaoNaUnidade(StrEnum):
    """A função exercida, como no Censo SUAS; cuidador e auxiliar de cuidador são as do acolhimento."""

    COORDENADOR = "coordenador"
    TECNICO_SUPERIOR = "tecnico_superior"
    TECNICO_MEDIO = "tecnico_medio"
    EDUCADOR_SOCIAL = "educador_social"
    CUIDADOR = "cuidador"
    AUXILIAR_DE_CUIDADOR = "auxiliar_de_cuidador"
    APOIO_ADMINISTRATIVO = "apoio_administrativo"
    SERVICOS_GERAIS = "servicos_gerais"
    ESTAGIARIO = "estagiario"
    OUTROS = "outros"

    @property
    def nome(self) -> str:
        """Nome como no Censo SUAS."""
        return FUNCOES[self]


FUNCOES = MappingProxyType(
    {
        FuncaoNaUnidade.COORDENADOR: "Coordenador(a)",
        FuncaoNaUnidade.TECNICO_SUPERIOR: "Técnico(a) de nível superior",
        FuncaoNaUnidade.TECNICO_MEDIO: "Técnico(a) de nível médio",
        FuncaoNaUnidade.EDUCADOR_SOCIAL: "Educador(a) social",
        FuncaoNaUnidade.CUIDADOR: "Cuidador(a)",
        FuncaoNaUnidade.AUXILIAR_DE_CUIDADOR: "Auxiliar de cuidador(a)",
        FuncaoNaUnidade.APOIO_ADMINISTRATIVO: "Apoio administrativo",
        FuncaoNaUnidade.SERVICOS_GERAIS: "Serviços gerais",
        FuncaoNaUnidade.ESTAGIARIO: "Estagiário(a)",
        FuncaoNaUnidade.OUTROS: "Outra função",
    }
)


class TipoDeVinculo(StrEnum):
    """O vínculo de trabalho, como no Censo SUAS."""

    ESTATUTARIO = "estatutario"
    EMPREGADO_PUBLICO = "empregado_publico"
    TEMPORARIO = "temporario"
    COMISSIONADO = "comissionado"
    TERCEIRIZADO = "terceirizado"
    PRESTADORA = "prestadora"
    NAO_PERMANENTE = "nao_permanente"
    VOLUNTARIO = "voluntario"
    SEM_VINCULO = "sem_vinculo"

    @property
    def nome(self) -> str:
        """Nome como no Censo SUAS."""
        return VINCULOS[self]

    @property
    def efetivo(self) -> bool:
        """Diz se entrou por concurso: estatutário ou empregado público (ADR 0044)."""
        return self in {TipoDeVinculo.ESTATUTARIO, TipoDeVinculo.EMPREGADO_PUBLICO}


VINCULOS = MappingProxyType(
    {
        TipoDeVinculo.ESTATUTARIO: "Servidor(a) estatutário(a)",
        TipoDeVinculo.EMPREGADO_PUBLICO: "Empregada(o) pública(o) (CLT)",
        TipoDeVinculo.TEMPORARIO: "Servidor(a) temporário(a)",
        TipoDeVinculo.COMISSIONADO: "Comissionada(o)",
        TipoDeVinculo.TERCEIRIZADO: "Terceirizada(o)",
        TipoDeVinculo.PRESTADORA: "Trabalhador(a) de empresa, cooperativa ou entidade prestadora de serviço",
        TipoDeVinculo.NAO_PERMANENTE: "Outro vínculo não permanente",
        TipoDeVinculo.VOLUNTARIO: "Voluntária(o)",
        TipoDeVinculo.SEM_VINCULO: "Sem vínculo",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrabalhadorPresente:
    """Uma pessoa com vínculo aberto na unidade; `chave` a distingue e não precisa ser o nome.

    O que não se sabe fica ausente: a escolaridade ausente não impede de contar, a profissão sim.
    """

    chave: str
    funcao: FuncaoNaUnidade
    vinculo: TipoDeVinculo
    profissao: str | None = None
    escolaridade: Escolaridade | None = None
    horas: int | None = None
