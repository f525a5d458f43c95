"""As migrações dizem o que os modelos são, em uma só linha por módulo."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader

from tests.contratos import arquivos


def _nossos() -> list[str]:
    return [app.label for app in apps.get_app_configs() if app.name.startswith("suas.")]


@pytest.mark.django_db
def test_nenhum_modelo_mudou_sem_migracao() -> None:
    saida = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=2, stdout=saida, no_input=True)
    except (CommandError, SystemExit):
        pytest.fail(f"Falta migração:\n{saida.getvalue()}")


def test_cada_modulo_tem_uma_so_ultima_migracao() -> None:
    carregador = MigrationLoader(None)
    com_tabelas = {rotulo for rotulo in _nossos() if list(apps.get_app_config(rotulo).get_models())}

    assert com_tabelas <= carregador.migrated_apps, f"Sem migrações: {com_tabelas - carregador.migrated_apps}"
    assert not carregador.detect_conflicts()
    for rotulo in com_tabelas:
        assert len(carregador.graph.leaf_nodes(rotulo)) == 1, rotulo


def test_toda_migracao_tem_nome_que_diz_o_que_faz() -> None:
    sem_nome = [
        arquivos.relativo(arquivo)
        for arquivo in arquivos.com_final(".py")
        if arquivo.parent.name == "migrations" and re.search(r"_auto_|_alter_|_rename_|_initial", arquivo.name)
    ]

    assert not sem_nome, f"Dê um nome em português: {sem_nome}"


def test_nenhuma_migracao_importa_a_plataforma() -> None:
    """Ela precisa continuar igual quando o código mudar; o gerador de identificadores é estável e fica."""
    achadas = [
        f"{arquivos.relativo(arquivo)}: {linha}"
        for arquivo in arquivos.com_final(".py")
        if arquivo.parent.name == "migrations"
        for linha in arquivo.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(from|import) (suas|normas)\b", linha) and "suas.nucleo.identificador" not in linha
    ]

    assert not achadas, achadas
