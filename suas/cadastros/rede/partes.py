"""O que anda com uma unidade quando ela se junta a outra ou se desmembra, e como volta se o ato se desfaz (ADR 0065).

Lotações, território e o que mais um módulo de cima prende à unidade não se chamam daqui: cada um registra a sua parte.

# em ready() do módulo
partes.registrar(partes.Parte(codigo="lotacoes", rotulo="Trabalhadores", ordem=30, juntar=..., achar=..., gravar=...))

A parte só diz o que mudaria, em `Mudanca`; a prévia mostra os textos e o ato aplica as mesmas mudanças.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Field, ForeignKey, Model, QuerySet

from suas.nucleo.recusa import AtoRecusado

if TYPE_CHECKING:
    from suas.cadastros.rede.models import Unidade
    from suas.nucleo.permissoes.ator import Ator


@dataclass(frozen=True, kw_only=True)
class Mudanca:
    """O que muda numa linha do banco: os `campos` que se gravam. Sem `linha`, só se conta o que fica como está.

    `nova`: a linha nasce do ato; desfazer não a apaga, grava nela `ao_desfazer` (o que nunca chegou a valer).
    """

    texto: str
    linha: Model | None = None
    campos: Mapping[str, Any] = field(default_factory=dict)
    nova: bool = False
    ao_desfazer: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Passo:
    """O que o ato gravou numa linha, como se guarda no pedido. Só volta se a linha ainda está em `depois`."""

    parte: str
    chave: str
    texto: str
    antes: Mapping[str, Any]
    depois: Mapping[str, Any]

    def em_dados(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Uniao:
    """Uma unidade que sai e a que fica, no dia em que se juntam."""

    sai: Unidade
    fica: Unidade
    dia: date


@dataclass(frozen=True, kw_only=True)
class Reparticao:
    """A unidade de origem, a nova e o que se escolheu: chave da opção -> modo."""

    origem: Unidade
    nova: Unidade
    dia: date
    escolhas: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Opcao:
    """Algo da origem que pode passar à nova. `maior`, se há, faz dela um número a escrever, e não uma escolha.

    `reservado` é o que só vê quem alcança a pessoa (o nome); o pedido e quem responde veem o `texto`.
    """

    chave: str
    texto: str
    reservado: str = ""
    maior: int | None = None


@dataclass(frozen=True, kw_only=True)
class Parte:
    """O que um módulo prende à unidade. `guarda` são campos que, se mudaram depois, impedem a linha de voltar."""

    codigo: str
    rotulo: str
    ordem: int
    juntar: Callable[[Uniao], Sequence[Mudanca]]
    achar: Callable[[str], QuerySet[Any]]
    gravar: Callable[[Model, Ator, datetime], None]
    guarda: tuple[str, ...] = ()
    opcoes: Callable[[Unidade, date], Sequence[Opcao]] | None = None
    ve_reservado: Callable[[Ator, Unidade], bool] | None = None
    leu: Callable[[Sequence[str], Ator, datetime], None] | None = None
    repartir: Callable[[Reparticao], Sequence[Mudanca]] | None = None
    modos: tuple[tuple[str, str], ...] = (("passa", "passa à nova"),)


_PARTES: dict[str, Parte] = {}


def registrar(parte: Parte) -> None:
    """Acrescenta a parte; repetir o código substitui."""
    _PARTES[parte.codigo] = parte


def todas() -> list[Parte]:
    return sorted(_PARTES.values(), key=lambda parte: parte.ordem)


def uma(codigo: str) -> Parte | None:
    return _PARTES.get(codigo)


def aplicar(parte: Parte, mudancas: Iterable[Mudanca], *, por: Ator, em: datetime) -> list[Passo]:
    """Grava as mudanças da parte, na ordem, e devolve o que permite voltar. Parte de um ato."""
    passos = []
    for mudanca in mudancas:
        if mudanca.linha is None:
            continue
        if mudanca.nova:
            parte.gravar(mudanca.linha, por, em)
            antes = {nome: _em_dado(mudanca.linha, nome, valor) for nome, valor in mudanca.ao_desfazer.items()}
        else:
            antes = escrever(mudanca.linha, mudanca.campos)
            parte.gravar(mudanca.linha, por, em)
        depois = {nome: dado(mudanca.linha, nome) for nome in (*antes, *parte.guarda)}
        passos.append(
            Passo(parte=parte.codigo, chave=str(mudanca.linha.pk), texto=mudanca.texto, antes=antes, depois=depois)
        )
    return passos


def voltar(passo: Passo, *, por: Ator, em: datetime) -> bool:
    """Devolve a linha ao que era, se ninguém a mudou depois; diz se voltou. Parte de um ato."""
    parte = uma(passo.parte)
    linha = parte.achar(passo.chave).select_for_update(of=("self",)).first() if parte is not None else None
    if parte is None or linha is None or not como_ficou(linha, passo):
        return False
    escrever(linha, {nome: _do_dado(linha, nome, valor) for nome, valor in passo.antes.items()})
    try:
        parte.gravar(linha, por, em)
    except AtoRecusado:  # o identificador, por exemplo, passou a ser de outra
        return False
    return True


def volta(passo: Passo) -> bool:
    """A linha ainda está como o ato a deixou?"""
    parte = uma(passo.parte)
    linha = parte.achar(passo.chave).first() if parte is not None else None
    return linha is not None and como_ficou(linha, passo)


def como_ficou(linha: Model, passo: Passo) -> bool:
    return all(dado(linha, nome) == valor for nome, valor in passo.depois.items())


def escrever(linha: Model, campos: Mapping[str, Any]) -> dict[str, Any]:
    """Põe os valores na linha, sem gravar, e devolve os que estavam, como se guardam."""
    antes = {nome: dado(linha, nome) for nome in campos}
    for nome, valor in campos.items():
        setattr(linha, nome, valor)
    return antes


def dado(linha: Model, nome: str) -> Any:
    """O valor do campo como se guarda em JSON."""
    return _em_dado(linha, nome, getattr(linha, _campo(linha, nome).attname))


def _campo(linha: Model, nome: str) -> Field[Any, Any]:
    campo = linha._meta.get_field(nome)
    assert isinstance(campo, Field)
    return campo


def _em_dado(linha: Model, nome: str, valor: Any) -> Any:
    valor = valor.pk if isinstance(valor, Model) else valor
    return valor if valor is None or isinstance(valor, bool | int | str | list) else str(valor)


def _do_dado(linha: Model, nome: str, valor: Any) -> Any:
    """O valor guardado, de volta ao tipo do campo; a chave estrangeira, como a linha apontada."""
    campo = _campo(linha, nome)
    if valor is None:
        return None
    if isinstance(campo, ForeignKey):
        alvo = campo.related_model
        assert isinstance(alvo, type) and issubclass(alvo, Model)
        return alvo._default_manager.get(pk=valor)
    return campo.to_python(valor)
