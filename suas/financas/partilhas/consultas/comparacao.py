"""Duas partilhas lado a lado, município a município. Dinheiro em centavos; diferença é a segunda menos a primeira."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet

from suas.cadastros.territorio.nomes import nome_de_busca
from suas.financas.partilhas.models import PAIS, Cota, Partilha, Porte, Situacao

Mudanca = Literal["ganha", "perde", "igual"]
MUDANCAS: tuple[Mudanca, ...] = ("ganha", "perde", "igual")
ORDENS = ("nome", "uf", "antes", "depois", "diferenca", "posicao")


@dataclass(frozen=True, kw_only=True, slots=True)
class Lado:
    """O município em uma das partilhas; `ordem` é None para o não classificado."""

    porte: str
    situacao: str
    ordem: int | None
    valor: int

    @property
    def situacao_em_palavras(self) -> str:
        return str(Situacao(self.situacao).label)

    @property
    def porte_em_palavras(self) -> str:
        return str(Porte(self.porte).label)


@dataclass(frozen=True, kw_only=True, slots=True)
class Linha:
    """Um município nas duas. Ausente de uma delas, aquele lado é None e vale zero."""

    codigo: str
    nome: str
    uf: str
    a: Lado | None
    b: Lado | None

    @property
    def antes(self) -> int:
        return self.a.valor if self.a else 0

    @property
    def depois(self) -> int:
        return self.b.valor if self.b else 0

    @property
    def diferenca(self) -> int:
        return self.depois - self.antes

    @property
    def mudanca(self) -> Mudanca:
        if self.diferenca == 0:
            return "igual"
        return "ganha" if self.diferenca > 0 else "perde"

    @property
    def posicoes(self) -> int | None:
        """Quantas posições subiu (positivo) ou desceu na fila do seu estado e porte; None se não se comparam."""
        if self.a is None or self.b is None or self.a.porte != self.b.porte:
            return None
        if self.a.ordem is None or self.b.ordem is None:
            return None
        return self.a.ordem - self.b.ordem


@dataclass(frozen=True, kw_only=True)
class Balanco:
    """Quantos municípios ganham, perdem ou ficam iguais, e quanto somam."""

    ganham: int
    ganho: int
    perdem: int
    perda: int
    iguais: int
    passam_a_receber: int
    deixam_de_receber: int

    @property
    def diferenca(self) -> int:
        return self.ganho - self.perda


@dataclass(frozen=True, kw_only=True)
class Comparacao:
    """As duas partilhas e todas as linhas, na ordem do código do IBGE."""

    a: Partilha
    b: Partilha
    linhas: tuple[Linha, ...]
    balanco: Balanco


def comparaveis(visiveis: QuerySet[Partilha]) -> QuerySet[Partilha]:
    """As que têm cotas calculadas."""
    return visiveis.filter(versao_simulada__isnull=False)


def par_sugerido(partilha: Partilha, visiveis: QuerySet[Partilha]) -> Partilha | None:
    """Com quem comparar primeiro: a de origem do cenário, um cenário dela, ou a mais recente do mesmo âmbito."""
    outras = comparaveis(visiveis).filter(ambito=partilha.ambito).exclude(pk=partilha.pk)
    if partilha.cenario_de_id and (origem := outras.filter(pk=partilha.cenario_de_id).first()):
        return origem
    return outras.filter(cenario_de=partilha).first() or outras.first()


def comparar(a: Partilha, b: Partilha, *, alcance: str = PAIS) -> Comparacao:
    """Junta por código do município as cotas das duas que estão no território `alcance`, em duas consultas."""
    lados = {a.pk: _lados(a, alcance), b.pk: _lados(b, alcance)}
    nomes = lados[b.pk][1] | lados[a.pk][1]
    linhas = tuple(
        Linha(
            codigo=codigo,
            nome=nomes[codigo][0],
            uf=nomes[codigo][1],
            a=lados[a.pk][0].get(codigo),
            b=lados[b.pk][0].get(codigo),
        )
        for codigo in sorted(nomes)
    )
    return Comparacao(a=a, b=b, linhas=linhas, balanco=_balanco(linhas))


def _lados(partilha: Partilha, alcance: str) -> tuple[dict[str, Lado], dict[str, tuple[str, str]]]:
    lados: dict[str, Lado] = {}
    nomes: dict[str, tuple[str, str]] = {}
    colunas = ("municipio_id", "municipio__nome", "uf", "porte", "situacao", "ordem", "valor_centavos")
    cotas = Cota.objects.filter(partilha=partilha)
    if alcance != PAIS:
        cotas = cotas.filter(municipio__codigo_ibge__startswith=alcance)
    for codigo, nome, uf, porte, situacao, ordem, valor in cotas.values_list(*colunas):
        lados[codigo] = Lado(porte=porte, situacao=situacao, ordem=ordem, valor=valor)
        nomes[codigo] = (nome, uf)
    return lados, nomes


def _balanco(linhas: Sequence[Linha]) -> Balanco:
    ganhos = [linha.diferenca for linha in linhas if linha.diferenca > 0]
    perdas = [-linha.diferenca for linha in linhas if linha.diferenca < 0]
    return Balanco(
        ganham=len(ganhos),
        ganho=sum(ganhos),
        perdem=len(perdas),
        perda=sum(perdas),
        iguais=len(linhas) - len(ganhos) - len(perdas),
        passam_a_receber=sum(1 for linha in linhas if not linha.antes and linha.depois),
        deixam_de_receber=sum(1 for linha in linhas if linha.antes and not linha.depois),
    )


def recortar(
    comparacao: Comparacao, *, uf: str = "", porte: str = "", mudanca: str = "", termo: str = "", ordem: str = ""
) -> list[Linha]:
    """As linhas que a tela mostra. Recorte vazio não filtra; ordem desconhecida é a da maior mudança primeiro."""
    limpo = nome_de_busca(termo)
    linhas = [
        linha
        for linha in comparacao.linhas
        if (not uf or linha.uf == uf)
        and (not porte or porte in {lado.porte for lado in (linha.a, linha.b) if lado})
        and (not mudanca or linha.mudanca == mudanca)
        and (not limpo or limpo in nome_de_busca(linha.nome) or linha.codigo.startswith(limpo))
    ]
    chave = ordem.removeprefix("-")
    if chave not in ORDENS:
        return sorted(linhas, key=lambda linha: (-abs(linha.diferenca), linha.codigo))
    return sorted(linhas, key=lambda linha: _chave(linha, chave), reverse=ordem.startswith("-"))


def _chave(linha: Linha, chave: str) -> tuple[object, ...]:
    valores: dict[str, object] = {
        "nome": nome_de_busca(linha.nome),
        "uf": linha.uf,
        "antes": linha.antes,
        "depois": linha.depois,
        "diferenca": linha.diferenca,
        "posicao": linha.posicoes if linha.posicoes is not None else 0,
    }
    return (valores[chave], linha.codigo)


def opcoes_que_mudam(a: Partilha, b: Partilha) -> list[tuple[str, str, str]]:
    """O que foi escolhido de modo diferente: (opção, na primeira, na segunda), em palavras."""
    lidas = [
        ("Critério do passo 1", a.get_criterio_porte_display(), b.get_criterio_porte_display()),
        ("Comparação do passo 3", a.get_normalizacao_display(), b.get_normalizacao_display()),
        ("Transição de 2005", _sim(a.transicao_2005), _sim(b.transicao_2005)),
        ("Excluir incompletos", _sim(a.excluir_incompletos), _sim(b.excluir_incompletos)),
        ("Ano da população", str(a.ano_populacao), str(b.ano_populacao)),
        ("Exercício", str(a.exercicio), str(b.exercicio)),
    ]
    return [(nome, antes, depois) for nome, antes, depois in lidas if antes != depois]


def _sim(valor: bool) -> str:
    return "sim" if valor else "não"
