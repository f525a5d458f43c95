"""Dois anos de RMA das unidades do Espírito Santo, inventados e coerentes; no último, nem todos entregaram."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from demonstracao.invencao import FONTE, acaso, dia_de
from demonstracao.pessoas import CRAS, ES, VITORIA
from normas.base.competencia import Competencia
from normas.registros.formulario import Item, Versao
from normas.registros.leitura import formulario
from normas.registros.preenchimento import TOTAL
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.acoes import envio
from suas.vigilancia.mensais.models import RegistroMensal

MESES = 24
#: Das unidades, quantas já entregaram o último mês, e quantas dessas já estão aprovadas.
ENTREGARAM, APROVADAS = 0.55, 0.5
Estado = RegistroMensal.Estado


def criar(*, por: Ator, em: datetime) -> int:
    """Carrega os meses que faltam; devolve quantos. O CRAS de quem entra ainda não começou o último."""
    if RegistroMensal.objects.filter(sintetico=True).exists():
        return 0
    vez = consultas.competencia_da_vez(dia_de(em))
    meses = [
        (registro, enviado_em)
        for atras in range(MESES)
        for unidade in consultas.que_devem(vez.meses_antes(atras)).da_abrangencia(ES).filter(sintetica=True)
        if (registro := _mes(unidade, vez.meses_antes(atras), ultimo=atras == 0))
        and (enviado_em := _enviado_em(unidade, vez.meses_antes(atras), hoje=dia_de(em)))
    ]
    return envio.carregar(meses=meses, fonte=FONTE, por=por, em=em)


def _mes(unidade: Unidade, mes: Competencia, *, ultimo: bool) -> RegistroMensal | None:
    sorte = acaso("mes", unidade.identificador or unidade.nome, mes)
    da_casa = unidade.nome == CRAS and unidade.municipio_id == VITORIA
    if ultimo and (da_casa or sorte.random() > ENTREGARAM):
        return None
    aprovado = not ultimo or sorte.random() < APROVADAS
    return RegistroMensal(
        unidade=unidade,
        abrangencia=unidade.municipio_id,
        formulario=consultas.FORMULARIOS[unidade.tipo],
        competencia=str(mes),
        estado=Estado.APROVADO if aprovado else Estado.ENVIADO,
        itens=_itens(unidade, mes, sorte),
        mudado_em=datetime.combine(mes.ate, time(12), tzinfo=UTC),
        sintetico=True,
    )


def _enviado_em(unidade: Unidade, mes: Competencia, *, hoje: date) -> datetime:
    sorte = acaso("envio", unidade.identificador or unidade.nome, mes)
    dia = min(mes.ate + timedelta(days=sorte.randrange(1, 26)), hoje)
    return datetime.combine(dia, time(12 + sorte.randrange(9)), tzinfo=UTC)


def _itens(unidade: Unidade, mes: Competencia, sorte: Random) -> dict[str, Any]:
    versao = formulario(consultas.FORMULARIOS[unidade.tipo], em=mes)
    itens: dict[str, Any] = dict.fromkeys(versao.itens, 0)
    dela = acaso("tamanho", unidade.identificador or unidade.nome)
    preencher = {"RMA-CRAS": _do_cras, "RMA-CREAS": _do_creas, "RMA-POP": _do_pop}[versao.formulario]
    return itens | preencher(versao, dela, sorte)


def _do_cras(_: Versao, dela: Random, sorte: Random) -> dict[str, Any]:
    acompanha = dela.randrange(40, 160) + sorte.randrange(-6, 7)
    novas = sorte.randrange(2, 9)
    atendimentos = dela.randrange(120, 320) + sorte.randrange(-25, 26)
    perfil = {f"B.{n}": sorte.randrange(novas // 2 + 1) for n in range(1, 6)}
    volumes = {"C.2": 14, "C.3": 30, "C.4": 4, "C.5": 5, "C.6": 25, "C.7": 4, "C.8": 3, "C.9": 35, "D.1": 30}
    grupos = {"D.2": 12, "D.3": 40, "D.4": 25, "D.5": 35, "D.6": 60, "D.8": 10}
    variados = {codigo: sorte.randrange(teto // 2, teto + 1) for codigo, teto in (volumes | grupos).items()}
    return {"A.1": acompanha, "A.2": novas, "C.1": atendimentos, "D.7": sorte.randrange(4)} | perfil | variados


def _do_creas(versao: Versao, dela: Random, sorte: Random) -> dict[str, Any]:
    novos = sorte.randrange(2, 8)
    vitimas = _repartido(versao.itens["B.6"], novos + sorte.randrange(3), sorte)
    jovens = dela.randrange(3, 9)
    return {
        "A.1": dela.randrange(30, 90) + sorte.randrange(-4, 5),
        "A.2": novos,
        **{f"B.{n}": sorte.randrange(novos // 2 + 1) for n in (1, 2, 5, 7)},
        "B.6": vitimas,
        "J.1": jovens,
        "J.2": jovens,
        "J.3": jovens // 3,
        "M.1": dela.randrange(60, 140) + sorte.randrange(-10, 11),
        "M.2": sorte.randrange(0, 30),
        "M.3": sorte.randrange(0, 6),
        "M.4": sorte.randrange(5, 25),
    }


def _do_pop(versao: Versao, dela: Random, sorte: Random) -> dict[str, Any]:
    pessoas = dela.randrange(60, 160) + sorte.randrange(-8, 9)
    return {
        "A.1": _repartido(versao.itens["A.1"], pessoas, sorte),
        "B.1": pessoas // 3,
        "B.2": pessoas // 10,
        "B.3": pessoas // 8,
        "C.1": sorte.randrange(3, 12),
        "C.2": sorte.randrange(3, 12),
        "D.1": pessoas * sorte.randrange(4, 9),
    }


def _repartido(item: Item, total: int, sorte: Random) -> dict[str, Any]:
    """O total pelos quadrinhos do item; a soma fecha."""
    assert item.desdobramento is not None
    celulas = list(item.desdobramento.celulas)
    quantos = dict.fromkeys(celulas, 0)
    for _ in range(total):
        quantos[sorte.choice(celulas)] += 1
    repartido: dict[str, Any] = {TOTAL: total}
    for celula, numero in quantos.items():
        repartido.setdefault(celula.sexo, {})[celula.faixa] = numero
    return repartido
