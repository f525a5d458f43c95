from django.apps import AppConfig


class DadosPessoais(AppConfig):
    """O registro do tratamento, a guarda, o que cada pessoa pode saber e pedir sobre os seus dados."""

    name = "suas.nucleo.dados_pessoais"
    label = "dados_pessoais"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.nucleo.avisos import modelos
        from suas.nucleo.dados_pessoais import (
            avisos,
            bibliotecas,
            dados,
            frases,
            pendencias,
            permissoes,
            tarefas,
            trancas,
        )
        from suas.nucleo.permissoes.permissao import Permissao
        from suas.nucleo.tela import afazer, conta, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*bibliotecas.instaladas(), *dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        tarefas.registrar()
        modelos.registrar(avisos.RESPOSTA)
        afazer.registrar(pendencias.pedidos_a_responder)
        conta.registrar_secao(
            conta.Secao(
                titulo="Meus dados",
                resumo="O que se guarda de você, quem leu, a cópia e os seus pedidos.",
                rota="meus-dados",
                acao="Ver os meus dados",
                simbolo="documento",
                ordem=60,
            )
        )
        afazer.oferecer(
            afazer.Tarefa(
                rotulo="Ver o tratamento de dados pessoais",
                rota="dados-registro",
                cabe_a=lambda ator: permissoes.pode(ator, Permissao.DADO_PESSOAL_VER_REGISTRO),
                ordem=70,
            )
        )
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.CONSULTAR,
                rotulo="Tratamento de dados pessoais",
                conjunto="Supervisão",
                rota="dados-registro",
                permissao=lambda ator: permissoes.pode(ator, Permissao.DADO_PESSOAL_VER_REGISTRO),
                ordem=70,
            )
        )
