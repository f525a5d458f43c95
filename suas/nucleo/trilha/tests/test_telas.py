"""As telas da trilha: cada um lê a do seu território, em palavras, sem dado de outra pessoa."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from suas.nucleo.identidade.acoes.pessoas import criar_pessoa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import AUDITORIA, CONSELHEIRO, GESTAO_ESTADUAL, GESTAO_MUNICIPAL
from suas.nucleo.trilha import acoes, busca, consultas, frases
from suas.nucleo.trilha.models import Ato, Leitura, Verificacao

pytestmark = pytest.mark.django_db
NOME, EMAIL = "Joana Sintética de Souza", "joana.sintetica@exemplo.example"


@pytest.fixture
def gestora():
    fabricas.instalacao()
    return fabricas.ator(GESTAO_ESTADUAL, "32")


@pytest.fixture
def ato(gestora):
    """A gestora deu entrada a Joana."""
    criar_pessoa(email=EMAIL, nome=NOME, senha=fabricas.SENHA, por=gestora, em=fabricas.AGORA)
    return Ato.objects.get(ato="identidade.criar_pessoa")


def pagina(client, ator, rota, *args, **consulta):
    client.force_login(ator.pessoa)
    return client.get(reverse(rota, args=args), consulta)


def test_o_ato_se_le_em_palavras_sem_o_nome_de_quem_entrou(client, gestora, ato):
    lida = pagina(client, gestora, "trilha").content.decode()

    assert gestora.pessoa.nome in lida
    assert "deu entrada no sistema a uma pessoa" in lida
    assert "Gestão estadual" in lida
    assert NOME not in lida
    assert "identidade.pessoa" not in lida.replace('value="identidade.pessoa"', "")


@pytest.mark.parametrize("abrangencia, situacao", [("32", 200), ("BR", 200), ("35", 404), ("3205309", 404)])
def test_o_ato_so_existe_para_quem_o_alcanca(client, ato, abrangencia, situacao):
    auditor = fabricas.ator(AUDITORIA, abrangencia)

    assert pagina(client, auditor, "trilha-ato", ato.pk).status_code == situacao


def test_o_municipio_nao_ve_na_lista_o_que_o_estado_fez(client, ato):
    prefeita = fabricas.ator(GESTAO_MUNICIPAL, "3205309")

    lida = pagina(client, prefeita, "trilha").content.decode()

    assert "deu entrada no sistema a uma pessoa" not in lida
    assert "Nenhum ato ainda" in lida


def test_o_dado_pessoal_so_se_mostra_com_motivo_e_a_leitura_fica_para_a_pessoa(client, gestora, ato):
    fechada = pagina(client, gestora, "trilha-ato", ato.pk).content.decode()
    sem_motivo = client.post(reverse("trilha-ato", args=[ato.pk]), {"motivo": " "}).content.decode()
    assert NOME not in fechada + sem_motivo
    assert "(dado pessoal)" in fechada
    assert "Escreva o motivo" in sem_motivo
    assert not Leitura.objects.exists()

    aberta = client.post(reverse("trilha-ato", args=[ato.pk]), {"motivo": "Conferir a nomeação"}).content.decode()

    assert NOME in aberta
    assert EMAIL in aberta
    assert "argon2" not in aberta
    assert "md5$" not in aberta
    lida = Leitura.objects.get()
    assert lida.motivo == "Conferir a nomeação"
    assert {"nome", "email"} <= set(lida.campos)


def test_os_nomes_dos_campos_sao_os_do_formulario(client, gestora, ato):
    lida = pagina(client, gestora, "trilha-ato", ato.pk).content.decode()

    assert "Última entrada" in lida
    assert "is_active" not in lida
    assert "Pode entrar" in lida


@pytest.mark.parametrize(
    "consulta, acha",
    [
        ({"quem": "Ninguém com este nome"}, False),
        ({"ato": "identidade.criar_pessoa"}, True),
        ({"ato": "partilhas.selar"}, False),
        ({"desde": "2026-11-21", "ate": "2026-11-21"}, True),
        ({"desde": "2026-11-22"}, False),
        ({"objeto": "identidade.pessoa"}, True),
    ],
)
def test_o_filtro_acha_por_quem_o_que_e_quando(client, gestora, ato, consulta, acha):
    lida = pagina(client, gestora, "trilha", **consulta).content.decode()

    assert ("deu entrada no sistema a uma pessoa" in lida) is acha


def test_dia_que_nao_existe_e_dito_e_nao_derruba_a_pagina(client, gestora, ato):
    lida = pagina(client, gestora, "trilha", desde="2026-13-45").content.decode()

    assert "“2026-13-45” não é um dia" in lida
    assert 'value="2026-13-45"' in lida


def test_a_historia_de_um_objeto_traz_so_os_atos_dele(client, gestora, ato):
    lida = pagina(client, gestora, "trilha", objeto=f"identidade.pessoa:{ato.objeto_id}").content.decode()

    assert "História de um só objeto" in lida
    assert "1 ato" in lida


def test_o_arquivo_traz_o_que_a_tela_mostra_e_nada_mais(client, gestora, ato):
    resposta = pagina(client, gestora, "trilha", formato="csv")

    linhas = list(csv.DictReader(io.StringIO(resposta.content.decode())))
    assert [linha["o_que"] for linha in linhas] == ["deu entrada no sistema a uma pessoa"]
    assert NOME not in resposta.content.decode()
    assert EMAIL not in resposta.content.decode()


def test_a_lista_faz_o_mesmo_numero_de_consultas_para_um_e_para_vinte_atos(gestora, ato, django_assert_max_num_queries):
    for _ in range(20):
        acoes.registrar(ato="identidade.criar_pessoa", objeto=gestora.pessoa, por=gestora, em=fabricas.AGORA)
    atos = list(Ato.objects.all())

    with django_assert_max_num_queries(3):
        busca.em_palavras(atos)


def test_quem_leu_aparece_sem_dizer_de_quem(client, gestora):
    lidas = [fabricas.pessoa_com_vinculo(CONSELHEIRO, "3205309") for _ in range(2)]
    for pessoa in lidas:
        pessoa.nome = f"{NOME} {pessoa.pk}"
        pessoa.save()
    acoes.registrar_leitura(
        tabela="identidade.pessoa",
        ids=[p.pk for p in lidas],
        titulares=[p.pk for p in lidas],
        campos=["nome", "email"],
        por=gestora,
        em=fabricas.AGORA,
        motivo="lista de acessos",
    )

    lida = pagina(client, gestora, "trilha-leituras").content.decode()
    arquivo = client.get(reverse("trilha-leituras"), {"formato": "csv"}).content.decode()

    assert "lista de acessos" in lida
    assert NOME not in lida + arquivo
    assert "e-mail, nome" in arquivo
    assert ",2," in arquivo


def test_muitas_leituras_num_dia_viram_sinal_sem_acusar(client, gestora, monkeypatch):
    monkeypatch.setattr(busca, "MUITAS", 3)
    ids = [fabricas.pessoa_com_vinculo(CONSELHEIRO, "32").pk for _ in range(3)]
    em = fabricas.AGORA
    acoes.registrar_leitura(
        tabela="identidade.pessoa", ids=ids[:2], titulares=ids[:2], campos=["nome"], por=gestora, em=em
    )
    assert busca.sinais("32", em=em) == []

    acoes.registrar_leitura(
        tabela="identidade.pessoa", ids=ids[2:], titulares=ids[2:], campos=["nome"], por=gestora, em=em
    )

    (sinal,) = busca.sinais("32", em=em)
    assert (sinal.quem, sinal.pessoas, sinal.dia) == (gestora.pessoa.nome, 3, fabricas.HOJE)
    assert busca.sinais("35", em=em) == []


def test_a_verificacao_pedida_na_tela_deixa_resultado_e_ato(client, gestora, ato, django_capture_on_commit_callbacks):
    federal = fabricas.ator()
    acoes.lacrar(em=fabricas.AGORA)
    client.force_login(federal.pessoa)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("trilha-corrente"))

    assert Ato.objects.filter(ato="trilha.pedir_verificacao", pessoa_id=federal.pessoa.pk).exists()
    assert Verificacao.objects.get().inteira
    lida = client.get(reverse("trilha-corrente")).content.decode()
    assert "inteira" in lida
    assert str(consultas.situacao().numero) in lida


def test_a_corrente_quebrada_diz_onde_e_o_que_fazer(client, gestora):
    Verificacao.objects.create(
        em=fabricas.AGORA,
        inteira=False,
        conferidos=12,
        abertas=0,
        milissegundos=3,
        cabeca="ab" * 32,
        quebras=[{"tipo": "alterada", "onde": "elo 7 (ato 7)", "mensagem": "a linha do elo 7 foi mudada"}],
    )

    lida = pagina(client, fabricas.ator(AUDITORIA, "BR"), "trilha-corrente").content.decode()

    assert "elo 7 (ato 7)" in lida
    assert "a linha do elo 7 foi mudada" in lida
    assert "copiar o banco como está" in lida


def test_contagem_leva_ponto_e_ano_nao(monkeypatch):
    monkeypatch.setitem(frases._FRASES, "teste.contar", "contou {quantos} em {ano}")

    assert frases.em_palavras("teste.contar", objeto="", dados={"quantos": 11194, "ano": 2026}) == (
        "contou 11.194 em 2026"
    )
