from django.apps import AppConfig


class Prontuarios(AppConfig):
    """O Prontuário SUAS de cada família em cada unidade: os blocos, o acompanhamento e a linha do tempo."""

    name = "suas.atendimento.prontuarios"
    label = "prontuarios"

    def ready(self) -> None:
        from suas.atendimento.familias import ligacoes
        from suas.atendimento.prontuarios import dados, frases, quadros, trancas
        from suas.atendimento.prontuarios.consultas import acompanhamento
        from suas.nucleo import classificacao
        from suas.nucleo.tela import afazer
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        ligacoes.na_ficha(ligacoes.Quadro(codigo="blocos", ordem=20, secao=quadros.blocos))
        ligacoes.na_ficha(ligacoes.Quadro(codigo="acompanhamento", ordem=10, secao=quadros.acompanhamento))
        for fonte in quadros.FONTES:
            ligacoes.na_linha_do_tempo(fonte)
        ligacoes.no_mes(
            ligacoes.Conta(
                codigo="acompanhamento", tabela="prontuarios.acompanhamento", linhas=acompanhamento.linhas_do_mes
            )
        )
        afazer.registrar(quadros.planos_a_rever)
        _no_menu()


def _no_menu() -> None:
    from suas.nucleo.permissoes.permissao import Permissao
    from suas.nucleo.tela import menu

    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.REGISTRAR,
            rotulo="Em acompanhamento",
            rota="acompanhamentos",
            permissao=lambda ator: Permissao.FAMILIA_ATENDER in ator.papel.permissoes and ator.unidade is not None,
            ordem=7,
        )
    )
