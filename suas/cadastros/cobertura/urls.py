from django.urls import path, re_path

from suas.cadastros.cobertura import views

urlpatterns = [
    path("", views.brasil, name="cobertura-brasil"),
    path("brasil.svg", views.imagem, name="cobertura-imagem"),
    re_path(r"^uf/(?P<sigla>[A-Z]{2})/$", views.uf, name="cobertura-uf"),
    re_path(r"^(?P<codigo>[0-9]{7})/$", views.municipio, name="cobertura-municipio"),
    path("territorio/<uuid:unidade_id>/", views.territorio, name="cobertura-territorio"),
    path("territorio/<uuid:unidade_id>/definir/", views.definir, name="cobertura-definir"),
]
