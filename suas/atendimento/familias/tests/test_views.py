"""As telas das famílias, pelo navegador de teste, com a segunda tranca ligada no PostgreSQL."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suas.atendimento.familias.models import Atendimento, Familia, Integrante, PessoaAtendida
from suas.atendimento.familias.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis
from suas.nucleo.trilha.models import Leitura
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db
FAMILIAS = "/familias/"


@pytest.fixture(autouse=True)
def conta_comum(db):
    """No PostgreSQL, a conta de uma instalação: a segunda tranca vale em cada pedido."""
    trancar()


@pytest.fixture
def cras():
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


@pytest.fixture
def creas(cras):
    return rede.unidade("CREAS Norte", tipo="creas")


def entrar(unidade, papel=papeis.TECNICO_SUPERIOR):
    pessoa = identidade.pessoa_com_vinculo(papel, VITORIA, unidade=unidade.pk if unidade else None)
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente


def texto(resposta):
    return unescape(resposta.content.decode())


def hoje():
    return f"{timezone.localdate():%d/%m/%Y}"


def nova(**mudancas):
    dados = {"p-nome": "Bia do Exemplo", "p-nascimento": "02/05/1990", "c-ingresso": "espontanea", "c-dia": hoje()}
    return dados | {"m-bairro": "Centro", "c-motivo": "Perdeu o emprego."} | mudancas


def test_a_tecnica_registra_procura_e_anota_e_a_conta_do_mes_muda(cras):
    tecnica = entrar(cras)

    feita = tecnica.post(reverse("familia-nova"), nova(), follow=True)
    familia = Familia.objects.get()
    achada = texto(tecnica.post(FAMILIAS, {"termo": "bia"}))
    formulario = texto(tecnica.get(reverse("atendimento-novo", args=[familia.pk])))
    chave = re.search(r'name="chave" value="([^"]+)"', formulario)[1]
    envio = {"chave": chave, "tipo": "7", "dia": hoje(), "descricao": "Visitou."}
    ficha = texto(tecnica.post(reverse("atendimento-novo", args=[familia.pk]), envio, follow=True))
    mes = texto(tecnica.get(reverse("atendimentos-do-mes")))

    assert "Família registrada: prontuário 1 de CRAS Centro" in texto(feita)
    assert "Perdeu o emprego." in texto(feita)
    assert "Bia do Exemplo" in achada
    assert "prontuário nesta unidade" in achada
    assert "Visita domiciliar" in ficha
    assert "Visitou." in ficha
    assert "1 atendimento" in mes


def test_depois_de_anotar_e_procurar_outra_ja_se_escreve_o_nome(cras):
    familia = fabricas.familia(cras).familia
    tecnica = entrar(cras)
    envio = {"chave": str(uuid4()), "tipo": "7", "dia": hoje(), "depois": "outra"}

    depois = texto(tecnica.post(reverse("atendimento-novo", args=[familia.pk]), envio, follow=True))

    assert "Atendimento anotado." in depois
    assert re.search(r'<input[^>]*name="termo"[^>]*\bautofocus\b', depois)
    assert not re.search(r'<input[^>]*name="termo"[^>]*\bautofocus\b', texto(tecnica.get(FAMILIAS)))


def test_o_que_falta_se_diz_no_campo_e_nada_do_digitado_se_perde(cras):
    envio = nova(**{"p-nome": "", "p-cpf": "111.222.333-00", "c-ingresso": "saude", "m-cep": "1"})

    pagina = texto(entrar(cras).post(reverse("familia-nova"), envio))

    assert "Escreva o nome da pessoa." in pagina
    assert "Os dois últimos algarismos do CPF" in pagina
    assert 'value="111.222.333-00"' in pagina
    assert "A família veio encaminhada: escreva por quem." in pagina
    assert "Perdeu o emprego." in pagina
    assert not Familia.objects.exists()


def test_quem_talvez_ja_esteja_registrada_se_mostra_e_confirmar_segue_adiante(cras):
    tecnica = entrar(cras)
    tecnica.post(reverse("familia-nova"), nova())

    duvida = texto(tecnica.post(reverse("familia-nova"), nova(**{"p-nome": "Bía do Exenplo"})))
    tecnica.post(reverse("familia-nova"), nova(**{"p-nome": "Bía do Exenplo", "e_outra": "sim"}))

    assert "Talvez esta pessoa já esteja registrada" in duvida
    assert "abrir a família dela" in duvida
    assert 'value="Bía do Exenplo"' in duvida
    assert Familia.objects.count() == 2


def test_a_recepcao_identifica_e_nao_le_o_prontuario(cras):
    familia = fabricas.familia(cras).familia
    fabricas.atendimento(familia.prontuarios.get())
    recepcao = entrar(cras, papeis.RECEPCAO)

    ficha = texto(recepcao.get(reverse("familia", args=[familia.pk])))

    assert "Alba do Exemplo" in ficha
    assert "Pediu orientação" not in ficha
    assert "Conversou com a família" not in ficha
    assert "Anotar atendimento" not in ficha
    assert recepcao.get(reverse("atendimento-novo", args=[familia.pk])).status_code == 403
    assert "O que trouxe a família" not in texto(recepcao.get(reverse("familia-nova")))


def test_outra_unidade_ve_que_ha_prontuario_e_le_com_motivo(cras, creas):
    familia = fabricas.familia(cras).familia
    fabricas.atendimento(familia.prontuarios.get())
    de_fora = entrar(creas)
    pagina = reverse("familia", args=[familia.pk])

    antes = texto(de_fora.get(pagina))
    sem_motivo = texto(de_fora.post(reverse("familia-ler-de-fora", args=[familia.pk]), {"motivo": "sim"}))
    de_fora.post(reverse("familia-ler-de-fora", args=[familia.pk]), {"motivo": "A criança foi encaminhada hoje."})
    depois = texto(de_fora.get(pagina))

    assert "Sem o nome de ninguém" in sem_motivo
    assert "CRAS Centro" in antes
    assert "Conversou com a família" not in antes
    assert "Pediu orientação" not in antes
    assert "Diga por que precisa ler" in sem_motivo
    assert "Conversou com a família" in depois
    assert de_fora.get(reverse("atendimento-novo", args=[familia.pk])).status_code == 403
    coordena = entrar(cras, papeis.COORDENACAO_UNIDADE)
    assert "A criança foi encaminhada hoje." in texto(coordena.get(reverse("leituras-de-fora")))
    gestora = texto(entrar(None, papeis.GESTAO_MUNICIPAL).get(reverse("leituras-de-fora")))
    assert "A criança foi encaminhada hoje." in gestora
    assert "Alba do Exemplo" not in gestora


def test_a_gestao_o_estado_e_a_uniao_nao_chegam_a_familia(cras):
    familia = fabricas.familia(cras).familia
    gestora = entrar(None, papeis.GESTAO_MUNICIPAL)
    federal = Client()
    federal.force_login(identidade.pessoa_com_vinculo())

    assert gestora.get(reverse("familia", args=[familia.pk])).status_code == 403
    assert gestora.get(FAMILIAS).status_code == 403
    assert federal.get(reverse("familia", args=[familia.pk])).status_code == 404
    assert federal.get(FAMILIAS).status_code == 403


def test_quem_nao_diz_a_unidade_le_o_que_pedir(cras):
    sem_unidade = entrar(None)

    resposta = sem_unidade.get(FAMILIAS)

    assert resposta.status_code == 403
    assert "não diz em que unidade você trabalha" in texto(resposta)


def test_cada_leitura_fica_registrada_uma_linha_por_pessoa(cras):
    familia = fabricas.familia(cras).familia

    entrar(cras).get(reverse("familia", args=[familia.pk]))

    titulares = set(Leitura.objects.filter(tabela="familias.familia").values_list("titular", flat=True))
    assert titulares == {familia.pk, PessoaAtendida.objects.get().pk}


def test_duas_janelas_mudando_a_mesma_pessoa_mostram_as_duas_versoes(cras):
    fabricas.familia(cras)
    pessoa = PessoaAtendida.objects.get()
    tecnica, mudar = entrar(cras), reverse("pessoa-mudar", args=[pessoa.pk])

    tecnica.post(mudar, {"nome": "Alba Um", "versao": "1"})
    conflito = texto(tecnica.post(mudar, {"nome": "Alba Dois", "versao": "1"}))
    tecnica.post(mudar, {"nome": "Alba Dois", "versao": "2"})

    assert "está gravado “Alba Um”; você escreveu “Alba Dois”" in conflito
    pessoa.refresh_from_db()
    assert pessoa.nome == "Alba Dois"


def test_incluir_tirar_trocar_a_referencia_e_mudar_de_endereco_pela_tela(cras):
    familia = fabricas.familia(cras).familia
    tecnica = entrar(cras)

    tecnica.post(
        reverse("integrante-novo", args=[familia.pk]), {"p-nome": "Caio", "l-parentesco": "3", "l-dia": hoje()}
    )
    caio = Integrante.objects.get(pessoa__nome="Caio")
    tecnica.post(reverse("integrante-referencia", args=[caio.pk]), {"parentesco_da_anterior": "6"})
    alba = Integrante.objects.exclude(pk=caio.pk).get()
    tecnica.post(reverse("integrante-saida", args=[alba.pk]), {"saida": "mudou", "dia": hoje()})
    tecnica.post(reverse("familia-endereco", args=[familia.pk]), {"dia": hoje(), "bairro": "Praia"})
    ficha = texto(tecnica.get(reverse("familia", args=[familia.pk])))

    assert "Família de Caio" in ficha
    assert "1 pessoa que saiu" in ficha
    assert "mudou-se da casa" in ficha
    assert "Praia" in ficha
    assert "1 endereço anterior" in ficha


def test_so_quem_anotou_ou_a_coordenacao_anula(cras):
    familia = fabricas.familia(cras).familia
    feito = fabricas.atendimento(familia.prontuarios.get())
    anular = reverse("atendimento-anular", args=[feito.pk])

    assert entrar(cras).post(anular, {"motivo": "Engano"}).status_code == 403
    coordena = entrar(cras, papeis.COORDENACAO_UNIDADE)
    assert "Escreva o motivo." in texto(coordena.post(anular, {"motivo": ""}))
    coordena.post(anular, {"motivo": "Era de outra família"})

    feito.refresh_from_db()
    assert feito.anulado_em is not None
    assert "Era de outra família" in texto(coordena.get(reverse("familia", args=[familia.pk])))


def test_o_mes_abre_as_linhas_e_aceita_endereco_estranho(cras):
    prontuario = fabricas.familia(cras)
    agora = timezone.localdate()
    fabricas.atendimento(prontuario)
    Atendimento.objects.update(dia=agora.replace(day=1) - timedelta(days=1))
    tecnica = entrar(cras)
    passado = agora.replace(day=1) - timedelta(days=1)

    mes = texto(tecnica.get(reverse("atendimentos-do-mes"), {"mes": f"{passado:%Y-%m}", "tipo": "1"}))
    neste = texto(tecnica.get(reverse("atendimentos-do-mes")))

    assert "1 atendimento" in mes
    assert "Nada anotado em" in neste
    for estranho in ("9999-12", "0001-01", "x", "2026-13"):
        assert tecnica.get(reverse("atendimentos-do-mes"), {"mes": estranho, "tipo": "x"}).status_code == 200


@pytest.mark.parametrize("por_documento", [True, False])
def test_quem_saiu_de_uma_familia_entra_noutra_ou_comeca_a_sua_sem_registro_novo(cras, por_documento):
    cpf = fabricas.cpf()
    de_antes, outra = fabricas.familia(cras).familia, fabricas.familia(cras, nome="Caio do Exemplo").familia
    filha = fabricas.integrante(de_antes, nome="Davi do Exemplo")
    PessoaAtendida.objects.filter(pk=filha.pessoa_id).update(cpf=cpf)
    tecnica, incluir = entrar(cras), reverse("integrante-novo", args=[outra.pk])
    numero = {"p-cpf": cpf} if por_documento else {}
    envio = {"p-nome": "Davi do Exemplo", "l-parentesco": "3", "l-dia": hoje()} | numero
    e_esta = {"e_esta": str(filha.pessoa_id)}

    ainda_la = texto(tecnica.post(incluir, envio | e_esta))
    tecnica.post(reverse("integrante-saida", args=[filha.pk]), {"saida": "outra_familia", "dia": hoje()})
    pergunta = texto(tecnica.post(incluir, envio))
    for _ in range(2):
        tecnica.post(incluir, envio | e_esta)
    de_novo = Integrante.objects.get(familia=outra, pessoa=filha.pessoa)
    tecnica.post(reverse("integrante-saida", args=[de_novo.pk]), {"saida": "outra_familia", "dia": hoje()})
    for _ in range(2):
        tecnica.post(reverse("familia-nova"), nova(**{"p-nome": "Davi", "chave": str(filha.pessoa_id)} | e_esta))

    assert "está na composição de outra família" in ainda_la
    assert "É esta pessoa: usar o registro que já existe" in pergunta
    assert ("Conferi: é outra pessoa" in pergunta) is not por_documento
    assert PessoaAtendida.objects.count() == 3
    assert Integrante.objects.get(pessoa=filha.pessoa, ate=None).familia not in {de_antes, outra}
    assert Familia.objects.count() == 3


def test_o_registro_de_alguem_de_outro_municipio_nao_se_traz(cras):
    de_la = fabricas.familia(rede.unidade("CRAS da Serra", onde="3205002")).familia.integrantes.get()

    resposta = entrar(cras).post(reverse("familia-nova"), nova(e_esta=str(de_la.pessoa_id)))

    assert resposta.status_code == 404


def test_a_especificidade_se_muda_e_so_se_le_onde_ha_prontuario(cras, creas):
    familia = fabricas.familia(cras).familia

    entrar(cras).post(
        reverse("familia-especificidade", args=[familia.pk]), {"especificidade": "indigena", "povo": "Povo do Exemplo"}
    )

    assert "Povo do Exemplo" in texto(entrar(cras).get(reverse("familia", args=[familia.pk])))
    assert "Povo do Exemplo" not in texto(entrar(creas).get(reverse("familia", args=[familia.pk])))


def test_o_endereco_de_um_abrigo_nao_se_mostra_a_outra_unidade(cras, creas):
    familia = fabricas.familia(cras).familia
    familia.domicilios.update(em_abrigo=True)

    assert "do Exemplo, 12" in texto(entrar(cras).get(reverse("familia", args=[familia.pk])))
    de_fora = texto(entrar(creas).get(reverse("familia", args=[familia.pk])))
    assert "O endereço não se mostra a outra unidade" in de_fora
    assert "do Exemplo, 12" not in de_fora
