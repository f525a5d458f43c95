"""Encaminhar, responder, devolver: quem pode o quê em cada etapa, o prazo e o que se conta."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from normas.base.competencia import Competencia
from suas.atendimento.familias.models import Prontuario
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.servicos.acoes import encaminhamentos as acoes
from suas.atendimento.servicos.acoes import protocolos as pactos
from suas.atendimento.servicos.consultas import encaminhamentos as leitura
from suas.atendimento.servicos.consultas import esperas
from suas.atendimento.servicos.listas import Codigo
from suas.atendimento.servicos.models import Encaminhamento, Protocolo
from suas.atendimento.servicos.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.mensais.consultas import dos_registros

pytestmark = pytest.mark.django_db
Etapa = Encaminhamento.Etapa


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


@pytest.fixture
def creas(cras):
    return rede.unidade("CREAS Norte", tipo="creas")


@pytest.fixture
def enviado(cras, creas):
    return fabricas.encaminhamento(familias.familia(cras), creas, codigo=Codigo.CRAS_PARA_CREAS)


def test_quem_recebe_e_avisado_e_aceitar_abre_o_prontuario_com_a_forma_de_acesso(cras, creas):
    coordena = identidade.pessoa_com_vinculo(papeis.COORDENACAO_UNIDADE, "3205309", unidade=creas.pk)
    enviado = fabricas.encaminhamento(familias.familia(cras, nome="Alba Secreta"), creas)

    aceito = fabricas.aceito(enviado, hoje=HOJE + timedelta(days=3))

    aviso = Aviso.objects.get(pessoa_id=coordena.pk)
    assert "CRAS Centro encaminhou uma família a CREAS Norte" in aviso.titulo
    assert "Alba" not in aviso.texto
    assert (aceito.etapa, aceito.dias_de_espera) == (Etapa.ACEITO, 3)
    aberto = Prontuario.objects.get(familia=enviado.familia, unidade=creas)
    assert (aberto.ingresso, aberto.quem_encaminhou) == ("psb", "CRAS Centro")
    assert Aviso.objects.filter(pessoa_id=enviado.profissional_id, titulo__contains="aceitou").exists()


def test_do_creas_ao_cras_o_acesso_e_pela_protecao_especial_e_o_prontuario_que_havia_fica(cras, creas):
    do_creas = familias.familia(creas)
    fabricas.aceito(fabricas.encaminhamento(do_creas, cras))
    fabricas.aceito(fabricas.encaminhamento(do_creas, cras))

    assert Prontuario.objects.get(familia=do_creas.familia, unidade=cras).ingresso == "pse"


def test_cada_etapa_so_aceita_o_que_cabe_a_ela_e_a_historia_nao_se_muda(enviado):
    ato = {"por": familias.tecnica(enviado.destino), "em": AGORA}

    with pytest.raises(AtoRecusado, match="à espera de resposta"):
        acoes.devolver(encaminhamento=enviado, retorno="Feito.", **ato)
    acoes.recusar(encaminhamento=enviado, motivo="É da saúde.", hoje=HOJE, **ato)
    with pytest.raises(AtoRecusado, match="não aceito"):
        acoes.aceitar(encaminhamento=enviado, hoje=HOJE, **ato)
    with pytest.raises(AtoRecusado, match="não aceito"):
        acoes.cancelar(encaminhamento=enviado, motivo="Engano.", **ato)

    passos = leitura.passos(enviado)
    assert [(p.etapa, p.texto) for p in passos] == [("enviado", ""), ("recusado", "É da saúde.")]
    with pytest.raises(DatabaseError, match="nao muda"), transaction.atomic():
        enviado.passos.update(texto="Outra coisa.")


def test_a_contrarreferencia_volta_com_o_texto_a_quem_enviou(enviado):
    fabricas.aceito(enviado)

    acoes.devolver(encaminhamento=enviado, retorno="Fez seis sessões.", por=familias.tecnica(enviado.destino), em=AGORA)

    enviado.refresh_from_db()
    assert enviado.etapa == Etapa.DEVOLVIDO
    assert leitura.passos(enviado)[-1].texto == "Fez seis sessões."
    assert Aviso.objects.filter(pessoa_id=enviado.profissional_id, titulo__contains="devolveu com retorno").exists()


def test_o_orgao_de_fora_nao_tem_prazo_e_quem_enviou_anota_o_retorno(cras):
    prontuario = familias.familia(cras)
    enviado = fabricas.encaminhamento(prontuario, None, orgao="INSS", codigo=Codigo.INSS_BPC)

    acoes.anotar_retorno(encaminhamento=enviado, retorno="Benefício concedido.", por=familias.tecnica(cras), em=AGORA)

    enviado.refresh_from_db()
    assert (enviado.responder_ate, enviado.etapa, enviado.dias_de_espera) == (None, Etapa.DEVOLVIDO, None)


def test_quem_enviou_nao_anota_o_retorno_que_e_de_outra_unidade(enviado):
    with pytest.raises(AtoRecusado, match="é da unidade que o recebeu"):
        acoes.anotar_retorno(
            encaminhamento=enviado, retorno="Disseram que sim.", por=familias.tecnica(enviado.origem), em=AGORA
        )


@pytest.mark.parametrize(
    "origem, destino, codigo, recusa",
    [
        ("creas", "cras", Codigo.CRAS_PARA_CREAS, "só serve de um CRAS a um CREAS"),
        ("cras", "creas", Codigo.CREAS_PARA_CRAS, "só serve de um CREAS a um CRAS"),
        ("cras", None, Codigo.CRAS_PARA_CREAS, "escolha a unidade que recebe"),
        ("cras", "cras", Codigo.OUTROS, "Escolha outra unidade"),
    ],
)
def test_o_codigo_cabe_ao_par_de_unidades(cras, creas, origem, destino, codigo, recusa):
    unidades = {"cras": cras, "creas": creas, None: None}

    with pytest.raises(AtoRecusado, match=recusa):
        fabricas.encaminhamento(
            familias.familia(unidades[origem]),
            unidades[destino],
            codigo=codigo,
            orgao="" if destino else "Outro órgão",
        )


def test_a_unidade_fechada_nao_recebe(cras):
    fechada = rede.unidade("CREAS que fechou", tipo="creas", fechada_em=date(2020, 1, 1))

    with pytest.raises(AtoRecusado, match="CREAS que fechou não está em funcionamento"):
        fabricas.encaminhamento(familias.familia(cras), fechada)


def test_enviar_duas_vezes_a_mesma_pagina_encaminha_uma_so_e_outra_coisa_se_recusa(cras, creas):
    prontuario = familias.familia(cras)
    chave = prontuario.pk  # qualquer identificador serve de chave
    primeiro = fabricas.encaminhamento(prontuario, creas, chave=chave)

    assert fabricas.encaminhamento(prontuario, creas, chave=chave) == primeiro
    with pytest.raises(AtoRecusado, match="já fez um encaminhamento"):
        fabricas.encaminhamento(prontuario, creas, chave=chave, motivo="Outro motivo.")
    assert Encaminhamento.objects.count() == 1


def test_o_protocolo_em_vigor_da_o_prazo_e_o_que_se_precisa_dizer(cras, creas):
    fabricas.protocolo(cras, creas, prazo=4)
    prontuario = familias.familia(cras)

    with pytest.raises(AtoRecusado, match="O protocolo pede “Riscos”"):
        fabricas.encaminhamento(prontuario, creas)
    feito = fabricas.encaminhamento(prontuario, creas, respostas={"Riscos": "Nenhum agora."})

    assert feito.responder_ate == HOJE + timedelta(days=4)
    assert feito.respostas == [
        {"rotulo": "Riscos", "resposta": "Nenhum agora."},
        {"rotulo": "Escola", "resposta": ""},
    ]
    assert fabricas.encaminhamento(familias.familia(creas), cras).protocolo is None  # vale numa direção só


def test_protocolo_novo_so_vale_quando_a_outra_aceita_e_o_de_antes_continua_no_que_ja_se_enviou(cras, creas):
    antes = fabricas.protocolo(cras, creas, campos=[])
    enviado = fabricas.encaminhamento(familias.familia(cras), creas)
    outro = fabricas.protocolo(cras, creas, prazo=20, aceita=False)

    assert fabricas.encaminhamento(familias.familia(cras), creas).protocolo == antes
    with pytest.raises(AtoRecusado, match="à espera"):
        fabricas.protocolo(cras, creas)
    pactos.responder(protocolo=outro, aceita=True, resposta="", por=familias.tecnica(creas), em=AGORA)

    antes.refresh_from_db()
    enviado.refresh_from_db()
    assert (antes.estado, outro.numero) == (Protocolo.Estado.SUBSTITUIDO, 2)
    assert enviado.protocolo == antes


def test_nao_aceitar_o_protocolo_pede_o_motivo(cras, creas):
    proposto = fabricas.protocolo(cras, creas, aceita=False)
    ato = {"protocolo": proposto, "aceita": False, "por": familias.tecnica(creas), "em": AGORA}

    with pytest.raises(AtoRecusado, match="por que não aceita"):
        pactos.responder(resposta=" ", **ato)
    assert pactos.responder(resposta="Prazo curto.", **ato).estado == Protocolo.Estado.RECUSADO


def test_o_mes_conta_uma_vez_cada_familia_ou_pessoa_e_nao_o_cancelado(cras, creas):
    uma, outra = familias.familia(cras), familias.familia(cras)
    for prontuario, codigo, destino in (
        (uma, Codigo.CRAS_PARA_CREAS, creas),
        (uma, Codigo.CRAS_PARA_CREAS, creas),
        (outra, Codigo.CRAS_PARA_CREAS, creas),
        (uma, Codigo.INSS_BPC, None),
        (uma, Codigo.CADUNICO_INCLUIR, None),
    ):
        fabricas.encaminhamento(
            prontuario, destino, codigo=codigo, orgao="" if destino else "INSS", hoje=date(2026, 10, 5)
        )
    errado = fabricas.encaminhamento(outra, None, orgao="INSS", codigo=Codigo.INSS_BPC, hoje=date(2026, 10, 6))
    acoes.cancelar(encaminhamento=errado, motivo="Engano.", por=familias.tecnica(cras), em=AGORA)

    itens = dos_registros(cras, competencia=Competencia(2026, 10))

    assert {item: itens[item] for item in ("C.2", "C.3", "C.4", "C.5")} == {"C.2": 1, "C.3": 0, "C.4": 1, "C.5": 2}
    assert "C.5" not in dos_registros(cras, competencia=Competencia(2026, 9))  # ainda não registrava


def test_a_mediana_da_espera_sai_por_par_e_por_lugar_e_so_com_bastantes(cras, creas):
    for dias in (1, 2, 9, 3, 10, 30):
        fabricas.aceito(fabricas.encaminhamento(familias.familia(cras), creas), hoje=HOJE + timedelta(days=dias))
    fabricas.encaminhamento(familias.familia(cras), creas)  # sem resposta
    fabricas.encaminhamento(familias.familia(creas), cras)  # poucos nesta direção
    desde = esperas.um_ano_antes(HOJE)

    ida, volta = esperas.por_par(cras.municipio_id, desde=desde)
    do_estado = esperas.por_lugar("32", desde=desde)[cras.municipio_id]

    assert (ida.origem, ida.espera.quantos, ida.espera.sem_resposta, ida.espera.mediana) == (cras, 7, 1, 6.0)
    assert (volta.origem, volta.espera.publica, volta.espera.mediana) == (creas, False, None)
    assert (do_estado.quantos, do_estado.mediana) == (8, 6.0)
    assert list(esperas.por_lugar("BR", desde=desde)) == ["32"]
    assert esperas.por_lugar("33", desde=desde) == {}


def test_vence_no_dia_seguinte_ao_prazo_e_so_enquanto_ninguem_responde(enviado):
    assert not enviado.vencido(enviado.responder_ate)
    assert enviado.vencido(enviado.responder_ate + timedelta(days=1))
    assert leitura.sem_resposta(enviado.origem_id, hoje=enviado.responder_ate + timedelta(days=1)) == 1

    fabricas.aceito(enviado)

    enviado.refresh_from_db()
    assert not enviado.vencido(enviado.responder_ate + timedelta(days=1))
