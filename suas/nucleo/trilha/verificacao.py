"""Verificar a corrente: refaz cada resumo, na ordem, e diz onde e como ela se quebra. Só lê, em lotes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from suas.nucleo import banco
from suas.nucleo.trilha import cifra, consultas, corrente
from suas.nucleo.trilha.consultas import Cabeca
from suas.nucleo.trilha.models import Alteracao, Ato, Chave, Elo

LOTE = 5000
#: Uma linha aberta há mais que isto é uma quebra: o lacre parou, ou alguém a pôs com data antiga.
ESPERA = timedelta(minutes=10)
#: Quantas quebras se descrevem; as demais só se contam.
DESCRITAS = 100


@dataclass(frozen=True, kw_only=True)
class Quebra:
    """Onde a prova falha. `tipo`: alterada, inserida, retirada, cauda cortada, elo trocado, refeita, aberta, chave ou
    gatilho; `onde`: o número do elo, a linha, a chave ou o gatilho."""

    tipo: str
    onde: str
    mensagem: str


@dataclass(kw_only=True)
class Resultado:
    """O que a verificação achou."""

    conferidos: int = 0
    abertas: int = 0
    fora_de_ato: int = 0
    segundos: float = 0.0
    numero: int = 0
    cabeca: str = ""
    total_de_quebras: int = 0
    quebras: list[Quebra] = field(default_factory=list)

    @property
    def inteira(self) -> bool:
        return not self.total_de_quebras

    def quebrar(self, tipo: str, onde: str, mensagem: str) -> None:
        self.total_de_quebras += 1
        if len(self.quebras) < DESCRITAS:
            self.quebras.append(Quebra(tipo=tipo, onde=onde, mensagem=mensagem))


def verificar(
    *, em: datetime, cabecas: Sequence[Cabeca] = (), espera: timedelta = ESPERA, lote: int = LOTE
) -> Resultado:
    """Confere a corrente inteira, as cabeças guardadas fora, as linhas sem elo, as chaves e os gatilhos."""
    comeco = time.monotonic()
    resultado = Resultado()
    _conferir_elos(resultado, lote=lote)
    _conferir_cabecas(resultado, cabecas)
    _conferir_linhas_sem_elo(resultado)
    _conferir_abertas(resultado, antes_de=em - espera, espera=espera)
    _conferir_chaves(resultado)
    resultado.fora_de_ato = consultas.alteracoes_fora_de_ato().count()
    for nome, falta in banco.gatilhos_mudados():
        resultado.quebrar("gatilho", nome, f"o gatilho {nome} {falta}; recrie com: ./redesuas migrar")
    resultado.segundos = time.monotonic() - comeco
    return resultado


def _conferir_elos(resultado: Resultado, *, lote: int) -> None:
    guardado = calculado = corrente.INICIO
    for elo, linha in _elos_e_linhas(lote):
        numero, tabela, linha_id = elo["numero"], elo["tabela"], elo["linha_id"]
        onde, certo = f"elo {numero} ({tabela} {linha_id})", ""
        if sem_anterior := numero != resultado.numero + 1:
            faltam = f"{resultado.numero + 1} a {numero - 1}" if numero > resultado.numero + 2 else f"{numero - 1}"
            diz = f"falta na corrente o elo {faltam}; sem ele, não se confere a ligação do elo {numero}"
            resultado.quebrar("retirada", f"elo {faltam}", diz)
        if linha is None:
            resultado.quebrar("retirada", onde, f"a linha que o elo {numero} lacrou não está mais em {tabela}")
        elif linha[-1] != numero:
            resultado.quebrar("elo trocado", onde, f"a linha diz ser do elo {linha[-1]}, e o elo {numero} a aponta")
        elif not sem_anterior:
            certo = _resumo(elo, linha, guardado)
            if certo != elo["resumo"] and calculado != guardado and _resumo(elo, linha, calculado) == elo["resumo"]:
                certo = elo["resumo"]  # o erro é do resumo do elo anterior, já dito
            if certo != elo["resumo"]:
                resultado.quebrar("alterada", onde, f"a linha ou o elo {numero} não são os que foram lacrados")
        guardado, calculado = elo["resumo"], certo or elo["resumo"]
        resultado.numero, resultado.cabeca = numero, guardado
        resultado.conferidos += 1


def _resumo(elo: dict[str, Any], linha: Sequence[Any], anterior: str) -> str:
    return corrente.resumo(
        anterior=anterior, numero=elo["numero"], em=elo["em"], tabela=elo["tabela"], linha=linha[:-1]
    )


def _elos_e_linhas(lote: int) -> Iterator[tuple[dict[str, Any], Sequence[Any] | None]]:
    """Cada elo, na ordem, com a linha que ele aponta e o número que ela diz ter."""
    ultimo = None
    while True:
        seguintes = Elo.objects.order_by("numero")
        if ultimo is not None:
            seguintes = seguintes.filter(numero__gt=ultimo)
        elos: list[dict[str, Any]] = [dict(elo) for elo in seguintes.values()[:lote]]
        if not elos:
            return
        ultimo = elos[-1]["numero"]
        linhas: dict[tuple[str, int], Sequence[Any]] = {}
        for tabela, modelo in corrente.TABELAS.items():
            ids = [elo["linha_id"] for elo in elos if elo["tabela"] == tabela]
            for linha in modelo._default_manager.filter(id__in=ids).values_list(*corrente.COLUNAS[tabela], "elo"):
                linhas[tabela, linha[0]] = linha
        for elo in elos:
            yield elo, linhas.get((elo["tabela"], elo["linha_id"]))


def _conferir_cabecas(resultado: Resultado, cabecas: Sequence[Cabeca]) -> None:
    resumos = dict(Elo.objects.filter(numero__in=[c.numero for c in cabecas]).values_list("numero", "resumo"))
    for cabeca in sorted(cabecas, key=lambda c: c.numero):
        guardada = f"a cabeça guardada{' em ' + cabeca.em if cabeca.em else ''}"
        if cabeca.numero == 0:
            continue
        if cabeca.numero > resultado.numero:
            resultado.quebrar(
                "cauda cortada",
                f"elo {cabeca.numero}",
                f"a corrente termina no elo {resultado.numero}, e {guardada} já era o {cabeca.numero}",
            )
        elif resumos.get(cabeca.numero) != cabeca.resumo:
            resultado.quebrar(
                "refeita",
                f"elo {cabeca.numero}",
                f"o elo {cabeca.numero} não é o d{guardada}: a corrente foi refeita até ali, ou a cabeça não é desta",
            )


def _conferir_linhas_sem_elo(resultado: Resultado) -> None:
    for tabela, modelo in corrente.TABELAS.items():
        do_elo = Elo.objects.filter(numero=OuterRef("elo"), tabela=tabela, linha_id=OuterRef("id"))
        soltas = modelo._default_manager.filter(~Exists(do_elo), elo__isnull=False).order_by("id")
        for linha_id, numero in soltas.values_list("id", "elo").iterator():
            onde = f"{tabela} {linha_id}"
            if numero > resultado.numero:
                resultado.quebrar("cauda cortada", onde, f"diz ser do elo {numero}, que não está mais na corrente")
            else:
                resultado.quebrar("inserida", onde, f"diz ser do elo {numero}, que não a lacrou")


def _conferir_abertas(resultado: Resultado, *, antes_de: datetime, espera: timedelta) -> None:
    minutos = round(espera.total_seconds() / 60)
    for tabela, modelo in corrente.TABELAS.items():
        abertas = modelo._default_manager.filter(elo__isnull=True)
        resultado.abertas += abertas.count()
        velhas = abertas.filter(em__lt=antes_de)
        if primeira := velhas.order_by("id").values_list("id", flat=True).first():
            resultado.quebrar(
                "aberta",
                f"{tabela} {primeira}",
                f"{velhas.count()} linhas de {tabela} abertas há mais de {minutos} minutos: o relógio parou, "
                "ou foram postas com data antiga",
            )


def _conferir_chaves(resultado: Resultado) -> None:
    cifradas = Alteracao.objects.filter(_tem_cifra(), elo__isnull=False)
    for chave in Chave.objects.order_by("titular").iterator():
        if falta := _falta_da_chave(chave, cifradas):
            resultado.quebrar("chave", f"chave {chave.titular}", falta)
    sem_chave = cifradas.filter(~Exists(Chave.objects.filter(titular=OuterRef("titular"))))
    for titular in sem_chave.order_by("titular").values_list("titular", flat=True).distinct():
        resultado.quebrar("chave", f"chave {titular}", "a chave que cifrou as linhas deste titular foi retirada")


def _tem_cifra() -> Q:
    return Q(antes__contains=f'"{cifra.CIFRADO}"') | Q(depois__contains=f'"{cifra.CIFRADO}"')


def _falta_da_chave(chave: Chave, cifradas: Any) -> str:
    """O que há de errado com a chave; vazio se nada."""
    if chave.destruida_em is not None:
        ato = Ato.objects.filter(ato="trilha.destruir_chave", objeto_id=str(chave.titular)).order_by("id").first()
        if ato is None or bytes(chave.cifrada) or chave.mestra or ato.em != chave.destruida_em:
            return "a chave aparece destruída, e nenhum ato da trilha a destruiu assim"
        if ato.dados.get("chave_criada_em") != corrente.canonico(chave.criada_em):
            return "a chave destruída foi mudada depois"
        return ""
    alteracao = cifradas.filter(titular=chave.titular).order_by("id").first()
    if alteracao is None:
        return "a chave não cifrou nenhuma linha: foi inserida ou trocada de titular"
    try:
        clara = cifra.abrir_chave(chave)
        for coluna, valor in _valores(alteracao):
            if cifra.e_cifrado(valor):
                cifra.decifrar(valor, clara=clara, tabela=alteracao.tabela, coluna=coluna, linha=alteracao.chave)
    except cifra.NaoAbre as erro:
        return f"o que ela cifrou não se lê: {erro}"
    return ""


def _valores(alteracao: Alteracao) -> list[tuple[str, Any]]:
    try:
        return [par for lado in (alteracao.antes, alteracao.depois) if lado for par in json.loads(lado).items()]
    except ValueError as erro:
        raise cifra.NaoAbre("o texto da linha foi mudado") from erro
