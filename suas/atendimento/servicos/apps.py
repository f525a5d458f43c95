from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.apps import AppConfig

from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela.afazer import Pendencia


class Servicos(AppConfig):
    """O trabalho com as famílias para além do atendimento: encaminhar, pactuar com outras unidades, reunir grupos."""

    name = "suas.atendimento.servicos"
    label = "servicos"

    def ready(self) -> None:
        from suas.atendimento.familias import ligacoes
        from suas.atendimento.servicos import dados, frases, recados, trancas
        from suas.atendimento.servicos.consultas import encaminhamentos, grupos
        from suas.atendimento.servicos.linha_do_tempo import momentos, presencas
        from suas.atendimento.servicos.views.encaminhamentos import na_ficha
        from suas.atendimento.servicos.views.grupos import na_ficha as grupos_na_ficha
        from suas.nucleo import classificacao
        from suas.nucleo.avisos import modelos
        from suas.nucleo.tela import afazer
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        for modelo in recados.MODELOS:
            modelos.registrar(modelo)
        afazer.registrar(_pendencias)
        ligacoes.na_ficha(ligacoes.Quadro(codigo="encaminhamentos", secao=na_ficha, ordem=30))
        ligacoes.na_ficha(ligacoes.Quadro(codigo="grupos", secao=grupos_na_ficha, ordem=31))
        ligacoes.na_linha_do_tempo(momentos)
        ligacoes.na_linha_do_tempo(presencas)
        ligacoes.no_mes(
            ligacoes.Conta(codigo="encaminhamentos", tabela="servicos.encaminhamento", linhas=encaminhamentos.do_mes)
        )
        ligacoes.no_mes(ligacoes.Conta(codigo="presencas", tabela="servicos.presenca", linhas=grupos.presencas_do_mes))
        ligacoes.no_mes(
            ligacoes.Conta(codigo="encontros", tabela="servicos.encontro", linhas=grupos.nao_continuadas_do_mes)
        )
        _no_menu()


def _no_menu() -> None:
    from suas.atendimento.familias.permissoes import atende
    from suas.nucleo.tela import menu

    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.REGISTRAR, rotulo="Encaminhamentos", rota="encaminhamentos", permissao=atende, ordem=7
        )
    )
    menu.registrar(
        menu.Entrada(grupo=menu.Grupo.REGISTRAR, rotulo="Grupos e atividades", rota="grupos", permissao=atende, ordem=7)
    )
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.CONSULTAR,
            rotulo="Espera e acesso",
            rota="esperas",
            ordem=45,
            resumo="Quanto se espera a resposta de um encaminhamento, e como as famílias chegam às unidades.",
        )
    )


def _pendencias(ator: Ator, hoje: date) -> Iterable[Pendencia]:
    """O que chegou e espera resposta, o que se enviou e venceu, e a proposta da outra unidade."""
    from django.urls import reverse

    from suas.atendimento.familias.permissoes import atende
    from suas.atendimento.servicos import permissoes
    from suas.atendimento.servicos.consultas import encaminhamentos, protocolos
    from suas.nucleo.tela.filtros import plural

    if not atende(ator) or ator.unidade is None:
        return
    chegaram, prazo = encaminhamentos.a_responder(ator.unidade)
    if chegaram:
        yield Pendencia(
            titulo=plural(chegaram, "encaminhamento espera resposta", "encaminhamentos esperam resposta"),
            situacao="Chegaram à sua unidade",
            por_que="A sua unidade é quem recebe: aceitar, ou dizer por que não se aceita.",
            endereco=f"{reverse('encaminhamentos')}?etapa=enviado",
            acao="responder",
            prazo=prazo,
        )
    if vencidos := encaminhamentos.sem_resposta(ator.unidade, hoje=hoje):
        yield Pendencia(
            titulo=plural(vencidos, "encaminhamento venceu sem resposta", "encaminhamentos venceram sem resposta"),
            situacao="A outra unidade não respondeu no prazo",
            por_que="A sua unidade é quem encaminhou: vale telefonar, ou cancelar e encaminhar a outra.",
            endereco=f"{reverse('encaminhamentos')}?lado=enviados&etapa=enviado",
            acao="ver",
        )
    if permissoes.pactua(ator) and (propostas := protocolos.a_responder(ator.unidade)):
        yield Pendencia(
            titulo=plural(
                propostas, "protocolo proposto por outra unidade", "protocolos propostos por outras unidades"
            ),
            situacao="À espera da sua resposta",
            por_que="Você coordena a unidade: o protocolo só vale se as duas aceitam.",
            endereco=reverse("protocolos"),
            acao="responder",
        )
