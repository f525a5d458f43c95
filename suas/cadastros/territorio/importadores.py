"""As planilhas que o território recebe: a população de um ano."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suas.cadastros.territorio import acoes
from suas.cadastros.territorio.models import Populacao
from suas.cadastros.territorio.planilha import COLUNAS_DE_CODIGO, COLUNAS_DE_POPULACAO, MAIOR_POPULACAO, Codigos
from suas.nucleo.importacoes.registro import Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.tela.filtros import numero

TIPOS = {tipo.value: tipo.label.capitalize() for tipo in Populacao.Tipo}


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    codigos: Codigos
    gravadas: Mapping[str, tuple[int, str, str]]
    fonte: str
    tipo: str


def _preparar(pedido: Pedido) -> _Conjunto:
    ano = pedido.respostas["ano"]
    gravadas = Populacao.objects.filter(ano=ano).values_list("municipio_id", "habitantes", "fonte", "tipo")
    return _Conjunto(
        codigos=Codigos(ano=ano, abrangencia=pedido.abrangencia),
        gravadas={codigo: (habitantes, fonte, tipo) for codigo, habitantes, fonte, tipo in gravadas},
        fonte=pedido.respostas["fonte"],
        tipo=pedido.respostas["tipo"],
    )


def _codigo(linha: Linha, conjunto: _Conjunto) -> str:
    return conjunto.codigos.codigo_de(linha["municipio"])


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    if erro := conjunto.codigos.erro_de_existencia(_codigo(linha, conjunto)):
        yield Falta(coluna="municipio", mensagem=erro)


def _atual(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    gravada = conjunto.gravadas.get(_codigo(linha, conjunto))
    if gravada is None:
        return None
    habitantes, fonte, tipo = gravada
    # outra fonte ou outro tipo também é mudança: a linha não é a mesma ainda que o número seja
    return {**linha.valores, "habitantes": habitantes if (fonte, tipo) == (conjunto.fonte, conjunto.tipo) else None}


def _aplicar(lote: Lote, *, por: Ator, em: datetime) -> None:
    respostas = lote.pedido.respostas
    acoes.gravar_populacao(
        habitantes={_codigo(linha, lote.conjunto): linha["habitantes"] for linha in lote.linhas},
        ano=respostas["ano"],
        fonte=respostas["fonte"],
        tipo=respostas["tipo"],
        por=por,
        em=em,
    )


POPULACAO = Importador(
    codigo="populacao",
    nome="População dos municípios",
    resumo="Os habitantes de cada município num ano, com a fonte. É dela que sai o porte.",
    permissao=Permissao.POPULACAO_IMPORTAR,
    perguntas=(
        Coluna(
            codigo="ano",
            nome="Ano dos dados",
            ajuda="O ano a que os números se referem, com quatro algarismos.",
            exemplo="2022",
            ler=celulas.inteiro(minimo=1990, maximo=2100),
            obrigatoria=True,
        ),
        Coluna(
            codigo="fonte",
            nome="Fonte",
            ajuda="Quem publicou e o quê, como “IBGE, Censo Demográfico 2022”.",
            exemplo="IBGE, Censo Demográfico 2022",
            ler=celulas.texto(maximo=200),
            obrigatoria=True,
        ),
        Coluna(
            codigo="tipo",
            nome="Tipo",
            ajuda="Como o número foi obtido.",
            exemplo="censo",
            ler=celulas.escolha(TIPOS),
            opcoes=TIPOS,
            obrigatoria=True,
        ),
    ),
    colunas=(
        Coluna(
            codigo="municipio",
            nome="Município",
            ajuda="O código do IBGE, de 7 ou 6 dígitos, ou o nome, como Serra ou Serra/ES.",
            exemplo="3205002",
            ler=celulas.texto(maximo=80),
            obrigatoria=True,
            sinonimos=COLUNAS_DE_CODIGO,
        ),
        Coluna(
            codigo="habitantes",
            nome="Habitantes",
            ajuda="Quantas pessoas, em número inteiro.",
            exemplo="520653",
            ler=celulas.inteiro(minimo=1, maximo=MAIOR_POPULACAO),
            escrever=numero,
            obrigatoria=True,
            numero=True,
            sinonimos=COLUNAS_DE_POPULACAO,
        ),
        Coluna(
            codigo="ano",
            nome="Ano",
            ajuda="Se a planilha traz vários: as linhas dos outros anos não se leem.",
            exemplo="2022",
            ler=celulas.inteiro(minimo=1872, maximo=2100),
            escrever=str,
            no_modelo=False,
            dispensavel=True,
        ),
    ),
    le=("territorio.populacao", "territorio.municipio"),
    preparar=_preparar,
    de_lado=lambda linha, conjunto: linha.get("ano", conjunto.codigos.ano) != conjunto.codigos.ano,
    territorio=_codigo,
    rotulo=lambda linha, conjunto: conjunto.codigos.lugar(_codigo(linha, conjunto)),
    chave=_codigo,
    conferir=_conferir,
    atual=_atual,
    aplicar=_aplicar,
    destino=("territorio-brasil", "Ver os municípios"),
)
