from django.urls import path

from suas.nucleo.documentos import views

urlpatterns = [path("documentos/<uuid:documento_id>/", views.baixar, name="documento-baixar")]
