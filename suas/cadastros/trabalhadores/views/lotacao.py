"""A lotação: acrescentar, mudar, corrigir e encerrar, com o aviso de horas demais na entrada."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from suas.cadastros.trabalhadores import forms, permissoes
from suas.cadastros.trabalhadores.acoes import lotacoes
from suas.cadastros.trabalhadores.consultas import equipes, horas, quadro
from suas.cadastros.trabalhadores.models import Lotacao, Trabalhador
from suas.nucleo.identidade import lugares
from suas.nucleo.recusa import AtoRecusado


def exigir_cadastro(request: HttpRequest, onde: str) -> None:
    """404 fora do território; 403 a quem não lota ali nem na própria unidade."""
    permissoes.exigir_alcance(request.ator, abrangencia=onde)
    ator = request.ator
    if not (ator.abrangencia == onde and ator.pode(permissoes.ATUALIZAR, em=onde, unidade=ator.unidade)):
        permissoes.exigir(ator, permissoes.ATUALIZAR, abrangencia=onde)


def formulario_de_lotar(request: HttpRequest, onde: str) -> forms.Lotar:
    """O formulário com os lugares em que o vínculo em uso lota: a própria unidade, ou todas e os órgãos."""
    unidades = quadro.unidades_do_municipio(onde, hoje=request.hoje)
    if request.ator.papel.da_unidade:
        unidades = [unidade for unidade in unidades if unidade.pk == request.ator.unidade]
    inicial = request.GET.get("unidade", "") or (str(unidades[0].pk) if len(unidades) == 1 else "")
    return forms.Lotar(
        request.POST or None,
        initial={"lugar": inicial},
        abrangencia=onde,
        unidades=unidades,
        com_orgaos=not request.ator.papel.da_unidade,
        essenciais=equipes.nomes_das_essenciais(onde, hoje=request.hoje),
        hoje=request.hoje,
    )


def conferir_horas(
    request: HttpRequest,
    form: forms.Lotar | forms.Mudar,
    *,
    onde: str,
    cpf: str = "",
    trabalhador: Trabalhador | None = None,
    lotacao: Lotacao | None = None,
) -> bool:
    """A soma passa do limite? Mostra onde e pede que se confira; conferida, deixa passar."""
    quem = trabalhador or quadro.pelo_cpf(cpf)
    desde = form.cleaned_data["dia"] if lotacao is not None else form.cleaned_data["desde"]
    soma = horas.somar(
        quem,
        horas=form.cleaned_data["carga_horaria"],
        desde=max(desde, request.hoje),
        abrangencia=onde,
        sem=lotacao.pk if lotacao is not None else None,
    )
    if not soma.passa or form.cleaned_data["confirma_horas"]:
        return True
    form.pede_confirmacao = True
    form.add_error("carga_horaria", soma.em_palavras)
    return False


@never_cache
@require_http_methods(["GET", "POST"])
def lotar(request: HttpRequest, trabalhador_id: UUID) -> HttpResponse:
    """Lota em mais um lugar quem já está no cadastro."""
    trabalhador = permissoes.obter_trabalhador_para_mudar(request.ator, trabalhador_id=trabalhador_id)
    onde = request.ator.abrangencia
    if not onde:
        raise Http404
    exigir_cadastro(request, onde)
    form = formulario_de_lotar(request, onde)
    if (
        request.method == "POST"
        and form.is_valid()
        and conferir_horas(request, form, onde=onde, trabalhador=trabalhador)
    ):
        try:
            lotacoes.lotar(
                trabalhador=trabalhador, nova=form.nova(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            _mostrar(recusa, form)
        else:
            messages.success(request, "Lotação gravada.")
            return redirect("trabalhador", trabalhador.pk)
    contexto = {"t": trabalhador, "form": form, "onde": onde, "lugar": lugares.nome(onde)}
    return render(request, "trabalhadores/lotar.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def mudar(request: HttpRequest, lotacao_id: UUID) -> HttpResponse:
    """Muda a lotação a partir de um dia, ou corrige o que estava escrito errado."""
    lotacao = permissoes.obter_lotacao_para_mudar(request.ator, lotacao_id=lotacao_id)
    essenciais = equipes.nomes_das_essenciais(lotacao.abrangencia, hoje=request.hoje)
    form = forms.Mudar(request.POST or None, lotacao=lotacao, essenciais=essenciais)
    if (
        request.method == "POST"
        and form.is_valid()
        and conferir_horas(request, form, onde=lotacao.abrangencia, trabalhador=lotacao.trabalhador, lotacao=lotacao)
    ):
        try:
            feita = _gravar(request, lotacao, form)
        except AtoRecusado as recusa:
            _mostrar(recusa, form)
        else:
            messages.success(request, "Lotação gravada.")
            return redirect("trabalhador", feita.trabalhador_id)
    return render(request, "trabalhadores/mudar_lotacao.jinja", {"lotacao": lotacao, "form": form})


def _gravar(request: HttpRequest, lotacao: Lotacao, form: forms.Mudar) -> Lotacao:
    dados = form.cleaned_data
    if dados["tipo"] == "errado":
        return lotacoes.corrigir(
            lotacao=lotacao,
            exercicio=form.exercicio(),
            desde=dados["dia"],
            versao=dados["versao"],
            motivo=dados["motivo"],
            por=request.ator,
            em=request.agora,
        )
    return lotacoes.mudar(
        lotacao=lotacao,
        exercicio=form.exercicio(),
        dia=dados["dia"],
        versao=dados["versao"],
        por=request.ator,
        em=request.agora,
        hoje=request.hoje,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def encerrar(request: HttpRequest, lotacao_id: UUID) -> HttpResponse:
    """Tira a pessoa do lugar, com o dia e o motivo."""
    lotacao = permissoes.obter_lotacao_para_mudar(request.ator, lotacao_id=lotacao_id)
    form = forms.Encerrar(request.POST or None, lotacao=lotacao, hoje=request.hoje)
    if request.method == "POST" and form.is_valid():
        try:
            lotacoes.encerrar(
                lotacao=lotacao, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            _mostrar(recusa, form)
        else:
            messages.success(request, f"A pessoa deixa {lotacao.onde} no dia dito. A lotação fica na história.")
            return redirect("trabalhador", lotacao.trabalhador_id)
    return render(request, "trabalhadores/encerrar.jinja", {"lotacao": lotacao, "form": form})


def _mostrar(recusa: AtoRecusado, form: forms.Lotar | forms.Mudar | forms.Encerrar) -> None:
    campo = "lugar" if recusa.campo == "unidade" else recusa.campo
    form.add_error(campo if campo in form.fields else None, str(recusa))
