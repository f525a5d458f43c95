"""A linha de comando: ajuda, recusas em português e comandos da lei sem carregar a plataforma."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from suas.config import comandos
from suas.config.argumentos import Analisador, em_portugues, porta
from tests.operacao.processos import RAIZ, ambiente, redesuas


def test_a_ajuda_lista_todos_os_comandos_com_uma_linha_cada(capsys):
    assert comandos.main(["ajuda"]) == 0

    saida = capsys.readouterr().out
    for comando in comandos.COMANDOS.values():
        assert re.search(rf"^  {comando.nome} {{2,}}{re.escape(comando.resumo)}$", saida, re.MULTILINE)


@pytest.mark.parametrize("comando", comandos.COMANDOS.values(), ids=lambda c: c.nome)
def test_todo_comando_aponta_para_uma_funcao_que_existe(comando):
    assert callable(comando.funcao())


def test_comando_desconhecido_sugere_o_parecido_e_sai_com_dois(capsys):
    assert comandos.main(["subri"]) == 2

    assert "não há o comando “subri”. Seria “subir”?" in capsys.readouterr().err


@pytest.mark.parametrize("nome", ["partilha", "porte"])
def test_comandos_da_lei_nao_carregam_o_django(nome):
    programa = (
        "import sys; from suas.config.comandos import COMANDOS; "
        f"COMANDOS[{nome!r}].funcao(); sys.exit('django' in sys.modules)"
    )

    feito = subprocess.run([sys.executable, "-P", "-c", programa], env=ambiente(), check=False)

    assert feito.returncode == 0


@pytest.mark.parametrize("nome", ["subir", "servir", "instalar", "copia", "restaurar", "migrar", "trabalhador"])
def test_a_ajuda_de_cada_comando_e_em_portugues(nome, capsys):
    with pytest.raises(SystemExit) as saida:
        comandos.main([nome, "--ajuda"])

    texto = capsys.readouterr().out
    assert saida.value.code == 0
    assert texto.startswith(f"uso: ./redesuas {nome}")
    assert "usage" not in texto
    assert "show this help" not in texto


@pytest.mark.parametrize(
    ("argumentos", "fala"),
    [
        pytest.param(["--porta", "80800"], "80800 não é uma porta; use um número de 1 a 65535", id="porta alta"),
        pytest.param(["--porta", "oito"], "oito não é uma porta", id="porta em letras"),
        pytest.param(["--porta"], "a opção --porta pede um valor", id="sem valor"),
        pytest.param(["--prota", "1"], "não conheço: --prota 1", id="opção desconhecida"),
        pytest.param(["--cor", "azul"], "a opção --cor não aceita 'azul'; aceita: 'verde'", id="valor fora da lista"),
    ],
)
def test_uso_errado_sai_com_dois_e_diz_o_que_fazer(argumentos, fala, capsys):
    analisador = Analisador(comando="exemplo", descricao="Exemplo.")
    analisador.add_argument("--porta", type=porta)
    analisador.add_argument("--cor", choices=["verde"])

    with pytest.raises(SystemExit) as saida:
        analisador.parse_args(argumentos)

    erro = capsys.readouterr().err
    assert saida.value.code == 2
    assert fala in erro
    assert "./redesuas exemplo --ajuda" in erro


def test_o_que_falta_e_dito_pelo_nome():
    assert em_portugues("the following arguments are required: --saida") == "faltou informar: --saida"


def test_leitor_que_vai_embora_nao_vira_erro():
    feito = subprocess.run(
        ["/bin/sh", "-c", '"$0" -P -m suas.config.comandos ajuda | true', sys.executable],
        env=ambiente(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Traceback" not in feito.stderr


def test_conferencia_desconhecida_lista_as_que_ha():
    feito = redesuas("conferir", "ortografia")

    assert feito.returncode == 2
    assert "não há a conferência “ortografia”. Há: estilo, tipos, importacoes, migracoes, dependencias." in feito.stderr


@pytest.fixture
def copia_do_projeto(tmp_path: Path) -> Path:
    """O bastante do projeto para o preparador, numa pasta cujo nome tem espaço."""
    pasta = tmp_path / "rede suas"
    (pasta / "suas/config").mkdir(parents=True)
    for arquivo in ("redesuas", "suas/__init__.py", "suas/config/__init__.py", "suas/config/comandos.py"):
        shutil.copy(RAIZ / arquivo, pasta / arquivo)
    return pasta


def test_a_ajuda_funciona_antes_de_instalar_de_qualquer_pasta(copia_do_projeto, tmp_path):
    feito = subprocess.run(
        [copia_do_projeto / "redesuas"],
        cwd=tmp_path,
        env=ambiente(HOME=None),
        capture_output=True,
        text=True,
        check=False,
    )

    assert feito.returncode == 0, feito.stderr
    assert feito.stdout.startswith("Rede SUAS aberta")
    assert not (copia_do_projeto / ".venv").exists()


def test_sem_python_que_sirva_diz_o_que_instalar(copia_do_projeto, tmp_path):
    programas = tmp_path / "programas"
    programas.mkdir()
    for nome in ("sh", "dirname", "cat", "cksum", "date"):
        (programas / nome).symlink_to(shutil.which(nome) or "")

    feito = subprocess.run(
        [copia_do_projeto / "redesuas", "subir"],
        env={"PATH": str(programas), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert feito.returncode == 1
    assert "é preciso ter Python 3.11 ou mais novo" in feito.stderr
    assert "apt install python3.11 python3.11-venv" in feito.stderr
    assert feito.stdout == ""


@pytest.mark.parametrize(
    ("nome_do_ajuste", "valor"),
    [
        pytest.param("PYTHONDONTWRITEBYTECODE", "1", id="guarda o compilado mesmo onde o ambiente pede que não"),
        pytest.param("UV_CACHE_DIR", "", id="reserva de pacotes vazia vale como ausente"),
    ],
)
def test_o_preparador_tira_o_ajuste_que_o_atrapalha(copia_do_projeto, nome_do_ajuste, valor):
    for nome in ("requirements-uv.lock", "requirements.lock", "pyproject.toml"):
        (copia_do_projeto / nome).touch()
    python = copia_do_projeto / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nprintf "[%s]" "${{{nome_do_ajuste}-nada}}"\n', encoding="utf-8")
    python.chmod(0o755)
    carimbo = subprocess.run(["cksum"], input=bytes(copia_do_projeto), capture_output=True, check=True).stdout
    (copia_do_projeto / ".venv/carimbo.requirements.lock").write_bytes(carimbo)

    feito = subprocess.run(
        [copia_do_projeto / "redesuas", "porte"],
        env=ambiente(**{nome_do_ajuste: valor}),
        capture_output=True,
        text=True,
        check=False,
    )

    assert feito.stdout == "[nada]", feito.stderr


def test_o_preparador_e_executavel_e_sh_puro():
    preparador = RAIZ / "redesuas"

    assert os.access(preparador, os.X_OK)
    assert subprocess.run(["/bin/sh", "-n", preparador], check=False).returncode == 0


@pytest.mark.parametrize(
    "comando",
    [
        "fila estado --json",
        "dados guarda",
        "trilha verificar",
        "relogio",
        "trabalhador",
        "copia --saida {pasta}/copia.tar",
    ],
)
def test_banco_vazio_e_recusa_em_palavras_e_nao_espera_nem_copia_de_nada(comando, tmp_path):
    (tmp_path / "redesuas.sqlite3").touch()

    feito = subprocess.run(
        [sys.executable, "-m", "suas.config.comandos", *comando.format(pasta=tmp_path).split()],
        cwd=RAIZ,
        env={**os.environ, "REDESUAS_DADOS": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/redesuas.sqlite3"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert feito.returncode == 1
    assert feito.stdout == ""
    assert "o banco está vazio" in feito.stderr
    assert "Traceback" not in feito.stderr
    assert not (tmp_path / "copia.tar").exists()


@pytest.mark.parametrize(
    "comando",
    [
        "fila estado",
        "acesso tranca",
        "dados guarda",
        "avisos testar --para alguem@exemplo.example",
        "segundo-fator retirar --email alguem@exemplo.example --motivo conferido",
        "migrar",
        "estaticos",
        "trabalhador --ate-esvaziar",
        "relogio --uma-vez",
        "importar-populacao --arquivo {pasta}/censo.csv --ano 2022 --fonte IBGE",
        "trilha cabeca",
        "copia --saida {pasta}/copia.tar",
    ],
)
def test_todo_comando_que_abre_uma_instalacao_aceita_a_pasta_dela(comando, tmp_path):
    pasta = tmp_path / "instalada"
    (tmp_path / "censo.csv").write_text("codigo_ibge,populacao\n3205309,322869\n")

    feito = redesuas(*comando.format(pasta=tmp_path).split(), "--dados", str(pasta), DATABASE_URL="")

    assert feito.returncode in {0, 1, 3}, feito.stderr
    assert "não conheço" not in feito.stderr
    assert "Traceback" not in feito.stderr
    assert (pasta / "chave.txt").is_file()


@pytest.mark.parametrize(
    ("ajuste", "valor", "fala"),
    [
        ("DATABASE_URL", "mysql://pessoa:segredissimo@maquina/banco", "DATABASE_URL não é um endereço de banco"),
        ("DATABASE_URL", "postgres://pessoa:segredissimo@maquina:porta/banco", "DATABASE_URL não é um endereço"),
        ("REDESUAS_SESSAO_HORAS", "doze", "REDESUAS_SESSAO_HORAS está com “doze”. Use um número inteiro, como 12."),
    ],
)
def test_ajuste_que_nao_serve_e_recusado_em_palavras_sem_repetir_a_senha(ajuste, valor, fala, tmp_path):
    feito = redesuas("migrar", "--dados", str(tmp_path), **{ajuste: valor})

    assert feito.returncode == 1
    assert fala in feito.stderr
    assert "segredissimo" not in feito.stderr
    assert "Traceback" not in feito.stderr


def test_ajuste_vazio_vale_como_ausente(tmp_path):
    vazios = {"DATABASE_URL": "", "REDESUAS_SESSAO_HORAS": "", "REDESUAS_HTTPS": "", "REDESUAS_ENDERECOS": " "}
    programa = (
        "from django.conf import settings as s; "
        "print(s.DATABASES['default']['ENGINE'], s.SESSION_COOKIE_AGE, s.SESSION_COOKIE_SECURE, s.ALLOWED_HOSTS[0])"
    )

    feito = redesuas("gerenciar", "shell", "--no-imports", "-c", programa, REDESUAS_DADOS=str(tmp_path), **vazios)

    assert feito.stdout.split() == ["django.db.backends.sqlite3", "43200", "False", "127.0.0.1"], feito.stderr
