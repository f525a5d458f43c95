from django.urls import path

from suas.cadastros.entidades.views import cadastro

urlpatterns = [
    path("", cadastro.lista, name="entidades"),
    path("nova/", cadastro.nova, name="entidade-nova"),
    path("<uuid:entidade_id>/", cadastro.ficha, name="entidade"),
    path("<uuid:entidade_id>/editar/", cadastro.editar, name="entidade-editar"),
    path("<uuid:entidade_id>/conferir/", cadastro.conferir, name="entidade-conferir"),
    path("<uuid:entidade_id>/dirigente/", cadastro.posse, name="entidade-posse"),
]
