"""Cada célula se guarda sozinha: ninguém sobrescreve ninguém, e repetir não muda nada."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from normas.base.competencia import Competencia
from normas.registros.leitura import formulario
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.consultas import atos_de
from suas.vigilancia.mensais import celulas, consultas
from suas.vigilancia.mensais.acoes import preenchimento
from suas.vigilancia.mensais.acoes.preenchimento import CelulasEmConflito
from suas.vigilancia.mensais.models import RegistroMensal
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES

CREAS = formulario("RMA-CREAS", em=MES)
CRAS = formulario("RMA-CRAS", em=MES)
QUADRINHO = "i-B.6|masculino|0 a 12 anos"


@pytest.fixture
def cras(db):
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


def guardar(unidade, celula, valor, antes="", por=None):
    return preenchimento.guardar_celula(
        unidade=unidade,
        competencia=MES,
        celula=celula,
        valor=valor,
        antes=antes,
        por=por or fabricas.coordena(unidade),
        em=AGORA,
    )


def test_as_celulas_sao_as_do_formulario_impresso():
    nomes = list(celulas.nomes(CREAS))

    assert len(nomes) == len(set(nomes))
    assert QUADRINHO in nomes
    assert all(celulas.existe(nome, versao=CREAS) for nome in nomes)
    assert not celulas.existe("i-Z.9", versao=CREAS)
    assert not celulas.existe("nao-I", versao=CRAS)


@given(
    st.dictionaries(st.sampled_from(list(celulas.nomes(CREAS))), st.integers(0, 999) | st.just("doze"), min_size=1).map(
        lambda escritas: {n: celulas.MARCADO if n.startswith("nao-") else v for n, v in escritas.items()}
    )
)
def test_desmontar_o_que_se_montou_devolve_as_mesmas_celulas(escritas):
    itens, _ = celulas.montar(escritas, versao=CREAS)

    assert celulas.achatar(itens, {}, versao=CREAS) == escritas


@given(*[st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3))] * 3)
def test_fundir_nunca_perde_uma_mudanca_em_silencio(lidas, atuais, escritas):
    juntas, conflitos = celulas.fundir(lidas=lidas, atuais=atuais, escritas=escritas)
    em_conflito = {conflito.celula for conflito in conflitos}

    for nome in "abcd":
        lida, atual, escrita = lidas.get(nome, ""), atuais.get(nome, ""), escritas.get(nome, "")
        if atual not in {lida, escrita} and escrita != lida:
            assert nome in em_conflito
        elif escrita != lida:
            assert juntas.get(nome, "") == escrita
        else:
            assert juntas.get(nome, "") == atual


def test_a_celula_se_guarda_sozinha_e_repetir_nao_muda_nada(cras):
    guardar(cras, "i-A.1", "1.012")
    primeira = guardar(cras, "i-A.2", "8").registro
    repetida = guardar(cras, "i-A.2", "8").registro

    assert repetida.itens == {"A.1": 1012, "A.2": 8}
    assert repetida.versao == primeira.versao == 2
    assert atos_de(repetida).filter(ato="mensais.guardar_celula").count() == 2


@pytest.mark.parametrize(("celula", "valor", "fica"), [("i-A.1", "1\x002", 12), ("i-A.2", "\x00", "")])
def test_o_caractere_nulo_colado_de_um_arquivo_nao_se_guarda(cras, celula, valor, fica):
    feita = guardar(cras, celula, valor)

    assert feita.valor == fica
    assert guardar(cras, "j-V3", "Cole\x00i.").valor == "Colei."


def test_quem_viu_outro_valor_recebe_os_dois_e_nada_se_grava(cras):
    outra = identidade.ator(papeis.VIGILANCIA_MUNICIPAL, cras.municipio_id)
    guardar(cras, "i-A.1", "12", por=outra)

    with pytest.raises(CelulasEmConflito) as recusa:
        guardar(cras, "i-A.1", "14")

    (conflito,) = recusa.value.conflitos
    assert (conflito.atual, conflito.seu) == (12, 14)
    assert consultas.quem_escreveu(recusa.value.registro, celula="i-A.1").nome == outra.pessoa.nome
    assert RegistroMensal.objects.get().itens == {"A.1": 12}
    assert guardar(cras, "i-A.1", "14", antes="12").valor == 14


def test_apagar_um_numero_o_tira_do_rascunho(cras):
    guardar(cras, "i-A.1", "12")

    assert guardar(cras, "i-A.1", "", antes="12").registro.itens == {}


def test_o_quadrinho_guarda_se_ao_lado_dos_outros(db):
    creas = rede.unidade("CREAS Norte", tipo="creas")
    guardar(creas, "i-B.6", "0")
    guardar(creas, QUADRINHO, "3")
    itens = guardar(creas, "nao-IV", "sim").registro.itens

    assert itens == {"B.6": {"total": 0, "masculino": {"0 a 12 anos": 3}}, "nao_oferta": ["IV"]}


@pytest.mark.parametrize("celula", ["", "A.1", "i-Z.1", "i-A.1|masculino|0 a 6 anos", "j-", "nao-I", "x" * 300])
def test_campo_que_o_formulario_nao_tem_se_recusa(cras, celula):
    with pytest.raises(AtoRecusado, match="não é um campo"):
        guardar(cras, celula, "1")

    assert not RegistroMensal.objects.exists()


def test_a_justificativa_fica_com_quem_a_escreveu(cras):
    uma, outra = fabricas.coordena(cras), fabricas.coordena(cras)
    guardar(cras, "j-V3", "Conferido na lista.", por=uma)
    guardar(cras, "j-V4", "Idem.", por=outra)
    registro = RegistroMensal.objects.get()

    assert {regra: autor["pessoa"] for regra, autor in registro.autores.items()} == {
        "V3": str(uma.pessoa.pk),
        "V4": str(outra.pessoa.pk),
    }


def test_no_mes_enviado_nenhuma_celula_muda(cras):
    fabricas.enviado(cras)

    with pytest.raises(AtoRecusado, match="reabra-o dizendo por quê"):
        guardar(cras, "i-A.1", "5", antes="0")


def test_mes_que_a_unidade_nao_deve_nao_comeca_por_uma_celula(db):
    nova = rede.unidade("CRAS Novo", aberta_em=MES.ate)

    with pytest.raises(AtoRecusado, match="não deve este mês"):
        guardar(nova, "i-A.1", "5")


def test_o_que_duas_pessoas_escrevem_em_celulas_diferentes_se_junta(cras):
    guardar(cras, "i-A.1", "12")
    registro = preenchimento.guardar(
        unidade=cras,
        competencia=MES,
        itens={"A.2": 3},
        justificativas={},
        versao=0,
        lidas={},
        por=fabricas.coordena(cras),
        em=AGORA,
    )

    assert registro.itens == {"A.1": 12, "A.2": 3}


def entrar(papel, unidade):
    cliente = Client()
    cliente.force_login(identidade.pessoa_com_vinculo(papel, unidade.municipio_id, unidade=unidade.pk))
    return cliente


def test_o_endereco_da_celula_responde_em_poucas_palavras(cras):
    coordena = entrar(papeis.COORDENACAO_UNIDADE, cras)
    endereco = reverse("rma-celula", args=[cras.pk, MES])

    guardada = coordena.post(endereco, {"celula": "i-A.1", "valor": "12", "antes": ""})
    conflito = coordena.post(endereco, {"celula": "i-A.1", "valor": "14", "antes": "9"})
    recusada = coordena.post(endereco, {"celula": "i-Z.1", "valor": "14", "antes": ""})

    assert (guardada.status_code, guardada.json()["valor"]) == (200, 12)
    assert (conflito.status_code, conflito.json()["atual"], conflito.json()["seu"]) == (409, 12, 14)
    assert conflito.json()["quem"].startswith("Pessoa")
    assert (recusada.status_code, "não é um campo" in recusada.json()["mensagem"]) == (422, True)


def test_a_critica_vem_sem_recarregar_com_o_que_impede_e_o_que_falta(cras):
    coordena = entrar(papeis.COORDENACAO_UNIDADE, cras)
    guardar(cras, "i-A.1", "5")
    guardar(cras, "i-A.2", "8")

    critica = coordena.get(reverse("rma-critica", args=[cras.pk, MES])).json()

    assert critica["impedem"] == 1
    assert len(critica["faltam"]) == len(CRAS.itens) - 2
    assert any("A.2 = 8" in desenhada for desenhada in critica["itens"].values())


def test_sem_javascript_o_conflito_mostra_os_dois_e_a_segunda_vez_grava(cras):
    coordena = entrar(papeis.COORDENACAO_UNIDADE, cras)
    pagina = reverse("rma-preencher", args=[cras.pk, MES])
    guardar(cras, "i-A.1", "12")
    guardar(cras, "i-B.1", "2")
    envio = {"versao": "0", "lidas": "{}", "i-A.1": "14", "i-A.2": "3", "guardar": "sim"}

    conflito = coordena.post(pagina, envio).content.decode()
    registro = RegistroMensal.objects.get()
    de_novo = envio | {"versao": str(registro.versao), "lidas": json.dumps({"i-A.1": 12, "i-B.1": 2})}
    coordena.post(pagina, de_novo | {"i-B.1": "2"})

    assert "aqui está 12; você escreveu 14" in conflito
    assert 'value="14"' in conflito
    assert RegistroMensal.objects.get().itens == {"A.1": 14, "A.2": 3, "B.1": 2}


def test_o_estoque_do_mes_anterior_se_propoe_e_o_botao_o_poe_sem_javascript(cras):
    fabricas.enviado(cras, mes=MES.meses_antes(1), itens=fabricas.zerado(cras, A_1=120))
    guardar(cras, "i-A.2", "8")
    coordena = entrar(papeis.COORDENACAO_UNIDADE, cras)
    pagina = reverse("rma-preencher", args=[cras.pk, MES])

    antes = coordena.get(pagina).content.decode()
    coordena.post(pagina, {"versao": "1", "lidas": '{"i-A.2": 8}', "i-A.2": "8", "usar": "i-A.1=128"})

    assert "120 em 09/2026 e 8 em A.2; tire quem foi desligado" in antes
    assert "09/2026: 120" in antes
    assert RegistroMensal.objects.get(competencia=str(MES)).itens == {"A.1": 128, "A.2": 8}


def test_os_estados_dizem_analise_publicacao_e_versao_corrigida(cras):
    feito = fabricas.enviado(cras).registro
    estado = consultas.situacao

    assert estado(None, envios=0).texto == "não começou"
    assert estado(feito, envios=1).texto == "enviado, à espera da conferência"
    feito.estado = RegistroMensal.Estado.PUBLICADO
    assert estado(feito, envios=2).texto == "corrigido, versão 2: publicado"
    feito.estado = RegistroMensal.Estado.RASCUNHO
    assert estado(feito, envios=1).texto == "reaberto para corrigir a versão 1"
    assert Competencia.de_texto(feito.competencia) == MES
