from django.urls import path

from suas.vigilancia.mensais import views

urlpatterns = [
    path("", views.painel, name="mensais"),
    path("lugar/<str:onde>/", views.lugar, name="mensais-lugar"),
    path("<uuid:unidade_id>/<str:mes>/", views.ver, name="rma"),
    path("<uuid:unidade_id>/<str:mes>/preencher/", views.preencher, name="rma-preencher"),
    path("<uuid:unidade_id>/<str:mes>/aprovar/", views.aprovar, name="rma-aprovar"),
    path("<uuid:unidade_id>/<str:mes>/devolver/", views.devolver, name="rma-devolver"),
    path("<uuid:unidade_id>/<str:mes>/reabrir/", views.reabrir, name="rma-reabrir"),
]
