from django.urls import path

from suas.nucleo.fila import views

urlpatterns = [path("andamento/<uuid:andamento_id>/", views.andamento, name="andamento")]
