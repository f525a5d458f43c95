"""O que espera por quem inscreve, por quem completa o CNEAS e pela própria entidade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.consultas import cadastro, cneas, inscricoes
from suas.cadastros.entidades.models import Entidade, Inscricao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela.afazer import Pendencia
from suas.nucleo.tela.filtros import dia, plural


def pendencias(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """As do conselho, as do órgão gestor e as da entidade, conforme o vínculo em uso."""
    if len(ator.abrangencia) != 7:
        return
    if permissoes.pode_inscrever(ator, municipio=ator.abrangencia):
        yield from _do_conselho(ator.abrangencia, hoje=hoje)
    if ator.pode(Permissao.ENTIDADE_ATUALIZAR, em=ator.abrangencia):
        yield from _do_orgao_gestor(ator.abrangencia)
    if ator.unidade is not None and Permissao.ENTIDADE_DA_PROPRIA in ator.papel.permissoes:
        propria = Entidade.objects.select_related("municipio__uf").filter(pk=ator.unidade).first()
        if propria is not None:
            yield from _da_entidade(propria, hoje=hoje)


def _lista(**filtros: str) -> str:
    return f"{reverse('inscricoes')}?{urlencode(filtros)}"


def _do_conselho(municipio: str, *, hoje: date) -> Iterator[Pendencia]:
    do_conselho = Inscricao.objects.filter(municipio_id=municipio)
    andam = do_conselho.exclude(etapa="").count()
    if andam:
        yield Pendencia(
            titulo=plural(andam, "inscrição de entidade em andamento", "inscrições de entidades em andamento"),
            situacao="esperam o próximo passo" if andam > 1 else "espera o próximo passo",
            por_que="Cabe ao conselho conduzir a inscrição das entidades do município.",
            endereco=_lista(situacao="esperam"),
            acao="conduzir",
        )
    abertos = do_conselho.filter(cancelamentos__decisao="").count()
    if abertos:
        yield Pendencia(
            titulo=plural(abertos, "cancelamento de inscrição por decidir", "cancelamentos de inscrição por decidir"),
            situacao="aberto" if abertos == 1 else "abertos",
            por_que="Decide-se com a defesa da entidade, ou depois do prazo dela.",
            endereco=_lista(situacao="cancelamento"),
            acao="ver",
        )
    vencem = inscricoes.validade_que_acaba(do_conselho, hoje=hoje).count()
    if vencem:
        yield Pendencia(
            titulo=plural(vencem, "inscrição com validade no fim", "inscrições com validade no fim"),
            situacao="acaba em 60 dias, ou já acabou",
            por_que="O conselho marcou validade a elas.",
            endereco=_lista(situacao="acaba"),
            acao="ver",
        )
    fim = inscricoes.fim_da_entrega_anual(hoje.year)
    faltam = inscricoes.sem_entrega_anual(do_conselho, exercicio=hoje.year).count() if hoje > fim else 0
    if faltam:
        yield Pendencia(
            titulo=plural(faltam, "inscrita sem plano ou relatório do ano", "inscritas sem plano ou relatório do ano"),
            situacao=f"esperava-se até {dia(fim)}, leitura do projeto",
            por_que="O conselho acompanha as inscritas pelo plano e pelo relatório. Só avisa: nada se cancela sozinho.",
            endereco=_lista(situacao="sem_entrega"),
            acao="ver",
        )


def _do_orgao_gestor(municipio: str) -> Iterator[Pendencia]:
    quantas = cneas.inscritas_por_concluir(municipio).count()
    if quantas:
        yield Pendencia(
            titulo=plural(
                quantas, "entidade inscrita com CNEAS por concluir", "entidades inscritas com CNEAS por concluir"
            ),
            situacao="em preenchimento",
            por_que="O órgão gestor visita a entidade inscrita e completa o registro dela.",
            endereco=f"{reverse('entidades')}?{urlencode({'onde': municipio, 'situacao': 'por_concluir'})}",
            acao="completar",
        )


def _da_entidade(entidade: Entidade, *, hoje: date) -> Iterator[Pendencia]:
    for uma in entidade.inscricoes.select_related("municipio__uf", "oferta"):
        yield from _da_inscricao(uma, hoje=hoje)
    ficha = reverse("entidade", args=[entidade.pk])
    ultimo = entidade.dirigentes.order_by("-desde").first()
    if ultimo is not None and ultimo.ate is not None and (ultimo.ate - hoje).days <= cadastro.DIAS_DE_AVISO_DO_MANDATO:
        yield Pendencia(
            titulo="O mandato de quem dirige a entidade acaba" if ultimo.ate >= hoje else "O mandato acabou",
            situacao=f"último dia: {dia(ultimo.ate)}",
            por_que="O conselho e o órgão gestor precisam saber quem responde pela entidade.",
            endereco=reverse("entidade-posse", args=[entidade.pk]),
            acao="registrar o novo",
            prazo=ultimo.ate,
        )
    if cadastro.frescor(entidade, hoje=hoje).velha:
        yield Pendencia(
            titulo="Conferir a ficha da entidade",
            situacao=cadastro.frescor(entidade, hoje=hoje).texto,
            por_que="Quem procura atendimento confia no endereço e no telefone da ficha.",
            endereco=ficha,
            acao="conferir",
        )


def _da_inscricao(uma: Inscricao, *, hoje: date) -> Iterator[Pendencia]:
    endereco = reverse("inscricao", args=[uma.pk])
    if uma.estado == Inscricao.Estado.EM_ANDAMENTO:
        faltam = sum(exigido.com_a_entidade for exigido in inscricoes.exigidos(uma))
        if faltam:
            yield Pendencia(
                titulo=plural(faltam, "documento da inscrição a entregar", "documentos da inscrição a entregar"),
                situacao=f"conselho de {uma.municipio}",
                por_que="Sem eles o conselho não termina a análise.",
                endereco=endereco,
                acao="juntar",
            )
    if (aberto := inscricoes.cancelamento_aberto(uma)) and aberto.defendida_em is None:
        yield Pendencia(
            titulo="Defender a inscrição no cancelamento aberto pelo conselho",
            situacao="falta a defesa",
            por_que=f"O conselho de {uma.municipio} abriu o cancelamento da {uma}.",
            endereco=reverse("inscricao-defesa", args=[uma.pk]),
            acao="defender",
            prazo=aberto.defesa_ate,
        )
    antiga = uma.decidida_em is not None and uma.decidida_em.year < hoje.year
    if uma.estado == Inscricao.Estado.INSCRITA and antiga:
        faltam = sum(exigido.com_a_entidade for exigido in inscricoes.do_ano(uma, exercicio=hoje.year))
        if faltam:
            yield Pendencia(
                titulo=f"Plano e relatório de {hoje.year} ao conselho de {uma.municipio}",
                situacao=plural(faltam, "documento a entregar", "documentos a entregar"),
                por_que="A data é leitura do projeto: confira na resolução do seu conselho.",
                endereco=endereco,
                acao="entregar",
                prazo=inscricoes.fim_da_entrega_anual(hoje.year),
            )
