"""Juntar dois cadastros da mesma unidade e desfazer a junção. Quem o faz já decidiu: na tela, é a resposta a um pedido.

O que sai fica, fechado e apontando para o que fica; o que ele ainda valia passa, parte por parte (ADR 0065).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from suas.cadastros.rede import juncao, partes
from suas.cadastros.rede.acoes.partes_da_rede import CADASTRO, fim
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.partes import Mudanca, Passo, Uniao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def fundir(
    *, sai: Unidade, fica: Unidade, campos: Iterable[str], motivo: str, por: Ator, em: datetime
) -> dict[str, Any]:
    """Junta o cadastro que sai ao que fica; `campos` são os grupos em que vale o que estava no que sai.

    Devolve o que mudou em cada linha, que `desfazer` lê. Erros: `AtoRecusado` se as duas não se juntam.
    """
    sai, fica = travadas(sai, fica)
    exigir_que_se_juntem(sai=sai, fica=fica)
    dia = timezone.localtime(em).date()
    passos = _fundir_cadastros(Uniao(sai=sai, fica=fica, dia=dia), campos=campos, por=por, em=em)
    passos += passar_partes(uniao=Uniao(sai=sai, fica=fica, dia=dia), por=por, em=em)
    registrar(ato="rede.fundir", objeto=sai, por=por, em=em, motivo=motivo, dados={"fica": fica.nome})
    registrar(ato="rede.receber", objeto=fica, por=por, em=em, motivo=motivo, dados={"sai": sai.nome})
    return {"passos": [passo.em_dados() for passo in passos]}


@transaction.atomic
def desfazer(
    *, sai: Unidade, fica: Unidade, feito: Mapping[str, Any], motivo: str, por: Ator, em: datetime
) -> list[str]:
    """Devolve cada linha ao que era antes da junção, se ninguém a mudou depois; diz em palavras o que não voltou."""
    sai, fica = travadas(sai, fica)
    if sai.fundida_em_id != fica.pk:
        raise AtoRecusado(f"{sai.nome} já não está juntada a {fica.nome}: não há o que desfazer.")
    nao_voltou = devolver(passos=juncao.passos_de(feito), por=por, em=em)
    sai.refresh_from_db()
    if sai.fundida_em_id is not None:
        raise AtoRecusado(f"O cadastro de {sai.nome} mudou depois de juntado: a junção não se desfaz sozinha.")
    registrar(ato="rede.desfazer_fusao", objeto=sai, por=por, em=em, motivo=motivo, dados={"fica": fica.nome})
    registrar(ato="rede.devolver", objeto=fica, por=por, em=em, motivo=motivo, dados={"sai": sai.nome})
    return nao_voltou


def travadas(uma: Unidade, outra: Unidade) -> tuple[Unidade, Unidade]:
    """As duas, com as linhas travadas, sempre na mesma ordem: dois atos cruzados não se esperam para sempre."""
    achadas = Unidade.objects.select_for_update(of=("self",)).filter(pk__in=[uma.pk, outra.pk]).order_by("pk")
    por_numero = {unidade.pk: unidade for unidade in achadas}
    return por_numero[uma.pk], por_numero[outra.pk]


def exigir_que_se_juntem(*, sai: Unidade, fica: Unidade) -> None:
    """Recusa juntar o que não é o mesmo lugar escrito duas vezes, ou já se juntou."""
    if sai.pk == fica.pk:
        raise AtoRecusado("É o mesmo cadastro: escolha outro.", campo="com")
    if sai.municipio_id != fica.municipio_id:
        raise AtoRecusado(
            f"{sai.nome} fica em {sai.municipio} e {fica.nome}, em {fica.municipio}: só se juntam cadastros do mesmo "
            "município.",
            campo="com",
        )
    for unidade in (sai, fica):
        if unidade.fundida_em is not None:
            raise AtoRecusado(f"{unidade.nome} já foi juntada a {unidade.fundida_em.nome}.", campo="com")
    if fica.fechada_em is not None and sai.fechada_em is None:
        raise AtoRecusado(
            f"{fica.nome} está com fechamento em {fica.fechada_em:%d/%m/%Y} e {sai.nome} funciona. Troque as duas: "
            "fica a que funciona.",
            campo="com",
        )


def _fundir_cadastros(uniao: Uniao, *, campos: Iterable[str], por: Ator, em: datetime) -> list[Passo]:
    sai, fica = uniao.sai, uniao.fica
    escolhidos = set(campos)
    grupos = [grupo for grupo in juncao.diferentes(sai, fica) if grupo.codigo in escolhidos]
    da_que_sai = [(grupo.rotulo, {nome: getattr(sai, nome) for nome in grupo.campos}) for grupo in grupos]
    mudancas = []
    if any("identificador" in valores for _, valores in da_que_sai):
        mudancas.append(
            Mudanca(texto=f"Identificador de {sai.nome}", linha=sai, campos={"identificador": None})  # é um só no país
        )
    for rotulo, valores in da_que_sai:
        if "nome" in valores:
            valores["nome_busca"] = sai.nome_busca
        mudancas.append(Mudanca(texto=f"{rotulo} de {fica.nome}", linha=fica, campos=valores))
    if sai.endereco_reservado != fica.endereco_reservado:  # um só dos dois que se publicasse desfaria a proteção
        menos = fica if sai.endereco_reservado else sai
        campos_da_reserva = {"endereco_reservado": True}
        mudancas.append(
            Mudanca(texto=f"Endereço de {menos.nome} aberto a todos", linha=menos, campos=campos_da_reserva)
        )
    mudancas.append(
        Mudanca(texto=f"Cadastro de {sai.nome}, juntado ao de {fica.nome}", linha=sai, campos=_de_quem_sai(uniao))
    )
    return partes.aplicar(CADASTRO, mudancas, por=por, em=em)


def _de_quem_sai(uniao: Uniao) -> dict[str, Any]:
    campos: dict[str, Any] = {"fundida_em": uniao.fica}
    if uniao.sai.fechada_em is None or uniao.sai.fechada_em > uniao.dia:
        campos["fechada_em"] = fim(uniao.sai.aberta_em, uniao.dia)
        campos["motivo_do_fechamento"] = f"Cadastro juntado a {uniao.fica.nome}"
    return campos


def passar_partes(*, uniao: Uniao, por: Ator, em: datetime, menos: Sequence[str] = ()) -> list[Passo]:
    """O que a que sai ainda valia passa à que fica, em cada módulo que prende algo à unidade. Parte de um ato."""
    return [
        passo
        for parte in partes.todas()
        if parte.codigo not in menos
        for passo in partes.aplicar(parte, parte.juntar(uniao), por=por, em=em)
    ]


def devolver(*, passos: Sequence[Passo], por: Ator, em: datetime) -> list[str]:
    """Volta os passos, do último ao primeiro; devolve os textos dos que não voltaram. Parte de um ato."""
    return [passo.texto for passo in reversed(passos) if not partes.voltar(passo, por=por, em=em)]
