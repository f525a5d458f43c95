from django.urls import path, re_path

from suas.vigilancia.monitoramento.views import avisos, entregas, painel, prazos

ONDE = r"(?P<onde>BR|[0-9]{2}|[0-9]{7})"
ENTREGA = r"entregas/(?P<sistema>[A-Z-]+)/(?P<periodo>[0-9T-]+)/(?P<quem>[a-z]+:[0-9a-f-]+)"
urlpatterns = [
    path("", painel.inicio, name="monitoramento"),
    path("brasil.svg", painel.imagem, name="monitoramento-imagem"),
    re_path(rf"^{ONDE}/$", painel.lugar, name="monitoramento-lugar"),
    re_path(rf"^{ONDE}/linhas/$", painel.linhas, name="monitoramento-linhas"),
    re_path(rf"^{ONDE}/tendencia/$", painel.tendencia, name="monitoramento-tendencia"),
    re_path(rf"^{ONDE}/prazos/$", prazos.lista, name="monitoramento-prazos"),
    re_path(rf"^{ONDE}/prazos/(?P<tipo>[a-z]+)/$", prazos.registrar, name="monitoramento-prazo-registrar"),
    re_path(rf"^{ONDE}/{ENTREGA}/$", entregas.informar, name="monitoramento-entrega"),
    re_path(rf"^{ONDE}/{ENTREGA}/retirar/$", entregas.retirar, name="monitoramento-entrega-retirar"),
    re_path(rf"^{ONDE}/avisos/$", avisos.lista, name="monitoramento-avisos"),
    re_path(rf"^{ONDE}/avisos/propor/$", avisos.propor, name="monitoramento-propor"),
    path("avisos/<uuid:comunicacao_id>/", avisos.ver, name="monitoramento-aviso"),
    path("avisos/<uuid:comunicacao_id>/mandar/", avisos.mandar, name="monitoramento-aviso-mandar"),
    path("avisos/<uuid:comunicacao_id>/descartar/", avisos.descartar, name="monitoramento-aviso-descartar"),
    path("prazos/<str:tipo>/<uuid:registro_id>/anular/", prazos.anular, name="monitoramento-prazo-anular"),
]
