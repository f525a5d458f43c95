"""Lacrar: pôr na corrente o que está aberto, cifrando antes o dado pessoal. Parte dos atos da trilha."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from suas.nucleo import banco
from suas.nucleo.trilha import alteracoes, cifra, corrente
from suas.nucleo.trilha.models import Alteracao, Chave, Elo

LOTE = 2000
registro = logging.getLogger(__name__)
_CAMPOS = corrente.COLUNAS["alteracao"]
_ID, _TABELA, _CHAVE = _CAMPOS.index("id"), _CAMPOS.index("tabela"), _CAMPOS.index("chave")
_TITULAR, _ANTES, _DEPOIS = _CAMPOS.index("titular"), _CAMPOS.index("antes"), _CAMPOS.index("depois")


@transaction.atomic
def lacrar_lote(*, em: datetime, limite: int) -> int:
    """Lacra até `limite` linhas abertas, numa transação; espera outro lacrador terminar. Devolve quantas."""
    banco.travar("trilha.lacre")
    ultimo = Elo.objects.order_by("-numero").values_list("numero", "resumo").first()
    primeiro, resumo = (ultimo[0] + 1, ultimo[1]) if ultimo else (1, corrente.INICIO)
    numero = primeiro
    elos: list[tuple[int, str, int, str]] = []
    cifradas: list[Sequence[Any]] = []
    presas = Chave.objects.filter(destruida_em=None).exclude(mestra__in=cifra.mestras()).values("titular")
    for tabela, modelo in corrente.TABELAS.items():
        abertas: Sequence[Sequence[Any]] = list(
            _abertas(modelo, presas).order_by("id").values_list(*corrente.COLUNAS[tabela])[: limite - len(elos)]
        )
        if tabela == "alteracao":
            abertas, mudadas = _cifrar(abertas, em=em)
            cifradas += mudadas
        for linha in abertas:
            resumo = corrente.resumo(anterior=resumo, numero=numero, em=em, tabela=tabela, linha=linha)
            elos.append((numero, tabela, linha[0], resumo))
            numero += 1
    if elos:
        banco.inserir_em_lote(Elo, campos=("numero", "tabela", "linha_id", "resumo"), linhas=elos, iguais={"em": em})
        with banco.apagando_de_verdade():
            _marcar(cifradas, primeiro=primeiro, ate=numero)
    return len(elos)


def _abertas(modelo: type[Model], presas: Any) -> QuerySet[Any]:
    """As linhas sem elo; as de quem tem a chave sob uma chave-mestra que falta esperam por ela."""
    abertas = modelo._default_manager.filter(elo__isnull=True)
    return abertas.exclude(titular__in=presas) if modelo is Alteracao else abertas


def _marcar(cifradas: list[Sequence[Any]], *, primeiro: int, ate: int) -> None:
    """Guarda o texto cifrado e o número de cada linha lacrada."""
    if cifradas:
        numeros = dict(
            Elo.objects.filter(numero__gte=primeiro, numero__lt=ate, tabela="alteracao").values_list(
                "linha_id", "numero"
            )
        )
        titular = Alteracao._meta.get_field("titular")
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE trilha_alteracao SET titular = %s, antes = %s, depois = %s, elo = %s WHERE id = %s",
                [
                    (
                        titular.get_db_prep_save(linha[_TITULAR], connection),
                        linha[_ANTES],
                        linha[_DEPOIS],
                        numeros[linha[_ID]],
                        linha[_ID],
                    )
                    for linha in cifradas
                ],
            )
    with connection.cursor() as cursor:
        for tabela, modelo in corrente.TABELAS.items():
            cursor.execute(
                f"UPDATE {modelo._meta.db_table} SET elo = e.numero FROM trilha_elo e "
                f"WHERE e.linha_id = {modelo._meta.db_table}.id AND e.tabela = %s AND e.numero >= %s "
                f"AND e.numero < %s AND {modelo._meta.db_table}.elo IS NULL",
                [tabela, primeiro, ate],
            )


def _cifrar(linhas: Sequence[Sequence[Any]], *, em: datetime) -> tuple[list[Sequence[Any]], list[Sequence[Any]]]:
    """As linhas a lacrar, com o dado pessoal cifrado, e só as que mudaram.

    Fica aberta, e a verificação o diz, a linha cuja chave não abre: nada dela se lacra em claro.
    """
    protegidas = {tabela: a.protegidas for tabela, a in alteracoes.auditadas().items() if a.protegidas}
    pessoais = {}
    for linha in linhas:
        if colunas := protegidas.get(linha[_TABELA]):
            lados = [json.loads(linha[lado]) if linha[lado] else {} for lado in (_ANTES, _DEPOIS)]
            if colunas & {*lados[0], *lados[1]}:
                titular = linha[_TITULAR] or cifra.titular_da_linha(linha[_TABELA], linha[_CHAVE])
                pessoais[linha[_ID]] = titular, lados, colunas
    if not pessoais:
        return list(linhas), []
    chaves = _chaves({titular for titular, _, _ in pessoais.values()}, em=em)
    prontas: list[Sequence[Any]] = []
    mudadas: list[Sequence[Any]] = []
    for linha in linhas:
        if linha[_ID] in pessoais:
            titular, lados, colunas = pessoais[linha[_ID]]
            if titular not in chaves:
                continue
            linha = _cifrada(linha, titular, lados, colunas, chaves[titular])
            mudadas.append(linha)
        prontas.append(linha)
    return prontas, mudadas


def _cifrada(
    linha: Sequence[Any], titular: UUID, lados: list[dict[str, Any]], colunas: frozenset[str], clara: bytes | None
) -> list[Any]:
    nova = list(linha)
    nova[_TITULAR] = titular
    for lado, dados in zip((_ANTES, _DEPOIS), lados, strict=True):
        for coluna in colunas & dados.keys():
            dados[coluna] = (
                cifra.APAGADO
                if clara is None
                else cifra.cifrar(dados[coluna], clara=clara, tabela=nova[_TABELA], coluna=coluna, linha=nova[_CHAVE])
            )
        nova[lado] = json.dumps(dados, ensure_ascii=False) if dados else ""
    return nova


def _chaves(titulares: set[UUID], *, em: datetime) -> dict[UUID, bytes | None]:
    """A chave em claro de cada titular, criada se falta; vazia para quem a teve destruída; falta a que não abre."""
    prontas: dict[UUID, bytes | None] = {}
    existentes = set()
    for chave in Chave.objects.filter(titular__in=titulares):
        existentes.add(chave.titular)
        try:
            prontas[chave.titular] = None if chave.destruida_em else cifra.abrir_chave(chave)
        except cifra.NaoAbre as erro:
            registro.error("Linhas do titular %s ficam por lacrar: %s.", chave.titular, erro)
    novas = []
    for titular in titulares - existentes:
        chave, prontas[titular] = cifra.nova_chave(titular=titular, em=em)
        novas.append(chave)
    Chave.objects.bulk_create(novas)
    return prontas
