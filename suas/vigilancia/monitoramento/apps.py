from django.apps import AppConfig


class Monitoramento(AppConfig):
    """Quem deve o quê, quem entregou, e o que se faz com quem não entregou."""

    name = "suas.vigilancia.monitoramento"
    label = "monitoramento"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.nucleo.avisos import modelos as avisos
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha
        from suas.vigilancia.monitoramento import (
            a_fazer,
            dados,
            frases,
            modelos,
            permissoes,
            quem_deve,
            tarefas,
            trancas,
        )

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        tarefas.registrar()
        for modelo in modelos.TODOS:
            avisos.registrar(modelo)
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
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.DECIDIR,
                rotulo="Avisos aos municípios",
                rota="monitoramento-avisos",
                argumentos=lambda ator: {"onde": ator.abrangencia},
                permissao=permissoes.avisa,
                ordem=40,
                resumo="O que cabe avisar de prazos e pendências, a quem, e o que chegou.",
            )
        )
