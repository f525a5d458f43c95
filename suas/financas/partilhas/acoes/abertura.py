"""Abrir uma partilha, mudar as opções dela, criar cenário, excluir rascunho."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from normas.base.centavos import em_reais
from normas.partilha.opcoes import OpcaoRecusada
from suas.financas.partilhas.acoes.abertas import conferida, travada, travada_em_preparo
from suas.financas.partilhas.acoes.congelamento import gravar_linhas, recopiar
from suas.financas.partilhas.consultas.entradas import instancias_da_partilha, opcoes_de
from suas.financas.partilhas.models import (
    Criterio,
    Direcao,
    Estado,
    IndicadorComplementar,
    Normalizacao,
    Partilha,
)
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.indicadores import consultas as indicadores

INDICADOR_PADRAO = "indicador_complementar"


@dataclass(frozen=True, kw_only=True)
class Escolhas:
    """O que quem conduz escolhe ao abrir; valores em centavos."""

    nome: str
    exercicio: int
    recurso_centavos: int
    pbf_centavos: int
    ano_populacao: int
    criterio_porte: str = Criterio.TABELA
    normalizacao: str = Normalizacao.PORTE
    transicao_2005: bool = False
    excluir_incompletos: bool = False


@transaction.atomic
def abrir(*, escolhas: Escolhas, ambito: str, por: Ator, em: datetime) -> Partilha:
    """Abre a partilha do âmbito ("BR" ou código da UF) e congela os insumos de agora.

    Cada instância começa com o indicador complementar padrão, em que número alto é pior. Recusa: valor que não é maior
    que zero, exercício impossível, ano sem municípios.
    """
    partilha = Partilha(ambito=ambito, criada_em=em, mudada_em=em, criada_por=por.pessoa)
    _aplicar(partilha, escolhas)
    partilha.save()
    _complementares_padrao(partilha)
    municipios = recopiar(partilha)
    dados = _dados(partilha) | {"municipios": municipios}
    registrar(ato="partilhas.abrir", objeto=partilha, por=por, em=em, dados=dados)
    return conferida(partilha, em=em)


def retrato_das_opcoes(partilha: Partilha) -> str:
    """Um resumo curto das escolhas gravadas: muda quando qualquer uma delas muda."""
    return hashlib.sha256(repr(sorted(_dados(partilha).items())).encode()).hexdigest()[:16]


@transaction.atomic
def mudar_opcoes(
    *, partilha: Partilha, escolhas: Escolhas, por: Ator, em: datetime, visto: str | None = None
) -> Partilha:
    """Muda recurso, PBF ou opções de uma partilha em preparo; se o que se copia muda, congela de novo.

    `visto` é o retrato das opções que a pessoa tinha diante de si. Recusa: partilha já pactuada, opção que não serve,
    opções que já não são as que a pessoa via.
    """
    aberta = travada_em_preparo(partilha)
    antes = _dados(aberta)
    if visto is not None and visto != retrato_das_opcoes(aberta):
        raise MudouNoMeioTempo(
            f"Com esta página aberta, as opções mudaram: agora estão gravados o exercício {aberta.exercicio}, o "
            f"recurso de {em_reais(aberta.recurso_centavos)} e o piso de {em_reais(aberta.pbf_centavos)}. O que você "
            "escreveu continua abaixo e não foi gravado: se ainda vale, envie de novo."
        )
    _aplicar(aberta, escolhas)
    depois = _dados(aberta)
    if antes == depois:
        return aberta
    aberta.save()
    if any(antes[nome] != depois[nome] for nome in ("ano_populacao", "exercicio", "transicao_2005")):
        recopiar(aberta)
    registrar(ato="partilhas.mudar_opcoes", objeto=aberta, por=por, em=em, dados={"antes": antes, "depois": depois})
    return conferida(aberta, em=em)


@transaction.atomic
def criar_cenario(*, partilha: Partilha, escolhas: Escolhas, por: Ator, em: datetime) -> Partilha:
    """Copia a partilha, com os insumos e indicadores dela, para outra com outras opções. A original não muda."""
    base = travada(partilha)
    cenario = Partilha(
        ambito=base.ambito,
        cenario_de=base,
        sintetica=base.sintetica,
        origens=base.origens,
        criada_em=em,
        mudada_em=em,
        criada_por=por.pessoa,
    )
    _aplicar(cenario, escolhas)
    cenario.save()
    _copiar_entradas(base, cenario)
    mudou_a_copia = (base.ano_populacao, base.exercicio, base.transicao_2005) != (
        cenario.ano_populacao,
        cenario.exercicio,
        cenario.transicao_2005,
    )
    if mudou_a_copia:
        recopiar(cenario)
    registrar(
        ato="partilhas.criar_cenario", objeto=cenario, por=por, em=em, dados=_dados(cenario) | {"base": str(base.pk)}
    )
    return conferida(cenario, em=em)


@transaction.atomic
def excluir_rascunho(*, partilha: Partilha, por: Ator, em: datetime) -> None:
    """Apaga uma partilha que nunca foi simulada nem serviu de base a cenário; as outras ficam."""
    atual = travada(partilha)
    if atual.estado != Estado.RASCUNHO:
        raise AtoRecusado(
            f"Esta partilha já foi {atual.get_estado_display()} e faz parte da história: não se apaga. "
            "Abra outra ou crie um cenário."
        )
    if atual.cenarios.exists():
        raise AtoRecusado("Há cenários criados a partir desta partilha. Apague primeiro os cenários.")
    registrar(ato="partilhas.excluir_rascunho", objeto=atual, por=por, em=em, dados=_dados(atual))
    atual.delete()


def _aplicar(partilha: Partilha, escolhas: Escolhas) -> None:
    for campo in fields(escolhas):
        setattr(partilha, campo.name, getattr(escolhas, campo.name))
    partilha.nome = partilha.nome.strip()
    try:
        opcoes_de(partilha)
    except OpcaoRecusada as recusa:
        raise AtoRecusado(str(recusa)) from recusa


def _dados(partilha: Partilha) -> dict[str, object]:
    return {campo.name: getattr(partilha, campo.name) for campo in fields(Escolhas)}


def _complementares_padrao(partilha: Partilha) -> None:
    padrao = next((i for i in indicadores.numericos() if i.codigo == INDICADOR_PADRAO), None)
    IndicadorComplementar.objects.bulk_create(
        IndicadorComplementar(
            partilha=partilha,
            porte=porte.value,
            instancia=quem,
            indicador_codigo=INDICADOR_PADRAO,
            nome=padrao.nome if padrao else "Indicador complementar",
            unidade=padrao.unidade if padrao else "",
            direcao=Direcao.ALTO_PIOR,
        )
        for porte, quem in instancias_da_partilha(partilha)
    )


def _copiar_entradas(base: Partilha, cenario: Partilha) -> None:
    complementares = list(base.complementares.all())
    for copia in complementares:
        copia.pk = None
        copia.partilha = cenario
    IndicadorComplementar.objects.bulk_create(complementares)
    gravar_linhas(cenario, base.insumos.all())
