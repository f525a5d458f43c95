"""Os formulários do allauth com as nossas palavras: rótulos, ajudas e nenhuma ligação para tela que não existe."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm


class Entrada(LoginForm):
    """E-mail, senha e se a entrada continua depois de fechar o navegador."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["remember"].label = "Manter a entrada por 12 horas neste aparelho"
        _sem_ajuda(self)


class TrocaDeSenha(ChangePasswordForm):
    """A senha atual e a nova, duas vezes; as regras da nova estão no alto da página."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password2"].label = "A nova senha, outra vez"
        _sem_ajuda(self)


def _sem_ajuda(form: Entrada | TrocaDeSenha) -> None:
    """Tira o exemplo dentro do campo, que repete o rótulo, e a ajuda do allauth, que aponta telas que não temos."""
    for campo in form.fields.values():
        campo.help_text = ""
        campo.widget.attrs.pop("placeholder", None)
        campo.widget.attrs.pop("aria-describedby", None)
