from django.urls import path, re_path

from suas.atendimento.servicos.views import encaminhamentos, esperas, grupos, protocolos

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
    path("grupos/", grupos.lista, name="grupos"),
    path("grupos/novo/", grupos.novo, name="grupo-novo"),
    path("grupos/<uuid:grupo_id>/", grupos.ver, name="grupo"),
    path("grupos/<uuid:grupo_id>/inscrever/", grupos.inscrever, name="grupo-inscrever"),
    path("grupos/<uuid:grupo_id>/chamada/", grupos.chamada, name="grupo-chamada"),
    path("grupos/<uuid:grupo_id>/encerrar/", grupos.encerrar, name="grupo-encerrar"),
    path("grupos/participantes/<uuid:participante_id>/saida/", grupos.tirar, name="participante-saida"),
    path("grupos/encontros/<uuid:encontro_id>/anular/", grupos.anular, name="encontro-anular"),
    path("encaminhamentos/esperas/", esperas.lugar, name="esperas"),
    re_path(r"^encaminhamentos/esperas/(?P<sigla>[A-Z]{2})/$", esperas.lugar, name="esperas-uf"),
    re_path(r"^encaminhamentos/esperas/(?P<codigo>[0-9]{7})/$", esperas.municipio, name="esperas-municipio"),
]
