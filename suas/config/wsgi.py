"""Porta de entrada do servidor HTTP."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suas.config.settings")
application = get_wsgi_application()

from suas.nucleo import tranca  # noqa: E402 (só depois de a aplicação estar montada)

# Nas páginas, quem não disse quem é vê só o que é público; o intermediário diz, a cada pedido, quem age.
tranca.definir_padrao(tranca.PUBLICO)
