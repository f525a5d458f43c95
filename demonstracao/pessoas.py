"""Quem entra na demonstração: uma pessoa inventada por papel que já tem o que fazer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from suas.nucleo.identidade import acoes
from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, CONSELHO, GESTAO_ESTADUAL, GESTAO_MUNICIPAL, Papel

SENHA = "demonstracao-suas"
VINCULADAS_DESDE = date(2026, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """Uma entrada da demonstração. O domínio `.example` não existe: nenhum aviso sai para ninguém."""

    email: str
    nome: str
    papel: Papel
    abrangencia: str
    orgao: str
    o_que_faz: str


ENTRADAS = (
    Entrada(
        email="federal@redesuas.example",
        nome="Ana Demonstração",
        papel=ADMINISTRACAO_FEDERAL,
        abrangencia="BR",
        orgao="Órgão gestor federal",
        o_que_faz="conduz a partilha nacional, compara cenários, sela",
    ),
    Entrada(
        email="estadual@redesuas.example",
        nome="Bruno Demonstração",
        papel=GESTAO_ESTADUAL,
        abrangencia="32",
        orgao="Secretaria estadual, Espírito Santo",
        o_que_faz="conduz a partilha estadual, completa insumos, acompanha 78 municípios",
    ),
    Entrada(
        email="municipal@redesuas.example",
        nome="Clara Demonstração",
        papel=GESTAO_MUNICIPAL,
        abrangencia="3205309",
        orgao="Secretaria municipal, Vitória/ES",
        o_que_faz="lê a memória de Vitória e o que mudaria a posição",
    ),
    Entrada(
        email="conselho@redesuas.example",
        nome="Davi Demonstração",
        papel=CONSELHO,
        abrangencia="BR",
        orgao="Conselho Nacional de Assistência Social",
        o_que_faz="examina a partilha antes de deliberar",
    ),
)


def criar_entradas(*, em: datetime) -> None:
    """Cria as pessoas e os vínculos que faltarem."""
    existentes = set(Pessoa.objects.values_list("email", flat=True))
    for entrada in ENTRADAS:
        if entrada.email in existentes:
            continue
        pessoa = acoes.criar_pessoa(
            email=entrada.email, nome=entrada.nome, senha=SENHA, de_demonstracao=True, por=ATOR_PUBLICO, em=em
        )
        acoes.vincular(
            pessoa=pessoa,
            papel=entrada.papel,
            abrangencia=entrada.abrangencia,
            orgao=entrada.orgao,
            desde=VINCULADAS_DESDE,
            por=ATOR_PUBLICO,
            em=em,
        )
