"""O estado de cada ficha do prontuário: as versões, a de agora, e o que mudou de uma a outra."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING
from uuid import UUID

from normas.prontuario import palavras
from normas.prontuario.leitura import ficha as ficha_de
from normas.prontuario.modelo import Ficha
from suas.atendimento.familias.consultas.familia import composicao
from suas.atendimento.prontuarios.models import VersaoDaFicha

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Familia, PessoaAtendida, Prontuario


@dataclass(frozen=True, kw_only=True)
class Mudanca:
    """Uma versão e o que ela mudou: pergunta, resposta de antes e de depois."""

    versao: VersaoDaFicha
    mudou: list[tuple[str, str, str]]


def versoes(prontuario: Prontuario, *, ficha: str, pessoa: UUID | None) -> list[VersaoDaFicha]:
    """Da mais nova à mais antiga."""
    feitas = VersaoDaFicha.objects.filter(prontuario=prontuario, ficha=ficha, pessoa=pessoa)
    return list(feitas.select_related("profissional", "unidade"))


def de_agora(prontuario: Prontuario, *, ficha: str, pessoa: UUID | None) -> VersaoDaFicha | None:
    """A última versão gravada; nada, se ninguém preencheu."""
    return VersaoDaFicha.objects.filter(prontuario=prontuario, ficha=ficha, pessoa=pessoa).first()


def atuais(
    familia: Familia, *, unidades: Iterable[UUID], fichas: Iterable[str]
) -> dict[tuple[UUID, str, UUID | None], VersaoDaFicha]:
    """A última versão de cada ficha nestas unidades, por (unidade, ficha, pessoa). Uma consulta."""
    feitas = VersaoDaFicha.objects.filter(familia=familia, unidade__in=list(unidades), ficha__in=list(fichas))
    ultimas: dict[tuple[UUID, str, UUID | None], VersaoDaFicha] = {}
    for versao in feitas.select_related("profissional", "unidade").order_by("numero"):
        ultimas[versao.unidade_id, versao.ficha, versao.pessoa_id] = versao
    return ultimas


def da_familia(familia: Familia, *, unidades: Iterable[UUID], fichas: Iterable[str]) -> list[VersaoDaFicha]:
    """Todas as versões destas fichas nestas unidades, da mais nova à mais antiga."""
    feitas = VersaoDaFicha.objects.filter(familia=familia, unidade__in=list(unidades), ficha__in=list(fichas))
    return list(feitas.select_related("profissional", "unidade", "pessoa").order_by("-dia", "-gravada_em"))


def mudancas(feitas: list[VersaoDaFicha], *, nomes: Mapping[str, str]) -> list[Mudanca]:
    """Das versões de uma ficha, da mais nova à mais antiga, o que cada uma mudou da anterior."""
    return [
        Mudanca(
            versao=versao,
            mudou=palavras.mudancas(
                ficha_de(versao.ficha), antes.respostas if antes is not None else {}, versao.respostas, nomes=nomes
            ),
        )
        for versao, antes in zip_longest(feitas, feitas[1:])
    ]


def nomes(familia: Familia) -> dict[str, str]:
    """Como se chama cada pessoa que é ou foi da família, pela chave que as respostas guardam."""
    return {str(integrante.pessoa_id): integrante.pessoa.como_se_chama for integrante in composicao(familia)}


def pessoas_da(familia: Familia) -> list[PessoaAtendida]:
    """Quem está na família agora, na ordem do prontuário."""
    return [integrante.pessoa for integrante in composicao(familia) if integrante.ate is None]


def ha_quanto(dia: date, *, hoje: date) -> str:
    """“há 3 meses”, “há 12 dias”, “hoje”."""
    dias = (hoje - dia).days
    meses = (hoje.year - dia.year) * 12 + hoje.month - dia.month - (hoje.day < dia.day)
    if dias <= 0:
        return "hoje"
    if meses < 1:
        return f"há {dias} dia{'s' if dias > 1 else ''}"
    if meses < 24:
        return f"há {meses} {'mês' if meses == 1 else 'meses'}"
    return f"há {meses // 12} anos"


def em_palavras(versao: VersaoDaFicha, *, nomes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pergunta e resposta do que a versão diz."""
    ficha: Ficha = ficha_de(versao.ficha)
    return palavras.respondidas(ficha, versao.respostas, nomes=nomes)
