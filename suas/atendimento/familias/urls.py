from django.urls import path

from suas.atendimento.familias.views import atendimentos, familia, leituras, repetidas

urlpatterns = [
    path("", familia.procurar, name="familias"),
    path("nova/", familia.nova, name="familia-nova"),
    path("atendimentos/", atendimentos.do_mes, name="atendimentos-do-mes"),
    path("repetidas/", repetidas.lista, name="pessoas-repetidas"),
    path("repetidas/<uuid:uma_id>/<uuid:outra_id>/", repetidas.comparar, name="pessoas-comparar"),
    path("repetidas/<uuid:uma_id>/<uuid:outra_id>/distintas/", repetidas.distintas, name="pessoas-distintas"),
    path("repetidas/distintas/<uuid:par_id>/voltar/", repetidas.voltar_a_propor, name="pessoas-voltar-a-propor"),
    path("repetidas/juncoes/<uuid:juncao_id>/desfazer/", repetidas.desfazer, name="juncao-desfazer"),
    path("leituras/", leituras.lista, name="leituras-de-fora"),
    path("atendimentos/<uuid:atendimento_id>/anular/", atendimentos.anular, name="atendimento-anular"),
    path("pessoas/<uuid:pessoa_id>/mudar/", familia.mudar_pessoa, name="pessoa-mudar"),
    path("integrantes/<int:integrante_id>/saida/", familia.retirar, name="integrante-saida"),
    path("integrantes/<int:integrante_id>/referencia/", familia.trocar_referencia, name="integrante-referencia"),
    path("<uuid:familia_id>/", familia.ficha, name="familia"),
    path("<uuid:familia_id>/integrante/", familia.incluir, name="integrante-novo"),
    path("<uuid:familia_id>/especificidade/", familia.mudar_especificidade, name="familia-especificidade"),
    path("<uuid:familia_id>/endereco/", familia.mudar_domicilio, name="familia-endereco"),
    path("<uuid:familia_id>/prontuario/", familia.abrir_prontuario, name="prontuario-abrir"),
    path("<uuid:familia_id>/anular/", familia.anular, name="familia-anular"),
    path("<uuid:familia_id>/anular/desfazer/", familia.desfazer_anulacao, name="familia-desfazer-anulacao"),
    path("<uuid:familia_id>/atender/", atendimentos.anotar, name="atendimento-novo"),
    path("<uuid:familia_id>/ler-de-fora/", leituras.abrir, name="familia-ler-de-fora"),
]
