import io
import tarfile

import pytest
from django.urls import reverse

from suas.config.codigo_fonte import empacotar


def test_o_pacote_leva_o_codigo_e_deixa_dados_e_ambiente(tmp_path, settings):
    raiz = tmp_path / "projeto"
    for caminho in (
        "normas/regra.py",
        ".ci/run",
        "dados/redesuas.sqlite3",
        ".venv/bin/python",
        "normas/__pycache__/x.pyc",
    ):
        (raiz / caminho).parent.mkdir(parents=True, exist_ok=True)
        (raiz / caminho).write_text("x")
    (raiz / "guardados").mkdir()
    (raiz / "guardados" / "chave.txt").write_text("segredo")
    settings.DADOS = raiz / "guardados"

    empacotar(raiz=raiz, destino=tmp_path / "saida.tar.gz")

    with tarfile.open(tmp_path / "saida.tar.gz") as pacote:
        arquivos = {membro.name for membro in pacote if membro.isfile()}
    assert arquivos == {"redesuas/normas/regra.py", "redesuas/.ci/run"}


@pytest.mark.django_db
def test_quem_usa_pela_rede_baixa_o_codigo_que_o_rodape_aponta(client):
    endereco = reverse("codigo-fonte")
    assert f'href="{endereco}"' in client.get(reverse("inicio")).content.decode()

    resposta = client.get(endereco)

    with tarfile.open(fileobj=io.BytesIO(b"".join(resposta.streaming_content))) as pacote:
        nomes = set(pacote.getnames())
    assert {"redesuas/LICENSE", "redesuas/suas/config/codigo_fonte.py", "redesuas/normas/partilha/calculo.py"} <= nomes
    assert not any("/dados/redesuas" in nome or "chave" in nome for nome in nomes)
