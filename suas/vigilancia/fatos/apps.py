from django.apps import AppConfig


class Fatos(AppConfig):
    """O que se informou, somado por unidade, município e mês."""

    name = "suas.vigilancia.fatos"
    label = "fatos"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.vigilancia.fatos import dados, trancas

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
