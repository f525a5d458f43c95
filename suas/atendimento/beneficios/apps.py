from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.apps import AppConfig

from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela.afazer import Pendencia

#: Com quanta antecedência a revisão do BPC aparece em “A fazer”.
AVISA_ANTES = timedelta(days=60)


class Beneficios(AppConfig):
    """Os benefícios eventuais, do pedido à entrega, com a regra do município; e quem recebe o BPC."""

    name = "suas.atendimento.beneficios"
    label = "beneficios"

    def ready(self) -> None:
        from suas.atendimento.beneficios import dados, frases, trancas
        from suas.atendimento.beneficios.consultas.beneficios import do_mes
        from suas.atendimento.beneficios.linha_do_tempo import momentos
        from suas.atendimento.beneficios.views.beneficios import na_ficha
        from suas.atendimento.familias import ligacoes
        from suas.nucleo import classificacao
        from suas.nucleo.tela import afazer
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        afazer.registrar(_pendencias)
        ligacoes.na_ficha(ligacoes.Quadro(codigo="beneficios", secao=na_ficha, ordem=35))
        ligacoes.na_linha_do_tempo(momentos)
        ligacoes.no_mes(ligacoes.Conta(codigo="beneficios", tabela="beneficios.pedido", linhas=do_mes))
        _no_menu()


def _no_menu() -> None:
    from suas.atendimento.familias.permissoes import atende
    from suas.nucleo.tela import menu

    for rotulo, rota in (("Benefícios eventuais", "beneficios"), ("BPC", "bpc")):
        menu.registrar(menu.Entrada(grupo=menu.Grupo.REGISTRAR, rotulo=rotulo, rota=rota, permissao=atende, ordem=7))
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.CONSULTAR,
            rotulo="Regras dos benefícios",
            rota="beneficios-regras",
            permissao=_e_do_municipio,
            argumentos=_municipio,
            ordem=46,
            resumo="Que benefícios eventuais o município oferta, a quem e por que ato.",
        )
    )


def _e_do_municipio(ator: Ator) -> bool:
    return len(ator.abrangencia) == 7


def _municipio(ator: Ator) -> dict[str, Any]:
    return {"codigo": ator.abrangencia}


def _pendencias(ator: Ator, hoje: date) -> Iterable[Pendencia]:
    """O que espera decisão, o que já devia estar entregue, e as revisões do BPC que chegam."""
    from django.urls import reverse

    from suas.atendimento.beneficios import permissoes
    from suas.atendimento.beneficios.consultas import beneficios, bpc
    from suas.atendimento.familias.permissoes import atende
    from suas.nucleo.tela.filtros import plural

    if not atende(ator) or ator.unidade is None:
        return
    if permissoes.decide(ator) and (quantos := beneficios.a_decidir(ator.unidade)):
        yield Pendencia(
            titulo=plural(quantos, "benefício espera decisão", "benefícios esperam decisão"),
            situacao="Pedidos na sua unidade",
            por_que="O seu papel concede, ou diz por que não.",
            endereco=f"{reverse('beneficios')}?estado=espera",
            acao="decidir",
        )
    quantas, prazo = beneficios.a_entregar(ator.unidade, hoje=hoje)
    if quantas:
        yield Pendencia(
            titulo=plural(quantas, "prestação de benefício a entregar", "prestações de benefícios a entregar"),
            situacao="Já concedidas",
            por_que="A sua unidade concedeu, e o dia previsto chegou.",
            endereco=f"{reverse('beneficios')}?estado=concedido",
            acao="entregar",
            prazo=prazo,
        )
    revisoes, primeira = bpc.a_rever(ator.unidade, ate=hoje + AVISA_ANTES)
    if revisoes:
        yield Pendencia(
            titulo=plural(revisoes, "revisão de BPC se aproxima", "revisões de BPC se aproximam"),
            situacao="De quem a sua unidade acompanha",
            por_que="Quem não se apresenta à revisão pode ter o benefício suspenso: a equipe orienta antes.",
            endereco=reverse("bpc"),
            acao="ver",
            prazo=primeira,
        )
