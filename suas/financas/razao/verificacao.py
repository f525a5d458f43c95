"""Confere o razão inteiro: cada lançamento fecha, não há buraco na numeração, e nada foi mudado depois de lançado."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Sum

from suas.financas.razao.corrente import resumir
from suas.financas.razao.models import Conta, Lancamento, SaldoDiario
from suas.nucleo import banco

MOSTRADAS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Falta:
    """Onde o razão não combina, e por quê."""

    onde: str
    mensagem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verificacao:
    """O que se conferiu, e o que não combina."""

    livros: int
    lancamentos: int
    centavos: int
    faltas: tuple[Falta, ...]
    total_de_faltas: int

    @property
    def inteiro(self) -> bool:
        """Se tudo combina. Um razão vazio está inteiro."""
        return self.total_de_faltas == 0


class _Conta:
    """O que se vai somando na passada única pelos lançamentos."""

    def __init__(self) -> None:
        self.faltas: list[Falta] = []
        self.total_de_faltas = 0
        self.lancamentos = 0
        self.centavos = 0
        self.livro, self.numero, self.resumo = "", 0, ""
        self.livros: set[str] = set()
        self.saldos: dict[tuple[UUID, date], list[int]] = defaultdict(lambda: [0, 0])

    def faltou(self, onde: str, mensagem: str) -> None:
        self.total_de_faltas += 1
        if len(self.faltas) < MOSTRADAS:
            self.faltas.append(Falta(onde=onde, mensagem=mensagem))


def verificar() -> Verificacao:
    """Percorre todos os livros, do primeiro ao último lançamento, e compara os saldos por dia com eles."""
    conta = _Conta()
    livro_da_conta = dict(Conta.objects.values_list("pk", "abrangencia"))
    for lancamento in _lancamentos():
        _conferir(conta, lancamento, livro_da_conta)
    _conferir_saldos(conta)
    _conferir_estornos(conta)
    for nome, problema in banco.gatilhos_mudados():
        if nome.startswith("razao_"):
            conta.faltou(f"gatilho {nome}", f"{problema}: o banco não recusa mudança; execute ./redesuas migrar")
    return Verificacao(
        livros=len(conta.livros),
        lancamentos=conta.lancamentos,
        centavos=conta.centavos,
        faltas=tuple(conta.faltas),
        total_de_faltas=conta.total_de_faltas,
    )


def _lancamentos() -> Iterator[Lancamento]:
    return Lancamento.objects.order_by("abrangencia", "numero").iterator(chunk_size=5_000)


def _conferir(conta: _Conta, lancamento: Lancamento, livro_da_conta: dict[UUID, str]) -> None:
    livro = lancamento.abrangencia
    if livro != conta.livro:
        conta.livro, conta.numero, conta.resumo = livro, 0, ""
        conta.livros.add(livro)
    onde = f"livro {livro}, lançamento {lancamento.numero}"
    if lancamento.numero != conta.numero + 1:
        conta.faltou(onde, f"depois do {conta.numero} devia vir o {conta.numero + 1}: há lançamento a menos")
    esperado = resumir(
        anterior=conta.resumo, abrangencia=livro, numero=lancamento.numero, dia=lancamento.dia,
        debito=lancamento.debito_id, credito=lancamento.credito_id, centavos=lancamento.centavos,
        documento=lancamento.documento, chave=lancamento.chave, historico=lancamento.historico,
        estorna=lancamento.estorna_id,
    )  # fmt: skip
    if lancamento.resumo != esperado:
        conta.faltou(onde, "o resumo não é o dos seus números: foi mudado depois de lançado, ou falta o anterior")
    if lancamento.centavos <= 0 or lancamento.debito_id == lancamento.credito_id:
        conta.faltou(onde, "não fecha: o mesmo valor tem de sair de uma conta e entrar em outra")
    if {livro_da_conta.get(lancamento.debito_id), livro_da_conta.get(lancamento.credito_id)} != {livro}:
        conta.faltou(onde, "usa conta de outro livro")
    # Depois de uma quebra compara-se com o que está gravado, para que cada quebra apareça uma vez só.
    conta.numero, conta.resumo = lancamento.numero, lancamento.resumo
    conta.lancamentos += 1
    conta.centavos += lancamento.centavos
    conta.saldos[lancamento.debito_id, lancamento.dia][0] += lancamento.centavos
    conta.saldos[lancamento.credito_id, lancamento.dia][1] += lancamento.centavos


def _conferir_saldos(conta: _Conta) -> None:
    gravados = {
        (saldo[0], saldo[1]): [saldo[2], saldo[3]]
        for saldo in SaldoDiario.objects.values_list("conta", "dia", "debitos", "creditos").iterator(chunk_size=10_000)
    }
    for chave in sorted(gravados.keys() | conta.saldos.keys(), key=str):
        if gravados.get(chave) != conta.saldos.get(chave):
            onde = f"saldo da conta {chave[0]} em {chave[1]:%d/%m/%Y}"
            conta.faltou(onde, f"está {gravados.get(chave)} e os lançamentos somam {conta.saldos.get(chave)}")
    soma = SaldoDiario.objects.aggregate(diferenca=Sum(F("debitos") - F("creditos")))["diferenca"]
    if soma:
        conta.faltou("balancete", f"os débitos e os créditos diferem em {soma} centavos")


def _conferir_estornos(conta: _Conta) -> None:
    for estorno in Lancamento.objects.exclude(estorna=None).select_related("estorna").iterator(chunk_size=5_000):
        original = estorno.estorna
        if original is None or (estorno.debito_id, estorno.credito_id, estorno.centavos, estorno.abrangencia) != (
            original.credito_id, original.debito_id, original.centavos, original.abrangencia,
        ):  # fmt: skip
            onde = f"livro {estorno.abrangencia}, lançamento {estorno.numero}"
            conta.faltou(onde, "é um estorno que não desfaz o que diz desfazer")
