"""O exame por um ClamAV de verdade, com uma assinatura inventada no lugar da base de vírus."""

import shutil
import socket
import subprocess
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from suas.nucleo.documentos import acoes, consultas, rotinas
from suas.nucleo.documentos.entrega import como_arquivo
from suas.nucleo.documentos.models import Documento
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
LIMPO = b"%PDF-1.4 resolucao inventada"
MARCA = b"assinatura inventada para os testes do redesuas"
INFECTADO = LIMPO + MARCA


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """Os dois endereços, local e de rede, de um clamd que só conhece a nossa assinatura."""
    pasta = tmp_path_factory.mktemp("clamd")
    with socket.create_server(("127.0.0.1", 0)) as livre:
        porta = livre.getsockname()[1]
    (pasta / "base").mkdir()
    (pasta / "base/teste.ndb").write_text(f"Inventado.Teste:0:*:{MARCA.hex()}\n")
    (pasta / "clamd.conf").write_text(
        f"DatabaseDirectory {pasta}/base\nLocalSocket {pasta}/ctl\nForeground yes\nLogFile {pasta}/log\n"
        f"TCPSocket {porta}\nTCPAddr 127.0.0.1\n"
    )
    processo = subprocess.Popen([shutil.which("clamd") or "clamd", "--config-file", str(pasta / "clamd.conf")])
    try:
        limite = time.monotonic() + 30
        while not (pasta / "ctl").exists():
            assert processo.poll() is None and time.monotonic() < limite, (pasta / "log").read_text()
            time.sleep(0.05)
        yield {"local": str(pasta / "ctl"), "rede": f"127.0.0.1:{porta}"}
    finally:
        processo.kill()
        processo.wait()


@pytest.fixture(autouse=True)
def pasta_propria(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def guardar(conteudo=LIMPO):
    return acoes.guardar(
        arquivo=SimpleUploadedFile("resolucao.pdf", conteudo),
        sigilo=Sigilo.PUBLICO,
        abrangencia="32",
        por=fabricas.ator(),
        em=fabricas.AGORA,
    )


def sai(documento):
    return como_arquivo(documento, ator=ATOR_PUBLICO, publicado=True).status_code == 200


@pytest.mark.antivirus
@pytest.mark.parametrize("por_onde", ["local", "rede"])
def test_o_limpo_e_guardado_com_o_exame(settings, clamd, por_onde):
    settings.ANTIVIRUS = clamd[por_onde]

    documento = guardar()

    exame = documento.exames.get()
    assert exame.base.startswith("ClamAV")
    assert consultas.situacao_do_exame(documento) == "antivírus: sem nada suspeito"
    assert sai(documento)


@pytest.mark.antivirus
def test_o_infectado_e_recusado_com_o_nome_do_achado(settings, clamd):
    settings.ANTIVIRUS = clamd["local"]

    with pytest.raises(acoes.DocumentoRecusado, match=r"achou Inventado\.Teste\S* em “resolucao.pdf”"):
        guardar(INFECTADO)

    assert not Documento.objects.exists()


def test_sem_antivirus_a_tela_diz_que_nao_ha(settings):
    settings.ANTIVIRUS = ""

    documento = guardar(INFECTADO)

    assert consultas.situacao_do_exame(documento) == "antivírus: não há nesta instalação"
    assert sai(documento)
    assert rotinas.examinar(fabricas.AGORA) == "Não há antivírus nesta instalação."


def test_antivirus_mudo_guarda_mas_nao_entrega(settings, tmp_path, caplog):
    settings.ANTIVIRUS = str(tmp_path / "ninguem")

    documento = guardar()

    assert consultas.situacao_do_exame(documento) == "antivírus: espera o exame"
    with pytest.raises(PermissionDenied, match="ainda não passou pelo antivírus"):
        sai(documento)
    assert "não respondeu" in caplog.text


@pytest.mark.antivirus
def test_o_que_esperava_e_examinado_depois_e_o_infectado_deixa_de_sair(settings, clamd):
    settings.ANTIVIRUS = ""
    limpo, infectado = guardar(), guardar(INFECTADO)
    settings.ANTIVIRUS = clamd["local"]

    assert rotinas.examinar(fabricas.AGORA) == "2 examinados, 1 com código malicioso, 0 à espera."

    assert sai(limpo)
    with pytest.raises(PermissionDenied, match=r"achou Inventado\.Teste"):
        sai(infectado)
    assert Ato.objects.filter(ato="documentos.examinar").count() == 2
    assert rotinas.examinar(fabricas.AGORA).startswith("0 examinados")


@pytest.mark.antivirus
def test_endereco_de_rede_em_que_ninguem_atende_e_silencio(settings, clamd):
    """Um endereço de rede em que ninguém atende é silêncio, não falha do envio."""
    settings.ANTIVIRUS = "127.0.0.1:1"

    documento = guardar()
    assert not documento.exames.exists()

    settings.ANTIVIRUS = clamd["local"]
    assert rotinas.examinar(fabricas.AGORA).startswith("1 examinados")
