from django.apps import AppConfig


class Obrigacoes(AppConfig):
    """Quem deve o quê, até quando, e o que já entregou."""

    name = "suas.nucleo.obrigacoes"
    label = "obrigacoes"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.nucleo.obrigacoes import dados, frases, trancas
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
