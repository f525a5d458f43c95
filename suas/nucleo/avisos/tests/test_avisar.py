"""Avisar: uma vez por causa, na forma que a pessoa escolheu, na hora em que o correio pode sair."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from suas.nucleo.avisos import acoes, consultas, modelos
from suas.nucleo.avisos.acoes import preferencias
from suas.nucleo.avisos.models import Aviso, Estado, Forma, Mensagem
from suas.nucleo.avisos.silencio import Horas
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import Ator

pytestmark = pytest.mark.django_db
MEIO_DIA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
NOITE = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)  # 22h30 em Brasília
MODELO = modelos.Modelo(
    codigo="teste.mudanca",
    titulo="Mudança de teste",
    assunto="Mudou {coisa}",
    corpo="A coisa {coisa} mudou.",
    tipo="acesso",
    campos={"coisa": "o que mudou"},
    exemplo={"coisa": "a senha"},
)
CONVITE = modelos.Modelo(
    codigo="teste.convite",
    titulo="Convite de teste",
    assunto="Convite",
    corpo="Você foi convidada.",
    tipo="acesso",
    campos={},
    exemplo={},
    obrigatorio=True,
    reservado=True,
)


@pytest.fixture(autouse=True)
def _modelos(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CORREIO_SMTP = "smtp://127.0.0.1:9?tls=nao"
    settings.CORREIO_SITE = "https://suas.exemplo.example"
    monkeypatch.setattr(modelos, "_MODELOS", dict(modelos._MODELOS))
    modelos.registrar(MODELO)
    modelos.registrar(CONVITE)


@pytest.fixture
def ator() -> Ator:
    return fabricas.ator()


def avisar(ator: Ator, *, causa: str = "c1", em: datetime = MEIO_DIA, endereco: str = "") -> Aviso:
    assert ator.pessoa
    return acoes.avisar(
        modelo=MODELO.codigo, causa=causa, pessoa_id=ator.pessoa.pk, dados={"coisa": "a senha"}, endereco=endereco,
        por=ator, em=em,
    )  # fmt: skip


def test_a_mesma_causa_avisa_uma_vez_so(ator: Ator) -> None:
    primeiro = avisar(ator)
    outra_causa = avisar(ator, causa="c2")

    assert avisar(ator) == primeiro
    assert outra_causa != primeiro
    assert Mensagem.objects.count() == 2


def test_duas_pessoas_com_a_mesma_causa_recebem_cada_uma_o_seu(ator: Ator) -> None:
    outra = fabricas.ator()

    assert avisar(ator).pessoa_id != avisar(outra).pessoa_id
    assert Aviso.objects.count() == 2


def test_a_mensagem_leva_o_texto_o_endereco_inteiro_e_como_mudar_o_que_se_recebe(ator: Ator) -> None:
    mensagem = avisar(ator, endereco="/vinculo/").mensagem

    assert mensagem is not None
    assert mensagem.assunto == "Mudou a senha"
    assert "A coisa a senha mudou.\n\nAbra: https://suas.exemplo.example/vinculo/" in mensagem.corpo
    assert "https://suas.exemplo.example/avisos/preferencias/" in mensagem.corpo


@pytest.mark.parametrize(
    "mudado",
    [
        pytest.param({"dados": {}}, id="falta campo"),
        pytest.param({"dados": {"coisa": "x", "outra": "y"}}, id="sobra campo"),
        pytest.param({"endereco": "https://mal.example/"}, id="endereço de fora"),
        pytest.param({"endereco": "//mal.example/"}, id="endereço de fora sem protocolo"),
        pytest.param({"pessoa_id": None}, id="sem destinatário"),
    ],
)
def test_aviso_mal_feito_e_erro_de_quem_programa(ator: Ator, mudado: dict[str, object]) -> None:
    assert ator.pessoa
    certo = {"modelo": MODELO.codigo, "causa": "c", "pessoa_id": ator.pessoa.pk, "dados": {"coisa": "x"}}

    with pytest.raises(ValueError):
        acoes.avisar(**(certo | mudado), por=ator, em=MEIO_DIA)  # type: ignore[arg-type]


def test_quem_prefere_so_no_sistema_nao_recebe_correio_e_isso_fica_dito(ator: Ator) -> None:
    preferencias.escolher(formas={"acesso": Forma.SO_PRODUTO}, horas=None, por=ator, em=MEIO_DIA)

    mensagem = avisar(ator).mensagem

    assert mensagem is not None
    assert (mensagem.estado, mensagem.nao_antes_de) == (Estado.SUPRIMIDA, None)
    assert "escolheu ver" in mensagem.resposta


def test_quem_prefere_o_resumo_nao_tem_mensagem_na_hora(ator: Ator) -> None:
    preferencias.escolher(formas={"acesso": Forma.RESUMO}, horas=None, por=ator, em=MEIO_DIA)

    assert avisar(ator).mensagem is None


def test_no_silencio_o_correio_espera_ate_o_fim_dele(ator: Ator) -> None:
    mensagem = avisar(ator, em=NOITE).mensagem

    assert mensagem is not None
    assert mensagem.nao_antes_de == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # 6h em Brasília


def test_o_obrigatorio_passa_por_cima_da_preferencia_e_do_silencio(ator: Ator) -> None:
    assert ator.pessoa
    preferencias.escolher(formas={"acesso": Forma.SO_PRODUTO}, horas=None, por=ator, em=MEIO_DIA)

    aviso = acoes.avisar(
        modelo=CONVITE.codigo, causa="c", pessoa_id=ator.pessoa.pk, dados={}, endereco="/x/", por=ator, em=NOITE
    )

    assert aviso.mensagem is not None
    assert (aviso.mensagem.estado, aviso.mensagem.nao_antes_de) == (Estado.NA_FILA, NOITE)


def test_quem_nao_tem_conta_recebe_pelo_e_mail_uma_vez_e_o_endereco_reservado_so_vai_na_mensagem(ator: Ator) -> None:
    def convidar(email: str) -> Aviso:
        return acoes.avisar(
            modelo=CONVITE.codigo, causa="c", pessoa_id=None, email=email, dados={}, endereco="/convite/segredo/",
            por=ator, em=NOITE,
        )  # fmt: skip

    aviso = convidar("nova@exemplo.example")

    assert convidar("NOVA@exemplo.example ") == aviso
    assert aviso.endereco == ""
    assert aviso.mensagem is not None
    assert "/convite/segredo/" in aviso.mensagem.corpo


def test_sem_servidor_de_correio_a_mensagem_fica_guardada(ator: Ator, settings: LazySettings) -> None:
    settings.CORREIO_SMTP = ""

    mensagem = avisar(ator).mensagem

    assert mensagem is not None
    assert mensagem.estado == Estado.GUARDADA


def test_o_correio_do_django_passa_pelo_nosso_e_nao_espera(ator: Ator, settings: LazySettings) -> None:
    assert ator.pessoa
    settings.EMAIL_BACKEND = "suas.nucleo.avisos.transporte.NossoCorreio"

    EmailMessage(subject="Senha nova", body="Abra: https://x.example/a", to=[ator.pessoa.email]).send()

    mensagem = Mensagem.objects.get()
    assert (mensagem.pessoa, mensagem.reservada, mensagem.estado) == (ator.pessoa, True, Estado.NA_FILA)


@pytest.mark.parametrize(
    "horas, instante, sai",
    [
        pytest.param("21:00-06:00", "2026-11-23T23:59:00+00:00", "2026-11-23T23:59:00+00:00", id="20h59 ainda sai"),
        pytest.param("21:00-06:00", "2026-11-24T00:00:00+00:00", "2026-11-24T09:00:00+00:00", id="21h espera as 6h"),
        pytest.param("21:00-06:00", "2026-11-24T08:59:00+00:00", "2026-11-24T09:00:00+00:00", id="5h59 espera as 6h"),
        pytest.param("21:00-06:00", "2026-11-24T09:00:00+00:00", "2026-11-24T09:00:00+00:00", id="6h já sai"),
        pytest.param("12:00-14:00", "2026-11-24T16:00:00+00:00", "2026-11-24T17:00:00+00:00", id="silêncio de dia"),
        pytest.param("", "2026-11-24T03:00:00+00:00", "2026-11-24T03:00:00+00:00", id="nunca"),
    ],
)
def test_a_conta_das_horas_de_silencio(horas: str, instante: str, sai: str) -> None:
    assert Horas.ler(horas).sai_em(datetime.fromisoformat(instante)) == datetime.fromisoformat(sai)


def test_o_alto_da_pagina_conta_os_avisos_por_ler_e_abrir_leva_aonde_o_aviso_aponta(client: Client, ator: Ator) -> None:
    assert ator.pessoa
    client.force_login(ator.pessoa)
    aviso = avisar(ator, endereco="/vinculo/")

    antes = client.get(reverse("avisos")).content.decode()
    destino = client.post(reverse("aviso-abrir", args=[aviso.pk]))
    depois = client.get(reverse("avisos")).content.decode()

    assert '1<span class="so-leitor"> por ler' in antes
    assert destino.url == "/vinculo/"  # type: ignore[attr-defined]
    assert '<span class="so-leitor"> por ler' not in depois
    assert consultas.por_ler(ator.pessoa.pk) == 0


def test_marcar_todos_so_marca_os_proprios(client: Client, ator: Ator) -> None:
    outra = fabricas.ator()
    assert ator.pessoa and outra.pessoa
    avisar(ator)
    avisar(outra)
    client.force_login(ator.pessoa)

    client.post(reverse("avisos-lidos"))

    assert (consultas.por_ler(ator.pessoa.pk), consultas.por_ler(outra.pessoa.pk)) == (0, 1)


def test_preferencia_com_hora_errada_volta_com_o_que_foi_escrito(client: Client, ator: Ator) -> None:
    assert ator.pessoa
    client.force_login(ator.pessoa)
    dados = {f"tipo_{tipo}": "resumo" for tipo in modelos.TIPOS} | {"quais_horas": "minhas", "de": "25h", "ate": ""}

    pagina = client.post(reverse("avisos-preferencias"), dados).content.decode()

    assert "Escreva a hora com minutos, como 21:30." in pagina
    assert "Diga a que horas o silêncio termina." in pagina
    assert 'value="25h"' in pagina
    assert consultas.preferencias_de(ator.pessoa.pk)["acesso"] == Forma.NA_HORA


def test_preferencia_guardada_vale_e_volta_escrita_no_formulario(client: Client, ator: Ator) -> None:
    assert ator.pessoa
    client.force_login(ator.pessoa)
    dados = {f"tipo_{tipo}": "resumo" for tipo in modelos.TIPOS}
    dados |= {"quais_horas": "minhas", "de": "20:00", "ate": "07:30"}

    client.post(reverse("avisos-preferencias"), dados)

    assert consultas.forma_escolhida(modelo=MODELO, pessoa_id=ator.pessoa.pk) == Forma.RESUMO
    assert str(consultas.horas_de_silencio(ator.pessoa.pk)) == "das 20:00 às 07:30"
    assert 'value="07:30"' in client.get(reverse("avisos-preferencias")).content.decode()
