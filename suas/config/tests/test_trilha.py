"""`redesuas trilha`: o que outros programas leem dele, e a saída que diz se a corrente está inteira."""

from __future__ import annotations

import json

import pytest

from suas.config import trilha
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha.models import Ato, Elo
from suas.nucleo.trilha.tests import corrente_de_teste as teste

pytestmark = pytest.mark.django_db


@pytest.fixture
def cabecas(tmp_path, capsys):
    """A corrente montada e o arquivo com a cabeça dela, nas duas formas, como se guarda fora."""
    fabricas.instalacao()
    teste.montar()
    assert trilha.main(["cabeca"]) == 0
    assert trilha.main(["cabeca", "--json"]) == 0
    arquivo = tmp_path / "cabecas.txt"
    arquivo.write_text("# de hoje\n\n" + capsys.readouterr().out, encoding="utf-8")
    return arquivo


def test_a_cabeca_diz_numero_resumo_instante_e_instalacao(cabecas) -> None:
    _, _, linha, em_json = cabecas.read_text("utf-8").splitlines()

    dados = json.loads(em_json)
    assert sorted(dados) == ["em", "instalacao", "numero", "resumo"]
    assert linha == f"redesuas-trilha {dados['numero']} {dados['resumo']} {dados['em']} Órgão de teste"


def test_inteira_sai_com_zero_e_diz_quanto_conferiu(cabecas, capsys) -> None:
    assert trilha.main(["verificar", "--cabeca", str(cabecas)]) == 0

    texto = capsys.readouterr().out
    assert texto.startswith("A corrente da trilha está inteira.")
    assert f"Elos conferidos: {Elo.objects.count()}, em " in texto
    assert "Comparada com 2 cabeças guardadas fora." in texto


def test_adulterada_sai_com_tres_e_diz_onde(cabecas, capsys) -> None:
    teste.soltar()
    ato = Ato.objects.get(ato="teste.criar")
    Ato.objects.filter(pk=ato.pk).update(motivo="outro")

    assert trilha.main(["verificar", "--json", "--cabeca", str(cabecas)]) == 3

    dados = json.loads(capsys.readouterr().out)
    assert (dados["inteira"], dados["conferidos"], dados["cabecas_conferidas"]) == (False, Elo.objects.count(), 2)
    assert {
        "tipo": "alterada",
        "onde": f"elo {ato.elo} (ato {ato.pk})",
        "mensagem": f"a linha ou o elo {ato.elo} não são os que foram lacrados",
    } in dados["quebras"]


@pytest.mark.parametrize("conteudo", ["", "redesuas-trilha 1 abc hoje\n", '{"numero": 1}\n', "qualquer coisa\n"])
def test_arquivo_que_nao_e_de_cabecas_e_uso_errado(cabecas, tmp_path, capsys, conteudo) -> None:
    arquivo = tmp_path / "outro.txt"
    arquivo.write_text(conteudo, encoding="utf-8")

    assert trilha.main(["verificar", "--cabeca", str(arquivo)]) == 2
    assert "não pude usar" in capsys.readouterr().err


def test_trocar_a_chave_sem_nada_a_trocar_diz_zero(cabecas, capsys) -> None:
    assert trilha.main(["trocar-chave"]) == 0
    assert capsys.readouterr().out.startswith("0 chaves")
