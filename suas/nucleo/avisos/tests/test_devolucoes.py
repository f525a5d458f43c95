"""Devoluções do correio: de que mensagem são, se são para valer, e o que muda para quem não recebe."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper

import pytest
from django.conf import LazySettings

from suas.config import correio as comando
from suas.nucleo.avisos import consultas, correio, devolucoes
from suas.nucleo.avisos.acoes import devolucao, mensagens, preferencias
from suas.nucleo.avisos.models import Aviso, Estado, Mensagem
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator

pytestmark = pytest.mark.django_db
AGORA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
DSN = """\
From: MAILER-DAEMON@mx.x.example
To: {retorno}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain; charset=us-ascii

The mail system could not deliver your message.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.x.example
Arrival-Date: Mon, 23 Nov 2026 12:00:00 -0300

Final-Recipient: rfc822; ana@x.example
Action: {acao}
Status: {estado}
Diagnostic-Code: smtp; {explicacao}

--=_b
Content-Type: text/rfc822-headers

From: avisos@suas.example
To: ana@x.example
Message-ID: {numero}

--=_b--
"""


@pytest.fixture(autouse=True)
def _ajustes(settings: LazySettings) -> None:
    settings.CORREIO_RETORNO = "devolucoes@suas.example"
    settings.CORREIO_SMTP = "smtp://127.0.0.1:1?tls=nao"


@pytest.fixture
def enviada() -> Mensagem:
    pessoa = fabricas.pessoa_com_vinculo()
    mensagem = mensagens.criar(
        titular=pessoa.pk, pessoa_id=pessoa.pk, email=pessoa.email, assunto="A", corpo="B", reservada=False,
        nao_antes_de=AGORA, em=AGORA,
    )  # fmt: skip
    Mensagem.objects.filter(pk=mensagem.pk).update(estado=Estado.ENVIADA, nao_antes_de=None)
    return mensagem


def dsn(mensagem: Mensagem, **mudado: str) -> bytes:
    campos = {
        "retorno": correio.retorno_de(mensagem.pk),
        "numero": "<outra@suas.example>",
        "acao": "failed",
        "estado": "5.1.1",
        "explicacao": "550 5.1.1 User unknown",
    }
    return DSN.format(**(campos | mudado)).replace("\n", "\r\n").encode()


def receber(cru: bytes) -> Mensagem:
    return devolucao.receber(devolucao=devolucoes.ler(cru), por=ATOR_PUBLICO, em=AGORA)


def test_devolucao_definitiva_suspende_o_endereco_e_a_pessoa_ve_no_sistema(enviada: Mensagem) -> None:
    devolvida = receber(dsn(enviada))

    assert devolvida.estado == Estado.DEVOLVIDA
    assert "User unknown" in devolvida.resposta
    assert consultas.devolvido(enviada.email.upper()) is not None
    aviso = Aviso.objects.get(pessoa=enviada.pessoa)
    assert enviada.email in aviso.titulo
    assert aviso.mensagem is not None
    assert aviso.mensagem.estado == Estado.SUPRIMIDA


def test_a_mesma_devolucao_duas_vezes_nao_avisa_duas_vezes(enviada: Mensagem) -> None:
    receber(dsn(enviada))
    receber(dsn(enviada))

    assert Aviso.objects.count() == 1


@pytest.mark.parametrize("estado", ["5.2.2", "5.7.1", "4.4.7"])
def test_falha_que_nao_e_do_endereco_devolve_a_mensagem_e_nao_o_suspende(enviada: Mensagem, estado: str) -> None:
    devolvida = receber(dsn(enviada, estado=estado))

    assert devolvida.estado == Estado.DEVOLVIDA
    assert consultas.devolvido(enviada.email) is None


def test_aviso_de_demora_nao_muda_nada(enviada: Mensagem) -> None:
    assert receber(dsn(enviada, acao="delayed", estado="4.4.1")).estado == Estado.ENVIADA


def test_sem_o_endereco_de_retorno_vale_o_numero_da_original(enviada: Mensagem) -> None:
    cru = dsn(enviada, retorno="postmaster@suas.example", numero=correio.identificador_de(enviada.pk))

    assert receber(cru).pk == enviada.pk


def test_devolucao_forjada_ou_de_outra_casa_nao_marca_nada(enviada: Mensagem) -> None:
    certo = correio.retorno_de(enviada.pk)
    selo = certo.split(".")[1].split("@")[0]

    for retorno in (certo.replace(selo, "0" * 12), "outra@suas.example"):
        with pytest.raises(devolucoes.NaoEDevolucao, match="não é de uma mensagem"):
            devolucoes.ler(dsn(enviada, retorno=retorno))


@pytest.mark.parametrize(
    "cru", [b"", b"\xff\xfe\x00", b"From: a@x.example\r\n\r\nOi", b"Content-Type: multipart/report"]
)
def test_o_que_nao_e_devolucao_e_recusado_em_palavras(cru: bytes) -> None:
    with pytest.raises(devolucoes.NaoEDevolucao, match="estado da entrega"):
        devolucoes.ler(cru)


@pytest.mark.parametrize(
    "cru",
    [
        b"Content-Type: message/rfc822\r\n\r\n" * 5000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 5000 + b"--b--\r\n",
    ],
    ids=["uma dentro da outra", "muitas"],
)
def test_bomba_de_partes_e_recusada_em_palavras(cru: bytes) -> None:
    with pytest.raises(devolucoes.NaoEDevolucao, match="partes"):
        devolucoes.ler(cru)


def test_liberado_pela_propria_pessoa_o_endereco_volta_a_receber(enviada: Mensagem) -> None:
    receber(dsn(enviada))
    pessoa = enviada.pessoa
    assert pessoa is not None
    ator = Ator(pessoa=pessoa, vinculo=None, papel=ATOR_PUBLICO.papel, abrangencia="")

    assert preferencias.liberar_endereco(por=ator, em=AGORA) is True
    assert preferencias.liberar_endereco(por=ator, em=AGORA) is False
    assert consultas.devolvido(enviada.email) is None


def test_o_comando_diz_o_que_fez_e_recusa_o_que_nao_conhece(
    enviada: Mensagem, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def rodar(cru: bytes) -> int:
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(cru)))
        return comando.main(["devolucao"])

    feita, recusada = rodar(dsn(enviada)), rodar(b"Oi")

    saida = capsys.readouterr()
    assert (feita, recusada) == (0, 3)
    assert "devolvida (5.1.1" in saida.out
    assert "estado da entrega" in saida.err
