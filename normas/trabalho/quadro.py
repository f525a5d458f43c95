"""O quadro presente diante da equipe de referência: quem conta em cada função, o que falta, o que mudaria.

Cada pessoa conta uma vez. Quem conta em que função é leitura do projeto (ADR 0044).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from normas.trabalho.equipes import EquipeDeReferencia
from normas.trabalho.funcoes import EscolaridadePedida, FuncaoDeReferencia, FuncaoNecessaria
from normas.trabalho.trabalhador import Escolaridade, FuncaoNaUnidade, TipoDeVinculo, TrabalhadorPresente

F, N = FuncaoDeReferencia, FuncaoNaUnidade


@dataclass(frozen=True, slots=True)
class Perfil:
    """Que funções da unidade, e que profissão, contam numa função da equipe."""

    funcoes: frozenset[FuncaoNaUnidade]
    profissao: str | None = None


def _perfil(*funcoes: FuncaoNaUnidade, profissao: str | None = None) -> Perfil:
    return Perfil(frozenset(funcoes), profissao)


PERFIS = MappingProxyType(
    {
        F.COORDENADOR: _perfil(N.COORDENADOR),
        F.ASSISTENTE_SOCIAL: _perfil(N.TECNICO_SUPERIOR, profissao="assistente_social"),
        F.PSICOLOGO: _perfil(N.TECNICO_SUPERIOR, profissao="psicologo"),
        F.ADVOGADO: _perfil(N.TECNICO_SUPERIOR, profissao="advogado"),
        F.PROFISSIONAL_SUAS: _perfil(N.TECNICO_SUPERIOR),
        F.TECNICO_MEDIO: _perfil(N.TECNICO_MEDIO, N.EDUCADOR_SOCIAL),
        F.ABORDAGEM: _perfil(N.EDUCADOR_SOCIAL, N.TECNICO_MEDIO, N.TECNICO_SUPERIOR),
        F.AUXILIAR_ADMINISTRATIVO: _perfil(N.APOIO_ADMINISTRATIVO),
        F.CUIDADOR: _perfil(N.CUIDADOR),
        F.AUXILIAR_DE_CUIDADOR: _perfil(N.AUXILIAR_DE_CUIDADOR),
        F.SOCIOCULTURAL: _perfil(N.EDUCADOR_SOCIAL, N.TECNICO_SUPERIOR),
        F.LIMPEZA: _perfil(N.SERVICOS_GERAIS),
        F.ALIMENTACAO: _perfil(N.SERVICOS_GERAIS),
        F.LAVANDERIA: _perfil(N.SERVICOS_GERAIS),
    }
)

MENOR_ESCOLARIDADE = MappingProxyType(
    {
        EscolaridadePedida.SUPERIOR: Escolaridade.SUPERIOR_COMPLETO,
        EscolaridadePedida.SUPERIOR_OU_MEDIO: Escolaridade.MEDIO_COMPLETO,
        EscolaridadePedida.MEDIO: Escolaridade.MEDIO_COMPLETO,
        EscolaridadePedida.MEDIO_QUALIFICADO: Escolaridade.MEDIO_COMPLETO,
        EscolaridadePedida.FUNDAMENTAL: Escolaridade.FUNDAMENTAL_COMPLETO,
        EscolaridadePedida.FUNDAMENTAL_QUALIFICADO: Escolaridade.FUNDAMENTAL_COMPLETO,
        EscolaridadePedida.NAO_DITA: Escolaridade.SEM_ESCOLARIDADE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaDoQuadro:
    """Uma função: o que a norma pede e quem a exerce, inclusive além do pedido."""

    necessaria: FuncaoNecessaria
    quem: tuple[TrabalhadorPresente, ...]

    @property
    def necessarios(self) -> int:
        """Quantos a norma pede."""
        return self.necessaria.quantidade

    @property
    def presentes(self) -> int:
        """Quantos exercem a função."""
        return len(self.quem)

    @property
    def efetivos(self) -> int:
        """Quantos dos presentes entraram por concurso."""
        return sum(pessoa.vinculo.efetivo for pessoa in self.quem)

    @property
    def falta(self) -> int:
        """Quantos faltam para o que a norma pede."""
        return max(self.necessarios - self.presentes, 0)

    @property
    def faltam_efetivos(self) -> int:
        """Quantos faltam para que os pedidos sejam todos efetivos."""
        return max(self.necessarios - self.efetivos, 0)

    @property
    def explicacao(self) -> str:
        """A razão do necessário e a conta da falta, em palavras."""
        partes = [self.necessaria.razao]
        partes.append(f"Presentes: {self.presentes}, dos quais efetivos: {self.efetivos}.")
        if self.necessaria.preferencial:
            partes.append("A profissão é de preferência: outra de nível superior também conta.")
        if self.necessaria.exige_concurso and self.presentes > self.efetivos:
            partes.append("O perfil da norma é de pessoa concursada.")
        return " ".join(partes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadro:
    """Todas as funções da equipe e, à parte, quem está na unidade e não conta em nenhuma, com o motivo."""

    equipe: EquipeDeReferencia
    linhas: tuple[LinhaDoQuadro, ...]
    fora: tuple[tuple[TrabalhadorPresente, str], ...]

    @property
    def falta(self) -> int:
        """Pessoas que faltam, somadas as funções; quem sobra numa não cobre outra."""
        return sum(linha.falta for linha in self.linhas)

    @property
    def presentes(self) -> int:
        """Pessoas que contam na equipe."""
        return sum(linha.presentes for linha in self.linhas)

    @property
    def efetivos(self) -> int:
        """Pessoas que contam na equipe e entraram por concurso."""
        return sum(linha.efetivos for linha in self.linhas)


def montar_quadro(*, equipe: EquipeDeReferencia, presentes: Iterable[TrabalhadorPresente]) -> Quadro:
    """Põe cada pessoa numa função da equipe, uma vez só, de modo a faltar o menos possível.

    Primeiro as profissões que a norma nomeia; depois as funções que aceitam várias; por fim, quem passa
    do pedido fica na função que exerce. Uma pessoa com duas lotações na unidade conta pela primeira.
    """
    pessoas = list({pessoa.chave: pessoa for pessoa in reversed(list(presentes))}.values())
    pessoas.sort(key=lambda pessoa: (not pessoa.vinculo.efetivo, pessoa.chave))
    livres = [pessoa for pessoa in pessoas if not _motivo_de_nao_contar(pessoa)]
    escolhidas: list[list[TrabalhadorPresente]] = [[] for _ in equipe.funcoes]
    for so_a_nomeada, ate_o_pedido in ((True, True), (False, True), (True, False), (False, False)):
        for lugar, necessaria in _das_exigentes_as_abertas(equipe.funcoes):
            vagas = necessaria.quantidade - len(escolhidas[lugar]) if ate_o_pedido else len(livres)
            entram = [p for p in livres if _conta(p, necessaria, so_a_nomeada=so_a_nomeada)][: max(vagas, 0)]
            escolhidas[lugar] += entram
            livres = [pessoa for pessoa in livres if pessoa not in entram]
    return Quadro(
        equipe=equipe,
        linhas=tuple(
            LinhaDoQuadro(necessaria=necessaria, quem=tuple(quem))
            for necessaria, quem in zip(equipe.funcoes, escolhidas, strict=True)
        ),
        fora=tuple(
            (pessoa, _motivo_de_nao_contar(pessoa) or _motivo_de_sobrar(pessoa, equipe.funcoes))
            for pessoa in pessoas
            if pessoa in livres or _motivo_de_nao_contar(pessoa)
        ),
    )


def _das_exigentes_as_abertas(funcoes: Sequence[FuncaoNecessaria]) -> list[tuple[int, FuncaoNecessaria]]:
    """As funções de perfil mais estreito primeiro: quem só serve a uma não perde o lugar para quem serve a várias."""
    return sorted(
        enumerate(funcoes), key=lambda par: (_profissao(par[1]) is None, len(PERFIS[par[1].funcao].funcoes), par[0])
    )


def _profissao(necessaria: FuncaoNecessaria) -> str | None:
    """A profissão que a função exige; a preferida não é exigida."""
    return None if necessaria.preferencial else PERFIS[necessaria.funcao].profissao


def _conta(pessoa: TrabalhadorPresente, necessaria: FuncaoNecessaria, *, so_a_nomeada: bool) -> bool:
    perfil = PERFIS[necessaria.funcao]
    exigida = perfil.profissao if so_a_nomeada else _profissao(necessaria)
    if so_a_nomeada and exigida is None and len(perfil.funcoes) > 1:
        return False
    return (
        pessoa.funcao in perfil.funcoes
        and (exigida is None or pessoa.profissao == exigida)
        and (pessoa.escolaridade is None or pessoa.escolaridade.alcanca(MENOR_ESCOLARIDADE[necessaria.escolaridade]))
    )


def _motivo_de_nao_contar(pessoa: TrabalhadorPresente) -> str:
    if pessoa.funcao is N.ESTAGIARIO:
        return "Estágio não conta na equipe de referência."
    if pessoa.vinculo is TipoDeVinculo.VOLUNTARIO:
        return "Trabalho voluntário não conta na equipe de referência."
    return ""


def _motivo_de_sobrar(pessoa: TrabalhadorPresente, funcoes: Collection[FuncaoNecessaria]) -> str:
    da_funcao = [n for n in funcoes if pessoa.funcao in PERFIS[n.funcao].funcoes]
    if not da_funcao:
        return f"A equipe de referência desta unidade não tem a função “{pessoa.funcao.nome}”."
    if pessoa.escolaridade is not None and not any(
        pessoa.escolaridade.alcanca(MENOR_ESCOLARIDADE[n.escolaridade]) for n in da_funcao
    ):
        pedida = da_funcao[0].escolaridade.nome
        return f"A função pede {pedida}, e o cadastro diz “{pessoa.escolaridade.nome}”. Confira o cadastro."
    if pessoa.profissao is None:
        return "Falta a profissão no cadastro: sem ela não se sabe em que função conta."
    return "As profissões que a norma pede nesta unidade são outras."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mudanca:
    """O quadro antes e depois de alguém entrar ou sair."""

    antes: Quadro
    depois: Quadro

    @property
    def linhas(self) -> tuple[tuple[LinhaDoQuadro, LinhaDoQuadro], ...]:
        """Só as funções cujo número muda, antes e depois."""
        return tuple(
            (antes, depois)
            for antes, depois in zip(self.antes.linhas, self.depois.linhas, strict=True)
            if (antes.presentes, antes.efetivos) != (depois.presentes, depois.efetivos)
        )

    @property
    def em_palavras(self) -> str:
        """O efeito numa frase."""
        antes, depois = self.antes.falta, self.depois.falta
        if antes == depois:
            return f"A falta não muda: continua em {antes}."
        return f"A falta {'cai' if depois < antes else 'sobe'} de {antes} para {depois}."


def o_que_mudaria(
    *,
    equipe: EquipeDeReferencia,
    presentes: Sequence[TrabalhadorPresente],
    entram: Sequence[TrabalhadorPresente] = (),
    saem: Collection[str] = (),
) -> Mudanca:
    """O quadro de hoje e o que ficaria se alguns entrassem e outros, pela chave, saíssem."""
    ficam = [pessoa for pessoa in presentes if pessoa.chave not in saem]
    return Mudanca(
        antes=montar_quadro(equipe=equipe, presentes=presentes),
        depois=montar_quadro(equipe=equipe, presentes=[*ficam, *entram]),
    )
