"""Motor Jinja2 das telas: o do Django, procurando em `templates/` de cada módulo."""

from django.template.backends.jinja2 import Jinja2 as Jinja2DoDjango


class Jinja2(Jinja2DoDjango):
    """Lê `<modulo>/templates/**/*.jinja`, a pasta que todos os módulos já têm."""

    app_dirname = "templates"
