"""Todos os endereços. Cada módulo tem os seus."""

from django.urls import include, path

from suas.config import inicio

urlpatterns = [
    path("", inicio.inicio, name="inicio"),
    path("", include("suas.nucleo.identidade.urls")),
    path("", include("suas.nucleo.documentos.urls")),
    path("", include("suas.nucleo.fila.urls")),
    path("territorio/", include("suas.cadastros.territorio.urls")),
    path("indicadores/", include("suas.vigilancia.indicadores.urls")),
    path("partilhas/", include("suas.financas.partilhas.urls")),
]
