"""`redesuas pendencias`: responde também na base vazia, diz o prazo de origem e o prorrogado, e recusa em palavras."""

from __future__ import annotations

import json
from datetime import date

import pytest

from suas.cadastros.rede.tests import fabricas as rede
from suas.config import pendencias
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.obrigacoes.tests.test_prazos import prorrogar
from suas.nucleo.permissoes import papeis

pytestmark = pytest.mark.django_db


def responder(capsys, *argumentos):
    assert pendencias.main(["--em", "2026-02-28", *argumentos]) == 0
    return capsys.readouterr().out


def test_na_base_vazia_diz_os_prazos_e_que_das_unidades_nada_se_sabe(capsys):
    dados = json.loads(responder(capsys, "--json"))

    janeiro = next(p for p in dados["prazos"] if (p["sistema"], p["periodo"]) == ("RMA", "2026-01"))
    assert (janeiro["prazo"], janeiro["dias_que_faltam"], janeiro["dias_de_atraso"]) == ("2026-02-28", 0, 0)
    assert not [p for p in dados["pendencias"] if p["sistema"] == "RMA"]
    assert "vence neste dia" in responder(capsys)


def test_diz_a_unidade_o_prazo_e_os_dias_de_atraso(capsys):
    cras = rede.unidade("CRAS Centro")
    rede.unidade("CRAS de fora", onde="3304557")

    dados = json.loads(responder(capsys, "--uf", "es", "--json"))

    do_rma = [p for p in dados["pendencias"] if p["sistema"] == "RMA"]
    assert {p["unidade"] for p in do_rma} == {str(cras.pk)}
    por_mes = {p["periodo"]: p for p in do_rma}
    assert por_mes["2026-01"]["situacao"] == "aberta"
    assert (por_mes["2025-12"]["situacao"], por_mes["2025-12"]["dias_de_atraso"]) == ("em atraso", 28)
    assert por_mes["2025-12"]["norma"] == "Manuais do RMA (MDS/SAGI)"
    assert "2026-02" not in por_mes  # fevereiro ainda não abriu


def test_o_prazo_prorrogado_vem_com_o_de_origem_e_a_norma(capsys):
    rede.unidade("CRAS Centro")
    prorrogar(identidade.ator(papeis.ADMINISTRACAO_FEDERAL, "BR"), fecha=date(2026, 3, 10))

    dados = json.loads(responder(capsys, "--uf", "ES", "--json"))

    janeiro = next(p for p in dados["pendencias"] if (p["sistema"], p["periodo"]) == ("RMA", "2026-01"))
    assert (janeiro["prazo_de_origem"], janeiro["prazo"], janeiro["dias_que_faltam"]) == (
        "2026-02-28",
        "2026-03-10",
        10,
    )
    assert janeiro["prorrogacoes"] == [{"ate": "2026-03-10", "norma": "Portaria do Exemplo nº 1/2026, art. 1º"}]


@pytest.mark.parametrize(
    "argumentos, diz",
    [(["--em", "28/02/2026"], "não é um dia"), (["--em", "2026-02-28", "--uf", "XX"], "não é sigla de UF")],
)
def test_o_pedido_que_nao_se_entende_sai_com_2(capsys, argumentos, diz):
    assert pendencias.main(argumentos) == 2
    assert diz in capsys.readouterr().err


def test_a_base_que_nao_serve_sai_com_3(capsys, monkeypatch):
    monkeypatch.setattr(pendencias, "recusa_do_banco", lambda: "o banco está vazio")

    assert pendencias.main(["--em", "2026-02-28"]) == 3
    assert "o banco está vazio" in capsys.readouterr().err
