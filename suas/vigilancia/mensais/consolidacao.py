"""Do que as unidades enviaram, os fatos: vale, de cada uma, o último envio que a vigilância não devolveu (ADR 0085)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from normas.base.competencia import Competencia
from normas.registros.formulario import Versao
from normas.registros.leitura import codigos, formulario
from normas.registros.preenchimento import ler_objeto
from normas.territorio.federacao import UFS
from suas.cadastros.territorio.consultas import portes_atuais
from suas.vigilancia.fatos.acoes import Feito, Informado, substituir, travar_mes
from suas.vigilancia.fatos.consultas import no_lugar
from suas.vigilancia.mensais.models import Envio, RegistroMensal, Resposta


def do_registro(registro: RegistroMensal) -> Feito:
    """Refaz os fatos do município do registro, no formulário e no mês dele, na transação de quem chama."""
    return _refazer(registro.abrangencia, registro.formulario, competencia=Competencia.de_texto(registro.competencia))


def dos_registros(registros: Iterable[RegistroMensal]) -> None:
    """O mesmo para muitos de uma vez: uma passada por UF, formulário e mês."""
    for uf, codigo, mes in sorted({(r.abrangencia[:2], r.formulario, r.competencia) for r in registros}):
        _refazer(uf, codigo, competencia=Competencia.de_texto(mes))


def do_lugar(onde: str, *, competencia: Competencia) -> Feito:
    """Refaz os fatos de um município, de uma UF ou do país no mês; repetir não muda nada."""
    feito = Feito()
    for lugar in [uf.codigo for uf in UFS] if onde == "BR" else [onde]:
        for codigo in codigos():
            feito += _refazer(lugar, codigo, competencia=competencia)
    return feito


@transaction.atomic
def _refazer(onde: str, codigo: str, *, competencia: Competencia) -> Feito:
    travar_mes(onde, formulario=codigo, competencia=competencia)
    ultimo = _envio_que_vale()
    registros = (
        RegistroMensal.objects.filter(formulario=codigo, competencia=str(competencia), **no_lugar(onde))
        .annotate(vale=Subquery(ultimo.values("numero")[:1]), valem=Subquery(ultimo.values("itens")[:1]))
        .filter(vale__isnull=False)
        .order_by("pk")
        .values_list("unidade_id", "abrangencia", "vale", "valem")
    )
    portes = portes_atuais(onde)
    versao = formulario(codigo, em=competencia)
    informados = [
        Informado(
            unidade=unidade,
            municipio=municipio,
            porte=str(portes.get(municipio, "")),
            envio=numero,
            totais=totais(itens, versao=versao),
        )
        for unidade, municipio, numero, itens in registros
    ]
    return substituir(onde, formulario=codigo, competencia=competencia, informados=informados)


def _envio_que_vale() -> QuerySet[Envio]:
    """Do registro de fora, o último envio que a vigilância não devolveu."""
    envios = Envio.objects.filter(registro=OuterRef("pk")).exclude(resposta__tipo=Resposta.Tipo.DEVOLVER)
    return envios.order_by("-numero")


def totais(itens: Mapping[str, Any], *, versao: Versao) -> dict[str, int]:
    """O total de cada item que se sabe; o que não se aplica ou não se informou não está."""
    preenchido = ler_objeto(itens, versao=versao)
    return {codigo: total for codigo, item in versao.itens.items() if (total := preenchido.total(item)) is not None}


def meses_enviados(lugares: Mapping[str, str], *, unidade: UUID | None) -> QuerySet[RegistroMensal, dict[str, Any]]:
    """Os meses já enviados alguma vez, com o envio que vale: o último que a vigilância não devolveu."""
    valem = _envio_que_vale()
    achados = RegistroMensal.objects.filter(**lugares, envios__isnull=False).distinct()
    if unidade is not None:
        achados = achados.filter(unidade=unidade)
    do_registro = ("id", "unidade_id", "unidade__identificador", "abrangencia", "formulario", "competencia", "estado")
    linhas: QuerySet[RegistroMensal, dict[str, Any]] = achados.annotate(
        envio=Subquery(valem.values("numero")[:1]),
        enviado_em=Subquery(valem.values("em")[:1]),
        valem=Subquery(valem.values("itens")[:1]),
    ).values(*do_registro, "mudado_em", "envio", "enviado_em", "valem")
    return linhas
