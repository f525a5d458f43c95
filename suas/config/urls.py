"""Todos os endereços. Cada módulo tem os seus."""

from django.urls import include, path

from suas.config import codigo_fonte, inicio

urlpatterns = [
    path("", inicio.inicio, name="inicio"),
    path("codigo-fonte.tar.gz", codigo_fonte.baixar, name="codigo-fonte"),
    path("", include("suas.nucleo.identidade.urls")),
    path("", include("suas.nucleo.entrada.urls")),
    path("", include("suas.nucleo.fila.urls")),
    path("trilha/", include("suas.nucleo.trilha.urls")),
    path("", include("suas.nucleo.dados_pessoais.urls")),
    path("ajuda/", include("suas.nucleo.ajuda.urls")),
    path("avisos/", include("suas.nucleo.avisos.urls")),
    path("importacoes/", include("suas.nucleo.importacoes.urls")),
    path("", include("suas.nucleo.api.urls")),
    path("territorio/", include("suas.cadastros.territorio.urls")),
    path("orgaos/", include("suas.cadastros.orgaos.urls")),
    path("rede/", include("suas.cadastros.rede.urls")),
    path("cobertura/", include("suas.cadastros.cobertura.urls")),
    path("fundos/", include("suas.cadastros.fundos.urls")),
    path("entidades/", include("suas.cadastros.entidades.urls")),
    path("", include("suas.cadastros.trabalhadores.urls")),
    path("familias/cadastro-unico/", include("suas.atendimento.cadunico.urls")),
    path("familias/", include("suas.atendimento.familias.urls")),
    path("", include("suas.atendimento.beneficios.urls")),
    path("", include("suas.atendimento.servicos.urls")),
    path("busca-ativa/", include("suas.atendimento.territorial.urls")),
    path("familias/", include("suas.atendimento.prontuarios.urls")),
    path("indicadores/", include("suas.vigilancia.indicadores.urls")),
    path("mensais/", include("suas.vigilancia.mensais.urls")),
    path("mensais/", include("suas.vigilancia.devolutiva.urls")),
    path("monitoramento/", include("suas.vigilancia.monitoramento.urls")),
    path("partilhas/", include("suas.financas.partilhas.urls")),
]

handler400 = "suas.config.erros.pedido_estranho"
handler403 = "suas.config.erros.sem_permissao"
handler404 = "suas.config.erros.nao_encontrada"
handler429 = "suas.config.erros.tentativas_demais"
handler500 = "suas.config.erros.falha"
