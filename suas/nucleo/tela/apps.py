"""Registro do módulo de tela no Django."""

from django.apps import AppConfig


class TelaConfig(AppConfig):
    """Modelos de página, componentes, navegação e arquivos visuais; nenhuma tabela."""

    name = "suas.nucleo.tela"
    label = "tela"
    verbose_name = "Tela"

    def ready(self) -> None:
        """A página inicial de quem age por um vínculo é o que há a fazer."""
        from suas.nucleo.tela import menu

        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.A_FAZER,
                rotulo="A fazer",
                rota="inicio",
                permissao=lambda ator: ator.vinculo is not None,
            )
        )
