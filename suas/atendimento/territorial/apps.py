from django.apps import AppConfig


class Territorial(AppConfig):
    """A busca ativa: listas por motivo, roteiro de visita, resultado por família."""

    name = "suas.atendimento.territorial"
    label = "territorial"

    def ready(self) -> None:
        from suas.atendimento.familias import ligacoes
        from suas.atendimento.familias.permissoes import atende
        from suas.atendimento.territorial import dados, frases, trancas
        from suas.atendimento.territorial.linha_do_tempo import momentos
        from suas.nucleo import classificacao
        from suas.nucleo.tela import menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        ligacoes.na_linha_do_tempo(momentos)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.REGISTRAR, rotulo="Busca ativa", rota="busca-ativa", permissao=atende, ordem=7
            )
        )
