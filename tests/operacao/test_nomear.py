"""`nomear`: quem opera o servidor dá um papel quando não há no sistema quem o dê."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from suas.config import instalar, nomear
from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.models import Convite, Passagem, Pessoa, Vinculo
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
SENHA = "capivara-no-telhado-9"
VITORIA = "3205309"


@pytest.fixture(scope="module")
def senha(tmp_path_factory):
    arquivo = tmp_path_factory.mktemp("senha") / "senha"
    arquivo.write_text(f"{SENHA}\n", encoding="utf-8")
    return str(arquivo)


@pytest.fixture(autouse=True, scope="module")
def instalacao_municipal(federacao, senha):
    """Feita uma vez para o arquivo; cada teste desfaz o seu."""
    pedido = ["--esfera", "municipio", "--codigo", VITORIA, "--orgao", "Secretaria de Vitória"]
    assert instalar.main([*pedido, "--nome", "Titular", "--email", "titular@orgao.example", "--senha-em", senha]) == 0


def executar(*mais: str, **mudancas: str) -> int:
    opcoes = {
        "email": "presidente@cmas.example",
        "nome": "Presidente do Exemplo",
        "papel": "presidencia_conselho",
        "abrangencia": VITORIA,
        "orgao": "CMAS de Vitória/ES",
    } | mudancas
    return nomear.main([*(parte for nome, valor in opcoes.items() for parte in (f"--{nome}", valor)), *mais])


def endereco(saida: str) -> str:
    achado = re.search(r"/convite/\S+", saida)
    assert achado, saida
    return achado[0]


def test_quem_nao_tem_entrada_aceita_pelo_endereco_impresso(capsys):
    assert executar() == 0
    caminho = endereco(capsys.readouterr().out)

    navegador = Client()
    aceita = navegador.post(caminho, {"nome": "Presidente", "password1": SENHA, "password2": SENHA}, follow=True)

    assert aceita.status_code == 200
    vinculo = Vinculo.objects.get(papel_codigo="presidencia_conselho")
    assert (vinculo.pessoa.email, vinculo.abrangencia) == ("presidente@cmas.example", VITORIA)
    assert Ato.objects.get(ato="identidade.convidar").pessoa_id is None


def test_repetir_da_outro_endereco_ao_convite_que_espera(capsys):
    executar()
    primeiro = endereco(capsys.readouterr().out)

    assert executar() == 0
    segundo = endereco(capsys.readouterr().out)

    assert Convite.objects.count() == 1
    assert [Client().get(caminho).status_code for caminho in (primeiro, segundo)] == [404, 200]


def test_com_senha_a_entrada_nasce_na_hora_e_repetir_nao_muda_nada(senha, capsys):
    assert executar("--senha-em", senha) == 0
    assert executar() == 0

    assert Vinculo.objects.filter(pessoa__email="presidente@cmas.example").count() == 1
    assert Pessoa.objects.get(email="presidente@cmas.example").check_password(SENHA)
    assert "é Presidência do conselho, CMAS de Vitória/ES" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("mudancas", "fala"),
    [
        pytest.param({"abrangencia": "Vitória"}, "não é BR, código ou sigla de UF", id="território escrito"),
        pytest.param({"abrangencia": "ES"}, "fora da abrangência desta instalação", id="acima da instalação"),
        pytest.param({"email": "presidente"}, "não é um e-mail", id="e-mail"),
        pytest.param({"nome": " "}, "diga o nome", id="sem nome"),
        pytest.param({"papel": "gestao_municipal"}, "Titular é um só", id="segundo titular"),
        pytest.param({"papel": "gestao_estadual"}, "não existe nessa esfera", id="papel de outra esfera"),
    ],
)
def test_o_que_nao_serve_e_recusado_dizendo_por_que_e_nada_fica(mudancas, fala, senha, capsys):
    assert executar("--senha-em", senha, **mudancas) == 1

    assert fala in capsys.readouterr().err
    assert (Pessoa.objects.count(), Convite.objects.count()) == (1, 0)


@pytest.mark.parametrize("com_senha", [True, False], ids=["com entrada na hora", "por convite"])
def test_o_titular_que_sumiu_e_trocado_por_quem_opera_o_servidor(com_senha, senha, capsys):
    sai = Vinculo.objects.get(papel_codigo="gestao_municipal")
    mais = ["--no-lugar-do-titular", "Exonerado em 20/11"] + (["--senha-em", senha] if com_senha else [])

    assert executar(*mais, email="nova@orgao.example", papel="gestao_municipal", orgao="Secretaria de Vitória") == 0
    saida = capsys.readouterr().out
    if not com_senha:
        Client().post(endereco(saida), {"nome": "Nova Titular", "password1": SENHA, "password2": SENHA})

    sai.refresh_from_db()
    assert not consultas.vinculos_vigentes(sai.pessoa, em=sai.ate).exists()
    entra = Vinculo.objects.get(papel_codigo="gestao_municipal", ate=None)
    assert (entra.pessoa.email, entra.desde) == ("nova@orgao.example", sai.ate)
    assert Passagem.objects.get().motivo == "Exonerado em 20/11"
    assert "O mandato de Titular terminou hoje." in saida


def test_so_se_troca_titular_que_ha(capsys):
    assert executar("--no-lugar-do-titular", "Renúncia") == 1
    assert "nomeie sem --no-lugar-do-titular" in capsys.readouterr().err
    assert executar("--no-lugar-do-titular", "x", papel="conselheiro") == 1
    assert "não é titularidade" in capsys.readouterr().err
