from django.urls import path, re_path

from suas.cadastros.rede.views import consulta, cuidado

urlpatterns = [
    path("", consulta.lista, name="rede-lista"),
    re_path(r"^(?P<onde>[A-Za-z]{2}|[0-9]{7})/$", consulta.lista, name="rede-lugar"),
    path("unidade/<uuid:unidade_id>/", consulta.unidade, name="rede-unidade"),
    path("unidade/<uuid:unidade_id>/editar/", cuidado.editar, name="rede-editar"),
    path("unidade/<uuid:unidade_id>/conferir/", cuidado.conferir, name="rede-conferir"),
]
