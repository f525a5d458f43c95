"""A planilha dos serviços ofertados: uma linha por serviço de uma unidade que já está no cadastro."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from normas.rede.tipificacao import nomes_dos_servicos
from suas.cadastros.rede import na_planilha
from suas.cadastros.rede.acoes import ofertas
from suas.cadastros.rede.acoes.periodos import exigir_que_caiba
from suas.cadastros.rede.models import ServicoOfertado
from suas.nucleo.importacoes.registro import AplicacaoRecusada, Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import numero

SERVICOS = nomes_dos_servicos()
#: Como as pessoas chamam os serviços nas planilhas.
SINONIMOS = {
    "Proteção e Atendimento Integral à Família": "paif",
    "SCFV": "scfv",
    "Convivência e Fortalecimento de Vínculos": "scfv",
    "PSB no Domicílio": "psb_domicilio",
    "Abordagem Social": "abordagem_social",
    "MSE": "mse_la_psc",
    "LA/PSC": "mse_la_psc",
    "Medidas Socioeducativas": "mse_la_psc",
    "Acolhimento Institucional": "acolhimento_institucional",
    "República": "acolhimento_republica",
    "Família Acolhedora": "acolhimento_familia",
}


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    unidades: na_planilha.Unidades
    ofertas: Mapping[tuple[Any, str], Sequence[ServicoOfertado]]


def _preparar(pedido: Pedido) -> _Conjunto:
    das_unidades: dict[tuple[Any, str], list[ServicoOfertado]] = defaultdict(list)
    for oferta in ServicoOfertado.objects.do_mais_novo():
        das_unidades[oferta.unidade_id, oferta.servico].append(oferta)
    return _Conjunto(unidades=na_planilha.ler(pedido), ofertas=das_unidades)


def _gravada(linha: Linha, conjunto: _Conjunto) -> ServicoOfertado | None:
    """A oferta que a linha diz: a do mesmo começo ou fim, ou a que não acabou."""
    unidade = conjunto.unidades.achar(linha)
    if unidade is None:
        return None
    todas = conjunto.ofertas.get((unidade.pk, linha["servico"]), [])
    for nome in ("desde", "ate"):
        for oferta in todas:
            if linha.get(nome) is not None and getattr(oferta, nome) == linha.get(nome):
                return oferta
    return next((oferta for oferta in todas if oferta.ate is None), None)


def _dados(linha: Linha, gravada: ServicoOfertado | None) -> ofertas.Dados:
    """O que fica: o que a linha diz e, do que ela não diz, o que está gravado."""
    ditos = {nome: linha.get(nome, getattr(gravada, nome, None)) for nome in ("capacidade", "desde", "ate")}
    return ofertas.Dados(servico=linha["servico"], **ditos)


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    unidade, faltas = conjunto.unidades.achar(linha), list(conjunto.unidades.faltas(linha))
    if faltas or unidade is None:
        yield from faltas
        return
    gravada = _gravada(linha, conjunto)
    dados = _dados(linha, gravada)
    outras = [o for o in conjunto.ofertas.get((unidade.pk, dados.servico), []) if o is not gravada]
    try:
        exigir_que_caiba(
            unidade=unidade, de_que=SERVICOS[dados.servico], desde=dados.desde, ate=dados.ate, outros=outras
        )
    except AtoRecusado as recusa:
        yield Falta(coluna=recusa.campo or "", mensagem=str(recusa))


def _atual(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    gravada = _gravada(linha, conjunto)
    if gravada is None:
        return None
    # o que diz de que unidade se trata é igual por definição
    ditas = {nome: linha.get(nome) for nome in ("identificador", "municipio", "unidade")}
    return ditas | {nome: getattr(gravada, nome) for nome in ("servico", "capacidade", "desde", "ate")}


def _aplicar(lote: Lote, *, por: Ator, em: Any) -> None:
    linhas = []
    for linha in lote.linhas:
        unidade, gravada = lote.conjunto.unidades.achar(linha), _gravada(linha, lote.conjunto)
        if unidade is None:
            raise AplicacaoRecusada(f"Linha {linha.numero}: a unidade já não está no cadastro. Confira de novo.")
        linhas.append(
            ofertas.DaPlanilha(unidade=unidade.pk, dados=_dados(linha, gravada), oferta=gravada.pk if gravada else None)
        )
    try:
        ofertas.importar(linhas=linhas, motivo=f"Planilha {lote.arquivo}", por=por, em=em)
    except AtoRecusado as recusa:
        raise AplicacaoRecusada(str(recusa)) from recusa


OFERTAS = Importador(
    codigo="servicos-ofertados",
    nome="Serviços ofertados",
    resumo="O que cada unidade oferta da Tipificação, com a capacidade e desde quando. Outra pessoa aprova.",
    permissao=Permissao.REDE_ATUALIZAR,
    aprova=Permissao.REDE_APROVAR,
    colunas=(
        *na_planilha.COLUNAS,
        Coluna(
            codigo="servico",
            nome="Serviço",
            ajuda="O nome da Tipificação, a sigla ou o código, como PAIF.",
            exemplo="PAIF",
            ler=celulas.escolha(SERVICOS, sinonimos=SINONIMOS),
            escrever=lambda valor: SERVICOS.get(valor, ""),
            opcoes=SERVICOS,
            obrigatoria=True,
            sinonimos=("servico_ofertado", "servico da tipificacao", "tipo de servico"),
        ),
        Coluna(
            codigo="capacidade",
            nome="Capacidade",
            ajuda="Pessoas ou famílias que cabem.",
            exemplo="120",
            ler=celulas.inteiro(minimo=0, maximo=1_000_000),
            escrever=numero,
            numero=True,
            sinonimos=("vagas", "capacidade de atendimento"),
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
            ajuda="O primeiro dia em que já não oferta; em branco, oferta.",
            exemplo="01/02/2026",
            ler=celulas.dia(),
            sinonimos=("fim", "data de encerramento", "data_fim"),
        ),
    ),
    le=("rede.unidade", "rede.servicoofertado", "territorio.municipio"),
    preparar=_preparar,
    territorio=lambda linha, conjunto: conjunto.unidades.codigo(linha),
    rotulo=lambda linha, conjunto: f"{SERVICOS[linha['servico']]}, {conjunto.unidades.rotulo(linha)}",
    chave=lambda linha, conjunto: (conjunto.unidades.chave(linha), linha["servico"]),
    conferir=_conferir,
    atual=_atual,
    aplicar=_aplicar,
    destino=("cobertura-servicos", "Ver os serviços"),
)
