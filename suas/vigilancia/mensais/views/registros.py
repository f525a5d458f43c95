"""As linhas atrás de um número contado, a quem as pode ler."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from normas.registros.leitura import formulario
from suas.atendimento.familias.consultas.familia import por_chaves
from suas.nucleo.trilha.acoes import registrar_leitura
from suas.vigilancia.mensais import consultas, correcao, permissoes
from suas.vigilancia.mensais.correcao import Correcao
from suas.vigilancia.mensais.views.endereco import competencia_do

POR_PAGINA = 50


@never_cache
@require_safe
def registros(request: HttpRequest, unidade_id: UUID, mes: str, item: str) -> HttpResponse:
    """As linhas do envio que vale, as que entraram depois e as que saíram; antes de enviar, as de agora."""
    unidade = permissoes.obter_unidade_para_ler_registros(request.ator, unidade_id=unidade_id)
    competencia = competencia_do(request, mes)
    versao = formulario(consultas.FORMULARIOS[unidade.tipo], em=competencia)
    if item not in versao.itens:
        raise Http404
    registro = consultas.registro_de(unidade, competencia=competencia)
    envio = registro.envios.first() if registro is not None else None
    comparadas = correcao.comparar(registro, envio) if registro is not None and envio is not None else []
    achada = next((comparada for comparada in comparadas if comparada.item == item), None)
    if achada is None:
        agora = consultas.contados(unidade, competencia=competencia).get(item)
        chaves = agora.chaves if agora is not None else ()
        tabela = agora.tabela if agora is not None else consultas.ATENDIMENTOS
        achada = Correcao(item=item, tabela=tabela, no_envio=chaves, agora=chaves)
    todas = sorted({*achada.no_envio, *achada.agora}, reverse=True)
    pagina = Paginator(todas, POR_PAGINA).get_page(request.GET.get("pagina"))
    linhas = por_chaves(list(pagina)) if achada.tabela == consultas.ATENDIMENTOS else []
    if linhas:
        registrar_leitura(
            tabela=achada.tabela,
            ids=[linha.pk for linha in linhas],
            titulares=[linha.familia_id for linha in linhas],
            campos=("tipo",),
            territorio=unidade.municipio_id,
            por=request.ator,
            em=request.agora,
        )
    return render(
        request,
        "mensais/registros.jinja",
        {
            "unidade": unidade,
            "competencia": competencia,
            "item": versao.itens[item],
            "achada": achada,
            "envio": envio,
            "pagina": pagina,
            "linhas": linhas,
            "entraram": set(achada.entraram) if envio is not None else set(),
            "sairam": set(achada.sairam),
        },
    )
