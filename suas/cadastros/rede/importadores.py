"""A planilha de unidades: as colunas do CadSUAS e as dos arquivos públicos de unidades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from suas.cadastros.rede import colunas
from suas.cadastros.rede.acoes import importacao
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.colunas import falta_do_cep
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.planilha import Codigos
from suas.nucleo.importacoes.registro import Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas

#: Colunas que dizem de que linha se trata; a unidade não as guarda.
NAO_SE_GRAVAM = ("situacao", "ano")
Chave = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    codigos: Codigos
    unidades: Sequence[Unidade]
    tipo: str
    fonte: str
    ano: int | None

    @cached_property
    def por_identificador(self) -> Mapping[str, Unidade]:
        """Todas, também as juntadas a outra: o identificador é único no país."""
        return {u.identificador: u for u in self.unidades if u.identificador}

    @cached_property
    def por_nome(self) -> Mapping[Chave, Unidade]:
        """As que contam, para a linha sem identificador."""
        return {
            _chave_de(u.municipio_id, u.tipo, u.nome, u.bairro, u.logradouro): u
            for u in self.unidades
            if u.fundida_em_id is None
        }


def _preparar(pedido: Pedido) -> _Conjunto:
    return _Conjunto(
        codigos=Codigos(ano=pedido.em.year, abrangencia=pedido.abrangencia),
        unidades=list(Unidade.objects.select_related("fundida_em").order_by("pk")),
        tipo=pedido.respostas.get("tipo") or "",
        fonte=pedido.respostas["fonte"],
        ano=pedido.respostas.get("ano"),
    )


def _chave_de(municipio: str, tipo: str, nome: str, bairro: str, logradouro: str) -> Chave:
    return (municipio, tipo, *map(nome_de_busca, (nome, bairro, logradouro)))


def _codigo(linha: Linha, conjunto: _Conjunto) -> str:
    return conjunto.codigos.codigo_de(linha["municipio"])


def _tipo(linha: Linha, conjunto: _Conjunto) -> str:
    return str(linha.get("tipo") or conjunto.tipo)


def _nome(linha: Linha, conjunto: _Conjunto) -> str:
    """O nome da linha ou, se ela não o traz, o tipo com o bairro: “CRAS Centro”."""
    dito = linha.get("nome")
    tipo = colunas.TIPOS.get(_tipo(linha, conjunto), "Unidade")
    return str(dito or f"{tipo} {linha.get('bairro') or linha.get('identificador') or ''}".strip())


def _chave(linha: Linha, conjunto: _Conjunto) -> Chave:
    if identificador := linha.get("identificador"):
        return (identificador,)
    onde = (linha.get("bairro", ""), linha.get("logradouro", ""))
    return _chave_de(_codigo(linha, conjunto), _tipo(linha, conjunto), _nome(linha, conjunto), *onde)


def _gravada(linha: Linha, conjunto: _Conjunto) -> Unidade | None:
    chave = _chave(linha, conjunto)
    return conjunto.por_identificador.get(chave[0]) if len(chave) == 1 else conjunto.por_nome.get(chave)


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    codigo = _codigo(linha, conjunto)
    if erro := conjunto.codigos.erro_de_existencia(codigo):
        yield Falta(coluna="municipio", mensagem=erro)
        return
    if not _tipo(linha, conjunto):
        yield Falta(
            coluna="tipo", mensagem="falta o tipo da unidade. Escreva na coluna, ou escolha um para o arquivo todo."
        )
    if "ano" in linha.valores and conjunto.ano is None:
        yield Falta(
            coluna="ano",
            mensagem="a planilha diz o ano de cada linha. Envie-a de novo respondendo qual deles se lê; se "
            "todas são do mesmo, indique esta coluna como “Não importar”.",
        )
    yield from _da_gravada(linha, conjunto, codigo)
    yield from _entre_celulas(linha, codigo)


def _da_gravada(linha: Linha, conjunto: _Conjunto, codigo: str) -> Iterable[Falta]:
    """O que não bate com a unidade que já está no cadastro."""
    gravada = _gravada(linha, conjunto)
    if gravada is None:
        return
    if gravada.fundida_em is not None:
        yield Falta(
            coluna="identificador",
            mensagem=f"{gravada.nome} foi juntada a {gravada.fundida_em.nome}. Deixe a linha de fora.",
        )
    elif gravada.municipio_id != codigo:
        onde = conjunto.codigos.lugar(gravada.municipio_id)
        yield Falta(
            coluna="identificador",
            mensagem=f"{linha['identificador']} já é de {gravada.nome}, em {onde}. Confira o número ou o município.",
        )


def _entre_celulas(linha: Linha, codigo: str) -> Iterable[Falta]:
    """O que só se vê olhando mais de uma célula."""
    if ("latitude" in linha.valores) != ("longitude" in linha.valores):
        falta = "longitude" if "latitude" in linha.valores else "latitude"
        yield Falta(coluna=falta, mensagem="falta uma das coordenadas. Escreva as duas, ou deixe as duas em branco.")
    yield from falta_do_cep(linha, codigo)
    if linha.get("mes_implantacao") and not linha.get("ano_implantacao"):
        yield Falta(coluna="ano_implantacao", mensagem="falta o ano da implantação. Escreva-o, ou apague o mês.")
    if linha.get("situacao") == "inativa":
        yield Falta(
            coluna="",
            mensagem="a situação diz que não funciona, e só entra por planilha a unidade que funciona. Deixe a "
            "linha de fora; se a unidade está no cadastro, peça o fechamento na página dela.",
        )


def _de_outro_ano(linha: Linha, conjunto: _Conjunto) -> bool:
    return conjunto.ano is not None and linha.get("ano", conjunto.ano) != conjunto.ano


def _atual(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    gravada = _gravada(linha, conjunto)
    if gravada is None:
        return None
    implantada = gravada.implantada_em
    if "implantada_em" not in linha.valores:
        das_partes = {
            "ano_implantacao": implantada and implantada.year,
            "mes_implantacao": implantada and implantada.month,
        }
    else:
        das_partes = {nome: linha.get(nome) for nome in ("ano_implantacao", "mes_implantacao")}
    # o que diz de que linha se trata, e não se grava, é igual por definição
    ditas = {nome: linha.get(nome) for nome in ("municipio", *NAO_SE_GRAVAM)}
    gravados = {nome: getattr(gravada, nome) for nome in linha.valores.keys() - ditas.keys() - das_partes.keys()}
    return gravados | das_partes | ditas


def _campos(linha: Linha, gravada: Unidade | None) -> dict[str, Any]:
    """Os valores da linha pelos campos da unidade."""
    fora = {"municipio", "ano_implantacao", "mes_implantacao", *NAO_SE_GRAVAM}
    campos = {nome: valor for nome, valor in linha.valores.items() if nome not in fora}
    ano, mes = linha.get("ano_implantacao"), linha.get("mes_implantacao")
    if ano and "implantada_em" not in campos:
        ja = gravada.implantada_em if gravada else None
        # a data que já se tem, desse mesmo ano e mês, é mais precisa
        if ja is None or (ja.year, mes or ja.month) != (ano, ja.month):
            campos["implantada_em"] = date(ano, mes or 1, 1)
    return campos


def _aplicar(lote: Lote, *, por: Ator, em: Any) -> None:
    novas: list[dict[str, Any]] = []
    mudadas: dict[Any, dict[str, Any]] = {}
    for linha in lote.linhas:
        gravada = _gravada(linha, lote.conjunto)
        campos = _campos(linha, gravada)
        if gravada is not None:
            mudadas[gravada.pk] = campos
            continue
        de_nova = {"tipo": _tipo(linha, lote.conjunto), "nome": _nome(linha, lote.conjunto)}
        novas.append(campos | de_nova | {"municipio_id": _codigo(linha, lote.conjunto)})
    importacao.gravar(
        novas=novas,
        mudadas=mudadas,
        fonte=lote.conjunto.fonte,
        motivo=f"Planilha {lote.arquivo}",
        por=por,
        em=em,
    )


UNIDADES = Importador(
    codigo="unidades",
    nome="Unidades da rede",
    resumo="CRAS, CREAS, Centros POP e as outras, com endereço, telefone e capacidade. Outra pessoa aprova.",
    permissao=Permissao.REDE_ATUALIZAR,
    aprova=Permissao.REDE_APROVAR,
    perguntas=(
        colunas.TIPO,
        Coluna(
            codigo="fonte",
            nome="Fonte",
            ajuda="De onde vem a lista, como “CadSUAS, novembro de 2026”.",
            exemplo="CadSUAS, novembro de 2026",
            ler=celulas.texto(maximo=200),
            obrigatoria=True,
        ),
        Coluna(
            codigo="ano",
            nome="Ano",
            ajuda="Só se a planilha traz vários anos numa coluna: as linhas dos outros não se leem.",
            exemplo="2021",
            ler=celulas.inteiro(minimo=1990, maximo=2100),
        ),
    ),
    colunas=colunas.UNIDADES,
    le=("rede.unidade", "territorio.municipio"),
    preparar=_preparar,
    de_lado=_de_outro_ano,
    territorio=_codigo,
    rotulo=_nome,
    chave=_chave,
    conferir=_conferir,
    atual=_atual,
    aplicar=_aplicar,
    destino=("rede-lista", "Ver as unidades"),
)
