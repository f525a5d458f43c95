"""Baixar exatamente o que se vê numa lista: CSV, XLSX, ODS ou JSON, com os avisos e sem o que não é de quem pede.

    # na view, depois de filtrar e ordenar e antes de dividir em páginas
    if exportar.pedido(request):
        lista = exportar.Lista(nome="unidades", titulo="Unidades", colunas=COLUNAS, linhas=linhas)
        return exportar.baixar(request, lista)

    {# na tela #}
    {% call t.tabela("Unidades", colunas, request, exportar=true) %}

`pedido` olha o `?formato=` do endereço: o filtro e a ordem são os da própria página. Onde há mais de uma tabela, cada
uma tem o seu nome: `exportar.pedido(request, "portes")` na view, `exportar="portes"` na tela.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import saida
from suas.nucleo.planilhas.saida import Folha, Tipo
from suas.nucleo.tela import instalacao

SINTETICO = "Demonstração: dados sintéticos"


@dataclass(frozen=True, kw_only=True)
class Coluna(saida.Coluna):
    """Uma coluna da lista. A que tem dado pessoal diz a `permissao` sem a qual não sai."""

    permissao: Permissao | None = None


def coluna(codigo: str, nome: str, tipo: Tipo = "texto", *, permissao: Permissao | None = None) -> Coluna:
    """O mesmo que `Coluna`, mais curto."""
    return Coluna(codigo=codigo, nome=nome, tipo=tipo, permissao=permissao)


@dataclass(frozen=True, kw_only=True)
class Lista:
    """O que a tela mostra, inteiro e na ordem. `nome` é o do arquivo, sem o tipo; `linhas`, um valor por coluna.

    `territorio` é onde se pergunta a permissão das colunas pessoais (vazio: a abrangência de quem pede). `avisos` são
    os da página, como a norma não vigente; o de dado sintético vem sozinho na demonstração, se `sintetica`.
    """

    nome: str
    titulo: str
    colunas: Sequence[Coluna]
    linhas: Iterable[Sequence[Any]]
    avisos: Sequence[str] = ()
    territorio: str = ""
    sintetica: bool = True


def pedido(request: HttpRequest, tabela: str = "") -> str:
    """O formato em que o endereço pede a tabela; vazio se não a pede, ou não num dos que há."""
    return _formato(request) if request.GET.get("tabela", "") == tabela else ""


def _formato(request: HttpRequest) -> str:
    formato = request.GET.get("formato", "")
    return formato if formato in saida.TIPOS else ""


def baixar(request: HttpRequest, lista: Lista) -> HttpResponse:
    """A lista no formato do endereço. A coluna pessoal de quem não tem o direito não sai, nem vazia."""
    formato = _formato(request)
    onde = lista.territorio or request.ator.abrangencia  # type: ignore[attr-defined]
    saem = [
        posicao
        for posicao, c in enumerate(lista.colunas)
        if c.permissao is None or request.ator.pode(c.permissao, em=onde)  # type: ignore[attr-defined]
    ]
    avisos = [*lista.avisos]
    if lista.sintetica and instalacao.atual().demonstracao and not any("sintétic" in aviso for aviso in avisos):
        avisos.append(SINTETICO)
    folha = Folha(
        nome=lista.titulo,
        colunas=tuple(lista.colunas[posicao] for posicao in saem),
        linhas=([linha[posicao] for posicao in saem] for linha in lista.linhas),
    )
    resposta = HttpResponse(saida.escrever(formato, folha, avisos=avisos), content_type=saida.TIPOS[formato])
    nome = f"{lista.nome}.{saida.extensao(formato)}"
    resposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    if any(c.permissao for c in lista.colunas):
        resposta["Cache-Control"] = "private, no-store"
    return resposta
