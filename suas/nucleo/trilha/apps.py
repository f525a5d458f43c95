from django.apps import AppConfig


class Trilha(AppConfig):
    """A trilha dos atos, só acréscimo."""

    name = "suas.nucleo.trilha"
    label = "trilha"

    def ready(self) -> None:
        from suas.nucleo import banco

        banco.so_acrescimo("trilha_ato", "A trilha so recebe acrescimos: um ato nao se muda nem se apaga.")
