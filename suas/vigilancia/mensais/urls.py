from django.urls import path

from suas.vigilancia.mensais.views import mes, painel, preencher

urlpatterns = [
    path("", painel.painel, name="mensais"),
    path("lugar/<str:onde>/", painel.lugar, name="mensais-lugar"),
    path("<uuid:unidade_id>/<str:mes>/", mes.ver, name="rma"),
    path("<uuid:unidade_id>/<str:mes>/preencher/", preencher.preencher, name="rma-preencher"),
    path("<uuid:unidade_id>/<str:mes>/celula/", preencher.celula, name="rma-celula"),
    path("<uuid:unidade_id>/<str:mes>/critica/", preencher.critica, name="rma-critica"),
    path("<uuid:unidade_id>/<str:mes>/analisar/", mes.analisar, name="rma-analisar"),
    path("<uuid:unidade_id>/<str:mes>/aprovar/", mes.aprovar, name="rma-aprovar"),
    path("<uuid:unidade_id>/<str:mes>/devolver/", mes.devolver, name="rma-devolver"),
    path("<uuid:unidade_id>/<str:mes>/publicar/", mes.publicar, name="rma-publicar"),
    path("<uuid:unidade_id>/<str:mes>/reabrir/", mes.reabrir, name="rma-reabrir"),
]
