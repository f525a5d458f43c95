"""Porta de entrada do servidor HTTP."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suas.config.settings")
application = get_wsgi_application()
