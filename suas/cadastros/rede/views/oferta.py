"""O que a unidade oferta e os municípios que atende: informar, mudar, encerrar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from suas.cadastros.rede import consultas, permissoes
from suas.cadastros.rede.acoes import atendidos as acoes_dos_atendidos
from suas.cadastros.rede.acoes import ofertas as acoes
from suas.cadastros.rede.forms import oferta as forms
from suas.cadastros.rede.models import Unidade
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo


@dataclass(frozen=True, kw_only=True)
class _Tela:
    """As palavras da tela. `ancora` é a parte da ficha a que se volta sem gravar."""

    titulo: str
    enviar: str
    feito: str
    sobre: str = ""
    descricao: str = ""
    ancora: str = "servicos"


def _atender(
    request: HttpRequest, *, unidade: Unidade, form: forms.ComVersao, ato: Callable[[], Any], tela: _Tela
) -> HttpResponse:
    """Mostra o formulário e, enviado, faz o ato; recusado, a razão vai ao campo e nada do que se digitou se perde."""
    volta = f"{reverse('rede-unidade', args=[unidade.pk])}#{tela.ancora}"
    if request.method == "POST" and form.is_valid():
        try:
            ato()
        except MudouNoMeioTempo as outra:
            # enviado de novo, vale sobre a versão de agora
            form.data = {**form.data.dict(), "versao": str(unidade.versao)}
            form.add_error(None, f"{outra} O que você escreveu está abaixo: confira e grave de novo.")
        except AtoRecusado as recusa:
            form.add_error(recusa.campo if recusa.campo in form.fields else None, str(recusa))
        else:
            messages.success(request, tela.feito)
            return redirect("rede-unidade", unidade.pk)  # no alto, onde se lê o que foi feito
    return render(request, "rede/formulario.jinja", {"unidade": unidade, "form": form, "tela": tela, "volta": volta})


@require_http_methods(["GET", "POST"])
def ofertar(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Informa um serviço da Tipificação que a unidade oferta."""
    unidade = permissoes.obter_unidade_para_atualizar(request.ator, unidade_id=unidade_id)
    form = forms.Ofertar(request.POST or None, unidade=unidade, hoje=request.hoje)

    def ato() -> None:
        nova = acoes.ofertar(unidade=unidade, dados=form.dados(), versao=form.lida, por=request.ator, em=request.agora)
        if aviso := consultas.avisos_das_ofertas(unidade, [nova], hoje=request.hoje).get(nova.pk):
            messages.warning(request, aviso)

    tela = _Tela(
        titulo="Informar um serviço",
        descricao="Um serviço da Tipificação que a unidade oferta, com a capacidade e desde quando.",
        enviar="Informar o serviço",
        feito="Serviço informado: já aparece na ficha e na cobertura do município.",
    )
    return _atender(request, unidade=unidade, form=form, ato=ato, tela=tela)


@require_http_methods(["GET", "POST"])
def servico(request: HttpRequest, unidade_id: UUID, servico: str) -> HttpResponse:
    """Muda a capacidade ou o começo de um serviço ofertado."""
    oferta = permissoes.obter_oferta_para_atualizar(request.ator, unidade_id=unidade_id, servico=servico)
    unidade = oferta.unidade
    form = forms.MudarOferta(request.POST or None, unidade=unidade, initial=forms.MudarOferta.de(oferta))

    def ato() -> None:
        acoes.mudar(
            oferta=oferta,
            capacidade=form.cleaned_data["capacidade"],
            desde=form.cleaned_data["desde"],
            versao=form.lida,
            por=request.ator,
            em=request.agora,
        )

    tela = _Tela(titulo="Mudar a oferta", sobre=oferta.nome, enviar="Gravar a oferta", feito="Oferta gravada.")
    return _atender(request, unidade=unidade, form=form, ato=ato, tela=tela)


