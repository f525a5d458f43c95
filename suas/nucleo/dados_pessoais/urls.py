from django.urls import path

from suas.nucleo.dados_pessoais import views

urlpatterns = [
    path("privacidade/", views.privacidade, name="privacidade"),
    path("dados-pessoais/meus/", views.meus, name="meus-dados"),
    path("dados-pessoais/meus/copia.json", views.copia, name="meus-dados-copia"),
    path("dados-pessoais/meus/pedir/", views.pedir, name="meus-dados-pedir"),
    path("dados-pessoais/registro/", views.registro, name="dados-registro"),
    path("dados-pessoais/guarda/", views.guarda, name="dados-guarda"),
    path("dados-pessoais/pedidos/", views.pedidos, name="dados-pedidos"),
    path("dados-pessoais/pedidos/<uuid:pedido_id>/", views.pedido, name="dados-pedido"),
    path("dados-pessoais/apagar/<uuid:pessoa_id>/", views.apagar, name="dados-apagar"),
]
