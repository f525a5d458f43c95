"""Nada sobra: tela, endereço, peça de tela, estilo e permissão que ninguém usa saem."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.urls import get_resolver

from suas.nucleo.permissoes.permissao import Permissao
from tests.contratos import arquivos

# Django e allauth chegam a estes pelo nome.
TELAS_PELO_NOME = re.compile(r"^(403|403_csrf|404|500|(account|mfa)/\w+)\.jinja$")
# Endereços que alguém de fora chama: o supervisor do serviço; o allauth, pelo nome.
ENDERECOS_DE_FORA = {
    "saude",
    "account_signup",
    "account_inactive",
    "account_set_password",
    "account_reset_password_from_key_done",
}
ARQUIVOS_PELO_NOME = {"proveniencia.json", "LICENCAS.txt"}


@cache
def _textos(*finais: str) -> dict[Path, str]:
    """Texto de cada arquivo do programa, sem os testes."""
    return {
        arquivo: arquivo.read_text(encoding="utf-8")
        for arquivo in arquivos.com_final(*finais)
        if not arquivos.e_de_teste(arquivo)
    }


def _todo_o_texto() -> str:
    return "\n".join(_textos(".py", ".jinja", ".css").values())


def _telas() -> dict[str, Path]:
    """Nome pelo qual cada tela é chamada, e onde está."""
    return {
        arquivo.relative_to(pasta).as_posix(): arquivo
        for arquivo in arquivos.com_final(".jinja")
        for pasta in arquivo.parents
        if pasta.name == "templates"
    }


def test_nenhuma_tela_esta_morta() -> None:
    texto = _todo_o_texto()
    mortas = [nome for nome in _telas() if not TELAS_PELO_NOME.match(nome) and f'"{nome}"' not in texto]

    assert not mortas, f"Ninguém mostra estas telas: {mortas}"


def test_toda_tela_chamada_existe() -> None:
    chamadas = {nome for texto in _textos(".py", ".jinja").values() for nome in re.findall(r'"([\w/]+\.jinja)"', texto)}

    assert chamadas <= set(_telas()), f"Não existem: {chamadas - set(_telas())}"


def _nomes_de_endereco() -> set[str]:
    return {nome for nome in get_resolver().reverse_dict if isinstance(nome, str)}


def test_nenhum_endereco_esta_morto() -> None:
    sem_rotas = "\n".join(
        texto for arquivo, texto in _textos(".py", ".jinja").items() if arquivo.name != "urls.py"
    )  # o nome na própria rota não é uso
    mortos = [
        nome
        for nome in sorted(_nomes_de_endereco() - ENDERECOS_DE_FORA)
        if f'"{nome}"' not in sem_rotas and f"'{nome}'" not in sem_rotas
    ]

    assert not mortos, f"Nenhuma tela leva a estes endereços: {mortos}"


def test_todo_endereco_citado_nas_telas_existe() -> None:
    citados = {
        nome: arquivos.relativo(arquivo)
        for arquivo, texto in _textos(".jinja").items()
        for nome in re.findall(r"""\burl\(\s*["']([\w-]+)["']""", texto)
    }
    inexistentes = {nome: onde for nome, onde in citados.items() if nome not in _nomes_de_endereco()}

    assert citados
    assert not inexistentes, f"Estes endereços não existem: {inexistentes}"


def test_nenhuma_peca_de_tela_esta_morta() -> None:
    texto = "\n".join(_textos(".jinja").values())
    mortas = [
        f"{arquivos.relativo(arquivo)}: {nome}"
        for arquivo, conteudo in _textos(".jinja").items()
        for nome in re.findall(r"{%-?\s*macro\s+(\w+)\(", conteudo)
        if len(re.findall(rf"\b{nome}\(", texto)) < 2
    ]

    assert not mortas, f"Nenhuma tela usa estas peças: {mortas}"


def test_nenhum_arquivo_servido_esta_morto() -> None:
    texto = _todo_o_texto()
    servidos = [a for a in (arquivos.RAIZ / "suas").rglob("*") if a.is_file() and "static" in a.parts]
    mortos = [
        arquivos.relativo(arquivo)
        for arquivo in servidos
        if arquivo.name not in texto
        and arquivo.name not in ARQUIVOS_PELO_NOME
        and not re.search(r"(?i)licen", arquivo.name)
        and "__pycache__" not in arquivo.parts
    ]

    assert servidos
    assert not mortos, f"Nenhuma tela pede estes arquivos: {mortos}"


def test_nenhuma_permissao_esta_morta() -> None:
    usos = "\n".join(
        texto for arquivo, texto in _textos(".py").items() if "suas/nucleo/permissoes" not in arquivos.relativo(arquivo)
    )
    mortas = [p.name for p in Permissao if f"Permissao.{p.name}" not in usos and f"P.{p.name}" not in usos]

    assert not mortas, f"Nenhum ato pede estas permissões: {mortas}"
