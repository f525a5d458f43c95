"""O que os módulos de cima põem na página da família, na linha do tempo e nas contas do mês."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest

from suas.atendimento.familias import ligacoes
from suas.atendimento.familias.ligacoes import Conta, Momento, Quadro, Secao

UM, OUTRO = UUID(int=1), UUID(int=2)


@pytest.fixture(autouse=True)
def registro_vazio(monkeypatch):
    monkeypatch.setattr(ligacoes, "_registro", ligacoes._Registro())


def test_os_quadros_vem_na_ordem_e_quem_nao_ve_nao_recebe():
    for codigo, ordem, ve in (("z", 1, True), ("a", 2, True), ("oculto", 0, False)):
        secao = Secao(modelo=codigo, dados={}) if ve else None
        ligacoes.na_ficha(Quadro(codigo=codigo, ordem=ordem, secao=lambda pedido, acesso, secao=secao: secao))

    assert [secao.modelo for secao in ligacoes.secoes(SimpleNamespace(), SimpleNamespace())] == ["z", "a"]


def test_a_linha_do_tempo_junta_as_fontes_do_mais_novo_ao_mais_antigo():
    ligacoes.na_linha_do_tempo(lambda *_: [Momento(dia=date(2026, 1, 1), titulo="antes")])
    ligacoes.na_linha_do_tempo(lambda *_: [Momento(dia=date(2026, 2, 1), titulo="depois")])

    achados = ligacoes.momentos(SimpleNamespace(), SimpleNamespace(), [])

    assert [momento.titulo for momento in achados] == ["depois", "antes"]


def test_a_conta_do_mes_diz_as_linhas_por_tras_de_cada_item_e_o_zero_nao_e_ausencia():
    ligacoes.no_mes(Conta(codigo="a", tabela="modulo.linha", linhas=lambda *_: {"A.1": [UM, OUTRO], "A.2": []}))

    linhas = ligacoes.linhas_do_mes("RMA-CRAS", SimpleNamespace(), primeiro=date(2026, 1, 1), fim=date(2026, 2, 1))

    assert linhas == {"A.1": ("modulo.linha", [UM, OUTRO]), "A.2": ("modulo.linha", [])}


def test_dois_modulos_nao_tomam_o_mesmo_lugar():
    ligacoes.no_mes(Conta(codigo="a", tabela="um.um", linhas=lambda *_: {}))

    with pytest.raises(ValueError, match="a já foi registrado"):
        ligacoes.no_mes(Conta(codigo="a", tabela="outro.outro", linhas=lambda *_: {}))
