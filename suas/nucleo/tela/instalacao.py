"""De quem é esta instalação: o que o cabeçalho e o rodapé precisam dizer."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Instalacao:
    """O órgão que opera o sistema; `demonstracao` acende a faixa de dados sintéticos."""

    orgao: str
    demonstracao: bool = False
    oficial: bool = False
    codigo_fonte: str = ""


_leitor: Callable[[], Instalacao] | None = None


def definir_leitor(leitor: Callable[[], Instalacao]) -> None:
    """Diz de onde se lê a instalação. Chamado uma vez, no `ready()` do módulo que a guarda."""
    global _leitor
    _leitor = leitor


def atual() -> Instalacao:
    """A instalação em uso; sem leitor definido, só o nome do sistema."""
    return _leitor() if _leitor else Instalacao(orgao="Rede SUAS aberta")
