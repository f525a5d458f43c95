"""O PDF das páginas que se imprimem: A4, preto e branco, com o órgão, o período, a página e o caminho de volta.

    documento = Papel(titulo="Vitória/ES", sobre="Município", periodo="2022", endereco="/territorio/municipio/3205309/",
                      partes=[Ficha(pares=[("Porte", "Grande")]), Quadro(titulo=..., colunas=..., linhas=...)])
    return papel.como_pdf(request, documento, nome="vitoria-es")

É o que se leva a uma reunião ou se junta a um processo, não uma cópia da tela (ADR 0038).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela import instalacao
from suas.nucleo.tela.exportar import SINTETICO
from suas.nucleo.tela.filtros import momento


@dataclass(frozen=True, kw_only=True)
class Texto:
    """Um parágrafo, com um título opcional em cima."""

    texto: str
    titulo: str = ""


@dataclass(frozen=True, kw_only=True)
class Ficha:
    """Pares de rótulo e valor, um por linha."""

    pares: Sequence[tuple[str, str]]
    titulo: str = ""


@dataclass(frozen=True, kw_only=True)
class Quadro:
    """Uma tabela. `numeros` são as posições das colunas alinhadas à direita; o cabeçalho repete em cada página."""

    titulo: str
    colunas: Sequence[str]
    linhas: Sequence[Sequence[str]]
    numeros: frozenset[int] = frozenset()
    larguras: Sequence[int] = ()
    fonte: str = ""


Parte = Texto | Ficha | Quadro


@dataclass(frozen=True, kw_only=True)
class Papel:
    """Um documento: o que é, de que período, de onde veio e as partes. `endereco` é o da página na tela."""

    titulo: str
    endereco: str
    partes: Sequence[Parte]
    sobre: str = ""
    periodo: str = ""
    avisos: Sequence[str] = ()


def como_pdf(request: HttpRequest, papel: Papel, *, nome: str) -> HttpResponse:
    """O documento para baixar ou imprimir. `nome` é o do arquivo, sem o tipo."""
    casa = instalacao.atual()
    avisos = [
        *papel.avisos,
        *([SINTETICO] if casa.demonstracao and not any("sintétic" in a for a in papel.avisos) else []),
    ]
    volta = request.build_absolute_uri(papel.endereco)
    ator: Ator = request.ator  # type: ignore[attr-defined]
    conteudo = montar(
        papel,
        orgao=casa.orgao,
        volta=volta,
        avisos=avisos,
        em=request.agora,  # type: ignore[attr-defined]
        por=_quem_emitiu(ator),
    )
    resposta = HttpResponse(conteudo, content_type="application/pdf")
    resposta["Content-Disposition"] = f'inline; filename="{nome}.pdf"'
    if not ator.e_publico:
        resposta["Cache-Control"] = "private, no-store"
    return resposta


def _quem_emitiu(ator: Ator) -> str:
    """“por Fulana, coordenação de CRAS, …”, ou que veio da página pública."""
    if ator.pessoa is None:
        return "na consulta pública"
    return f"por {ator.pessoa.nome}" + (f" ({ator.vinculo.em_frase})" if ator.vinculo else "")


def montar(
    papel: Papel, *, orgao: str, volta: str, avisos: Sequence[str], em: datetime, por: str = "na consulta pública"
) -> bytes:
    """Os bytes do PDF; o mesmo documento, no mesmo instante, pela mesma pessoa, dá os mesmos bytes."""
    from suas.nucleo.tela.folha import Folha  # pesa na subida, e poucas páginas se imprimem

    folha = Folha(papel, orgao=orgao, volta=volta, avisos=avisos, emissao=f"{momento(em)} {por}", em=em)
    folha.add_page()
    for parte in papel.partes:
        folha.parte(parte)
    return bytes(folha.output())
