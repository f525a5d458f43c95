from django.apps import AppConfig


class Territorio(AppConfig):
    """A federação: UFs, municípios com validade, população por ano e contornos."""

    name = "suas.cadastros.territorio"
    label = "territorio"

    def ready(self) -> None:
        from suas.nucleo.tela import menu

        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.MEU_TERRITORIO,
                rotulo="Municípios do Brasil",
                rota="territorio-brasil",
                ordem=10,
                resumo="População e porte de cada município, por estado.",
            )
        )
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.MEU_TERRITORIO,
                rotulo="Meu município",
                rota="territorio-municipio",
                permissao=lambda ator: len(ator.abrangencia) == 7,
                argumentos=lambda ator: {"codigo": ator.abrangencia},
                ordem=1,
            )
        )
