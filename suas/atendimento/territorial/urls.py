from django.urls import path

from suas.atendimento.territorial import views

urlpatterns = [
    path("", views.lista, name="busca-ativa"),
    path("nova/", views.nova, name="busca-ativa-nova"),
    path("<uuid:lista_id>/", views.roteiro, name="busca-ativa-lista"),
    path("<uuid:lista_id>/incluir/", views.incluir, name="busca-ativa-incluir"),
    path("<uuid:lista_id>/encerrar/", views.encerrar, name="busca-ativa-encerrar"),
    path("familias/<uuid:procurada_id>/", views.resultado, name="busca-ativa-resultado"),
]
