import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from suas.nucleo.documentos import acoes
from suas.nucleo.documentos.consultas import tipo_pelo_conteudo
from suas.nucleo.documentos.entrega import como_arquivo
from suas.nucleo.documentos.models import Documento
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.identidade.tests import fabricas

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\nconteudo de teste"


@pytest.fixture(autouse=True)
def pasta_propria(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def guardar(conteudo=PDF, nome="resolucao.pdf", sigilo=Sigilo.PUBLICO, abrangencia="32"):
    return acoes.guardar(
        arquivo=SimpleUploadedFile(nome, conteudo),
        sigilo=sigilo,
        abrangencia=abrangencia,
        por=fabricas.ator(),
        em=fabricas.AGORA,
    )


def test_documento_guarda_o_resumo_e_o_tipo_do_conteudo():
    documento = guardar()

    assert documento.sha256 == hashlib.sha256(PDF).hexdigest()
    assert documento.tipo == "application/pdf"
    assert documento.arquivo.read() == PDF


@pytest.mark.parametrize(
    "conteudo, nome, motivo",
    [
        pytest.param(b"", "vazio.pdf", "está vazio", id="vazio"),
        pytest.param(b"<html><script>", "disfarce.pdf", "não é PDF, PNG ou JPEG", id="outro tipo com nome de PDF"),
        pytest.param(PDF + b"0" * (10 * 1024 * 1024), "grande.pdf", "10,0 MB; o limite é 10 MB", id="grande demais"),
    ],
)
def test_documento_que_nao_serve_e_recusado_com_o_motivo(conteudo, nome, motivo):
    with pytest.raises(acoes.DocumentoRecusado, match=motivo):
        guardar(conteudo, nome)

    assert not Documento.objects.exists()


@pytest.mark.parametrize(
    "inicio, tipo",
    [(b"%PDF-1.7", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg")],
)
def test_tipo_vem_dos_primeiros_bytes(inicio, tipo):
    assert tipo_pelo_conteudo(inicio) == tipo


def test_documento_sai_sempre_como_arquivo_que_o_navegador_nao_executa():
    resposta = como_arquivo(guardar())

    assert resposta["Content-Disposition"] == 'attachment; filename="resolucao.pdf"'
    assert resposta["Content-Type"] == "application/pdf"
    assert "sandbox" in resposta["Content-Security-Policy"]
    assert b"".join(resposta.streaming_content) == PDF


def test_o_banco_recusa_trocar_o_conteudo_de_um_documento():
    documento = guardar()

    with pytest.raises(DatabaseError, match="nao muda nem se apaga"), transaction.atomic():
        Documento.objects.filter(pk=documento.pk).update(sha256="0" * 64)
