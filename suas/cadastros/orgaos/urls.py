from django.urls import path, re_path

from suas.cadastros.orgaos import views

ENTE = "(?P<codigo>BR|[0-9]{2}|[0-9]{7})"
TIPO = "(?P<tipo>orgao_gestor|conselho|governo)"

urlpatterns = [
    re_path(f"^{ENTE}/$", views.ente, name="ente"),
    re_path(f"^{ENTE}/{TIPO}/$", views.orgao, name="orgao"),
    re_path(rf"^{ENTE}/{TIPO}/ficha\.pdf$", views.orgao_em_papel, name="orgao-papel"),
    re_path(f"^{ENTE}/{TIPO}/editar/$", views.editar, name="orgao-editar"),
    re_path(f"^{ENTE}/{TIPO}/conferir/$", views.conferir, name="orgao-conferir"),
    re_path(f"^{ENTE}/{TIPO}/posse/$", views.posse, name="orgao-posse"),
    path("mandatos/<uuid:mandato_id>/ato/", views.ato_da_posse, name="orgao-ato"),
    path("mandatos/<uuid:mandato_id>/encerrar/", views.encerrar, name="orgao-encerrar-mandato"),
]
