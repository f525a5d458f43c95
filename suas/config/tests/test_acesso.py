"""A tabela de acesso impressa: estável, em ordem e completa."""

from __future__ import annotations

import csv
import io
import json
from unittest.mock import patch

import pytest

from suas.config.acesso import comando, tabela
from suas.nucleo import tranca
from suas.nucleo.permissoes.papeis import PAPEIS_DE_VINCULO


@pytest.fixture
def impressa(capsys: pytest.CaptureFixture[str]) -> dict:
    assert comando.main(["tabela", "--json"]) == 0
    lida: dict = json.loads(capsys.readouterr().out)
    return lida


def test_o_json_tem_toda_linha_com_a_espera_de_todo_papel_em_cada_esfera(impressa: dict) -> None:
    assert impressa["versao"] == 1
    assert len(impressa["enderecos"]) == len(tabela.linhas())
    for linha in impressa["enderecos"]:
        assert set(linha["espera"]) == {"estranho", "sem_vinculo", "de_fora", "papeis"}
        assert {papel: set(esferas) for papel, esferas in linha["espera"]["papeis"].items()} == {
            papel.codigo: set(papel.esferas) for papel in PAPEIS_DE_VINCULO
        }


def test_o_json_diz_o_que_a_linha_diz(impressa: dict) -> None:
    selar = next(li for li in impressa["enderecos"] if (li["rota"], li["metodo"]) == ("partilha-selar", "POST"))

    assert selar["endereco"] == "/partilhas/<uuid:partilha_id>/selar/"
    assert selar["permissao"] == "partilha.selar"
    assert selar["espera"]["estranho"] == "entrada"
    assert selar["espera"]["papeis"]["gestao_estadual"] == {"uf": "302"}
    assert selar["espera"]["papeis"]["conselheiro"] == {"uniao": "403", "uf": "403", "municipio": "403"}


def test_o_json_sai_por_endereco_e_metodo_e_explica_cada_resposta(impressa: dict) -> None:
    ordem = [(linha["endereco"], linha["metodo"]) for linha in impressa["enderecos"]]
    usadas = {resposta for linha in impressa["enderecos"] for resposta in linha["espera"]["papeis"]["conselheiro"]}

    assert ordem == sorted(ordem)
    assert "^" not in "".join(endereco for endereco, _ in ordem)
    assert usadas <= impressa["respostas"].keys() | set(tabela.ESFERAS)


def test_o_csv_tem_uma_coluna_por_pessoa(capsys: pytest.CaptureFixture[str]) -> None:
    assert comando.main(["tabela", "--csv"]) == 0
    titulos, *linhas = list(csv.reader(io.StringIO(capsys.readouterr().out)))

    assert len(linhas) == len(tabela.linhas())
    assert titulos[-len(tabela.pessoas()) :] == list(tabela.pessoas())


def test_o_texto_diz_quem_recebe_o_que(capsys: pytest.CaptureFixture[str]) -> None:
    assert comando.main(["tabela"]) == 0
    texto = capsys.readouterr().out

    assert "POST /partilhas/<uuid:partilha_id>/congelar/\n  os insumos da partilha simulada" in texto
    assert "302 feito, e leva a outra página: Gestão estadual\n" in texto


@pytest.mark.django_db
def test_a_tranca_que_nao_vale_sai_com_3_e_diz_por_que(capsys: pytest.CaptureFixture[str]) -> None:
    with patch.object(tranca, "por_que_a_tranca_esta_aberta", return_value="a conta passa por cima dela"):
        saida = comando.main(["tranca"])

    assert saida == 3
    assert "A segunda tranca não vale: a conta passa por cima dela." in capsys.readouterr().out


@pytest.mark.django_db
def test_a_tranca_que_vale_sai_com_0_e_diz_onde(capsys: pytest.CaptureFixture[str]) -> None:
    with patch.object(tranca, "por_que_a_tranca_esta_aberta", return_value=""):
        saida = comando.main(["tranca", "--json"])

    lida = json.loads(capsys.readouterr().out)
    assert (saida, lida["vale"]) == (0, True)
    assert {"partilhas_partilha", "identidade_vinculo", "documentos_documento"} <= set(lida["tabelas"])


@pytest.mark.sqlite
@pytest.mark.django_db
def test_no_sqlite_nao_ha_segunda_tranca() -> None:
    assert "SQLite" in tranca.por_que_a_tranca_esta_aberta()
