from django.apps import AppConfig


class Monitoramento(AppConfig):
    """Quem deve o quê, quem entregou, e o que se faz com quem não entregou."""

    name = "suas.vigilancia.monitoramento"
    label = "monitoramento"

    def ready(self) -> None:
        from suas.vigilancia.monitoramento import quem_deve

        quem_deve.registrar()
