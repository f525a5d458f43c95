"""As fichas do prontuário: gravar é sempre uma versão nova, e o sigiloso só existe para quem pode lê-lo."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from suas.atendimento.familias.models import PessoaAtendida
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.familias.tests.test_views import entrar, texto
from suas.atendimento.prontuarios.acoes.blocos import FaltasNaFicha
from suas.atendimento.prontuarios.consultas.blocos import ha_quanto
from suas.atendimento.prontuarios.models import VersaoDaFicha
from suas.atendimento.prontuarios.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.models import Ato, Leitura
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db
QUADRO_VAZIO = {"TOTAL_FORMS": "2", "INITIAL_FORMS": "0"}


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


def endereco(prontuario, ficha="4", pessoa=None):
    argumentos = [prontuario.familia_id, ficha] + ([pessoa.pk] if pessoa else [])
    return reverse("bloco-da-pessoa" if pessoa else "bloco", args=argumentos)


def envio(**respostas):
    gravacao = {"sobre": respostas.pop("sobre", 0), "dia": f"{HOJE:%d/%m/%Y}", "observacao": ""}
    return gravacao | {f"r-{campo}": valor for campo, valor in respostas.items()}


def test_gravar_pela_tela_guarda_so_o_respondido_e_volta_a_familia(cras, prontuario):
    resposta = entrar(cras).post(endereco(prontuario), envio(residencia="alugada", comodos="5", agua="sim"))

    assert resposta.status_code == 302
    versao = VersaoDaFicha.objects.get()
    assert versao.respostas == {"residencia": "alugada", "agua": "sim", "comodos": 5}
    assert (versao.numero, versao.dia, versao.funcao) == (1, HOJE, "Técnico de nível superior")
    assert Ato.objects.filter(ato="prontuarios.gravar_ficha").count() == 1


def test_cada_gravacao_e_outra_versao_e_a_historia_diz_o_que_mudou(cras, prontuario):
    fabricas.gravada(prontuario, dia=HOJE - timedelta(days=1))
    fabricas.gravada(prontuario, respostas={"residencia": "propria"}, sobre=1, observacao="Comprou a casa.")

    pagina = texto(entrar(cras).get(reverse("bloco-historia", args=[prontuario.familia_id, cras.pk, "4"])))

    assert VersaoDaFicha.objects.count() == 2
    sem_marcas = " ".join(re.sub(r"<[^>]+>", " ", pagina).split())
    assert "Tipo de residência Alugada Própria" in sem_marcas
    assert "Comprou a casa." in pagina


def test_repetir_o_mesmo_envio_nao_grava_de_novo(prontuario):
    quem = familias.tecnica(prontuario.unidade)

    primeira = fabricas.gravada(prontuario, por=quem)

    assert fabricas.gravada(prontuario, por=quem) == primeira
    assert VersaoDaFicha.objects.count() == 1


def test_quem_grava_sobre_o_que_outro_mudou_ve_os_dois_valores_e_nada_se_perde(cras, prontuario):
    fabricas.gravada(prontuario)

    pagina = entrar(cras).post(endereco(prontuario), envio(residencia="cedida"))

    lida = texto(pagina)
    assert "Outra pessoa gravou esta ficha depois que você a abriu" in lida
    assert "Tipo de residência: está gravado “Alugada”; você escreveu “Cedida”." in lida
    assert VersaoDaFicha.objects.count() == 1
    assert entrar(cras).post(endereco(prontuario), envio(residencia="cedida", sobre=1)).status_code == 302
    assert VersaoDaFicha.objects.first().respostas == {"residencia": "cedida"}


def test_o_que_nao_serve_volta_no_campo_com_o_digitado(cras, prontuario):
    pagina = texto(entrar(cras).post(endereco(prontuario), envio(comodos="99", residencia="cedida")))

    assert "99 é mais do que se espera aqui (60)" in pagina
    assert 'value="99"' in pagina
    assert not VersaoDaFicha.objects.exists()


@pytest.mark.parametrize(
    "mudado, dito",
    [
        pytest.param({"dia": HOJE + timedelta(days=1)}, "ainda não chegou", id="no futuro"),
        pytest.param({"dia": familias.CHEGOU - timedelta(days=1)}, "não pode ser de antes", id="antes do prontuário"),
        pytest.param({"respostas": {}}, "em branco", id="sem nada"),
    ],
)
def test_a_gravacao_que_nao_serve_e_recusada_em_palavras(prontuario, mudado, dito):
    with pytest.raises(AtoRecusado, match=dito):
        fabricas.gravada(prontuario, **mudado)


def test_gravar_sobre_versao_que_nao_e_a_ultima_e_recusado(prontuario):
    fabricas.gravada(prontuario)

    with pytest.raises(MudouNoMeioTempo):
        fabricas.gravada(prontuario, respostas={"residencia": "cedida"})


def test_menor_de_dezesseis_que_trabalha_nao_entra_na_ficha_de_trabalho(prontuario):
    caio = familias.integrante(prontuario.familia).pessoa
    PessoaAtendida.objects.filter(pk=caio.pk).update(nascimento=date(HOJE.year - 12, 1, 1))
    caio.refresh_from_db()

    with pytest.raises(FaltasNaFicha, match="trabalho infantil"):
        fabricas.gravada(prontuario, "6", {"ocupacao": "1"}, pessoa=caio)


def test_as_linhas_de_um_quadro_se_gravam_e_se_retiram(cras, prontuario):
    alba = PessoaAtendida.objects.get()
    url, dentro = endereco(prontuario, "11"), {f"q-situacoes-{k}": v for k, v in QUADRO_VAZIO.items()}
    linha = {"q-situacoes-0-pessoa": str(alba.pk), "q-situacoes-0-situacao": "2", "q-situacoes-0-persiste": "sim"}
    cliente = entrar(cras)

    assert cliente.post(url, envio() | dentro | linha).status_code == 302
    gravadas = VersaoDaFicha.objects.get().respostas
    de_novo = dentro | {"q-situacoes-INITIAL_FORMS": "1", "q-situacoes-0-DELETE": "on"}
    cliente.post(url, envio(sobre=1) | de_novo | linha)

    assert gravadas == {"situacoes": [{"pessoa": str(alba.pk), "situacao": "2", "persiste": "sim"}]}
    assert VersaoDaFicha.objects.first().respostas == {}


def test_a_linha_sem_a_pessoa_volta_com_o_que_falta_na_propria_linha(cras, prontuario):
    dentro = {f"q-situacoes-{k}": v for k, v in QUADRO_VAZIO.items()} | {"q-situacoes-1-situacao": "2"}

    pagina = texto(entrar(cras).post(endereco(prontuario, "11"), envio() | dentro))

    assert "Informe: pessoa vitimada." in pagina
    assert not VersaoDaFicha.objects.exists()


SIGILO = ("11", "12", "13")


@pytest.mark.parametrize("papel", [papeis.TECNICO_MEDIO, papeis.RECEPCAO])
def test_o_sigiloso_nao_existe_para_quem_nao_pode(cras, prontuario, papel):
    alba = PessoaAtendida.objects.get()
    fabricas.gravada(prontuario, "11", {"situacoes": [{"pessoa": str(alba.pk), "situacao": "1"}]}, observacao="Gritos.")
    cliente = entrar(cras, papel)

    ficha = texto(cliente.get(reverse("familia", args=[prontuario.familia_id])))
    linha = cliente.get(reverse("familia-linha-do-tempo", args=[prontuario.familia_id]))

    for dito in ("violência", "Violência", "socioeducativ", "Acolhimento", "Gritos"):
        assert dito not in ficha
        assert dito not in texto(linha)
    for numero in SIGILO:
        assert cliente.get(endereco(prontuario, numero)).status_code in {403, 404}
        historia = reverse("bloco-historia", args=[prontuario.familia_id, cras.pk, numero])
        assert cliente.get(historia).status_code in {403, 404}


def test_quem_pode_ve_o_estado_do_sigiloso_na_pagina_e_o_conteudo_so_na_ficha(cras, prontuario):
    alba = PessoaAtendida.objects.get()
    fabricas.gravada(prontuario, "11", {"situacoes": [{"pessoa": str(alba.pk), "situacao": "4"}]}, observacao="Gritos.")
    cliente = entrar(cras)

    ficha = texto(cliente.get(reverse("familia", args=[prontuario.familia_id])))

    assert "11. Situações de violência" in ficha
    assert f"preenchido em {HOJE:%d/%m/%Y}" in ficha
    assert "Abuso ou violência sexual" not in ficha
    assert "Gritos" not in ficha
    assert "Gritos" in texto(cliente.get(endereco(prontuario, "11")))


def test_outra_unidade_com_licenca_le_as_fichas_comuns_e_nunca_as_sigilosas(cras, prontuario):
    alba = PessoaAtendida.objects.get()
    fabricas.gravada(prontuario)
    fabricas.gravada(prontuario, "13", {"afastamentos": [{"pessoa": str(alba.pk), "motivo": "prisão"}]})
    creas = rede.unidade("CREAS Norte", tipo="creas")
    cliente = entrar(creas)
    comum = reverse("bloco-historia", args=[prontuario.familia_id, cras.pk, "4"])
    sem_licenca = cliente.get(comum)
    cliente.post(reverse("familia-ler-de-fora", args=[prontuario.familia_id]), {"motivo": "A criança está em risco."})

    ficha = texto(cliente.get(reverse("familia", args=[prontuario.familia_id])))

    assert sem_licenca.status_code == 403
    assert "O que outra unidade preencheu" in ficha
    assert "olhimento" not in ficha
    assert cliente.get(comum).status_code == 200
    assert cliente.get(reverse("bloco-historia", args=[prontuario.familia_id, cras.pk, "13"])).status_code == 404
    linha = texto(cliente.get(reverse("familia-linha-do-tempo", args=[prontuario.familia_id])))
    assert "Bloco 4" in linha
    assert "Bloco 13" not in linha


def test_abrir_a_ficha_registra_a_leitura_da_familia_e_da_pessoa(cras, prontuario):
    caio = familias.integrante(prontuario.familia).pessoa

    assert entrar(cras).get(endereco(prontuario, "5", caio)).status_code == 200

    lidas = Leitura.objects.filter(campos=["observacao", "respostas"])
    assert set(lidas.values_list("titular", flat=True)) == {prontuario.familia_id, caio.pk}


def test_a_ficha_de_uma_pessoa_pede_a_pessoa_e_a_da_familia_nao(cras, prontuario):
    alba = PessoaAtendida.objects.get()
    estranha = familias.familia(rede.unidade("CRAS Norte"), nome="Bia do Exemplo").familia.integrantes.get().pessoa
    cliente = entrar(cras)

    for url in (
        endereco(prontuario, "5"),
        endereco(prontuario, "4", alba),
        endereco(prontuario, "5", estranha),
        endereco(prontuario, "17"),
    ):
        assert cliente.get(url).status_code == 404


def test_a_trilha_nao_diz_que_bloco_se_gravou(cras, prontuario):
    fabricas.gravada(prontuario, "13", {"familia": [{"fato": "Desabamento da casa."}]})
    cliente = Client()
    cliente.force_login(identidade.pessoa_com_vinculo(papeis.GESTAO_MUNICIPAL, cras.municipio_id))

    ato = Ato.objects.get(ato="prontuarios.gravar_ficha")
    pagina = texto(cliente.post(reverse("trilha-ato", args=[ato.pk]), {"motivo": "Quero conferir."}))

    assert "gravou uma ficha do prontuário de uma família" in pagina
    assert "Desabamento" not in pagina
    assert "familia.fato" not in pagina


def test_a_linha_do_tempo_junta_o_que_a_unidade_fez(cras, prontuario):
    familias.atendimento(prontuario)
    fabricas.gravada(prontuario)

    pagina = texto(entrar(cras).get(reverse("familia-linha-do-tempo", args=[prontuario.familia_id])))

    for dito in ("Prontuário 1 aberto", "Conversou com a família.", "Bloco 4", "Entrou na composição"):
        assert dito in pagina


@pytest.mark.parametrize(
    "dia, dito",
    [
        (date(2026, 5, 20), "hoje"),
        (date(2026, 5, 19), "há 1 dia"),
        (date(2026, 4, 21), "há 29 dias"),
        (date(2026, 4, 20), "há 1 mês"),
        (date(2025, 5, 20), "há 12 meses"),
        (date(2024, 5, 20), "há 2 anos"),
    ],
)
def test_ha_quanto_se_diz_em_palavras(dia, dito):
    assert ha_quanto(dia, hoje=date(2026, 5, 20)) == dito
