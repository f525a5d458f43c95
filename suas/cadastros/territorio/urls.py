from django.urls import path, re_path

from suas.cadastros.territorio import views

urlpatterns = [
    path("", views.brasil, name="territorio-brasil"),
    path("busca", views.busca, name="territorio-busca"),
    re_path(r"^uf/(?P<sigla>[A-Za-z]{2})/$", views.uf, name="territorio-uf"),
    re_path(r"^municipio/(?P<codigo>[0-9]{7})/$", views.municipio, name="territorio-municipio"),
    re_path(
        r"^municipio/(?P<codigo>[0-9]{7})/papel\.pdf$", views.municipio_em_papel, name="territorio-municipio-papel"
    ),
]
