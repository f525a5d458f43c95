from django.apps import AppConfig


class CadUnico(AppConfig):
    """O que o Cadastro Único diz das famílias, trazido por extrato e guardado ao lado do que a equipe anota."""

    name = "suas.atendimento.cadunico"
    label = "cadunico"

    def ready(self) -> None:
        from suas.atendimento.cadunico import dados, frases, importadores, trancas
        from suas.atendimento.cadunico.views import na_ficha
        from suas.atendimento.familias import ligacoes
        from suas.nucleo import classificacao
        from suas.nucleo.importacoes import registro
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        registro.registrar(importadores.EXTRATO)
        ligacoes.na_ficha(ligacoes.Quadro(codigo="cadunico", ordem=60, secao=na_ficha.do_cadastro))
