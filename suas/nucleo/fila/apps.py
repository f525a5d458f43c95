from django.apps import AppConfig


class Fila(AppConfig):
    """A fila no banco, o andamento visível e o relógio das rotinas."""

    name = "suas.nucleo.fila"
    label = "fila"

    def ready(self) -> None:
        from suas.nucleo import classificacao, tranca
        from suas.nucleo.fila import dados, frases, permissoes, rotinas
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trilha.declarar(frases.FRASES)
        rotinas.registrar()
        tranca.trancar_por_territorio("fila_andamento")
        afazer.registrar(permissoes.pendencias)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.CONSULTAR,
                rotulo="Funcionamento",
                conjunto="Sobre o sistema",
                rota="funcionamento",
                permissao=permissoes.pode_operar,
                ordem=90,
                resumo="O que o sistema faz por trás das páginas: tarefas que esperam, que pararam, e rotinas.",
            )
        )
