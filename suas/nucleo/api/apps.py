from django.apps import AppConfig


class Api(AppConfig):
    """A interface de programação: chaves, registro dos pedidos e a montagem dos recursos dos módulos."""

    name = "suas.nucleo.api"
    label = "api"

    def ready(self) -> None:
        from suas.nucleo import classificacao
        from suas.nucleo.api import acoes, dados, frases, modulos, trancas
        from suas.nucleo.identidade.acoes import perda
        from suas.nucleo.tela import conta, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trilha.declarar(frases.FRASES)
        modulos.registrar("suas.nucleo.api.api", ordem=0)
        trancas.registrar()
        perda.ao_perder("chaves de programa", acoes.revogar_do_vinculo)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.CONSULTAR,
                rotulo="Dados para programas",
                conjunto="Sobre o sistema",
                rota="api-documentacao",
                ordem=90,
                resumo="A interface de programação: o que se lê, o que se escreve e como.",
            )
        )
        conta.registrar_secao(
            conta.Secao(
                titulo="Chaves de programa",
                resumo="Para um programa seu ler e escrever pelo seu vínculo.",
                rota="chaves",
                acao="Ver as chaves",
                simbolo="cadeado",
                ordem=70,
                cabe=lambda request: request.ator.vinculo is not None,
            )
        )
