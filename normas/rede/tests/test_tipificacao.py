"""A Tipificação: serviços de cada proteção, nomes e avisos que não impedem."""

from __future__ import annotations

from datetime import date

import pytest

from normas.parametros.leitura import ParametroForaDeVigencia, versoes
from normas.rede.tipificacao import Protecao, aviso_da_oferta, nome_do_servico, servicos

HOJE = date(2026, 11, 22)


def por_codigo(em=HOJE):
    return {servico.codigo: servico for servico in servicos(em=em)}


def test_cada_protecao_tem_os_seus_servicos_da_basica_a_alta():
    todos = servicos(em=HOJE)

    assert [sum(s.protecao is protecao for s in todos) for protecao in Protecao] == [4, 5, 4]
    assert [s.protecao for s in todos] == sorted((s.protecao for s in todos), key=tuple(Protecao).index)
    assert por_codigo()["paif"].protecao.nome == "Proteção Social Básica"
    assert por_codigo()["paefi"].protecao.nome == "Proteção Social Especial de Média Complexidade"
    assert len({s.nome for s in todos}) == len(todos)


def test_o_servico_para_gestantes_e_criancas_so_existe_na_versao_nova_e_e_leitura_do_projeto():
    antes = por_codigo(date(2025, 12, 31))

    assert "spsbd_gc" not in antes
    assert antes["paif"].evidencia == "confirmado"
    assert por_codigo()["spsbd_gc"].evidencia == "leitura do projeto"
    assert set(antes) < set(por_codigo())


def test_antes_da_tipificacao_nao_ha_servicos():
    with pytest.raises(ParametroForaDeVigencia):
        servicos(em=date(2009, 11, 10))


def test_o_nome_serve_para_qualquer_versao_e_o_codigo_desconhecido_sai_como_esta():
    assert nome_do_servico("scfv") == "Serviço de Convivência e Fortalecimento de Vínculos"
    assert nome_do_servico("spsbd_gc").endswith("Gestantes e Crianças de 0 a 6 anos")
    assert nome_do_servico("servico_da_casa") == "servico_da_casa"


@pytest.mark.parametrize(
    ("codigo", "tipo", "publica", "frase"),
    [
        pytest.param("paif", "cras", True, None, id="PAIF no CRAS"),
        pytest.param("paif", "creas", True, "não costuma ser ofertado neste tipo", id="PAIF no CREAS"),
        pytest.param("paif", "cras", False, "só por unidade pública", id="PAIF em unidade privada"),
        pytest.param("scfv", "centro_convivencia", False, None, id="convivência em entidade"),
        pytest.param("pse_rua", "centro_pop", True, None, id="rua no Centro POP"),
    ],
)
def test_oferta_fora_do_costume_so_avisa(codigo, tipo, publica, frase):
    aviso = aviso_da_oferta(servico=por_codigo()[codigo], tipo=tipo, publica=publica)

    assert aviso is None if frase is None else frase in aviso


def test_toda_oferta_tem_servico_e_todo_servico_tem_oferta():
    (oferta,) = versoes("rede.oferta_dos_servicos")

    assert set(oferta.conteudo) == set(versoes("rede.servicos")[-1].conteudo)
    assert all(linha["unidades"] for linha in oferta.conteudo.values())
