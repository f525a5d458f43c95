"""A classificação das tabelas que vêm das bibliotecas; as nossas estão no `dados.py` de cada módulo.

Só entram as de biblioteca instalada: retirar uma biblioteca não deixa linha morta no registro do tratamento.
"""

from __future__ import annotations

from django.apps import apps

from suas.nucleo.classificacao import Tabela

_ENTRADA = "Deixar entrar só quem tem acesso e reconhecer a pessoa enquanto ela usa o sistema."
_SEGUNDO_FATOR = "Conferir, com um segundo fator, que quem entra é mesmo a pessoa."
_GOVBR = "Reconhecer a pessoa que entra por outra conta, como a do gov.br."
_POLITICA = "LGPD, art. 7º, III, e art. 23"
_SEGURANCA = "LGPD, art. 7º, III, art. 23 e art. 46"

TABELAS = (
    # django: permissões que não usamos e nomes dos modelos
    Tabela(modelo="auth.permission", nenhum=("id", "name", "content_type", "codename")),
    Tabela(modelo="auth.group", nenhum=("id", "name")),
    Tabela(modelo="auth.group_permissions", nenhum=("id", "group", "permission")),
    Tabela(modelo="contenttypes.contenttype", nenhum=("id", "app_label", "model")),
    Tabela(
        modelo="sessions.session",
        titulo="sessão",
        rotulos={"session_key": "código da sessão", "session_data": "conteúdo da sessão"},
        nenhum=("expire_date",),
        pessoal=("session_key", "session_data"),
        segredo=("session_key", "session_data"),
        sem_titular="a pessoa está dentro do conteúdo assinado da sessão, que só dura até ela sair",
        finalidade=_ENTRADA,
        base_legal=_POLITICA,
        guarda="sessao",
        vence="expire_date",
    ),
    # entrada por e-mail
    Tabela(
        modelo="account.emailaddress",
        titulo="e-mail de entrada",
        rotulos={"email": "e-mail", "verified": "conferido", "primary": "principal"},
        nenhum=("id", "user", "verified", "primary"),
        pessoal=("email",),
        titular="user",
        finalidade=_ENTRADA,
        base_legal=_POLITICA,
        guarda="acesso_encerrado",
    ),
    Tabela(
        modelo="account.emailconfirmation",
        titulo="confirmação de e-mail",
        rotulos={"key": "código enviado", "created": "criada em", "sent": "enviada em"},
        nenhum=("id", "email_address", "created", "sent"),
        pessoal=("key",),
        segredo=("key",),
        titular="email_address__user",
        finalidade=_ENTRADA,
        base_legal=_POLITICA,
        guarda="acesso_encerrado",
    ),
    # segundo fator
    Tabela(
        modelo="mfa.authenticator",
        titulo="segundo fator",
        rotulos={
            "type": "tipo",
            "data": "segredo do segundo fator",
            "created_at": "criado em",
            "last_used_at": "último uso",
        },
        nenhum=("id", "user", "type", "created_at"),
        pessoal=("data", "last_used_at"),
        segredo=("data",),
        titular="user",
        finalidade=_SEGUNDO_FATOR,
        base_legal=_SEGURANCA,
        guarda="acesso_encerrado",
    ),
    # aparelhos em que a pessoa está
    Tabela(
        modelo="usersessions.usersession",
        titulo="aparelho em uso",
        rotulos={
            "created_at": "entrou em",
            "ip": "endereço na internet",
            "last_seen_at": "último uso",
            "session_key": "código da sessão",
            "user_agent": "navegador",
            "data": "outros dados da entrada",
        },
        nenhum=("id", "user"),
        pessoal=("created_at", "ip", "last_seen_at", "session_key", "user_agent", "data"),
        segredo=("session_key",),
        titular="user",
        finalidade="Mostrar à pessoa em que aparelhos ela está, para que encerre os que não reconhece.",
        base_legal=_SEGURANCA,
        guarda="aparelho",
        vence="last_seen_at",
    ),
    # entrada por OpenID Connect
    Tabela(
        modelo="socialaccount.socialapp",
        nenhum=("id", "provider", "provider_id", "name", "client_id", "secret", "key", "settings"),
    ),
    Tabela(
        modelo="socialaccount.socialaccount",
        titulo="conta do gov.br ou outra",
        rotulos={
            "provider": "provedor",
            "uid": "identificador na outra conta (CPF, no gov.br)",
            "last_login": "última entrada",
            "date_joined": "ligada em",
            "extra_data": "o que o provedor informou",
        },
        nenhum=("id", "user", "provider", "date_joined"),
        pessoal=("uid", "last_login", "extra_data"),
        titular="user",
        finalidade=_GOVBR,
        base_legal=_POLITICA,
        compartilhamento="o provedor da conta (gov.br) sabe que a pessoa entrou aqui",
        guarda="acesso_encerrado",
    ),
    Tabela(
        modelo="socialaccount.socialtoken",
        titulo="código do provedor",
        rotulos={"expires_at": "vence em", "token": "código", "token_secret": "segredo"},
        nenhum=("id", "app", "account", "expires_at"),
        pessoal=("token", "token_secret"),
        segredo=("token", "token_secret"),
        titular="account__user",
        finalidade=_GOVBR,
        base_legal=_POLITICA,
        guarda="acesso_encerrado",
    ),
)


def instaladas() -> tuple[Tabela, ...]:
    """As tabelas das bibliotecas que esta instalação tem."""
    return tuple(t for t in TABELAS if t.modelo.split(".")[0] in apps.app_configs)
