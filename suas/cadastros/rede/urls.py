from django.urls import path, re_path

from suas.cadastros.rede.views import consulta, cuidado, pedidos

urlpatterns = [
    path("", consulta.lista, name="rede-lista"),
    re_path(r"^(?P<onde>[A-Za-z]{2}|[0-9]{7})/$", consulta.lista, name="rede-lugar"),
    re_path(r"^(?P<codigo>[0-9]{7})/abrir/$", pedidos.abrir, name="rede-abrir"),
    path("unidade/<uuid:unidade_id>/", consulta.unidade, name="rede-unidade"),
    path("unidade/<uuid:unidade_id>/editar/", cuidado.editar, name="rede-editar"),
    path("unidade/<uuid:unidade_id>/conferir/", cuidado.conferir, name="rede-conferir"),
    path("unidade/<uuid:unidade_id>/fechar/", pedidos.fechar, name="rede-fechar"),
    path("unidade/<uuid:unidade_id>/reabrir/", pedidos.reabrir, name="rede-reabrir"),
    path("pedidos/", pedidos.lista, name="rede-pedidos"),
    path("pedidos/<uuid:pedido_id>/", pedidos.pedido, name="rede-pedido"),
    path("pedidos/<uuid:pedido_id>/responder/", pedidos.responder, name="rede-responder"),
    path("pedidos/<uuid:pedido_id>/desistir/", pedidos.desistir, name="rede-desistir"),
]
