"""Gravar os fatos de um município num mês. Repetir não muda nada; não é ato de ninguém, é projeção."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction

from normas.base.competencia import Competencia
from suas.nucleo.banco import gravar_objetos, travar
from suas.vigilancia.fatos.consultas import no_lugar
from suas.vigilancia.fatos.models import FatoDaUnidade, FatoDoMunicipio

LOTE = 500


@dataclass(frozen=True, kw_only=True)
class Informado:
    """O que uma unidade informou: o envio que vale e o total de cada item que se sabe."""

    unidade: UUID
    municipio: str
    porte: str
    envio: int
    totais: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Feito:
    """O que mudou ao consolidar: fatos novos, mudados e retirados, e quantos ficaram como estavam."""

    novos: int = 0
    mudados: int = 0
    retirados: int = 0
    iguais: int = 0

    def __add__(self, outro: Feito) -> Feito:
        return Feito(
            novos=self.novos + outro.novos,
            mudados=self.mudados + outro.mudados,
            retirados=self.retirados + outro.retirados,
            iguais=self.iguais + outro.iguais,
        )

    @property
    def mudou(self) -> bool:
        return bool(self.novos or self.mudados or self.retirados)


def travar_mes(onde: str, *, formulario: str, competencia: Competencia) -> None:
    """Um de cada vez na UF do lugar, no formulário e no mês, até o fim da transação.

    Chame antes de ler o que se vai somar: quem soma vê o que o outro acabou de gravar.
    """
    travar(f"fatos:{onde[:2]}:{formulario}:{competencia}")


@transaction.atomic
def substituir(onde: str, *, formulario: str, competencia: Competencia, informados: Sequence[Informado]) -> Feito:
    """Deixa os fatos do município ou da UF iguais ao informado e refaz as somas do que mudou."""
    do_lugar = {"formulario": formulario, "competencia": str(competencia)}
    havia = {fato.unidade_id: fato for fato in FatoDaUnidade.objects.filter(**do_lugar, **no_lugar(onde))}
    novos, mudados, iguais = [], [], 0
    for informado in informados:
        fato = havia.pop(informado.unidade, None)
        if fato is None:
            fato = FatoDaUnidade(unidade_id=informado.unidade, **do_lugar)
            novos.append(_escrever(fato, informado))
        elif _e_igual(fato, informado):
            iguais += 1
        else:
            mudados.append(_escrever(fato, informado))
    _gravar(FatoDaUnidade, novos=novos, mudados=mudados, retirados=havia.values())
    _somar(onde, do_lugar, informados)
    return Feito(novos=len(novos), mudados=len(mudados), retirados=len(havia), iguais=iguais)


def _e_igual(fato: FatoDaUnidade, informado: Informado) -> bool:
    gravado = (fato.abrangencia, fato.porte, fato.envio, fato.totais)
    return gravado == (informado.municipio, informado.porte, informado.envio, dict(informado.totais))


def _escrever(fato: FatoDaUnidade, informado: Informado) -> FatoDaUnidade:
    fato.abrangencia, fato.porte, fato.envio = informado.municipio, informado.porte, informado.envio
    fato.totais = dict(informado.totais)
    return fato


def _somar(onde: str, do_lugar: Mapping[str, str], informados: Iterable[Informado]) -> None:
    """As somas por município; a que já está certa não se toca, a que ficou sem unidade se apaga."""
    somas: dict[str, tuple[int, dict[str, list[int]]]] = {}
    for informado in informados:
        unidades, itens = somas.get(informado.municipio, (0, {}))
        for item, total in informado.totais.items():
            soma = itens.setdefault(item, [0, 0])
            soma[0] += total
            soma[1] += 1
        somas[informado.municipio] = (unidades + 1, itens)
    havia = {fato.abrangencia: fato for fato in FatoDoMunicipio.objects.filter(**do_lugar, **no_lugar(onde))}
    novos, mudados = [], []
    for municipio, (unidades, itens) in somas.items():
        fato = havia.pop(municipio, None)
        if fato is None:
            novos.append(FatoDoMunicipio(abrangencia=municipio, unidades=unidades, somas=itens, **do_lugar))
        elif (fato.unidades, fato.somas) != (unidades, itens):
            fato.unidades, fato.somas = unidades, itens
            mudados.append(fato)
    _gravar(FatoDoMunicipio, novos=novos, mudados=mudados, retirados=havia.values())


def _gravar(
    modelo: type[models.Model],
    *,
    novos: Sequence[models.Model],
    mudados: Sequence[models.Model],
    retirados: Collection[models.Model],
) -> None:
    if retirados:
        modelo._default_manager.filter(pk__in=[fato.pk for fato in retirados]).delete()
    modelo._default_manager.bulk_create(novos, batch_size=LOTE)
    gravar_objetos(mudados, que_ja_existem=True)
