from django.apps import AppConfig


class Importacoes(AppConfig):
    """Planilhas que entram: conferência, correção, aprovação e aplicação, iguais para todo módulo."""

    name = "suas.nucleo.importacoes"
    label = "importacoes"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.nucleo.importacoes import consultas, dados, frases, permissoes, trancas
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        afazer.registrar(consultas.pendencias)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.REGISTRAR,
                rotulo="Importar planilhas",
                rota="importacoes",
                permissao=permissoes.tem_o_que_ver,
                ordem=15,
                resumo="Trazer de uma planilha o que já está digitado, conferindo antes de gravar.",
            )
        )
