"""O que se pergunta sobre os fundos, e quem ainda não tem registrados o órgão gestor, o conselho e o fundo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from normas.base.fundamento import Fundamento
from normas.territorio.federacao import UFS
from suas.cadastros.fundos.models import Fundo, Responsavel
from suas.cadastros.orgaos.consultas import (
    DISTRITO_FEDERAL,
    cartoes,
    esta_velho,
    frescor,
    tem_registro_proprio,
)
from suas.cadastros.orgaos.models import Orgao, do_territorio
from suas.cadastros.orgaos.permissoes import cuida
from suas.cadastros.territorio.models import UF, Municipio
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela.afazer import Pendencia

#: O que a NOB/SUAS diz do art. 30 da LOAS; o plano entra quando houver o registro dele.
CONSELHO_PLANO_E_FUNDO = Fundamento(
    norma="Lei nº 8.742/1993 (LOAS), art. 30, como a lê a NOB/SUAS 2005", dispositivo="item 5.1"
)
FUNDO = "fundo"
#: Na ordem da tabela: o que se procura em cada ente, e o nome.
PARTES: Mapping[str, str] = {
    Orgao.Tipo.ORGAO_GESTOR: "Órgão gestor",
    Orgao.Tipo.CONSELHO: "Conselho",
    FUNDO: "Fundo",
}


def fundo_do_ente(codigo: str) -> Fundo | None:
    """O fundo registrado no ente, ou nada."""
    return Fundo.objects.filter(abrangencia=codigo).first()


def de_dentro(onde: str) -> QuerySet[Fundo]:
    """Os fundos dos entes de dentro de um território."""
    return do_territorio(Fundo.objects.all(), onde)


def para_a_pagina_do_ente(codigo: str, ator: Ator, hoje: date) -> dict[str, Any]:
    """O cartão do fundo na página do ente: o registro, quem o gere, e se o ator cuida dele."""
    fundo = fundo_do_ente(codigo)
    gestores = Responsavel.objects.filter(fundo=fundo, funcao=Responsavel.Funcao.GESTOR, ate__isnull=True)
    return {
        "fundo": fundo,
        "gestor": gestores.first() if fundo else None,
        "cuida": cuida(ator, Permissao.FUNDO_ATUALIZAR, codigo=codigo),
        "frescor": frescor(fundo, hoje=hoje) if fundo else "",
    }


@dataclass(frozen=True, kw_only=True)
class Situacao:
    """O que um município tem registrado aqui; cada parte diz sim ou não."""

    codigo: str
    nome: str
    tem: Mapping[str, bool]

    @property
    def faltam(self) -> list[str]:
        """Os nomes do que falta registrar."""
        return [PARTES[parte] for parte, ha in self.tem.items() if not ha]


def situacao_dos_municipios(uf: UF) -> list[Situacao]:
    """Os municípios da UF e o que cada um tem registrado, por nome. O Distrito Federal não tem municípios."""
    if uf.codigo == DISTRITO_FEDERAL:
        return []
    registrados = _registrados(uf.codigo)
    municipios = Municipio.objects.filter(uf=uf, ate_ano__isnull=True).values_list("pk", "nome")
    return [
        Situacao(codigo=codigo, nome=nome, tem={parte: codigo in registrados[parte] for parte in PARTES})
        for codigo, nome in municipios
    ]


def _registrados(territorio: str) -> dict[str, set[str]]:
    """Os entes de dentro do território que têm registro de cada parte."""
    fundos = do_territorio(Fundo.objects.all(), territorio).order_by().values_list("abrangencia", flat=True)
    achados: dict[str, set[str]] = {parte: set() for parte in PARTES} | {FUNDO: set(fundos)}
    orgaos = do_territorio(Orgao.objects.all(), territorio).exclude(tipo=Orgao.Tipo.GOVERNO)
    for codigo, tipo in orgaos.order_by().values_list("abrangencia", "tipo"):
        achados[tipo].add(codigo)
    return achados


def com_registro(situacoes: Iterable[Situacao]) -> dict[str, int]:
    """Quantos municípios têm registro de cada parte."""
    contadas = list(situacoes)
    return {parte: sum(s.tem[parte] for s in contadas) for parte in PARTES}


@dataclass(frozen=True, kw_only=True)
class SituacaoDaUF:
    """Uma UF: quantos municípios tem e quantos têm registro de cada parte; e o que ela mesma tem."""

    uf: UF
    municipios: int
    com: Mapping[str, int]
    propria: Mapping[str, bool]

    @property
    def completos_faltam(self) -> int:
        """Quantos registros faltam, somadas as partes."""
        return sum(self.municipios - quantos for quantos in self.com.values())


def situacao_das_ufs() -> list[SituacaoDaUF]:
    """As 27 UFs por nome. No Distrito Federal conta só o próprio registro."""
    registrados = _registrados(BRASIL)
    ufs = {uf.codigo: uf for uf in UF.objects.all()}
    codigos: dict[str, list[str]] = {codigo: [] for codigo in ufs}
    for codigo in Municipio.objects.filter(ate_ano__isnull=True).order_by().values_list("pk", flat=True):
        if codigo[:2] != DISTRITO_FEDERAL:
            codigos[codigo[:2]].append(codigo)
    return [
        SituacaoDaUF(
            uf=ufs[uf.codigo],
            municipios=len(codigos[uf.codigo]),
            com={parte: sum(codigo in registrados[parte] for codigo in codigos[uf.codigo]) for parte in PARTES},
            propria={parte: uf.codigo in registrados[parte] for parte in PARTES},
        )
        for uf in sorted(UFS, key=lambda uf: uf.nome)
        if uf.codigo in ufs
    ]


def pendencias(ator: Ator, hoje: date) -> Iterable[Pendencia]:
    """“A fazer” de quem cuida do fundo: registrar, conferir o que envelheceu, dizer quem o gere."""
    codigo = ator.abrangencia
    if Permissao.FUNDO_ATUALIZAR not in ator.papel.permissoes or not tem_registro_proprio(codigo):
        return
    fundo = fundo_do_ente(codigo)
    if fundo is None:
        yield Pendencia(
            titulo="Fundo de assistência social: falta registrar",
            situacao="sem registro",
            por_que="Conselho, plano e fundo são condição do repasse (LOAS, art. 30; NOB/SUAS 2005, 5.1).",
            endereco=reverse("fundo-editar", args=[codigo]),
            acao="registrar",
        )
        return
    if not fundo.responsaveis.filter(funcao=Responsavel.Funcao.GESTOR, ate__isnull=True).exists():
        yield Pendencia(
            titulo="Fundo de assistência social: diga quem o gere",
            situacao="sem gestor nomeado",
            por_que="A gestão do fundo cabe ao órgão gestor (NOB/SUAS 2005, 5.1); falta dizer quem responde.",
            endereco=reverse("fundo", args=[codigo]),
            acao="nomear",
        )
    if esta_velho(fundo, hoje=hoje):
        yield Pendencia(
            titulo="Fundo de assistência social: confira o cadastro",
            situacao=frescor(fundo, hoje=hoje) or "nunca conferido",
            por_que="Nunca foi conferido." if fundo.conferido_em is None else "Faz tempo que ninguém confere.",
            endereco=reverse("fundo", args=[codigo]),
            acao="conferir",
        )


def para_a_pagina_do_municipio(municipio: Municipio, ator: Ator, hoje: date) -> dict[str, Any] | None:
    """O que o município tem registrado, para a página dele; o Distrito Federal tem a sua, de UF."""
    codigo = DISTRITO_FEDERAL if municipio.uf_id == DISTRITO_FEDERAL else municipio.pk
    fundo = fundo_do_ente(codigo)
    return {"codigo": codigo, "cartoes": cartoes(codigo), "fundo": fundo}
