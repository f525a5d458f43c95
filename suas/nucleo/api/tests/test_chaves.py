"""A chave vale enquanto valem ela, o vínculo e a pessoa; cada pedido fica no registro; o excesso espera."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from suas.nucleo.api import acoes, consultas
from suas.nucleo.api.models import ChaveDeApi, RegistroDaApi
from suas.nucleo.api.tests.fabricas import Programa, criar_chave
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade.acoes import vinculos
from suas.nucleo.identidade.models import Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import CONSELHEIRO, GESTAO_ESTADUAL, VIGILANCIA_ESTADUAL
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato
from tests import mundo

pytestmark = pytest.mark.django_db


@pytest.fixture
def por() -> Ator:
    fabricas.instalacao()
    return fabricas.ator(VIGILANCIA_ESTADUAL, "32")


def agora():
    return timezone.now()  # noqa: TID251


def _entra(chave: acoes.ChaveCriada) -> bool:
    return Programa(chave).get("/eu").status_code == 200


def test_a_chave_entra_e_do_segredo_so_fica_o_resumo(por: Ator) -> None:
    criada = criar_chave(por)

    assert _entra(criada)
    guardada = ChaveDeApi.objects.values().get()
    segredo = criada.texto.rsplit(guardada["prefixo"], 1)[1]
    assert segredo not in str(guardada)
    assert Ato.objects.get(ato="api.criar_chave").dados["prefixo"] == guardada["prefixo"]
    assert segredo not in str(list(Ato.objects.values()))


def test_a_pessoa_fica_sabendo_da_chave_criada_na_sua_conta_e_o_segredo_nao_vai_junto(por: Ator) -> None:
    criada = criar_chave(por)

    aviso = Aviso.objects.get(pessoa=por.pessoa)
    assert criada.chave.prefixo in aviso.texto
    assert criada.texto not in aviso.texto


def test_chave_vencida_revogada_ou_trocada_nao_entra(por: Ator) -> None:
    vencida = criar_chave(por, em=agora() - timedelta(days=91))
    revogada = criar_chave(por)
    acoes.revogar_chave(chave=revogada.chave, por=por, em=agora())
    trocada = criar_chave(por)

    assert not _entra(vencida)
    assert not _entra(revogada)
    assert not _entra(acoes.ChaveCriada(chave=trocada.chave, texto=trocada.texto[:-1] + "_"))
    assert not _entra(acoes.ChaveCriada(chave=trocada.chave, texto="redesuas_"))


def test_a_chave_acaba_com_o_vinculo_e_com_a_entrada_da_pessoa(por: Ator) -> None:
    criada = criar_chave(por)
    hoje = agora().date()

    Vinculo.objects.filter(pk=por.vinculo.pk).update(ate=hoje - timedelta(days=1))
    sem_vinculo = _entra(criada)
    Vinculo.objects.filter(pk=por.vinculo.pk).update(ate=None)
    de_volta = _entra(criada)
    por.pessoa.is_active = False
    por.pessoa.save()

    assert (sem_vinculo, de_volta, _entra(criada)) == (False, True, False)


def test_encerrado_o_vinculo_a_chave_dele_e_revogada_e_a_do_outro_nao(por: Ator) -> None:
    gestao = fabricas.ator(GESTAO_ESTADUAL, "32")
    outro = mundo.dar_vinculo(por.pessoa, CONSELHEIRO, "35")
    do_outro = Ator(pessoa=por.pessoa, vinculo=outro, papel=CONSELHEIRO, abrangencia="35")
    do_vinculo, da_outra = criar_chave(por).chave, criar_chave(do_outro).chave
    hoje = timezone.localdate()

    vinculos.encerrar(vinculo=por.vinculo, dia=hoje, motivo="Saiu", por=gestao, em=agora(), hoje=hoje)

    do_vinculo.refresh_from_db()
    da_outra.refresh_from_db()
    assert (do_vinculo.revogada_em is None, da_outra.revogada_em is None) == (False, True)


def test_quem_precisa_do_segundo_fator_nao_cria_nem_usa_chave_sem_ele(por: Ator, settings) -> None:
    criada = criar_chave(por)
    settings.SEGUNDO_FATOR = "todos"

    recusa = Programa(criada).get("/eu")
    with pytest.raises(AtoRecusado, match="segundo fator"):
        criar_chave(por)
    Authenticator.objects.create(user=por.pessoa, type=Authenticator.Type.TOTP, data={})

    assert recusa.status_code == 403
    assert "segundo fator" in recusa.json()["detail"]
    assert _entra(criada)
    criar_chave(por)


def test_a_chave_de_demonstracao_nao_entra_em_instalacao_de_verdade(por: Ator) -> None:
    criada = criar_chave(por)
    por.pessoa.de_demonstracao = True
    por.pessoa.save()

    assert not _entra(criada)


def test_quem_passa_do_limite_espera_e_o_registro_nao_incha(por: Ator, settings) -> None:
    settings.API_POR_MINUTO = 3
    programa = Programa(criar_chave(por))
    situacoes = [programa.get("/eu").status_code for _ in range(6)]
    recusa = programa.get("/eu")

    assert situacoes == [200, 200, 200, 429, 429, 429]
    assert 1 <= int(recusa["Retry-After"]) <= 61
    assert RegistroDaApi.objects.filter(situacao=429).count() == 1


def test_o_limite_sem_chave_e_por_lugar_e_chave_inventada_conta_nele(por: Ator, settings) -> None:
    settings.API_POR_MINUTO_SEM_CHAVE = 2
    inventada = Client(headers={"Authorization": "Bearer redesuas_0000_nada"})

    assert [inventada.get("/api/v1/ufs").status_code for _ in range(3)] == [401, 401, 429]
    assert Client(REMOTE_ADDR="10.0.0.9").get("/api/v1/ufs").status_code == 200
    assert _entra(criar_chave(por))


def test_o_registro_diz_o_pedido_sem_consulta_nem_corpo_nem_endereco_de_rede(por: Ator) -> None:
    criada = criar_chave(por)
    resposta = Programa(criada).get("/municipios?busca=fulana@exemplo.example")
    Programa().get("/municipios/fulana@exemplo.example/x")

    com_chave, sem_chave = RegistroDaApi.objects.order_by("id")
    assert (com_chave.chave, com_chave.abrangencia, com_chave.endereco) == (criada.chave, "32", "/api/v1/municipios")
    assert com_chave.protocolo == resposta["X-Protocolo"]
    assert com_chave.bytes == len(resposta.content)
    assert sem_chave.endereco == "(nenhum endereço da interface)"
    assert "fulana" not in str(list(RegistroDaApi.objects.values()))
    assert "127.0.0.1" not in str(list(RegistroDaApi.objects.values()))


def test_a_chave_aparece_uma_vez_e_a_pagina_nao_se_guarda(por: Ator) -> None:
    navegador = Client()
    navegador.force_login(por.pessoa)
    criada = navegador.post("/conta/chaves/", {"nome": "Painel", "permite": "ler", "dias": "90"})
    chave = ChaveDeApi.objects.get()
    depois = navegador.get("/conta/chaves/").content.decode()

    assert f"redesuas_{chave.prefixo}_" in criada.content.decode()
    assert "no-store" in criada["Cache-Control"]
    assert f"redesuas_{chave.prefixo}_" not in depois
    assert "Painel" in depois
    assert chave.pode_escrever is False


def test_formulario_incompleto_volta_com_o_que_se_escreveu(por: Ator) -> None:
    navegador = Client()
    navegador.force_login(por.pessoa)

    texto = navegador.post("/conta/chaves/", {"nome": "Meu painel", "dias": "90"}).content.decode()

    assert "Escolha se o programa só lê ou também escreve." in texto
    assert 'value="Meu painel"' in texto
    assert not ChaveDeApi.objects.exists()


def test_a_chave_de_outra_pessoa_nao_existe_para_mim(por: Ator) -> None:
    criada = criar_chave(por)
    outra = Client()
    outra.force_login(fabricas.pessoa_com_vinculo(CONSELHEIRO, "32"))

    assert outra.get(f"/conta/chaves/{criada.chave.pk}/").status_code == 404
    assert outra.post(f"/conta/chaves/{criada.chave.pk}/revogar/").status_code == 404
    assert _entra(criada)


def test_quem_le_a_trilha_ve_os_pedidos_do_seu_territorio_e_so_deles(por: Ator) -> None:
    do_estado, de_fora = criar_chave(por), criar_chave(fabricas.ator(VIGILANCIA_ESTADUAL, "35"))
    for chave in (do_estado, de_fora):
        Programa(chave).get("/eu")

    abrangencias = set(consultas.registros_do_territorio("32").values_list("abrangencia", flat=True))

    assert abrangencias == {"32"}
    assert consultas.registros_do_territorio("BR").count() == 2
    assert not consultas.registros_do_territorio("").exists()


def test_nao_se_acumulam_chaves_sem_fim(por: Ator) -> None:
    for _ in range(acoes.POR_PESSOA):
        criar_chave(por)

    with pytest.raises(AtoRecusado, match="Revogue as que não usa"):
        criar_chave(por)
