"""O que sai das fichas de órgãos e fundos, em PDF e em planilha: quem responde, quem já respondeu e a lei."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from suas.cadastros.orgaos.models import DoEnte, MandatoDeAlguem
from suas.nucleo.tela import exportar, papel
from suas.nucleo.tela.filtros import dia, inicial

SEM_VALOR = "—"
#: As tabelas da ficha que se baixam: o nome no endereço.
RESPONDEM, JA_RESPONDERAM = "respondem", "ja-responderam"
COLUNAS = (
    exportar.coluna("nome", "Nome"),
    exportar.coluna("cargo", "Cargo"),
    exportar.coluna("funcao", "Função"),
    exportar.coluna("desde", "Desde", "dia"),
    exportar.coluna("previsto_ate", "Previsto até", "dia"),
    exportar.coluna("ultimo_dia", "Último dia", "dia"),
    exportar.coluna("ato", "Ato"),
)


def em_planilha(
    request: HttpRequest, registro: DoEnte, *, nome: str, mandatos: Iterable[MandatoDeAlguem]
) -> HttpResponse | None:
    """A tabela de quem responde, ou a de quem já respondeu, se o endereço a pede em arquivo."""
    for tabela, abertos in ((RESPONDEM, True), (JA_RESPONDERAM, False)):
        if exportar.pedido(request, tabela):
            linhas = [
                (m.nome, m.cargo, inicial(_funcao(m)), m.desde, m.previsto_ate, m.ultimo_dia, m.ato_escrito)
                for m in mandatos
                if (m.ate is None) is abertos
            ]
            avisos = ("Registro inventado para a demonstração: dados sintéticos",) if registro.sintetico else ()
            lista = exportar.Lista(
                nome=f"{nome}-{tabela}", titulo=registro.nome, colunas=COLUNAS, linhas=linhas, avisos=avisos
            )
            return exportar.baixar(request, lista)
    return None


def quem_responde(mandatos: Iterable[MandatoDeAlguem]) -> list[papel.Parte]:
    """Quem responde hoje e, se houve, quem já respondeu."""
    todos = list(mandatos)
    abertos = [m for m in todos if m.ate is None]
    anteriores = [m for m in todos if m.ate is not None]
    partes: list[papel.Parte] = [
        papel.Quadro(
            titulo="Quem responde",
            colunas=("Nome", "Função", "Desde", "Ato"),
            linhas=[(_com_cargo(m), inicial(_funcao(m)), _desde(m), m.ato_escrito or SEM_VALOR) for m in abertos],
            larguras=(36, 20, 20, 24),
        )
        if abertos
        else papel.Texto(titulo="Quem responde", texto="Ninguém registrado agora.")
    ]
    if anteriores:
        partes.append(
            papel.Quadro(
                titulo="Quem já respondeu",
                colunas=("Nome", "Função", "De", "Até"),
                linhas=[(_com_cargo(m), inicial(_funcao(m)), dia(m.desde), dia(m.ultimo_dia)) for m in anteriores],
                larguras=(36, 24, 20, 20),
            )
        )
    return partes


def _com_cargo(mandato: MandatoDeAlguem) -> str:
    return f"{mandato.nome}, {mandato.cargo}" if mandato.cargo else mandato.nome


def _funcao(mandato: MandatoDeAlguem) -> str:
    return str(getattr(mandato, "na_funcao", ""))


def _desde(mandato: MandatoDeAlguem) -> str:
    previsto = f", previsto até {dia(mandato.previsto_ate)}" if mandato.previsto_ate else ""
    return f"{dia(mandato.desde)}{previsto}"


def a_lei(registro: DoEnte) -> Sequence[tuple[str, str]]:
    """A lei de criação, as alterações e o decreto."""
    return (
        ("Lei de criação", registro.lei_escrita or SEM_VALOR),
        ("Alterações", registro.lei_alteracoes or SEM_VALOR),
        ("Decreto", registro.decreto or SEM_VALOR),
    )
