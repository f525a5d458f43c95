"""A conferência de uma planilha: corrigir na tela ou por outro arquivo, encaminhar, aprovar, aplicar, desistir."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from suas.nucleo.importacoes import consultas, forms, permissoes, sigilo, tarefas
from suas.nucleo.importacoes.acoes import aplicacao, preparo
from suas.nucleo.importacoes.acoes.leitura import anotar_leitura
from suas.nucleo.importacoes.conferencia import Previa
from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.importacoes.registro import Importador
from suas.nucleo.planilhas.saida import FORMATOS_DE_PLANILHA
from suas.nucleo.recusa import AtoRecusado

FALTAS_POR_PAGINA = 100
LINHAS_POR_PAGINA = 50
MAXIMO_DIGITADO = 500


@require_http_methods(["GET", "POST"])
def conferir(request: HttpRequest, importacao_id: UUID) -> HttpResponse:
    """A prévia: colunas, faltas para corrigir aqui mesmo, e o que mudaria, linha por linha."""
    if request.method == "POST":
        escolha = request.POST.get("acao", "corrigir")
        return (
            _aprovar(request, importacao_id) if escolha in {"aprovar", "recusar"} else _conduzir(request, importacao_id)
        )
    importacao, importador = permissoes.obter_importacao_para_ver(request.ator, importacao_id=importacao_id)
    try:
        previa = consultas.previa_de(importacao)
    except sigilo.NaoAbre as erro:
        messages.error(request, str(erro))
        previa = None
    anotar_leitura(importacao=importacao, importador=importador, por=request.ator, em=request.agora)
    mostrar = request.GET.get("mostrar", "")
    grupos = consultas.grupos_de_faltas(previa) if previa else []
    linhas = consultas.linhas_do_tipo(previa, mostrar) if previa else []
    return render(
        request,
        "importacoes/conferir.jinja",
        {
            "importacao": importacao,
            "importador": importador,
            "previa": previa,
            "andamento": consultas.andamento_de(importacao),
            "nomes": {coluna.codigo: coluna.nome for coluna in importador.colunas},
            "abas": _abas(importacao, importador),
            "a_esvaziar": len(consultas.celulas_a_esvaziar(previa, importador)) if previa else 0,
            "grupos": Paginator(grupos, FALTAS_POR_PAGINA).get_page(request.GET.get("faltas")),
            "mostrar": mostrar,
            "linhas": Paginator(linhas, LINHAS_POR_PAGINA).get_page(request.GET.get("pagina")),
            "corrige": importacao.na_mao and permissoes.pode_corrigir(request.ator, importacao, importador),
            "desiste": permissoes.pode_corrigir(request.ator, importacao, importador),
            "decide": permissoes.espera_por(request.ator, importacao, importador),
            "form": forms.Recusa(),
            "formatos": FORMATOS_DE_PLANILHA,
        },
    )


def _abas(importacao: Importacao, importador: Importador) -> tuple[str, ...]:
    """As abas do arquivo, se há mais de uma e ainda se escolhe."""
    if not importacao.na_mao or importacao.formato == "csv":
        return ()
    try:
        abas = consultas.quadro_de(importacao, importador).abas
    except sigilo.NaoAbre:
        return ()
    return abas if len(abas) > 1 else ()


def _conduzir(request: HttpRequest, importacao_id: UUID) -> HttpResponse:
    """Guarda o que se digitou e faz o que o botão diz; o que não cabe volta com o motivo."""
    importacao, importador = permissoes.obter_importacao_para_corrigir(request.ator, importacao_id=importacao_id)
    escolha = request.POST.get("acao", "corrigir")
    try:
        if escolha == "desistir":
            preparo.desistir(importacao=importacao, por=request.ator, em=request.agora)
            messages.success(request, f"Você desistiu de “{importacao.arquivo}”. Nada mudou, e o arquivo foi apagado.")
            return redirect("importacoes")
        if escolha == "aba":
            aba = request.POST.get("aba", "")
            importacao = preparo.escolher_aba(
                importacao=importacao, importador=importador, aba=aba, por=request.ator, em=request.agora
            )
            tarefas.conferir(importacao=importacao, importador=importador, por=request.ator, em=request.agora)
        elif importacao.na_mao:
            importacao = _guardar(request, importacao, importador, escolha)
        if escolha == "aplicar":
            _aplicar(request, importacao, importador)
    except (AtoRecusado, sigilo.NaoAbre) as recusa:
        messages.error(request, str(recusa))
    return redirect("importacao", importacao_id=importacao.pk)


def _guardar(request: HttpRequest, importacao: Importacao, importador: Importador, escolha: str) -> Importacao:
    """Corrige com o que veio da tela e confere de novo; se nada mudou, a prévia que há continua valendo."""
    previa = consultas.previa_de(importacao)
    correcoes, de_fora = _digitado(request, previa) if previa else ({}, [])
    if previa and escolha == "fora_com_falta":
        de_fora += previa.linhas_com_falta
    if previa and escolha == "esvaziar":
        correcoes = consultas.celulas_a_esvaziar(previa, importador) | correcoes
    if previa and escolha == "fora_outro_territorio":
        de_fora += previa.linhas_de_fora_da_abrangencia
    antes = consultas.destinos_de(importacao)
    destinos = {
        posicao: request.POST.get(f"destino_{posicao}", antes.get(posicao, ""))
        for posicao in range(len(importacao.colunas))
    }
    com_ponto = request.POST.get("decimal", "ponto" if importacao.decimal_com_ponto else "virgula") == "ponto"
    mudou = (
        {p: c for p, c in destinos.items() if c} != {p: c for p, c in antes.items() if c}
        or com_ponto != importacao.decimal_com_ponto
        or correcoes
        or de_fora
    )
    if previa and not mudou and escolha in ("aplicar", "corrigir"):
        return importacao
    corrigida = preparo.corrigir(
        importacao=importacao,
        importador=importador,
        destinos=destinos,
        decimal_com_ponto=com_ponto,
        correcoes=correcoes,
        de_fora=de_fora,
        trazer_de_volta=escolha == "trazer_de_volta",
        por=request.ator,
        em=request.agora,
    )
    return tarefas.conferir(importacao=corrigida, importador=importador, por=request.ator, em=request.agora)


def _digitado(request: HttpRequest, previa: Previa) -> tuple[dict[str, str], list[int]]:
    """As células mudadas e as linhas deixadas de fora; um grupo de faltas iguais corrige todas as suas linhas."""
    marcadas = set(request.POST.getlist("fora"))
    correcoes: dict[str, str] = {}
    de_fora: list[int] = []
    for grupo in consultas.grupos_de_faltas(previa):
        if grupo.campo in marcadas:
            de_fora += grupo.numeros
        texto = request.POST.get(grupo.campo)
        if grupo.falta.coluna and texto is not None and texto.strip() != grupo.falta.escrito:
            limpo = re.sub(r"\s+", " ", texto).strip()[:MAXIMO_DIGITADO]
            correcoes |= {f"{numero}:{grupo.falta.coluna}": limpo for numero in grupo.numeros}
    return correcoes, de_fora


def _aplicar(request: HttpRequest, importacao: Importacao, importador: Importador) -> None:
    if importador.aprova is not None:
        aplicacao.encaminhar(importacao=importacao, importador=importador, por=request.ator, em=request.agora)
        messages.success(request, "Encaminhada. Nada muda até outra pessoa aprovar; você vê aqui a decisão.")
        return
    tarefas.aplicar(importacao=importacao, importador=importador, por=request.ator, em=request.agora)


@require_POST
def reenviar(request: HttpRequest, importacao_id: UUID) -> HttpResponse:
    """Recebe o arquivo corrigido: a planilha toda ou só a de faltas."""
    importacao, importador = permissoes.obter_importacao_para_corrigir(request.ator, importacao_id=importacao_id)
    arquivo = request.FILES.get("arquivo")
    megas = importador.limites.megas
    if arquivo is None or not arquivo.size or arquivo.size > megas * 1024 * 1024:
        messages.error(request, f"Escolha o arquivo corrigido, de até {megas} MB, e envie de novo.")
        return redirect("importacao", importacao_id=importacao.pk)
    try:
        trocada = preparo.reenviar(
            importacao=importacao,
            importador=importador,
            arquivo=str(arquivo.name),
            conteudo=arquivo.read(),
            por=request.ator,
            em=request.agora,
        )
        tarefas.conferir(importacao=trocada, importador=importador, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    return redirect("importacao", importacao_id=importacao.pk)


def _aprovar(request: HttpRequest, importacao_id: UUID) -> HttpResponse:
    """Outra pessoa aprova, e a planilha se aplica, ou recusa, dizendo por quê."""
    importacao, importador = permissoes.obter_importacao_para_decidir(request.ator, importacao_id=importacao_id)
    try:
        if request.POST.get("acao") == "aprovar":
            tarefas.aplicar(importacao=importacao, importador=importador, por=request.ator, em=request.agora)
        else:
            motivo = request.POST.get("motivo", "").replace("\0", "")[:1000]
            aplicacao.recusar(importacao=importacao, motivo=motivo, por=request.ator, em=request.agora)
            messages.success(request, "Recusada. Quem trouxe lê o motivo e corrige.")
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    return redirect("importacao", importacao_id=importacao.pk)
