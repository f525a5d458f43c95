"""As inscrições nos conselhos: a lista, cada uma por dentro, os passos, os documentos e o comprovante."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.cadastros.entidades import etapas, permissoes
from suas.cadastros.entidades.acoes import inscricao as acoes
from suas.cadastros.entidades.consultas import inscricoes as consultas
from suas.cadastros.entidades.forms import inscricao as forms
from suas.cadastros.entidades.models import Inscricao
from suas.cadastros.entidades.views.atos import Tela, atender, mostrar, tentar
from suas.nucleo.documentos.entrega import como_arquivo
from suas.nucleo.identidade import lugares
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import exportar
from suas.nucleo.tela.filtros import inicial

POR_PAGINA = 50
LINHAS_DO_ARQUIVO = 20_000
COLUNAS = (
    exportar.coluna("entidade", "Entidade"),
    exportar.coluna("cnpj", "CNPJ"),
    exportar.coluna("numero", "Número", "inteiro"),
    exportar.coluna("codigo_ibge", "Código do IBGE"),
    exportar.coluna("municipio", "Município do conselho"),
    exportar.coluna("do_que", "O que se inscreve"),
    exportar.coluna("situacao", "Situação"),
    exportar.coluna("espera", "Espera"),
    exportar.coluna("mudada_em", "Mudou em", "dia"),
)


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """As inscrições dos conselhos do território; primeiro as que esperam há mais tempo."""
    permissoes.exigir_exame(request.ator)
    pedido = {nome: request.GET.get(nome, "").strip()[:80] for nome in ("busca", "situacao", "etapa")}
    filtro = consultas.Filtro(texto=pedido["busca"], situacao=pedido["situacao"], etapa=pedido["etapa"])
    achadas = consultas.filtrar(consultas.que_examina(request.ator), filtro, hoje=request.hoje)
    if exportar.pedido(request):
        return _baixar(request, achadas[:LINHAS_DO_ARQUIVO])
    contexto = {
        "pagina": Paginator(achadas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "pedido": pedido,
        "situacoes": consultas.SITUACOES,
        "etapas": [(uma.codigo, uma.nome) for uma in etapas.ETAPAS],
        "nome_da_etapa": {uma.codigo: uma.nome for uma in etapas.ETAPAS},
        "conduz": permissoes.pode_inscrever(request.ator, municipio=request.ator.abrangencia),
        "onde": lugares.nome(request.ator.abrangencia),
    }
    return render(request, "entidades/inscricoes.jinja", contexto)


def _baixar(request: HttpRequest, achadas: Iterable[Inscricao]) -> HttpResponse:
    etapa = {uma.codigo: uma.nome for uma in etapas.ETAPAS}
    linhas = [
        (
            *(i.entidade.nome, i.entidade.cnpj, i.numero, i.municipio_id, str(i.municipio), inicial(i.do_que)),
            *(str(i.get_estado_display()), etapa.get(i.etapa, ""), timezone.localtime(i.mudada_em).date()),
        )
        for i in achadas
    ]
    lista = exportar.Lista(nome="inscricoes", titulo="Inscrições", colunas=COLUNAS, linhas=linhas)
    return exportar.baixar(request, lista)


@never_cache
@require_http_methods(["GET", "POST"])
def configurar(request: HttpRequest) -> HttpResponse:
    """O conselho diz que etapas usa, e em quantos dias espera cada uma."""
    permissoes.exigir_do_conselho(request.ator)
    municipio = request.ator.abrangencia
    form = forms.Configurar(request.POST or None, usadas=consultas.etapas_do_conselho(municipio))
    if request.method == "POST" and form.is_valid():
        acoes.configurar(municipio=municipio, etapas_usadas=form.escolhas(), por=request.ator, em=request.agora)
        messages.success(request, "Etapas gravadas. Valem para o próximo passo de cada inscrição.")
        return redirect("inscricoes")
    contexto = {"form": form, "onde": lugares.nome(municipio), "base": etapas.DO_RITO}
    return render(request, "entidades/etapas.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def pedir(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """A entidade pede; o conselho protocola o que chega em papel."""
    entidade = permissoes.obter_entidade_para_pedir(request.ator, entidade_id=entidade_id)
    da_casa = permissoes.e_da_entidade(request.ator, entidade)
    form = forms.Pedir(request.POST or None, entidade=entidade, municipio="" if da_casa else request.ator.abrangencia)
    if request.method == "POST" and form.is_valid():
        try:
            nova = acoes.pedir(
                entidade=entidade, oferta=form.oferta(), por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, "Pedido feito. Agora junte os documentos que a inscrição pede.")
            return redirect("inscricao", nova.pk)
    tela = Tela(
        titulo="Pedir inscrição no conselho",
        descricao="Inscreve-se a entidade no conselho da sede, e cada oferta no conselho de onde se oferta. De "
        "outra área principal, inscrevem-se só as ofertas. Depois do pedido, juntam-se os documentos.",
        enviar="Pedir a inscrição",
        feito="",
    )
    return mostrar(request, form=form, tela=tela, sobre=entidade)


@never_cache
@require_http_methods(["GET", "POST"])
def anterior(request: HttpRequest, entidade_id: UUID) -> HttpResponse:
    """O conselho registra a inscrição que já tinha dado."""
    permissoes.exigir_do_conselho(request.ator)
    entidade = permissoes.obter_entidade_para_ver(request.ator, entidade_id=entidade_id)
    form = forms.RegistrarAnterior(request.POST or None, entidade=entidade, municipio=request.ator.abrangencia)
    return atender(
        request,
        form=form,
        ato=lambda: acoes.registrar_anterior(
            entidade=entidade,
            oferta=form.oferta(),
            anterior=form.anterior(),
            por=request.ator,
            em=request.agora,
            hoje=request.hoje,
        ),
        tela=Tela(
            titulo="Registrar inscrição anterior",
            descricao="A que o conselho já tinha dado em papel, com o número que ela tem. O número não se repete.",
            enviar="Registrar a inscrição",
            feito="Inscrição registrada.",
        ),
        sobre=entidade,
    )


@never_cache
@require_safe
def inscricao(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """Uma inscrição por dentro."""
    atual = permissoes.obter_inscricao_para_ver(request.ator, inscricao_id=inscricao_id)
    form = forms.Andar(initial={"dia": request.hoje}, inscricao=atual) if atual.etapa else None
    return _mostrar(request, atual, form=form)


@never_cache
@require_POST
def andar(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """Dá o passo da etapa de agora."""
    atual = permissoes.obter_inscricao_para_conduzir(request.ator, inscricao_id=inscricao_id)
    form = forms.Andar(request.POST, request.FILES, inscricao=atual)
    feito = form.is_valid() and tentar(
        form,
        lambda: acoes.andar(
            inscricao=atual, andamento=form.andamento(), por=request.ator, em=request.agora, hoje=request.hoje
        ),
    )
    if not feito:
        return _mostrar(request, atual, form=form)
    messages.success(request, "Passo registrado. A entidade foi avisada.")
    return redirect("inscricao", atual.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def juntar(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """A entidade junta um documento."""
    atual = permissoes.obter_inscricao_para_completar(request.ator, inscricao_id=inscricao_id)
    form = forms.Juntar(
        request.POST or None,
        request.FILES or None,
        inscricao=atual,
        exercicio=request.hoje.year,
        initial={"exigencia": request.GET.get("qual", "")},
    )
    return atender(
        request,
        form=form,
        ato=lambda: acoes.juntar(
            inscricao=atual,
            exigencia=form.cleaned_data["exigencia"],
            arquivo=form.cleaned_data["arquivo"],
            exercicio=form.do_exercicio(),
            por=request.ator,
            em=request.agora,
        ),
        tela=Tela(
            titulo="Juntar documento",
            descricao=f"À inscrição de {atual.do_que} no conselho de {atual.municipio}.",
            enviar="Juntar o documento",
            feito="Documento junto: espera a conferência do conselho.",
        ),
        sobre=atual,
    )


@require_POST
def conferir(request: HttpRequest, inscricao_id: UUID, entrega_id: UUID) -> HttpResponse:
    """O conselho aceita ou devolve um documento."""
    entrega = permissoes.obter_entrega_para_conferir(request.ator, inscricao_id=inscricao_id, entrega_id=entrega_id)
    form = forms.Conferir(request.POST)
    feito = form.is_valid() and tentar(
        form,
        lambda: acoes.conferir_entrega(entrega=entrega, **form.cleaned_data, por=request.ator, em=request.agora),
    )
    if feito:
        aceita = form.cleaned_data["aceita"]
        messages.success(request, "Documento aceito." if aceita else "Documento devolvido; a entidade foi avisada.")
    for erros in form.errors.values():
        messages.error(request, " ".join(erros))
    return redirect("inscricao", inscricao_id)


@never_cache
@require_safe
def arquivo(request: HttpRequest, inscricao_id: UUID, entrega_id: UUID) -> FileResponse:
    """O arquivo de um documento da inscrição."""
    entrega = permissoes.obter_entrega_para_ler(request.ator, inscricao_id=inscricao_id, entrega_id=entrega_id)
    return como_arquivo(entrega.documento, ator=request.ator, publicado=False)


@never_cache
@require_safe
def arquivo_do_passo(request: HttpRequest, inscricao_id: UUID, passo_id: int) -> FileResponse:
    """O arquivo de um passo: ata, parecer, resolução."""
    passo = permissoes.obter_passo_para_ler(request.ator, inscricao_id=inscricao_id, passo_id=passo_id)
    assert passo.documento is not None
    return como_arquivo(passo.documento, ator=request.ator, publicado=False)


@login_not_required
@require_safe
def comprovante(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """O comprovante, que se imprime e qualquer pessoa confere."""
    atual = permissoes.obter_comprovante_para_ver(request.ator, inscricao_id=inscricao_id)
    contexto = {
        "inscricao": atual,
        "em_vigor": consultas.em_vigor(atual, hoje=request.hoje),
        "hoje": request.hoje,
    }
    return render(request, "entidades/comprovante.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def renovar(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """O conselho que marca validade a renova."""
    atual = permissoes.obter_inscricao_para_conduzir(request.ator, inscricao_id=inscricao_id)
    form = forms.Renovar(request.POST or None)
    return atender(
        request,
        form=form,
        ato=lambda: acoes.renovar(
            inscricao=atual, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
        ),
        tela=Tela(
            titulo="Renovar a validade",
            descricao=f"{atual}. Só para o conselho que marca validade às inscrições.",
            enviar="Renovar",
            feito="Validade renovada; a entidade foi avisada.",
        ),
        sobre=atual,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def desistir(request: HttpRequest, inscricao_id: UUID) -> HttpResponse:
    """A entidade desiste do pedido ou da inscrição."""
    atual = permissoes.obter_inscricao_para_completar(request.ator, inscricao_id=inscricao_id)
    form = forms.Desistir(request.POST or None)
    return atender(
        request,
        form=form,
        ato=lambda: acoes.desistir(
            inscricao=atual, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
        ),
        tela=Tela(
            titulo="Desistir da inscrição",
            descricao="O que já se fez fica na história. Se a entidade voltar a se inscrever, recebe outro número.",
            enviar="Desistir",
            feito="Inscrição encerrada; o conselho foi avisado.",
        ),
        sobre=atual,
    )


def _mostrar(request: HttpRequest, atual: Inscricao, *, form: forms.Andar | None) -> HttpResponse:
    exercicio = request.hoje.year
    contexto = {
        "inscricao": atual,
        "entidade": atual.entidade,
        "form": form,
        "etapa": etapas.etapa(atual.etapa),
        "conduz": permissoes.pode_inscrever(request.ator, municipio=atual.municipio_id),
        "completa": permissoes.e_do_pedido(request.ator, atual),
        "exigidos": consultas.exigidos(atual),
        "do_ano": consultas.do_ano(atual, exercicio=exercicio) if atual.estado == "inscrita" else [],
        "exercicio": exercicio,
        "fim_da_entrega": consultas.fim_da_entrega_anual(exercicio),
        "hoje": request.hoje,
        "por_que_anual": etapas.ENTREGA_ANUAL_POR_QUE,
        "passos": consultas.passos(atual),
        "espera": consultas.espera(atual, hoje=request.hoje),
        "usadas": [usada for usada in consultas.etapas_do_conselho(atual.municipio_id) if usada.usada],
        "cancelamento": consultas.cancelamento_aberto(atual),
        "em_vigor": consultas.em_vigor(atual, hoje=request.hoje),
        "base": etapas.DO_RITO,
    }
    return render(request, "entidades/inscricao.jinja", contexto)
