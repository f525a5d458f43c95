"""A recusa de um ato, em palavras: uma só em todo o sistema, para que a tela, a interface e o comando a digam igual."""

from __future__ import annotations


class AtoRecusado(Exception):
    """O ato não cabe; a mensagem diz por quê e o que fazer. `campo` é o do formulário, se a recusa tem um."""

    def __init__(self, mensagem: str, *, campo: str | None = None) -> None:
        super().__init__(mensagem)
        self.campo = campo


class MudouNoMeioTempo(AtoRecusado):
    """Outra janela ou outra pessoa gravou depois que esta página foi aberta; nada foi sobrescrito."""
