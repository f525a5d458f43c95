"""Os atos do razão: abrir contas, lançar, estornar e fechar. Cada um é uma transação e uma linha na trilha.

Quem pode lançar, e por quê, é de quem chama: o razão não conhece parcela, fundo nem conselho.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from normas.base.centavos import em_reais
from suas.financas.razao import consultas
from suas.financas.razao.corrente import resumir
from suas.financas.razao.models import Conta, Fechamento, Lancamento, SaldoDiario
from suas.nucleo import banco
from suas.nucleo.identificador import uuid7
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha import acoes as trilha


class LancamentoRecusado(AtoRecusado):
    """O lançamento não cabe; a mensagem diz por quê e o que fazer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partida:
    """O que se quer lançar. A mesma `chave` duas vezes no livro é o mesmo lançamento: repetir não muda nada."""

    debito: UUID
    credito: UUID
    centavos: int
    dia: date
    documento: str
    chave: str
    historico: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lancados:
    """Quantos entraram, quantos já estavam, e onde o livro ficou."""

    novos: int
    repetidos: int
    numero: int
    resumo: str


@transaction.atomic
def abrir_contas(*, contas: Sequence[Conta], por: Ator, em: datetime) -> list[Conta]:
    """Abre as contas que ainda não há no livro de quem age e devolve todas, na ordem pedida; repetir não muda nada."""
    _no_proprio_livro({conta.abrangencia for conta in contas}, por)
    banco.travar(f"razao:{por.abrangencia}")
    existentes = {_identidade(conta): conta for conta in Conta.objects.filter(abrangencia=por.abrangencia)}
    novas = {_identidade(conta): conta for conta in contas if _identidade(conta) not in existentes}
    if novas:
        Conta.objects.bulk_create(novas.values(), batch_size=500)
        primeira = next(iter(novas.values()))
        trilha.registrar(ato="razao.abrir_contas", objeto=primeira, por=por, em=em, dados={"contas": len(novas)})
    return [existentes.get(_identidade(conta)) or novas[_identidade(conta)] for conta in contas]


@transaction.atomic
def lancar(*, partidas: Sequence[Partida], por: Ator, em: datetime) -> Lancados:
    """Lança todas as partidas no livro de quem age, ou nenhuma. Um lote repetido não muda nada.

    Erros: `LancamentoRecusado` quando o valor não é positivo, as contas são a mesma ou de outro livro, o período está
    fechado, ou a chave já é de um lançamento diferente.
    """
    lancados, ultimo = _lancar(partidas, livro=por.abrangencia, em=em)
    if ultimo is not None:
        dados = {"lancamentos": lancados.novos, "ate": lancados.numero, "resumo": lancados.resumo}
        trilha.registrar(ato="razao.lancar", objeto=ultimo, por=por, em=em, dados=dados)
    return lancados


def _lancar(
    partidas: Sequence[Partida], *, livro: str, em: datetime, estorna: UUID | None = None
) -> tuple[Lancados, Lancamento | None]:
    """Grava o que é novo; devolve a conta e o último lançamento gravado, se houve algum."""
    banco.travar(f"razao:{livro}")
    por_chave = _sem_repetir(partidas)
    ja_ha = consultas.por_chave(abrangencia=livro, chaves=list(por_chave))
    for chave, existente in ja_ha.items():
        _recusar_diferente(por_chave[chave], existente)
    novas = [partida for chave, partida in por_chave.items() if chave not in ja_ha]
    numero, resumo = consultas.ultimo(livro)
    gravado = None
    if novas:
        _conferir(novas, livro)
        gravado = _gravar(novas, livro, numero, resumo, em, estorna)
        _somar_nos_saldos(novas, livro)
        numero, resumo = gravado.numero, gravado.resumo
    feitos = Lancados(novos=len(novas), repetidos=len(partidas) - len(novas), numero=numero, resumo=resumo)
    return feitos, gravado


