from django.apps import AppConfig


class Entidades(AppConfig):
    """As entidades de assistência social, o que ofertam e as inscrições nos conselhos."""

    name = "suas.cadastros.entidades"
    label = "entidades"

    def ready(self) -> None:
        from suas.cadastros.entidades import (
            a_fazer,
            dados,
            frases,
            importador_de_ofertas,
            importador_de_parcerias,
            importadores,
            modelos,
            na_busca,
            trancas,
        )
        from suas.cadastros.entidades.consultas import cadastro as consultas
        from suas.cadastros.entidades.consultas import municipio
        from suas.cadastros.territorio import procura, secoes
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.avisos import modelos as avisos
        from suas.nucleo.identidade import casas
        from suas.nucleo.importacoes import registro as importacoes
        from suas.nucleo.tela import afazer
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trancas.gatilhos()
        trilha.declarar(frases.FRASES, na_historia=frases.NA_HISTORIA)
        casas.registrar(especie="entidade", achar=consultas.casas_do_municipio, nomear=consultas.casas_pelos_ids)
        for modelo in modelos.TODOS:
            avisos.registrar(modelo)
        afazer.registrar(a_fazer.pendencias)
        importacoes.registrar(importadores.ENTIDADES)
        importacoes.registrar(importadores.INSCRICOES)
        importacoes.registrar(importador_de_ofertas.OFERTAS)
        importacoes.registrar(importador_de_parcerias.PARCERIAS)
        procura.registrar(procura.Fonte(chave="entidades", titulo="Entidades", ordem=30, procurar=na_busca.procurar))
        modulos_da_api.registrar("suas.cadastros.entidades.api", ordem=17)
        secoes.registrar(
            secoes.Secao(
                chave="entidades",
                titulo="Entidades",
                ordem=25,
                template="entidades/_no_municipio.jinja",
                contexto=municipio.na_pagina,
            )
        )
        entrar_no_menu()
        oferecer_tarefas()


def entrar_no_menu() -> None:
    """A lista, para todos; a própria ficha, para quem representa uma entidade."""
    from suas.cadastros.entidades import permissoes
    from suas.nucleo.permissoes.permissao import Permissao
    from suas.nucleo.tela import menu

    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.MEU_TERRITORIO,
            rotulo="Entidades",
            conjunto="Cadastros",
            rota="entidades",
            ordem=40,
            resumo="As entidades de assistência social de cada município, o que ofertam e onde.",
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.REGISTRAR,
            rotulo="Cadastrar entidade",
            rota="entidade-nova",
            permissao=permissoes.pode_cadastrar,
            ordem=40,
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.DECIDIR,
            rotulo="Inscrições de entidades",
            rota="inscricoes",
            permissao=Permissao.ENTIDADE_EXAMINAR,
            ordem=40,
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.REGISTRAR,
            rotulo="Minha entidade",
            rota="entidade",
            permissao=lambda ator: ator.unidade is not None and Permissao.ENTIDADE_DA_PROPRIA in ator.papel.permissoes,
            argumentos=lambda ator: {"entidade_id": ator.unidade},
            ordem=1,
        )
    )


def oferecer_tarefas() -> None:
    """O conselho vai às inscrições; quem representa uma entidade, à ficha dela."""
    from suas.cadastros.entidades import permissoes
    from suas.nucleo.permissoes.permissao import Permissao
    from suas.nucleo.tela import afazer

    afazer.oferecer(
        afazer.Tarefa(
            rotulo="Ver as inscrições de entidades",
            rota="inscricoes",
            cabe_a=lambda ator: permissoes.pode_inscrever(ator, municipio=ator.abrangencia),
            ordem=10,
        )
    )
    afazer.oferecer(
        afazer.Tarefa(
            rotulo="Abrir a ficha da entidade",
            rota="entidade",
            cabe_a=lambda ator: ator.unidade is not None and Permissao.ENTIDADE_DA_PROPRIA in ator.papel.permissoes,
            argumentos=lambda ator: {"entidade_id": ator.unidade},
            ordem=10,
        )
    )
