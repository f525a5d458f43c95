"""A história da família no que o registro dela guarda: quem entrou e saiu, onde morou, prontuários e atendimentos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.ligacoes import Momento

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia


def da_familia(familia: Familia, *, unidades: Sequence[UUID], dentro: bool) -> list[Momento]:
    """Os momentos que se leem; `dentro`, quem lê é de uma unidade com prontuário, e vê por que alguém saiu."""
    return [
        *_composicao(familia, dentro=dentro),
        *_domicilios(familia, dentro=dentro),
        *_nas_unidades(familia, unidades),
    ]


def _composicao(familia: Familia, *, dentro: bool) -> list[Momento]:
    momentos = []
    for integrante in leitura.composicao(familia):
        quem = integrante.pessoa.como_se_chama
        momentos.append(Momento(dia=integrante.desde, titulo="Entrou na composição da família", pessoa=quem))
        if integrante.ate is not None:
            por_que = integrante.motivo or integrante.get_saida_display() if dentro else ""
            momentos.append(Momento(dia=integrante.ate, titulo="Saiu da família", texto=por_que, pessoa=quem))
    return momentos


def _domicilios(familia: Familia, *, dentro: bool) -> list[Momento]:
    if not dentro:
        return []
    return [
        Momento(dia=domicilio.desde, titulo="Endereço registrado", texto=domicilio.endereco)
        for domicilio in familia.domicilios.all()
    ]


def _nas_unidades(familia: Familia, unidades: Sequence[UUID]) -> list[Momento]:
    abertos = [
        Momento(
            dia=prontuario.aberto_dia,
            titulo=f"Prontuário {prontuario.numero} aberto",
            texto=". ".join(filter(None, (prontuario.get_ingresso_display(), prontuario.motivo))),
            unidade=prontuario.unidade.nome,
        )
        for prontuario in leitura.prontuarios(familia)
        if prontuario.unidade_id in unidades
    ]
    feitos = [
        Momento(
            dia=feito.dia,
            titulo=feito.get_tipo_display(),
            texto=feito.motivo_da_anulacao if feito.anulado_em else feito.descricao,
            pessoa=feito.pessoa.como_se_chama if feito.pessoa else "",
            unidade=feito.unidade.nome,
            quem=f"{feito.profissional.nome}, {feito.funcao.lower()}",
            anulado=feito.anulado_em is not None,
        )
        for feito in leitura.atendimentos(familia, unidades=unidades)
    ]
    return abertos + feitos
