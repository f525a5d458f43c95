from django.urls import path, re_path

from suas.atendimento.beneficios.views import beneficios, bpc, regras

urlpatterns = [
    path("beneficios/", beneficios.lista, name="beneficios"),
    path("beneficios/familia/<uuid:familia_id>/", beneficios.pedir, name="beneficio-pedir"),
    path("beneficios/<uuid:pedido_id>/", beneficios.ver, name="beneficio"),
    path("beneficios/<uuid:pedido_id>/decidir/", beneficios.decidir, name="beneficio-decidir"),
    path("beneficios/<uuid:pedido_id>/entregar/", beneficios.entregar, name="beneficio-entregar"),
    path("beneficios/<uuid:pedido_id>/cancelar/", beneficios.cancelar, name="beneficio-cancelar"),
    re_path(r"^beneficios/regras/(?P<codigo>[0-9]{7})/$", regras.ver, name="beneficios-regras"),
    re_path(r"^beneficios/regras/(?P<codigo>[0-9]{7})/nova/$", regras.nova, name="beneficios-regra-nova"),
    path("bpc/", bpc.lista, name="bpc"),
    path("bpc/familia/<uuid:familia_id>/", bpc.acompanhar, name="bpc-acompanhar"),
    path("bpc/<uuid:bpc_id>/", bpc.rever, name="bpc-rever"),
]
