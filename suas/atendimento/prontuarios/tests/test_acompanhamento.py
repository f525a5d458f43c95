"""Inserção, desligamento, plano e avaliação (bloco 14), e o que disso conta no registro mensal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from normas.base.competencia import Competencia
from suas.atendimento.familias.models import PessoaAtendida
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.familias.tests.test_views import entrar, texto
from suas.atendimento.prontuarios.acoes import acompanhamento as acoes
from suas.atendimento.prontuarios.acoes import plano as do_plano
from suas.atendimento.prontuarios.consultas import acompanhamento as leitura
from suas.atendimento.prontuarios.listas import Servico
from suas.atendimento.prontuarios.models import Acompanhamento, Avaliacao, Plano
from suas.atendimento.prontuarios.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import afazer
from suas.vigilancia.mensais.consultas import dos_registros
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db
CHEGOU = familias.CHEGOU
MARCO = Competencia(2026, 3)
ABRIL = Competencia(2026, 4)


@pytest.fixture(autouse=True)
def conta_comum(db):
    trancar()


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


@pytest.fixture
def prontuario(cras):
    return familias.familia(cras)


def desligar(acompanhamento, *, dia=HOJE, razao="avaliacao", motivo=""):
    saida = acoes.Saida(dia=dia, razao=razao, motivo=motivo)
    por = familias.tecnica(acompanhamento.unidade)
    return acoes.desligar(acompanhamento=acompanhamento, saida=saida, por=por, em=AGORA, hoje=HOJE)


def test_inserir_pela_tela_guarda_o_perfil_e_leva_ao_acompanhamento(cras, prontuario):
    url = reverse("acompanhamento-novo", args=[prontuario.familia_id])

    resposta = entrar(cras).post(url, {"dia": f"{CHEGOU:%d/%m/%Y}", "perfil": ["B.4", "B.1"], "motivo": "Renda."})

    feito = Acompanhamento.objects.get()
    assert resposta["Location"] == reverse("acompanhamento", args=[feito.pk])
    assert (feito.servico, feito.perfil, feito.inicio) == ("paif", ["B.1", "B.4"], CHEGOU)


def test_o_servico_e_o_da_unidade_e_a_que_nao_acompanha_nao_insere(cras):
    creas = rede.unidade("CREAS Norte", tipo="creas")
    pop = rede.unidade("Centro POP", tipo="centro_pop")

    assert fabricas.acompanhada(familias.familia(creas)).servico == Servico.PAEFI
    with pytest.raises(AtoRecusado, match="não acompanha famílias"):
        fabricas.acompanhada(familias.familia(pop, nome="Bia do Exemplo"))


def test_uma_familia_nao_se_acompanha_duas_vezes_ao_mesmo_tempo_e_volta_depois_de_desligada(prontuario):
    primeiro = fabricas.acompanhada(prontuario)

    with pytest.raises(AtoRecusado, match=f"desde {CHEGOU:%d/%m/%Y}"):
        fabricas.acompanhada(prontuario)
    desligar(primeiro, dia=CHEGOU + timedelta(days=10))
    with pytest.raises(AtoRecusado, match="anterior terminou"):
        fabricas.acompanhada(prontuario, dia=CHEGOU + timedelta(days=9))
    fabricas.acompanhada(prontuario, dia=CHEGOU + timedelta(days=10))

    assert Acompanhamento.objects.count() == 2


def test_o_mesmo_envio_duas_vezes_insere_uma(prontuario):
    quem = familias.tecnica(prontuario.unidade)

    assert fabricas.acompanhada(prontuario, por=quem) == fabricas.acompanhada(prontuario, por=quem)
    assert Acompanhamento.objects.count() == 1


@pytest.mark.parametrize(
    "mudado, dito",
    [
        pytest.param({"dia": HOJE + timedelta(days=1)}, "ainda não chegou", id="futuro"),
        pytest.param({"dia": CHEGOU - timedelta(days=1)}, "não pode ser de antes", id="antes do prontuário"),
        pytest.param({"perfil": ["B.7"]}, "B.7 não está no formulário", id="perfil que o CRAS não tem"),
    ],
)
def test_a_insercao_que_nao_serve_e_recusada_em_palavras(prontuario, mudado, dito):
    with pytest.raises(AtoRecusado, match=dito):
        fabricas.acompanhada(prontuario, **mudado)


@pytest.mark.parametrize(
    "mudado, dito",
    [
        pytest.param({"dia": HOJE + timedelta(days=1)}, "ainda não chegou", id="futuro"),
        pytest.param({"dia": CHEGOU - timedelta(days=1)}, "não pode ser antes", id="antes da inserção"),
        pytest.param({"razao": "outros"}, "diga em palavras", id="outros sem dizer"),
    ],
)
def test_o_desligamento_que_nao_serve_e_recusado_em_palavras(prontuario, mudado, dito):
    with pytest.raises(AtoRecusado, match=dito):
        desligar(fabricas.acompanhada(prontuario), **mudado)


def test_o_mes_conta_quem_estava_quem_entrou_e_o_perfil_de_quem_entrou(cras):
    outro = rede.unidade("CRAS Norte")
    um = fabricas.acompanhada(familias.familia(cras), perfil=["B.4"])
    dois = fabricas.acompanhada(familias.familia(cras, nome="Bia do Exemplo"), perfil=["B.1", "B.4"])
    engano = fabricas.acompanhada(familias.familia(cras, nome="Caio do Exemplo"))
    acoes.anular(acompanhamento=engano, motivo="Outra família.", por=familias.tecnica(cras), em=AGORA)
    desligar(um, dia=date(2026, 3, 20))
    tres = fabricas.acompanhada(familias.familia(cras, nome="Dora do Exemplo"), dia=date(2026, 4, 1))

    marco, abril = (dos_registros(cras, competencia=mes) for mes in (MARCO, ABRIL))

    assert (marco["A.1"], marco["A.2"]) == (2, 2)
    assert (marco["B.1"], marco["B.4"], marco["B.2"]) == (1, 2, 0)
    assert (abril["A.1"], abril["A.2"], abril["B.4"]) == (2, 1, 0)
    linhas = leitura.linhas_do_mes("RMA-CRAS", cras, ABRIL.desde, ABRIL.ate)
    assert set(linhas["A.1"]) == {dois.pk, tres.pk}
    assert dos_registros(outro, competencia=MARCO) == {}


def test_as_linhas_da_lista_sao_as_da_conta(cras, prontuario):
    feito = fabricas.acompanhada(prontuario)
    cliente = entrar(cras)

    marco = texto(cliente.get(reverse("acompanhamentos"), {"mes": "2026-03", "item": "A.2"}))
    abril = texto(cliente.get(reverse("acompanhamentos"), {"mes": "2026-04", "item": "A.2"}))

    assert reverse("acompanhamento", args=[feito.pk]) in marco
    assert "Nenhuma família inserida em 04/2026" in abril


def test_o_perfil_que_as_fichas_dizem_vem_marcado_para_conferir(cras, prontuario):
    alba = PessoaAtendida.objects.get()
    fabricas.gravada(prontuario, "6", {"bpc": "sim"}, pessoa=alba)
    fabricas.gravada(prontuario, "11", {"situacoes": [{"pessoa": str(alba.pk), "situacao": "6"}]})

    assert leitura.sugestoes(prontuario, Servico.PAIF) == ["B.4", "B.5"]
    pagina = texto(entrar(cras).get(reverse("acompanhamento-novo", args=[prontuario.familia_id])))
    assert "O perfil B.4, B.5 veio marcado do que as fichas guardam." in pagina


def test_do_plano_a_revisao_pela_tela(cras, prontuario):
    feito = fabricas.acompanhada(prontuario)
    cliente = entrar(cras)
    quando = {"dia": f"{HOJE:%d/%m/%Y}"}

    cliente.post(reverse("plano-novo", args=[feito.pk]), quando | {"pessoa": "", "rever_ate": ""})
    plano = Plano.objects.get()
    cliente.post(reverse("objetivo-novo", args=[plano.pk]), {"texto": "Documentação em dia"})
    objetivo = plano.objetivos.get()
    acao = {"texto": "Tirar a segunda via do RG", "responsavel": "Alba", "prazo": f"{HOJE:%d/%m/%Y}"}
    cliente.post(reverse("acao-nova", args=[objetivo.pk]), acao)
    cliente.post(reverse("acao-situar", args=[objetivo.acoes.get().pk]), {"situacao": "feita"})
    cliente.post(reverse("objetivo-situar", args=[objetivo.pk]), {"situacao": "alcancado"})
    proxima = f"{HOJE + timedelta(days=60):%d/%m/%Y}"
    cliente.post(reverse("plano-rever", args=[plano.pk]), quando | {"texto": "Andou bem.", "proxima": proxima})

    pagina = texto(cliente.get(reverse("acompanhamento", args=[feito.pk])))
    for dito in ("Documentação em dia", "alcançado", "Tirar a segunda via do RG", "feita", "Andou bem."):
        assert dito in pagina
    plano.refresh_from_db()
    assert plano.rever_ate == HOJE + timedelta(days=60)


def test_encerrado_o_acompanhamento_o_plano_fica_como_estava(prontuario):
    feito = fabricas.acompanhada(prontuario)
    plano = fabricas.planejada(feito)
    desligar(feito)

    with pytest.raises(AtoRecusado, match="fica como estava"):
        do_plano.por_objetivo(plano=plano, texto="Outro", por=familias.tecnica(feito.unidade), em=AGORA)


def test_a_revisao_que_vence_aparece_em_a_fazer_de_quem_acompanha(cras, prontuario):
    plano = fabricas.planejada(fabricas.acompanhada(prontuario))
    Plano.objects.filter(pk=plano.pk).update(rever_ate=HOJE - timedelta(days=1))

    de_quem_acompanha = afazer.de(familias.tecnica(cras), hoje=HOJE)
    do_medio = afazer.de(familias.tecnica(cras, papeis.TECNICO_MEDIO), hoje=HOJE)

    assert [p.titulo for p in de_quem_acompanha if "plano" in p.titulo] == ["Rever o plano do prontuário 1"]
    assert not [p for p in do_medio if "plano" in p.titulo]


def test_a_avaliacao_conta_os_meses_sozinha(cras, prontuario):
    feito = fabricas.acompanhada(prontuario)
    respostas = {"ofertas": "sim", "outras_politicas": "nao_se_aplica", "reconhece": "sim", "resultado": "avanco"}

    resposta = entrar(cras).post(
        reverse("acompanhamento-avaliar", args=[feito.pk]), respostas | {"dia": f"{HOJE:%d/%m/%Y}", "texto": ""}
    )

    assert resposta.status_code == 302
    assert Avaliacao.objects.get().meses == leitura.meses(CHEGOU, HOJE)


def test_o_tecnico_de_nivel_medio_le_o_acompanhamento_sem_o_sigiloso_e_nao_muda(cras, prontuario):
    feito = fabricas.acompanhada(prontuario, perfil=["B.1", "B.5"])
    alba = PessoaAtendida.objects.get()
    individual = fabricas.planejada(feito, pessoa=alba)
    fabricas.planejada(feito)
    cliente = entrar(cras, papeis.TECNICO_MEDIO)

    pagina = texto(cliente.get(reverse("acompanhamento", args=[feito.pk])))

    assert "B.1" in pagina
    assert "B.5" not in pagina
    assert "Plano de Acompanhamento Familiar" in pagina
    assert "Individual" not in pagina
    for rota, argumento in (
        ("acompanhamento-desligar", feito.pk),
        ("acompanhamento-novo", prontuario.familia_id),
        ("plano-rever", individual.pk),
    ):
        assert cliente.get(reverse(rota, args=[argumento])).status_code == 403


def test_outra_unidade_nao_abre_o_acompanhamento_nem_com_licenca(cras, prontuario):
    feito = fabricas.acompanhada(prontuario)
    cliente = entrar(rede.unidade("CREAS Norte", tipo="creas"))
    cliente.post(reverse("familia-ler-de-fora", args=[prontuario.familia_id]), {"motivo": "A criança está em risco."})

    assert cliente.get(reverse("acompanhamento", args=[feito.pk])).status_code == 403
    linha = texto(cliente.get(reverse("familia-linha-do-tempo", args=[prontuario.familia_id])))
    assert "Inserida no PAIF" in linha


def test_a_pagina_da_familia_diz_se_ela_esta_em_acompanhamento(cras, prontuario):
    cliente, ficha = entrar(cras), reverse("familia", args=[prontuario.familia_id])
    antes = texto(cliente.get(ficha))
    fabricas.acompanhada(prontuario)

    assert "não está em acompanhamento pelo PAIF" in antes
    assert "em acompanhamento pelo PAIF" in texto(cliente.get(ficha))
