"""Corrigir um dado de um município e escolher os indicadores complementares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from normas.partilha.opcoes import Instancia
from suas.financas.partilhas.acoes.abertas import conferida, travada_em_preparo
from suas.financas.partilhas.acoes.congelamento import complementar_do_municipio, porte_do_insumo, recopiar
from suas.financas.partilhas.consultas.dados import DADO_POR_NOME, Dado
from suas.financas.partilhas.consultas.entradas import conferir_um, instancias_da_partilha
from suas.financas.partilhas.models import Direcao, IndicadorComplementar, Insumo, Partilha
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.indicadores import consultas as indicadores


@dataclass(frozen=True, kw_only=True)
class Correcao:
    """Um dado novo de um município: o texto exato, a fonte, o ano a que se refere e por que mudou.

    `visto` é o valor que a pessoa tinha diante de si, se a tela o diz.
    """

    dado: str
    valor: str
    fonte: str
    ano: int
    motivo: str
    sintetico: bool = False
    visto: str | None = None


@dataclass(frozen=True, kw_only=True)
class EscolhaComplementar:
    """O que uma instância escolheu; sem `ano`, vale o mais recente até o exercício.

    `vista` é a escolha que a pessoa tinha diante de si, se a tela a diz: código, ano e direção.
    """

    indicador_codigo: str
    direcao: str
    ano: int | None = None
    vista: tuple[str, int | None, str] | None = None


@transaction.atomic
def corrigir_insumo(*, insumo: Insumo, correcao: Correcao, por: Ator, em: datetime) -> Insumo:
    """Troca um dado de um município, com motivo, e deixa as cotas desatualizadas até nova simulação.

    O valor é conferido com as mesmas palavras da entrada por arquivo. Recusa: partilha já pactuada, valor que não
    serve, motivo ou fonte em branco, valor que já não é o que a pessoa via.
    """
    dado = DADO_POR_NOME[correcao.dado]
    if not correcao.motivo.strip():
        raise AtoRecusado(f"Escreva por que {dado.na_frase} muda: a razão fica na memória.", campo="motivo")
    if not correcao.fonte.strip():
        raise AtoRecusado(f"Escreva de onde vem o novo valor de {dado.na_frase}.", campo="fonte")
    partilha = travada_em_preparo(insumo.partilha)
    atual = Insumo.objects.select_related("municipio").get(pk=insumo.pk)
    antes, porte_antes = getattr(atual, dado.nome), porte_do_insumo(partilha, atual)
    if correcao.visto is not None and correcao.visto != antes:
        raise MudouNoMeioTempo(_o_que_mudou(dado, atual, visto=correcao.visto), campo="valor")
    faltas_antes = conferir_um(partilha, atual)
    _por(atual, correcao)
    faltas = conferir_um(partilha, atual)
    for falha in faltas:
        if falha.coluna == dado.nome or falha not in faltas_antes:
            raise AtoRecusado(falha.mensagem, campo="valor")
    if porte_do_insumo(partilha, atual) != porte_antes:
        _trocar_complementar(partilha, atual)
        faltas = conferir_um(partilha, atual)
    atual.save()
    partilha.sintetica = partilha.sintetica or correcao.sintetico
    registrar(
        ato="partilhas.corrigir_insumo",
        objeto=partilha,
        por=por,
        em=em,
        motivo=correcao.motivo.strip(),
        dados={
            "municipio": atual.municipio_id,
            "dado": dado.nome,
            "antes": antes,
            "depois": correcao.valor,
            "fonte": correcao.fonte.strip(),
            "ano": correcao.ano,
        },
    )
    atual.partilha = conferida(partilha, em=em, faltas=partilha.faltas - len(faltas_antes) + len(faltas))
    return atual


@transaction.atomic
def definir_complementares(
    *, partilha: Partilha, escolhas: Mapping[Instancia, EscolhaComplementar], por: Ator, em: datetime
) -> Partilha:
    """Grava o indicador de cada instância e copia de novo os valores dele. O que não muda fica como está.

    Recusa: partilha já pactuada, instância que não é desta partilha, indicador que não existe ou não é número, escolha
    que já não é a que a pessoa via.
    """
    aberta = travada_em_preparo(partilha)
    conhecidos = {indicador.codigo: indicador for indicador in indicadores.numericos()}
    validas = set(instancias_da_partilha(aberta))
    linhas = {(linha.porte, linha.instancia): linha for linha in aberta.complementares.all()}
    mudadas, valores_mudam = [], False
    for (porte, quem), escolha in escolhas.items():
        if (porte, quem) not in validas:
            raise AtoRecusado(f"{quem} não escolhe indicador para o porte {porte.nome} nesta partilha.")
        indicador = conhecidos.get(escolha.indicador_codigo)
        if indicador is None:
            raise AtoRecusado(f"“{escolha.indicador_codigo}” não é um indicador numérico. Escolha um da lista.")
        linha = linhas.get((porte.value, quem)) or IndicadorComplementar(partilha=aberta, porte=porte, instancia=quem)
        _conferir_a_vista(linha, escolha)
        desejado = (escolha.indicador_codigo, Direcao(escolha.direcao), escolha.ano)
        valores_mudam |= linha.pk is None or (linha.indicador_codigo, linha.ano) != (desejado[0], desejado[2])
        if linha.pk is None or (linha.indicador_codigo, linha.direcao, linha.ano) != desejado:
            linha.indicador_codigo, linha.direcao, linha.ano = desejado
            linha.nome, linha.unidade = indicador.nome, indicador.unidade
            linha.fonte = _fonte(escolha)
            mudadas.append(linha)
    if not mudadas:
        return aberta
    for linha in mudadas:
        linha.save()
    if valores_mudam:
        recopiar(aberta)
    registrar(
        ato="partilhas.definir_complementares",
        objeto=aberta,
        por=por,
        em=em,
        dados={"instancias": [[m.porte, m.instancia, m.indicador_codigo, m.direcao, m.ano] for m in mudadas]},
    )
    return conferida(aberta, em=em)


def _o_que_mudou(dado: Dado, insumo: Insumo, *, visto: str) -> str:
    agora, motivo = getattr(insumo, dado.nome), insumo.origens.get(dado.nome, {}).get("motivo", "")
    por_que = f" ({motivo})" if motivo else ""
    return (
        f"Com esta página aberta, {dado.na_frase} de {insumo.municipio} passou de {dado.em_palavras(visto)} para "
        f"{dado.em_palavras(agora)}{por_que}. Nada foi gravado agora: se o seu valor ainda vale, envie de novo."
    )


def _conferir_a_vista(linha: IndicadorComplementar, escolha: EscolhaComplementar) -> None:
    if linha.pk is None or escolha.vista in (None, (linha.indicador_codigo, linha.ano, linha.direcao)):
        return
    porte = linha.get_porte_display()
    raise MudouNoMeioTempo(
        f"Com esta página aberta, {porte}, {linha.instancia}, passou a usar {linha.nome}"
        f"{f' de {linha.ano}' if linha.ano else ''}, {linha.get_direcao_display()}. Nada foi gravado agora: "
        "se a sua escolha ainda vale, grave de novo."
    )


def _por(insumo: Insumo, correcao: Correcao) -> None:
    setattr(insumo, correcao.dado, correcao.valor)
    insumo.origens = insumo.origens | {
        correcao.dado: {
            "fonte": correcao.fonte.strip(),
            "ano": correcao.ano,
            "sintetico": correcao.sintetico,
            "motivo": correcao.motivo.strip(),
        }
    }


def _trocar_complementar(partilha: Partilha, insumo: Insumo) -> None:
    """Outro porte pode ser outra instância: o complementar passa a ser o dela, salvo se foi digitado."""
    if insumo.origens.get("indicador_complementar", {}).get("motivo"):
        return
    fato = complementar_do_municipio(partilha, insumo)
    insumo.indicador_complementar = fato.valor if fato else ""
    insumo.origens = {nome: origem for nome, origem in insumo.origens.items() if nome != "indicador_complementar"}
    if fato and partilha.origens.get("indicador_complementar") != fato.origem:
        insumo.origens["indicador_complementar"] = fato.origem


def _fonte(escolha: EscolhaComplementar) -> str:
    """A fonte do indicador no ano escolhido, quando é uma só."""
    if escolha.ano is None:
        return ""
    fontes = {dado.fonte for dado in indicadores.valores(escolha.indicador_codigo, escolha.ano).values()}
    return fontes.pop() if len(fontes) == 1 else ""
