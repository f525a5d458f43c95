"""O que os módulos de cima põem na página da família, na linha do tempo dela e nas contas do mês da unidade.

No `ready()` do módulo:

    ligacoes.na_ficha(ligacoes.Quadro(codigo="blocos", ordem=10, secao=quadros.blocos))
    ligacoes.na_linha_do_tempo(linha.dos_blocos)
    ligacoes.no_mes(ligacoes.Conta(codigo="acompanhamento", tabela="prontuarios.acompanhamento", linhas=contas.do_mes))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from django.http import HttpRequest

    from suas.atendimento.familias.permissoes import Acesso
    from suas.cadastros.rede.models import Unidade
    from suas.nucleo.permissoes.ator import Ator


@dataclass(frozen=True, kw_only=True)
class Secao:
    """Um pedaço da página da família: o modelo, o que ele recebe, e que campos se leram, para o registro."""

    modelo: str
    dados: Mapping[str, Any]
    campos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Quadro:
    """Quem dá um pedaço da página; nada, se o ator não o vê. Os de `ordem` menor vêm antes."""

    codigo: str
    secao: Callable[[HttpRequest, Acesso], Secao | None]
    ordem: int = 50


@dataclass(frozen=True, kw_only=True)
class Momento:
    """Um dia na história da família: o que houve, com quem, onde, quem registrou, e onde se lê o resto.

    `pessoa_id` diz de quem se fala, para o registro que se entrega a quem pede: sem ele e com `pessoa`, não sai lá.
    """

    dia: date
    titulo: str
    texto: str = ""
    pessoa: str = ""
    pessoa_id: UUID | None = None
    unidade: str = ""
    quem: str = ""
    endereco: str = ""
    anulado: bool = False


@dataclass(frozen=True, kw_only=True)
class Conta:
    """Que itens do formulário do mês saem de uma tabela, e que linhas há por trás de cada um.

    `linhas(formulario, unidade, primeiro, fim)` devolve, por código de item, as chaves das linhas contadas no período
    [primeiro, fim); item ausente não se deriva (é diferente de zero), e vazio é zero.
    """

    codigo: str
    tabela: str
    linhas: Callable[[str, Unidade, date, date], Mapping[str, Sequence[UUID]]]


Fonte = Callable[["Ator", "Acesso", Sequence[UUID]], Iterable[Momento]]


@dataclass
class _Registro:
    quadros: dict[str, Quadro] = field(default_factory=dict)
    fontes: list[Fonte] = field(default_factory=list)
    contas: dict[str, Conta] = field(default_factory=dict)


_registro = _Registro()


def na_ficha(quadro: Quadro) -> None:
    """Acrescenta um pedaço à página da família; repetir o mesmo não muda nada."""
    _unico(_registro.quadros, quadro)


def na_linha_do_tempo(fonte: Fonte) -> None:
    """Acrescenta uma fonte: `fonte(ator, acesso, unidades lidas)` dá os momentos que o ator pode ler."""
    if fonte not in _registro.fontes:
        _registro.fontes.append(fonte)


def no_mes(conta: Conta) -> None:
    """Acrescenta uma conta do mês da unidade; repetir a mesma não muda nada."""
    _unico(_registro.contas, conta)


def secoes(request: HttpRequest, acesso: Acesso) -> list[Secao]:
    """Os pedaços da página que este ator vê, na ordem."""
    quadros = sorted(_registro.quadros.values(), key=lambda quadro: (quadro.ordem, quadro.codigo))
    return [secao for quadro in quadros if (secao := quadro.secao(request, acesso)) is not None]


def momentos(ator: Ator, acesso: Acesso, unidades: Sequence[UUID], *, menos: Sequence[Fonte] = ()) -> list[Momento]:
    """O que os módulos contam da família a este ator, do mais novo ao mais antigo; `menos` são as que não se querem."""
    fontes = [fonte for fonte in _registro.fontes if fonte not in menos]
    todos = [momento for fonte in fontes for momento in fonte(ator, acesso, unidades)]
    return sorted(todos, key=lambda momento: momento.dia, reverse=True)


def linhas_do_mes(
    formulario: str, unidade: Unidade, *, primeiro: date, fim: date
) -> dict[str, tuple[str, Sequence[UUID]]]:
    """Por código de item do formulário, a tabela e as chaves das linhas contadas no período [primeiro, fim)."""
    return {
        item: (conta.tabela, chaves)
        for conta in _registro.contas.values()
        for item, chaves in conta.linhas(formulario, unidade, primeiro, fim).items()
    }


def _unico(registrados: dict[str, Any], novo: Quadro | Conta) -> None:
    if registrados.setdefault(novo.codigo, novo) != novo:
        raise ValueError(f"{novo.codigo} já foi registrado por outro módulo.")
