from django.urls import path

from suas.nucleo.ajuda import views

urlpatterns = [
    path("pedir/", views.pedir, name="ajuda-pedir"),
    path("feito/", views.feito, name="ajuda-feito"),
    path("meus/", views.meus, name="ajuda-meus"),
    path("atender/", views.atender, name="ajuda-atender"),
    path("<uuid:pedido_id>/", views.pedido, name="ajuda-pedido"),
    path("<uuid:pedido_id>/responder/", views.responder, name="ajuda-responder"),
    path("<uuid:pedido_id>/escrever/", views.escrever, name="ajuda-escrever"),
    path("<uuid:pedido_id>/encaminhar/", views.encaminhar, name="ajuda-encaminhar"),
    path("<uuid:pedido_id>/encerrar/", views.encerrar, name="ajuda-encerrar"),
]
