"""`instalar`: de quem é a instalação e quem a administra, sem demonstração alguma."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from demonstracao.pessoas import ENTRADAS, SENHA
from suas.config import demonstrar, instalar
from suas.nucleo.identidade.models import Instalacao, Pessoa, Vinculo

SENHA_BOA = "capivara-no-telhado-9"
AGORA = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture
def opcoes(tmp_path, federacao):
    senha = tmp_path / "senha"
    senha.write_text(f"{SENHA_BOA}\n", encoding="utf-8")
    return {
        "--esfera": "uf",
        "--codigo": "ES",
        "--orgao": "Secretaria de Assistência Social",
        "--nome": "Fulana de Tal",
        "--email": "Fulana@orgao.example",
        "--senha-em": str(senha),
    }


def executar(opcoes: dict[str, str]) -> int:
    return instalar.main([texto for par in opcoes.items() for texto in par])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("esfera", "codigo", "abrangencia", "papel"),
    [
        ("uniao", None, "BR", "administracao_federal"),
        ("uf", "ES", "32", "gestao_estadual"),
        ("uf", "32", "32", "gestao_estadual"),
        ("municipio", "3205309", "3205309", "gestao_municipal"),
    ],
)
def test_instala_com_quem_administra_no_papel_da_esfera(opcoes, esfera, codigo, abrangencia, papel):
    opcoes |= {"--esfera": esfera, "--codigo": codigo}
    if codigo is None:
        del opcoes["--codigo"]

    assert executar(opcoes) == 0

    instalacao = Instalacao.objects.get()
    assert (instalacao.abrangencia, instalacao.demonstracao) == (abrangencia, False)
    pessoa = Pessoa.objects.get()
    assert pessoa.email == "fulana@orgao.example"
    assert pessoa.check_password(SENHA_BOA)
    vinculo = Vinculo.objects.get(pessoa=pessoa)
    assert (vinculo.papel_codigo, vinculo.abrangencia) == (papel, abrangencia)


@pytest.mark.django_db
def test_instalar_de_novo_nao_muda_nada(opcoes, capsys):
    executar(opcoes)

    assert executar(opcoes | {"--orgao": "Outro órgão"}) == 0

    assert "Já há uma instalação, de “Secretaria de Assistência Social” (abrangência 32)" in capsys.readouterr().out
    assert Pessoa.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mudanca", "fala"),
    [
        pytest.param({"--codigo": "99"}, "“99” não é código nem sigla de UF", id="UF que não existe"),
        pytest.param(
            {"--esfera": "municipio", "--codigo": "320530"}, "“320530” não é código de município", id="seis algarismos"
        ),
        pytest.param({"--esfera": "uniao"}, "a União não tem código do IBGE; veio ES", id="União com código"),
        pytest.param({"--email": "fulana"}, "“fulana” não é um e-mail", id="e-mail"),
        pytest.param({"--email": ENTRADAS[0].email}, "é entrada da demonstração", id="e-mail da demonstração"),
        pytest.param({"--orgao": " "}, "informe o nome do órgão", id="órgão vazio"),
    ],
)
def test_opcao_que_nao_serve_e_recusada_sem_instalar_nada(opcoes, mudanca, fala, capsys):
    assert executar(opcoes | mudanca) == 1

    assert fala in capsys.readouterr().err
    assert not Instalacao.objects.exists()
    assert not Pessoa.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("senha", "fala"),
    [("curta", "faltam 5"), ("1234567890", "mais usadas"), (SENHA, "senha da demonstração"), ("", "faltam 10")],
)
def test_senha_fraca_ou_conhecida_e_recusada(opcoes, tmp_path, senha, fala, capsys):
    (tmp_path / "senha").write_text(senha, encoding="utf-8")

    assert executar(opcoes) == 1

    assert fala in capsys.readouterr().err
    assert not Instalacao.objects.exists()


def test_sem_terminal_diz_tudo_o_que_faltou(opcoes, capsys):
    del opcoes["--codigo"], opcoes["--senha-em"]

    assert executar(opcoes) == 2

    assert "faltou informar: --codigo, --senha-em." in capsys.readouterr().err


@pytest.mark.django_db
def test_pergunta_no_terminal_e_repete_o_que_nao_serviu(monkeypatch, capsys):
    respostas = iter(["federal", "uf", "XX", "ES", "Secretaria", "Fulana", "fulana", "fulana@orgao.example"])
    senhas = iter(["curta", SENHA_BOA, "diferente", SENHA_BOA, SENHA_BOA])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: next(respostas))
    monkeypatch.setattr("getpass.getpass", lambda _: next(senhas))

    assert instalar.main([]) == 0

    saida = capsys.readouterr().out
    assert "“federal” não é uma esfera" in saida
    assert "“XX” não é código nem sigla" in saida
    assert "As duas não são iguais" in saida
    assert Pessoa.objects.get().check_password(SENHA_BOA)


@pytest.mark.django_db
def test_demonstracao_nao_vira_instalacao_de_verdade(opcoes, capsys):
    Instalacao.objects.create(orgao="Demonstração", abrangencia="BR", demonstracao=True)

    assert executar(opcoes) == 1

    assert "este banco é o de uma demonstração" in capsys.readouterr().err


@pytest.mark.django_db
def test_subir_nao_mexe_em_instalacao_de_verdade(opcoes):
    executar(opcoes)

    assert "é de “Secretaria de Assistência Social” e não é de demonstração" in (demonstrar.recusa() or "")


@pytest.mark.django_db
def test_entrada_da_demonstracao_nao_entra_em_instalacao_de_verdade(opcoes, client):
    executar(opcoes)
    pessoa = Pessoa.objects.criar(email=ENTRADAS[0].email, nome="Demonstração", senha=SENHA)
    Pessoa.objects.filter(pk=pessoa.pk).update(de_demonstracao=True)

    resposta = client.post("/entrar/", {"login": ENTRADAS[0].email, "password": SENHA})

    assert resposta.status_code == 200
    assert "O e-mail e a senha não combinam" in resposta.content.decode()
    assert "_auth_user_id" not in client.session
