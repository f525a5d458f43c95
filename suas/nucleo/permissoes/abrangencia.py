"""Onde alguém pode agir: um código do território.

"BR" é o país, dois dígitos são a UF (código do IBGE) e sete dígitos são o município. O código do município começa pelo
da UF; por isso estar dentro de uma abrangência é começar por ela.
"""

from __future__ import annotations

from suas.nucleo.permissoes.papeis import Esfera

BRASIL = "BR"


def contem(abrangencia: str, codigo: str) -> bool:
    """O território `codigo` está dentro de `abrangencia`? A vazia não contém nada."""
    if not abrangencia:
        return False
    return abrangencia == BRASIL or (codigo != BRASIL and codigo.startswith(abrangencia))


def que_alcancam(codigo: str) -> list[str]:
    """As abrangências que contêm o território, da mais próxima ao país: ele, a UF dele, o Brasil."""
    return list(dict.fromkeys([codigo, *([codigo[:2]] if codigo != BRASIL else []), BRASIL]))


def esfera_de(codigo: str) -> Esfera:
    """A esfera de um código; ValueError se ele não tem forma de código."""
    if codigo == BRASIL:
        return "uniao"
    if codigo.isdigit() and len(codigo) in {2, 7}:
        return "uf" if len(codigo) == 2 else "municipio"
    raise ValueError(f"“{codigo}” não é código de território: use BR, dois dígitos da UF ou sete do município.")
