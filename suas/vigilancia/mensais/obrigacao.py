"""O mês como obrigação: quem o deve, e o fato da entrega, gravado na transação do ato que envia, devolve ou reabre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from normas.prazos.periodos import Periodo
from suas.cadastros.rede.models import Unidade, UnidadeQuerySet
from suas.nucleo.obrigacoes.acoes import entregas
from suas.nucleo.obrigacoes.sistemas import UNIDADE, Declaracao, Devedor, declarar
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.models import RegistroMensal

SISTEMA, ETAPA = "RMA", "preenchimento"
#: Como o calendário chama cada tipo de unidade.
ALVOS: Mapping[str, str] = {
    Unidade.Tipo.CRAS: "CRAS",
    Unidade.Tipo.CREAS: "CREAS",
    Unidade.Tipo.CREAS_REGIONAL: "CREAS Regional",
    Unidade.Tipo.CENTRO_POP: "Centro POP",
}
_TIPOS = {alvo: tipo for tipo, alvo in ALVOS.items()}


def devedor(unidade: Unidade) -> Devedor:
    return Devedor(
        quem=UNIDADE,
        nome=unidade.nome,
        alvo=ALVOS[unidade.tipo],
        abrangencia=unidade.municipio_id,
        unidade=unidade.pk,
    )


def registrar() -> None:
    """Diz ao núcleo quem deve o RMA; chamado no `ready` do módulo."""
    declarar(
        Declaracao(
            sistema=SISTEMA,
            etapas=(ETAPA,),
            quem=UNIDADE,
            alvos=tuple(ALVOS.values()),
            contar=_contar,
            somar=_somar,
            listar=_listar,
            vivas=lambda periodo: consultas.que_devem(periodo.primeiro).values("pk"),
            endereco=lambda quem, periodo: reverse("rma", args=(quem.unidade, str(periodo))),
        )
    )


def entregue(registro: RegistroMensal, *, em: datetime) -> None:
    """O mês foi enviado."""
    entregas.entregar(
        sistema=SISTEMA,
        etapa=ETAPA,
        periodo=registro.competencia,
        devedor=devedor(registro.unidade),
        dia=timezone.localdate(em),
    )


def retirado(registro: RegistroMensal, *, por_que: str, em: datetime) -> None:
    """O mês voltou para corrigir: falta enviá-lo outra vez, e a pontualidade continua a do primeiro envio."""
    entregas.retirar(
        sistema=SISTEMA,
        etapa=ETAPA,
        periodo=registro.competencia,
        devedor=devedor(registro.unidade),
        dia=timezone.localdate(em),
        por_que=por_que,
    )


def carregados(meses: Iterable[tuple[RegistroMensal, datetime]]) -> None:
    """Meses enviados noutro sistema, gravados de uma vez."""
    entregas.entregar_muitas(
        sistema=SISTEMA,
        etapa=ETAPA,
        feitas=[
            entregas.Feita(
                devedor=devedor(registro.unidade),
                periodo=registro.competencia,
                dia=timezone.localdate(enviado_em),
            )
            for registro, enviado_em in meses
        ],
    )


def _unidades(periodo: Periodo, onde: str, alvos: tuple[str, ...]) -> UnidadeQuerySet:
    unidades = consultas.que_devem(periodo.primeiro).da_abrangencia(onde)
    return unidades.filter(tipo__in=[_TIPOS[a] for a in alvos if a in _TIPOS]) if alvos else unidades


def _contar(periodo: Periodo, onde: str, alvos: tuple[str, ...]) -> Mapping[tuple[str, str], int]:
    if periodo.primeiro < consultas.PRIMEIRA:
        return {}
    contadas = _unidades(periodo, onde, alvos).order_by().values_list("municipio_id", "tipo").annotate(n=Count("pk"))
    return {(municipio, ALVOS[tipo]): quantas for municipio, tipo, quantas in contadas}


def _somar(periodo: Periodo, onde: str, alvos: tuple[str, ...]) -> int:
    return _unidades(periodo, onde, alvos).count() if periodo.primeiro >= consultas.PRIMEIRA else 0


def _listar(periodo: Periodo, onde: str, alvos: tuple[str, ...]) -> Iterator[Devedor]:
    if periodo.primeiro < consultas.PRIMEIRA:
        return
    campos = ("pk", "nome", "tipo", "municipio_id")
    ordenadas = _unidades(periodo, onde, alvos).order_by("municipio_id", "tipo", "nome_busca", "pk")
    for pk, nome, tipo, municipio in ordenadas.values_list(*campos):
        yield Devedor(quem=UNIDADE, nome=nome, alvo=ALVOS[tipo], abrangencia=municipio, unidade=pk)
