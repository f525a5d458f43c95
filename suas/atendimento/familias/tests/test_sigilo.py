"""O que não pode sair: da trilha, do título da página, para outra unidade, ou sem que a leitura fique registrada."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from suas.atendimento.familias.acoes import familias, pessoas
from suas.atendimento.familias.acoes.pessoas import Dados
from suas.atendimento.familias.models import PessoaAtendida
from suas.atendimento.familias.tests import fabricas
from suas.atendimento.familias.tests.test_views import entrar, texto
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.trilha.models import Ato, Leitura
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def conta_comum(db):
    trancar()


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


@pytest.mark.parametrize(
    "papel, onde", [(papeis.GESTAO_MUNICIPAL, VITORIA), (papeis.AUDITORIA, "32"), (papeis.AUDITORIA, "BR")]
)
@pytest.mark.parametrize("ato", ["familias.registrar_pessoa", "familias.anotar_atendimento"])
def test_a_trilha_nao_abre_a_ninguem_o_que_e_de_quem_se_atende(cras, papel, onde, ato):
    fabricas.atendimento(fabricas.familia(cras, nome="Alba Secreta"))
    cliente = Client()
    cliente.force_login(identidade.pessoa_com_vinculo(papel, onde))

    pagina = cliente.post(reverse("trilha-ato", args=[Ato.objects.get(ato=ato).pk]), {"motivo": "Quero conferir."})

    lida = texto(pagina)
    assert pagina.status_code == 200
    assert "não se abre aqui" in lida
    assert "(dado pessoal)" in lida
    assert "Mostrar os dados pessoais" not in lida
    assert "Alba Secreta" not in lida
    assert "Conversou com a família" not in lida


def test_o_nome_nao_vai_ao_titulo_da_pagina_que_fica_no_historico(cras):
    familia = fabricas.familia(cras, nome="Alba Secreta").familia

    pagina = texto(entrar(cras).get(reverse("familia", args=[familia.pk])))

    titulo = re.search(r"<title>(.*?)</title>", pagina, re.DOTALL)[1]
    assert "Família, prontuário 1" in titulo
    assert "Alba" not in titulo


def test_a_deficiencia_a_saida_e_o_abrigo_so_se_leem_onde_ha_prontuario(cras):
    quem = identidade.ator()
    familia = fabricas.familia(cras).familia
    alba, filho = PessoaAtendida.objects.get(), fabricas.integrante(familia)
    ato = {"por": quem, "em": AGORA, "hoje": HOJE}
    pessoas.atualizar(pessoa=alba, dados=Dados(nome="Alba do Exemplo", deficiencia=True), versao=1, **ato)
    familias.retirar(integrante=filho, saida="outro", motivo="Foi acolhido.", dia=HOJE, **ato)
    familias.mudar_domicilio(familia=familia, endereco={"bairro": "B"}, em_abrigo=True, cras=None, dia=HOJE, **ato)
    ficha = reverse("familia", args=[familia.pk])

    da_casa = texto(entrar(cras).get(ficha))
    de_fora = texto(entrar(rede.unidade("CREAS Norte", tipo="creas")).get(ficha))

    for dito in ("pessoa com deficiência", "Foi acolhido.", "endereço de um abrigo"):
        assert dito in da_casa
        assert dito not in de_fora
    campos = Leitura.objects.filter(tabela="familias.familia").order_by("id")
    assert "deficiencia" in campos.first().campos
    assert "deficiencia" not in campos.last().campos


def test_toda_pagina_que_mostra_alguem_registra_a_leitura(cras):
    prontuario = fabricas.familia(cras, nascimento=date(1985, 3, 21))
    feito, filho = fabricas.atendimento(prontuario), fabricas.integrante(prontuario.familia)
    fabricas.leitura_de_fora(prontuario)
    coordena = entrar(cras, papeis.COORDENACAO_UNIDADE)
    alba = PessoaAtendida.objects.get(nome="Alba do Exemplo")

    for rota, argumento in (
        ("familia-endereco", prontuario.familia.pk),
        ("prontuario-abrir", prontuario.familia.pk),
        ("atendimento-novo", prontuario.familia.pk),
        ("atendimento-anular", feito.pk),
        ("integrante-saida", filho.pk),
        ("integrante-referencia", filho.pk),
        ("pessoa-mudar", alba.pk),
        ("leituras-de-fora", None),
    ):
        antes = Leitura.objects.filter(titular=prontuario.familia.pk).count()
        assert coordena.get(reverse(rota, args=[argumento] if argumento else [])).status_code == 200
        assert Leitura.objects.filter(titular=prontuario.familia.pk).count() == antes + 1, rota
