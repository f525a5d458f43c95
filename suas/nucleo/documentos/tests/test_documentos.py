import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from suas.nucleo.documentos import acoes
from suas.nucleo.documentos.consultas import tipo_pelo_conteudo
from suas.nucleo.documentos.entrega import ArquivoAlterado, como_arquivo
from suas.nucleo.documentos.models import Documento
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO

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
    resposta = como_arquivo(guardar(), ator=ATOR_PUBLICO, publicado=True)

    assert resposta["Content-Disposition"] == 'attachment; filename="resolucao.pdf"'
    assert resposta["Content-Type"] == "application/pdf"
    assert "sandbox" in resposta["Content-Security-Policy"]
    assert b"".join(resposta.streaming_content) == PDF


def test_o_banco_recusa_trocar_o_conteudo_de_um_documento():
    documento = guardar()

    with pytest.raises(DatabaseError, match="nao muda nem se apaga"), transaction.atomic():
        Documento.objects.filter(pk=documento.pk).update(sha256="0" * 64)


def test_o_restrito_so_sai_para_quem_entrou_ou_depois_de_publicado():
    documento = guardar(sigilo=Sigilo.RESTRITO)

    with pytest.raises(PermissionDenied, match="entre para o ler"):
        como_arquivo(documento, ator=ATOR_PUBLICO, publicado=False)
    assert como_arquivo(documento, ator=ATOR_PUBLICO, publicado=True).status_code == 200
    assert como_arquivo(documento, ator=fabricas.ator(), publicado=False)["Cache-Control"] == "private, no-store"


def test_arquivo_mudado_no_disco_nao_e_entregue_e_a_conferencia_o_acusa(caplog):
    integro, mudado, sumido = guardar(), guardar(), guardar()
    Path(mudado.arquivo.path).write_bytes(PDF + b"%")
    sumido.arquivo.storage.delete(sumido.arquivo.name)

    with pytest.raises(ArquivoAlterado, match=str(mudado.pk)):
        como_arquivo(mudado, ator=ATOR_PUBLICO, publicado=True)
    assert acoes.conferir_arquivos() == "3 documentos conferidos, 2 não conferem."
    assert f"{mudado.pk} mudou no disco" in caplog.text
    assert f"{sumido.pk} não está no disco" in caplog.text
    assert str(integro.pk) not in caplog.text


def test_nome_hostil_vira_so_um_nome_de_arquivo():
    resposta = como_arquivo(guardar(nome='../../etc/a"\r\nX: y.pdf'), ator=ATOR_PUBLICO, publicado=True)

    assert "\n" not in resposta["Content-Disposition"]
    assert "/" not in resposta["Content-Disposition"].partition("filename")[2].replace("%2F", "")
    assert "X" not in resposta.headers
