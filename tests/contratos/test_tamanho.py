"""Nenhum arquivo vira continente."""

from __future__ import annotations

from tests.contratos import arquivos

LINHAS_DO_ARQUIVO = 500
LINHAS_DA_FUNCAO = 60
SEM_ASSUNTO = {"utils", "util", "helpers", "helper", "common", "misc", "diversos", "geral"}


def test_nenhum_arquivo_passa_de_500_linhas() -> None:
    longos = {
        arquivos.relativo(arquivo): linhas
        for arquivo in arquivos.com_final(".py", ".jinja", ".css", ".js", ".sh", ".md", "redesuas", "run")
        if (linhas := len(arquivo.read_text(encoding="utf-8").splitlines())) > LINHAS_DO_ARQUIVO
    }

    assert not longos, f"Divida por assunto, numa pasta de mesmo nome: {longos}"


def test_nenhuma_funcao_passa_de_60_linhas() -> None:
    longas = {
        f"{arquivos.relativo(arquivo)}:{funcao.lineno} {funcao.name}": linhas
        for arquivo in arquivos.com_final(".py")
        for funcao in arquivos.funcoes(arquivo)
        if (linhas := (funcao.end_lineno or 0) - funcao.lineno + 1) > LINHAS_DA_FUNCAO
    }

    assert not longas, f"Separe os passos em funções com nome: {longas}"


def test_nenhum_arquivo_tem_nome_sem_assunto() -> None:
    sem_assunto = [
        arquivos.relativo(arquivo)
        for arquivo in arquivos.com_final(".py", ".jinja", ".css")
        if arquivo.name.split(".")[0].strip("_") in SEM_ASSUNTO or arquivo.parent.name in SEM_ASSUNTO
    ]

    assert not sem_assunto, f"Dê o nome do assunto e ponha no andar certo: {sem_assunto}"


def test_todo_modulo_conta_a_propria_historia_num_leiame_curto() -> None:
    modulos = arquivos.modulos()
    faltam = [arquivos.relativo(m) for m in modulos if not (m / "LEIAME.md").is_file()]
    longos = [
        arquivos.relativo(m / "LEIAME.md")
        for m in modulos
        if (m / "LEIAME.md").is_file() and len((m / "LEIAME.md").read_text(encoding="utf-8").splitlines()) > 60
    ]

    assert not faltam, f"Falta o LEIAME.md (para que serve, normas, tabelas, atos, quem chama): {faltam}"
    assert not longos, f"O LEIAME.md se lê de pé: até 60 linhas. Encurte: {longos}"
