"""Registrar quem recebe o BPC, e no que deu cada revisão."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from suas.atendimento.beneficios.listas import Resultado
from suas.atendimento.beneficios.models import Bpc, Revisao
from suas.atendimento.familias.permissoes import QUEM_ATENDE
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.atendimento.familias.models import PessoaAtendida, Prontuario

#: De quanto em quanto tempo o BPC se revê (LOAS, art. 21); leitura do projeto, ADR 0098.
ANOS_ENTRE_REVISOES = 2


@dataclass(frozen=True, kw_only=True)
class NovoBpc:
    """Quem recebe, por quê e desde quando. Sem `rever_ate`, dois anos depois do começo, ou de hoje."""

    pessoa: PessoaAtendida
    especie: str
    desde: date
    rever_ate: date | None = None


@transaction.atomic
def acompanhar(
    *, prontuario: Prontuario, novo: NovoBpc, por: Ator, em: datetime, hoje: date, sintetico: bool = False
) -> Bpc:
    """A unidade passa a acompanhar quem recebe o BPC. Erros: `AtoRecusado` se já há quem acompanhe."""
    if novo.desde > hoje:
        raise AtoRecusado(f"O dia {novo.desde:%d/%m/%Y} ainda não chegou. Confira a data.", campo="desde")
    if not prontuario.familia.integrantes.filter(pessoa=novo.pessoa, ate__isnull=True).exists():
        raise AtoRecusado("A pessoa não é desta família. Escolha uma da lista.", campo="pessoa")
    ja = Bpc.objects.select_related("unidade").filter(pessoa=novo.pessoa, ate__isnull=True).first()
    if ja is not None:
        raise AtoRecusado(f"{ja.unidade.nome} já acompanha o BPC desta pessoa.", campo="pessoa")
    rever_ate = novo.rever_ate or _anos_depois(novo.desde)
    while novo.rever_ate is None and rever_ate < hoje:
        rever_ate = _anos_depois(rever_ate)
    bpc = Bpc.objects.create(
        abrangencia=prontuario.abrangencia,
        familia=prontuario.familia,
        pessoa=novo.pessoa,
        unidade=prontuario.unidade,
        especie=novo.especie,
        desde=novo.desde,
        rever_ate=rever_ate,
        registrado_em=em,
        sintetico=sintetico,
    )
    registrar(ato="beneficios.acompanhar_bpc", objeto=bpc, por=por, em=em)
    return bpc


@transaction.atomic
def rever(*, bpc: Bpc, resultado: str, texto: str, dia: date, por: Ator, em: datetime, hoje: date) -> Revisao:
    """No que deu a revisão: mantido, a próxima vem em dois anos; cessado, o acompanhamento acaba."""
    if por.pessoa is None:
        raise AtoRecusado(QUEM_ATENDE)
    atual = Bpc.objects.select_for_update(of=("self",)).get(pk=bpc.pk)
    if atual.ate is not None:
        raise AtoRecusado(f"Este BPC cessou em {atual.ate:%d/%m/%Y}.")
    if not atual.desde <= dia <= hoje:
        raise AtoRecusado(f"O dia fica entre o começo, em {atual.desde:%d/%m/%Y}, e hoje. Confira.", campo="dia")
    if resultado != Resultado.MANTIDO and not texto.strip():
        raise AtoRecusado("Diga o que houve: é o que ajuda a família a recorrer ou a regularizar.", campo="texto")
    revisao = Revisao.objects.create(
        bpc=atual,
        abrangencia=atual.abrangencia,
        dia=dia,
        resultado=resultado,
        texto=texto.strip(),
        em=em,
        profissional=por.pessoa,
    )
    if resultado == Resultado.CESSADO:
        atual.ate = dia
    elif resultado == Resultado.MANTIDO:
        atual.rever_ate = _anos_depois(dia)
    atual.save(update_fields=["ate", "rever_ate"])
    registrar(ato="beneficios.rever_bpc", objeto=atual, por=por, em=em)
    return revisao


def _anos_depois(dia: date) -> date:
    """O mesmo dia daí a dois anos; de 29 de fevereiro, o 28."""
    ultimo = 28 if (dia.month, dia.day) == (2, 29) else dia.day
    return dia.replace(year=dia.year + ANOS_ENTRE_REVISOES, day=ultimo)
