from django.urls import path

from suas.nucleo.trilha import views

urlpatterns = [
    path("", views.atos, name="trilha"),
    path("<int:ato_id>/", views.ato, name="trilha-ato"),
    path("leituras/", views.leituras, name="trilha-leituras"),
    path("corrente/", views.corrente, name="trilha-corrente"),
]
