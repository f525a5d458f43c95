"""De quem é esta instalação: o que o cabeçalho e o rodapé precisam dizer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from suas.nucleo.permissoes.abrangencia import BRASIL


@dataclass(frozen=True, kw_only=True)
class Instalacao:
    """O órgão que opera o sistema e o seu território; `demonstracao` acende a faixa de dados sintéticos."""

    orgao: str
    abrangencia: str = ""
    demonstracao: bool = False
    oficial: bool = False
    codigo_fonte: str = ""


class _Lida:
    """O que já se leu neste pedido."""

    valor: Instalacao | None = None


_lida: ContextVar[_Lida | None] = ContextVar("instalacao_lida", default=None)
_leitor: Callable[[], Instalacao] | None = None


def definir_leitor(leitor: Callable[[], Instalacao]) -> None:
    """Diz de onde se lê a instalação. Chamado uma vez, no `ready()` do módulo que a guarda."""
    global _leitor
    _leitor = leitor


@contextmanager
def lida_uma_vez() -> Iterator[None]:
    """Dentro do bloco (um pedido) a instalação é lida do banco uma vez, se alguém perguntar."""
    marca = _lida.set(_Lida())
    try:
        yield
    finally:
        _lida.reset(marca)


def atual() -> Instalacao:
    """A instalação em uso; sem leitor definido, só o nome do sistema."""
    if _leitor is None:
        return Instalacao(orgao="Rede SUAS aberta")
    lida = _lida.get()
    if lida is None:
        return _leitor()
    if lida.valor is None:
        lida.valor = _leitor()
    return lida.valor


def territorio() -> str:
    """O código do território de quem opera o sistema; sem dono ainda, o país."""
    return atual().abrangencia or BRASIL
