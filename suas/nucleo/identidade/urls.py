from django.urls import path

from suas.nucleo.identidade.views import acessos, convites, papeis, passagem, vinculo

urlpatterns = [
    path("vinculo/", vinculo.vinculo, name="vinculo"),
    path("vinculo/convites/<uuid:convite_id>/", convites.responder_aqui, name="vinculo-convite"),
    path("papeis/", papeis.papeis, name="papeis"),
    path("convite/<str:segredo>/", convites.responder, name="convite"),
    path("acessos/", acessos.lista, name="acessos"),
    path("acessos/nomear/", acessos.nomear, name="acesso-nomear"),
    path("acessos/convites/", convites.lista, name="acesso-convites"),
    path("acessos/convites/<uuid:convite_id>/", convites.convite, name="acesso-convite"),
    path("acessos/convites/<uuid:convite_id>/reenviar/", convites.reenviar, name="acesso-convite-reenviar"),
    path("acessos/convites/<uuid:convite_id>/cancelar/", convites.cancelar, name="acesso-convite-cancelar"),
    path("acessos/pessoas/<uuid:pessoa_id>/", acessos.pessoa, name="acesso-pessoa"),
    path("acessos/vinculos/<uuid:vinculo_id>/encerrar/", acessos.encerrar, name="acesso-encerrar"),
    path("acessos/vinculos/<uuid:vinculo_id>/mudar/", acessos.mudar, name="acesso-mudar"),
    path("acessos/vinculos/<uuid:vinculo_id>/ato/", acessos.ato_de_nomeacao, name="acesso-ato"),
    path("acessos/vinculos/<uuid:vinculo_id>/passar/", passagem.passar, name="acesso-passar"),
    path("acessos/vinculos/<uuid:vinculo_id>/vaga/", passagem.deixar_vaga, name="acesso-vaga"),
    path("saude", vinculo.saude, name="saude"),
]
