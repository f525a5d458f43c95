"""Partilhas para programas: ler o que se vê na tela, abrir, mudar opções e pedir a simulação."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Header, Query, Router

from suas.cadastros.territorio.consultas import anos_com_populacao
from suas.financas.partilhas import formas, permissoes, tarefas
from suas.financas.partilhas.acoes import abertura
from suas.financas.partilhas.acoes.abertas import travada
from suas.financas.partilhas.consultas import entradas
from suas.financas.partilhas.consultas.memorias import bytes_da_memoria
from suas.financas.partilhas.models import PAIS, Partilha
from suas.nucleo.api import respostas
from suas.nucleo.api.api import Andamento, representar_andamento
from suas.nucleo.api.esquemas import Pagina
from suas.nucleo.api.interface import exigir_escrita
from suas.nucleo.api.paginas import paginar
from suas.nucleo.api.problemas import Erro, Problema
from suas.nucleo.fila.permissoes import obter_andamento_para_ver
from suas.nucleo.recusa import AtoRecusado

rotas = Router(tags=["Partilhas"])


@rotas.get(
    "/partilhas",
    response=Pagina[formas.PartilhaDaLista],
    operation_id="partilhas",
    summary="As partilhas",
    url_name="api-partilhas",
)
def partilhas(request: Any, filtro: Query[formas.FiltroDePartilhas]) -> HttpResponse:
    """As partilhas que o vínculo vê, das mais novas às mais antigas; sem chave, as deliberadas e as seladas."""
    achadas = entradas.visiveis(request.ator)
    if filtro.estado:
        achadas = achadas.filter(estado=filtro.estado)
    if filtro.exercicio:
        achadas = achadas.filter(exercicio=filtro.exercicio)
    if filtro.ambito:
        achadas = achadas.filter(ambito=filtro.ambito)
    if filtro.modificado_desde:
        achadas = achadas.filter(mudada_em__gte=_instante(filtro.modificado_desde))
    return paginar(
        request,
        achadas.values(*formas.COLUNAS),
        ordem=("-id",),
        limite=filtro.limite,
        cursor=filtro.cursor,
        linha=formas.representar_linha,
    )


def _instante(texto: str) -> datetime:
    try:
        # na consulta, o “+” do fuso chega como espaço a quem não o escreveu %2B
        instante = datetime.fromisoformat(texto.replace(" ", "+"))
        if instante.tzinfo is None:
            raise ValueError("sem fuso")
        return instante.astimezone(UTC)
    except (ValueError, OverflowError) as erro:
        mensagem = "Escreva um instante com fuso, como 2026-01-31T12:00:00Z."
        raise Problema(422, mensagem, erros=[Erro(campo="modificado_desde", mensagem=mensagem)]) from erro


@rotas.post(
    "/partilhas",
    response={201: formas.PartilhaDaLista},
    auth=exigir_escrita,
    operation_id="abrir_partilha",
    summary="Abrir uma partilha",
    url_name="api-partilhas",
)
def abrir(request: Any, corpo: formas.NovaPartilha) -> HttpResponse:
    """Abre a partilha do âmbito do vínculo e congela os insumos de agora, como na tela."""
    permissoes.exigir_abertura(request.ator)
    escolhas = abertura.Escolhas(**corpo.model_dump())
    _exigir_populacao(escolhas.ano_populacao)
    try:
        nova = abertura.abrir(escolhas=escolhas, ambito=request.ator.abrangencia, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        raise _recusado(recusa) from recusa
    endereco = reverse("api-partilha", args=[nova.pk])
    return respostas.objeto(request, formas.representar(nova), situacao=201, cabecalhos={"Location": endereco})


def _exigir_populacao(ano: int) -> None:
    if ano not in anos_com_populacao():
        mensagem = f"Não temos a população de {ano}. Veja os anos em /api/v1/populacoes."
        raise Problema(409, mensagem, erros=[Erro(campo="ano_populacao", mensagem=mensagem)])


def _recusado(recusa: AtoRecusado) -> Problema:
    erros = [Erro(campo=recusa.campo, mensagem=str(recusa))] if recusa.campo else []
    return Problema(409, str(recusa), erros=erros)


@rotas.get(
    "/partilhas/{uuid:partilha_id}",
    response=formas.PartilhaDaLista,
    operation_id="partilha",
    summary="Uma partilha",
    url_name="api-partilha",
)
def partilha(request: Any, partilha_id: UUID) -> HttpResponse:
    """O recurso, as opções e o estado; o ETag serve para mudá-la."""
    atual = permissoes.obter_partilha_para_ver(request.ator, partilha_id=partilha_id)
    return respostas.objeto(request, formas.representar(atual))


@rotas.patch(
    "/partilhas/{uuid:partilha_id}",
    response=formas.PartilhaDaLista,
    auth=exigir_escrita,
    operation_id="mudar_opcoes",
    summary="Mudar as opções de uma partilha",
    url_name="api-partilha",
    openapi_extra={"x-recusas": [412, 428]},
)
def mudar_opcoes(
    request: Any,
    partilha_id: UUID,
    corpo: formas.MudancaDeOpcoes,
    if_match: Annotated[str | None, Header(alias="If-Match", description="O ETag da partilha lida; exigido.")] = None,
) -> HttpResponse:
    """Muda recurso, piso ou opções enquanto ela está em preparo; as cotas mudam na próxima simulação."""
    lida = permissoes.obter_partilha_para_conduzir(request.ator, partilha_id=partilha_id)
    with transaction.atomic():
        atual = travada(lida)
        respostas.exigir_versao(request, formas.representar(atual))
        antes = {campo.name: getattr(atual, campo.name) for campo in fields(abertura.Escolhas)}
        escolhas = abertura.Escolhas(**antes | corpo.model_dump(exclude_unset=True))
        _exigir_populacao(escolhas.ano_populacao)
        try:
            mudada = abertura.mudar_opcoes(partilha=atual, escolhas=escolhas, por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            raise _recusado(recusa) from recusa
    return respostas.objeto(request, formas.representar(mudada))


@rotas.post(
    "/partilhas/{uuid:partilha_id}/simulacoes",
    response={202: Andamento},
    auth=exigir_escrita,
    operation_id="simular",
    summary="Pedir a simulação",
    url_name="api-partilha-simulacoes",
)
def simular(request: Any, partilha_id: UUID) -> HttpResponse:
    """Põe a simulação na fila e devolve o andamento; pedir duas vezes seguidas acompanha a mesma."""
    atual = permissoes.obter_partilha_para_conduzir(request.ator, partilha_id=partilha_id)
    try:
        pedido = tarefas.pedir_simulacao(partilha=atual, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        raise _recusado(recusa) from recusa
    andamento = obter_andamento_para_ver(request.ator, andamento_id=pedido.pk)
    endereco = reverse("api-andamento", args=[pedido.pk])
    return respostas.objeto(request, representar_andamento(andamento), situacao=202, cabecalhos={"Location": endereco})


@rotas.get(
    "/partilhas/{uuid:partilha_id}/cotas",
    response=Pagina[formas.CotaDaLista],
    operation_id="cotas",
    summary="As cotas de uma partilha",
    url_name="api-partilha-cotas",
)
def cotas(request: Any, partilha_id: UUID, filtro: Query[formas.FiltroDeCotas]) -> HttpResponse:
    """O que coube a cada município que o vínculo alcança, por código; vazia se nunca simulada."""
    atual = permissoes.obter_partilha_para_ver(request.ator, partilha_id=partilha_id)
    achadas = atual.cotas.all()
    codigo = entradas.alcance(request.ator, atual)
    if codigo != PAIS:
        achadas = achadas.filter(municipio__codigo_ibge__startswith=codigo) if codigo else achadas.none()
    escolhidos = {"uf": filtro.uf, "porte": filtro.porte, "situacao": filtro.situacao}
    achadas = achadas.filter(**{nome: valor for nome, valor in escolhidos.items() if valor})
    return paginar(
        request,
        achadas.values(*formas.COLUNAS_DA_COTA, codigo_ibge=F("municipio_id")),
        ordem=("codigo_ibge",),
        limite=filtro.limite,
        cursor=filtro.cursor,
        avisos=_avisos(atual),
    )


def _avisos(atual: Partilha) -> list[str]:
    textos = entradas.avisos(atual)
    if atual.versao_simulada is None:
        textos.append("Esta partilha ainda não foi simulada.")
    elif atual.desatualizada:
        textos.append("Os insumos mudaram depois da última simulação: as cotas estão desatualizadas.")
    return textos


@rotas.get(
    "/partilhas/{uuid:partilha_id}/insumos",
    response=Pagina[formas.InsumoDaLista],
    operation_id="insumos",
    summary="Os insumos de uma partilha",
    url_name="api-partilha-insumos",
)
def insumos(request: Any, partilha_id: UUID, filtro: Query[formas.FiltroDeInsumos]) -> HttpResponse:
    """As linhas de entrada dos municípios que o vínculo alcança, com a origem de cada dado."""
    atual = permissoes.obter_partilha_para_ver(request.ator, partilha_id=partilha_id)
    achados = entradas.insumos_do_alcance(request.ator, atual)
    if filtro.uf:
        achados = achados.filter(uf=filtro.uf)
    return paginar(
        request,
        formas.linhas_de_insumos(achados),
        ordem=("codigo_ibge",),
        limite=filtro.limite,
        cursor=filtro.cursor,
        linha=lambda linha: formas.com_origens(atual, linha),
        avisos=entradas.avisos(atual),
    )


@rotas.get(
    "/partilhas/{uuid:partilha_id}/memoria",
    response=dict[str, Any],
    operation_id="memoria",
    summary="A memória de cálculo",
    url_name="api-partilha-memoria",
    openapi_extra={"x-recusas": [403]},
)
def memoria(request: Any, partilha_id: UUID) -> HttpResponse:
    """Os bytes canônicos da memória, como no arquivo memoria.json: o ETag é o SHA-256 deles, e recalcular.py os lê."""
    atual = permissoes.obter_partilha_para_baixar_memoria(request.ator, partilha_id=partilha_id)
    conteudo = bytes_da_memoria(atual)
    if conteudo is None:
        raise Http404
    return respostas.arquivo_json(request, conteudo, versao=atual.sha256)
