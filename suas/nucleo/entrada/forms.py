"""Os formulários da entrada com as nossas palavras: rótulos, ajudas e nenhuma ligação para tela que não existe."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodigoParaConfirmarDoAllauth
from django import forms
from django.core.exceptions import ValidationError

from suas.nucleo.entrada import segundo_fator, senhas
from suas.nucleo.entrada.adaptador import registrar_excesso

REGRA_DA_SENHA = (
    f"De {senhas.MINIMO} a {senhas.MAXIMO} caracteres, de qualquer tipo, também espaços. Pode colar de um gerenciador "
    "de senhas."
)
DE_NOVO = "A nova senha, outra vez"


class Entrada(LoginForm):
    """E-mail, senha e se a entrada continua depois de fechar o navegador."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["remember"].label = "Manter a entrada por 12 horas neste aparelho"
        _sem_ajuda(self)


class TrocaDeSenha(ChangePasswordForm):
    """A senha atual e a nova, duas vezes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _sem_ajuda(self)
        _nova_senha(self)


class CriacaoDeSenha(SetPasswordForm):
    """A primeira senha de quem até então só entrava pelo provedor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _sem_ajuda(self)
        _nova_senha(self)


class NovaSenha(ResetPasswordKeyForm):
    """A senha nova de quem recebeu o endereço por e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _sem_ajuda(self)
        _nova_senha(self)


class Confirmacao(ReauthenticateForm):
    """A senha em uso, antes de mudar o que protege a conta."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Sua senha"
        _sem_ajuda(self)


class Esqueci(forms.Form):
    """O e-mail a que se manda o endereço de nova senha."""

    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Informe o e-mail com que você entra.",
            "invalid": "Confira o e-mail: ele tem um @ e termina como “exemplo.gov.br”.",
        },
    )


class _DeCodigo:
    """O código do aplicativo ou de recuperação; no limite de tentativas, uma linha na trilha."""

    fields: dict[str, Any]
    user: Any

    def _preparar(self) -> None:
        self.fields["code"].label = "Código do aplicativo, ou um código de recuperação"
        self.fields["code"].max_length = 32
        self.fields["code"].error_messages["required"] = "Digite os 6 algarismos que o aplicativo mostra agora."
        self.fields["code"].widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        try:
            codigo = str(super().clean_code())
        except ValidationError as erro:
            if erro.code == "too_many_login_attempts":
                registrar_excesso(context.request, self.user, onde="codigo")
            raise
        if not segundo_fator.gastar(self.user, codigo):
            raise get_adapter().validation_error("incorrect_code")
        return codigo


class Codigo(_DeCodigo, AuthenticateForm):
    """Na entrada, depois da senha."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._preparar()


class CodigoParaConfirmar(_DeCodigo, CodigoParaConfirmarDoAllauth):
    """Antes de mudar o que protege a conta."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._preparar()


class Ativacao(forms.Form):
    """O primeiro código, que prova que o aplicativo leu a chave."""

    codigo = forms.CharField(
        label="Código que o aplicativo mostra",
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Digite os 6 algarismos que o aplicativo mostra agora."},
    )


class Retirada(forms.Form):
    """Por que se retira o segundo fator de outra pessoa."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Como você conferiu que é mesmo a pessoa quem pede. Fica na trilha.",
        error_messages={"required": "Diga por quê, como “perdeu o telefone, conferido em pessoa no dia 12”."},
    )


def _nova_senha(form: Any) -> None:
    form.fields["password1"].label = "Nova senha"
    form.fields["password1"].help_text = REGRA_DA_SENHA
    form.fields["password2"].label = DE_NOVO


def _sem_ajuda(form: Any) -> None:
    """Tira o exemplo dentro do campo, que repete o rótulo, e a ajuda do allauth, que aponta telas que não temos."""
    for campo in form.fields.values():
        campo.help_text = ""
        campo.widget.attrs.pop("placeholder", None)
        campo.widget.attrs.pop("aria-describedby", None)
