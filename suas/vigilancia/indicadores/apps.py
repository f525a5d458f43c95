from django.apps import AppConfig


class Indicadores(AppConfig):
    """Indicadores por município e ano, a importação com prévia e os mapas."""

    name = "suas.vigilancia.indicadores"
    label = "indicadores"

    def ready(self) -> None:
        from suas.cadastros.territorio import secoes
        from suas.nucleo import classificacao, tranca
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.importacoes import registro as importacoes
        from suas.nucleo.permissoes.permissao import Permissao
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha
        from suas.vigilancia.indicadores import consultas, dados, frases

        classificacao.declarar(*dados.TABELAS)
        tranca.trancar_por_territorio("indicadores_importacao")
        trilha.declarar(frases.FRASES)

        modulos_da_api.registrar("suas.vigilancia.indicadores.api", ordem=20)
        afazer.oferecer(
            afazer.Tarefa(
                rotulo="Ver indicadores e mapas",
                rota="indicadores-lista",
                cabe_a=lambda ator: Permissao.INDICADOR_IMPORTAR in ator.papel.permissoes,
                ordem=10,
            )
        )
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.MEU_TERRITORIO,
                rotulo="Indicadores e mapas",
                rota="indicadores-lista",
                ordem=20,
                resumo="Cada indicador no mapa e em tabela, com a fonte e o ano.",
            )
        )
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.REGISTRAR,
                rotulo="Importar indicadores",
                rota="indicadores-importar",
                permissao=Permissao.INDICADOR_IMPORTAR,
                ordem=20,
            )
        )
        importacoes.apontar(
            importacoes.TelaPropria(
                nome="Indicadores",
                resumo="Um ou vários indicadores por município, um em cada coluna, de um ano e de uma fonte.",
                rota="indicadores-importar",
                permissao=Permissao.INDICADOR_IMPORTAR,
            )
        )
        secoes.registrar(
            secoes.Secao(
                chave="indicadores",
                titulo="Indicadores",
                ordem=55,
                template="indicadores/_no_municipio.jinja",
                contexto=consultas.para_a_pagina_do_municipio,
            )
        )
