"""Extratos inventados, com os nomes de coluna da base do Cadastro Único."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from suas.atendimento.cadunico.importadores import EXTRATO
from suas.atendimento.cadunico.models import CadastroDaFamilia, CadastroDaPessoa, Extrato
from suas.atendimento.familias.models import Integrante, Prontuario
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.identificador import uuid7
from suas.nucleo.importacoes import tarefas
from suas.nucleo.importacoes.acoes import preparo
from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.planilhas import pastas

CABECALHO = (
    "d.cod_familiar_fam", "d.dat_atual_fam", "d.vlr_renda_media_fam", "d.marc_pbf", "d.nom_tip_logradouro_fam",
    "d.nom_logradouro_fam", "d.num_logradouro_fam", "d.nom_localidade_fam", "p.nom_pessoa", "p.num_nis_pessoa_atual",
    "p.num_cpf_pessoa", "p.dta_nasc_pessoa", "p.cod_sexo_pessoa", "p.cod_parentesco_rf_pessoa",
    "p.nom_completo_mae_pessoa", "p.cod_deficiencia_memb",
)  # fmt: skip
RUTE = {
    "cod_familiar_fam": "191", "dat_atual_fam": "2024-01-10", "vlr_renda_media_fam": "120", "marc_pbf": "1",
    "nom_tip_logradouro_fam": "RUA", "nom_logradouro_fam": "DO EXEMPLO", "num_logradouro_fam": "12",
    "nom_localidade_fam": "CENTRO", "nom_pessoa": "RUTE DO EXEMPLO", "num_nis_pessoa_atual": "12345678900",
    "dta_nasc_pessoa": "21031985", "cod_sexo_pessoa": "2", "cod_parentesco_rf_pessoa": "1",
    "nom_completo_mae_pessoa": "NOEMI DO EXEMPLO", "cod_deficiencia_memb": "2",
}  # fmt: skip
DAVI = RUTE | {
    "nom_pessoa": "DAVI DO EXEMPLO", "num_nis_pessoa_atual": "", "dta_nasc_pessoa": "2015-05-04",
    "cod_sexo_pessoa": "1", "cod_parentesco_rf_pessoa": "3", "nom_completo_mae_pessoa": "RUTE DO EXEMPLO",
}  # fmt: skip


def csv(*linhas: dict[str, str]) -> bytes:
    """O extrato, como o CECAD o dá."""
    corpo = [";".join(linha.get(nome.split(".")[1], "") for nome in CABECALHO) for linha in linhas]
    return "\n".join([";".join(CABECALHO), *corpo]).encode()


def gestora(municipio: str) -> Ator:
    """Quem tira o extrato da base, no município."""
    return identidade.ator(papeis.VIGILANCIA_MUNICIPAL, municipio)


def receber(conteudo: bytes, *, por: Ator, dia: str = "31/10/2026", em: datetime = AGORA) -> Importacao:
    """O extrato trazido e conferido."""
    importacao = preparo.receber(
        importador=EXTRATO,
        arquivo="extrato.csv",
        conteudo=conteudo,
        quadro=pastas.ler(conteudo, reconhece=EXTRATO.reconhece, limites=EXTRATO.limites),
        respostas={"dia": dia},
        por=por,
        em=em,
    )
    return tarefas.conferir(importacao=importacao, importador=EXTRATO, por=por, em=em)


def trazer(*linhas: dict[str, str], por: Ator, **como: Any) -> Importacao:
    """O extrato trazido e aplicado."""
    importacao = receber(csv(*linhas), por=por, **como)
    return tarefas.aplicar(importacao=importacao, importador=EXTRATO, por=por, em=AGORA)


def dito(prontuario: Prontuario, integrante: Integrante, *, dia: date = date(2026, 10, 31)) -> CadastroDaPessoa:
    """O que um extrato disse de alguém da família: o nome, escrito de outro jeito."""
    comum = {"abrangencia": prontuario.abrangencia, "mudou_dia": dia, "visto_dia": dia}
    cadastro = CadastroDaFamilia.objects.create(
        familia=prontuario.familia, codigo="00000000191", atualizado_dia=date(2023, 1, 10), **comum
    )
    Extrato.objects.create(
        abrangencia=prontuario.abrangencia,
        dia=dia,
        importacao=uuid7(),
        pessoas=1,
        familias=1,
        novas=0,
        mudadas=0,
        trazido_por=identidade.ator(papeis.VIGILANCIA_MUNICIPAL, prontuario.abrangencia).pessoa,
        trazido_em=AGORA,
    )
    return CadastroDaPessoa.objects.create(
        pessoa=integrante.pessoa, cadastro=cadastro, nome="Caio dos Exemplos", parentesco=3, **comum
    )