@require_http_methods(["GET", "POST"])
def encerrar_servico(request: HttpRequest, unidade_id: UUID, servico: str) -> HttpResponse:
    """A unidade deixa de ofertar o serviço."""
    oferta = permissoes.obter_oferta_para_atualizar(request.ator, unidade_id=unidade_id, servico=servico)
    form = forms.Encerrar(request.POST or None, unidade=oferta.unidade)
    tela = _Tela(
        titulo="Encerrar a oferta",
        sobre=oferta.nome,
        descricao="Sai da ficha no dia e fica na história. Para só mudar a capacidade, volte e mude a oferta.",
        enviar="Encerrar a oferta",
        feito="Oferta encerrada.",
    )
    return _atender(
        request,
        unidade=oferta.unidade,
        form=form,
        ato=lambda: acoes.encerrar(oferta=oferta, **_fim(form), por=request.ator, em=request.agora),
        tela=tela,
    )


def _fim(form: forms.ComVersao) -> dict[str, Any]:
    return {"dia": form.cleaned_data["dia"], "motivo": form.cleaned_data["motivo"], "versao": form.lida}


@require_http_methods(["GET", "POST"])
def atender(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Informa um município que a unidade regional atende."""
    unidade = permissoes.obter_unidade_para_atualizar(request.ator, unidade_id=unidade_id)
    form = forms.Atender(request.POST or None, unidade=unidade)

    def ato() -> None:
        acoes_dos_atendidos.atender(
            unidade=unidade,
            municipio=form.cleaned_data["municipio"],
            combinado=form.combinado(),
            versao=form.lida,
            por=request.ator,
            em=request.agora,
        )

    tela = _Tela(
        titulo="Informar um município atendido",
        descricao="A unidade que atende mais de um município é regional: aparece na cobertura de cada um, e a gestão "
        "estadual também cuida do cadastro dela.",
        enviar="Informar o município",
        feito="Município informado: a unidade já aparece na cobertura dele.",
        ancora="atendidos",
    )
    return _atender(request, unidade=unidade, form=form, ato=ato, tela=tela)


@require_http_methods(["GET", "POST"])
def atendido(request: HttpRequest, unidade_id: UUID, codigo: str) -> HttpResponse:
    """Muda a cota, o fluxo ou o começo de um município atendido."""
    atual = permissoes.obter_atendido_para_atualizar(request.ator, unidade_id=unidade_id, codigo=codigo)
    form = forms.MudarAtendido(
        request.POST or None, unidade=atual.unidade, initial=forms.MudarAtendido.de(atual)
    )  # fmt: skip

    def ato() -> None:
        acoes_dos_atendidos.mudar(
            atendido=atual, combinado=form.combinado(), versao=form.lida, por=request.ator, em=request.agora
        )

    tela = _Tela(
        titulo="Mudar o combinado",
        sobre=str(atual.municipio),
        enviar="Gravar o combinado",
        feito="Combinado gravado.",
        ancora="atendidos",
    )
    return _atender(request, unidade=atual.unidade, form=form, ato=ato, tela=tela)


@require_http_methods(["GET", "POST"])
def encerrar_atendido(request: HttpRequest, unidade_id: UUID, codigo: str) -> HttpResponse:
    """A unidade deixa de atender o município."""
    atual = permissoes.obter_atendido_para_atualizar(request.ator, unidade_id=unidade_id, codigo=codigo)
    form = forms.Encerrar(request.POST or None, unidade=atual.unidade)
    tela = _Tela(
        titulo="Deixar de atender",
        sobre=str(atual.municipio),
        descricao="O município sai da ficha no dia e fica na história da unidade.",
        enviar="Deixar de atender",
        feito="Município encerrado.",
        ancora="atendidos",
    )
    return _atender(
        request,
        unidade=atual.unidade,
        form=form,
        ato=lambda: acoes_dos_atendidos.encerrar(atendido=atual, **_fim(form), por=request.ator, em=request.agora),
        tela=tela,
    )
