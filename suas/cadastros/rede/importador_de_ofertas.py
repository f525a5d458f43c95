"""A planilha dos serviços ofertados: uma linha por serviço de uma unidade que já está no cadastro."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from normas.rede.tipificacao import nomes_dos_servicos
from suas.cadastros.rede import colunas
from suas.cadastros.rede.acoes import ofertas
from suas.cadastros.rede.acoes.periodos import exigir_que_caiba
from suas.cadastros.rede.models import ServicoOfertado, Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.planilha import Codigos
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

    codigos: Codigos
    por_identificador: Mapping[str, Unidade]
    por_nome: Mapping[tuple[str, str], Sequence[Unidade]]
    ofertas: Mapping[tuple[Any, str], Sequence[ServicoOfertado]]


def _preparar(pedido: Pedido) -> _Conjunto:
    unidades = list(Unidade.objects.filter(fundida_em__isnull=True).order_by("pk"))
    por_nome: dict[tuple[str, str], list[Unidade]] = defaultdict(list)
    for unidade in unidades:
        por_nome[unidade.municipio_id, unidade.nome_busca].append(unidade)
    das_unidades: dict[tuple[Any, str], list[ServicoOfertado]] = defaultdict(list)
    for oferta in ServicoOfertado.objects.do_mais_novo():
        das_unidades[oferta.unidade_id, oferta.servico].append(oferta)
    return _Conjunto(
        codigos=Codigos(ano=pedido.em.year, abrangencia=pedido.abrangencia),
        por_identificador={u.identificador: u for u in unidades if u.identificador},
        por_nome=por_nome,
        ofertas=das_unidades,
    )


def _codigo(linha: Linha, conjunto: _Conjunto) -> str:
    return conjunto.codigos.codigo_de(linha["municipio"])


def _unidades(linha: Linha, conjunto: _Conjunto) -> Sequence[Unidade]:
    """As unidades do cadastro que a linha pode dizer: só serve quando é uma."""
    if identificador := linha.get("identificador"):
        achada = conjunto.por_identificador.get(identificador)
        return [achada] if achada else []
    nome = nome_de_busca(linha.get("unidade", ""))
    return conjunto.por_nome.get((_codigo(linha, conjunto), nome), []) if nome else []


def _unidade(linha: Linha, conjunto: _Conjunto) -> Unidade | None:
    achadas = _unidades(linha, conjunto)
    return achadas[0] if len(achadas) == 1 else None


def _rotulo(linha: Linha, conjunto: _Conjunto) -> str:
    unidade = _unidade(linha, conjunto)
    de_quem = unidade.nome if unidade else linha.get("unidade") or linha.get("identificador") or ""
    return f"{SERVICOS[linha['servico']]}, {de_quem}"


def _chave(linha: Linha, conjunto: _Conjunto) -> tuple[str, ...]:
    unidade = _unidade(linha, conjunto)
    de_quem = str(unidade.pk) if unidade else str(linha.get("identificador") or linha.get("unidade") or "")
    return (de_quem, linha["servico"])


def _gravada(linha: Linha, conjunto: _Conjunto) -> ServicoOfertado | None:
    """A oferta que a linha diz: a do mesmo começo ou fim, ou a que não acabou."""
    unidade = _unidade(linha, conjunto)
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
    codigo = _codigo(linha, conjunto)
    if erro := conjunto.codigos.erro_de_existencia(codigo):
        yield Falta(coluna="municipio", mensagem=erro)
        return
    unidade = _unidade(linha, conjunto)
    if unidade is None:
        yield _sem_unidade(linha, conjunto, codigo)
        return
    if unidade.municipio_id != codigo:
        onde = conjunto.codigos.lugar(unidade.municipio_id)
        yield Falta(
            coluna="identificador",
            mensagem=f"{linha['identificador']} é de {unidade.nome}, em {onde}. Confira o número ou o município.",
        )
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


def _sem_unidade(linha: Linha, conjunto: _Conjunto, codigo: str) -> Falta:
    """Por que a linha não diz uma unidade do cadastro."""
    if identificador := linha.get("identificador"):
        return Falta(
            coluna="identificador",
            mensagem=f"{identificador} não é de nenhuma unidade do cadastro. Confira os 11 algarismos, ou importe "
            "primeiro as unidades.",
        )
    if not linha.get("unidade"):
        return Falta(coluna="unidade", mensagem="falta dizer de que unidade. Escreva o identificador ou o nome.")
    quantas = len(_unidades(linha, conjunto))
    onde = conjunto.codigos.lugar(codigo)
    if quantas:
        return Falta(
            coluna="unidade", mensagem=f"há {quantas} unidades com esse nome em {onde}. Escreva o identificador."
        )
    return Falta(
        coluna="unidade",
        mensagem=f"{linha['unidade']} não está no cadastro de {onde}. Confira o nome, ou importe primeiro as unidades.",
    )


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
        unidade, gravada = _unidade(linha, lote.conjunto), _gravada(linha, lote.conjunto)
        if unidade is None:
            raise AplicacaoRecusada(f"Linha {linha.numero}: a unidade já não está no cadastro. Confira de novo.")
        linhas.append(
            ofertas.DaPlanilha(unidade=unidade.pk, dados=_dados(linha, gravada), oferta=gravada.pk if gravada else None)
        )
    try:
        ofertas.importar(linhas=linhas, motivo=f"Planilha {lote.arquivo}", por=por, em=em)
    except AtoRecusado as recusa:
        raise AplicacaoRecusada(str(recusa)) from recusa


def _da_unidade(codigo: str) -> Coluna:
    """A mesma coluna da planilha de unidades."""
    return next(coluna for coluna in colunas.UNIDADES if coluna.codigo == codigo)


OFERTAS = Importador(
    codigo="servicos-ofertados",
    nome="Serviços ofertados",
    resumo="O que cada unidade oferta da Tipificação, com a capacidade e desde quando. Outra pessoa aprova.",
    permissao=Permissao.REDE_ATUALIZAR,
    aprova=Permissao.REDE_APROVAR,
    colunas=(
        _da_unidade("identificador"),
        _da_unidade("municipio"),
        Coluna(
            codigo="unidade",
            nome="Unidade",
            ajuda="O nome como está no cadastro, se não há identificador.",
            exemplo="CRAS Centro",
            ler=celulas.texto(maximo=150),
            sinonimos=("nome", "nome_centro", "nome da unidade", "nome_unidade"),
        ),
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
    territorio=_codigo,
    rotulo=_rotulo,
    chave=_chave,
    conferir=_conferir,
    atual=_atual,
    aplicar=_aplicar,
    destino=("cobertura-servicos", "Ver os serviços"),
)
