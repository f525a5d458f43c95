from django.urls import path, re_path

from suas.cadastros.trabalhadores.views import equipe, lotacao, mostra, papel, pessoa, quadro

LUGAR = "(?P<onde>BR|[0-9]{2}|[0-9]{7})"

urlpatterns = [
    re_path(rf"^trabalhadores/{LUGAR}/$", quadro.lista, name="trabalhadores-quadro"),
    re_path(rf"^trabalhadores/{LUGAR}/novo/$", pessoa.novo, name="trabalhador-novo"),
    path("trabalhadores/pessoa/<uuid:trabalhador_id>/", pessoa.ficha, name="trabalhador"),
    path("trabalhadores/pessoa/<uuid:trabalhador_id>/mudar/", pessoa.mudar, name="trabalhador-mudar"),
    path("trabalhadores/pessoa/<uuid:trabalhador_id>/entrada/", pessoa.entrada, name="trabalhador-entrada"),
    path("trabalhadores/pessoa/<uuid:trabalhador_id>/apagar/", pessoa.apagar, name="trabalhador-apagar"),
    path("trabalhadores/pessoa/<uuid:trabalhador_id>/lotar/", lotacao.lotar, name="trabalhador-lotar"),
    path("trabalhadores/lotacao/<uuid:lotacao_id>/", lotacao.mudar, name="lotacao-mudar"),
    path("trabalhadores/lotacao/<uuid:lotacao_id>/encerrar/", lotacao.encerrar, name="lotacao-encerrar"),
    re_path(rf"^equipes/{LUGAR}/$", equipe.lugar, name="equipes-lugar"),
    path("equipes/unidade/<uuid:unidade_id>/", equipe.unidade, name="equipe-unidade"),
    path("equipes/unidade/<uuid:unidade_id>/equipe.pdf", papel.equipe, name="equipe-unidade-papel"),
    path("equipes/unidade/<uuid:unidade_id>/base/", equipe.base, name="equipe-base"),
    path("rede/unidade/<uuid:unidade_id>/quem-atende/", mostra.quem_atende, name="quem-atende"),
    path("rede/unidade/<uuid:unidade_id>/quem-atende/mostrar/", mostra.mostrar, name="quem-atende-mostrar"),
]
