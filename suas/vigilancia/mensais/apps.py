from django.apps import AppConfig


class Mensais(AppConfig):
    """O Registro Mensal de Atendimentos: digitar, conferir, enviar, responder, corrigir."""

    name = "suas.vigilancia.mensais"
    label = "mensais"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.nucleo.tela import menu
        from suas.nucleo.trilha import frases as trilha
        from suas.vigilancia.mensais import dados, frases, obrigacao, permissoes, tarefas, trancas

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        tarefas.registrar()
        trilha.declarar(frases.FRASES)
        obrigacao.registrar()
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.REGISTRAR,
                rotulo="Registro mensal (RMA)",
                rota="mensais",
                permissao=permissoes.ve_o_painel,
                ordem=8,
                resumo="O mês de cada CRAS, CREAS e Centro POP: quem deve, quem enviou, o que falta conferir.",
            )
        )
