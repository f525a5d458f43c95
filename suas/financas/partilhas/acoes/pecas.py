"""Juntar a pactuação e a resolução, retirá-las antes do selo, e selar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from normas.base.exercicio import PRIMEIRO_ANO
from suas.financas.partilhas.acoes.abertas import travada
from suas.financas.partilhas.consultas.memorias import recalcula_igual
from suas.financas.partilhas.models import Estado, Partilha, Peca, TipoDePeca
from suas.nucleo.documentos.acoes import DocumentoRecusado, guardar
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@dataclass(frozen=True, kw_only=True)
class NovaPeca:
    """O documento que aprova: número e data como estão nele, e o arquivo."""

    numero: str
    dia: date
    arquivo: UploadedFile[bytes]


def tipo_que_cabe(partilha: Partilha) -> TipoDePeca | None:
    """A peça que falta agora: primeiro a pactuação, depois a resolução; None quando não cabe nenhuma."""
    if partilha.estado == Estado.SIMULADA and not partilha.desatualizada:
        return TipoDePeca.PACTUACAO
    return TipoDePeca.RESOLUCAO if partilha.estado == Estado.PACTUADA else None


@transaction.atomic
def juntar_peca(*, partilha: Partilha, peca: NovaPeca, por: Ator, em: datetime, hoje: date) -> Peca:
    """Junta a peça que cabe agora e passa a partilha a pactuada (CIT ou CIB) ou deliberada (CNAS ou CEAS).

    Recusa: partilha não simulada ou com insumos mudados depois da simulação, as duas peças já juntadas, data futura ou
    anterior à da pactuação, arquivo que não é PDF, PNG ou JPEG.
    """
    atual = travada(partilha)
    tipo = tipo_que_cabe(atual)
    if tipo is None:
        raise AtoRecusado(_por_que_nao_cabe(atual))
    _conferir_data(atual, tipo, peca.dia, hoje=hoje)
    try:
        documento = guardar(arquivo=peca.arquivo, sigilo=Sigilo.RESTRITO, abrangencia=atual.ambito, por=por, em=em)
    except DocumentoRecusado as recusa:
        raise AtoRecusado(str(recusa), campo="arquivo") from recusa
    nova = Peca.objects.create(
        partilha=atual,
        tipo=tipo,
        instancia=atual.comissao if tipo == TipoDePeca.PACTUACAO else atual.conselho,
        numero=peca.numero.strip(),
        dia=peca.dia,
        documento=documento,
        juntada_em=em,
    )
    atual.estado = Estado.PACTUADA if tipo == TipoDePeca.PACTUACAO else Estado.DELIBERADA
    atual.mudada_em = em
    atual.save()
    registrar(
        ato="partilhas.juntar_peca",
        objeto=atual,
        por=por,
        em=em,
        dados={"tipo": tipo, "instancia": nova.instancia, "numero": nova.numero, "documento": documento.sha256},
    )
    return nova


@transaction.atomic
def retirar_peca(*, partilha: Partilha, motivo: str, por: Ator, em: datetime) -> Partilha:
    """Retira a última peça juntada, com motivo, e volta ao estado anterior. O documento continua guardado.

    Recusa: partilha selada, sem peças, ou motivo em branco.
    """
    atual = travada(partilha)
    if atual.estado == Estado.SELADA:
        raise AtoRecusado("Esta partilha está selada: as peças dela já não se retiram.")
    ultima = atual.pecas.select_related("documento").last()
    if ultima is None:
        raise AtoRecusado("Esta partilha não tem peças a retirar.")
    if not motivo.strip():
        raise AtoRecusado(f"Escreva por que {ultima} é retirada: a razão fica na trilha.", campo="motivo")
    ultima.delete()
    atual.estado = Estado.SIMULADA if ultima.tipo == TipoDePeca.PACTUACAO else Estado.PACTUADA
    atual.mudada_em = em
    atual.save()
    registrar(
        ato="partilhas.retirar_peca",
        objeto=atual,
        por=por,
        em=em,
        motivo=motivo.strip(),
        dados={"tipo": ultima.tipo, "numero": ultima.numero, "documento": ultima.documento.sha256},
    )
    return atual


@transaction.atomic
def selar(*, partilha: Partilha, por: Ator, em: datetime) -> Partilha:
    """Fecha a partilha para sempre: o banco recusa qualquer mudança nela.

    Antes, refaz a conta com os insumos congelados. Recusa: partilha que não foi deliberada, ou memória diferente da
    que a conta refeita dá.
    """
    atual = travada(partilha)
    if atual.estado == Estado.SELADA:
        raise AtoRecusado("Esta partilha já está selada.")
    if atual.estado != Estado.DELIBERADA:
        raise AtoRecusado(
            f"Esta partilha está {atual.get_estado_display()}. Antes do selo ela precisa da pactuação da "
            f"{atual.comissao} e da resolução do {atual.conselho}."
        )
    if not recalcula_igual(atual):
        raise AtoRecusado(
            "A conta refeita agora não dá a memória que foi deliberada. Nada foi selado: guarde o arquivo "
            "memoria.json e avise quem cuida do sistema."
        )
    atual.estado = Estado.SELADA
    atual.selada_em = atual.mudada_em = em
    atual.save()
    registrar(ato="partilhas.selar", objeto=atual, por=por, em=em, dados={"sha256": atual.sha256})
    return atual


def _por_que_nao_cabe(partilha: Partilha) -> str:
    if partilha.estado == Estado.RASCUNHO:
        return "Simule a partilha antes de juntar a pactuação: é o resultado que se pactua."
    if partilha.desatualizada:
        return "Os insumos mudaram depois da simulação. Simule de novo antes de juntar a pactuação."
    return "As duas peças já estão juntadas."


def _conferir_data(partilha: Partilha, tipo: TipoDePeca, dia: date, *, hoje: date) -> None:
    if dia > hoje:
        raise AtoRecusado(f"A data {dia:%d/%m/%Y} ainda não chegou. Escreva a data que está no documento.", campo="dia")
    if dia.year < PRIMEIRO_ANO:
        raise AtoRecusado(f"A data {dia:%d/%m/%Y} é anterior a {PRIMEIRO_ANO}. Confira o ano nela.", campo="dia")
    pactuacao = partilha.pecas.filter(tipo=TipoDePeca.PACTUACAO).first()
    if tipo == TipoDePeca.RESOLUCAO and pactuacao is not None and dia < pactuacao.dia:
        raise AtoRecusado(
            f"A resolução ({dia:%d/%m/%Y}) é anterior à pactuação ({pactuacao.dia:%d/%m/%Y}). Confira as duas datas.",
            campo="dia",
        )
