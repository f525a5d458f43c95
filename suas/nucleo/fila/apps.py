from django.apps import AppConfig


class Fila(AppConfig):
    """A fila no banco, o andamento visível e o relógio das rotinas."""

    name = "suas.nucleo.fila"
    label = "fila"

    def ready(self) -> None:
        from suas.nucleo.fila import rotinas

        rotinas.registrar()
