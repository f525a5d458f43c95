"""Registro do módulo de tela no Django."""

from django.apps import AppConfig


class TelaConfig(AppConfig):
    """Modelos de página, componentes, navegação e arquivos visuais; nenhuma tabela."""

    name = "suas.nucleo.tela"
    label = "tela"
    verbose_name = "Tela"
