from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Nucleo(AppConfig):
    name = "suas.nucleo"
    label = "nucleo"

    def ready(self) -> None:
        from suas.nucleo import banco

        post_migrate.connect(banco.recriar_gatilhos, dispatch_uid="nucleo.banco.recriar_gatilhos")
