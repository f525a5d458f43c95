from django.apps import AppConfig


class Territorio(AppConfig):
    """A federação: UFs, municípios com validade, população por ano e contornos."""

    name = "suas.cadastros.territorio"
    label = "territorio"

    def ready(self) -> None:
        from suas.cadastros.territorio import consultas, dados, frases, importadores
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.identidade import lugares
        from suas.nucleo.importacoes import registro as importacoes
        from suas.nucleo.tela import menu
        from suas.nucleo.trilha import frases as trilha

        lugares.registrar(nomear=consultas.nomes_dos_municipios, achar=consultas.lugares_da_abrangencia)
        classificacao.declarar(*dados.TABELAS)
        trilha.declarar(frases.FRASES)
        importacoes.registrar(importadores.POPULACAO)

        modulos_da_api.registrar("suas.cadastros.territorio.api", ordem=10)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.MEU_TERRITORIO,
                rotulo="Municípios do Brasil",
                conjunto="Cadastros",
                rota="territorio-brasil",
                ordem=10,
                resumo="População e porte de cada município, por estado.",
            )
        )
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.MEU_TERRITORIO,
                rotulo="Meu município",
                rota="territorio-municipio",
                permissao=lambda ator: len(ator.abrangencia) == 7,
                argumentos=lambda ator: {"codigo": ator.abrangencia},
                ordem=1,
            )
        )
