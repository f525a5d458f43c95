"""Duas janelas na mesma partilha, o botão apertado duas vezes e a escolha feita e não aplicada: nada se perde."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from suas.financas.partilhas import tarefas
from suas.financas.partilhas.consultas.entradas import proximo_passo
from suas.financas.partilhas.models import Partilha
from suas.financas.partilhas.tests import fabricas
from suas.nucleo.fila import acoes as fila
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.vigilancia.indicadores.models import Valor

pytestmark = pytest.mark.django_db

BETA = "3200201"
CORRECAO = {"fonte": "Ofício 3/2006", "ano": "2005", "motivo": "balanço publicado"}


@pytest.fixture
def quem(client, federal):
    client.force_login(federal.pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _formulario(quem, endereco):
    """Os campos do formulário como o navegador os enviaria sem nada mudado."""
    texto = quem.get(endereco).content.decode()
    corpo = texto[texto.index("<main") :]
    campos = {}
    for marca in re.findall(r"<input[^>]*>", corpo):
        nome, valor = re.search(r'name="([^"]+)"', marca), re.search(r'value="([^"]*)"', marca)
        if nome and (('type="radio"' not in marca and 'type="checkbox"' not in marca) or " checked" in marca):
            campos[nome[1]] = unescape(valor[1]) if valor else ""
    for nome, opcoes in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', corpo, re.S):
        escolhida = re.search(r'value="([^"]*)" selected', opcoes) or re.search(r'value="([^"]*)"', opcoes)
        campos[nome] = unescape(escolhida[1]) if escolhida else ""
    return campos


def _texto(resposta):
    return unescape(resposta.content.decode())


def test_a_segunda_janela_nao_sobrescreve_o_dado_que_a_primeira_corrigiu(quem, federal, lugares):
    partilha = fabricas.partilha(por=federal)
    endereco = reverse("partilha-corrigir", args=[partilha.pk, BETA]) + "?dado=rcl_per_capita"
    primeira, segunda = _formulario(quem, endereco) | CORRECAO, _formulario(quem, endereco) | CORRECAO

    quem.post(endereco, primeira | {"valor": "1500"})
    recusa = _texto(quem.post(endereco, segunda | {"valor": "1700", "motivo": "outro motivo"}))

    assert "passou de 2.000,00 para 1.500 (balanço publicado). Nada foi gravado agora" in recusa
    assert 'value="1700"' in recusa
    assert "outro motivo" in recusa
    assert partilha.insumos.get(municipio_id=BETA).rcl_per_capita == "1500"

    visto = re.search(r'name="visto" value="([^"]*)"', recusa)[1]
    quem.post(endereco, segunda | {"valor": "1700", "visto": visto})
    assert partilha.insumos.get(municipio_id=BETA).rcl_per_capita == "1700"


def test_a_segunda_janela_nao_sobrescreve_as_opcoes(quem, federal, lugares):
    partilha = fabricas.partilha(por=federal)
    endereco = reverse("partilha-opcoes", args=[partilha.pk])
    primeira, segunda = _formulario(quem, endereco), _formulario(quem, endereco)

    quem.post(endereco, primeira | {"recurso": "2.000.000,00"})
    recusa = _texto(quem.post(endereco, segunda | {"pbf": "2,40"}))

    assert "agora estão gravados o exercício 2006, o recurso de R$ 2.000.000,00 e o piso de R$ 1,80" in recusa
    assert 'value="2,40"' in recusa
    partilha.refresh_from_db()
    assert (partilha.recurso_centavos, partilha.pbf_centavos) == (200_000_000, 180)

    visto = re.search(r'name="visto" value="([^"]*)"', recusa)[1]
    assert quem.post(endereco, segunda | {"pbf": "2,40", "visto": visto}).status_code == 302


def test_cada_janela_grava_so_o_complementar_que_mudou(quem, federal, lugares):
    partilha = fabricas.partilha(por=federal)
    endereco = reverse("partilha-complementares", args=[partilha.pk])
    primeira, segunda = _formulario(quem, endereco), _formulario(quem, endereco)

    quem.post(endereco, primeira | {"PEQUENO_I_ES_indicador": "rcl_per_capita|"})
    quem.post(endereco, segunda | {"PEQUENO_I_SP_direcao": "baixo_pior"})

    assert _escolha(partilha, "PEQUENO_I", "ES") == ("rcl_per_capita", "alto_pior")
    assert _escolha(partilha, "PEQUENO_I", "SP") == ("indicador_complementar", "baixo_pior")


def test_a_mesma_instancia_mudada_em_outra_janela_e_dita_antes_de_gravar(quem, federal, lugares):
    partilha = fabricas.partilha(por=federal)
    endereco = reverse("partilha-complementares", args=[partilha.pk])
    primeira, segunda = _formulario(quem, endereco), _formulario(quem, endereco)

    quem.post(endereco, primeira | {"PEQUENO_I_ES_indicador": "rcl_per_capita|"})
    recusa = quem.post(endereco, segunda | {"PEQUENO_I_ES_indicador": "fnas_psb_per_capita|"})

    assert "Pequeno I, ES, passou a usar Receita corrente líquida" in _texto(recusa)
    assert _escolha(partilha, "PEQUENO_I", "ES")[0] == "rcl_per_capita"
    de_novo = segunda | {
        "PEQUENO_I_ES_indicador": "fnas_psb_per_capita|",
        "initial-PEQUENO_I_ES_indicador": "rcl_per_capita|",
    }
    quem.post(endereco, de_novo)
    assert _escolha(partilha, "PEQUENO_I", "ES")[0] == "fnas_psb_per_capita"


@pytest.mark.parametrize("aplicar", ["PEQUENO_II", ""])
def test_o_que_se_escolheu_e_nao_se_aplicou_tambem_se_grava(quem, federal, lugares, aplicar):
    partilha = fabricas.partilha(por=federal)
    endereco = reverse("partilha-complementares", args=[partilha.pk])
    enviado = _formulario(quem, endereco) | {
        "porte_GRANDE_indicador": "rcl_per_capita|",
        "porte_PEQUENO_II_indicador": "fnas_psb_per_capita|",
        "GRANDE_Sul_direcao": "baixo_pior",
        "METROPOLE_BR_indicador": "rcl_per_capita|2005",
    }

    quem.post(endereco, enviado | ({"aplicar": aplicar} if aplicar else {}))

    assert _escolha(partilha, "GRANDE", "Norte") == ("rcl_per_capita", "alto_pior")
    # A linha mudada à mão fica como a pessoa a pôs.
    assert _escolha(partilha, "GRANDE", "Sul") == ("indicador_complementar", "baixo_pior")
    assert _escolha(partilha, "PEQUENO_II", "ES") == ("fnas_psb_per_capita", "alto_pior")
    assert _escolha(partilha, "METROPOLE", "BR") == ("rcl_per_capita", "alto_pior")


def _escolha(partilha: Partilha, porte: str, instancia: str) -> tuple[str, str]:
    linha = partilha.complementares.get(porte=porte, instancia=instancia)
    return linha.indicador_codigo, linha.direcao


def test_a_tela_diz_quantos_ficaram_sem_o_indicador_escolhido(quem, federal, lugares):
    partilha = fabricas.partilha(por=federal)
    endereco = reverse("partilha-complementares", args=[partilha.pk])

    resposta = quem.post(
        endereco, _formulario(quem, endereco) | {"PEQUENO_I_ES_indicador": "taxa_urbanizacao|"}, follow=True
    )

    assert "4 municípios estão sem o valor do indicador que a sua instância escolheu." in _texto(resposta)
    assert "4 municípios sem valor." in _texto(resposta)
    assert "Taxa de urbanização (ainda sem valores)" in _texto(resposta)
    assert "Indicador complementar, 2005 (8 municípios)" in _texto(resposta)
    partilha.refresh_from_db()
    passo = proximo_passo(partilha)
    assert (passo.rota, passo.rotulo) == ("partilha-complementares", "Escolher os indicadores")


def test_poucos_sem_o_complementar_se_completam_na_lista(federal, lugares):
    Valor.objects.filter(municipio_id=BETA, indicador_id="indicador_complementar").delete()
    partilha = fabricas.partilha(por=federal)

    passo = proximo_passo(partilha)

    assert (passo.rota, passo.consulta) == ("partilha-insumos", "?mostrar=faltas")
    assert passo.texto == "1 dado falta ou não serve: sem ele não se simula."


def test_o_proximo_passo_leva_aos_que_faltam_quando_falta_outro_dado(quem, federal, lugares):
    Valor.objects.filter(municipio_id=BETA, indicador_id__in=["rcl_per_capita", "fnas_psb_per_capita"]).delete()
    partilha = fabricas.partilha(por=federal)

    texto = _texto(quem.get(reverse("partilha", args=[partilha.pk])))

    assert "2 dados faltam ou não servem: sem eles não se simula." in texto
    assert reverse("partilha-insumos", args=[partilha.pk]) + "?mostrar=faltas" in texto


class TestSimularDuasVezes:
    """O andamento fica na fila: é o que a pessoa vê entre um clique e outro."""

    @pytest.fixture
    def na_fila(self, federal, lugares):
        partilha = fabricas.partilha(por=federal)
        andamento = fila.abrir(titulo="Simulação", abrangencia="BR", em=AGORA)
        Partilha.objects.filter(pk=partilha.pk).update(andamento_id=andamento.pk)
        partilha.refresh_from_db()
        return partilha, andamento

    def _pedir(self, partilha, federal, *, depois):
        return tarefas.pedir_simulacao(partilha=partilha, por=federal, em=AGORA + depois)

    def test_o_segundo_clique_acompanha_a_mesma(self, na_fila, federal):
        partilha, andamento = na_fila

        assert self._pedir(partilha, federal, depois=timedelta(seconds=1)) == andamento

    def test_a_que_corre_com_os_insumos_de_agora_basta(self, na_fila, federal):
        partilha, andamento = na_fila
        fila.contar(andamento, etapa="Lendo", feito=0, total=2)

        assert self._pedir(partilha, federal, depois=timedelta(seconds=1)) == andamento

    def test_insumo_mudado_depois_que_ela_comecou_pede_outra(self, na_fila, federal):
        partilha, andamento = na_fila
        fila.contar(andamento, etapa="Lendo", feito=0, total=2)
        Partilha.objects.filter(pk=partilha.pk).update(mudada_em=AGORA + timedelta(seconds=1))

        assert self._pedir(partilha, federal, depois=timedelta(seconds=2)) != andamento

    def test_a_que_nao_termina_em_cinco_minutos_nao_prende_ninguem(self, na_fila, federal):
        partilha, andamento = na_fila

        assert self._pedir(partilha, federal, depois=timedelta(minutes=6)) != andamento

    def test_enquanto_corre_a_pagina_nao_oferece_simular_de_novo(self, na_fila, quem):
        partilha, _ = na_fila

        texto = _texto(quem.get(reverse("partilha", args=[partilha.pk])))

        assert "Na fila para simular" in texto
        assert reverse("partilha-simular", args=[partilha.pk]) not in texto


@pytest.mark.parametrize(
    ("recurso", "palavras"),
    [
        ("-5", "“-5” é negativo. Escreva um valor maior que zero"),
        ("1,805", "“1,805” tem mais de duas casas."),
        ("12.34,5", "“12.34,5” não é um valor em reais."),
        ("50,000,000.00", "“50,000,000.00” não é um valor em reais."),
    ],
)
def test_a_recusa_do_valor_diz_o_que_ha_de_errado_nele(quem, lugares, recurso, palavras):
    dados = {"nome": "x", "exercicio": "20o6", "recurso": recurso, "pbf": "1,80", "ano_populacao": "2005"}

    texto = _texto(quem.post(reverse("partilha-nova"), dados))

    assert palavras in texto
    assert f'value="{recurso}"' in texto
    assert 'value="20o6"' in texto


def test_o_resumo_do_que_nao_serviu_recebe_o_foco(quem, lugares):
    texto = _texto(quem.post(reverse("partilha-nova"), {"nome": ""}))

    assert '<div class="aviso aviso-perigo" role="alert" tabindex="-1" autofocus>' in texto
