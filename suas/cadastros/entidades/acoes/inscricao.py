"""Pedir a inscrição, juntar e conferir documentos, dar cada passo do rito, renovar e desistir."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from suas.cadastros.entidades import etapas, permissoes
from suas.cadastros.entidades.acoes import passos, recados
from suas.cadastros.entidades.acoes.cadastro import tocar
from suas.cadastros.entidades.consultas import inscricoes
from suas.cadastros.entidades.models import Entidade, Entrega, EtapaDoConselho, Inscricao, Oferta
from suas.nucleo import banco, tranca
from suas.nucleo.documentos.acoes import DocumentoRecusado
from suas.nucleo.documentos.acoes import guardar as guardar_documento
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.nucleo.documentos.models import Documento

Estado = Inscricao.Estado


@dataclass(frozen=True, kw_only=True)
class Andamento:
    """O que se fez numa etapa. `resolucao` e `valida_ate` só na decisão da plenária."""

    etapa: str
    resultado: str
    dia: date
    texto: str = ""
    arquivo: UploadedFile[bytes] | None = None
    resolucao: str = ""
    valida_ate: date | None = None


@transaction.atomic
def pedir(*, entidade: Entidade, oferta: Oferta | None, por: Ator, em: datetime, hoje: date) -> Inscricao:
    """A entidade pede a inscrição dela, no conselho da sede, ou de uma oferta, no conselho de onde se oferta.

    O conselho que protocola por ela, em papel, já a recebe.
    """
    municipio = oferta.municipio_id if oferta else entidade.municipio_id
    if not permissoes.pode_pedir(por, entidade, municipio=municipio):
        raise AtoRecusado("Esta inscrição é no conselho de outro município: peça a ele, ou à entidade que a peça.")
    nova = Inscricao.objects.create(
        **_do_que(entidade, oferta), municipio_id=municipio, etapa=etapas.PROTOCOLO.codigo, mudada_em=em
    )
    registrar(ato="entidades.pedir_inscricao", objeto=entidade, por=por, em=em, dados={"do_que": nova.do_que})
    if permissoes.pode_inscrever(por, municipio=municipio):
        recebida = Andamento(etapa=etapas.PROTOCOLO.codigo, resultado="recebida", dia=hoje)
        return andar(inscricao=nova, andamento=recebida, por=por, em=em, hoje=hoje)
    tocar(entidade, em=em)
    recados.ao_conselho(inscricao=nova, o_que=f"A entidade pediu a inscrição: {nova.do_que}", por=por, em=em)
    return nova


@dataclass(frozen=True, kw_only=True)
class Anterior:
    """Uma inscrição que o conselho já tinha dado quando passou a usar o sistema."""

    numero: int
    decidida_em: date
    resolucao: str = ""
    valida_ate: date | None = None


@transaction.atomic
def registrar_anterior(
    *, entidade: Entidade, oferta: Oferta | None, anterior: Anterior, por: Ator, em: datetime, hoje: date
) -> Inscricao:
    """Registra, com o número que tem, uma inscrição anterior ao sistema. O número não pode ser de outra."""
    municipio = oferta.municipio_id if oferta else entidade.municipio_id
    nova = Inscricao(
        **_do_que(entidade, oferta),
        municipio_id=municipio,
        estado=Estado.INSCRITA,
        mudada_em=em,
        **vars(anterior),
    )
    permissoes.exigir_conselho(por, nova)
    if anterior.decidida_em > hoje:
        raise AtoRecusado("O dia da decisão ainda não chegou. Confira com a resolução.", campo="decidida_em")
    banco.travar(f"inscricoes:{municipio}")
    if Inscricao.objects.filter(municipio_id=municipio, numero=anterior.numero).exists():
        raise AtoRecusado(
            f"O número {anterior.numero} já é de outra inscrição deste conselho. Número de inscrição não se repete.",
            campo="numero",
        )
    nova.save(force_insert=True)
    passos.acrescentar(
        nova, etapa="anterior", resultado="registrada", dia=anterior.decidida_em, texto="", ator=por, em=em
    )
    _registrar(nova, ato="entidades.registrar_anterior", por=por, em=em)
    recados.ao_orgao_gestor(inscricao=nova, o_que=f"O conselho registrou a inscrição nº {nova.numero}", por=por, em=em)
    return nova


@transaction.atomic
def andar(*, inscricao: Inscricao, andamento: Andamento, por: Ator, em: datetime, hoje: date) -> Inscricao:
    """Dá o passo da etapa em que a inscrição está. Deferida na plenária, recebe o próximo número do conselho.

    Erros: `MudouNoMeioTempo` se a etapa já passou; `AtoRecusado` se o resultado, o dia ou os documentos não servem.
    """
    permissoes.exigir_conselho(por, inscricao)
    atual = passos.travada(inscricao)
    etapa = etapas.etapa(andamento.etapa)
    if etapa is None or andamento.etapa != atual.etapa:
        raise MudouNoMeioTempo("Esta etapa já passou: outra pessoa a registrou. Confira os passos abaixo.")
    if andamento.resultado not in dict(etapa.resultados):
        raise AtoRecusado(f"Diga com que resultado termina “{etapa.nome}”.", campo="resultado")
    _conferir_dia(atual, andamento.dia, hoje=hoje)
    _conferir_documentos(atual, andamento)
    documento = guardar(arquivo=andamento.arquivo, inscricao=atual, por=por, em=em) if andamento.arquivo else None
    passos.acrescentar(
        atual,
        etapa=etapa.codigo,
        resultado=andamento.resultado,
        dia=andamento.dia,
        texto=andamento.texto,
        documento=documento,
        ator=por,
        em=em,
    )
    _aplicar(atual, andamento, em=em)
    o_que = etapas.em_palavras(etapa.codigo, andamento.resultado)
    _registrar(atual, ato="entidades.andar_inscricao", por=por, em=em, o_que=o_que)
    recados.a_entidade(inscricao=atual, o_que=o_que, por=por, em=em)
    if etapa in (etapas.PLENARIA, etapas.COMUNICACAO) and atual.estado == Estado.INSCRITA:
        recados.ao_orgao_gestor(
            inscricao=atual, o_que=f"O conselho deferiu a inscrição nº {atual.numero}", por=por, em=em
        )
    return atual


def _aplicar(atual: Inscricao, andamento: Andamento, *, em: datetime) -> None:
    """O que o passo muda na própria inscrição."""
    if andamento.etapa == etapas.PROTOCOLO.codigo:
        atual.protocolada_em = andamento.dia
    elif andamento.etapa == etapas.PUBLICACAO.codigo:
        atual.publicada_em = andamento.dia
    elif andamento.etapa == etapas.PLENARIA.codigo:
        atual.decidida_em, atual.resolucao = andamento.dia, andamento.resolucao.strip()
        atual.estado = Estado.INDEFERIDA
        if andamento.resultado == etapas.DEFERIDA:
            banco.travar(f"inscricoes:{atual.municipio_id}")
            atual.estado, atual.valida_ate = Estado.INSCRITA, andamento.valida_ate
            atual.numero = inscricoes.proximo_numero(atual.municipio_id)
    if andamento.resultado != etapas.DEVOLVIDA:
        atual.etapa = inscricoes.seguinte(atual)
    atual.mudada_em = em
    atual.save()


@transaction.atomic
def juntar(
    *,
    inscricao: Inscricao,
    exigencia: str,
    arquivo: UploadedFile[bytes],
    exercicio: int | None,
    por: Ator,
    em: datetime,
) -> Entrega:
    """A entidade junta um documento; o que substitui outro, devolvido, fica ao lado dele."""
    permissoes.exigir_pedido(por, inscricao)
    atual = passos.travada(inscricao)
    qual = etapas.exigencia(atual.especie, exigencia)
    if qual is None or qual.anual != (exercicio is not None):
        raise AtoRecusado("Escolha na lista que documento é este.", campo="exigencia")
    if atual.estado not in {Estado.EM_ANDAMENTO, Estado.INSCRITA}:
        raise AtoRecusado(f"Esta inscrição está {atual.get_estado_display()}: não recebe mais documentos.")
    documento = guardar(arquivo=arquivo, inscricao=atual, por=por, em=em)
    nova = Entrega.objects.create(
        inscricao=atual, exigencia=exigencia, exercicio=exercicio, documento=documento, entregue_em=em
    )
    Inscricao.objects.filter(pk=atual.pk).update(mudada_em=em)
    _registrar(atual, ato="entidades.juntar_documento", por=por, em=em, o_que=qual.nome)
    recados.ao_conselho(
        inscricao=atual, o_que="A entidade entregou documentos para conferir", por=por, em=em, no_dia=True
    )
    return nova


@transaction.atomic
def conferir_entrega(*, entrega: Entrega, aceita: bool, observacao: str, por: Ator, em: datetime) -> Entrega:
    """O conselho aceita o documento, ou o devolve dizendo por quê."""
    permissoes.exigir_conselho(por, entrega.inscricao)
    atual = Entrega.objects.select_for_update(of=("self",)).get(pk=entrega.pk)
    if not aceita and not observacao.strip():
        raise AtoRecusado("Diga por que o documento volta: é por aí que a entidade o corrige.", campo="observacao")
    atual.conferencia = Entrega.Conferencia.ACEITO if aceita else Entrega.Conferencia.DEVOLVIDO
    atual.observacao = observacao.strip()
    atual.save(update_fields=["conferencia", "observacao"])
    qual = etapas.exigencia(entrega.inscricao.especie, atual.exigencia)
    o_que = f"{qual.nome if qual else atual.exigencia}: {atual.get_conferencia_display()}"
    _registrar(entrega.inscricao, ato="entidades.conferir_documento", por=por, em=em, o_que=o_que)
    if not aceita:
        recados.a_entidade(inscricao=entrega.inscricao, o_que=f"{o_que}. {atual.observacao}", por=por, em=em)
    return atual


@transaction.atomic
def renovar(
    *, inscricao: Inscricao, valida_ate: date, resolucao: str, por: Ator, em: datetime, hoje: date
) -> Inscricao:
    """O conselho que marca validade a renova."""
    permissoes.exigir_conselho(por, inscricao)
    atual = passos.travada(inscricao)
    if atual.estado != Estado.INSCRITA:
        raise AtoRecusado("Só se renova inscrição em vigor.")
    if valida_ate <= hoje or (atual.valida_ate is not None and valida_ate <= atual.valida_ate):
        raise AtoRecusado("A nova validade precisa ser depois de hoje e da que estava.", campo="valida_ate")
    atual.valida_ate, atual.mudada_em = valida_ate, em
    atual.save(update_fields=["valida_ate", "mudada_em"])
    texto = f"Válida até {valida_ate:%d/%m/%Y}. {resolucao.strip()}".strip()
    passos.acrescentar(atual, etapa="renovacao", resultado="renovada", dia=hoje, texto=texto, ator=por, em=em)
    _registrar(atual, ato="entidades.renovar_inscricao", por=por, em=em)
    recados.a_entidade(
        inscricao=atual, o_que=f"O conselho renovou a inscrição até {valida_ate:%d/%m/%Y}", por=por, em=em
    )
    return atual


@transaction.atomic
def desistir(*, inscricao: Inscricao, motivo: str, por: Ator, em: datetime, hoje: date) -> Inscricao:
    """A entidade desiste do pedido, ou da inscrição que tem; o número não volta a ser usado."""
    permissoes.exigir_pedido(por, inscricao)
    atual = passos.travada(inscricao)
    if atual.estado not in {Estado.EM_ANDAMENTO, Estado.INSCRITA}:
        raise AtoRecusado(f"Esta inscrição já está {atual.get_estado_display()}.")
    if inscricoes.cancelamento_aberto(atual):
        raise AtoRecusado("Há cancelamento aberto: espere a decisão do conselho, ou apresente a defesa.")
    atual.estado, atual.etapa, atual.encerrada_em, atual.mudada_em = Estado.DESISTIDA, "", hoje, em
    atual.save()
    passos.acrescentar(atual, etapa="desistencia", resultado="encerrada", dia=hoje, texto=motivo, ator=por, em=em)
    _registrar(atual, ato="entidades.desistir_inscricao", por=por, em=em)
    recados.ao_conselho(inscricao=atual, o_que="A entidade desistiu da inscrição", por=por, em=em)
    return atual


@transaction.atomic
def configurar(*, municipio: str, etapas_usadas: dict[str, tuple[bool, int | None]], por: Ator, em: datetime) -> None:
    """O conselho diz que etapas usa e em quantos dias espera cada uma."""
    permissoes.exigir_do_conselho(por)
    if por.abrangencia != municipio:
        raise AtoRecusado("As etapas são do conselho do próprio município.")
    primeira: EtapaDoConselho | None = None
    for codigo, (usada, prazo) in etapas_usadas.items():
        etapa = etapas.etapa(codigo)
        if etapa is None:
            raise AtoRecusado("Essa etapa não é do rito.")
        dita, _ = EtapaDoConselho.objects.update_or_create(
            municipio_id=municipio,
            etapa=codigo,
            defaults={"usada": usada or etapa.indispensavel, "prazo_dias": prazo},
        )
        primeira = primeira or dita
    if primeira is not None:
        registrar(ato="entidades.configurar_etapas", objeto=primeira.municipio, por=por, em=em)


@tranca.como_sistema()  # a entidade de outro município guarda no território do conselho a que pede
def guardar(*, arquivo: UploadedFile[bytes], inscricao: Inscricao, por: Ator, em: datetime) -> Documento:
    """O arquivo, restrito a quem vê a inscrição."""
    try:
        return guardar_documento(
            arquivo=arquivo, sigilo=Sigilo.RESTRITO, abrangencia=inscricao.municipio_id, por=por, em=em
        )
    except DocumentoRecusado as recusa:
        raise AtoRecusado(str(recusa), campo="arquivo") from recusa


def _do_que(entidade: Entidade, oferta: Oferta | None) -> dict[str, object]:
    """Espécie, entidade e oferta; recusa o que já está inscrito ou em andamento."""
    vivas = Inscricao.objects.filter(entidade=entidade, estado__in=(Estado.EM_ANDAMENTO, Estado.INSCRITA))
    if oferta is not None and (oferta.entidade_id != entidade.pk or oferta.ate is not None):
        raise AtoRecusado("Essa oferta não é desta entidade, ou já se encerrou.", campo="do_que")
    especie = Inscricao.Especie.OFERTA if oferta else Inscricao.Especie.ENTIDADE
    if repetida := vivas.filter(especie=especie, oferta=oferta).first():
        raise AtoRecusado(f"Já há inscrição {repetida.get_estado_display()} para isto.", campo="do_que")
    return {"entidade": entidade, "oferta": oferta, "especie": especie}


def _conferir_dia(atual: Inscricao, dia: date, *, hoje: date) -> None:
    if dia > hoje:
        raise AtoRecusado(f"{dia:%d/%m/%Y} ainda não chegou: registre o que já se fez.", campo="dia")
    ultimo = atual.passos.order_by("-dia").first()
    if ultimo is not None and dia < ultimo.dia:
        raise AtoRecusado(f"O passo anterior é de {ultimo.dia:%d/%m/%Y}: este não pode ser antes.", campo="dia")


def _conferir_documentos(atual: Inscricao, andamento: Andamento) -> None:
    """A análise só termina em ordem quando o que a norma pede foi aceito."""
    if andamento.etapa != etapas.ANALISE.codigo or andamento.resultado == etapas.DEVOLVIDA:
        return
    faltam = [e.exigencia.nome for e in inscricoes.exigidos(atual) if e.exigencia.impede and not e.em_ordem]
    if faltam:
        raise AtoRecusado(
            f"Ainda não foram aceitos: {'; '.join(faltam)}. Confira-os acima, ou devolva para a entidade completar.",
            campo="resultado",
        )


def _registrar(inscricao: Inscricao, *, ato: str, por: Ator, em: datetime, o_que: str = "") -> None:
    """A linha na trilha da entidade, e o instante por que outros a acompanham."""
    tocar(inscricao.entidade, em=em)
    registrar(ato=ato, objeto=inscricao.entidade, por=por, em=em, dados=passos.dados(inscricao, o_que))
