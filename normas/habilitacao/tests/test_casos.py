"""Os casos em YAML: cada ato leva à etapa esperada, ou é recusado com a frase esperada."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from normas.habilitacao.fluxo import fluxo
from normas.habilitacao.maquina import AtoRecusado, Processo, agir, vencimento
from normas.instancias.orgao import Orgao
from normas.prazos.dias_uteis import DiasUteis

CASOS = sorted((Path(__file__).parent.parent / "casos").glob("*.yaml"))


def test_ha_casos_para_ler():
    assert len(CASOS) >= 5


@pytest.mark.parametrize("arquivo", CASOS, ids=lambda arquivo: arquivo.stem)
def test_o_processo_do_caso_anda_como_a_conta_diz(arquivo):
    caso = yaml.safe_load(arquivo.read_text(encoding="utf-8"))
    processo = Processo(fluxo=fluxo(caso["fluxo"]))
    for linha in caso["atos"]:
        pedido = {
            "ato": linha["ato"],
            "quem": Orgao(linha["quem"]),
            "dia": linha["dia"],
            "prazo_ate": linha.get("prazo_ate"),
        }
        if "recusa" in linha:
            with pytest.raises(AtoRecusado, match=linha["recusa"]):
                agir(processo=processo, **pedido)
            continue
        processo = agir(processo=processo, **pedido)
        assert processo.etapa == linha["etapa"]
        if "vence" in linha:
            passo = next(passo for passo in processo.fluxo.passos if passo.ato == linha["vence"]["ato"])
            conta = vencimento(processo=processo, passo=passo, calendario=DiasUteis())
            assert conta is not None
            assert conta.dia == linha["vence"]["dia"]
