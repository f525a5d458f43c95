from django.urls import path

from suas.financas.partilhas.views import aprovacao, arquivos, conducao, entradas

urlpatterns = [
    # conducao
    path("nova/", conducao.nova, name="partilha-nova"),
    path("<uuid:partilha_id>/opcoes/", conducao.opcoes, name="partilha-opcoes"),
    path("<uuid:partilha_id>/cenario/", conducao.cenario, name="partilha-cenario"),
    path("<uuid:partilha_id>/congelar/", conducao.congelar, name="partilha-congelar"),
    path("<uuid:partilha_id>/simular/", conducao.simular, name="partilha-simular"),
    path("<uuid:partilha_id>/excluir/", conducao.excluir, name="partilha-excluir"),
    path("<uuid:partilha_id>/insumos/", entradas.insumos, name="partilha-insumos"),
    path("<uuid:partilha_id>/complementares/", entradas.complementares, name="partilha-complementares"),
    path("<uuid:partilha_id>/municipio/<str:codigo>/corrigir/", entradas.corrigir, name="partilha-corrigir"),
    path("<uuid:partilha_id>/pecas/", aprovacao.pecas, name="partilha-pecas"),
    path("<uuid:partilha_id>/pecas/retirar/", aprovacao.retirar, name="partilha-pecas-retirar"),
    path("<uuid:partilha_id>/selar/", aprovacao.selar, name="partilha-selar"),
    path("<uuid:partilha_id>/arquivos/<str:nome>", arquivos.arquivo, name="partilha-arquivo"),
    # leitura
]
