"""Procurar, registrar e cuidar da família: quem a compõe, onde mora, em que unidades tem prontuário."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from normas.base.documentos import cpf_com_pontos, nis_com_pontos
from suas.atendimento.familias import forms, ligacoes, permissoes
from suas.atendimento.familias.acoes import enganos as anulacao
from suas.atendimento.familias.acoes import familias, pessoas
from suas.atendimento.familias.consultas import busca, enganos
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.models import Familia, PessoaAtendida, Prontuario
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identificador import uuid7
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar_leitura

CAMPOS_DA_LISTA = ("nome", "nascimento", "nome_da_mae")
CAMPOS_DA_FICHA = (*CAMPOS_DA_LISTA, "nome_social", "cpf", "nis", "parentesco", "endereco", "telefone")
#: O que se lê a mais na unidade que tem prontuário, e o que só a equipe de referência lê.
DA_UNIDADE, DA_EQUIPE = ("deficiencia", "saida", "em_abrigo"), ("ingresso", "motivo", "tipo", "descricao")
ANOTADOS_NA_FICHA = 50


@never_cache
@require_http_methods(["GET", "POST"])
def procurar(request: HttpRequest) -> HttpResponse:
    """A busca vai no corpo do pedido: nome e documento não ficam no endereço nem na história do navegador."""
    unidade = permissoes.obter_unidade_para_procurar(request.ator)
    form = forms.Procura(request.POST or None)
    if request.method == "GET" and "outra" in request.GET:  # depois de anotar, já se escreve o próximo nome
        form.fields["termo"].widget.attrs["autofocus"] = True
    termo = form.cleaned_data["termo"] if request.method == "POST" and form.is_valid() else ""
    achadas = busca.procurar(termo, municipio=unidade.municipio_id, unidade=unidade.pk) if termo else []
    recentes = [] if termo else leitura.recentes(unidade)
    lidas = [a.pessoa.pk for a in achadas] + [i.pessoa_id for i in recentes]
    registrar_leitura(
        tabela="familias.pessoaatendida",
        ids=lidas,
        titulares=lidas,
        campos=CAMPOS_DA_LISTA,
        territorio=unidade.municipio_id,
        por=request.ator,
        em=request.agora,
    )
    return render(
        request,
        "familias/procurar.jinja",
        {
            "unidade": unidade,
            "form": form,
            "termo": termo,
            "achadas": achadas,
            "cheia": len(achadas) == busca.LIMITE,
            "recentes": recentes,
            "atende": permissoes.atende(request.ator),
            "decide_repetidas": permissoes.decide_repetidas(request.ator),
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
def nova(request: HttpRequest) -> HttpResponse:
    """A família que chega: quem é a pessoa de referência, onde mora e como chegou."""
    unidade = permissoes.obter_unidade_para_procurar(request.ator)
    dados = request.POST or None
    pessoa, da_familia = forms.Pessoa(dados, prefix="p"), forms.DaFamilia(dados, prefix="f")
    morada = forms.Morada(dados, prefix="m", cras=_cras(request, unidade.municipio_id))
    chegou = forms.ComoChegou(
        dados, prefix="c", le_motivo=permissoes.atende(request.ator), initial={"dia": request.hoje}
    )
    todos, parecidas = [pessoa, morada, da_familia, chegou], []
    envio = forms.Envio(dados, initial={"chave": uuid7()})
    if request.method == "POST" and all([form.is_valid() for form in todos]):  # noqa: C419  # todos dizem o que falta
        try:
            aberto = familias.registrar_familia(
                nova=familias.Nova(
                    referencia=pessoa.dados(),
                    chegada=chegou.chegada(),
                    endereco=morada.endereco(),
                    em_abrigo=morada.cleaned_data["em_abrigo"],
                    cras=morada.cras_escolhido(),
                    existente=_existente(request, envio),
                    chave=envio.lida(),
                    **da_familia.cleaned_data,
                ),
                unidade=unidade,
                e_outra=request.POST.get("e_outra") == "sim",
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except pessoas.TalvezSejaAMesma as recusa:
            parecidas = _mostrar_parecidas(request, recusa, unidade, pessoa)
        except AtoRecusado as recusa:
            _dizer(recusa, pessoa, chegou)
        else:
            messages.success(request, f"Família registrada: prontuário {aberto.numero} de {unidade.nome}.")
            return redirect("familia", aberto.familia_id)
    contexto = {
        "unidade": unidade,
        "pessoa": pessoa,
        "morada": morada,
        "da_familia": da_familia,
        "chegou": chegou,
        "parecidas": parecidas,
        "envio": envio,
    }
    return render(request, "familias/nova.jinja", contexto)


@never_cache
@require_safe
def ficha(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Tudo da família que o ator lê, numa página, do mais novo ao mais antigo. Abrir fica registrado."""
    acesso = permissoes.obter_familia_para_ver(request.ator, familia_id=familia_id, agora=request.agora)
    familia, composicao = acesso.familia, leitura.composicao(acesso.familia)
    prontuarios = leitura.prontuarios(familia)
    lidas = acesso.unidades_lidas(prontuarios)
    pagina = Paginator(leitura.atendimentos(familia, unidades=lidas), ANOTADOS_NA_FICHA).get_page(
        request.GET.get("pagina")
    )
    engano = enganos.engano_de(familia)
    secoes = ligacoes.secoes(request, acesso) if engano is None else []
    campos = CAMPOS_DA_FICHA + (DA_UNIDADE if acesso.prontuario else ()) + (DA_EQUIPE if lidas else ())
    campos += tuple(campo for secao in secoes for campo in secao.campos)
    _registrar(request, familia, [i.pessoa_id for i in composicao], campos, de_fora=acesso.de_fora is not None)
    return render(
        request,
        "familias/ficha.jinja",
        {
            "familia": familia,
            "acesso": acesso,
            "referencia": next((i for i in composicao if i.ate is None and i.parentesco == 1), None),
            "composicao": [i for i in composicao if i.ate is None],
            "sairam": [i for i in composicao if i.ate is not None],
            "domicilio": leitura.domicilio(familia),
            "anteriores": leitura.domicilios_anteriores(familia),
            "prontuarios": prontuarios,
            "de_outras": [p for p in prontuarios if p.unidade_id != acesso.unidade.pk],
            "lidas": lidas,
            "atendimentos": pagina,
            "secoes": secoes,
            "engano": engano,
            "anula": lambda atendimento: permissoes.pode_anular(request.ator, atendimento),
            "hoje": request.hoje,
            "cpf": cpf_com_pontos,
            "nis": nis_com_pontos,
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
def mudar_pessoa(request: HttpRequest, pessoa_id: UUID) -> HttpResponse:
    """Muda os dados de quem está na família; se outra pessoa gravou no meio tempo, mostra o que há ao lado."""
    pessoa, familia = permissoes.obter_pessoa_para_mudar(request.ator, pessoa_id=pessoa_id)
    form = forms.Pessoa(request.POST or None, initial=forms.iniciais_da_pessoa(pessoa))
    versao, conflito = request.POST.get("versao", str(pessoa.versao)), []
    if request.method == "POST" and form.is_valid():
        try:
            pessoas.atualizar(
                pessoa=pessoa,
                dados=form.dados(),
                versao=int(versao) if re.fullmatch(r"[0-9]{1,9}", versao) else 0,
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except MudouNoMeioTempo as recusa:
            form.add_error(None, str(recusa))
            conflito, versao = _diferencas(form, pessoa), str(pessoa.versao)
        except AtoRecusado as recusa:
            _dizer(recusa, form)
        else:
            messages.success(request, "Dados gravados.")
            return redirect("familia", familia.pk)
    _registrar(request, familia, [pessoa.pk], (*CAMPOS_DA_LISTA, "nome_social", "cpf", "nis", "sexo", "deficiencia"))
    contexto = {"pessoa": pessoa, "familia": familia, "form": form, "versao": versao, "conflito": conflito}
    return render(request, "familias/mudar_pessoa.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def incluir(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Mais alguém na composição da família."""
    familia = permissoes.obter_familia_para_identificar(request.ator, familia_id=familia_id)
    pessoa = forms.Pessoa(request.POST or None, prefix="p")
    lugar = forms.NaFamilia(request.POST or None, prefix="l", initial={"dia": request.hoje})
    envio = forms.Envio(request.POST or None, initial={"chave": uuid7()})
    parecidas: list[dict[str, Any]] = []
    if request.method == "POST" and pessoa.is_valid() & lugar.is_valid():
        try:
            _por_na_familia(request, familia, pessoa, lugar, envio)
        except pessoas.TalvezSejaAMesma as recusa:
            unidade = permissoes.obter_unidade_para_procurar(request.ator)
            parecidas = _mostrar_parecidas(request, recusa, unidade, pessoa)
        except AtoRecusado as recusa:
            _dizer(recusa, pessoa, lugar)
        else:
            messages.success(request, "Incluída na composição da família.")
            return redirect("familia", familia.pk)
    contexto = {"familia": familia, "pessoa": pessoa, "lugar": lugar, "envio": envio, "parecidas": parecidas}
    return render(request, "familias/incluir.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def retirar(request: HttpRequest, integrante_id: int) -> HttpResponse:
    """A saída de alguém; a linha fica, riscada, com o motivo."""
    integrante = permissoes.obter_integrante_para_mudar(request.ator, integrante_id=integrante_id)
    form = forms.Retirar(request.POST or None, initial={"dia": request.hoje})
    if request.method == "POST" and form.is_valid():
        try:
            familias.retirar(
                integrante=integrante, por=request.ator, em=request.agora, hoje=request.hoje, **form.cleaned_data
            )
        except AtoRecusado as recusa:
            _dizer(recusa, form)
        else:
            messages.success(request, "Saída registrada.")
            return redirect("familia", integrante.familia_id)
    _registrar(request, integrante.familia, [integrante.pessoa_id], ("nome",))
    return render(request, "familias/retirar.jinja", {"integrante": integrante, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def trocar_referencia(request: HttpRequest, integrante_id: int) -> HttpResponse:
    """Outra pessoa de referência para a família."""
    integrante = permissoes.obter_integrante_para_mudar(request.ator, integrante_id=integrante_id)
    form = forms.Referencia(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            familias.trocar_referencia(
                integrante=integrante,
                parentesco_da_anterior=form.cleaned_data["parentesco_da_anterior"],
                por=request.ator,
                em=request.agora,
            )
        except AtoRecusado as recusa:
            form.add_error(None, str(recusa))
        else:
            messages.success(request, "Pessoa de referência trocada.")
            return redirect("familia", integrante.familia_id)
    atual = leitura.referencia(integrante.familia)
    _registrar(request, integrante.familia, [integrante.pessoa_id, *([atual.pessoa_id] if atual else [])], ("nome",))
    contexto = {"integrante": integrante, "form": form, "atual": atual}
    return render(request, "familias/referencia.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def mudar_domicilio(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Endereço novo: o de antes fica, com o último dia."""
    familia = permissoes.obter_familia_para_identificar(request.ator, familia_id=familia_id)
    form = forms.Mudanca(
        request.POST or None, cras=_cras(request, familia.abrangencia), initial=_iniciais_do_endereco(familia, request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            familias.mudar_domicilio(
                familia=familia,
                endereco=form.endereco(),
                em_abrigo=form.cleaned_data["em_abrigo"],
                cras=form.cras_escolhido(),
                dia=form.cleaned_data["dia"],
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            _dizer(recusa, form)
        else:
            messages.success(request, "Endereço registrado. O de antes fica na história da família.")
            return redirect("familia", familia.pk)
    _registrar(request, familia, [], ("endereco", "telefone", "em_abrigo"))
    return render(request, "familias/endereco.jinja", {"familia": familia, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def mudar_especificidade(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Como a família se reconhece."""
    familia = permissoes.obter_familia_para_identificar(request.ator, familia_id=familia_id)
    inicial = {"especificidade": familia.especificidade, "povo": familia.povo}
    form = forms.DaFamilia(request.POST or None, initial=inicial)
    if request.method == "POST" and form.is_valid():
        familias.caracterizar(familia=familia, por=request.ator, em=request.agora, **form.cleaned_data)
        messages.success(request, "Especificidade gravada.")
        return redirect("familia", familia.pk)
    _registrar(request, familia, [], ("especificidade", "povo"))
    return render(request, "familias/especificidade.jinja", {"familia": familia, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def abrir_prontuario(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """A família já registrada no município que chega também a esta unidade."""
    familia, unidade = permissoes.obter_familia_para_abrir_prontuario(request.ator, familia_id=familia_id)
    form = forms.ComoChegou(
        request.POST or None, le_motivo=permissoes.atende(request.ator), initial={"dia": request.hoje}
    )
    if request.method == "POST" and form.is_valid():
        try:
            aberto: Prontuario = familias.abrir_prontuario(
                familia=familia,
                unidade=unidade,
                chegada=form.chegada(),
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            _dizer(recusa, form)
        else:
            messages.success(request, f"Prontuário {aberto.numero} aberto em {unidade.nome}.")
            return redirect("familia", familia.pk)
    referencia = leitura.referencia(familia)
    _registrar(request, familia, [referencia.pessoa_id] if referencia else [], ("nome",))
    contexto = {"familia": familia, "unidade": unidade, "form": form, "referencia": referencia}
    return render(request, "familias/prontuario.jinja", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def anular(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """Diz por que a família foi um engano; ela fica na história, e pode voltar."""
    prontuario = permissoes.obter_familia_para_atender(request.ator, familia_id=familia_id)
    form = forms.Motivo(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            anulacao.anular(
                prontuario=prontuario,
                motivo=form.cleaned_data["motivo"],
                por=request.ator,
                em=request.agora,
                hoje=request.hoje,
            )
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, "Família anulada. Nada se apagou: dá para desfazer nesta página.")
            return redirect("familia", familia_id)
    _registrar(request, prontuario.familia, [], ("nome",))
    contexto = {"form": form, "prontuario": prontuario, "referencia": leitura.referencia(prontuario.familia)}
    return render(request, "familias/engano.jinja", contexto)


@require_POST
def desfazer_anulacao(request: HttpRequest, familia_id: UUID) -> HttpResponse:
    """A família volta, com a composição que tinha."""
    engano = permissoes.obter_engano_para_desfazer(request.ator, familia_id=familia_id)
    try:
        anulacao.desfazer(engano=engano, por=request.ator, em=request.agora)
    except AtoRecusado as recusa:
        messages.error(request, str(recusa))
    else:
        messages.success(request, "Anulação desfeita: a família voltou como estava.")
    return redirect("familia", familia_id)


def _cras(request: HttpRequest, municipio: str) -> list[Unidade]:
    return leitura.cras_do_municipio(municipio, hoje=request.hoje)


def _iniciais_do_endereco(familia: Familia, request: HttpRequest) -> dict[str, Any]:
    atual = leitura.domicilio(familia)
    return {"dia": request.hoje} | (forms.iniciais_da_morada(atual) if atual is not None else {})


def _dizer(recusa: AtoRecusado, *formularios: Any) -> None:
    """A recusa no campo de que ela fala, no formulário que o tem; senão, no alto do primeiro."""
    dono = next((form for form in formularios if recusa.campo in form.fields), None)
    (dono or formularios[0]).add_error(recusa.campo if dono is not None else None, str(recusa))


def _existente(request: HttpRequest, envio: forms.Envio) -> PessoaAtendida | None:
    """Quem já está no registro, se quem registra disse que é essa a pessoa."""
    pessoa_id = envio.lida("e_esta")
    return permissoes.obter_pessoa_para_trazer(request.ator, pessoa_id=pessoa_id) if pessoa_id else None


def _por_na_familia(
    request: HttpRequest, familia: Familia, pessoa: forms.Pessoa, lugar: forms.NaFamilia, envio: forms.Envio
) -> None:
    ato: dict[str, Any] = {"por": request.ator, "em": request.agora, "hoje": request.hoje, **lugar.cleaned_data}
    if (existente := _existente(request, envio)) is not None:
        familias.trazer(familia=familia, pessoa=existente, **ato)
    else:
        outra = request.POST.get("e_outra") == "sim"
        familias.incluir(familia=familia, dados=pessoa.dados(), e_outra=outra, chave=envio.lida(), **ato)


def _mostrar_parecidas(
    request: HttpRequest, recusa: pessoas.TalvezSejaAMesma, unidade: Unidade, form: forms.Pessoa
) -> list[Any]:
    """As pessoas que talvez sejam a mesma, com a família de cada uma; mostrá-las é ler, e fica registrado."""
    if recusa.campo is not None:
        _dizer(recusa, form)
    ids = [pessoa.pk for pessoa in recusa.parecidas]
    registrar_leitura(
        tabela="familias.pessoaatendida",
        ids=ids,
        titulares=ids,
        campos=CAMPOS_DA_LISTA,
        territorio=unidade.municipio_id,
        por=request.ator,
        em=request.agora,
    )
    return busca.com_familia(recusa.parecidas, unidade=unidade.pk)


def _registrar(
    request: HttpRequest, familia: Familia, titulares: list[UUID], campos: Iterable[str], *, de_fora: bool = False
) -> None:
    registrar_leitura(
        objeto=familia,
        titulares=[familia.pk, *titulares],
        campos=campos,
        territorio=familia.abrangencia,
        por=request.ator,
        em=request.agora,
        motivo="Leu também o que outra unidade anotou" if de_fora else "",
    )


def _diferencas(form: forms.Pessoa, agora: PessoaAtendida) -> list[tuple[str, object, object]]:
    """Campo por campo, o que está gravado agora e o que foi digitado, onde diferem."""
    gravado = forms.iniciais_da_pessoa(agora)
    gravado["nascimento"] = f"{agora.nascimento:%d/%m/%Y}" if agora.nascimento else ""
    return [
        (str(form.fields[campo].label), _na_lista(form, campo, gravado[campo]), _na_lista(form, campo, digitado))
        for campo in gravado
        if str(gravado[campo] or "") != (digitado := str(form[campo].value() or ""))
    ]


def _na_lista(form: forms.Pessoa, campo: str, valor: object) -> str:
    """O valor como a tela o diz: o da lista, pelo nome."""
    opcoes = getattr(form.fields[campo], "choices", ())
    return str(dict(opcoes).get(valor, valor) if valor else "em branco")
