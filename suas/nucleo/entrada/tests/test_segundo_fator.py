"""Segundo fator: ativar, entrar com ele, perdê-lo, e de quem a instalação o exige."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from suas.nucleo.entrada import cifra, consultas
from suas.nucleo.entrada.acoes import segundo_fator as atos
from suas.nucleo.identidade.models import Pessoa, Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import (
    ADMINISTRACAO_FEDERAL,
    CONSELHEIRO,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
    PRESIDENCIA_CONSELHO,
)
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
SEGREDO = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def sem_tentativas_de_outros():
    cache.clear()


@pytest.fixture
def pessoa() -> Pessoa:
    return fabricas.pessoa_com_vinculo()


def codigo(segredo: str = SEGREDO, *, passos: int = 0) -> str:
    return format_hotp_value(hotp_value(segredo, int(time.time()) // 30 + passos))


def com_senha(pessoa: Pessoa) -> Client:
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA})
    return cliente


def confirmada(pessoa: Pessoa) -> Client:
    cliente = com_senha(pessoa)
    cliente.post(reverse("account_reauthenticate"), {"password": fabricas.SENHA})
    return cliente


def ativar(pessoa: Pessoa) -> None:
    por = fabricas.ator()
    atos.ativar_segundo_fator(pessoa=pessoa, segredo=SEGREDO, sessao_atual="", por=por, em=fabricas.AGORA)


def dentro(cliente: Client) -> bool:
    return cliente.get(reverse("conta")).status_code == 200


def test_ativar_pede_antes_a_senha_e_volta(pessoa):
    cliente = com_senha(pessoa)

    ida = cliente.get(reverse("mfa_index"))
    volta = cliente.post(ida["Location"], {"password": fabricas.SENHA})

    assert ida["Location"].startswith(reverse("account_reauthenticate"))
    assert volta["Location"] == reverse("mfa_index")


def test_ativar_com_o_codigo_que_o_aplicativo_mostra_e_guardar_os_codigos_uma_vez(pessoa):
    outro, cliente = com_senha(pessoa), confirmada(pessoa)
    pagina = cliente.get(reverse("mfa_index")).content.decode()
    segredo = re.search(r"<code>([A-Z2-7 ]+)</code>", pagina)[1].replace(" ", "")

    errada = cliente.post(reverse("mfa_index"), {"codigo": "000000"}).content.decode()
    ativada = cliente.post(reverse("mfa_index"), {"codigo": codigo(segredo)})
    mostrada = cliente.get(ativada["Location"]).content.decode()
    de_novo = cliente.get(ativada["Location"])

    assert "<svg" in pagina
    assert "data:image" not in pagina
    assert segredo in errada.replace(" ", ""), "recarregar não troca a chave"
    assert "Não é o código de agora" in errada
    assert len(set(re.findall(r"<code>(\d{5}-\d{5})</code>", mostrada))) == 10
    assert de_novo["Location"] == reverse("mfa_index")
    assert not dentro(outro)
    assert Ato.objects.filter(ato="entrada.ativar_segundo_fator").count() == 1


def test_o_segredo_nao_esta_as_claras_no_banco_nem_na_sessao(pessoa):
    cliente = confirmada(pessoa)
    pagina = cliente.get(reverse("mfa_index")).content.decode()
    segredo = re.search(r"<code>([A-Z2-7 ]+)</code>", pagina)[1].replace(" ", "")
    na_sessao = str(dict(cliente.session.items()))

    cliente.post(reverse("mfa_index"), {"codigo": codigo(segredo)})

    assert segredo not in na_sessao
    assert segredo not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_com_segundo_fator_a_senha_sozinha_nao_entra(pessoa):
    ativar(pessoa)
    cliente = com_senha(pessoa)
    assert not dentro(cliente)

    cliente.post(reverse("mfa_authenticate"), {"code": codigo()})

    assert dentro(cliente)
    assert Ato.objects.filter(ato="entrada.entrar").latest("id").dados == {"meios": ["senha", "aplicativo"]}


def test_o_mesmo_codigo_nao_serve_duas_vezes(pessoa):
    ativar(pessoa)
    usado = codigo()
    com_senha(pessoa).post(reverse("mfa_authenticate"), {"code": usado})
    cliente = com_senha(pessoa)

    cliente.post(reverse("mfa_authenticate"), {"code": usado})

    assert not dentro(cliente)


def test_o_mesmo_codigo_nao_serve_de_novo_no_periodo_seguinte(pessoa, monkeypatch):
    """A tolerância do relógio ainda o daria por certo depois que o allauth esqueceu que já serviu."""
    ativar(pessoa)
    agora, visto = time.time(), codigo()
    com_senha(pessoa).post(reverse("mfa_authenticate"), {"code": visto})
    monkeypatch.setattr(time, "time", lambda: agora + 31)
    de_novo = com_senha(pessoa)

    resposta = de_novo.post(reverse("mfa_authenticate"), {"code": visto})

    assert "Não é o código de agora" in resposta.content.decode()
    assert de_novo.get(reverse("conta")).status_code == 302


def test_codigo_de_recuperacao_entra_uma_vez_com_ou_sem_o_traco(pessoa):
    ativar(pessoa)
    primeiro, segundo, *_ = consultas.codigos_de_recuperacao(pessoa)
    entradas = {}

    for digitado in (primeiro, primeiro, segundo.replace("-", "")):
        cliente = com_senha(pessoa)
        cliente.post(reverse("mfa_authenticate"), {"code": digitado})
        entradas.setdefault(digitado, []).append(dentro(cliente))

    assert entradas == {primeiro: [True, False], segundo.replace("-", ""): [True]}
    assert consultas.segundo_fator_de(pessoa).codigos == 8


def test_codigos_errados_demais_esperam_e_ficam_na_trilha(pessoa):
    ativar(pessoa)
    cliente = com_senha(pessoa)

    respostas = [cliente.post(reverse("mfa_authenticate"), {"code": f"00000{n}"}).status_code for n in range(7)]

    assert respostas == [200] * 5 + [429] * 2
    assert Ato.objects.get(ato="entrada.tentar_demais").dados == {"onde": "codigo"}
    assert cliente.post(reverse("mfa_authenticate"), {"code": codigo()}).status_code == 429


def test_refazer_os_codigos_mata_os_anteriores(pessoa):
    ativar(pessoa)
    antes = set(consultas.codigos_de_recuperacao(pessoa))

    atos.refazer_codigos(pessoa=pessoa, por=fabricas.ator(), em=fabricas.AGORA)

    assert not antes & set(consultas.codigos_de_recuperacao(pessoa))


@pytest.mark.parametrize("rota", ["segundo-fator-codigos", "segundo-fator-retirar"])
def test_mudar_o_segundo_fator_sem_confirmar_quem_e_nao_muda_nada(pessoa, rota):
    ativar(pessoa)
    antes = list(Authenticator.objects.order_by("id").values())
    cliente = com_senha(pessoa)
    cliente.post(reverse("mfa_authenticate"), {"code": codigo()})
    Authenticator.objects.update(last_used_at=None)

    resposta = cliente.post(reverse(rota))

    assert resposta["Location"].startswith(reverse("account_reauthenticate"))
    assert list(Authenticator.objects.order_by("id").values()) == antes


def test_a_chave_secreta_troca_sem_perder_o_segundo_fator(pessoa, settings):
    ativar(pessoa)
    antiga, settings.SECRET_KEY = settings.SECRET_KEY, "a-chave-nova-desta-instalacao"
    settings.SECRET_KEY_FALLBACKS = [antiga]

    quantos = atos.recifrar_segredos(por=fabricas.ator(), em=fabricas.AGORA)
    settings.SECRET_KEY_FALLBACKS = []
    cliente = com_senha(pessoa)
    cliente.post(reverse("mfa_authenticate"), {"code": codigo()})

    assert quantos == 2
    assert dentro(cliente)


def test_sem_a_chave_com_que_se_cifrou_nada_se_decifra(settings):
    cifrado = cifra.cifrar(SEGREDO)
    settings.SECRET_KEY = "outra-chave-que-nada-sabe"

    with pytest.raises(cifra.ChavePerdida):
        cifra.decifrar(cifrado)


# --- de quem se exige


@pytest.mark.parametrize(
    "ajuste, papel, lugar, exige",
    [
        ("nunca", ADMINISTRACAO_FEDERAL, "BR", False),
        ("titulares", ADMINISTRACAO_FEDERAL, "BR", True),
        ("titulares", GESTAO_MUNICIPAL, "3205309", True),
        ("titulares", CONSELHEIRO, "3205309", False),
        ("todos", CONSELHEIRO, "3205309", True),
    ],
)
def test_quem_o_ajuste_exige_so_chega_a_propria_conta_ate_ativar(ajuste, papel, lugar, exige):
    pessoa = fabricas.pessoa_com_vinculo(papel, lugar)
    cliente = com_senha(pessoa)

    with override_settings(SEGUNDO_FATOR=ajuste):
        inicio = cliente.get("/")
        envio = cliente.post(reverse("vinculo"), {"vinculo": "x"})
        ativar(pessoa)
        depois = confirmada_com_codigo(pessoa).get("/")

    assert (inicio.status_code == 302) is exige
    assert (envio.status_code == 302) is exige
    assert depois.status_code == 200
    if exige:
        assert inicio["Location"] == reverse("mfa_index")


def confirmada_com_codigo(pessoa: Pessoa) -> Client:
    cliente = com_senha(pessoa)
    cliente.post(reverse("mfa_authenticate"), {"code": codigo()})
    return cliente


@override_settings(SEGUNDO_FATOR="todos")
def test_a_demonstracao_nunca_trava():
    fabricas.instalacao(demonstracao=True)
    pessoa = fabricas.pessoa_com_vinculo()
    Pessoa.objects.filter(pk=pessoa.pk).update(de_demonstracao=True)

    assert com_senha(pessoa).get("/").status_code == 200


def test_a_fazer_lembra_quem_da_acesso_a_outras_pessoas_ate_ativar(pessoa):
    fabricas.instalacao()
    cliente = com_senha(pessoa)

    antes = cliente.get("/").content.decode()
    ativar(pessoa)
    depois = confirmada_com_codigo(pessoa).get("/").content.decode()

    assert "Ativar o segundo fator" in antes
    assert "Ativar o segundo fator" not in depois


# --- quem perdeu o aparelho


def retirar(quem: Pessoa, de: Pessoa, motivo: str = "Perdeu o aparelho, conferido em pessoa"):
    cliente = com_senha(quem)
    return cliente.post(reverse("segundo-fator-de-outra-pessoa", args=[de.pk]), {"motivo": motivo})


def test_quem_nomeia_retira_com_motivo_e_as_sessoes_terminam():
    estadual = fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, "32")
    municipal = fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309")
    ativar(municipal)
    aberta = confirmada_com_codigo(municipal)

    resposta = retirar(estadual, municipal)

    assert resposta.status_code == 302
    assert not dentro(aberta)
    assert dentro(com_senha(municipal))
    ato = Ato.objects.get(ato="entrada.retirar_segundo_fator")
    assert (ato.pessoa_id, ato.motivo) == (estadual.pk, "Perdeu o aparelho, conferido em pessoa")


def test_sem_motivo_nao_se_retira():
    estadual = fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, "32")
    municipal = fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309")
    ativar(municipal)

    resposta = retirar(estadual, municipal, motivo=" ")

    assert "Diga por quê" in resposta.content.decode()
    assert consultas.tem_segundo_fator(municipal)


def test_quem_nomeia_so_um_dos_vinculos_nao_abre_a_conta_do_outro():
    """O titular do município nomeia conselheiro? Não: e quem nomeia a recepção não abre a conta da presidência."""
    municipal = fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309")
    dupla = fabricas.pessoa_com_vinculo(PRESIDENCIA_CONSELHO, "3205309")
    Vinculo.objects.create(
        pessoa=dupla, papel_codigo="recepcao", abrangencia="3205309", orgao="CRAS", desde=fabricas.HOJE
    )
    ativar(dupla)

    assert retirar(municipal, dupla).status_code == 403
    assert consultas.tem_segundo_fator(dupla)


def test_fora_da_abrangencia_a_pessoa_nao_existe():
    paulista = fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, "35")
    municipal = fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309")

    assert retirar(paulista, municipal).status_code == 404
