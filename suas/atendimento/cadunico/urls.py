from django.urls import path

from suas.atendimento.cadunico.views import diferencas

urlpatterns = [
    path("<uuid:pessoa_id>/<slug:campo>/usar/", diferencas.usar, name="cadunico-usar"),
]
