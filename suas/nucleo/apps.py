from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class Nucleo(AppConfig):
    name = "suas.nucleo"
    label = "nucleo"

    def ready(self) -> None:
        from functools import partial

        from django.apps import apps

        from suas.nucleo import banco, tranca
        from suas.nucleo.fila.acoes import RotinaDeclarada, registrar_rotina
        from suas.nucleo.trilha import tarefas

        connection_created.connect(banco.preparar_conexao, dispatch_uid="nucleo.banco.preparar_conexao")
        # O Django avisa uma vez por aplicação; basta uma.
        trilha = apps.get_app_config("trilha")
        self._soltar = partial(banco.soltar_gatilhos, so_anotacoes=True)
        pre_migrate.connect(self._soltar, sender=trilha, dispatch_uid="nucleo.banco.soltar_anotacoes")
        pre_migrate.connect(tranca.soltar_trancas, sender=trilha, dispatch_uid="nucleo.banco.soltar_trancas")
        post_migrate.connect(banco.recriar_gatilhos, sender=trilha, dispatch_uid="nucleo.banco.recriar_gatilhos")
        post_migrate.connect(tranca.recriar_trancas, sender=trilha, dispatch_uid="nucleo.banco.recriar_trancas")
        connection_created.connect(tranca.ao_conectar, dispatch_uid="nucleo.banco.ao_conectar")
        registrar_rotina(
            RotinaDeclarada(nome="trilha.lacrar", cron="* * * * *", executar=tarefas.lacrar, titulo="Lacrar a trilha")
        )
        registrar_rotina(
            RotinaDeclarada(
                nome="trilha.verificar",
                cron="40 4 * * *",
                executar=tarefas.verificar,
                titulo="Verificar a corrente da trilha",
            )
        )
