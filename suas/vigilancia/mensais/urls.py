from django.urls import path

from suas.vigilancia.mensais.views import federal, grade, mes, painel, papel, preencher, registros

urlpatterns = [
    path("", painel.painel, name="mensais"),
    path("lugar/<str:onde>/", painel.lugar, name="mensais-lugar"),
    path("lugar/<str:onde>/grade/<slug:codigo>/<str:mes>/", grade.grade, name="mensais-grade"),
    path("<uuid:unidade_id>/<str:mes>/", mes.ver, name="rma"),
    path("<uuid:unidade_id>/<str:mes>/preencher/", preencher.preencher, name="rma-preencher"),
    path("<uuid:unidade_id>/<str:mes>/celula/", preencher.celula, name="rma-celula"),
    path("<uuid:unidade_id>/<str:mes>/critica/", preencher.critica, name="rma-critica"),
    path("<uuid:unidade_id>/<str:mes>/analisar/", mes.analisar, name="rma-analisar"),
    path("<uuid:unidade_id>/<str:mes>/aprovar/", mes.aprovar, name="rma-aprovar"),
    path("<uuid:unidade_id>/<str:mes>/devolver/", mes.devolver, name="rma-devolver"),
    path("<uuid:unidade_id>/<str:mes>/publicar/", mes.publicar, name="rma-publicar"),
    path("<uuid:unidade_id>/<str:mes>/registros/<str:item>/", registros.registros, name="rma-registros"),
    path("<uuid:unidade_id>/<str:mes>/federal/", federal.digitar, name="rma-federal"),
    path("<uuid:unidade_id>/<str:mes>/federal/marcar/", federal.marcar, name="rma-federal-marcar"),
    path("<uuid:unidade_id>/<str:mes>/comprovante/<int:comprovante_id>/", federal.baixar, name="rma-comprovante"),
    path("<uuid:unidade_id>/<str:mes>/pdf/", papel.papel, name="rma-pdf"),
    path("<uuid:unidade_id>/<str:mes>/pdf/em-branco/", papel.em_branco, name="rma-pdf-em-branco"),
    path("<uuid:unidade_id>/<str:mes>/reabrir/", mes.reabrir, name="rma-reabrir"),
]
