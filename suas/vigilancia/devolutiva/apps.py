from django.apps import AppConfig


class Devolutiva(AppConfig):
    """O que volta a quem informou: as somas do mês, item por item, e a página da unidade."""

    name = "suas.vigilancia.devolutiva"
    label = "devolutiva"

    def ready(self) -> None:
        from suas.nucleo.tela import menu
        from suas.vigilancia.devolutiva import permissoes

        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.MEU_TERRITORIO,
                rotulo="Somas do mês",
                rota="somas",
                permissao=permissoes.ve_as_somas,
                ordem=45,
                resumo="Cada item do registro mensal, somado; cada soma abre os lugares e as unidades que a formam.",
            )
        )
