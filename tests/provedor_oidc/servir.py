"""Prepara o banco do provedor, cria as contas e o cliente, e serve até ser encerrado.

    PROVEDOR_PASTA=... PROVEDOR_EMISSOR=... python -m tests.provedor_oidc.servir '{"voltas": [...], "contas": {...}}'

Escreve na saída a porta em que atende, quando está pronto.
"""

from __future__ import annotations

import json
import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

SENHA = "senha-no-provedor"
CLIENTE = "redesuas-teste"
SEGREDO = "segredo/do cliente+de%teste"


class _EmParalelo(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Calado(WSGIRequestHandler):
    def log_message(self, *args: object) -> None: ...


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.provedor_oidc.ajustes"
    import django
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    django.setup()
    call_command("migrate", verbosity=0)
    _criar(json.loads(sys.argv[1]))
    servidor = make_server("127.0.0.1", 0, get_wsgi_application(), _EmParalelo, _Calado)
    sys.stdout.write(f"{servidor.server_port}\n")
    sys.stdout.flush()
    servidor.serve_forever()


def _criar(pedido: dict[str, object]) -> None:
    from django.contrib.auth.models import User
    from oauth2_provider.models import Application

    for cpf, nivel in dict(pedido["contas"]).items():  # type: ignore[call-overload]
        User.objects.create_user(cpf, password=SENHA, last_name=nivel)
    for cliente in (CLIENTE, "outro-cliente"):
        Application.objects.create(
            name=cliente,
            client_id=cliente,
            client_secret=SEGREDO,
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
            redirect_uris=" ".join(pedido["voltas"]),  # type: ignore[arg-type]
            post_logout_redirect_uris=" ".join(pedido["saidas"]),  # type: ignore[arg-type]
            algorithm=Application.RS256_ALGORITHM,
            skip_authorization=True,
        )


if __name__ == "__main__":
    main()
