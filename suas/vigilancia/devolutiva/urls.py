from django.urls import path

from suas.vigilancia.devolutiva import views

urlpatterns = [
    path("somas/", views.somas_daqui, name="somas"),
    path("somas/<str:onde>/", views.somas, name="somas-lugar"),
    path("somas/<str:onde>/<str:codigo>/<str:item>/", views.partes, name="somas-item"),
    path("<uuid:unidade_id>/<str:mes>/devolutiva/", views.pagina, name="devolutiva"),
    path("<uuid:unidade_id>/<str:mes>/devolutiva/papel/", views.em_papel, name="devolutiva-papel"),
]
