from django.apps import AppConfig


class Ajuda(AppConfig):
    """Pedir ajuda de qualquer página, e atender quem pede."""

    name = "suas.nucleo.ajuda"
    label = "ajuda"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.nucleo.ajuda import consultas, dados, frases, modelos, permissoes, trancas
        from suas.nucleo.avisos import modelos as avisos
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        for modelo in modelos.TODOS:
            avisos.registrar(modelo)
        afazer.registrar(consultas.pendencias)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.REGISTRAR,
                rotulo="Pedidos de ajuda",
                rota="ajuda-atender",
                permissao=permissoes.atende,
                ordem=80,
            )
        )
