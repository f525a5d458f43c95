from django.apps import AppConfig


class Documentos(AppConfig):
    """Arquivos com resumo, tipo pelo conteúdo e sigilo."""

    name = "suas.nucleo.documentos"
    label = "documentos"

    def ready(self) -> None:
        from suas.nucleo import banco

        banco.so_acrescimo("documentos_documento", "Um documento guardado nao muda nem se apaga.")
