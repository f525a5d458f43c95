from django.apps import AppConfig

from suas.nucleo.permissoes.ator import Ator


class Trabalhadores(AppConfig):
    """Quem trabalha no SUAS: a pessoa, as lotações, as equipes de referência e quem atende em cada unidade."""

    name = "suas.cadastros.trabalhadores"
    label = "trabalhadores"

    def ready(self) -> None:
        from suas.cadastros.rede import ligacoes
        from suas.cadastros.rede import partes as partes_da_rede
        from suas.cadastros.territorio import secoes
        from suas.cadastros.trabalhadores import a_fazer, dados, frases, importadores, partes, trancas
        from suas.cadastros.trabalhadores.consultas import municipio, quadro
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.dados_pessoais import titulares
        from suas.nucleo.importacoes import registro
        from suas.nucleo.tela import afazer
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES, na_historia=frases.NA_HISTORIA)
        afazer.registrar(a_fazer.pendencias)
        registro.registrar(importadores.FOLHA)
        partes_da_rede.registrar(partes.LOTACOES)
        ligacoes.registrar(
            ligacoes.Ligacao(
                rotulo="Equipe de referência",
                rota="equipe-unidade",
                cabe=lambda ator, unidade: ator.alcanca(unidade.municipio_id),
                ordem=10,
            )
        )
        ligacoes.registrar(
            ligacoes.Ligacao(
                rotulo="Quem atende aqui",
                rota="quem-atende",
                cabe=lambda ator, unidade: quadro.publica_quem_atende(unidade),
                ordem=20,
            )
        )
        modulos_da_api.registrar("suas.cadastros.trabalhadores.api", ordem=18)
        titulares.registrar("trabalhadores", quadro.da_pessoa)
        secoes.registrar(
            secoes.Secao(
                chave="equipe",
                titulo="Equipe",
                ordem=50,
                template="trabalhadores/_no_municipio.jinja",
                contexto=municipio.na_pagina,
            )
        )
        _no_menu()


def _no_menu() -> None:
    from suas.cadastros.trabalhadores.permissoes import ve_o_quadro
    from suas.nucleo.permissoes.permissao import Permissao
    from suas.nucleo.tela import menu

    territorio = menu.Grupo.MEU_TERRITORIO
    menu.registrar(
        menu.Entrada(
            grupo=territorio,
            rotulo="Equipes de referência",
            conjunto="Cadastros",
            rota="equipes-lugar",
            permissao=lambda ator: bool(ator.abrangencia),
            argumentos=_do_ator,
            ordem=30,
            resumo="O que a NOB-RH/SUAS pede a cada unidade, quem há e o que falta.",
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=territorio,
            rotulo="Quadro de trabalhadores",
            conjunto="Cadastros",
            rota="trabalhadores-quadro",
            permissao=ve_o_quadro,
            argumentos=_do_ator,
            ordem=31,
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.REGISTRAR,
            rotulo="Cadastrar trabalhador",
            rota="trabalhador-novo",
            permissao=Permissao.TRABALHADOR_ATUALIZAR,
            argumentos=_do_ator,
            ordem=30,
        )
    )


def _do_ator(ator: Ator) -> dict[str, str]:
    return {"onde": ator.abrangencia}
