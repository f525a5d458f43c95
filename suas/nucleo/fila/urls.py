from django.urls import path

from suas.nucleo.fila import views

urlpatterns = [
    path("andamento/<uuid:andamento_id>/", views.andamento, name="andamento"),
    path("funcionamento/", views.funcionamento, name="funcionamento"),
    path("funcionamento/tarefas/<uuid:tarefa_id>/", views.tarefa, name="tarefa"),
    path("funcionamento/tarefas/<uuid:tarefa_id>/tentar-de-novo/", views.tentar_de_novo, name="tarefa-tentar-de-novo"),
    path("funcionamento/tarefas/<uuid:tarefa_id>/desistir/", views.desistir, name="tarefa-desistir"),
    path("funcionamento/rotinas/<str:nome>/agora/", views.rotina_agora, name="rotina-agora"),
]
