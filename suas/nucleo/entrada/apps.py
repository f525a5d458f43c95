from collections.abc import Callable
from typing import Any

from django.apps import AppConfig


class EntradaConfig(AppConfig):
    """Entrar, sair, senha, segundo fator, sessões e a própria conta."""

    name = "suas.nucleo.entrada"
    label = "entrada"

    def ready(self) -> None:
        from allauth.account import signals

        from suas.nucleo.avisos import modelos
        from suas.nucleo.entrada import frases, recados, secoes
        from suas.nucleo.trilha import frases as trilha

        trilha.declarar(frases.FRASES)
        modelos.registrar(recados.MUDANCA)
        secoes.registrar()
        # o allauth grava a senha e avisa por sinal, na transação que a tela abriu
        signals.password_changed.connect(_mudou("trocada"), weak=False, dispatch_uid="entrada-trocada")
        signals.password_set.connect(_mudou("criada"), weak=False, dispatch_uid="entrada-criada")
        signals.password_reset.connect(_mudou("redefinida"), weak=False, dispatch_uid="entrada-redefinida")


def _mudou(como: Any) -> Callable[..., None]:
    def mudar(request: Any, user: Any, **_: Any) -> None:
        from suas.nucleo.entrada.acoes import senhas
        from suas.nucleo.identidade import consultas

        redefinida = como == "redefinida"
        por = consultas.ator_de(user, vinculo_id=None, em=request.hoje) if redefinida else request.ator
        atual = "" if redefinida else request.session.session_key or ""
        senhas.mudar_senha(pessoa=user, como=como, sessao_atual=atual, por=por, em=request.agora)

    return mudar
