"""Os municípios que uma unidade regional atende: informar, mudar a cota ou o fluxo, encerrar, trazer de planilha."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from suas.cadastros.rede.acoes.periodos import dito, em_palavras, exigir_fim, exigir_que_caiba
from suas.cadastros.rede.acoes.unidades import marcar_mudanca, travar
from suas.cadastros.rede.models import MunicipioAtendido, Unidade
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

LOTE = 500


@dataclass(frozen=True, kw_only=True)
class Combinado:
    """O que os municípios combinaram: as vagas guardadas, a parte no custo e como se chega à unidade."""

    vagas: int | None = None
    cota_percentual: Decimal | None = None
    fluxo: str = ""
    desde: date | None = None


_DITOS = tuple(campo.name for campo in fields(Combinado))


@transaction.atomic
def atender(
    *, unidade: Unidade, municipio: str, combinado: Combinado, versao: int, por: Ator, em: datetime
) -> MunicipioAtendido:
    """Informa um município que a unidade passa a atender, além do da sede ou ele mesmo.

    Erros: `MudouNoMeioTempo` se outra pessoa gravou a unidade depois da `versao` lida; `AtoRecusado` se o município não
    existe ou já está na unidade no período.
    """
    travada = travar(unidade, versao=versao)
    lugar = Municipio.objects.select_related("uf").filter(pk=municipio).first()
    if lugar is None:
        raise AtoRecusado(f"{municipio} não é código de nenhum município do cadastro.", campo="municipio")
    novo = MunicipioAtendido(unidade=travada, municipio=lugar, ate=travada.fechada_em, **vars(combinado))
    _exigir(travada, novo)
    novo.save(force_insert=True)
    _fechar(travada, novo, ato="rede.atender", por=por, em=em)
    return novo


@transaction.atomic
def mudar(
    *, atendido: MunicipioAtendido, combinado: Combinado, versao: int, por: Ator, em: datetime
) -> MunicipioAtendido:
    """Muda o que se combinou com um município atendido. Gravar o que já está lá não muda nada."""
    unidade = travar(atendido.unidade, versao=versao)
    atual: MunicipioAtendido = unidade.atendidos.select_related("municipio__uf").get(pk=atendido.pk)
    if all(getattr(atual, nome) == valor for nome, valor in vars(combinado).items()):
        return atual
    for nome, valor in vars(combinado).items():
        setattr(atual, nome, valor)
    _exigir(unidade, atual)
    atual.save(update_fields=list(vars(combinado)))
    _fechar(unidade, atual, ato="rede.mudar_atendido", por=por, em=em)
    return atual


@transaction.atomic
def informar(
    *, unidade: Unidade, municipio: str, combinado: Combinado, versao: int, por: Ator, em: datetime
) -> MunicipioAtendido:
    """Muda o combinado com o município atendido ou, se não o é, passa a atendê-lo: repetir dá o mesmo."""
    aberto = unidade.atendidos.filter(municipio=municipio, ate__isnull=True).first()
    if aberto is None:
        return atender(unidade=unidade, municipio=municipio, combinado=combinado, versao=versao, por=por, em=em)
    aberto.unidade = unidade
    return mudar(atendido=aberto, combinado=combinado, versao=versao, por=por, em=em)


@transaction.atomic
def encerrar(
    *, atendido: MunicipioAtendido, dia: date, motivo: str, versao: int, por: Ator, em: datetime
) -> MunicipioAtendido:
    """A unidade deixa de atender o município no dia, o primeiro em que já não atende; fica na história."""
    unidade = travar(atendido.unidade, versao=versao)
    atual: MunicipioAtendido = unidade.atendidos.select_related("municipio__uf").get(pk=atendido.pk)
    exigir_fim(atual, dia=dia, unidade=unidade, de_que=str(atual.municipio))
    atual.ate = dia
    atual.save(update_fields=["ate"])
    _fechar(unidade, atual, ato="rede.encerrar_atendido", por=por, em=em, motivo=motivo)
    return atual


def _exigir(unidade: Unidade, atendido: MunicipioAtendido) -> None:
    outros = unidade.atendidos.filter(municipio=atendido.municipio_id).exclude(pk=atendido.pk)
    de_que = str(atendido.municipio)
    exigir_que_caiba(unidade=unidade, de_que=de_que, desde=atendido.desde, ate=atendido.ate, outros=outros)


def _fechar(
    unidade: Unidade, atendido: MunicipioAtendido, *, ato: str, por: Ator, em: datetime, motivo: str = ""
) -> None:  # fmt: skip
    """Marca a mudança da unidade e a conta na trilha."""
    marcar_mudanca(unidade, em=em)
    vagas = "" if atendido.vagas is None else f"{atendido.vagas} vagas"
    custo = "" if atendido.cota_percentual is None else f"{atendido.cota_percentual:.2f}% do custo".replace(".", ",")
    dados = {"municipio": str(atendido.municipio), "como": dito(vagas, custo, em_palavras(atendido))}
    registrar(ato=ato, objeto=unidade, por=por, em=em, motivo=motivo.strip(), dados=dados)


@dataclass(frozen=True, kw_only=True)
class DaPlanilha:
    """A linha de uma planilha conferida: a unidade, o município, o que se diz e, se já há, o período que ela muda."""

    unidade: UUID
    municipio: str
    combinado: Combinado
    ate: date | None
    atendido: int | None = None


@transaction.atomic
def importar(*, linhas: Sequence[DaPlanilha], motivo: str, por: Ator, em: datetime) -> None:
    """Grava de uma vez os municípios atendidos de uma planilha, com as mesmas exigências de um a um.

    Erros: `AtoRecusado` com o município que não cabe na unidade; nada fica gravado.
    """
    travadas = Unidade.objects.select_for_update(of=("self",)).filter(pk__in={linha.unidade for linha in linhas})
    unidades = {unidade.pk: unidade for unidade in travadas.order_by("pk")}
    gravados: dict[tuple[UUID, str], dict[int | None, MunicipioAtendido]] = defaultdict(dict)
    for atendido in MunicipioAtendido.objects.filter(unidade__in=unidades).select_related("municipio__uf"):
        gravados[atendido.unidade_id, atendido.municipio_id][atendido.pk] = atendido
    lugares = Municipio.objects.select_related("uf").in_bulk({linha.municipio for linha in linhas})
    novos, mudados = [], []
    for linha in linhas:
        unidade, do_par = unidades[linha.unidade], gravados[linha.unidade, linha.municipio]
        outros = [atendido for pk, atendido in do_par.items() if pk != linha.atendido]
        ditos = {**vars(linha.combinado), "ate": linha.ate}
        de_que = str(lugares[linha.municipio])
        exigir_que_caiba(unidade=unidade, de_que=de_que, desde=ditos["desde"], ate=linha.ate, outros=outros)
        if linha.atendido is None:
            novos.append(MunicipioAtendido(unidade=unidade, municipio=lugares[linha.municipio], **ditos))
            continue
        mudado = do_par[linha.atendido]
        for nome, valor in ditos.items():
            setattr(mudado, nome, valor)
        mudados.append(mudado)
    MunicipioAtendido.objects.bulk_create(novos, batch_size=LOTE)
    MunicipioAtendido.objects.bulk_update(mudados, [*_DITOS, "ate"], batch_size=LOTE)
    for unidade in unidades.values():
        unidade.versao, unidade.mudada_em = unidade.versao + 1, em
    Unidade.objects.bulk_update(unidades.values(), ["versao", "mudada_em"], batch_size=LOTE)
    if unidades:
        contas = {"novos": len(novos), "mudados": len(mudados)}
        primeira = next(iter(unidades.values()))
        registrar(ato="rede.importar_atendidos", objeto=primeira, por=por, em=em, motivo=motivo, dados=contas)
