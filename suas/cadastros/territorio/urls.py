from django.urls import path

from suas.cadastros.territorio import views

urlpatterns = [
    path("", views.brasil, name="territorio-brasil"),
    path("busca", views.busca, name="territorio-busca"),
    path("uf/<str:sigla>/", views.uf, name="territorio-uf"),
    path("municipio/<str:codigo>/", views.municipio, name="territorio-municipio"),
]
