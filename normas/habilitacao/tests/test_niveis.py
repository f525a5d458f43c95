"""Os níveis de gestão: o que a norma traz, o que se confere, e o que muda na transição e na desabilitação."""

from __future__ import annotations

from datetime import date

import pytest

from normas.base.constatacao import Constatacao, Situacao, pior
from normas.habilitacao.caminho import caminho_da_habilitacao, prazo_de_quem_tinha_paif
from normas.habilitacao.desabilitacao import SOLICITANTES, PedidoRecusado, conferir_pedido, efeito
from normas.habilitacao.niveis import (
    GestaoDesconhecida,
    NivelDeGestao,
    gestao,
    gestoes,
    municipio_gere_os_recursos,
    nivel_automatico,
)
from normas.habilitacao.requisitos import ConstatacaoSemExigencia, conferir_nivel, constatar_cras
from normas.instancias.orgao import Orgao
from normas.parametros.leitura import ParametroForaDeVigencia
from normas.territorio.porte import Porte

EM_2006 = date(2006, 6, 1)
EM_2005 = date(2005, 10, 1)
ATENDE = Constatacao(situacao=Situacao.ATENDE, evidencia="ata de 10/05/2006")


@pytest.mark.parametrize(
    ("codigo", "requisitos", "exigencias", "responsabilidades", "incentivos"),
    [
        ("nao_habilitado", 0, 0, 0, 0),
        ("inicial", 2, 4, 3, 2),
        ("basica", 9, 11, 8, 6),
        ("plena", 15, 16, 11, 7),
        ("df", 0, 14, 17, 5),
        ("estado", 5, 7, 23, 7),
        ("uniao", 0, 0, 23, 0),
    ],
)
def test_cada_nivel_traz_o_que_a_norma_enumera(codigo, requisitos, exigencias, responsabilidades, incentivos):
    nivel = gestao(codigo, em=EM_2006)

    assert (len(nivel.requisitos), len(nivel.exigencias)) == (requisitos, exigencias)
    assert (len(nivel.responsabilidades), len(nivel.incentivos)) == (responsabilidades, incentivos)


def test_o_distrito_federal_tem_tambem_o_aprimoramento():
    df = gestao("df", em=EM_2006)

    assert [item.alinea for item in df.responsabilidades_de_aprimoramento] == list("abcdefghijk")
    assert [item.alinea for item in df.incentivos_de_aprimoramento] == list("abcdefg")


@pytest.mark.parametrize("nivel", gestoes(), ids=lambda nivel: nivel.nome)
def test_todo_requisito_se_comprova_por_exigencia_que_existe_e_nenhuma_exigencia_sobra(nivel):
    exigidas = [codigo for requisito in nivel.requisitos for codigo in requisito.exigencias]
    codigos = [exigencia.codigo for exigencia in nivel.exigencias]

    assert len(codigos) == len(set(codigos))
    assert set(exigidas) == set(codigos) or not nivel.requisitos
    assert all(requisito.exigencias for requisito in nivel.requisitos)
    textos = [item.texto for item in (*nivel.requisitos, *nivel.responsabilidades, *nivel.incentivos)]
    assert all(texto and "*" not in texto and "MÉ" not in texto for texto in textos)


def test_o_que_ninguem_constatou_nao_se_sabe_e_o_que_falta_vem_na_ordem_da_norma():
    falta = Constatacao(
        situacao=Situacao.NAO_ATENDE, motivo="O plano não passou pelo CMAS.", libera="Aprove o plano no CMAS."
    )
    conferencia = conferir_nivel(codigo="inicial", em=EM_2006, constatacoes={"conselho": ATENDE, "plano": falta})

    assert [c.exigencia.codigo for c in conferencia.faltam] == ["fundo", "plano", "recursos_proprios"]
    assert [r.situacao for r in conferencia.requisitos] == [Situacao.NAO_ATENDE, Situacao.NAO_SE_SABE]
    assert (conferencia.situacao, conferencia.vigente) == (Situacao.NAO_ATENDE, True)


