"""O número da lei está num parâmetro, com fonte, unidade e quem o conferiu; e todo parâmetro serve a alguém."""

from __future__ import annotations

import warnings
from datetime import date

import pytest
from django.utils import timezone

from normas.parametros import conferencia, leitura
from tests.contratos import arquivos


def test_ha_parametros_para_conferir() -> None:
    assert len(leitura.nomes()) >= 5


@pytest.mark.parametrize("nome", leitura.nomes())
def test_o_parametro_tem_fonte_unidade_conferencia_e_valores_em_ordem(nome: str) -> None:
    assert conferencia.faltas_do_arquivo(leitura.arquivo_de(nome)) == []


@pytest.mark.parametrize("nome", leitura.nomes())
def test_cada_valor_em_ordem_e_lido_no_primeiro_e_no_ultimo_dia(nome: str) -> None:
    for versao in leitura.versoes(nome):
        assert leitura.parametro(nome, em=versao.vigencia.desde) == versao


def test_conferencia_vencida_avisa_e_nao_falha() -> None:
    for aviso in conferencia.conferencias_vencidas(em=timezone.localdate()):
        warnings.warn(aviso, stacklevel=1)


def test_conferencia_vencida_diz_o_parametro_e_o_que_fazer() -> None:
    avisos = conferencia.conferencias_vencidas(em=date(2999, 1, 1))

    assert len(avisos) == len(leitura.nomes())
    assert all("Confira a norma e atualize" in aviso for aviso in avisos)


def test_nenhum_parametro_esta_morto() -> None:
    codigo = "\n".join(
        arquivo.read_text(encoding="utf-8") for arquivo in arquivos.com_final(".py") if not arquivos.e_de_teste(arquivo)
    )
    mortos = [nome for nome in leitura.nomes() if f'"{nome}"' not in codigo]

    assert not mortos, f"Ninguém lê estes parâmetros: {mortos}"
