from django.urls import path

from suas.cadastros.entidades.views import cadastro, cancelamento, inscricoes, ofertas, papel

urlpatterns = [
    path("", cadastro.lista, name="entidades"),
    path("nova/", cadastro.nova, name="entidade-nova"),
    path("<uuid:entidade_id>/", cadastro.ficha, name="entidade"),
    path("<uuid:entidade_id>/editar/", cadastro.editar, name="entidade-editar"),
    path("<uuid:entidade_id>/conferir/", cadastro.conferir, name="entidade-conferir"),
    path("<uuid:entidade_id>/dirigente/", cadastro.posse, name="entidade-posse"),
    path("<uuid:entidade_id>/ofertas/nova/", ofertas.nova, name="oferta-nova"),
    path("ofertas/<uuid:oferta_id>/", ofertas.editar, name="oferta-editar"),
    path("ofertas/<uuid:oferta_id>/encerrar/", ofertas.encerrar, name="oferta-encerrar"),
    path("<uuid:entidade_id>/parcerias/nova/", ofertas.parceria, name="parceria-nova"),
    path("<uuid:entidade_id>/vinculo-suas/", ofertas.vinculo, name="entidade-vinculo-suas"),
    path("<uuid:entidade_id>/cneas/", ofertas.cneas, name="entidade-cneas"),
    path("<uuid:entidade_id>/inscrever/", inscricoes.pedir, name="inscricao-pedir"),
    path("<uuid:entidade_id>/inscricao-anterior/", inscricoes.anterior, name="inscricao-anterior"),
    path("inscricoes/", inscricoes.lista, name="inscricoes"),
    path("inscricoes/etapas/", inscricoes.configurar, name="inscricoes-etapas"),
    path("inscricoes/<uuid:inscricao_id>/", inscricoes.inscricao, name="inscricao"),
    path("inscricoes/<uuid:inscricao_id>/andar/", inscricoes.andar, name="inscricao-andar"),
    path("inscricoes/<uuid:inscricao_id>/juntar/", inscricoes.juntar, name="inscricao-juntar"),
    path(
        "inscricoes/<uuid:inscricao_id>/documentos/<uuid:entrega_id>/", inscricoes.arquivo, name="inscricao-documento"
    ),
    path(
        "inscricoes/<uuid:inscricao_id>/documentos/<uuid:entrega_id>/conferir/",
        inscricoes.conferir,
        name="inscricao-conferir",
    ),
    path(
        "inscricoes/<uuid:inscricao_id>/passos/<int:passo_id>/",
        inscricoes.arquivo_do_passo,
        name="inscricao-passo-arquivo",
    ),
    path("inscricoes/<uuid:inscricao_id>/comprovante/", inscricoes.comprovante, name="inscricao-comprovante"),
    path("inscricoes/<uuid:inscricao_id>/comprovante.pdf", papel.comprovante, name="inscricao-comprovante-papel"),
    path("inscricoes/<uuid:inscricao_id>/renovar/", inscricoes.renovar, name="inscricao-renovar"),
    path("inscricoes/<uuid:inscricao_id>/desistir/", inscricoes.desistir, name="inscricao-desistir"),
    path("inscricoes/<uuid:inscricao_id>/cancelar/", cancelamento.abrir, name="inscricao-cancelar"),
    path("inscricoes/<uuid:inscricao_id>/defesa/", cancelamento.defender, name="inscricao-defesa"),
    path("inscricoes/<uuid:inscricao_id>/decidir/", cancelamento.decidir, name="inscricao-decidir"),
]
