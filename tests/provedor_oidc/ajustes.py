"""Ajustes do provedor de teste: nada da plataforma, só o django-oauth-toolkit e um banco que se joga fora."""

from __future__ import annotations

import os
from pathlib import Path

PASTA = Path(os.environ["PROVEDOR_PASTA"])
EMISSOR = os.environ["PROVEDOR_EMISSOR"]

SECRET_KEY = "chave-do-provedor-de-teste"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "oauth2_provider",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "tests.provedor_oidc.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "modelos"],
        "APP_DIRS": True,
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": PASTA / "provedor.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_NAME = "provedor"
LOGIN_URL = "/login/"
USE_TZ = True
OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_ISS_ENDPOINT": EMISSOR,
    "OIDC_RSA_PRIVATE_KEY": (PASTA / "chave.pem").read_text(encoding="ascii"),
    "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
    "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
    "PKCE_REQUIRED": True,
    "OAUTH2_VALIDATOR_CLASS": "tests.provedor_oidc.validador.Validador",
    "SCOPES": {"openid": "quem é", "email": "e-mail", "profile": "nome"},
}
