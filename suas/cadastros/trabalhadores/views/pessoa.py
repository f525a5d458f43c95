"""A pessoa: cadastrar, ver a ficha, mudar os dados, ligar à entrada no sistema, apagar."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from normas.base.documentos import cpf_com_pontos, telefone_com_traco
from suas.cadastros.trabalhadores import forms, permissoes
from suas.cadastros.trabalhadores.acoes import apagamento, cadastro
from suas.cadastros.trabalhadores.models import Trabalhador
from suas.cadastros.trabalhadores.views.lotacao import conferir_horas, exigir_cadastro, formulario_de_lotar
from suas.nucleo.identidade import consultas as identidade
from suas.nucleo.identidade import lugares
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha import historia
from suas.nucleo.trilha.acoes import registrar_leitura

CAMPOS_DA_FICHA = (
    *("nome", "nome_social", "cpf", "nascimento", "sexo", "escolaridade", "profissao", "registro_numero"),
    *("email", "telefone"),
)


@never_cache
@require_http_methods(["GET", "POST"])
def novo(request: HttpRequest, onde: str) -> HttpResponse:
    """Cadastra alguém e o lota; quem já tem cadastro em outro território só ganha a lotação."""
    exigir_cadastro(request, onde)
    pessoa = forms.Pessoa(request.POST or None)
    lotacao = formulario_de_lotar(request, onde)
    if request.method == "POST" and pessoa.is_valid() & lotacao.is_valid():
        dados = pessoa.dados()
        if conferir_horas(request, lotacao, onde=onde, cpf=dados.cpf):
            try:
                feito = cadastro.cadastrar(
                    dados=dados, lotacao=lotacao.nova(), por=request.ator, em=request.agora, hoje=request.hoje
                )
            except AtoRecusado as recusa:
                _mostrar_recusa(recusa, pessoa, lotacao)
            else:
                recado = (
                    "Já havia cadastro com este CPF: a lotação foi acrescentada, e os dados de lá continuam os mesmos."
                    if feito.ja_havia
                    else "Cadastro feito."
                )
                messages.success(request, recado)
                return redirect("trabalhador", feito.lotacao.trabalhador_id)
    contexto = {"onde": onde, "lugar": lugares.nome(onde), "pessoa": pessoa, "lotacao": lotacao}
    return render(request, "trabalhadores/novo.jinja", contexto)


def _mostrar_recusa(recusa: AtoRecusado, pessoa: forms.Pessoa, lotacao: forms.Lotar) -> None:
    campo = recusa.campo
    if campo == "unidade":
        campo = "lugar"
    form = lotacao if campo in lotacao.fields else pessoa
    form.add_error(campo if campo in form.fields else None, str(recusa))


@never_cache
@require_safe
def ficha(request: HttpRequest, trabalhador_id: UUID) -> HttpResponse:
    """Quem é, onde trabalha e trabalhou, e o que aconteceu com o cadastro. Abrir fica registrado."""
    trabalhador = permissoes.obter_trabalhador_para_ver(request.ator, trabalhador_id=trabalhador_id)
    lotacoes = permissoes.lotacoes_visiveis(request.ator, trabalhador)
    if not permissoes.e_a_propria(request.ator, trabalhador):
        registrar_leitura(
            objeto=trabalhador,
            titulares=[trabalhador.pk],
            campos=CAMPOS_DA_FICHA,
            territorio=lotacoes[0].abrangencia if lotacoes else "",
            por=request.ator,
            em=request.agora,
        )
    return render(
        request,
        "trabalhadores/pessoa.jinja",
        {
            "t": trabalhador,
            "cpf": cpf_com_pontos(trabalhador.cpf) if trabalhador.cpf else "apagado",
            "telefone": telefone_com_traco(trabalhador.telefone) if trabalhador.telefone else "",
            "onde": lotacoes[0].abrangencia if lotacoes else trabalhador.abrangencia,
            "abertas": [lotacao for lotacao in lotacoes if lotacao.ate is None or lotacao.ate > request.hoje],
            "passadas": [lotacao for lotacao in lotacoes if lotacao.ate is not None and lotacao.ate <= request.hoje],
            "passos": historia.de([trabalhador, *lotacoes], com_nomes=True),
            "propria": permissoes.e_a_propria(request.ator, trabalhador),
            "muda": permissoes.pode_mudar(request.ator, trabalhador),
            "apaga": trabalhador.apagado_em is None and permissoes.pode_apagar(request.ator, trabalhador),
            "muda_lotacao": lambda lotacao: permissoes.pode_na_lotacao(request.ator, permissoes.ATUALIZAR, lotacao),
            "lugares": lugares,
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
def mudar(request: HttpRequest, trabalhador_id: UUID) -> HttpResponse:
    """Muda os dados da pessoa; se outra pessoa gravou no meio tempo, mostra o de agora ao lado do digitado."""
    trabalhador = permissoes.obter_trabalhador_para_mudar(request.ator, trabalhador_id=trabalhador_id)
    form = forms.Pessoa(request.POST or None, initial=forms.iniciais_da_pessoa(trabalhador))
    versao, conflito = request.POST.get("versao", str(trabalhador.versao)), []
    if request.method == "POST" and form.is_valid() and versao.isdigit():
        try:
            cadastro.atualizar(
                trabalhador=trabalhador, dados=form.dados(), versao=int(versao), por=request.ator, em=request.agora
            )
        except MudouNoMeioTempo as recusa:
            form.add_error(None, str(recusa))
            conflito, versao = _diferencas(form, trabalhador), str(trabalhador.versao)
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Dados gravados.")
            return redirect("trabalhador", trabalhador.pk)
    if request.method == "GET":
        _registrar_ficha(request, trabalhador)
    contexto = {"t": trabalhador, "form": form, "versao": versao, "conflito": conflito}
    return render(request, "trabalhadores/mudar_pessoa.jinja", contexto)


def _registrar_ficha(request: HttpRequest, trabalhador: Trabalhador) -> None:
    registrar_leitura(
        objeto=trabalhador, titulares=[trabalhador.pk], campos=CAMPOS_DA_FICHA, por=request.ator, em=request.agora
    )


def _diferencas(form: forms.Pessoa, agora: Trabalhador) -> list[tuple[str, object, object]]:
    """Campo por campo, o que está gravado agora e o que foi digitado, onde diferem."""
    gravado = forms.iniciais_da_pessoa(agora)
    return [
        (str(form.fields[campo].label), gravado[campo] or "em branco", form.cleaned_data[campo] or "em branco")
        for campo in gravado
        if gravado[campo] != form.cleaned_data[campo]
    ]


@never_cache
@require_http_methods(["GET", "POST"])
def entrada(request: HttpRequest, trabalhador_id: UUID) -> HttpResponse:
    """Liga o cadastro à entrada da pessoa no sistema, pelo e-mail de quem já tem acesso no território."""
    trabalhador = permissoes.obter_trabalhador_para_mudar(request.ator, trabalhador_id=trabalhador_id)
    inicial = trabalhador.pessoa.email if trabalhador.pessoa is not None else trabalhador.email
    form = forms.Entrada(request.POST or None, initial={"email": inicial})
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        pessoa = identidade.pessoa_conhecida(email, abrangencia=request.ator.abrangencia) if email else None
        if email and pessoa is None:
            form.add_error("email", "Ninguém com este e-mail tem acesso neste território. Nomeie a pessoa antes.")
        else:
            try:
                cadastro.ligar_entrada(trabalhador=trabalhador, pessoa=pessoa, por=request.ator, em=request.agora)
            except AtoRecusado as recusa:
                form.add_error(None, str(recusa))
            else:
                messages.success(request, "Cadastro ligado à entrada." if pessoa else "Cadastro desligado da entrada.")
                return redirect("trabalhador", trabalhador.pk)
    return render(request, "trabalhadores/entrada.jinja", {"t": trabalhador, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def apagar(request: HttpRequest, trabalhador_id: UUID) -> HttpResponse:
    """Apaga os dados pessoais de quem já não está lotado em lugar nenhum."""
    trabalhador = permissoes.obter_trabalhador_para_apagar(request.ator, trabalhador_id=trabalhador_id)
    form = forms.Apagar(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            apagamento.apagar_dados(
                trabalhador=trabalhador,
                motivo=form.cleaned_data["motivo"],
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Dados pessoais apagados. As lotações ficam, sem o nome.")
            return redirect("inicio")
    return render(request, "trabalhadores/apagar.jinja", {"t": trabalhador, "form": form})
