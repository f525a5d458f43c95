from django.apps import AppConfig


class Fundos(AppConfig):
    """O fundo de cada ente, quem responde por ele e as contas."""

    name = "suas.cadastros.fundos"
    label = "fundos"

    def ready(self) -> None:
        from suas.cadastros.fundos import consultas, dados, frases, trancas
        from suas.cadastros.orgaos import partes
        from suas.cadastros.territorio import secoes
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        afazer.registrar(consultas.pendencias)
        modulos_da_api.registrar("suas.cadastros.fundos.api", ordem=15)
        partes.registrar(partes.Parte(template="fundos/_no_ente.jinja", contexto=consultas.para_a_pagina_do_ente))
        secoes.registrar(
            secoes.Secao(
                chave="gestao",
                titulo="Gestão, conselho e fundo",
                ordem=12,
                template="fundos/_no_municipio.jinja",
                contexto=consultas.para_a_pagina_do_municipio,
            )
        )
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.CONSULTAR,
                rotulo="Quem tem conselho e fundo",
                rota="fundos-quem-tem",
                ordem=40,
                resumo="Que municípios registraram o órgão gestor, o conselho e o fundo, por estado.",
            )
        )
