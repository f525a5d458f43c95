from django.apps import AppConfig


class Avisos(AppConfig):
    """Avisos no sistema e por correio."""

    name = "suas.nucleo.avisos"
    label = "avisos"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.nucleo.avisos import dados, frases, modelos, rotinas, saida, tarefas, trancas
        from suas.nucleo.avisos.permissoes import pode_operar
        from suas.nucleo.tela import conta, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        saida.definir(tarefas.enfileirar)
        rotinas.registrar()
        for modelo in modelos.PROPRIOS:
            modelos.registrar(modelo)
        conta.registrar_secao(
            conta.Secao(
                titulo="Avisos",
                resumo="O que vai também por correio, e em que horas.",
                rota="avisos-preferencias",
                acao="Escolher como receber",
                simbolo="sino",
            )
        )
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.CONSULTAR,
                rotulo="Correio",
                conjunto="Sobre o sistema",
                rota="correio",
                permissao=pode_operar,
                ordem=80,
            )
        )
