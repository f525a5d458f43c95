"""Sessões: a lista, encerrar, e os três fins que não são sair."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suas.nucleo.entrada import aparelho
from suas.nucleo.identidade.models import Pessoa, Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import CONSELHEIRO
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Mobile Safari/604.1"


@pytest.fixture(autouse=True)
def sem_tentativas_de_outros():
    cache.clear()


@pytest.fixture
def pessoa() -> Pessoa:
    return fabricas.pessoa_com_vinculo()


def entrar(pessoa: Pessoa, agente: str = CHROME, ip: str = "200.137.65.10") -> Client:
    cliente = Client(headers={"user-agent": agente}, REMOTE_ADDR=ip)
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA})
    return cliente


def dentro(cliente: Client) -> bool:
    return cliente.get(reverse("conta")).status_code == 200


def envelhecer(cliente: Client, **tempos: timedelta) -> None:
    sessao = cliente.session
    for nome, quanto in tempos.items():
        sessao[nome] -= quanto.total_seconds()
    sessao.save()


@pytest.mark.parametrize(
    "agente, palavras",
    [
        (CHROME, "Chrome no Windows"),
        (CHROME + " Edg/126.0", "Edge no Windows"),
        (IPHONE, "Safari no iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox no Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome no Android"),
        ("curl/8.0", "Navegador desconhecido"),
    ],
)
def test_o_aparelho_se_diz_em_palavras(agente, palavras):
    assert aparelho.em_palavras(agente) == palavras


@pytest.mark.parametrize(
    "ip, encoberto",
    [("200.137.65.10", "200.137.•.•"), ("2804:14c:1::5", "2804:014c:•"), ("x", "endereço desconhecido")],
)
def test_o_endereco_aparece_encoberto(ip, encoberto):
    assert aparelho.endereco_encoberto(ip) == encoberto


def test_a_lista_diz_os_aparelhos_sem_o_endereco_inteiro(pessoa):
    aqui = entrar(pessoa)
    entrar(pessoa, IPHONE, "189.40.70.33")
    entrar(fabricas.pessoa_com_vinculo(), "Mozilla/5.0 (X11; Linux) Firefox/1")

    pagina = aqui.get(reverse("conta-sessoes")).content.decode()

    for texto in ("Chrome no Windows", "esta sessão", "Safari no iPhone", "189.40.•.•"):
        assert texto in pagina
    assert "189.40.70.33" not in pagina
    assert "Firefox" not in pagina


def test_encerrar_uma_sessao_tira_so_aquele_aparelho(pessoa):
    aqui, telefone, outro = entrar(pessoa), entrar(pessoa, IPHONE), entrar(pessoa)

    aqui.post(reverse("conta-sessoes"), {"sessao": _numero_da(telefone)})

    assert (dentro(aqui), dentro(telefone), dentro(outro)) == (True, False, True)


def _numero_da(cliente: Client) -> int:
    from allauth.usersessions.models import UserSession

    return UserSession.objects.get(session_key=cliente.session.session_key).pk


def test_ninguem_encerra_a_sessao_de_outra_pessoa(pessoa):
    alheia = entrar(fabricas.pessoa_com_vinculo())

    entrar(pessoa).post(reverse("conta-sessoes"), {"sessao": _numero_da(alheia)})

    assert dentro(alheia)


def test_encerrar_todas_as_outras_deixa_a_de_agora(pessoa):
    aqui, outro = entrar(pessoa), entrar(pessoa)

    aqui.post(reverse("conta-sessoes"))

    assert (dentro(aqui), dentro(outro)) == (True, False)
    assert Ato.objects.get(ato="identidade.encerrar_sessoes").dados == {"quantas": 1}


def test_sem_uso_a_entrada_vence_e_diz_por_que(pessoa):
    cliente = entrar(pessoa)
    envelhecer(cliente, visto=timedelta(minutes=121))

    pagina = cliente.get(reverse("conta"), follow=True).content.decode()

    assert "venceu depois de 2 horas sem uso" in pagina
    assert not dentro(cliente)
    assert "sem uso" in Ato.objects.get(ato="entrada.sair").motivo


def test_o_uso_adia_o_vencimento_mas_nao_alem_do_maximo(pessoa):
    cliente = entrar(pessoa)
    envelhecer(cliente, visto=timedelta(minutes=119), inicio=timedelta(hours=11))
    assert dentro(cliente)
    envelhecer(cliente, inicio=timedelta(hours=1, minutes=1))

    assert "dura no máximo 12 horas" in cliente.get(reverse("conta"), follow=True).content.decode()


def test_o_que_se_escrevia_quando_venceu_volta_a_quem_entra_de_novo(pessoa):
    cliente = entrar(pessoa)
    envelhecer(cliente, visto=timedelta(hours=3))

    cliente.post(reverse("vinculo"), {"motivo": "um texto comprido que ninguém quer perder"})
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA})

    assert "um texto comprido" in cliente.get(reverse("vinculo")).content.decode()


def test_o_ultimo_uso_grava_se_uma_vez_por_minuto(pessoa):
    cliente = entrar(pessoa)
    dentro(cliente)
    antes = cliente.session["visto"]

    dentro(cliente)

    assert cliente.session["visto"] == antes


def test_terminado_o_ultimo_vinculo_a_sessao_termina_e_a_pessoa_le_por_que(pessoa):
    cliente = entrar(pessoa)
    dentro(cliente)
    Vinculo.objects.filter(pessoa=pessoa).update(ate=timezone.localdate())

    pagina = cliente.get(reverse("conta"), follow=True).content.decode()

    assert "Seu último vínculo terminou" in pagina
    assert not dentro(cliente)


def test_pessoa_desativada_fica_fora_no_pedido_seguinte(pessoa):
    cliente = entrar(pessoa)
    Pessoa.objects.filter(pk=pessoa.pk).update(is_active=False)

    assert not dentro(cliente)


def test_trocar_de_vinculo_troca_a_chave_e_mantem_a_sessao_na_lista(pessoa):
    outro = Vinculo.objects.create(
        pessoa=pessoa, papel_codigo=CONSELHEIRO.codigo, abrangencia="32", orgao="CEAS", desde=fabricas.HOJE
    )
    cliente = entrar(pessoa)
    antes = cliente.session.session_key

    cliente.post(reverse("vinculo"), {"vinculo": str(outro.pk)})

    assert cliente.session.session_key != antes
    assert "esta sessão" in cliente.get(reverse("conta-sessoes")).content.decode()
    velha = Client()
    velha.cookies["sessionid"] = antes
    assert not dentro(velha)
