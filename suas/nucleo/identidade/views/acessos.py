"""Quem tem acesso: a lista, a ficha de uma pessoa, nomear, encerrar e mudar."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suas.nucleo.documentos.entrega import como_arquivo
from suas.nucleo.identidade import confirmacao, consultas, lugares, permissoes, saidas
from suas.nucleo.identidade.acoes import convites, vinculos
from suas.nucleo.identidade.forms import acessos as forms
from suas.nucleo.identidade.guardado import arquivos_a_escolher
from suas.nucleo.identidade.models import Pessoa, Vinculo
from suas.nucleo.identidade.views.convites import guardar_segredo
from suas.nucleo.permissoes.papeis import PAPEIS_DE_VINCULO
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela import exportar
from suas.nucleo.tela.filtros import dia
from suas.nucleo.trilha import consultas as trilha
from suas.nucleo.trilha import frases
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50
ATOS_NA_FICHA = 100


@never_cache
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """As pessoas e os vínculos da abrangência, com busca, papel, situação e território."""
    permissoes.exigir_consulta(request.ator)
    filtro, recado = _filtro(request)
    vinculos_da_lista = consultas.lista_de_acessos(request.ator.abrangencia, filtro=filtro, hoje=request.hoje)
    if exportar.pedido(request):
        todos = list(vinculos_da_lista[: saidas.MAXIMO])
        _registrar(request, todos, onde=filtro.lugar, motivo="Baixou os acessos em planilha")
        return exportar.baixar(request, saidas.dos_acessos(todos, hoje=request.hoje))
    pagina = Paginator(vinculos_da_lista, POR_PAGINA).get_page(request.GET.get("pagina"))
    lugares.nomes(v.abrangencia for v in pagina)
    _registrar(request, list(pagina), onde=filtro.lugar)
    return render(
        request,
        "identidade/acessos.jinja",
        {
            "pagina": pagina,
            "filtro": filtro,
            "recado": recado,
            "lugar_escrito": request.GET.get("lugar", "").strip(),
            "papeis": [(p.codigo, p.nome) for p in PAPEIS_DE_VINCULO],
            "situacoes": consultas.SITUACOES,
            "situacao_de": lambda vinculo: consultas.situacao_de(vinculo, hoje=request.hoje),
            "onde": lugares.nome(request.ator.abrangencia),
            "nomeia": bool(permissoes.papeis_que_nomeia(request.ator)),
            "convites_abertos": consultas.convites_em(request.ator.abrangencia).filter(estado="aberto").count(),
        },
    )


def _registrar(request: HttpRequest, vinculos: list[Vinculo], *, onde: str, motivo: str = "") -> None:
    registrar_leitura(
        tabela="identidade.vinculo",
        ids=[v.pk for v in vinculos],
        titulares=[v.pessoa_id for v in vinculos],
        campos=["nome", "email"],
        territorio=onde or request.ator.abrangencia,
        por=request.ator,
        em=request.agora,
        motivo=motivo,
    )


def _filtro(request: HttpRequest) -> tuple[consultas.Filtro, str]:
    """O filtro do endereço e, se o território escrito não se acha na abrangência, o que dizer."""
    escrito = request.GET.get("lugar", "").strip()[:120]
    lugar, recado = "", ""
    if escrito:
        achados = lugares.achar(escrito, dentro=request.ator.abrangencia)
        iguais = [a for a in achados if escrito.casefold() in {a.nome.casefold(), a.codigo}]
        if escolhido := next(iter(iguais or achados), None):
            lugar = escolhido.codigo
        else:
            recado = f"Não há “{escrito}” na sua abrangência: a lista mostra todos os territórios."
    situacao = request.GET.get("situacao", "vigentes")
    return (
        consultas.Filtro(
            texto=request.GET.get("q", "").strip()[:100],
            papel=request.GET.get("papel", ""),
            situacao=situacao if situacao in dict(consultas.SITUACOES) else "vigentes",
            lugar=lugar,
        ),
        recado,
    )


@never_cache
@require_safe
def pessoa(request: HttpRequest, pessoa_id: UUID) -> HttpResponse:
    """A ficha: os vínculos da pessoa nesta abrangência e o que aconteceu com eles."""
    quem = permissoes.obter_pessoa_para_ver(request.ator, pessoa_id=pessoa_id)
    dela = consultas.vinculos_da_ficha(quem, abrangencia=request.ator.abrangencia)
    registrar_leitura(objeto=quem, titulares=[quem.pk], campos=["nome", "email"], por=request.ator, em=request.agora)
    return render(
        request,
        "identidade/pessoa.jinja",
        {
            "pessoa": quem,
            "linhas": [_linha(request, vinculo) for vinculo in dela],
            "historico": _historico(dela),
            "onde": lugares.nome(request.ator.abrangencia),
        },
    )


def _linha(request: HttpRequest, vinculo: Vinculo) -> dict[str, object]:
    """Um vínculo e o que o ator pode fazer com ele agora."""
    terminou = vinculo.ate is not None and vinculo.ate <= request.hoje
    gere = permissoes.pode_nomear(request.ator, papel=vinculo.papel, abrangencia=vinculo.abrangencia)
    passa = permissoes.pode_passar(request.ator, vinculo)
    return {
        "vinculo": vinculo,
        "situacao": consultas.situacao_de(vinculo, hoje=request.hoje),
        "encerra": gere and not terminou and not vinculo.papel.titular,
        "passa": passa and not terminou,
        "quem": permissoes.quem_nomeia(vinculo.papel, vinculo.abrangencia),
        "passagem": consultas.passagem_a_espera(vinculo) if passa and not terminou else None,
    }


def _historico(dela: list[Vinculo]) -> list[dict[str, object]]:
    """Os atos sobre os vínculos, do mais novo ao mais antigo, em palavras."""
    por_chave = {str(vinculo.pk): vinculo for vinculo in dela}
    atos = list(trilha.atos_dos("identidade.vinculo", por_chave)[:ATOS_NA_FICHA])
    quem = consultas.nomes_das_pessoas(ato.pessoa_id for ato in atos)
    return [
        {
            "em": ato.em,
            "quem": quem.get(ato.pessoa_id) or _sem_pessoa(por_chave[ato.objeto_id]),
            "o_que": frases.em_palavras(ato.ato, objeto=str(por_chave[ato.objeto_id]), dados=_legiveis(ato.dados)),
            "motivo": ato.motivo,
        }
        for ato in atos
    ]


def _sem_pessoa(vinculo: Vinculo) -> str:
    """Quem fez um ato sem ter entrado: a própria pessoa, ao aceitar o convite; senão, quem opera o servidor."""
    return f"O aceite do convite por {vinculo.pessoa.nome}" if vinculo.delegado_por_id else "Quem opera o servidor"


def _legiveis(dados: dict[str, str]) -> dict[str, str]:
    """Os dias escritos como se leem."""
    return {
        chave: dia(consultas.dia_iso(valor)) if chave in {"ate", "dia"} else valor for chave, valor in dados.items()
    }


@never_cache
@require_http_methods(["GET", "POST"])
def nomear(request: HttpRequest) -> HttpResponse:
    """Convida alguém para um papel que o vínculo em uso dá."""
    permissoes.exigir_nomeador(request.ator)
    if confirmar := confirmacao.pedir(request):
        return confirmar
    form = forms.Nomear(
        request.POST or None, request.FILES or None, ator=request.ator, hoje=request.hoje, initial=_pedidos(request)
    )
    if request.method == "POST" and form.is_valid() and form.com_os_arquivos(arquivos_a_escolher(request)):
        try:
            enviado = convites.convidar(novo=form.novo(), por=request.ator, em=request.agora, hoje=request.hoje)
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            guardar_segredo(request, enviado)
            messages.success(request, f"Convite feito para {enviado.convite.email}.")
            return redirect("acesso-convite", enviado.convite.pk)
    return render(
        request,
        "identidade/nomear.jinja",
        {
            "form": form,
            "papeis": permissoes.papeis_que_nomeia(request.ator),
            "lugares": [] if form.no_proprio else lugares.achar("", dentro=request.ator.abrangencia),
            "onde": lugares.nome(request.ator.abrangencia),
        },
    )


def _pedidos(request: HttpRequest) -> dict[str, str]:
    """O que o endereço já diz: o papel e o lugar de uma titularidade vaga, por exemplo."""
    return {nome: request.GET[nome][:120] for nome in ("papel", "lugar", "orgao") if nome in request.GET}


@never_cache
@require_http_methods(["GET", "POST"])
def encerrar(request: HttpRequest, vinculo_id: UUID) -> HttpResponse:
    """Encerra um vínculo, com dia e motivo."""
    vinculo = permissoes.obter_vinculo_para_gerir(request.ator, vinculo_id=vinculo_id)
    form = forms.Encerrar(request.POST or None, hoje=request.hoje)
    if request.method == "POST" and form.is_valid():
        try:
            vinculos.encerrar(
                vinculo=vinculo, **form.cleaned_data, por=request.ator, em=request.agora, hoje=request.hoje
            )
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(
                request, f"{vinculo.pessoa.nome} deixa de ser {vinculo.papel.nome} em {dia(form.cleaned_data['dia'])}."
            )
            return _de_volta(request, vinculo.pessoa)
    return render(request, "identidade/encerrar.jinja", {"form": form, "vinculo": vinculo})


@never_cache
@require_http_methods(["GET", "POST"])
def mudar(request: HttpRequest, vinculo_id: UUID) -> HttpResponse:
    """Muda a área, o órgão ou a unidade de um vínculo, a partir de um dia."""
    vinculo = permissoes.obter_vinculo_para_gerir(request.ator, vinculo_id=vinculo_id)
    form = forms.Mudar(request.POST or None, vinculo=vinculo, hoje=request.hoje)
    if request.method == "POST" and form.is_valid():
        try:
            novo = vinculos.mudar(
                vinculo=vinculo,
                area=form.cleaned_data.get("area", ""),
                orgao=form.cleaned_data["orgao"],
                unidade=form.cleaned_data.get("unidade"),
                dia=form.cleaned_data["dia"],
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, f"A partir de {dia(novo.desde)}: {novo}.")
            return _de_volta(request, vinculo.pessoa)
    return render(request, "identidade/mudar.jinja", {"form": form, "vinculo": vinculo})


@require_safe
def ato_de_nomeacao(request: HttpRequest, vinculo_id: UUID) -> FileResponse:
    """O arquivo do ato de nomeação, para quem vê os acessos do território."""
    vinculo = permissoes.obter_vinculo_para_ver(request.ator, vinculo_id=vinculo_id)
    if vinculo.ato_documento is None:
        raise Http404("Este vínculo não tem o arquivo do ato.")
    return como_arquivo(vinculo.ato_documento, ator=request.ator, publicado=False)


def _de_volta(request: HttpRequest, quem: Pessoa) -> HttpResponse:
    """A ficha da pessoa; quem perdeu o próprio acesso volta ao início."""
    if quem.pk == request.user.pk:
        return redirect("inicio")
    return redirect("acesso-pessoa", quem.pk)
