"""Abrir e encerrar grupos, inscrever e tirar gente, fazer a chamada."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from suas.atendimento.familias.permissoes import QUEM_ATENDE
from suas.atendimento.servicos import listas
from suas.atendimento.servicos.consultas import grupos as leitura
from suas.atendimento.servicos.models import Encontro, Grupo, Participante, Presenca
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Integrante


@dataclass(frozen=True, kw_only=True)
class NovoGrupo:
    """Um grupo que começa, ou uma atividade que não continua."""

    nome: str
    tipo: str
    comecou: date
    quando: str = ""
    local: str = ""


@dataclass(frozen=True, kw_only=True)
class Chamada:
    """A chamada de um dia: quem veio, quantos vieram sem registro. `versao` é a que a tela mostrava; zero, nenhuma."""

    dia: date
    vieram: Collection[UUID]
    sem_registro: int = 0
    tema: str = ""
    versao: int = 0


@transaction.atomic
def abrir(*, unidade: Unidade, novo: NovoGrupo, por: Ator, em: datetime, hoje: date, sintetico: bool = False) -> Grupo:
    """Abre um grupo na unidade. Erros: `AtoRecusado` se o tipo não é dela, ou se já há um aberto com o nome."""
    if novo.tipo not in dict(listas.tipos_para(unidade)):
        raise AtoRecusado("Este tipo de grupo não é desta unidade. Escolha outro.", campo="tipo")
    if novo.comecou > hoje:
        raise AtoRecusado(f"O dia {novo.comecou:%d/%m/%Y} ainda não chegou. Confira a data.", campo="comecou")
    Unidade.objects.select_for_update(of=("self",)).get(pk=unidade.pk)  # o mesmo envio duas vezes espera o primeiro
    nome = novo.nome.strip()
    if Grupo.objects.filter(unidade=unidade, nome__iexact=nome, encerrado__isnull=True).exists():
        raise AtoRecusado(f"{unidade.nome} já tem um grupo “{nome}” aberto. Abra-o, ou dê outro nome.", campo="nome")
    grupo = Grupo.objects.create(
        abrangencia=unidade.municipio_id,
        unidade=unidade,
        nome=nome,
        tipo=novo.tipo,
        quando=novo.quando.strip(),
        local=novo.local.strip(),
        comecou=novo.comecou,
        sintetico=sintetico,
    )
    registrar(ato="servicos.abrir_grupo", objeto=grupo, por=por, em=em)
    return grupo


@transaction.atomic
def encerrar(*, grupo: Grupo, motivo: str, por: Ator, em: datetime, hoje: date) -> Grupo:
    """O grupo acaba: quem participava sai no mesmo dia, e a história fica."""
    atual = _trancar(grupo)
    atual.encerrado, atual.motivo = hoje, motivo.strip()
    atual.save(update_fields=["encerrado", "motivo"])
    atual.participantes.filter(ate__isnull=True).update(ate=hoje, motivo="O grupo se encerrou.")
    registrar(ato="servicos.encerrar_grupo", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def inscrever(*, grupo: Grupo, integrante: Integrante, dia: date, por: Ator, em: datetime, hoje: date) -> Participante:
    """Alguém de uma família entra no grupo; inscrever de novo quem já está devolve a mesma linha."""
    atual = _trancar(grupo)
    if dia > hoje:
        raise AtoRecusado(f"O dia {dia:%d/%m/%Y} ainda não chegou. Confira a data.", campo="dia")
    if ja := atual.participantes.filter(pessoa=integrante.pessoa_id, ate__isnull=True).first():
        return ja
    participante = Participante.objects.create(
        grupo=atual,
        abrangencia=atual.abrangencia,
        familia_id=integrante.familia_id,
        pessoa_id=integrante.pessoa_id,
        desde=max(dia, atual.comecou),
    )
    registrar(ato="servicos.inscrever", objeto=participante, por=por, em=em)
    return participante


@transaction.atomic
def tirar(*, participante: Participante, motivo: str, dia: date, por: Ator, em: datetime, hoje: date) -> Participante:
    """Alguém deixa o grupo; a linha fica, com o dia e o motivo."""
    atual = Participante.objects.select_for_update(of=("self",)).get(pk=participante.pk)
    if atual.ate is not None:
        raise AtoRecusado(f"Esta pessoa já deixou o grupo em {atual.ate:%d/%m/%Y}.")
    if not atual.desde <= dia <= hoje:
        raise AtoRecusado(
            f"O dia da saída fica entre a entrada, em {atual.desde:%d/%m/%Y}, e hoje. Confira a data.", campo="dia"
        )
    atual.ate, atual.motivo = dia, motivo.strip()
    atual.save(update_fields=["ate", "motivo"])
    registrar(ato="servicos.tirar_do_grupo", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def fazer_chamada(*, grupo: Grupo, chamada: Chamada, por: Ator, em: datetime, hoje: date) -> Encontro:
    """Grava a chamada do dia, inteira; fazê-la de novo corrige a mesma.

    Erros: `MudouNoMeioTempo` se outra pessoa gravou depois que a página foi aberta; `AtoRecusado` no dia que não serve.
    """
    if por.pessoa is None:
        raise AtoRecusado(QUEM_ATENDE)
    atual = _trancar(grupo)
    if not atual.comecou <= chamada.dia <= hoje:
        raise AtoRecusado(
            f"O dia da chamada fica entre o começo do grupo, em {atual.comecou:%d/%m/%Y}, e hoje.", campo="dia"
        )
    encontro = leitura.encontro_do_dia(atual, chamada.dia)
    pessoas = {linha.pessoa.pk: linha for linha in leitura.chamada(atual, dia=chamada.dia, encontro=encontro)}
    if estranhas := set(chamada.vieram) - set(pessoas):
        raise AtoRecusado(f"{len(estranhas)} das pessoas marcadas não estão neste grupo. Abra a chamada de novo.")
    if encontro is not None and encontro.versao != chamada.versao:
        if _igual(encontro, chamada):
            return encontro  # o mesmo envio, duas vezes
        raise MudouNoMeioTempo("Outra pessoa gravou esta chamada depois que você a abriu. Compare e envie de novo.")
    if not chamada.vieram and not chamada.sem_registro:
        raise AtoRecusado("Marque quem veio. Se não houve encontro, não é preciso gravar a chamada.")
    if encontro is None:
        encontro = Encontro(
            grupo=atual, unidade_id=atual.unidade_id, abrangencia=atual.abrangencia, dia=chamada.dia, versao=0
        )
    encontro.tema, encontro.sem_registro = chamada.tema.strip(), chamada.sem_registro
    encontro.profissional, encontro.mudado_em, encontro.versao = por.pessoa, em, encontro.versao + 1
    encontro.save()
    marcadas = {p.pessoa_id: p for p in encontro.presencas.all()}
    for pessoa, linha in pessoas.items():
        veio = pessoa in chamada.vieram
        if pessoa not in marcadas:
            Presenca.objects.create(
                encontro=encontro,
                abrangencia=atual.abrangencia,
                familia_id=linha.familia_id,
                pessoa_id=pessoa,
                veio=veio,
            )
        elif marcadas[pessoa].veio != veio:
            marcadas[pessoa].veio = veio
            marcadas[pessoa].save(update_fields=["veio"])
    registrar(ato="servicos.fazer_chamada", objeto=encontro, por=por, em=em)
    return encontro


@transaction.atomic
def anular_encontro(*, encontro: Encontro, motivo: str, por: Ator, em: datetime) -> Encontro:
    """O encontro que não houve: fica riscado, com o motivo, e não conta."""
    atual = Encontro.objects.select_for_update(of=("self",)).get(pk=encontro.pk)
    if atual.anulado_em is not None:
        raise AtoRecusado("Este encontro já está anulado.")
    atual.anulado_em, atual.motivo_da_anulacao = em, motivo.strip()
    atual.save(update_fields=["anulado_em", "motivo_da_anulacao"])
    registrar(ato="servicos.anular_encontro", objeto=atual, por=por, em=em)
    return atual


def _trancar(grupo: Grupo) -> Grupo:
    """O grupo até o fim da transação. `AtoRecusado` se já se encerrou."""
    atual = Grupo.objects.select_for_update(of=("self",)).get(pk=grupo.pk)
    if atual.encerrado is not None:
        raise AtoRecusado(f"Este grupo se encerrou em {atual.encerrado:%d/%m/%Y}. Abra outro para recomeçar.")
    return atual


def _igual(encontro: Encontro, chamada: Chamada) -> bool:
    vieram = set(encontro.presencas.filter(veio=True).values_list("pessoa_id", flat=True))
    gravado = (vieram, encontro.sem_registro, encontro.tema)
    return gravado == (set(chamada.vieram), chamada.sem_registro, chamada.tema.strip())
