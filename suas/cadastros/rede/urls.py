from django.urls import path, re_path

from suas.cadastros.rede import views

urlpatterns = [
    path("", views.lista, name="rede-lista"),
    re_path(r"^(?P<onde>[A-Za-z]{2}|[0-9]{7})/$", views.lista, name="rede-lugar"),
    path("unidade/<uuid:unidade_id>/", views.unidade, name="rede-unidade"),
]
