from django.apps import AppConfig


class Remessas(AppConfig):
    """Os meses que um programa ou uma planilha traz, e o que se fez de cada um."""

    name = "suas.vigilancia.remessas"
    label = "remessas"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos
        from suas.nucleo.importacoes import registro
        from suas.nucleo.trilha import frases as trilha
        from suas.vigilancia.remessas import dados, frases, importadores, trancas

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        modulos.registrar("suas.vigilancia.remessas.api", ordem=60)
        for importador in importadores.IMPORTADORES:
            registro.registrar(importador)
