"""A equipe de referência de uma unidade em PDF: o que a norma pede, quem há, o que falta e por quê."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from normas.trabalho.trabalhador import TrabalhadorPresente
from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.consultas import equipes, quadro
from suas.cadastros.trabalhadores.models import Lotacao
from suas.cadastros.trabalhadores.views.equipe import registrar, rotulo
from suas.nucleo.tela import papel
from suas.nucleo.tela.filtros import dia, numero


@never_cache
@require_safe
def equipe(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Como na tela: com os nomes só para quem os vê, e a leitura fica registrada."""
    unidade = permissoes.obter_unidade_para_equipe(request.ator, unidade_id=unidade_id)
    achada = equipes.da_unidade(unidade, hoje=request.hoje)
    lotacoes = {str(lotacao.trabalhador_id): lotacao for lotacao in quadro.da_unidade(unidade, hoje=request.hoje)}
    ve = permissoes.pode(request.ator, permissoes.VER, abrangencia=unidade.municipio_id, unidade=unidade)
    if ve and lotacoes:
        registrar(
            request, list(lotacoes.values()), onde=unidade.municipio_id, motivo="Emitiu a equipe da unidade em PDF"
        )
    documento = papel.Papel(
        titulo=unidade.nome,
        sobre=f"Equipe de referência · {unidade.get_tipo_display()} · {unidade.municipio}",
        periodo=f"Situação em {dia(request.hoje)}",
        endereco=reverse("equipe-unidade", args=[unidade.pk]),
        avisos=("Há pessoas inventadas para a demonstração: dados sintéticos",)
        if any(lotacao.sintetica for lotacao in lotacoes.values())
        else (),
        partes=_partes(achada, lotacoes, com_nome=ve),
    )
    return papel.como_pdf(request, documento, nome=f"equipe-{unidade.identificador or unidade.pk}")


def _partes(achada: equipes.EquipeDaUnidade, lotacoes: dict[str, Lotacao], *, com_nome: bool) -> list[papel.Parte]:
    def quem(pessoa: TrabalhadorPresente) -> str:
        return rotulo(lotacoes[pessoa.chave], com_nome=com_nome)

    if achada.quadro is None or achada.calculo.equipe is None:
        return [
            papel.Texto(titulo="Sem conta de equipe", texto=f"{achada.calculo.por_que_nao} Lotados: {achada.lotados}.")
        ]
    linhas = [
        (
            f"{linha.necessaria.funcao.nome} ({linha.necessaria.escolaridade.nome})",
            numero(linha.necessarios),
            numero(linha.presentes),
            numero(linha.efetivos),
            numero(linha.falta),
        )
        for linha in achada.quadro.linhas
    ]
    numeros = (achada.necessarios, achada.presentes, achada.efetivos, achada.falta)
    fundamento = achada.calculo.equipe.fundamento
    partes: list[papel.Parte] = [
        papel.Quadro(
            titulo="Função por função",
            colunas=("Função", "A norma pede", "Há", "Efetivos", "Falta"),
            linhas=[*linhas, ("Equipe", *map(numero, numeros))],
            numeros=frozenset({1, 2, 3, 4}),
            larguras=(52, 12, 12, 12, 12),
            fonte=f"{achada.calculo.equipe.nome}. {fundamento.norma}, {fundamento.dispositivo}. Quem sobra numa função "
            "não cobre outra.",
        ),
    ]
    if supostos := [*achada.calculo.numeros.supostos, *achada.calculo.equipe.avisos]:
        partes.append(papel.Texto(titulo="O que a conta supôs", texto="\n".join(supostos)))
    partes.append(
        papel.Quadro(
            titulo="De onde sai cada número, e quem conta",
            colunas=("Função", "Por quê", "Quem"),
            linhas=[
                (linha.necessaria.funcao.nome, linha.explicacao, "; ".join(map(quem, linha.quem)) or "ninguém")
                for linha in achada.quadro.linhas
            ],
            larguras=(24, 40, 36),
        )
    )
    if achada.quadro.fora:
        partes.append(
            papel.Quadro(
                titulo="Trabalham na unidade e não contam na equipe",
                colunas=("Quem", "Por quê"),
                linhas=[(quem(pessoa), motivo) for pessoa, motivo in achada.quadro.fora],
            )
        )
    return partes