@transaction.atomic
def estornar(*, lancamento: Lancamento, dia: date, motivo: str, por: Ator, em: datetime) -> Lancamento:
    """Desfaz um lançamento com outro, de contas trocadas, num dia aberto. Repetir devolve o mesmo estorno.

    Erros: `LancamentoRecusado` sem motivo, de outro livro, de um estorno, ou num dia anterior ao do lançamento.
    """
    _no_proprio_livro({lancamento.abrangencia}, por)
    if not motivo.strip():
        raise LancamentoRecusado("Diga por que se estorna: o motivo fica no histórico.")
    if lancamento.estorna_id is not None:
        raise LancamentoRecusado(f"O lançamento {lancamento.numero} já é um estorno. Lance de novo o que era certo.")
    if dia < lancamento.dia:
        raise LancamentoRecusado(
            f"O lançamento {lancamento.numero} é de {lancamento.dia:%d/%m/%Y}: o estorno não pode vir antes dele."
        )
    banco.travar(f"razao:{lancamento.abrangencia}")
    if anterior := Lancamento.objects.filter(estorna=lancamento).first():
        return anterior
    partida = Partida(
        debito=lancamento.credito_id,
        credito=lancamento.debito_id,
        centavos=lancamento.centavos,
        dia=dia,
        documento=lancamento.documento,
        chave=f"estorno:{lancamento.numero}",
        historico=f"Estorno do lançamento {lancamento.numero}: {motivo.strip()}"[:240],
    )
    lancados, estorno = _lancar([partida], livro=lancamento.abrangencia, em=em, estorna=lancamento.pk)
    if estorno is None:
        raise LancamentoRecusado(f"A chave do estorno do lançamento {lancamento.numero} já foi usada em outro.")
    dados = {"estornado": lancamento.numero, "ate": lancados.numero, "resumo": lancados.resumo}
    trilha.registrar(ato="razao.estornar", objeto=estorno, por=por, em=em, motivo=motivo, dados=dados)
    return estorno


@transaction.atomic
def fechar_periodo(*, ate: date, por: Ator, em: datetime) -> Fechamento:
    """Fecha o livro de quem age até o dia, inclusive. Não se reabre: o que falta vai ao período seguinte.

    Erros: `LancamentoRecusado` quando o dia ainda não passou, ou já está fechado.
    """
    banco.travar(f"razao:{por.abrangencia}")
    antes = consultas.fechado_ate(por.abrangencia)
    if antes is not None and ate <= antes:
        raise LancamentoRecusado(f"O livro já está fechado até {antes:%d/%m/%Y}. Escolha um dia depois dele.")
    if ate >= em.date():
        raise LancamentoRecusado(f"{ate:%d/%m/%Y} ainda não passou. Feche até um dia que já terminou.")
    fechamento = Fechamento.objects.create(abrangencia=por.abrangencia, ate=ate, fechado_em=em)
    trilha.registrar(ato="razao.fechar", objeto=fechamento, por=por, em=em, dados={"dia": f"{ate:%d/%m/%Y}"})
    return fechamento


@transaction.atomic
def refazer_saldos(*, abrangencia: str) -> int:
    """Refaz os saldos por dia de um livro pelos lançamentos; devolve quantos. É projeção, não é ato de ninguém."""
    banco.travar(f"razao:{abrangencia}")
    SaldoDiario.objects.filter(abrangencia=abrangencia).delete()
    linhas = Lancamento.objects.filter(abrangencia=abrangencia).values_list("debito", "credito", "dia", "centavos")
    somas = _somas(linhas.iterator(chunk_size=10_000))
    _gravar_saldos(somas, abrangencia)
    return len(somas)


def _identidade(conta: Conta) -> tuple[str, ...]:
    return (conta.abrangencia, conta.codigo, conta.bloco, conta.piso, conta.exercicio, conta.favorecido)


def _no_proprio_livro(livros: set[str], por: Ator) -> None:
    if livros - {por.abrangencia}:
        raise LancamentoRecusado("Cada ente escreve só no próprio livro. Use o vínculo do ente de que é o livro.")


def _sem_repetir(partidas: Sequence[Partida]) -> dict[str, Partida]:
    """As partidas por chave; a chave repetida com outro conteúdo no mesmo lote é engano."""
    por_chave: dict[str, Partida] = {}
    for partida in partidas:
        if por_chave.setdefault(partida.chave, partida) != partida:
            raise LancamentoRecusado(f"A chave “{partida.chave}” aparece duas vezes com valores diferentes.")
    return por_chave


