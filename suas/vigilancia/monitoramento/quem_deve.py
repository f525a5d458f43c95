"""Quem deve os sistemas federais que ainda não têm módulo aqui: Censo SUAS, SISC, Demonstrativo e Plano de Ação.

A entrega deles se faz no sistema federal; nesta instalação se informa, com o protocolo. O módulo que vier a receber um
deles leva a declaração consigo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count

from normas.prazos.periodos import Periodo
from normas.territorio.federacao import UF_POR_CODIGO, UFS
from suas.cadastros.rede.models import Unidade, UnidadeQuerySet
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.obrigacoes.prazos import Calendario
from suas.nucleo.obrigacoes.sistemas import CONSELHO, FUNDO, GESTAO, UNIDADE, Declaracao, Devedor, declarar

#: Os tipos de unidade que têm formulário no Censo SUAS, com o nome do calendário.
DO_CENSO: Mapping[str, str] = {
    Unidade.Tipo.CRAS: "CRAS",
    Unidade.Tipo.CREAS: "CREAS",
    Unidade.Tipo.CREAS_REGIONAL: "CREAS",
    Unidade.Tipo.CENTRO_POP: "Centro POP",
    Unidade.Tipo.CENTRO_CONVIVENCIA: "Centro de Convivência",
    Unidade.Tipo.CENTRO_DIA: "Centro-Dia",
    Unidade.Tipo.ACOLHIMENTO: "Unidade de Acolhimento",
    Unidade.Tipo.POSTO_CADUNICO: "Posto de Cadastramento Único",
}
NOME_DO_ALVO = {GESTAO: "Gestão", FUNDO: "Fundo", CONSELHO: "Conselho"}
_COMECO = {GESTAO: "Órgão gestor", FUNDO: "Fundo", CONSELHO: "Conselho"}
#: O Distrito Federal é um só: conta como município.
_DISTRITO_FEDERAL = "53"
SO_QUEM_RECEBE = "Deve quem recebe o cofinanciamento federal; esta instalação não sabe quem o recebe."


def registrar() -> None:
    """Diz ao núcleo quem deve cada um; chamado no `ready` do módulo."""
    declarar(
        Declaracao(
            sistema="CENSO",
            etapas=("preenchimento",),
            quem=UNIDADE,
            alvos=tuple(dict.fromkeys(DO_CENSO.values())),
            contar=_contar_unidades,
            listar=_listar_unidades,
            vivas=lambda periodo: _do_censo(periodo).values("pk"),
        )
    )
    for quem in (GESTAO, FUNDO, CONSELHO):
        _declarar_entes("CENSO", ("preenchimento",), quem)
    _declarar_entes("SISC", ("confirmação de participação",), GESTAO, com_estados=False, ressalva=SO_QUEM_RECEBE)
    for sistema in ("DEMONSTRATIVO", "PLANO-DE-ACAO"):
        _declarar_entes(sistema, ("gestor",), GESTAO, ressalva=SO_QUEM_RECEBE)
        _declarar_entes(sistema, ("conselho",), CONSELHO, ressalva=SO_QUEM_RECEBE)


def _declarar_entes(
    sistema: str, etapas: tuple[str, ...], quem: str, *, com_estados: bool = True, ressalva: str = ""
) -> None:
    declarar(
        Declaracao(
            sistema=sistema,
            etapas=etapas,
            quem=quem,
            alvos=(NOME_DO_ALVO[quem],),
            contar=partial(_contar_entes, quem, com_estados),
            listar=partial(_listar_entes, quem, com_estados),
            ressalva=ressalva,
        )
    )


def _do_censo(periodo: Periodo) -> UnidadeQuerySet:
    """As unidades que respondem ao censo do ano: as que funcionavam quando o preenchimento abriu."""
    dia = _abertura_do_censo(periodo)
    return Unidade.objects.em_funcionamento(dia).filter(tipo__in=list(DO_CENSO))


def _abertura_do_censo(periodo: Periodo) -> date:
    janelas = Calendario().janelas("CENSO", periodo)
    abertas = [a.janela.abre for a in janelas if a.janela.etapa == "preenchimento" and a.janela.abre]
    return min(abertas, default=periodo.primeiro.desde)


def _unidades(periodo: Periodo, onde: str, alvos: tuple[str, ...]) -> UnidadeQuerySet:
    unidades = _do_censo(periodo).da_abrangencia(onde)
    return unidades.filter(tipo__in=[t for t, alvo in DO_CENSO.items() if alvo in alvos]) if alvos else unidades


def _contar_unidades(periodo: Periodo, onde: str, alvos: tuple[str, ...]) -> Mapping[tuple[str, str], int]:
    contadas: dict[tuple[str, str], int] = {}
    linhas = _unidades(periodo, onde, alvos).order_by().values_list("municipio_id", "tipo").annotate(n=Count("pk"))
    for municipio, tipo, quantas in linhas:
        chave = municipio, DO_CENSO[tipo]
        contadas[chave] = contadas.get(chave, 0) + quantas
    return contadas


def _listar_unidades(periodo: Periodo, onde: str, alvos: tuple[str, ...]) -> Iterator[Devedor]:
    ordenadas = _unidades(periodo, onde, alvos).order_by("municipio_id", "tipo", "nome_busca", "pk")
    for pk, nome, tipo, municipio in ordenadas.values_list("pk", "nome", "tipo", "municipio_id"):
        yield Devedor(quem=UNIDADE, nome=nome, alvo=DO_CENSO[tipo], abrangencia=municipio, unidade=pk)


def _entes(periodo: Periodo, onde: str, com_estados: bool) -> Iterator[tuple[str, str]]:
    """O código e o nome de cada ente do lugar: os estados, depois os municípios que existiam no ano."""
    if com_estados and len(onde) == 2:  # BR ou uma UF
        yield from ((uf.codigo, uf.nome) for uf in UFS if onde in {"BR", uf.codigo} and uf.codigo != _DISTRITO_FEDERAL)
    existem: Any = Municipio.objects.existentes_em(periodo.ultimo.ano).da_abrangencia(onde).order_by("codigo_ibge")
    for codigo, nome in existem.values_list("codigo_ibge", "nome"):
        yield codigo, f"{nome}/{UF_POR_CODIGO[codigo[:2]].sigla}"


def _contar_entes(
    quem: str, com_estados: bool, periodo: Periodo, onde: str, alvos: tuple[str, ...]
) -> Mapping[tuple[str, str], int]:
    alvo = NOME_DO_ALVO[quem]
    if alvos and alvo not in alvos:
        return {}
    return {(codigo, alvo): 1 for codigo, _ in _entes(periodo, onde, com_estados)}


def _listar_entes(
    quem: str, com_estados: bool, periodo: Periodo, onde: str, alvos: tuple[str, ...]
) -> Iterator[Devedor]:
    alvo = NOME_DO_ALVO[quem]
    if alvos and alvo not in alvos:
        return
    for codigo, nome in _entes(periodo, onde, com_estados):
        yield Devedor(quem=quem, nome=f"{_COMECO[quem]}: {nome}", alvo=alvo, abrangencia=codigo)
