from django.urls import path

from suas.atendimento.prontuarios.views import acesso, acompanhamento, blocos, plano

urlpatterns = [
    path("<uuid:familia_id>/pessoas/<uuid:pessoa_id>/registro/", acesso.pedir, name="registro-pedir"),
    path("registros/<uuid:entrega_id>/", acesso.ver, name="registro-da-pessoa"),
    path("registros/<uuid:entrega_id>/registro.pdf", acesso.em_papel, name="registro-da-pessoa-papel"),
    path("acompanhamentos/", acompanhamento.lista, name="acompanhamentos"),
    path("<uuid:familia_id>/acompanhamento/", acompanhamento.inserir, name="acompanhamento-novo"),
    path("acompanhamentos/<uuid:acompanhamento_id>/", acompanhamento.ver, name="acompanhamento"),
    path("acompanhamentos/<uuid:acompanhamento_id>/desligar/", acompanhamento.desligar, name="acompanhamento-desligar"),
    path("acompanhamentos/<uuid:acompanhamento_id>/avaliar/", acompanhamento.avaliar, name="acompanhamento-avaliar"),
    path("acompanhamentos/<uuid:acompanhamento_id>/anular/", acompanhamento.anular, name="acompanhamento-anular"),
    path("acompanhamentos/<uuid:acompanhamento_id>/plano/", plano.abrir, name="plano-novo"),
    path("planos/<uuid:plano_id>/objetivo/", plano.por_objetivo, name="objetivo-novo"),
    path("planos/<uuid:plano_id>/rever/", plano.rever, name="plano-rever"),
    path("objetivos/<uuid:objetivo_id>/acao/", plano.por_acao, name="acao-nova"),
    path("objetivos/<uuid:objetivo_id>/situacao/", plano.situar_objetivo, name="objetivo-situar"),
    path("acoes/<uuid:acao_id>/situacao/", plano.situar_acao, name="acao-situar"),
    path("<uuid:familia_id>/linha-do-tempo/", blocos.linha_do_tempo, name="familia-linha-do-tempo"),
    path("<uuid:familia_id>/blocos/<slug:ficha>/", blocos.preencher, name="bloco"),
    path("<uuid:familia_id>/blocos/<slug:ficha>/<uuid:pessoa_id>/", blocos.preencher, name="bloco-da-pessoa"),
    path("<uuid:familia_id>/unidade/<uuid:unidade_id>/blocos/<slug:ficha>/", blocos.historia, name="bloco-historia"),
    path(
        "<uuid:familia_id>/unidade/<uuid:unidade_id>/blocos/<slug:ficha>/<uuid:pessoa_id>/",
        blocos.historia,
        name="bloco-historia-da-pessoa",
    ),
]
