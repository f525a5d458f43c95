from django.urls import path, re_path

from suas.cadastros.rede.views import consulta, cuidado, desmembramento, juncao, oferta, papel, pedidos, repetidas

urlpatterns = [
    path("", consulta.lista, name="rede-lista"),
    re_path(r"^(?P<onde>[A-Za-z]{2}|[0-9]{7})/$", consulta.lista, name="rede-lugar"),
    re_path(r"^(?P<codigo>[0-9]{7})/abrir/$", pedidos.abrir, name="rede-abrir"),
    path("unidade/<uuid:unidade_id>/", consulta.unidade, name="rede-unidade"),
    path("unidade/<uuid:unidade_id>/ficha.pdf", papel.ficha, name="rede-unidade-papel"),
    path("unidade/<uuid:unidade_id>/editar/", cuidado.editar, name="rede-editar"),
    path("unidade/<uuid:unidade_id>/conferir/", cuidado.conferir, name="rede-conferir"),
    path("unidade/<uuid:unidade_id>/fechar/", pedidos.fechar, name="rede-fechar"),
    path("unidade/<uuid:unidade_id>/reabrir/", pedidos.reabrir, name="rede-reabrir"),
    path("unidade/<uuid:unidade_id>/servicos/informar/", oferta.ofertar, name="rede-ofertar"),
    path("unidade/<uuid:unidade_id>/servicos/<slug:servico>/", oferta.servico, name="rede-servico"),
    path(
        "unidade/<uuid:unidade_id>/servicos/<slug:servico>/encerrar/",
        oferta.encerrar_servico,
        name="rede-servico-encerrar",
    ),
    path("unidade/<uuid:unidade_id>/municipios/informar/", oferta.atender, name="rede-atender"),
    path("unidade/<uuid:unidade_id>/municipios/<slug:codigo>/", oferta.atendido, name="rede-atendido"),
    path(
        "unidade/<uuid:unidade_id>/municipios/<slug:codigo>/encerrar/",
        oferta.encerrar_atendido,
        name="rede-atendido-encerrar",
    ),
    path("unidade/<uuid:unidade_id>/juntar/", juncao.juntar, name="rede-juntar"),
    path("unidade/<uuid:unidade_id>/desmembrar/", desmembramento.desmembrar, name="rede-desmembrar"),
    path("unidade/<uuid:unidade_id>/distinta/", repetidas.distintas, name="rede-distintas"),
    path("repetidas/", repetidas.lista, name="rede-repetidas"),
    path("repetidas/<uuid:par_id>/sugerir/", repetidas.voltar, name="rede-sugerir"),
    path("pedidos/", pedidos.lista, name="rede-pedidos"),
    path("pedidos/<uuid:pedido_id>/", pedidos.pedido, name="rede-pedido"),
    path("pedidos/<uuid:pedido_id>/responder/", pedidos.responder, name="rede-responder"),
    path("pedidos/<uuid:pedido_id>/desistir/", pedidos.desistir, name="rede-desistir"),
    path("pedidos/<uuid:pedido_id>/desfazer/", juncao.desfazer, name="rede-desfazer"),
    path("pedidos/<uuid:pedido_id>/pedir-para-desfazer/", juncao.pedir_que_se_desfaca, name="rede-pedir-para-desfazer"),
]
