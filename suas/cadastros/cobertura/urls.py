from django.urls import path, re_path

from suas.cadastros.cobertura.views import anos, cras, servicos

urlpatterns = [
    path("", cras.brasil, name="cobertura-brasil"),
    path("brasil.svg", cras.imagem, name="cobertura-imagem"),
    re_path(r"^uf/(?P<sigla>[A-Z]{2})/$", cras.uf, name="cobertura-uf"),
    re_path(r"^(?P<codigo>[0-9]{7})/$", cras.municipio, name="cobertura-municipio"),
    path("anos/", anos.lugar, name="cobertura-anos"),
    re_path(r"^anos/(?P<onde>[A-Z]{2}|[0-9]{7})/$", anos.lugar, name="cobertura-anos-lugar"),
    path("servicos/", servicos.lugar, name="cobertura-servicos"),
    re_path(r"^servicos/(?P<onde>[A-Z]{2})/$", servicos.lugar, name="cobertura-servicos-uf"),
    re_path(r"^servicos/(?P<codigo>[0-9]{7})/$", servicos.municipio, name="cobertura-servicos-municipio"),
    re_path(r"^servicos/(?P<servico>[a-z_]+)/$", servicos.pais, name="cobertura-servico"),
    re_path(r"^servicos/(?P<servico>[a-z_]+)/(?P<sigla>[A-Z]{2})/$", servicos.uf, name="cobertura-servico-uf"),
    path("territorio/<uuid:unidade_id>/", cras.territorio, name="cobertura-territorio"),
    path("territorio/<uuid:unidade_id>/definir/", cras.definir, name="cobertura-definir"),
]
