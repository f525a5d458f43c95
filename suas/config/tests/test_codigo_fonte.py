import io
import shutil
import subprocess
import tarfile

import pytest
from django.conf import settings as ajustes
from django.urls import reverse

from suas.config.codigo_fonte import DO_PROJETO, empacotar


def empacotados(raiz, destino):
    empacotar(raiz=raiz, destino=destino)
    with tarfile.open(destino) as pacote:
        return {membro.name.removeprefix("redesuas/") for membro in pacote if membro.isfile()}


def test_o_pacote_leva_o_codigo_e_deixa_o_que_e_da_instalacao(tmp_path, settings):
    raiz = tmp_path / "projeto"
    for caminho in (
        "normas/regra.py",
        "suas/cadastros/territorio/dados/municipios.csv",
        ".ci/run",
        "dados/redesuas.sqlite3",
        ".venv/bin/python",
        ".env",
        "ajustes.env",
        "copia.tar",
        "implantacao/copia.tar",
        "suas/banco.sqlite3-wal",
        "normas/__pycache__/x.pyc",
        "suas/.rascunho.py",
        "suas/instalacao/chave.txt",
    ):
        (raiz / caminho).parent.mkdir(parents=True, exist_ok=True)
        (raiz / caminho).write_text("x")
    (raiz / "docs").symlink_to(tmp_path)
    settings.DADOS = raiz / "suas" / "instalacao"

    arquivos = empacotados(raiz, tmp_path / "saida.tar.gz")

    assert arquivos == {"normas/regra.py", "suas/cadastros/territorio/dados/municipios.csv", ".ci/run"}


def test_nada_do_projeto_fica_fora_do_pacote(tmp_path):
    git = shutil.which("git")
    if git is None or not (ajustes.RAIZ / ".git").exists():
        pytest.skip("sem git não se sabe o que é do projeto")
    saida = subprocess.run([git, "ls-files", "-z"], cwd=ajustes.RAIZ, capture_output=True, text=True, check=True).stdout
    do_projeto = {caminho for caminho in saida.split("\0") if caminho and (ajustes.RAIZ / caminho).is_file()}

    assert {caminho.split("/")[0] for caminho in do_projeto} == DO_PROJETO
    assert do_projeto <= empacotados(ajustes.RAIZ, tmp_path / "saida.tar.gz")


@pytest.mark.django_db
def test_quem_usa_pela_rede_baixa_o_codigo_que_o_rodape_aponta(client):
    endereco = reverse("codigo-fonte")
    assert f'href="{endereco}"' in client.get(reverse("inicio")).content.decode()

    resposta = client.get(endereco)

    with tarfile.open(fileobj=io.BytesIO(b"".join(resposta.streaming_content))) as pacote:
        nomes = set(pacote.getnames())
    assert {"redesuas/LICENSE", "redesuas/suas/config/codigo_fonte.py", "redesuas/normas/partilha/calculo.py"} <= nomes
    assert not any("/dados/redesuas" in nome or nome.endswith("/chave.txt") for nome in nomes)
