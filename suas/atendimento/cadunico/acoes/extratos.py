"""Trazer um extrato do Cadastro Único: o registro acompanha, e o que a equipe escreveu fica."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction

from suas.atendimento.cadunico.comparacao import Cadastro, Comparador, Dita, Valores
from suas.atendimento.cadunico.composicao import Composicao, Vinda
from suas.atendimento.cadunico.consultas import DA_FAMILIA, DA_PESSOA
from suas.atendimento.cadunico.models import CadastroDaFamilia, CadastroDaPessoa, Extrato
from suas.atendimento.familias.acoes import lote as registro
from suas.atendimento.familias.consultas import familia as leitura
from suas.nucleo import banco
from suas.nucleo.identificador import uuid7
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

PEDACO = 2_000
_NULOS = {
    "nascimento", "deficiencia", "condicionalidade_dia", "atualizado_dia", "renda_per_capita_centavos",
    "renda_total_centavos", "bolsa_familia", "indigena", "quilombola",
}  # fmt: skip


@transaction.atomic
def trazer_extrato(
    *, linhas: Sequence[tuple[int, Valores]], comparador: Comparador, importacao: UUID, por: Ator, em: datetime
) -> Extrato:
    """Grava as linhas novas e mudadas de um extrato já conferido, e guarda o que ele disse de cada um.

    Repetir o mesmo extrato não muda nada. Erros: `AtoRecusado` se ninguém entrou no sistema.
    """
    if por.pessoa is None:
        raise AtoRecusado("Só quem entrou no sistema traz um extrato.")
    lote = registro.Lote()
    vindas = _vindas(linhas, comparador, lote)
    composicao = Composicao(comparador=comparador, lote=lote, cras_do_bairro=_cras_do_bairro(comparador.municipio))
    por_codigo: dict[str, list[Vinda]] = {}
    for vinda in vindas:
        por_codigo.setdefault(vinda.valores["codigo"], []).append(vinda)
    pessoas = {vinda.numero: vinda.pessoa for vinda in vindas}
    for codigo, delas in por_codigo.items():
        numero, ja = comparador.responsaveis.get(codigo, (0, None))
        composicao.juntar(codigo, delas, pessoas.get(numero, ja))
    extrato = Extrato.objects.create(
        abrangencia=comparador.municipio,
        dia=comparador.dia,
        importacao=importacao,
        pessoas=comparador.lidas,
        familias=len(comparador.primeiras),
        novas=len(lote.pessoas),
        mudadas=len(lote.mudancas),
        trazido_por=por.pessoa,
        trazido_em=em,
    )
    registro.gravar(lote=lote, municipio=comparador.municipio, origem=extrato, por=por, em=em)
    _guardar_o_dito(comparador, por_codigo, composicao.familias)
    contas = {"pessoas": extrato.pessoas, "familias": extrato.familias, "dia": extrato.dia.isoformat()}
    registrar(ato="cadunico.trazer_extrato", objeto=extrato, por=por, em=em, dados=contas)
    return extrato


def _vindas(linhas: Iterable[tuple[int, Valores]], comparador: Comparador, lote: registro.Lote) -> list[Vinda]:
    """Quem é cada linha; as pessoas novas e os dados que mudam já vão ao lote."""
    vindas = []
    for numero, valores in linhas:
        pessoa, fusao = comparador.da_linha(numero, valores)
        if pessoa is None:
            pessoa = uuid7()
            lote.pessoas[pessoa] = fusao.muda
        elif fusao.muda:
            lote.mudancas[pessoa] = fusao.muda
        vindas.append(Vinda(numero, valores, pessoa))
    return vindas


def _cras_do_bairro(municipio: str) -> Callable[[str], UUID | None]:
    @cache
    def achar(bairro: str) -> UUID | None:
        cras = leitura.cras_do_bairro(municipio, bairro=bairro)
        return cras.pk if cras else None

    return achar


def _guardar_o_dito(comparador: Comparador, por_codigo: dict[str, list[Vinda]], familias: dict[str, UUID]) -> None:
    """O que este extrato disse de cada família e pessoa: com isto o seguinte se compara."""
    novos, mudados = [], []
    cadastros = {codigo: cadastro.pk for codigo, cadastro in comparador.cadastros.items()}
    for codigo, delas in por_codigo.items():
        antes = comparador.cadastros.get(codigo)
        fala = next((v.valores for v in delas if v.numero == comparador.primeiras.get(codigo)), None)
        if antes is None:
            cadastros[codigo] = pk = uuid7()
            novos.append(_da_familia(comparador, codigo, pk, familias[codigo], fala or {}, None))
        elif fala is not None:
            mudados.append(_da_familia(comparador, codigo, antes.pk, antes.familia, fala, antes))
    _gravar(novos, mudados)
    ditas = [(v, comparador.ditas.get(v.pessoa)) for delas in por_codigo.values() for v in delas]
    _gravar(
        [_da_pessoa(comparador, v, None, cadastros[v.valores["codigo"]]) for v, dita in ditas if dita is None],
        [_da_pessoa(comparador, v, dita, cadastros[v.valores["codigo"]]) for v, dita in ditas if dita is not None],
    )
    for modelo, vistos in ((CadastroDaFamilia, comparador.vistos), (CadastroDaPessoa, comparador.vistas)):
        ids = list(vistos)
        for inicio in range(0, len(ids), PEDACO):
            antigos = modelo._default_manager.filter(pk__in=ids[inicio : inicio + PEDACO], visto_dia__lt=comparador.dia)
            antigos.update(visto_dia=comparador.dia)


def _gravar(novos: list, mudados: list) -> None:  # type: ignore[type-arg]  # as duas tabelas passam por aqui
    for objetos, ja_existem in ((novos, False), (mudados, True)):
        for inicio in range(0, len(objetos), PEDACO):
            banco.gravar_objetos(objetos[inicio : inicio + PEDACO], que_ja_existem=ja_existem)


def _da_familia(
    comparador: Comparador, codigo: str, pk: UUID, familia: UUID, fala: Valores, antes: Cadastro | None
) -> CadastroDaFamilia:
    return CadastroDaFamilia(
        pk=pk,
        familia_id=familia,
        abrangencia=comparador.municipio,
        codigo=codigo,
        mudou_dia=comparador.dia,
        visto_dia=comparador.dia,
        **{campo: _dito(campo, fala, antes) for campo in DA_FAMILIA},
    )


def _da_pessoa(comparador: Comparador, vinda: Vinda, antes: Dita | None, cadastro: UUID) -> CadastroDaPessoa:
    return CadastroDaPessoa(
        pk=antes.pk if antes else uuid7(),
        pessoa_id=vinda.pessoa,
        cadastro_id=cadastro,
        abrangencia=comparador.municipio,
        mudou_dia=comparador.dia,
        visto_dia=comparador.dia,
        **{campo: _dito(campo, vinda.valores, antes) for campo in DA_PESSOA},
    )


def _dito(campo: str, valores: Valores, antes: Cadastro | Dita | None) -> object:
    """O que este extrato diz; se não diz, o que o anterior tinha dito."""
    if campo in valores:
        return valores[campo]
    dito = antes[campo] if antes is not None else None
    return dito if dito is not None or campo in _NULOS else ""
