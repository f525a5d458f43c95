"""Ajustes da instalação. O que muda de lugar para lugar vem do ambiente; docs/operacao/ajustes.md lista cada nome."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

RAIZ = Path(__file__).resolve().parents[2]
TESTANDO = "pytest" in sys.modules


def _ajuste(nome: str, padrao: str = "") -> str:
    """O valor do ajuste; vazio, como num arquivo de ambiente por preencher, vale como ausente."""
    return os.environ.get(nome, "").strip() or padrao


def _sim(nome: str, padrao: bool) -> bool:
    valor = _ajuste(nome)
    return valor.lower() in {"1", "sim", "true", "on"} if valor else padrao


def _inteiro(nome: str, padrao: int) -> int:
    valor = _ajuste(nome, str(padrao))
    if not (valor.isascii() and valor.isdigit()):
        raise SystemExit(f"redesuas: {nome} está com “{valor}”. Use um número inteiro, como {padrao}.")
    return int(valor)


DADOS = Path(_ajuste("REDESUAS_DADOS", str(RAIZ / "dados"))).resolve()


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
#: Segredos de antes da última troca: abrem o que eles cifraram e assinaram, e nada novo.
SECRET_KEY_FALLBACKS = [c for c in os.environ.get("REDESUAS_CHAVES_ANTERIORES", "").split(",") if c]
DEBUG = _sim("REDESUAS_DEPURAR", False)
ALLOWED_HOSTS = _ajuste("REDESUAS_ENDERECOS", "127.0.0.1,localhost,[::1],testserver").split(",")
#: Onde está o código desta instalação (AGPL-3.0); vazio, ela mesma o entrega.
CODIGO_FONTE = _ajuste("REDESUAS_CODIGO_FONTE")
#: Quem responde por dados pessoais (LGPD, art. 41) e como falar com ela: a página de privacidade o publica.
ENCARREGADO = _ajuste("REDESUAS_ENCARREGADO")
CSRF_TRUSTED_ORIGINS = [o for o in _ajuste("REDESUAS_ORIGENS").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "django_tasks",
    # a torre, de baixo para cima
    "suas.nucleo",
    "suas.nucleo.identidade",
    "suas.nucleo.entrada",
    "suas.nucleo.trilha",
    "suas.nucleo.documentos",
    "suas.nucleo.fila",
    "suas.nucleo.obrigacoes",
    "suas.nucleo.avisos",
    "suas.nucleo.ajuda",
    "suas.nucleo.dados_pessoais",
    "suas.nucleo.importacoes",
    "suas.nucleo.api",
    "suas.nucleo.tela",
    "suas.cadastros.territorio",
    "suas.cadastros.orgaos",
    "suas.cadastros.rede",
    "suas.cadastros.cobertura",
    "suas.cadastros.fundos",
    "suas.cadastros.entidades",
    "suas.cadastros.trabalhadores",
    "suas.atendimento.familias",
    "suas.atendimento.beneficios",
    "suas.atendimento.servicos",
    "suas.atendimento.territorial",
    "suas.atendimento.prontuarios",
    "suas.atendimento.cadunico",
    "suas.vigilancia.indicadores",
    "suas.vigilancia.fatos",
    "suas.vigilancia.mensais",
    "suas.vigilancia.monitoramento",
    "suas.vigilancia.devolutiva",
    "suas.vigilancia.remessas",
    "suas.financas.razao",
    "suas.financas.partilhas",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "suas.nucleo.intermediarios.SemRecursosDoAparelho",
    "suas.nucleo.intermediarios.SemCaractereNulo",
    "suas.nucleo.intermediarios.SemEnvioGrande",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "suas.nucleo.identidade.intermediarios.AtorDoPedido",
    "suas.nucleo.identidade.intermediarios.SegundaTranca",
    # troca quem age nos pedidos à interface de programação: antes de tudo que pergunta quem é
    "suas.nucleo.api.intermediarios.PortaDaApi",
    "django.contrib.messages.middleware.MessageMiddleware",
    "suas.nucleo.entrada.intermediarios.SessaoComPrazo",
    "suas.nucleo.identidade.guardado.FormularioGuardado",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "suas.nucleo.entrada.intermediarios.SegundoFatorExigido",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "suas.config.erros.MetodoEmPalavras",
    "suas.nucleo.tela.aparelho.EnvioDoAparelho",
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
            "context_processors": ["suas.nucleo.tela.contexto.tela", "suas.nucleo.avisos.contexto.avisos"],
        },
    }
]


def _banco() -> dj_database_url.DBConfig:
    """O banco de DATABASE_URL; a recusa não repete o endereço, que leva a senha."""
    endereco = _ajuste("DATABASE_URL", f"sqlite:///{DADOS / 'redesuas.sqlite3'}")
    try:
        if endereco.startswith(("postgres://", "postgresql://", "sqlite://")):
            return dj_database_url.parse(endereco, conn_max_age=60, conn_health_checks=True)
    except ValueError:  # a porta não é número, por exemplo
        pass
    raise SystemExit(
        "redesuas: DATABASE_URL não é um endereço de banco que o sistema use. Escreva como "
        "postgres://pessoa:senha@maquina:5432/banco, com % nas letras estranhas da senha; sem ele, vale um SQLite."
    )


DATABASES = {"default": _banco()}
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

# interface de programação: quantos pedidos cabem num minuto
API_POR_MINUTO = _inteiro("REDESUAS_API_POR_MINUTO", 600)
API_POR_MINUTO_SEM_CHAVE = _inteiro("REDESUAS_API_POR_MINUTO_SEM_CHAVE", 120)

# entrada
AUTH_USER_MODEL = "identidade.Pessoa"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "suas.nucleo.entrada.senhas.Comprimento"},
    {"NAME": "suas.nucleo.entrada.senhas.Comuns"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
if TESTANDO:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # só nos testes: rapidez
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inicio"
ACCOUNT_ADAPTER = "suas.nucleo.entrada.adaptador.Adaptador"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "suas.nucleo.entrada.forms.Entrada",
    "change_password": "suas.nucleo.entrada.forms.TrocaDeSenha",
    "set_password": "suas.nucleo.entrada.forms.CriacaoDeSenha",
    "reset_password_from_key": "suas.nucleo.entrada.forms.NovaSenha",
    "reauthenticate": "suas.nucleo.entrada.forms.Confirmacao",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_LOGOUT_REDIRECT_URL = "inicio"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # cabe ler o código de barras e digitar o primeiro código
#: Por endereço de rede (ip), por pessoa que entrou (user) e por conta que se tenta (key).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/5m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "pedir_ajuda": "20/h/user",
    "pedir_ajuda_sem_entrar": "6/h/ip",
}
MFA_ADAPTER = "suas.nucleo.entrada.segundo_fator.AdaptadorDoSegundoFator"
MFA_FORMS = {
    "authenticate": "suas.nucleo.entrada.forms.Codigo",
    "reauthenticate": "suas.nucleo.entrada.forms.CodigoParaConfirmar",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # meio minuto de relógio adiantado ou atrasado
MFA_RECOVERY_CODE_DIGITS = 10
MFA_ALLOW_UNVERIFIED_EMAIL = True  # o e-mail prova-se no convite
_NIVEIS = _ajuste("REDESUAS_OIDC_NIVEIS", "bronze,silver,gold")
#: O provedor OpenID Connect (gov.br); sem emissor, não há entrada por provedor.
OIDC: dict[str, Any] | None = (
    {
        "nome": _ajuste("REDESUAS_OIDC_NOME", "gov.br"),
        "emissor": _ajuste("REDESUAS_OIDC_EMISSOR"),
        "cliente": _ajuste("REDESUAS_OIDC_CLIENTE"),
        "segredo": _ajuste("REDESUAS_OIDC_SEGREDO"),
        "escopos": _ajuste("REDESUAS_OIDC_ESCOPOS", "openid email profile"),
        "cpf": _sim("REDESUAS_OIDC_CPF", True),
        "campo_do_nivel": _ajuste("REDESUAS_OIDC_NIVEL_CAMPO", "reliability_info.level"),
        "niveis": tuple(nivel.strip().lower() for nivel in _NIVEIS.split(",")),
        "nivel_minimo": _ajuste("REDESUAS_OIDC_NIVEL_MINIMO").lower(),
        "como_aumentar": _ajuste("REDESUAS_OIDC_COMO_AUMENTAR"),
        "saida": _ajuste("REDESUAS_OIDC_SAIDA"),
    }
    if _ajuste("REDESUAS_OIDC_EMISSOR")
    else None
)
#: nunca, titulares ou todos: de quem se exige o segundo fator para agir.
SEGUNDO_FATOR = _ajuste("REDESUAS_SEGUNDO_FATOR", "nunca").lower()
SESSAO_INATIVA_MINUTOS = _inteiro("REDESUAS_SESSAO_INATIVA_MINUTOS", 120)
SESSION_COOKIE_AGE = 60 * 60 * _inteiro("REDESUAS_SESSAO_HORAS", 12)
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
if SESSION_COOKIE_SECURE:
    # com o prefixo, o navegador recusa o cookie que outra máquina do mesmo domínio tente plantar
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessao", "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = _inteiro("REDESUAS_HSTS_SEGUNDOS", 0)
if _sim("REDESUAS_ATRAS_DE_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # o limite de tentativas conta cada visitante, não o servidor da frente


def _saida_do_provedor() -> list[str]:
    """A origem a que sair também leva: o navegador confere para onde o envio redireciona."""
    if OIDC is None:
        return []
    partes = urlsplit(OIDC["saida"] or OIDC["emissor"])
    return [f"{partes.scheme}://{partes.netloc}"]


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *_saida_do_provedor()],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
#: O ClamAV: `/caminho/clamd.ctl` ou `máquina:porta`; vazio, não há antivírus e as telas o dizem.
ANTIVIRUS = _ajuste("REDESUAS_ANTIVIRUS")
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

# fila: as tarefas ficam no mesmo banco; nos testes correm quando o ato termina
TASKS = {
    "default": {"BACKEND": f"suas.nucleo.fila.backend.{'NaHora' if TESTANDO else 'NoBanco'}", "QUEUES": []},
}

# correio: sem servidor, as mensagens ficam guardadas e se leem no sistema
CORREIO_SMTP = _ajuste("REDESUAS_SMTP")
CORREIO_REMETENTE = _ajuste("REDESUAS_REMETENTE", "Rede SUAS aberta <avisos@localhost.localdomain>")
CORREIO_RETORNO = _ajuste("REDESUAS_RETORNO")
CORREIO_SITE = _ajuste("REDESUAS_SITE", (CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0])
CORREIO_SILENCIO = os.environ.get("REDESUAS_SILENCIO", "21:00-06:00")
EMAIL_BACKEND = "suas.nucleo.avisos.transporte.NossoCorreio"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "linha": {
            "class": "suas.nucleo.registro.FormatoLimpo",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"erro": {"class": "logging.StreamHandler", "formatter": "linha"}},
    "loggers": {
        # sem a mensagem de erro que o Django manda a quem administra: ela leva o pedido inteiro
        "django": {"handlers": []},
        # recusa e página que não existe não são falha: só a falha do sistema vai ao registro
        "django.request": {"level": "ERROR"},
    },
    "root": {"handlers": ["erro"], "level": _ajuste("REDESUAS_REGISTRO", "WARNING")},
}
