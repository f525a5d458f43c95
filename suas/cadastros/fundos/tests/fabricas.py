"""Fundos inventados, feitos pelos atos da casa."""

from __future__ import annotations

from typing import Any

from suas.cadastros.fundos import acoes
from suas.cadastros.fundos.models import Conta, Fundo, Responsavel
from suas.cadastros.orgaos.tests.fabricas import VITORIA, posse
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes.ator import ATOR_PUBLICO


def fundo(*, onde: str = VITORIA, **campos: Any) -> Fundo:
    """O fundo do ente, registrado hoje; sem gestor."""
    dados = {"nome": "Fundo do Exemplo"} | campos
    return acoes.registrar_fundo(abrangencia=onde, dados=dados, por=ATOR_PUBLICO, em=AGORA)


def responsavel(de: Fundo, *, funcao: str = "gestor", arquivo: Any = None, **campos: Any) -> Responsavel:
    """Quem responde pelo fundo; `arquivo` é o do ato."""
    return acoes.nomear_responsavel(
        fundo=de, funcao=funcao, posse=posse(**campos), arquivo=arquivo, por=ATOR_PUBLICO, em=AGORA, hoje=HOJE
    )[0]  # fmt: skip


def conta(de: Fundo, *, numero: str = "123456", finalidade: str = "Proteção Social Básica") -> Conta:
    """Uma conta aberta do fundo."""
    nova = acoes.NovaConta(banco="001", agencia="12345", numero=numero, finalidade=finalidade)
    return acoes.abrir_conta(fundo=de, nova=nova, por=ATOR_PUBLICO, em=AGORA)
