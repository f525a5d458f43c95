from django.apps import AppConfig


class Cobertura(AppConfig):
    """A cobertura de CRAS, CREAS e serviços, e o território de cada CRAS."""

    name = "suas.cadastros.cobertura"
    label = "cobertura"

    def ready(self) -> None:
        from suas.cadastros.cobertura import consultas, dados, frases, importador, partes, trancas
        from suas.cadastros.rede import partes as partes_da_rede
        from suas.cadastros.territorio import secoes
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.importacoes import registro as importacoes
        from suas.nucleo.tela import menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        partes_da_rede.registrar(partes.TERRITORIO)
        importacoes.registrar(importador.TERRITORIOS)
        secoes.registrar(
            secoes.Secao(
                chave="cobertura",
                titulo="Cobertura de CRAS",
                ordem=21,
                template="cobertura/_no_municipio.jinja",
                contexto=consultas.para_a_pagina_do_municipio,
            )
        )
        modulos_da_api.registrar("suas.cadastros.cobertura.api", ordem=18)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.CONSULTAR,
                rotulo="Cobertura de CRAS",
                conjunto="Cobertura e registros",
                rota="cobertura-brasil",
                ordem=30,
                resumo="Quantos CRAS a norma pede, quantos há e onde faltam.",
            )
        )
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.CONSULTAR,
                rotulo="Serviços da Tipificação",
                conjunto="Cobertura e registros",
                rota="cobertura-servicos",
                ordem=31,
                resumo="Quem oferta cada serviço, para quantos, e onde nenhuma oferta está registrada.",
            )
        )
