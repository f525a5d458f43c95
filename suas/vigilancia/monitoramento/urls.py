from django.urls import path, re_path

from suas.vigilancia.monitoramento.views import painel

ONDE = r"(?P<onde>BR|[0-9]{2}|[0-9]{7})"
urlpatterns = [
    path("", painel.inicio, name="monitoramento"),
    path("brasil.svg", painel.imagem, name="monitoramento-imagem"),
    re_path(rf"^{ONDE}/$", painel.lugar, name="monitoramento-lugar"),
    re_path(rf"^{ONDE}/linhas/$", painel.linhas, name="monitoramento-linhas"),
    re_path(rf"^{ONDE}/tendencia/$", painel.tendencia, name="monitoramento-tendencia"),
]
