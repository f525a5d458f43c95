from django.apps import AppConfig


class Monitoramento(AppConfig):
    """Quem deve o quê, quem entregou, e o que se faz com quem não entregou."""

    name = "suas.vigilancia.monitoramento"
    label = "monitoramento"

    def ready(self) -> None:
        from suas.nucleo.tela import afazer, menu
        from suas.vigilancia.monitoramento import a_fazer, permissoes, quem_deve

        quem_deve.registrar()
        afazer.registrar(a_fazer.pendencias)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.MEU_TERRITORIO,
                rotulo="Monitoramento",
                rota="monitoramento",
                permissao=permissoes.ve_o_painel,
                ordem=12,
                resumo="Quem entregou o RMA, o SISC e os outros sistemas, quem falta, e até quando.",
            )
        )
