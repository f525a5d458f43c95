import pytest

from suas.cadastros.territorio.models import Populacao
from suas.config import importar

pytestmark = pytest.mark.django_db


@pytest.fixture
def arquivo(tmp_path, federacao):
    return tmp_path / "censo.csv"


def executar(arquivo):
    return importar.populacao(["--arquivo", str(arquivo), "--ano", "2022", "--tipo", "censo", "--fonte", "IBGE, Censo"])


def test_importa_a_populacao_e_repetir_nao_muda_nada(arquivo, capsys):
    arquivo.write_text("codigo_ibge,populacao\n3205309,322869\n3200102,30684\n")

    assert executar(arquivo) == 0
    assert "2 novas, 0 mudadas, 0 iguais" in capsys.readouterr().out
    vitoria = Populacao.objects.get(municipio_id="3205309", ano=2022)
    assert (vitoria.habitantes, vitoria.tipo, vitoria.fonte) == (322869, "censo", "IBGE, Censo")

    assert executar(arquivo) == 0
    assert "0 novas, 0 mudadas, 2 iguais" in capsys.readouterr().out


def test_arquivo_com_faltas_diz_cada_uma_e_nao_grava(arquivo, capsys):
    arquivo.write_text("codigo_ibge,populacao\n32053,322869\n3200102,muita gente\n")

    assert executar(arquivo) == 3

    faltas = capsys.readouterr().err.splitlines()
    assert faltas[0].startswith("linha 2, coluna codigo_ibge: ")
    assert faltas[1].startswith("linha 3, coluna populacao: ")
    assert not Populacao.objects.filter(ano=2022).exists()


def test_arquivo_que_nao_existe_e_uso_errado(tmp_path, capsys):
    assert executar(tmp_path / "nada.csv") == 2
    assert "nada.csv" in capsys.readouterr().err
