from django.apps import AppConfig


class Prontuarios(AppConfig):
    """O Prontuário SUAS de cada família em cada unidade: os blocos e a linha do tempo."""

    name = "suas.atendimento.prontuarios"
    label = "prontuarios"

    def ready(self) -> None:
        from suas.atendimento.familias import ligacoes
        from suas.atendimento.prontuarios import dados, frases, quadros, trancas
        from suas.nucleo import classificacao
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        ligacoes.na_ficha(ligacoes.Quadro(codigo="blocos", ordem=20, secao=quadros.blocos))
        ligacoes.na_linha_do_tempo(quadros.das_fichas)
