from django.urls import path, re_path

from suas.cadastros.fundos import views

ENTE = "(?P<codigo>BR|[0-9]{2}|[0-9]{7})"

urlpatterns = [
    path("", views.quem_tem, name="fundos-quem-tem"),
    re_path("^uf/(?P<sigla>[A-Z]{2})/$", views.quem_tem_na_uf, name="fundos-quem-tem-na-uf"),
    re_path(f"^{ENTE}/$", views.fundo, name="fundo"),
    re_path(rf"^{ENTE}/ficha\.pdf$", views.fundo_em_papel, name="fundo-papel"),
    re_path(f"^{ENTE}/editar/$", views.editar, name="fundo-editar"),
    re_path(f"^{ENTE}/conferir/$", views.conferir, name="fundo-conferir"),
    re_path(f"^{ENTE}/responsavel/$", views.nomear, name="fundo-nomear"),
    re_path(f"^{ENTE}/conta/$", views.abrir_conta, name="fundo-abrir-conta"),
    path("responsaveis/<uuid:responsavel_id>/ato/", views.ato_da_nomeacao, name="fundo-ato"),
    path("responsaveis/<uuid:responsavel_id>/encerrar/", views.encerrar_responsavel, name="fundo-encerrar-responsavel"),
    path("contas/<uuid:conta_id>/encerrar/", views.encerrar_conta, name="fundo-encerrar-conta"),
]
