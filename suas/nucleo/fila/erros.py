"""O que pode dar errado numa tarefa, e em que palavras isso chega à tela."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError


class Passageira(Exception):
    """A tarefa não pôde agora e pode depois (outro servidor fora do ar). A mensagem, em português, vai à tela."""


class PossePerdida(Exception):
    """Outro trabalhador já tem esta tarefa: tudo o que se fez nela se desfaz."""


class Interrompida(BaseException):
    """O processo está a encerrar, ou a tarefa passou do prazo: larga o que faz, venha de onde vier."""


class ForaDoPrazo(Exception):
    """A tarefa demorou mais do que o prazo declarado nela."""


PASSAGEIROS = (OperationalError, InterfaceError, OSError, Passageira)


def em_palavras(erro: BaseException) -> str:
    """A razão que a tela mostra; a falha inteira fica no registro do servidor, pelo protocolo."""
    if isinstance(erro, Passageira | ForaDoPrazo) and str(erro):
        return str(erro)
    if isinstance(erro, OperationalError | InterfaceError):
        return "O banco de dados não respondeu."
    if isinstance(erro, TimeoutError):
        return "O outro lado demorou demais a responder."
    if isinstance(erro, ConnectionError):
        return "A conexão com o outro servidor caiu ou foi recusada."
    if isinstance(erro, OSError):
        return f"Falha de arquivo ou de rede{f': {erro.strerror}' if erro.strerror else ''}."
    return "Defeito do sistema ao executar esta tarefa."
