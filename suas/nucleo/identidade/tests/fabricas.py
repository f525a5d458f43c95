"""Pessoas e vínculos sintéticos para os testes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from suas.nucleo.identidade.models import Instalacao, Pessoa, Vinculo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, Papel

SENHA = "uma-senha-comprida-de-teste"
AGORA = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
HOJE = date(2026, 11, 21)
_numeros = count(1)


def instalacao(*, demonstracao: bool = False, abrangencia: str = "BR") -> Instalacao:
    return Instalacao.objects.create(orgao="Órgão de teste", abrangencia=abrangencia, demonstracao=demonstracao)


def pessoa_com_vinculo(
    papel: Papel = ADMINISTRACAO_FEDERAL, abrangencia: str = "BR", *, unidade: UUID | None = None
) -> Pessoa:
    numero = next(_numeros)
    pessoa = Pessoa.objects.criar(email=f"pessoa{numero}@exemplo.example", nome=f"Pessoa {numero}", senha=SENHA)
    Vinculo.objects.create(
        pessoa=pessoa,
        papel_codigo=papel.codigo,
        abrangencia=abrangencia,
        orgao=f"Órgão {abrangencia}",
        unidade=unidade,
        desde=date(2020, 1, 1),
    )
    return pessoa


def ator(papel: Papel = ADMINISTRACAO_FEDERAL, abrangencia: str = "BR", *, unidade: UUID | None = None) -> Ator:
    pessoa = pessoa_com_vinculo(papel, abrangencia, unidade=unidade)
    return Ator(pessoa=pessoa, vinculo=pessoa.vinculos.get(), papel=papel, abrangencia=abrangencia)
