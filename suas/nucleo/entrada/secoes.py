"""O que a entrada põe nas telas dos outros: as partes de Minha conta e o lembrete do segundo fator em A fazer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from suas.nucleo.entrada import consultas, oidc
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela import afazer, conta
from suas.nucleo.tela.afazer import Pendencia
from suas.nucleo.tela.filtros import dia, plural


def registrar() -> None:
    """Chamado uma vez, no `ready` do módulo."""
    afazer.registrar(pendencias)
    for secao in SECOES:
        conta.registrar_secao(secao)


def pendencias(ator: Ator, hoje: date) -> Iterable[Pendencia]:
    """Lembra o segundo fator a quem dá acesso a outras pessoas e ainda entra só com a senha."""
    if ator.pessoa is None or ator.pessoa.de_demonstracao or not consultas.de_quem_se_espera(ator):
        return []
    if consultas.tem_segundo_fator(ator.pessoa):
        return []
    return [
        Pendencia(
            titulo="Ativar o segundo fator",
            situacao="A sua entrada pede só a senha",
            por_que=(
                f"O papel “{ator.papel.nome}” dá acesso a outras pessoas: quem descobrisse a sua senha poderia nomear "
                "em seu nome. Com o segundo fator, a senha sozinha não basta."
            ),
            endereco=reverse("mfa_index"),
            acao="ativar",
        )
    ]


def _sessoes(request: Any) -> str:
    abertas = consultas.sessoes_de(request.user, atual=request.session.session_key, em=request.agora)
    return f"Você está em {plural(max(len(abertas), 1), 'aparelho', 'aparelhos')} agora."


def _fator(request: Any) -> str:
    fator = consultas.segundo_fator_de(request.user)
    if not fator.ativo:
        return "Não está ativo: quem descobrir a sua senha entra."
    return f"Ativo desde {dia(fator.desde)}. {plural(fator.codigos, 'código', 'códigos')} de recuperação por usar."


def _provedor(request: Any) -> str:
    configurado = oidc.provedor()
    nome = configurado.nome if configurado else ""
    if consultas.conta_do_provedor(request.user) is None:
        return f"Não está ligada: a entrada pelo {nome} ainda não vale para você."
    return f"Ligada: você entra também pelo {nome}."


SECOES = (
    conta.Secao(
        titulo="Senha",
        resumo="Trocar a senha encerra a entrada nos outros aparelhos.",
        rota="account_change_password",
        acao="Trocar a senha",
        simbolo="cadeado",
        ordem=10,
    ),
    conta.Secao(
        titulo="Segundo fator",
        resumo=_fator,
        rota="mfa_index",
        acao="Cuidar do segundo fator",
        simbolo="selo",
        ordem=20,
    ),
    conta.Secao(
        titulo="Conta do provedor de identidade",
        resumo=_provedor,
        rota="provedor-conta",
        acao="Ver a ligação",
        simbolo="pessoa",
        ordem=15,
        cabe=lambda request: oidc.provedor() is not None,
    ),
    conta.Secao(
        titulo="Sessões",
        resumo=_sessoes,
        rota="conta-sessoes",
        acao="Ver e encerrar sessões",
        simbolo="relogio",
        ordem=30,
    ),
    conta.Secao(
        titulo="Avisos",
        resumo="O que chega também por correio, e em que horas.",
        rota="avisos-preferencias",
        acao="Escolher os avisos",
        simbolo="enviar",
        ordem=40,
    ),
)
