"""O mês de várias unidades do município numa grade só: uma coluna por unidade, uma linha por número do formulário."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from normas.base.competencia import Competencia
from normas.registros.formulario import Versao
from normas.registros.leitura import formulario
from suas.nucleo.identidade import lugares
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import exportar
from suas.vigilancia.mensais import celulas, consultas, forms, permissoes, saida
from suas.vigilancia.mensais.acoes import preenchimento
from suas.vigilancia.mensais.celulas import Conflito, Escrito
from suas.vigilancia.mensais.consultas import Linha
from suas.vigilancia.mensais.models import RegistroMensal
from suas.vigilancia.mensais.views.endereco import competencia_do

#: Quantas unidades cabem lado a lado.
COLUNAS = 12


@dataclass(frozen=True, kw_only=True)
class Coluna:
    """Uma unidade na grade: o que está escrito, e o que não se pôde guardar."""

    linha: Linha
    escritas: dict[str, Escrito]
    lidas: str
    recusa: str = ""
    conflitos: tuple[Conflito, ...] = ()

    @property
    def prefixo(self) -> str:
        return f"{self.linha.unidade.pk}:"

    @property
    def aberta(self) -> bool:
        registro = self.linha.registro
        return registro is None or registro.estado in RegistroMensal.ABERTOS


@never_cache
@require_http_methods(["GET", "POST"])
def grade(request: HttpRequest, onde: str, codigo: str, mes: str) -> HttpResponse:
    """Guarda o que mudou em cada unidade; o que não se pôde guardar volta escrito, com o porquê."""
    permissoes.exigir_preencher_no_municipio(request.ator, onde=onde)
    competencia = competencia_do(request, mes)
    if codigo not in consultas.FORMULARIOS.values():
        raise Http404
    versao = formulario(codigo, em=competencia)
    linhas = [
        linha
        for linha in consultas.quadro(onde, competencia=competencia)
        if consultas.FORMULARIOS[linha.unidade.tipo] == codigo
    ]
    if exportar.pedido(request):
        return exportar.baixar(request, _lista(linhas, versao, competencia))
    pagina = Paginator(linhas, COLUNAS).get_page(request.GET.get("pagina"))
    colunas = [_coluna(linha, versao) for linha in pagina]
    if request.method == "POST":
        colunas = [_guardar(request, coluna, versao, competencia) for coluna in colunas]
        if not any(coluna.recusa for coluna in colunas):
            messages.success(request, "Rascunhos guardados.")
            return redirect(request.get_full_path())
    return render(
        request,
        "mensais/grade.jinja",
        {
            "onde": onde,
            "lugar": lugares.nome(onde),
            "competencia": competencia,
            "formulario": versao,
            "codigo": codigo,
            "codigos": sorted(set(consultas.FORMULARIOS.values())),
            "pagina": pagina,
            "colunas": colunas,
            "do_item": celulas.do_item,
        },
    )


def _lista(linhas: list[Linha], versao: Versao, competencia: Competencia) -> exportar.Lista:
    """Todas as unidades do formulário, com o que está escrito em cada uma."""
    return exportar.Lista(
        nome=f"{versao.formulario.lower()}-{competencia}",
        titulo=f"{competencia.mes:02d}-{competencia.ano}",
        colunas=saida.COLUNAS,
        linhas=(
            numero
            for linha in linhas
            for numero in saida.linhas(
                linha.unidade,
                competencia,
                versao=versao,
                itens=linha.registro.itens if linha.registro is not None else {},
                calculados={},
            )
        ),
    )


def _coluna(linha: Linha, versao: Versao) -> Coluna:
    registro = linha.registro
    escritas = celulas.achatar(registro.itens, registro.justificativas, versao=versao) if registro is not None else {}
    return Coluna(linha=linha, escritas=escritas, lidas=json.dumps(escritas, ensure_ascii=False))


def _guardar(request: HttpRequest, coluna: Coluna, versao: Versao, competencia: Competencia) -> Coluna:
    """A coluna como ficou; a que ninguém mudou, ou já foi enviada, fica como está."""
    lidas = forms.lidas(request.POST, prefixo=coluna.prefixo)
    if lidas is None or not coluna.aberta:
        return coluna
    escritas = forms.enviadas(request.POST, versao=versao, prefixo=coluna.prefixo)
    escritas |= {nome: texto for nome, texto in lidas.items() if nome.startswith("j-")}
    if escritas == lidas:
        return coluna
    itens, justificativas = celulas.montar(escritas, versao=versao)
    try:
        preenchimento.guardar(
            unidade=coluna.linha.unidade,
            competencia=competencia,
            itens=itens,
            justificativas=justificativas,
            versao=-1,
            lidas=lidas,
            por=request.ator,
            em=request.agora,
        )
    except AtoRecusado as recusa:
        conflitos = tuple(recusa.conflitos) if isinstance(recusa, preenchimento.CelulasEmConflito) else ()
        return replace(coluna, escritas=escritas, recusa=str(recusa), conflitos=conflitos)
    return coluna
