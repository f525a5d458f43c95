"""Ajustes da instalação. O que muda de lugar para lugar vem do ambiente; docs/operacao/ajustes.md lista cada nome."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

RAIZ = Path(__file__).resolve().parents[2]
DADOS = Path(os.environ.get("REDESUAS_DADOS", RAIZ / "dados")).resolve()
TESTANDO = "pytest" in sys.modules


def _sim(nome: str, padrao: bool) -> bool:
    valor = os.environ.get(nome)
    return padrao if valor is None else valor.strip().lower() in {"1", "sim", "true", "on"}


def _chave() -> str:
    """A chave secreta: do ambiente, ou de um arquivo só do dono, criado na primeira vez."""
    if chave := os.environ.get("REDESUAS_CHAVE"):
        return chave
    if TESTANDO:
        return "chave-usada-somente-pelos-testes-e-por-mais-ninguem"
    arquivo = DADOS / "chave.txt"
    DADOS.mkdir(parents=True, exist_ok=True)
    try:
        descritor = os.open(arquivo, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return arquivo.read_text(encoding="ascii").strip()
    with os.fdopen(descritor, "w", encoding="ascii") as saida:
        saida.write(nova := secrets.token_urlsafe(64))
    return nova


SECRET_KEY = _chave()
DEBUG = _sim("REDESUAS_DEPURAR", False)
ALLOWED_HOSTS = os.environ.get("REDESUAS_ENDERECOS", "127.0.0.1,localhost,[::1],testserver").split(",")
#: Onde está o código desta instalação (AGPL-3.0); vazio, ela mesma o entrega.
CODIGO_FONTE = os.environ.get("REDESUAS_CODIGO_FONTE", "")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("REDESUAS_ORIGENS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    # a torre, de baixo para cima
    "suas.nucleo",
    "suas.nucleo.identidade",
    "suas.nucleo.trilha",
    "suas.nucleo.documentos",
    "suas.nucleo.fila",
    "suas.nucleo.tela",
    "suas.cadastros.territorio",
    "suas.vigilancia.indicadores",
    "suas.financas.partilhas",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "suas.nucleo.intermediarios.SemCaractereNulo",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "suas.nucleo.identidade.intermediarios.AtorDoPedido",
    "django.contrib.messages.middleware.MessageMiddleware",
    "suas.nucleo.identidade.guardado.FormularioGuardado",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "suas.config.erros.MetodoEmPalavras",
    "suas.nucleo.intermediarios.SemEscritaEmLeitura",
]

ROOT_URLCONF = "suas.config.urls"
WSGI_APPLICATION = "suas.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "suas.nucleo.tela.motor.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "suas.nucleo.tela.ambiente.ambiente",
            "context_processors": ["suas.nucleo.tela.contexto.tela"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DADOS / 'redesuas.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: sem ele, REPLACE apaga a linha sem acordar o gatilho que a protege
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;PRAGMA recursive_triggers=ON; PRAGMA cache_size=-32000;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# entrada
AUTH_USER_MODEL = "identidade.Pessoa"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
if TESTANDO:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # só nos testes: rapidez
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inicio"
ACCOUNT_ADAPTER = "suas.nucleo.identidade.adaptador.Adaptador"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "suas.nucleo.identidade.forms.Entrada",
    "change_password": "suas.nucleo.identidade.forms.TrocaDeSenha",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_LOGOUT_REDIRECT_URL = "inicio"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_FAILURE_VIEW = "suas.config.erros.formulario_vencido"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if TESTANDO
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_da_aplicacao",
    }
}

# segurança do que chega ao navegador
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _sim("REDESUAS_HTTPS", False)
SECURE_HSTS_SECONDS = int(os.environ.get("REDESUAS_HSTS_SEGUNDOS", "0"))
if _sim("REDESUAS_ATRAS_DE_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # o limite de tentativas conta cada visitante, não o servidor da frente
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12000

# língua, tempo e arquivos
LANGUAGE_CODE = "pt-br"
TIME_ZONE = "America/Sao_Paulo"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "/estaticos/"
STATIC_ROOT = DADOS / "estaticos"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DADOS / "documentos"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# fila: as tarefas ficam no mesmo banco; nos testes correm na hora
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTANDO else "django_tasks_db.DatabaseBackend"
    }
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"linha": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"erro": {"class": "logging.StreamHandler", "formatter": "linha"}},
    # recusa e página que não existe não são falha: só a falha do sistema vai ao registro
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["erro"], "level": os.environ.get("REDESUAS_REGISTRO", "WARNING")},
}
