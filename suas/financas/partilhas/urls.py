from django.urls import path

urlpatterns = [
    # conducao
    # leitura
]
