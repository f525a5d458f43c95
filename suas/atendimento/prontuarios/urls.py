from django.urls import path

from suas.atendimento.prontuarios.views import blocos

urlpatterns = [
    path("<uuid:familia_id>/linha-do-tempo/", blocos.linha_do_tempo, name="familia-linha-do-tempo"),
    path("<uuid:familia_id>/blocos/<slug:ficha>/", blocos.preencher, name="bloco"),
    path("<uuid:familia_id>/blocos/<slug:ficha>/<uuid:pessoa_id>/", blocos.preencher, name="bloco-da-pessoa"),
    path("<uuid:familia_id>/unidade/<uuid:unidade_id>/blocos/<slug:ficha>/", blocos.historia, name="bloco-historia"),
    path(
        "<uuid:familia_id>/unidade/<uuid:unidade_id>/blocos/<slug:ficha>/<uuid:pessoa_id>/",
        blocos.historia,
        name="bloco-historia-da-pessoa",
    ),
]
