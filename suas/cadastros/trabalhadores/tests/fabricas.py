"""Trabalhadores e lotações inventados para os testes. O CPF sai de uma conta, e não é de ninguém."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from normas.base.documentos import digitos_do_cpf
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.cadastros.trabalhadores.models import Lotacao, Trabalhador
from suas.nucleo.identidade.tests.fabricas import AGORA

DESDE = date(2024, 3, 1)
_numeros = count(1)


def cpf() -> str:
    """Um CPF que confere e ainda não saiu nesta rodada de testes."""
    nove = f"{900_000_000 + next(_numeros)}"
    return nove + digitos_do_cpf(nove)


def trabalhador(nome: str = "Alba do Exemplo", **campos: Any) -> Trabalhador:
    """Uma assistente social de Vitória."""
    padrao: dict[str, Any] = {
        "cpf": cpf(),
        "nome": nome,
        "nome_busca": nome_de_busca(nome),
        "nascimento": date(1985, 3, 21),
        "escolaridade": "superior_completo",
        "profissao": "assistente_social",
        "registro_numero": "1234",
        "registro_uf": "ES",
        "abrangencia": VITORIA,
        "criado_em": AGORA,
        "mudado_em": AGORA,
    }
    return Trabalhador.objects.create(**padrao | campos)


def lotacao(quem: Trabalhador | None = None, *, unidade: Unidade | None = None, **campos: Any) -> Lotacao:
    """A pessoa lotada, por padrão numa unidade nova de Vitória, como técnica efetiva de 30 horas."""
    if unidade is None and not campos.get("orgao"):
        unidade = rede.unidade()
    padrao: dict[str, Any] = {
        "abrangencia": unidade.municipio_id if unidade is not None else VITORIA,
        "unidade": unidade,
        "funcao": "tecnico_superior",
        "vinculo_de_trabalho": "estatutario",
        "carga_horaria": 30,
        "desde": DESDE,
        "criada_em": AGORA,
        "mudada_em": AGORA,
    }
    return Lotacao.objects.create(trabalhador=quem or trabalhador(), **padrao | campos)
