from django.urls import path

from suas.nucleo.trilha import views

urlpatterns = [
    path("", views.atos, name="trilha"),
    path("atos.csv", views.atos_csv, name="trilha-csv"),
    path("<int:ato_id>/", views.ato, name="trilha-ato"),
    path("leituras/", views.leituras, name="trilha-leituras"),
    path("leituras.csv", views.leituras_csv, name="trilha-leituras-csv"),
    path("corrente/", views.corrente, name="trilha-corrente"),
]
