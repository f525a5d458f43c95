"""O que a unidade oferta da Tipificação: informar, mudar, encerrar, uma a uma ou de uma planilha."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from normas.rede.tipificacao import nome_do_servico, nomes_dos_servicos
from suas.cadastros.rede.acoes.periodos import dito, em_palavras, exigir_fim, exigir_que_caiba
from suas.cadastros.rede.acoes.unidades import marcar_mudanca, travar
from suas.cadastros.rede.models import ServicoOfertado, Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

LOTE = 500


@dataclass(frozen=True, kw_only=True)
class Dados:
    """O que se diz de uma oferta. `capacidade` vazia não é zero: ninguém a informou."""

    servico: str
    capacidade: int | None = None
    desde: date | None = None
    ate: date | None = None


@transaction.atomic
def ofertar(*, unidade: Unidade, dados: Dados, versao: int, por: Ator, em: datetime) -> ServicoOfertado:
    """Informa um serviço que a unidade passa a ofertar.

    Erros: `MudouNoMeioTempo` se outra pessoa gravou a unidade depois da `versao` lida; `AtoRecusado` se o serviço não é
    da Tipificação ou já está na unidade no período.
    """
    travada = travar(unidade, versao=versao)
    _exigir_servico(dados.servico)
    # a unidade que já tem dia para fechar oferta até ele
    dados = Dados(**vars(dados) | {"ate": dados.ate or travada.fechada_em})
    _exigir(travada, dados, list(travada.servicos.filter(servico=dados.servico)))
    nova = ServicoOfertado.objects.create(unidade=travada, **vars(dados))
    _fechar(travada, nova, ato="rede.ofertar", por=por, em=em)
    return nova


@transaction.atomic
def mudar(
    *, oferta: ServicoOfertado, capacidade: int | None, desde: date | None, versao: int, por: Ator, em: datetime
) -> ServicoOfertado:
    """Muda a capacidade ou o dia de começo de uma oferta que vale. Gravar o que já está lá não muda nada.

    Erros: os de `ofertar`. Outro serviço é outra oferta: encerra-se esta e informa-se a outra.
    """
    unidade = travar(oferta.unidade, versao=versao)
    atual: ServicoOfertado = unidade.servicos.get(pk=oferta.pk)
    if (atual.capacidade, atual.desde) == (capacidade, desde):
        return atual
    dados = Dados(servico=atual.servico, capacidade=capacidade, desde=desde, ate=atual.ate)
    _exigir(unidade, dados, list(unidade.servicos.filter(servico=atual.servico).exclude(pk=atual.pk)))
    atual.capacidade, atual.desde = capacidade, desde
    atual.save(update_fields=["capacidade", "desde"])
    _fechar(unidade, atual, ato="rede.mudar_oferta", por=por, em=em)
    return atual


@transaction.atomic
def informar(*, unidade: Unidade, dados: Dados, versao: int, por: Ator, em: datetime) -> ServicoOfertado:
    """Muda a oferta sem fim do serviço ou, se não há, passa a ofertá-lo: repetir dá o mesmo. Erros: os de `ofertar`."""
    aberta = unidade.servicos.filter(servico=dados.servico, ate__isnull=True).first()
    if aberta is None:
        return ofertar(unidade=unidade, dados=dados, versao=versao, por=por, em=em)
    aberta.unidade = unidade
    return mudar(
        oferta=aberta, capacidade=dados.capacidade, desde=dados.desde, versao=versao, por=por, em=em
    )  # fmt: skip


@transaction.atomic
def encerrar(
    *, oferta: ServicoOfertado, dia: date, motivo: str, versao: int, por: Ator, em: datetime
) -> ServicoOfertado:
    """A unidade deixa de ofertar no dia, o primeiro em que já não oferta; a oferta fica na história.

    Encerrar no próprio dia do começo desfaz a que nunca valeu.
    """
    unidade = travar(oferta.unidade, versao=versao)
    atual: ServicoOfertado = unidade.servicos.get(pk=oferta.pk)
    exigir_fim(atual, dia=dia, unidade=unidade, de_que=atual.nome)
    atual.ate = dia
    atual.save(update_fields=["ate"])
    _fechar(unidade, atual, ato="rede.encerrar_oferta", por=por, em=em, motivo=motivo)
    return atual


def _fechar(
    unidade: Unidade, oferta: ServicoOfertado, *, ato: str, por: Ator, em: datetime, motivo: str = ""
) -> None:  # fmt: skip
    """Marca a mudança da unidade e a conta na trilha."""
    marcar_mudanca(unidade, em=em)
    capacidade = "" if oferta.capacidade is None else f"capacidade {oferta.capacidade}"
    dados = {"servico": oferta.nome, "como": dito(capacidade, em_palavras(oferta))}
    registrar(ato=ato, objeto=unidade, por=por, em=em, motivo=motivo.strip(), dados=dados)


def _exigir_servico(codigo: str) -> None:
    if codigo not in nomes_dos_servicos():
        raise AtoRecusado(f"“{codigo}” não é código de serviço da Tipificação que o sistema conheça.", campo="servico")


def _exigir(unidade: Unidade, dados: Dados, outros: Sequence[ServicoOfertado]) -> None:
    de_que = nome_do_servico(dados.servico)
    exigir_que_caiba(unidade=unidade, de_que=de_que, desde=dados.desde, ate=dados.ate, outros=outros)


@dataclass(frozen=True, kw_only=True)
class DaPlanilha:
    """A linha de uma planilha conferida: de que unidade, o que se diz e, se já há, a oferta que ela muda."""

    unidade: UUID
    dados: Dados
    oferta: int | None = None


@transaction.atomic
def importar(*, linhas: Sequence[DaPlanilha], motivo: str, por: Ator, em: datetime) -> None:
    """Grava de uma vez as ofertas de uma planilha, com as mesmas exigências de uma a uma.

    Erros: `AtoRecusado` com a unidade que não aceita a oferta; nada fica gravado.
    """
    unidades = {
        u.pk: u for u in Unidade.objects.select_for_update(of=("self",)).filter(pk__in={i.unidade for i in linhas})
    }
    gravadas: dict[tuple[UUID, str], dict[int | None, ServicoOfertado]] = defaultdict(dict)
    for oferta in ServicoOfertado.objects.filter(unidade__in=unidades):
        gravadas[oferta.unidade_id, oferta.servico][oferta.pk] = oferta
    novas, mudadas = [], []
    for linha in linhas:
        _exigir_servico(linha.dados.servico)
        do_servico = gravadas[linha.unidade, linha.dados.servico]
        outros = [oferta for pk, oferta in do_servico.items() if pk != linha.oferta]
        _exigir(unidades[linha.unidade], linha.dados, outros)
        if linha.oferta is None:
            novas.append(ServicoOfertado(unidade_id=linha.unidade, **vars(linha.dados)))
            continue
        mudada = do_servico[linha.oferta]
        mudada.capacidade, mudada.desde, mudada.ate = linha.dados.capacidade, linha.dados.desde, linha.dados.ate
        mudadas.append(mudada)
    ServicoOfertado.objects.bulk_create(novas, batch_size=LOTE)
    ServicoOfertado.objects.bulk_update(mudadas, ["capacidade", "desde", "ate"], batch_size=LOTE)
    for unidade in unidades.values():
        unidade.versao, unidade.mudada_em = unidade.versao + 1, em
    Unidade.objects.bulk_update(unidades.values(), ["versao", "mudada_em"], batch_size=LOTE)
    if unidades:
        contas = {"novas": len(novas), "mudadas": len(mudadas)}
        primeira = next(iter(unidades.values()))
        registrar(ato="rede.importar_ofertas", objeto=primeira, por=por, em=em, motivo=motivo, dados=contas)
