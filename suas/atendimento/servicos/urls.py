from django.urls import path, re_path

from suas.atendimento.servicos.views import encaminhamentos, esperas, protocolos

urlpatterns = [
    path("encaminhamentos/", encaminhamentos.lista, name="encaminhamentos"),
    path("encaminhamentos/familia/<uuid:familia_id>/", encaminhamentos.encaminhar, name="encaminhar"),
    path("encaminhamentos/<uuid:encaminhamento_id>/", encaminhamentos.ver, name="encaminhamento"),
    path("encaminhamentos/<uuid:encaminhamento_id>/aceitar/", encaminhamentos.aceitar, name="encaminhamento-aceitar"),
    path("encaminhamentos/<uuid:encaminhamento_id>/recusar/", encaminhamentos.recusar, name="encaminhamento-recusar"),
    path(
        "encaminhamentos/<uuid:encaminhamento_id>/devolver/", encaminhamentos.devolver, name="encaminhamento-devolver"
    ),
    path("encaminhamentos/<uuid:encaminhamento_id>/retorno/", encaminhamentos.retorno, name="encaminhamento-retorno"),
    path(
        "encaminhamentos/<uuid:encaminhamento_id>/cancelar/", encaminhamentos.cancelar, name="encaminhamento-cancelar"
    ),
    path("encaminhamentos/protocolos/", protocolos.lista, name="protocolos"),
    path("encaminhamentos/protocolos/propor/", protocolos.propor, name="protocolo-propor"),
    path("encaminhamentos/protocolos/<uuid:protocolo_id>/", protocolos.responder, name="protocolo-responder"),
    path("encaminhamentos/esperas/", esperas.lugar, name="esperas"),
    re_path(r"^encaminhamentos/esperas/(?P<sigla>[A-Z]{2})/$", esperas.lugar, name="esperas-uf"),
    re_path(r"^encaminhamentos/esperas/(?P<codigo>[0-9]{7})/$", esperas.municipio, name="esperas-municipio"),
]
