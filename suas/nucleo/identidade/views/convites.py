"""Os convites: de quem nomeia, que os acompanha, e de quem recebe, que responde."""

from __future__ import annotations

from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suas.nucleo.avisos import consultas as avisos
from suas.nucleo.avisos import correio
from suas.nucleo.identidade import confirmacao, consultas, lugares, permissoes, saidas
from suas.nucleo.identidade.acoes import convites
from suas.nucleo.identidade.acoes.convites import Enviado
from suas.nucleo.identidade.forms.acessos import NovaEntrada
from suas.nucleo.identidade.intermediarios import CHAVE_DO_VINCULO
from suas.nucleo.identidade.limites import limitada
from suas.nucleo.identidade.models import Convite, Vinculo
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import exportar
from suas.nucleo.trilha.acoes import registrar_leitura

CHAVE_DO_SEGREDO = "convites_a_mostrar"
POR_PAGINA = 50
RECUSAR = "recusar"


def guardar_segredo(request: HttpRequest, enviado: Enviado) -> None:
    """O endereço do convite aparece uma vez, na página seguinte; a tabela só tem o resumo.

    Onde o correio o leva, quem nomeia não o lê: quem aceita prova que o e-mail é seu.
    """
    if correio.servidor() is not None and avisos.devolvido(enviado.convite.email) is None:
        return
    request.session[CHAVE_DO_SEGREDO] = {str(enviado.convite.pk): enviado.segredo}


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Os convites da abrangência, do mais novo ao mais antigo."""
    permissoes.exigir_consulta(request.ator)
    todos = consultas.convites_em(request.ator.abrangencia).select_related("vinculo")
    if exportar.pedido(request):
        vistos = list(todos[: saidas.MAXIMO])
        _registrar(request, vistos, motivo="Baixou os convites em planilha")
        return exportar.baixar(request, saidas.dos_convites(vistos, em=request.agora))
    pagina = Paginator(todos, POR_PAGINA).get_page(request.GET.get("pagina"))
    lugares.nomes(c.abrangencia for c in pagina)
    _registrar(request, list(pagina))
    return render(
        request,
        "identidade/convites.jinja",
        {
            "pagina": pagina,
            "situacao_de": lambda convite: consultas.situacao_do_convite(convite, em=request.agora),
            "nomeia": bool(permissoes.papeis_que_nomeia(request.ator)),
            "onde": lugares.nome(request.ator.abrangencia),
        },
    )


@never_cache
@require_safe
def convite(request: HttpRequest, convite_id: UUID) -> HttpResponse:
    """Um convite: para quem, o quê, em que pé está; logo depois de feito, o endereço a entregar."""
    um = permissoes.obter_convite_para_ver(request.ator, convite_id=convite_id)
    registrar_leitura(objeto=um, titulares=[_titular(um)], campos=["nome", "email"], por=request.ator, em=request.agora)
    segredo = request.session.pop(CHAVE_DO_SEGREDO, {}).get(str(um.pk), "")
    endereco = request.build_absolute_uri(reverse("convite", args=[segredo])) if segredo else ""
    return render(
        request,
        "identidade/convite.jinja",
        {
            "convite": um,
            "endereco": endereco,
            "situacao": consultas.situacao_do_convite(um, em=request.agora),
            "gere": um.estado == Convite.Estado.ABERTO and permissoes.pode_gerir_convite(request.ator, um),
        },
    )


@require_POST
def reenviar(request: HttpRequest, convite_id: UUID) -> HttpResponse:
    um = permissoes.obter_convite_para_gerir(request.ator, convite_id=convite_id)
    if confirmar := confirmacao.pedir(request, volta=reverse("acesso-convite", args=[um.pk])):
        return confirmar
    try:
        enviado = convites.reenviar(convite=um, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        guardar_segredo(request, enviado)
        messages.success(request, "Convite mandado de novo, com outro endereço. O anterior deixou de servir.")
    return redirect("acesso-convite", um.pk)


@require_POST
def cancelar(request: HttpRequest, convite_id: UUID) -> HttpResponse:
    um = permissoes.obter_convite_para_gerir(request.ator, convite_id=convite_id)
    try:
        convites.cancelar(convite=um, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Convite cancelado. O endereço dele já não serve.")
    return redirect("acesso-convite", um.pk)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
@limitada("convite", "60/m/ip")
def responder(request: HttpRequest, segredo: str) -> HttpResponse:
    """A página de quem recebeu o convite: aceita com a conta que tem ou faz uma, ou recusa.

    Diz por que um convite já não serve a quem tem o endereço dele; nunca diz se um e-mail tem conta antes de a pessoa
    tentar usá-lo.
    """
    um = consultas.convite_do_segredo(segredo)
    if um is None:
        raise Http404("Este endereço de convite não existe. Confira se veio inteiro, ou peça outro a quem convidou.")
    recado = consultas.por_que_nao_serve(um, em=request.agora, hoje=request.hoje)
    pessoa = request.ator.pessoa
    e_dela = pessoa is not None and pessoa.email.casefold() == um.email.casefold()
    dados = request.POST if request.method == "POST" and pessoa is None else None
    form = NovaEntrada(dados, initial={"nome": um.nome})
    if request.method == "POST" and not recado:
        feito = _responder(request, um, form=form, e_dela=e_dela)
        if feito is not None:
            return feito
    return render(
        request,
        "identidade/responder.jinja",
        {
            "convite": um,
            "recado": recado,
            "form": form,
            "e_dela": e_dela,
            "recusar": RECUSAR,
            "email_encoberto": _encoberto(um.email),
            "entrada": f"{reverse('account_login')}?next={request.path}",
        },
        status=410 if recado and request.method == "GET" else 200,
    )


def _responder(request: HttpRequest, um: Convite, *, form: NovaEntrada, e_dela: bool) -> HttpResponse | None:
    """O ato pedido e para onde ir depois; None quando a página volta, com o que falta dito."""
    if request.user.is_authenticated and not e_dela:
        return None
    try:
        if RECUSAR in request.POST:
            por = request.ator if e_dela else ATOR_PUBLICO
            convites.recusar(convite=um, por=por, em=request.agora)
            messages.success(request, "Convite recusado. Quem convidou vê a sua resposta.")
            return redirect("inicio")
        if e_dela:
            return aceitar_e_seguir(request, um)
        if not form.is_valid():
            return None
        pessoa, vinculo = convites.aceitar_com_nova_entrada(
            convite=um,
            nome=form.cleaned_data["nome"],
            senha=form.cleaned_data["password1"],
            por=ATOR_PUBLICO,
            em=request.agora,
            hoje=request.hoje,
        )
    except AtoRecusado as recusa:
        if e_dela:
            messages.error(request, str(recusa))
            return redirect("vinculo")
        form.add_error(None, str(recusa))
        return None
    record_authentication(request, pessoa, method="convite")
    perform_login(request, Login(user=pessoa))
    return _no_vinculo_novo(request, vinculo)


@require_POST
def responder_aqui(request: HttpRequest, convite_id: UUID) -> HttpResponse:
    """Quem já entrou recusa o próprio convite sem precisar do endereço.

    Aceitar, só pelo endereço: quem o tem é quem lê o e-mail convidado. A conta não o prova, porque pode ter nascido de
    um convite anterior cujo endereço outra pessoa leu.
    """
    um = next((c for c in consultas.convites_para(request.user, em=request.agora) if c.pk == convite_id), None)
    if um is None:
        raise Http404("Não há convite à espera da sua resposta neste endereço.")
    if RECUSAR not in request.POST:
        messages.info(request, "Para aceitar, abra o endereço do convite: ele foi ao seu e-mail.")
        return redirect("vinculo")
    try:
        convites.recusar(convite=um, por=request.ator, em=request.agora)
        messages.success(request, "Convite recusado. Quem convidou vê a sua resposta.")
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    return redirect("vinculo")


def aceitar_e_seguir(request: HttpRequest, um: Convite) -> HttpResponse:
    vinculo = convites.aceitar(convite=um, pessoa=request.user, por=request.ator, em=request.agora, hoje=request.hoje)
    return _no_vinculo_novo(request, vinculo)


def _no_vinculo_novo(request: HttpRequest, vinculo: Vinculo) -> HttpResponse:
    if vinculo.desde > request.hoje:
        messages.success(request, f"Convite aceito. O vínculo {vinculo} começa em {vinculo.desde:%d/%m/%Y}.")
        return redirect("vinculo")
    request.session[CHAVE_DO_VINCULO] = str(vinculo.pk)
    messages.success(request, f"Convite aceito. Você age agora como {vinculo}.")
    return redirect("inicio")


def _registrar(request: HttpRequest, vistos: list[Convite], *, motivo: str = "") -> None:
    registrar_leitura(
        tabela="identidade.convite",
        ids=[c.pk for c in vistos],
        titulares=[_titular(c) for c in vistos],
        campos=["nome", "email"],
        territorio=request.ator.abrangencia,
        por=request.ator,
        em=request.agora,
        motivo=motivo,
    )


def _titular(convite: Convite) -> UUID:
    """De quem é o e-mail lido: a pessoa que aceitou ou, de quem ainda não entra, o identificador tirado do e-mail."""
    return avisos.destinatario(pessoa_id=convite.vinculo.pessoa_id if convite.vinculo else None, email=convite.email)


def _encoberto(email: str) -> str:
    """O e-mail que só quem o tem reconhece: f•••@orgao.gov.br."""
    conta, _, dominio = email.partition("@")
    return f"{conta[:1]}•••@{dominio}"