def test_com_tudo_constatado_o_nivel_atende_e_fora_da_norma_e_simulacao():
    todas = {exigencia.codigo: ATENDE for exigencia in gestao("plena", em=EM_2006).exigencias}

    agora = conferir_nivel(codigo="plena", em=date(2026, 11, 22), constatacoes=todas)

    assert (agora.situacao, agora.faltam, agora.vigente) == (Situacao.ATENDE, (), False)


def test_na_transicao_a_basica_pede_menos_e_quem_nao_era_habilitado_comprova_o_artigo_30():
    comum = conferir_nivel(codigo="basica", em=EM_2005, constatacoes={})
    de_fora = conferir_nivel(codigo="basica", em=EM_2005, constatacoes={}, nivel_de_antes=NivelDeGestao.NAO_HABILITADO)

    assert [c.exigencia.codigo for c in comum.exigencias] == ["cras", "composicao_do_conselho"]
    assert [c.exigencia.codigo for c in de_fora.exigencias[2:]] == ["conselho", "plano", "fundo", "recursos_proprios"]
    assert len(conferir_nivel(codigo="basica", em=date(2006, 1, 1), constatacoes={}).exigencias) == 11
    assert len(conferir_nivel(codigo="basica", em=date(2005, 1, 1), constatacoes={}).exigencias) == 2


def test_o_que_o_nivel_nao_exige_e_recusado_e_o_nivel_que_nao_ha_tambem():
    with pytest.raises(ConstatacaoSemExigencia, match=r"não exige “organograma”\. Exige: conselho, fundo"):
        conferir_nivel(codigo="inicial", em=EM_2006, constatacoes={"organograma": ATENDE})
    with pytest.raises(GestaoDesconhecida, match="“intermediaria” não é uma condição"):
        gestao("intermediaria", em=EM_2006)


@pytest.mark.parametrize(
    ("porte", "existentes", "situacao"),
    [
        (Porte.PEQUENO_I, 0, Situacao.NAO_ATENDE),
        (Porte.PEQUENO_I, 1, Situacao.ATENDE),
        (Porte.MEDIO, 1, Situacao.NAO_ATENDE),
        (Porte.METROPOLE, 8, Situacao.ATENDE),
        (Porte.GRANDE, None, Situacao.NAO_SE_SABE),
    ],
)
def test_o_minimo_de_cras_do_porte(porte, existentes, situacao):
    for em in (EM_2006, date(2026, 1, 1)):
        constatada = constatar_cras(porte=porte, existentes=existentes, evidencia="Cadastro da rede", em=em)
        assert constatada.situacao is situacao


def test_o_cras_que_falta_diz_quantos():
    constatada = constatar_cras(porte=Porte.GRANDE, existentes=1, evidencia="Cadastro da rede", em=EM_2006)

    assert constatada.motivo == "O porte Grande pede ao menos 4 CRAS, e há 1."
    assert constatada.libera.startswith("Implante 3 CRAS")


def test_nada_se_afirma_sem_evidencia_nem_se_nega_sem_motivo():
    with pytest.raises(ValueError, match="informe a evidência"):
        Constatacao(situacao=Situacao.ATENDE, evidencia=" ")
    with pytest.raises(ValueError, match="informe o motivo"):
        Constatacao(situacao=Situacao.NAO_ATENDE)


def test_a_pior_situacao_vale_pelo_conjunto():
    sim, nao, talvez = Situacao.ATENDE, Situacao.NAO_ATENDE, Situacao.NAO_SE_SABE

    assert [pior([sim]), pior([sim, talvez]), pior([talvez, nao]), pior([])] == [sim, talvez, nao, talvez]
    assert [(s.nome, s.atende) for s in Situacao] == [
        ("atende", True), ("não atende", False), ("não se sabe", None),
    ]  # fmt: skip


def test_quem_era_habilitado_comeca_na_inicial_e_o_nao_habilitado_nao_gere():
    assert nivel_automatico(habilitado_pela_nob_1999=True) is NivelDeGestao.INICIAL
    assert nivel_automatico(habilitado_pela_nob_1999=False) is NivelDeGestao.NAO_HABILITADO
    assert [n.nome for n in NivelDeGestao if not municipio_gere_os_recursos(n)] == ["não habilitado"]