def _recusar_diferente(partida: Partida, existente: Lancamento) -> None:
    pedido = (partida.debito, partida.credito, partida.centavos, partida.dia, partida.documento)
    gravado = (
        existente.debito_id, existente.credito_id, existente.centavos, existente.dia, existente.documento,
    )  # fmt: skip
    if pedido != gravado:
        raise LancamentoRecusado(
            f"A chave “{partida.chave}” já é do lançamento {existente.numero}, de {em_reais(existente.centavos)} em "
            f"{existente.dia:%d/%m/%Y}, e agora seria de {em_reais(partida.centavos)} em {partida.dia:%d/%m/%Y}. "
            "Estorne o primeiro, ou use outra chave."
        )


def _conferir(novas: Sequence[Partida], livro: str) -> None:
    for partida in novas:
        if partida.centavos <= 0:
            raise LancamentoRecusado(f"{em_reais(partida.centavos)} em “{partida.chave}”: o valor é maior que zero.")
        if partida.debito == partida.credito:
            raise LancamentoRecusado(f"Em “{partida.chave}” o débito e o crédito são da mesma conta.")
    contas = {conta for partida in novas for conta in (partida.debito, partida.credito)}
    if estranhas := contas - consultas.contas_do_livro(abrangencia=livro, ids=contas):
        raise LancamentoRecusado(f"{len(estranhas)} contas não são deste livro. Abra-as nele antes de lançar.")
    fechado = consultas.fechado_ate(livro)
    primeiro = min(novas, key=lambda partida: partida.dia)
    if fechado is not None and primeiro.dia <= fechado:
        raise LancamentoRecusado(
            f"O livro está fechado até {fechado:%d/%m/%Y}, e “{primeiro.chave}” é de {primeiro.dia:%d/%m/%Y}. "
            "Lance num dia aberto, dizendo no histórico a que dia se refere."
        )


def _gravar(
    novas: Sequence[Partida], livro: str, comeco: int, resumo: str, em: datetime, estorna: UUID | None
) -> Lancamento:
    """Numera, encadeia e grava as partidas, sem montar um objeto por linha; devolve o último lançamento."""
    linhas = []
    numero, chave = comeco, uuid7()
    for numero, partida in enumerate(novas, start=comeco + 1):
        resumo = resumir(
            anterior=resumo, abrangencia=livro, numero=numero, dia=partida.dia, debito=partida.debito,
            credito=partida.credito, centavos=partida.centavos, documento=partida.documento, chave=partida.chave,
            historico=partida.historico, estorna=estorna,
        )  # fmt: skip
        chave = uuid7()
        linhas.append(
            (
                chave.hex, numero, partida.dia.isoformat(), partida.debito.hex, partida.credito.hex, partida.centavos,
                partida.documento, partida.chave, partida.historico, estorna.hex if estorna else None, resumo,
            )
        )  # fmt: skip
    campos = (
        "id", "numero", "dia", "debito", "credito", "centavos", "documento", "chave", "historico", "estorna", "resumo",
    )  # fmt: skip
    banco.inserir_em_lote(Lancamento, campos=campos, linhas=linhas, iguais={"abrangencia": livro, "lancado_em": em})
    ultima = novas[-1]
    return Lancamento(
        id=chave, abrangencia=livro, numero=numero, dia=ultima.dia, debito_id=ultima.debito, credito_id=ultima.credito,
        centavos=ultima.centavos, documento=ultima.documento, chave=ultima.chave, historico=ultima.historico,
        estorna_id=estorna, resumo=resumo, lancado_em=em,
    )  # fmt: skip


def _somar_nos_saldos(novas: Sequence[Partida], livro: str) -> None:
    _gravar_saldos(_somas((p.debito, p.credito, p.dia, p.centavos) for p in novas), livro)


def _somas(linhas: Iterable[tuple[UUID, UUID, date, int]]) -> dict[tuple[UUID, date], list[int]]:
    somas: dict[tuple[UUID, date], list[int]] = defaultdict(lambda: [0, 0])
    for debito, credito, dia, centavos in linhas:
        somas[debito, dia][0] += centavos
        somas[credito, dia][1] += centavos
    return somas


def _gravar_saldos(somas: dict[tuple[UUID, date], list[int]], livro: str) -> None:
    banco.inserir_em_lote(
        SaldoDiario,
        campos=("conta", "dia", "debitos", "creditos"),
        linhas=[(conta.hex, dia.isoformat(), debitos, creditos) for (conta, dia), (debitos, creditos) in somas.items()],
        iguais={"abrangencia": livro},
        chave=("conta", "dia"),
        somando=("debitos", "creditos"),
    )
