"""As planilhas do RMA: uma por formulário, uma linha por unidade, uma coluna por item ou quadrinho."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from normas.base.competencia import Competencia
from normas.base.inconsistencia import Gravidade
from normas.registros.formulario import Item, Versao
from normas.registros.leitura import codigos, formulario, versoes
from normas.registros.preenchimento import NAO_OFERTA, TOTAL, ler_objeto
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.identidade.intermediarios import dia_em_brasilia
from suas.nucleo.importacoes.registro import (
    AplicacaoRecusada,
    CelulaRecusada,
    Coluna,
    Falta,
    Importador,
    Linha,
    Lote,
    Pedido,
)
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.planilhas.celulas import Jeito
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.mensais.acoes import lote
from suas.vigilancia.mensais.consultas import FORMULARIOS, PRIMEIRA
from suas.vigilancia.mensais.exame import DOS_REGISTROS

NAO_SE_APLICA = "não se aplica"
_NOMES = {"RMA-CRAS": "do CRAS", "RMA-CREAS": "do CREAS", "RMA-POP": "do Centro POP"}
_do_numero = celulas.inteiro(minimo=0, maximo=9_999_999)


def ler_numero(texto: str, jeito: Jeito) -> int | str:
    """Um inteiro de zero em diante, ou “não se aplica”."""
    if texto.isascii() and texto.isdigit() and len(texto) <= 7:
        return int(texto)
    if nome_de_busca(texto) == "nao se aplica":
        return NAO_SE_APLICA
    return int(_do_numero(texto, jeito))


def ler_mes(texto: str, jeito: Jeito) -> str:
    """O mês como 10/2026 ou 2026-10."""
    partes = texto.strip().split("/")
    escrito = f"{partes[1]}-{partes[0]:0>2}" if len(partes) == 2 else texto.strip()
    try:
        mes = Competencia.de_texto(escrito)
    except ValueError as erro:
        raise CelulaRecusada(f"“{texto}” não é um mês. Escreva como 10/2026.") from erro
    if mes < PRIMEIRA:
        raise CelulaRecusada(f"O formulário em vigor começa em {PRIMEIRA.desde:%m/%Y}.")
    return str(mes)


UNIDADE = Coluna(
    codigo="unidade",
    nome="Unidade",
    ajuda="Os 11 algarismos do CadSUAS ou, no município, o nome como está no cadastro.",
    exemplo="32053091234",
    ler=celulas.texto(maximo=200),
    obrigatoria=True,
    sinonimos=("id_cadsuas", "nu_identificador", "identificador", "nome da unidade"),
)
JUSTIFICATIVA = Coluna(
    codigo="justificativa",
    nome="Justificativa",
    ajuda="Por que o número está certo, onde a conferência pede.",
    exemplo="",
    ler=celulas.texto(maximo=500),
    dispensavel=True,
)
MES = Coluna(
    codigo="mes",
    nome="Mês de referência",
    ajuda="O mês de todas as linhas, como 10/2026.",
    exemplo="10/2026",
    ler=ler_mes,
    obrigatoria=True,
)
MOTIVO = Coluna(
    codigo="motivo",
    nome="Por que se corrige",
    ajuda="Só se a planilha troca meses já enviados ou rascunhos começados.",
    exemplo="As visitas estavam sem somar",
    ler=celulas.texto(maximo=300),
)


def _colunas(versao: Versao) -> tuple[Coluna, ...]:
    dos_itens = [coluna for item in versao.itens.values() for coluna in _do_item(item)]
    dos_blocos = [
        Coluna(
            codigo=f"bloco {bloco.codigo}",
            nome=f"Bloco {bloco.codigo}: {bloco.opcional}",
            ajuda="Sim, se a unidade não oferta este serviço.",
            exemplo="",
            ler=celulas.sim_ou_nao(),
        )
        for bloco in versao.blocos
        if bloco.opcional
    ]
    return (UNIDADE, *dos_itens, *dos_blocos, JUSTIFICATIVA)


def _do_item(item: Item) -> Iterable[Coluna]:
    def coluna(codigo: str, nome: str, ajuda: str, sinonimos: tuple[str, ...]) -> Coluna:
        return Coluna(
            codigo=codigo, nome=nome, ajuda=ajuda, exemplo="0", ler=ler_numero, numero=True, sinonimos=sinonimos
        )

    yield coluna(
        item.codigo, f"{item.codigo} {item.rotulo}", "Um número; zero, se não houve.", (item.codigo, item.coluna)
    )
    if item.desdobramento is not None:
        for celula in item.desdobramento.celulas:
            yield coluna(f"{item.codigo}|{celula}", f"{item.codigo} {celula}", "O quadrinho; zero, se não houve.", ())


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    versao: Versao
    competencia: Competencia
    motivo: str
    hoje: date
    por_identificador: Mapping[str, Unidade]
    por_nome: Mapping[str, list[Unidade]]
    conhecido: lote.Conhecido
    em_vigor: bool


def _preparar_de(codigo: str) -> Any:
    tipos = [tipo for tipo, dele in FORMULARIOS.items() if dele == codigo]

    def preparar(pedido: Pedido) -> _Conjunto:
        competencia = Competencia.de_texto(pedido.respostas["mes"])
        unidades = list(
            Unidade.objects.filter(tipo__in=tipos, fundida_em__isnull=True)
            .da_abrangencia(pedido.abrangencia)
            .select_related("municipio")
            .order_by("pk")
        )
        por_nome: dict[str, list[Unidade]] = {}
        for unidade in unidades:
            por_nome.setdefault(unidade.nome_busca, []).append(unidade)
        versao = formulario(codigo, em=competencia)
        vazios = [lote.MesRecebido(unidade=unidade, competencia=competencia, itens={}) for unidade in unidades]
        return _Conjunto(
            versao=versao,
            competencia=competencia,
            motivo=pedido.respostas.get("motivo") or "",
            hoje=dia_em_brasilia(pedido.em),
            por_identificador={u.identificador: u for u in unidades if u.identificador},
            por_nome=por_nome,
            conhecido=lote.Conhecido(vazios),
            em_vigor=versao == versoes(codigo)[-1],
        )

    return preparar


def _unidade(linha: Linha, conjunto: _Conjunto) -> Unidade | None:
    escrito = linha["unidade"]
    achada = conjunto.por_identificador.get(escrito)
    com_o_nome = conjunto.por_nome.get(nome_de_busca(escrito), []) if achada is None else []
    return com_o_nome[0] if len(com_o_nome) == 1 else achada


def _itens(linha: Linha) -> dict[str, Any]:
    """A linha na forma que o formulário lê."""
    itens: dict[str, Any] = {}
    fora: list[str] = []
    for codigo, valor in linha.valores.items():
        if codigo.startswith("bloco "):
            fora += [codigo.removeprefix("bloco ")] if valor else []
        elif "|" in codigo:
            item, _, celula = codigo.partition("|")
            quadrinhos = itens.get(item)
            if not isinstance(quadrinhos, dict):
                quadrinhos = {} if quadrinhos is None else {TOTAL: quadrinhos}
            itens[item] = quadrinhos | {celula: valor}
        elif codigo not in {"unidade", "justificativa"}:
            itens[codigo] = valor
    return itens | ({NAO_OFERTA: fora} if fora else {})


def _mes(linha: Linha, conjunto: _Conjunto, unidade: Unidade) -> lote.MesRecebido:
    texto = linha.get("justificativa") or ""
    regras = [regra.codigo for regra in conjunto.versao.regras if regra.gravidade is Gravidade.JUSTIFICAR]
    regras += [f"{DOS_REGISTROS}{codigo}" for codigo in conjunto.versao.itens]
    return lote.MesRecebido(
        unidade=unidade,
        competencia=conjunto.competencia,
        itens=_itens(linha),
        justificativas=dict.fromkeys(regras, texto) if texto else {},
        motivo=conjunto.motivo,
    )


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    unidade = _unidade(linha, conjunto)
    if unidade is None:
        varias = len(conjunto.por_nome.get(nome_de_busca(linha["unidade"]), [])) > 1
        diga = "Há mais de uma com este nome: escreva os 11 algarismos." if varias else "Confira no cadastro da rede."
        yield Falta(coluna="unidade", mensagem=f"“{linha['unidade']}” não é unidade deste formulário aqui. {diga}")
        return
    if not conjunto.em_vigor:
        yield Falta(coluna="", mensagem=f"A planilha é do formulário em vigor, e {conjunto.competencia} é de outro.")
        return
    resposta = lote.examinar(_mes(linha, conjunto, unidade), conhecido=conjunto.conhecido, hoje=conjunto.hoje)
    if resposta.situacao is not lote.Situacao.RECUSADO:
        return
    if resposta.recusa:
        yield Falta(coluna="", mensagem=resposta.recusa)
    for achada in resposta.inconsistencias:
        if achada.gravidade is Gravidade.IMPEDE or (
            achada.gravidade is Gravidade.JUSTIFICAR and not linha.get("justificativa")
        ):
            coluna = achada.itens[0] if achada.itens and achada.itens[0] in conjunto.versao.itens else ""
            diga = "" if achada.gravidade is Gravidade.IMPEDE else " Escreva por quê na coluna “Justificativa”."
            yield Falta(coluna=coluna, mensagem=achada.mensagem + diga)


def _atual(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    """O que já se enviou, pelas mesmas colunas; nada, se o mês ainda não foi enviado ou está aberto."""
    unidade = _unidade(linha, conjunto)
    registro = conjunto.conhecido.registros.get((unidade.pk, str(conjunto.competencia))) if unidade else None
    if registro is None or registro.estado in type(registro).ABERTOS:
        return None
    enviado = ler_objeto(registro.itens_do_ultimo, versao=conjunto.versao)  # type: ignore[attr-defined]
    atual: dict[str, Any] = {codigo: linha.get(codigo) for codigo in ("unidade", "justificativa")}
    for codigo, valor in enviado.valores.items():
        atual[codigo] = valor.total
        atual |= {f"{codigo}|{celula}": numero for celula, numero in valor.celulas.items()}
    atual |= dict.fromkeys(enviado.nao_se_aplica, NAO_SE_APLICA)
    for bloco in conjunto.versao.blocos:
        atual[f"bloco {bloco.codigo}"] = bloco.codigo in enviado.nao_ofertados
    return atual


def _aplicar(feito: Lote, *, por: Ator, em: datetime) -> None:
    meses = [
        _mes(linha, feito.conjunto, unidade)
        for linha in feito.linhas
        if (unidade := _unidade(linha, feito.conjunto)) is not None
    ]
    try:
        respostas = lote.receber(meses=meses, por=por, em=em, hoje=feito.conjunto.hoje)
    except AtoRecusado as recusa:
        raise AplicacaoRecusada(str(recusa)) from recusa
    for mes, resposta in zip(meses, respostas, strict=True):
        if resposta.situacao is lote.Situacao.RECUSADO:
            porque = resposta.recusa or resposta.inconsistencias[0].mensagem
            raise AplicacaoRecusada(f"{mes.unidade.nome}: {porque}")


def _territorio(linha: Linha, conjunto: _Conjunto) -> str:
    unidade = _unidade(linha, conjunto)
    return unidade.municipio_id if unidade is not None else ""


def _rotulo(linha: Linha, conjunto: _Conjunto) -> str:
    unidade = _unidade(linha, conjunto)
    return unidade.nome if unidade is not None else ""


def _chave(linha: Linha, conjunto: _Conjunto) -> Any:
    unidade = _unidade(linha, conjunto)
    return unidade.pk if unidade is not None else linha["unidade"]


IMPORTADORES = tuple(
    Importador(
        codigo=codigo.lower(),
        nome=f"Registro mensal {_NOMES[codigo]} ({codigo})",
        resumo="O mês de uma ou de todas as unidades, uma linha por unidade, conferido como na tela e enviado.",
        permissao=Permissao.RMA_PREENCHER,
        perguntas=(MES, MOTIVO),
        colunas=_colunas(versoes(codigo)[-1]),
        le=("mensais.registromensal", "mensais.envio", "rede.unidade", "territorio.populacao"),
        preparar=_preparar_de(codigo),
        territorio=_territorio,
        rotulo=_rotulo,
        chave=_chave,
        conferir=_conferir,
        atual=_atual,
        aplicar=_aplicar,
        destino=("mensais", "Ver o registro mensal"),
    )
    for codigo in codigos()
)
