from django.urls import path

from suas.nucleo.avisos.views import correio, proprios, textos

urlpatterns = [
    path("", proprios.lista, name="avisos"),
    path("lidos/", proprios.marcar_todos, name="avisos-lidos"),
    path("preferencias/", proprios.escolher, name="avisos-preferencias"),
    path("preferencias/endereco/", proprios.liberar, name="avisos-endereco"),
    path("textos/", textos.lista, name="avisos-textos"),
    path("textos/<str:codigo>/", textos.texto, name="avisos-texto"),
    path("textos/<str:codigo>/original/", textos.original, name="avisos-texto-original"),
    path("recado/", textos.recado, name="avisos-recado"),
    path("<uuid:aviso_id>/abrir/", proprios.abrir, name="aviso-abrir"),
    path("correio/", correio.lista, name="correio"),
    path("correio/<uuid:mensagem_id>/", correio.mensagem, name="correio-mensagem"),
    path("correio/<uuid:mensagem_id>/enviar/", correio.enviar, name="correio-enviar"),
    path("correio/<uuid:mensagem_id>/revelar/", correio.revelar, name="correio-revelar"),
]