@pytest.mark.parametrize(
    ("nivel", "em", "codigo", "vigente"),
    [
        (NivelDeGestao.BASICA, EM_2005, "transicao-2005", True),
        (NivelDeGestao.PLENA, date(2005, 12, 31), "transicao-2005", True),
        (NivelDeGestao.PLENA, date(2006, 1, 1), "habilitacao-municipio", True),
        (NivelDeGestao.INICIAL, EM_2005, "habilitacao-municipio", True),
        (NivelDeGestao.DF, EM_2005, "habilitacao-df", True),
        (NivelDeGestao.BASICA, date(2026, 1, 1), "habilitacao-municipio", False),
    ],
)
def test_o_caminho_de_cada_pleito(nivel, em, codigo, vigente):
    caminho = caminho_da_habilitacao(nivel=nivel, em=em)

    assert (caminho.fluxo.codigo, caminho.vigente) == (codigo, vigente)


def test_nao_se_pleiteia_ficar_sem_nivel_e_o_prazo_do_paif_e_de_2005():
    with pytest.raises(ValueError, match="para isso há a desabilitação"):
        caminho_da_habilitacao(nivel=NivelDeGestao.NAO_HABILITADO, em=EM_2006)
    assert prazo_de_quem_tinha_paif(em=EM_2005).conteudo == date(2005, 12, 31)
    with pytest.raises(ParametroForaDeVigencia):
        prazo_de_quem_tinha_paif(em=EM_2006)


def test_a_desabilitacao_total_passa_o_recurso_ao_estado_e_a_parcial_nao():
    total = efeito(de=NivelDeGestao.BASICA, para=NivelDeGestao.NAO_HABILITADO)
    parcial = efeito(de=NivelDeGestao.PLENA, para=NivelDeGestao.INICIAL)

    assert (total.total, total.gestor_dos_recursos) == (True, Orgao.ESTADO)
    assert (parcial.total, parcial.gestor_dos_recursos) == (False, Orgao.MUNICIPIO)
    assert "gerido pelo gestor estadual" in total.em_palavras
    assert parcial.em_palavras == "Desabilitação para nível menor: da gestão plena à gestão inicial."


@pytest.mark.parametrize(
    ("de", "para", "frase"),
    [
        (NivelDeGestao.BASICA, NivelDeGestao.BASICA, "gestão básica não é menor que gestão básica"),
        (NivelDeGestao.INICIAL, NivelDeGestao.PLENA, "não é menor"),
        (NivelDeGestao.NAO_HABILITADO, NivelDeGestao.NAO_HABILITADO, "não é menor"),
        (NivelDeGestao.DF, NivelDeGestao.NAO_HABILITADO, "Distrito Federal"),
    ],
)
def test_nao_se_desabilita_para_cima(de, para, frase):
    with pytest.raises(ValueError, match=frase):
        efeito(de=de, para=para)


@pytest.mark.parametrize("de_quem", [o for o in SOLICITANTES if o not in (Orgao.UNIAO, Orgao.CIB)])
def test_cinco_podem_pedir_com_fundamento(de_quem):
    conferir_pedido(de_quem=de_quem, fundamentacao="Sem CRAS desde março.")
    with pytest.raises(PedidoRecusado, match="A solicitação é fundamentada"):
        conferir_pedido(de_quem=de_quem, fundamentacao="  ")


def test_o_gestor_federal_comunica_antes_e_a_cib_so_na_revisao():
    conferir_pedido(de_quem=Orgao.UNIAO, fundamentacao="Sem fundo.", comunicou_ao_estado=True)
    conferir_pedido(de_quem=Orgao.CIB, fundamentacao="Sem fundo.", em_revisao=True)
    with pytest.raises(PedidoRecusado, match="comunica antes ao gestor estadual"):
        conferir_pedido(de_quem=Orgao.UNIAO, fundamentacao="Sem fundo.")
    with pytest.raises(PedidoRecusado, match="na revisão das habilitações"):
        conferir_pedido(de_quem=Orgao.CIB, fundamentacao="Sem fundo.")
    with pytest.raises(PedidoRecusado, match="Quem pode pedir a desabilitação"):
        conferir_pedido(de_quem=Orgao.CNAS, fundamentacao="Sem fundo.")
