"""Os atos dos avisos. O que outros módulos usam: `avisar`."""

from suas.nucleo.avisos.acoes.emissao import avisar

__all__ = ["avisar"]
