from django.urls import path, re_path

from suas.vigilancia.indicadores.views import consulta, importacao

urlpatterns = [
    path("", consulta.lista, name="indicadores-lista"),
    path("novo/", importacao.novo, name="indicador-novo"),
    path("importar/", importacao.importar, name="indicadores-importar"),
    path("importar/<uuid:importacao_id>/", importacao.conferir, name="indicadores-conferir"),
    re_path(r"^digitar/(?P<codigo>[0-9]{7})/$", importacao.digitar, name="indicador-digitar"),
    path("<slug:codigo>/", consulta.mapa, name="indicador-mapa"),
    path("<slug:codigo>/<int:ano>/brasil.svg", consulta.imagem, name="indicador-imagem"),
]
