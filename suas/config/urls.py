"""Todos os endereços. Cada módulo tem os seus."""

from django.urls import include, path

from suas.config import codigo_fonte, inicio

urlpatterns = [
    path("", inicio.inicio, name="inicio"),
    path("codigo-fonte.tar.gz", codigo_fonte.baixar, name="codigo-fonte"),
    path("", include("suas.nucleo.identidade.urls")),
    path("", include("suas.nucleo.fila.urls")),
    path("territorio/", include("suas.cadastros.territorio.urls")),
    path("indicadores/", include("suas.vigilancia.indicadores.urls")),
    path("partilhas/", include("suas.financas.partilhas.urls")),
]

handler400 = "suas.config.erros.pedido_estranho"
handler403 = "suas.config.erros.sem_permissao"
handler404 = "suas.config.erros.nao_encontrada"
handler429 = "suas.config.erros.tentativas_demais"
handler500 = "suas.config.erros.falha"
