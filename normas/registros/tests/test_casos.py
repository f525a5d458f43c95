"""Toda regra de todo formulário tem um caso que passa e um que não, com a frase que a pessoa lê."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from normas.base.competencia import Competencia
from normas.registros.conferencia import conferir
from normas.registros.distribuicao import Distribuicao
from normas.registros.exame import Contexto
from normas.registros.leitura import codigos
from normas.registros.preenchimento import ler_objeto
from normas.registros.tests.fabricas import JANEIRO, tudo_em_zero, versao_de
from normas.territorio.porte import Porte

ARQUIVOS = sorted((Path(__file__).parent.parent / "casos").glob("*.yaml"))
LIDOS = [yaml.safe_load(arquivo.read_text(encoding="utf-8")) for arquivo in ARQUIVOS]
CASOS = [
    pytest.param(lido["formulario"], caso, id=f"{lido['formulario']} {caso['regra']} {numero}")
    for lido in LIDOS
    for numero, caso in enumerate(lido["casos"])
]


def _contexto(versao, dito: dict[str, Any]) -> Contexto:
    anteriores = {
        Competencia.de_texto(str(mes)): ler_objeto(dados, versao=versao)
        for mes, dados in dito.get("anteriores", {}).items()
    }
    for item, valores in dito.get("doze_meses", {}).items():
        for antes, valor in enumerate(valores, start=1):
            anteriores[JANEIRO.meses_antes(antes)] = ler_objeto({item: valor}, versao=versao)
    na_faixa = {
        # metade das unidades em cada ponta: média no meio, desvio conhecido
        item: Distribuicao.de_valores([faixa["de"], faixa["a"]] * (faixa["quantos"] // 2))
        for item, faixa in dito.get("na_faixa", {}).items()
    }
    return Contexto(
        porte=Porte(dito["porte"]) if "porte" in dito else None,
        escolhas=frozenset(dito.get("escolhas", ())),
        registros=dito.get("registros", {}),
        anteriores=anteriores,
        na_faixa=na_faixa,
    )


def _achadas(codigo: str, dados: dict[str, Any], contexto: dict[str, Any]):
    versao = versao_de(codigo)
    preenchido = ler_objeto(tudo_em_zero(versao, **dados), versao=versao)
    return conferir(versao=versao, competencia=JANEIRO, preenchimento=preenchido, contexto=_contexto(versao, contexto))


@pytest.mark.parametrize(("codigo", "caso"), CASOS)
def test_o_que_esta_certo_nao_se_aponta(codigo, caso):
    achadas = _achadas(codigo, caso["certo"], caso.get("contexto", {}))

    assert [achada for achada in achadas if achada.regra == caso["regra"]] == []


@pytest.mark.parametrize(("codigo", "caso"), CASOS)
def test_o_que_esta_errado_se_diz_com_os_numeros_e_a_regra(codigo, caso):
    achadas = _achadas(codigo, caso["errado"], caso.get("contexto", {}))
    da_regra = [(list(achada.itens), achada.mensagem) for achada in achadas if achada.regra == caso["regra"]]

    assert (caso["itens"], caso["mensagem"]) in da_regra
    declarada = next(regra for regra in versao_de(codigo).regras if regra.codigo == caso["regra"])
    assert {achada.gravidade for achada in achadas if achada.regra == caso["regra"]} == {declarada.gravidade}
    assert {achada.fundamento for achada in achadas if achada.regra == caso["regra"]} == {declarada.fundamento}


@pytest.mark.parametrize("codigo", codigos())
def test_toda_regra_tem_caso_e_todo_formulario_em_zero_passa(codigo):
    com_caso = {caso["regra"] for lido in LIDOS if lido["formulario"] == codigo for caso in lido["casos"]}

    assert com_caso == {regra.codigo for regra in versao_de(codigo).regras}
    assert _achadas(codigo, {}, {}) == ()
