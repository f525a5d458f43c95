"""Insumos: ver, filtrar, corrigir um dado, escolher os indicadores complementares."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from normas.base.numeros import com_virgula
from normas.territorio.porte import Porte
from suas.financas.partilhas import permissoes, tarefas
from suas.financas.partilhas.acoes import insumos as atos
from suas.financas.partilhas.consultas import entradas, listas
from suas.financas.partilhas.consultas.dados import DADO_POR_NOME
from suas.financas.partilhas.forms import FormDaCorrecao, FormDosComplementares, ver_de_novo
from suas.financas.partilhas.models import Insumo, Partilha
from suas.financas.partilhas.views import planilhas
from suas.nucleo.identidade.consultas import instalacao
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.tela import exportar

POR_PAGINA = 25


@login_not_required
@require_safe
def insumos(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """As linhas de entrada, com o que falta e o que foi digitado."""
    partilha = permissoes.obter_partilha_para_ver(request.ator, partilha_id=partilha_id)
    filtro = listas.FiltroDeInsumos.de(request.GET)
    achados = listas.insumos(request.ator, partilha, filtro)
    if exportar.pedido(request):
        todos = listas.lidos(list(achados.values_list("pk", flat=True)))
        return planilhas.dos_insumos(request, partilha, listas.linhas_de_insumos(partilha, todos))
    # só as chaves são postas em ordem; as linhas, largas, se leem uma página por vez
    pagina = Paginator(achados.values_list("pk", flat=True), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "partilha": partilha,
        "avisos": entradas.avisos(partilha),
        "filtro": filtro,
        "pagina": pagina,
        "titulos": [
            {"rotulo": dado.rotulo, "numero": dado.tipo != "palavra"} for dado in listas.colunas_de_insumos(partilha)
        ],
        "linhas": listas.linhas_de_insumos(partilha, listas.lidos(list(pagina))),
        "ufs": listas.ufs_da_partilha(request.ator, partilha),
        "origens": listas.origens_da_partilha(partilha),
        "pode_corrigir": permissoes.pode_conduzir(request.ator, partilha) and partilha.em_preparo,
        "completa": permissoes.alcanca_tudo(request.ator, partilha),
    }
    return render(request, "partilhas/insumos.jinja", contexto)


def _depois_de_corrigir(insumo: Insumo, *, completava: bool) -> str:
    """Quem completa o que falta segue para o que ainda falta e, no fim, para simular; os demais ficam no município."""
    if not completava:
        return reverse("partilha-municipio", args=[insumo.partilha_id, insumo.municipio_id])
    if insumo.partilha.faltas:
        return reverse("partilha-insumos", args=[insumo.partilha_id]) + "?mostrar=faltas"
    return reverse("partilha", args=[insumo.partilha_id])


@require_http_methods(["GET", "POST"])
def corrigir(request: HttpRequest, partilha_id: UUID, codigo: str) -> HttpResponse:
    """Corrige um dado de um município, com motivo, e pede nova simulação."""
    insumo = permissoes.obter_insumo_para_corrigir(request.ator, partilha_id=partilha_id, codigo_ibge=codigo)
    linhas = {linha.dado.nome: linha for linha in entradas.linhas_do_municipio(insumo.partilha, insumo)}
    nome = request.GET.get("dado") or next(iter(linhas))
    if nome not in linhas:
        raise Http404
    linha, dado = linhas[nome], DADO_POR_NOME[nome]
    inicial = {
        "visto": getattr(insumo, nome),
        "valor": dado.para_o_teclado(getattr(insumo, nome)),
        "ano": linha.origem.ano if linha.origem else insumo.partilha.ano_populacao,
    }
    pode_faltar = nome in entradas.podem_faltar(insumo.partilha)
    form = FormDaCorrecao(request.POST or None, dado=dado, pode_faltar=pode_faltar, initial=inicial)
    if request.method == "POST" and form.is_valid():
        sede = instalacao()
        correcao = form.correcao(sintetico=sede is not None and sede.demonstracao)
        try:
            corrigido, andamento = tarefas.corrigir_e_simular(
                insumo=insumo, correcao=correcao, por=request.ator, em=request.agora
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
            if isinstance(recusa, MudouNoMeioTempo):
                insumo.refresh_from_db()
                linha = {x.dado.nome: x for x in entradas.linhas_do_municipio(insumo.partilha, insumo)}[nome]
                ver_de_novo(form, visto=getattr(insumo, nome))
        else:
            antes = f"era {linha.texto}" if getattr(insumo, nome) else "faltava"
            para = dado.em_palavras(getattr(corrigido, nome))
            depois = " Uma nova simulação foi pedida." if andamento else ""
            messages.success(request, f"{dado.rotulo} de {insumo.municipio}: {antes}, agora é {para}.{depois}")
            return redirect(_depois_de_corrigir(corrigido, completava=bool(linha.falta)))
    contexto = {
        "partilha": insumo.partilha,
        "avisos": entradas.avisos(insumo.partilha),
        "insumo": insumo,
        "linhas": list(linhas.values()),
        "linha": linha,
        "form": form,
    }
    return render(request, "partilhas/corrigir.jinja", contexto)


def _gravados(partilha: Partilha) -> str:
    texto = "Indicadores complementares gravados e os valores deles congelados."
    sem_valor = entradas.sem_complementar(partilha)
    if not sem_valor:
        return texto
    um = "1 município está" if sem_valor == 1 else f"{com_virgula(sem_valor)} municípios estão"
    return f"{texto} {um} sem o valor do indicador que a sua instância escolheu."


@require_http_methods(["GET", "POST"])
def complementares(request: HttpRequest, partilha_id: UUID) -> HttpResponse:
    """O indicador complementar de cada instância; um botão aplica o mesmo a todas de um porte."""
    partilha = permissoes.obter_partilha_para_conduzir(request.ator, partilha_id=partilha_id)
    instancias = entradas.instancias_da_partilha(partilha)
    form = FormDosComplementares(
        request.POST or None,
        instancias=instancias,
        opcoes=entradas.escolhas_de_indicador(),
        atuais=entradas.complementares_atuais(partilha),
    )
    if request.method == "POST" and form.is_valid():
        pedido = request.POST.get("aplicar")
        aplicar = Porte(pedido) if pedido in set(Porte) else None
        if aplicar and form.falta_escolher(aplicar):
            form.add_error(f"porte_{pedido}_indicador", "Escolha o indicador que vai para todas as instâncias.")
        else:
            try:
                gravada = atos.definir_complementares(
                    partilha=partilha, escolhas=form.escolhas(aplicar=aplicar), por=request.ator, em=request.agora
                )
            except AtoRecusado as recusa:
                form.add_error(recusa.campo, str(recusa))
                if isinstance(recusa, MudouNoMeioTempo):
                    form.ver_de_novo(entradas.complementares_atuais(partilha))
            else:
                messages.success(request, _gravados(gravada))
                return redirect("partilha-complementares", partilha.pk)
    contexto = {
        "partilha": partilha,
        "avisos": entradas.avisos(partilha),
        "form": form,
        "sem_valor": entradas.sem_complementar(partilha),
        "grupos": listas.grupos_de_complementares(partilha, instancias),
        "prefixo": FormDosComplementares.prefixo,
    }
    return render(request, "partilhas/complementares.jinja", contexto)
