"""Anular a família registrada por engano, e desfazer a anulação: nada se apaga (ADR 0094)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from suas.atendimento.familias import listas, permissoes
from suas.atendimento.familias.acoes import pessoas
from suas.atendimento.familias.consultas import enganos as leitura
from suas.atendimento.familias.models import Engano, Familia, Integrante, PalavraDoNome, PessoaAtendida, Prontuario
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

POR_ENGANO = "A família foi registrada por engano."


@transaction.atomic
def anular(*, prontuario: Prontuario, motivo: str, por: Ator, em: datetime, hoje: date) -> Engano:
    """Anula a família que só a unidade do prontuário registrou e de que nada mais ficou registrado.

    Quem a compunha sai dela, e quem só estava nela deixa de se achar pelo nome. Erros: `AtoRecusado`.
    """
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_ATENDE)
    familia = Familia.objects.select_for_update(of=("self",)).get(pk=prontuario.familia_id)
    if leitura.engano_de(familia) is not None:
        raise AtoRecusado("Esta família já está anulada.")
    if not motivo.strip():
        raise AtoRecusado("Diga por que se anula.", campo="motivo")
    outras = Prontuario.objects.filter(familia=familia).exclude(pk=prontuario.pk).select_related("unidade").first()
    if outras is not None:
        raise AtoRecusado(f"{outras.unidade.nome} também tem prontuário desta família: não foi engano só daqui.")
    if ficou := leitura.o_que_ficou(familia):
        raise AtoRecusado(
            f"Há registros desta família ({', '.join(ficou)}). Só se anula a família de que nada ficou: anule antes o "
            "atendimento ou a inserção que também foi engano. Se a família existe, mude os dados dela em vez de anular."
        )
    abertos = list(familia.integrantes.filter(ate__isnull=True))
    fora = leitura.so_desta_familia(familia)
    Integrante.objects.filter(pk__in=[i.pk for i in abertos]).update(
        ate=hoje, saida=listas.Saida.ENGANO, motivo=POR_ENGANO
    )
    PalavraDoNome.objects.filter(pessoa__in=fora).delete()
    feito = Engano.objects.create(
        familia=familia,
        abrangencia=familia.abrangencia,
        motivo=motivo.strip(),
        quem=por.pessoa,
        em=em,
        integrantes=[i.pk for i in abertos],
        fora_da_busca=[str(pessoa) for pessoa in fora],
    )
    registrar(ato="familias.anular", objeto=familia, por=por, em=em)
    return feito


@transaction.atomic
def desfazer(*, engano: Engano, por: Ator, em: datetime) -> Engano:
    """Desfaz a anulação: a composição volta como estava. Erros: `AtoRecusado` se alguém já está em outra família."""
    atual = Engano.objects.select_for_update(of=("self",)).select_related("familia").get(pk=engano.pk)
    if atual.desfeito_em is not None:
        raise AtoRecusado("Esta anulação já foi desfeita.")
    voltam = list(Integrante.objects.filter(pk__in=atual.integrantes).select_related("pessoa"))
    for pessoa in PessoaAtendida.objects.select_for_update(of=("self",)).filter(pk__in=[i.pessoa_id for i in voltam]):
        if pessoa.participacoes.filter(ate__isnull=True).exists():
            raise AtoRecusado(
                f"{pessoa.como_se_chama} já está em outra família. Se é aqui que está, registre antes a saída de lá."
            )
    Integrante.objects.filter(pk__in=atual.integrantes).update(ate=None, saida="", motivo="")
    for pessoa in PessoaAtendida.objects.filter(pk__in=atual.fora_da_busca):
        pessoas.por_na_busca(pessoa)
    atual.desfeito_em = em
    atual.save(update_fields=["desfeito_em"])
    registrar(ato="familias.desfazer_anulacao", objeto=atual.familia, por=por, em=em)
    return atual
