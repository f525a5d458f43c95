from django.urls import include, path

from suas.nucleo.api import interface, views

urlpatterns = [
    path("conta/chaves/", views.chaves, name="chaves"),
    path("conta/chaves/registro/", views.registro, name="chaves-registro"),
    path("conta/chaves/<uuid:chave_id>/", views.chave, name="chave"),
    path("conta/chaves/<uuid:chave_id>/revogar/", views.revogar, name="chave-revogar"),
    path("api/v1/", views.documentacao, name="api-documentacao"),
    path("api/v1/openapi.json", views.openapi, name="api-openapi"),
    path("api/v1/", include(interface.enderecos())),
]
