"""Telas de quem registra: definir um indicador, importar uma planilha com prévia, digitar um valor."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import numero
from suas.vigilancia.indicadores import acoes, conferencia, consultas, forms, permissoes
from suas.vigilancia.indicadores.models import Importacao, Valor
from suas.vigilancia.indicadores.numeros import escrever_valor

FALTAS_NA_TELA = 200
LINHAS_DE_AMOSTRA = 8
# Os botões que deixam muitas linhas de fora, e quais linhas são.
DE_FORA_DE_UMA_VEZ: dict[str, Callable[[conferencia.Previa], list[int]]] = {
    "fora_outro_territorio": lambda previa: previa.linhas_de_outro_territorio,
    "fora_com_falta": lambda previa: previa.linhas_com_falta,
}


@require_http_methods(["GET", "POST"])
def novo(request: HttpRequest) -> HttpResponse:
    """Define um indicador próprio da instalação."""
    permissoes.exigir_importar(request.ator)
    form = forms.DefinirIndicador(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            indicador = acoes.definir_indicador(campos=form.campos(), por=request.ator, em=request.agora)
        except AtoRecusado as recusa:
            form.add_error("codigo", str(recusa))
        else:
            messages.success(request, f"Indicador “{indicador.nome}” criado. Agora traga os valores dele.")
            return redirect("indicadores-importar")
    return render(request, "indicadores/novo.jinja", {"form": form})


@require_http_methods(["GET", "POST"])
def importar(request: HttpRequest) -> HttpResponse:
    """Recebe a planilha e leva à conferência; nada muda ainda."""
    permissoes.exigir_importar(request.ator)
    form = forms.EnviarPlanilha(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        destinos = conferencia.sugerir_destinos(
            form.planilha, com_populacao=permissoes.pode_importar_populacao(request.ator)
        )
        importacao = acoes.receber_planilha(
            arquivo=form.cleaned_data["arquivo"].name,
            conteudo=form.conteudo,
            ano=form.cleaned_data["ano"],
            fonte=form.cleaned_data["fonte"],
            sintetico=form.cleaned_data["sintetico"],
            destinos=destinos,
            decimal_com_virgula=conferencia.parece_com_virgula(form.planilha, destinos),
            por=request.ator,
            em=request.agora,
        )
        return redirect("indicadores-conferir", importacao_id=importacao.pk)
    return render(
        request,
        "indicadores/importar.jinja",
        {
            "form": form,
            "indicadores": list(consultas.indicadores()),
            "recentes": list(consultas.importacoes_de(request.ator)[:10]),
        },
    )


@require_http_methods(["GET", "POST"])
def conferir(request: HttpRequest, importacao_id: UUID) -> HttpResponse:
    """A prévia: colunas, faltas por célula para corrigir aqui mesmo, e o que mudaria."""
    importacao = permissoes.obter_importacao_para_conferir(request.ator, importacao_id=importacao_id)
    if request.method == "POST":
        try:
            return _decidir(request, importacao)
        except AtoRecusado as recusa:
            messages.error(request, str(recusa))
            return redirect("indicadores-conferir", importacao_id=importacao.pk)
    previa = conferencia.conferir(importacao)
    opcoes = [
        ("", "Não importar"),
        ("codigo", "Código ou nome do município"),
        ("ano", "Ano da linha"),
        *(conferencia.DESTINOS_DE_POPULACAO.items() if permissoes.pode_importar_populacao(request.ator) else ()),
        *((i.pk, i.nome) for i in consultas.indicadores()),
    ]
    return render(
        request,
        "indicadores/conferir.jinja",
        {
            "importacao": importacao,
            "previa": previa,
            "faltas": previa.faltas[:FALTAS_NA_TELA],
            "colunas_da_amostra": [{"rotulo": "Linha"}, *({"rotulo": coluna} for coluna in previa.planilha.colunas)],
            "amostra": previa.planilha.linhas[:LINHAS_DE_AMOSTRA],
            "opcoes": opcoes,
            "nomes": dict(opcoes),
            "mudancas": _por_extenso(previa),
            "faltam": conferencia.faltam_municipios(previa, importacao),
            "em_conferencia": importacao.situacao == Importacao.Situacao.RASCUNHO,
        },
    )


def _por_extenso(previa: conferencia.Previa) -> list[tuple[conferencia.Mudanca, str, str]]:
    """Cada mudança da amostra com o valor de hoje e o novo, como se leem."""
    indicadores = consultas.indicadores().in_bulk()

    def escrever(destino: str, valor: str | None) -> str:
        if valor is not None and destino.startswith(conferencia.POPULACAO):
            return numero(int(valor))
        return escrever_valor(valor, indicadores[destino]) if valor is not None else "—"

    return [(m, escrever(m.destino, m.antes), escrever(m.destino, m.depois)) for m in previa.mudancas]


def _decidir(request: HttpRequest, importacao: Importacao) -> HttpResponse:
    """Descarta, corrige ou aplica. Quem aplica leva junto o que digitou na mesma tela."""
    escolha = request.POST.get("acao", "corrigir")
    if escolha == "descartar":
        acoes.descartar(importacao=importacao, por=request.ator, em=request.agora)
        messages.success(request, f"“{importacao.arquivo}” foi descartada. Nenhum indicador mudou.")
        return redirect("indicadores-importar")
    if importacao.situacao == Importacao.Situacao.RASCUNHO:
        colunas = list(conferencia.conferir(importacao).planilha.colunas)
        antes = importacao.destinos
        corrigida = acoes.corrigir(
            importacao=importacao,
            destinos={c: request.POST.get(f"destino_{i}", antes.get(c, "")) for i, c in enumerate(colunas)},
            decimal_com_virgula=request.POST.get("decimal", "ponto") == "virgula",
            correcoes=_correcoes(request, colunas),
            de_fora=[int(n) for n in request.POST.getlist("fora") if re.fullmatch(r"[0-9]{1,6}", n)],
            trazer_de_volta=escolha == "trazer_de_volta",
            por=request.ator,
            em=request.agora,
        )
        if escolha in DE_FORA_DE_UMA_VEZ:
            linhas = DE_FORA_DE_UMA_VEZ[escolha](conferencia.conferir(corrigida))
            corrigida = acoes.corrigir(
                importacao=corrigida,
                destinos=corrigida.destinos,
                decimal_com_virgula=corrigida.decimal_com_virgula,
                correcoes={},
                de_fora=linhas,
                por=request.ator,
                em=request.agora,
            )
        importacao = corrigida
    if escolha == "aplicar":
        acoes.aplicar(importacao=importacao, por=request.ator, em=request.agora)
    return redirect("indicadores-conferir", importacao_id=importacao.pk)


def _correcoes(request: HttpRequest, colunas: list[str]) -> dict[str, str]:
    """As células digitadas na tela: o campo celula_LINHA_COLUNA vira “linha:nome da coluna”."""
    correcoes = {}
    for campo, texto in request.POST.items():
        achado = re.fullmatch(r"celula_([0-9]{1,6})_([0-9]{1,4})", campo)
        if achado and int(achado[2]) < len(colunas):
            correcoes[f"{int(achado[1])}:{colunas[int(achado[2])]}"] = str(texto).replace("\0", "").strip()[:200]
    return correcoes


@require_http_methods(["GET", "POST"])
def digitar(request: HttpRequest, codigo: str) -> HttpResponse:
    """Digita o valor de um indicador para um município, com fonte e motivo."""
    municipio = permissoes.obter_municipio_para_digitar(request.ator, codigo=codigo)
    inicial = {"indicador": request.GET.get("indicador", ""), "ano": request.GET.get("ano", "")}
    form = forms.DigitarValor(request.POST or None, initial=inicial)
    if request.method == "POST" and form.is_valid():
        dados = form.cleaned_data
        try:
            acoes.digitar_valor(
                indicador=dados["indicador"],
                municipio=municipio,
                ano=dados["ano"],
                texto=dados["valor"],
                fonte=dados["fonte"],
                motivo=dados["motivo"],
                por=request.ator,
                em=request.agora,
            )
        except AtoRecusado as recusa:
            form.add_error("valor", str(recusa))
        else:
            gravado = Valor.objects.get(indicador=dados["indicador"], municipio=municipio, ano=dados["ano"])
            texto = escrever_valor(gravado.valor, dados["indicador"], unidade=True)
            messages.success(request, f"{dados['indicador'].nome} de {municipio} em {dados['ano']}: {texto}.")
            return redirect("territorio-municipio", codigo=municipio.pk)
    return render(request, "indicadores/digitar.jinja", {"form": form, "municipio": municipio})
