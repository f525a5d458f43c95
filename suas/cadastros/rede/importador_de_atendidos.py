"""A planilha dos municípios atendidos: uma linha por município que uma unidade regional do cadastro atende."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suas.cadastros.rede import na_planilha
from suas.cadastros.rede.acoes import atendidos
from suas.cadastros.rede.acoes.periodos import exigir_que_caiba
from suas.cadastros.rede.models import MunicipioAtendido
from suas.nucleo.importacoes.registro import AplicacaoRecusada, Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import numero

#: O que a linha diz de um município atendido, além de qual é.
DITOS = ("vagas", "cota_percentual", "fluxo", "desde")


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    unidades: na_planilha.Unidades
    atendidos: Mapping[tuple[Any, str], Sequence[MunicipioAtendido]]


def _preparar(pedido: Pedido) -> _Conjunto:
    das_unidades: dict[tuple[Any, str], list[MunicipioAtendido]] = defaultdict(list)
    for atendido in MunicipioAtendido.objects.do_mais_novo():
        das_unidades[atendido.unidade_id, atendido.municipio_id].append(atendido)
    return _Conjunto(unidades=na_planilha.ler(pedido), atendidos=das_unidades)


def _atendido(linha: Linha, conjunto: _Conjunto) -> str:
    """O código do município atendido; o nome que se repete no país vale o do estado da sede."""
    codigos, escrito = conjunto.unidades.codigos, linha["atendido"]
    codigo = codigos.codigo_de(escrito)
    sede = codigos.conhecidos.get(conjunto.unidades.codigo(linha))
    if codigo in codigos.conhecidos or sede is None:
        return codigo
    do_estado = codigos.codigo_de(f"{escrito} {sede.uf.sigla}")
    return do_estado if do_estado in codigos.conhecidos else codigo


def _rotulo(linha: Linha, conjunto: _Conjunto) -> str:
    lugar = conjunto.unidades.codigos.lugar(_atendido(linha, conjunto)) or linha["atendido"]
    return f"{lugar}, por {conjunto.unidades.rotulo(linha)}"


def _gravado(linha: Linha, conjunto: _Conjunto) -> MunicipioAtendido | None:
    """O período que a linha diz: o do mesmo começo ou fim, ou o que não acabou."""
    unidade = conjunto.unidades.achar(linha)
    if unidade is None:
        return None
    todos = conjunto.atendidos.get((unidade.pk, _atendido(linha, conjunto)), [])
    for nome in ("desde", "ate"):
        for atendido in todos:
            if linha.get(nome) is not None and getattr(atendido, nome) == linha.get(nome):
                return atendido
    return next((atendido for atendido in todos if atendido.ate is None), None)


def _combinado(linha: Linha, gravado: MunicipioAtendido | None) -> atendidos.Combinado:
    """O que fica: o que a linha diz e, do que ela não diz, o que está gravado."""
    ditos = {nome: linha.get(nome, getattr(gravado, nome, None)) for nome in DITOS}
    return atendidos.Combinado(**ditos | {"fluxo": ditos["fluxo"] or ""})


def _ate(linha: Linha, gravado: MunicipioAtendido | None) -> Any:
    return linha.get("ate", getattr(gravado, "ate", None))


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    unidade, faltas = conjunto.unidades.achar(linha), list(conjunto.unidades.faltas(linha))
    codigo = _atendido(linha, conjunto)
    if erro := conjunto.unidades.codigos.erro_de_existencia(codigo):
        faltas.append(Falta(coluna="atendido", mensagem=erro))
    if faltas or unidade is None:
        yield from faltas
        return
    gravado = _gravado(linha, conjunto)
    outros = [a for a in conjunto.atendidos.get((unidade.pk, codigo), []) if a is not gravado]
    de_que = conjunto.unidades.codigos.lugar(codigo)
    desde, ate = _combinado(linha, gravado).desde, _ate(linha, gravado)
    try:
        exigir_que_caiba(unidade=unidade, de_que=de_que, desde=desde, ate=ate, outros=outros)
    except AtoRecusado as recusa:
        yield Falta(coluna=recusa.campo or "", mensagem=str(recusa))


def _atual(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    gravado = _gravado(linha, conjunto)
    if gravado is None:
        return None
    # o que diz de que unidade e de que município se trata é igual por definição
    ditas = {nome: linha.get(nome) for nome in ("identificador", "municipio", "unidade", "atendido")}
    return ditas | {nome: getattr(gravado, nome) for nome in (*DITOS, "ate")}


def _aplicar(lote: Lote, *, por: Ator, em: Any) -> None:
    linhas = []
    for linha in lote.linhas:
        unidade, gravado = lote.conjunto.unidades.achar(linha), _gravado(linha, lote.conjunto)
        if unidade is None:
            raise AplicacaoRecusada(f"Linha {linha.numero}: a unidade já não está no cadastro. Confira de novo.")
        linhas.append(
            atendidos.DaPlanilha(
                unidade=unidade.pk,
                municipio=_atendido(linha, lote.conjunto),
                combinado=_combinado(linha, gravado),
                ate=_ate(linha, gravado),
                atendido=gravado.pk if gravado else None,
            )
        )
    try:
        atendidos.importar(linhas=linhas, motivo=f"Planilha {lote.arquivo}", por=por, em=em)
    except AtoRecusado as recusa:
        raise AplicacaoRecusada(str(recusa)) from recusa


ATENDIDOS = Importador(
    codigo="municipios-atendidos",
    nome="Municípios atendidos por unidade regional",
    resumo="Que municípios cada unidade regional atende, com a cota de vagas, a parte no custo e o fluxo. "
    "Outra pessoa aprova.",
    permissao=Permissao.REDE_ATUALIZAR,
    aprova=Permissao.REDE_APROVAR,
    colunas=(
        *na_planilha.COLUNAS,
        Coluna(
            codigo="atendido",
            nome="Município atendido",
            ajuda="O código do IBGE ou o nome do município que a unidade atende.",
            exemplo="3202207",
            ler=celulas.texto(maximo=80),
            obrigatoria=True,
            sinonimos=("municipio atendido", "municipio referenciado", "municipio vinculado", "codigo do atendido"),
        ),
        Coluna(
            codigo="vagas",
            nome="Cota de vagas",
            ajuda="As vagas guardadas ao município; em branco, não há cota.",
            exemplo="20",
            ler=celulas.inteiro(minimo=0, maximo=1_000_000),
            escrever=numero,
            numero=True,
            sinonimos=("vagas", "vagas do municipio"),
        ),
        Coluna(
            codigo="cota_percentual",
            nome="Parte no custo",
            ajuda="De 0 a 100, com até duas casas; o sinal de % é dispensável.",
            exemplo="25,5",
            ler=celulas.decimal(casas=2, minimo=0, maximo=100),
            escrever=lambda valor: numero(valor, 2) if valor is not None else "",
            numero=True,
            sinonimos=("cota", "percentual", "parte no custo (%)", "rateio"),
        ),
        Coluna(
            codigo="fluxo",
            nome="Fluxo de acesso",
            ajuda="Como quem mora no município chega à unidade.",
            exemplo="O CRAS encaminha e a unidade marca a acolhida",
            ler=celulas.texto(maximo=1000),
            sinonimos=("fluxo", "como se chega"),
        ),
        Coluna(
            codigo="desde",
            nome="Desde",
            ajuda="O dia em que começou.",
            exemplo="01/02/2020",
            ler=celulas.dia(),
            sinonimos=("inicio", "data de inicio", "data_inicio"),
        ),
        Coluna(
            codigo="ate",
            nome="Até",
            ajuda="O primeiro dia em que já não atende; em branco, atende.",
            exemplo="01/02/2026",
            ler=celulas.dia(),
            sinonimos=("fim", "data de encerramento", "data_fim"),
        ),
    ),
    le=("rede.unidade", "rede.municipioatendido", "territorio.municipio"),
    preparar=_preparar,
    territorio=lambda linha, conjunto: conjunto.unidades.codigo(linha),
    rotulo=_rotulo,
    chave=lambda linha, conjunto: (conjunto.unidades.chave(linha), _atendido(linha, conjunto)),
    conferir=_conferir,
    atual=_atual,
    aplicar=_aplicar,
    destino=("rede-lista", "Ver a rede"),
)
