from django.urls import path

from suas.nucleo.importacoes.views import arquivos, conducao, entrada

urlpatterns = [
    path("", entrada.lista, name="importacoes"),
    path("trazer/<slug:codigo>/", entrada.trazer, name="importacao-trazer"),
    path("trazer/<slug:codigo>/modelo.<slug:formato>", arquivos.modelo, name="importacao-modelo"),
    path("planilha/<uuid:importacao_id>/", conducao.conferir, name="importacao"),
    path("planilha/<uuid:importacao_id>/reenviar/", conducao.reenviar, name="importacao-reenviar"),
    path("planilha/<uuid:importacao_id>/faltas.<slug:formato>", arquivos.faltas, name="importacao-faltas"),
]
