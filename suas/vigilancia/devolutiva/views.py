"""As somas do mês, que abrem as unidades, e a devolutiva de cada unidade, na tela e em papel."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from normas.base.competencia import Competencia
from normas.registros.leitura import codigos, formulario
from suas.nucleo.identidade import lugares
from suas.nucleo.tela import exportar, papel
from suas.vigilancia.devolutiva import consultas, permissoes
from suas.vigilancia.devolutiva.consultas import Devolutiva, em_palavras
from suas.vigilancia.mensais import consultas as mensais

NOMES = {"RMA-CRAS": "CRAS", "RMA-CREAS": "CREAS", "RMA-POP": "Centro POP"}


@never_cache
@require_safe
def somas_daqui(request: HttpRequest) -> HttpResponse:
    """As somas do território do vínculo em uso."""
    return somas(request, request.ator.abrangencia)


@never_cache
@require_safe
def somas(request: HttpRequest, onde: str) -> HttpResponse:
    """Item por item do formulário, a soma do lugar no mês e no mês anterior, e quantas unidades a formam."""
    permissoes.exigir_somas(request.ator, onde=onde)
    competencia = _mes_pedido(request)
    codigo = request.GET.get("formulario", "")
    codigo = codigo if codigo in codigos() else "RMA-CRAS"
    do_mes = consultas.somas_do_mes(onde, codigo=codigo, competencia=competencia)
    if exportar.pedido(request):
        return exportar.baixar(request, _lista(do_mes, onde))
    return render(
        request,
        "devolutiva/somas.jinja",
        {
            "onde": onde,
            "lugar": lugares.nome(onde),
            "do_mes": do_mes,
            "meses": _meses(request),
            "formularios": list(NOMES.items()),
            "codigo": codigo,
        },
    )


@never_cache
@require_safe
def partes(request: HttpRequest, onde: str, codigo: str, item: str) -> HttpResponse:
    """Do que se faz a soma de um item: as unidades do município, ou os lugares."""
    permissoes.exigir_somas(request.ator, onde=onde)
    competencia = _mes_pedido(request)
    if codigo not in codigos() or item not in (versao := formulario(codigo, em=competencia)).itens:
        raise Http404
    achadas = consultas.partes(onde, item=item, codigo=codigo, competencia=competencia)
    nomes = {} if len(onde) == 7 else lugares.nomes([parte.codigo for parte in achadas])
    if exportar.pedido(request):
        return exportar.baixar(request, _lista_das_partes(achadas, nomes, onde=onde, titulo=f"{codigo} {item}"))
    return render(
        request,
        "devolutiva/partes.jinja",
        {
            "onde": onde,
            "lugar": lugares.nome(onde),
            "item": versao.itens[item],
            "codigo": codigo,
            "competencia": competencia,
            "partes": achadas,
            "nomes": nomes,
            "total": sum(parte.valor or 0 for parte in achadas),
        },
    )


@never_cache
@require_safe
def pagina(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """A devolutiva da unidade no mês."""
    volta = _devolutiva(request, unidade_id, mes)
    return render(
        request,
        "devolutiva/pagina.jinja",
        {"volta": volta, "em_palavras": em_palavras, "tracado": consultas.tracado, "nome_do_tipo": _tipo(volta)},
    )


@require_safe
def em_papel(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """A mesma página, para levar à reunião da equipe."""
    volta = _devolutiva(request, unidade_id, mes)
    if volta.atual is None:
        raise Http404
    documento = papel.Papel(
        titulo=f"Devolutiva de {_escrito(volta.competencia)}",
        sobre=f"{volta.unidade.nome} · {volta.unidade.municipio}",
        periodo=f"{volta.versao.nome}, mês de {_escrito(volta.competencia)}.",
        endereco=reverse("devolutiva", args=[unidade_id, mes]),
        avisos=("Unidade inventada para a demonstração: dados sintéticos",) if volta.unidade.sintetica else (),
        partes=_partes_do_papel(volta),
    )
    return papel.como_pdf(request, documento, nome=f"devolutiva-{mes}")


def _devolutiva(request: HttpRequest, unidade_id: UUID, mes: str) -> Devolutiva:
    unidade = permissoes.obter_unidade_para_ver(request.ator, unidade_id=unidade_id)
    competencia = mensais.lido(mes, hoje=request.hoje)
    if competencia is None:
        raise Http404
    return consultas.devolutiva_de(unidade, competencia=competencia)


def _mes_pedido(request: HttpRequest) -> Competencia:
    return mensais.lido(request.GET.get("mes", ""), hoje=request.hoje) or mensais.competencia_da_vez(request.hoje)


def _meses(request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(mes), f"{mes.desde:%m/%Y}") for mes in mensais.competencias(request.hoje, quantas=25)]


def _escrito(competencia: Competencia) -> str:
    return f"{competencia.desde:%m/%Y}"


def _tipo(volta: Devolutiva) -> str:
    return NOMES[volta.versao.formulario]


def _lista(do_mes: consultas.SomasDoMes, onde: str) -> exportar.Lista:
    def linha(codigo: str) -> list[Any]:
        soma, antes = do_mes.somas.itens.get(codigo), do_mes.antes.itens.get(codigo)
        return [
            codigo,
            do_mes.versao.itens[codigo].rotulo,
            soma.total if soma else None,
            soma.unidades if soma else 0,
            antes.total if antes else None,
        ]

    return exportar.Lista(
        nome=f"somas-{do_mes.versao.formulario.lower()}-{onde}-{do_mes.competencia}",
        titulo=f"{do_mes.versao.formulario} {do_mes.competencia}",
        colunas=(
            exportar.coluna("item", "Item"),
            exportar.coluna("rotulo", "O que se conta"),
            exportar.coluna("soma", "Soma", "inteiro"),
            exportar.coluna("unidades", "Unidades que informaram", "inteiro"),
            exportar.coluna("mes_anterior", "Mês anterior", "inteiro"),
        ),
        linhas=[linha(codigo) for codigo in do_mes.versao.itens],
    )


def _lista_das_partes(
    achadas: list[consultas.Parte], nomes: dict[str, str], *, onde: str, titulo: str
) -> exportar.Lista:
    return exportar.Lista(
        nome=f"partes-{titulo.lower().replace(' ', '-')}-{onde}",
        titulo=titulo,
        colunas=(
            exportar.coluna("lugar", "Unidade" if len(onde) == 7 else "Lugar"),
            exportar.coluna("valor", "Valor", "inteiro"),
            exportar.coluna("mes_anterior", "Mês anterior", "inteiro"),
            exportar.coluna("situacao", "Situação"),
        ),
        linhas=[
            [
                p.linha.unidade.nome if p.linha else nomes.get(p.codigo, p.codigo),
                p.valor,
                p.antes,
                p.linha.estado if p.linha else f"{p.unidades} unidades",
            ]
            for p in achadas
        ],
    )


def _partes_do_papel(volta: Devolutiva) -> list[papel.Parte]:
    itens = volta.versao.itens
    das_mudancas = [
        (m.item, itens[m.item].rotulo, em_palavras(m.antes), em_palavras(m.atual), str(m.rumo)) for m in volta.mudancas
    ]
    das_parecidas = [
        (item.codigo, item.rotulo, em_palavras(valor), f"{em_palavras(faixa.de)} a {em_palavras(faixa.ate)}", str(onde))
        for item, valor, faixa, onde in volta.comparados
    ]
    partes: list[papel.Parte] = [
        papel.Texto(titulo=f"{n}. {pergunta.texto}", texto=pergunta.porque)
        for n, pergunta in enumerate(volta.perguntas, start=1)
    ]
    partes.append(
        papel.Quadro(
            titulo="O que mudou",
            colunas=("Item", "O que se conta", "Antes", "Agora", "Rumo"),
            linhas=das_mudancas or [("", "Nada saiu do costume dos meses anteriores", "", "", "")],
            numeros=frozenset({2, 3}),
            larguras=(8, 56, 10, 10, 16),
            fonte="Antes: a mediana de até três meses anteriores informados pela unidade.",
        )
    )
    if das_parecidas:
        porte = volta.porte.nome if volta.porte else ""
        partes.append(
            papel.Quadro(
                titulo="Como estão as unidades parecidas",
                colunas=("Item", "O que se conta", "Aqui", "Metade fica entre", "Onde fica"),
                linhas=das_parecidas,
                numeros=frozenset({2}),
                larguras=(8, 50, 8, 16, 18),
                fonte=f"As outras unidades {_tipo(volta)} em municípios de porte {porte} que enviaram o mês. "
                "Diferente não é errado. Comparação deste projeto, que nenhuma norma manda fazer.",
            )
        )
    return partes
