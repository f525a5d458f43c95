from django.apps import AppConfig


class Orgaos(AppConfig):
    """O órgão gestor, o conselho e o governo de cada ente."""

    name = "suas.cadastros.orgaos"
    label = "orgaos"

    def ready(self) -> None:
        from suas.cadastros.orgaos import consultas, dados, frases, trancas
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.permissoes.abrangencia import BRASIL
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        afazer.registrar(consultas.pendencias)
        modulos_da_api.registrar("suas.cadastros.orgaos.api", ordem=14)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.MEU_TERRITORIO,
                rotulo="Gestão, conselho e fundo",
                rota="ente",
                argumentos=lambda ator: {"codigo": ator.abrangencia or BRASIL},
                ordem=30,
                resumo="O órgão gestor, o conselho e o fundo de cada ente, e quem responde por eles.",
            )
        )
