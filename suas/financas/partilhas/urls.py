from django.urls import path

from suas.financas.partilhas.views import aprovacao, arquivos, comparacao, conducao, entradas, leitura, papel

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
    path("<uuid:partilha_id>/pecas/<uuid:peca_id>/", arquivos.peca, name="partilha-peca"),
    path("<uuid:partilha_id>/pecas/retirar/", aprovacao.retirar, name="partilha-pecas-retirar"),
    path("<uuid:partilha_id>/selar/", aprovacao.selar, name="partilha-selar"),
    path("<uuid:partilha_id>/arquivos/<str:nome>", arquivos.arquivo, name="partilha-arquivo"),
    # leitura
    path("", leitura.lista, name="partilhas-lista"),
    path("comparar/", comparacao.comparar, name="partilhas-comparar"),
    path("comparar/mapa.svg", comparacao.mapa, name="partilhas-comparar-mapa"),
    path("recalcular.py", leitura.recalcular, name="partilha-recalcular"),
    path("<uuid:partilha_id>/", leitura.partilha, name="partilha"),
    path("<uuid:partilha_id>/mapa/<str:vista>.svg", leitura.mapa, name="partilha-mapa"),
    path("<uuid:partilha_id>/uf/<str:sigla>/", leitura.uf, name="partilha-uf"),
    path("<uuid:partilha_id>/municipio/<str:codigo>/", leitura.municipio, name="partilha-municipio"),
    path("<uuid:partilha_id>/municipio/<str:codigo>/memoria.pdf", papel.memoria, name="partilha-municipio-papel"),
]
