"""As equipes de referência: na unidade, no município e no estado; de onde sai cada número e o que mudaria."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from normas.territorio.federacao import UF_POR_CODIGO
from normas.trabalho.trabalhador import PROFISSOES, FuncaoNaUnidade, TipoDeVinculo
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.permissoes import pode_pedir_no_municipio
from suas.cadastros.trabalhadores import forms, permissoes
from suas.cadastros.trabalhadores.acoes import unidades
from suas.cadastros.trabalhadores.consultas import bases, equipes, mudanca, quadro
from suas.cadastros.trabalhadores.models import Lotacao
from suas.nucleo.identidade import lugares
from suas.nucleo.tela import exportar
from suas.nucleo.trilha.acoes import registrar_leitura

COLUNAS_DO_ESTADO = (
    exportar.coluna("codigo_ibge", "Código do IBGE"),
    exportar.coluna("municipio", "Município"),
    exportar.coluna("unidades", "Unidades", "inteiro"),
    exportar.coluna("sem_conta", "Unidades sem conta", "inteiro"),
    exportar.coluna("necessarios", "A norma pede", "inteiro"),
    exportar.coluna("presentes", "Há", "inteiro"),
    exportar.coluna("efetivos", "Efetivos", "inteiro"),
    exportar.coluna("falta", "Falta", "inteiro"),
    exportar.coluna("funcoes_essenciais_vagas", "Funções essenciais da gestão vagas", "inteiro"),
)
COLUNAS_DO_MUNICIPIO = (
    exportar.coluna("unidade", "Unidade"),
    exportar.coluna("tipo", "Tipo"),
    exportar.coluna("necessarios", "A norma pede", "inteiro"),
    exportar.coluna("presentes", "Há", "inteiro"),
    exportar.coluna("efetivos", "Efetivos", "inteiro"),
    exportar.coluna("falta", "Falta", "inteiro"),
    exportar.coluna("sem_conta", "Por que não há conta"),
)
ORDENS_DAS_EQUIPES: Mapping[str, Callable[[equipes.EquipeDaUnidade], Any]] = {
    "nome": lambda equipe: equipe.unidade.nome_busca,
    "necessarios": lambda equipe: equipe.necessarios,
    "presentes": lambda equipe: equipe.presentes,
    "efetivos": lambda equipe: equipe.efetivos,
    "falta": lambda equipe: equipe.falta,
}


@never_cache
@require_safe
def unidade(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Função por função: o que a norma pede, quem há, o que falta, a razão de cada número e o que mudaria se…"""
    achada = permissoes.obter_unidade_para_equipe(request.ator, unidade_id=unidade_id)
    equipe = equipes.da_unidade(achada, hoje=request.hoje)
    lotacoes = {str(lotacao.trabalhador_id): lotacao for lotacao in quadro.da_unidade(achada, hoje=request.hoje)}
    municipio = achada.municipio_id
    ve = permissoes.pode(request.ator, permissoes.VER, abrangencia=municipio, unidade=achada)
    if ve and lotacoes:
        registrar(request, list(lotacoes.values()), onde=municipio)
    form = forms.OQueMudaria(
        request.GET or None,
        quem=[(chave, rotulo(lotacao, com_nome=ve)) for chave, lotacao in lotacoes.items()],
        rotulo_da_capacidade=achada.medida_da_capacidade.capitalize(),
    )
    pedido = form.cleaned_data if request.GET and form.is_valid() else {}
    return render(
        request,
        "trabalhadores/equipe.jinja",
        {
            "unidade": achada,
            "equipe": equipe,
            "lotacoes": lotacoes,
            "ve_nomes": ve,
            "muda": permissoes.pode(request.ator, permissoes.ATUALIZAR, abrangencia=municipio, unidade=achada),
            "gere": permissoes.pode(request.ator, permissoes.ATUALIZAR, abrangencia=municipio),
            "mostra": quadro.publica_quem_atende(achada),
            "form": form,
            "mudanca": mudanca.o_que_mudaria(achada, pedido=pedido, hoje=request.hoje)
            if any(pedido.values())
            else None,
            "rotulo": rotulo,
        },
    )


