from django.urls import path

from suas.vigilancia.indicadores import views
from suas.vigilancia.indicadores import views_de_importacao as importacao

urlpatterns = [
    path("", views.lista, name="indicadores-lista"),
    path("novo/", importacao.novo, name="indicador-novo"),
    path("importar/", importacao.importar, name="indicadores-importar"),
    path("importar/<uuid:importacao_id>/", importacao.conferir, name="indicadores-conferir"),
    path("digitar/<str:codigo>/", importacao.digitar, name="indicador-digitar"),
    path("<slug:codigo>/", views.mapa, name="indicador-mapa"),
    path("<slug:codigo>/<int:ano>/brasil.svg", views.imagem, name="indicador-imagem"),
]
