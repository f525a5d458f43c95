"""Entidades inventadas para os testes, pelos atos da casa."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

from normas.base.documentos import digitos_do_cnpj
from suas.cadastros.entidades.acoes import cadastro
from suas.cadastros.entidades.models import Entidade
from suas.nucleo.permissoes.ator import Ator

_numeros = count(1)


def cnpj() -> str:
    """Um CNPJ que confere e ninguém tem: começa por uma letra que a Receita não deu."""
    doze = f"ZZ{next(_numeros):06d}0001"
    return doze + digitos_do_cnpj(doze)


def ficha(**mudadas: Any) -> cadastro.Ficha:
    """A ficha de uma associação de atendimento."""
    padrao = {
        "cnpj": cnpj(),
        "razao_social": "Associação do Exemplo",
        "natureza_juridica": Entidade.Natureza.ASSOCIACAO.value,
        "atende": True,
    }
    return cadastro.Ficha(**(padrao | mudadas))


def entidade(*, por: Ator, em: datetime, **mudadas: Any) -> Entidade:
    """Uma entidade do município de quem a cadastra."""
    return cadastro.cadastrar(ficha=ficha(**mudadas), municipio=por.abrangencia, por=por, em=em)


def completa(*, por: Ator, em: datetime) -> Entidade:
    """Uma entidade com dirigente e outro município em que atua."""
    nova = entidade(
        por=por, em=em, cnpj="ZZCENADO000105", atuacoes=("3200102",), logradouro="Rua do Exemplo", telefone="2730000000"
    )
    cadastro.dar_posse(
        entidade=nova, nome="Dirigente do Exemplo", cargo="Presidente", desde=date(2025, 1, 1), ate=None, por=por, em=em
    )
    return nova