def rotulo(lotacao: Lotacao, *, com_nome: bool) -> str:
    """Quem é, com o nome para quem o vê; sem ele, a função, a profissão e o vínculo."""
    pessoa = lotacao.trabalhador
    profissao = PROFISSOES.get(pessoa.profissao, "profissão não informada")
    o_que = f"{FuncaoNaUnidade(lotacao.funcao).nome}, {profissao[:1].lower()}{profissao[1:]}"
    if com_nome:
        return f"{pessoa.como_se_chama} ({o_que})"
    return f"{o_que}, {'efetivo' if TipoDeVinculo(lotacao.vinculo_de_trabalho).efetivo else 'não efetivo'}"


def registrar(request: HttpRequest, lotacoes: list[Lotacao], *, onde: str, motivo: str = "") -> None:
    """A linha do registro de leituras: quem viu os nomes de quem."""
    registrar_leitura(
        tabela="trabalhadores.trabalhador",
        ids=[lotacao.trabalhador_id for lotacao in lotacoes],
        titulares=[lotacao.trabalhador_id for lotacao in lotacoes],
        campos=["nome", "profissao"],
        territorio=onde,
        por=request.ator,
        em=request.agora,
        motivo=motivo,
    )


@never_cache
@require_http_methods(["GET", "POST"])
def base(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Diz com que números se calcula a equipe da unidade."""
    achada = permissoes.obter_unidade_para_lotar(request.ator, unidade_id=unidade_id)
    gravada = bases.gravada(achada)
    iniciais: dict[str, Any] = {nome: getattr(gravada, nome) for nome in forms.Base.base_fields} if gravada else {}
    form = forms.Base(request.POST or None, unidade=achada, initial=iniciais)
    if request.method == "POST" and form.is_valid():
        unidades.definir_base(unidade=achada, numeros=form.cleaned_data, por=request.ator, em=request.agora)
        messages.success(request, "Números gravados. A conta da equipe já os usa.")
        return redirect("equipe-unidade", achada.pk)
    pede_numeros = achada.tipo in {Unidade.Tipo.CREAS, Unidade.Tipo.CREAS_REGIONAL, Unidade.Tipo.ACOLHIMENTO}
    contexto = {"unidade": achada, "form": form, "pede_numeros": pede_numeros}
    return render(request, "trabalhadores/base.jinja", contexto)


@never_cache
@require_safe
def lugar(request: HttpRequest, onde: str) -> HttpResponse:
    """As equipes de um município, ou o resumo dos municípios de uma UF; as funções essenciais da gestão do lugar."""
    permissoes.exigir_alcance(request.ator, abrangencia=onde)
    if len(onde) == 7:
        return _municipio(request, onde)
    if onde != "BR" and onde not in UF_POR_CODIGO:
        raise Http404
    return _estado(request, onde)


def _municipio(request: HttpRequest, onde: str) -> HttpResponse:
    do_lugar = equipes.do_lugar(onde, hoje=request.hoje)
    ordem = request.GET.get("ordem", "")
    if chave := ORDENS_DAS_EQUIPES.get(ordem.removeprefix("-")):
        # a unidade sem conta fica por último, qualquer que seja a ordem
        do_lugar.sort(key=chave, reverse=ordem.startswith("-"))
        do_lugar.sort(key=lambda equipe: equipe.quadro is None)
    com_conta = [equipe for equipe in do_lugar if equipe.quadro is not None]
    if exportar.pedido(request):
        return _baixar(request, onde, COLUNAS_DO_MUNICIPIO, [_celulas(equipe) for equipe in do_lugar])
    return render(
        request,
        "trabalhadores/equipes_municipio.jinja",
        _da_gestao(request, onde)
        | {
            "equipes": do_lugar,
            "ordem": ordem,
            "pede_unidade": pode_pedir_no_municipio(request.ator, onde),
            "psicossocial": equipes.psicossocial(do_lugar, codigo=onde, hoje=request.hoje),
            "necessarios": sum(equipe.necessarios for equipe in com_conta),
            "presentes": sum(equipe.presentes for equipe in com_conta),
            "efetivos": sum(equipe.efetivos for equipe in com_conta),
            "falta": sum(equipe.falta for equipe in com_conta),
        },
    )


def _celulas(equipe: equipes.EquipeDaUnidade) -> tuple[object, ...]:
    unidade = equipe.unidade
    if equipe.quadro is None:
        por_que = equipe.calculo.por_que_nao
        return (unidade.nome, unidade.get_tipo_display(), None, equipe.lotados, None, None, por_que)
    numeros = (equipe.necessarios, equipe.presentes, equipe.efetivos, equipe.falta)
    return (unidade.nome, unidade.get_tipo_display(), *numeros, "")


def _baixar(
    request: HttpRequest, onde: str, colunas: Sequence[exportar.Coluna], linhas: Sequence[Sequence[object]]
) -> HttpResponse:
    """Os números das equipes, sem o nome de ninguém."""
    lista = exportar.Lista(
        nome=f"equipes-{onde}", titulo="Equipes de referência", colunas=colunas, linhas=linhas, territorio=onde
    )
    return exportar.baixar(request, lista)


def _estado(request: HttpRequest, onde: str) -> HttpResponse:
    if onde == "BR":
        contexto = _da_gestao(request, onde)
        ufs = sorted(UF_POR_CODIGO.values(), key=lambda uf: uf.nome)
        return render(request, "trabalhadores/equipes_pais.jinja", contexto | {"ufs": ufs})
    ordem, so_com_falta = request.GET.get("ordem", "-falta"), request.GET.get("mostrar") == "com_falta"
    linhas = equipes.resumo_do_estado(onde, hoje=request.hoje, ordem=ordem, so_com_falta=so_com_falta)
    if exportar.pedido(request):
        dados = [tuple(getattr(linha, campo) for campo in linha.__dataclass_fields__) for linha in linhas]
        return _baixar(request, onde, COLUNAS_DO_ESTADO, dados)
    return render(
        request,
        "trabalhadores/equipes_estado.jinja",
        _da_gestao(request, onde)
        | {
            "linhas": linhas,
            "ordem": ordem,
            "so_com_falta": so_com_falta,
            "com_falta": sum(1 for linha in linhas if linha.falta),
            "falta": sum(linha.falta for linha in linhas),
            "necessarios": sum(linha.necessarios for linha in linhas),
            "presentes": sum(linha.presentes for linha in linhas),
        },
    )


def _da_gestao(request: HttpRequest, onde: str) -> dict[str, Any]:
    """As funções essenciais da gestão do lugar, com quem ocupa cada uma se o ator o vê."""
    essenciais = equipes.essenciais(onde, hoje=request.hoje)
    ve = permissoes.pode(request.ator, permissoes.VER, abrangencia=onde)
    nomes: dict[str, Lotacao] = {}
    if ve:
        do_orgao = quadro.do_orgao(abrangencia=onde, hoje=request.hoje)
        nomes = {str(lotacao.pk): lotacao for lotacao in do_orgao if lotacao.funcao_essencial}
        if nomes:
            registrar(request, list(nomes.values()), onde=onde)
    return {
        "onde": onde,
        "lugar": lugares.nome(onde),
        "essenciais": essenciais,
        "vagas": sum(1 for funcao in essenciais if funcao.vaga),
        "ve_nomes": ve,
        "ve_quadro": ve or (request.ator.abrangencia == onde and permissoes.ve_o_quadro(request.ator)),
        "ocupantes": nomes,
        "hoje": request.hoje,
    }
