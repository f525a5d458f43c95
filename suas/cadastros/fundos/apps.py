from django.apps import AppConfig


class Fundos(AppConfig):
    """O fundo de cada ente, quem responde por ele e as contas."""

    name = "suas.cadastros.fundos"
    label = "fundos"

    def ready(self) -> None:
        from suas.cadastros.fundos import consultas, dados, frases, importadores, na_busca, trancas
        from suas.cadastros.orgaos import partes
        from suas.cadastros.territorio import procura, secoes
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.importacoes import registro as importacoes
        from suas.nucleo.permissoes.permissao import Permissao
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES, na_historia=frases.NA_HISTORIA)
        afazer.registrar(consultas.pendencias)
        afazer.oferecer(
            afazer.Tarefa(
                rotulo="Ver gestão, conselho e fundo",
                rota="ente",
                cabe_a=lambda ator: Permissao.FUNDO_ATUALIZAR in ator.papel.permissoes,
                argumentos=lambda ator: {"codigo": ator.abrangencia},
                ordem=11,
            )
        )
        importacoes.registrar(importadores.FUNDO)
        procura.registrar(procura.Fonte(chave="fundos", titulo="Fundos", ordem=50, procurar=na_busca.procurar))
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
                conjunto="Cobertura e registros",
                rota="fundos-quem-tem",
                ordem=40,
                resumo="Que municípios registraram o órgão gestor, o conselho e o fundo, por estado.",
            )
        )
