"""O formulário do mês em papel: preenchido, com o que se enviou, ou em branco, para preencher à mão."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from normas.base.competencia import Competencia
from normas.base.numeros import com_virgula
from normas.registros.formulario import Bloco, Desdobramento, Item
from normas.registros.preenchimento import Situacao
from suas.cadastros.rede.models import Unidade
from suas.nucleo.tela import papel as folha
from suas.nucleo.tela.filtros import momento
from suas.vigilancia.mensais import consultas, permissoes, quadro
from suas.vigilancia.mensais.models import Envio
from suas.vigilancia.mensais.quadro import Quadro
from suas.vigilancia.mensais.views.endereco import competencia_do

LINHA = "________"
COLUNAS_DO_ITEM = (9, 72, 19)


@require_safe
def papel(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """O que se enviou por último; sem envio, o que está escrito no rascunho, e o papel o diz."""
    unidade = permissoes.obter_unidade_para_ver(request.ator, unidade_id=unidade_id)
    competencia = competencia_do(request, mes)
    registro = consultas.registro_de(unidade, competencia=competencia)
    envio = registro.envios.select_related("pessoa").first() if registro is not None else None
    rascunho = registro.itens if registro is not None else {}
    feito = quadro.montar(unidade, competencia, itens=envio.itens if envio is not None else rascunho, calculados={})
    avisos = () if envio is not None else ("Rascunho: ainda não enviado",)
    return _pdf(request, unidade, competencia, feito, rodape=_de_quem(envio), avisos=avisos)


@require_safe
def em_branco(request: HttpRequest, unidade_id: UUID, mes: str) -> HttpResponse:
    """O formulário da unidade no mês, com lugar para cada número."""
    unidade = permissoes.obter_unidade_para_ver(request.ator, unidade_id=unidade_id)
    competencia = competencia_do(request, mes)
    vazio = quadro.montar(unidade, competencia, itens={}, calculados={})
    return _pdf(request, unidade, competencia, vazio, branco=True)


def _pdf(
    request: HttpRequest,
    unidade: Unidade,
    competencia: Competencia,
    feito: Quadro,
    *,
    branco: bool = False,
    rodape: tuple[tuple[str, str], ...] = (),
    avisos: tuple[str, ...] = (),
) -> HttpResponse:
    versao = feito.versao
    partes: list[folha.Parte] = [folha.Ficha(pares=_cabecalho(unidade, competencia))]
    for bloco in versao.blocos:
        titulo = f"Bloco {bloco.codigo}. {bloco.titulo}"
        partes.append(folha.Texto(titulo=titulo, texto=_marca(feito, bloco, branco) or _itens_do_bloco(bloco.itens)))
        for secao, itens in feito.secoes(bloco):
            linhas = [[item.codigo, item.rotulo, _numero(feito, item, branco)] for item in itens]
            partes.append(
                folha.Quadro(
                    titulo=f"{secao.codigo}. {secao.titulo}",
                    colunas=("Item", "O que se conta", "Neste mês"),
                    linhas=linhas,
                    numeros=frozenset({2}),
                    larguras=COLUNAS_DO_ITEM,
                    fonte=secao.ajuda,
                )
            )
            partes += [_quadrinhos(feito, item, item.desdobramento, branco) for item in itens if item.desdobramento]
    partes.append(folha.Ficha(pares=rodape or [(campo, LINHA * 4) for campo in versao.rodape]))
    documento = folha.Papel(
        titulo=f"{versao.formulario}, {competencia.mes:02d}/{competencia.ano}",
        sobre=f"{unidade.nome}, {unidade.municipio}",
        periodo=f"{versao.nome}, versão {versao.versao}",
        endereco=reverse("rma", args=[unidade.pk, competencia]),
        partes=partes,
        avisos=avisos,
    )
    nome = f"{versao.formulario.lower()}-{competencia}{'-em-branco' if branco else ''}"
    return folha.como_pdf(request, documento, nome=nome)


def _itens_do_bloco(itens: tuple[str, ...]) -> str:
    """Que itens o bloco tem, para quem folheia o papel."""
    return f"Itens {itens[0]} a {itens[-1]}."


def _cabecalho(unidade: Unidade, competencia: Competencia) -> list[tuple[str, str]]:
    return [
        ("Mês e ano de referência", f"{competencia.mes:02d}/{competencia.ano}"),
        ("Nome da unidade", unidade.nome),
        ("Nº da unidade", unidade.identificador or "sem número no cadastro"),
        ("Município e UF", str(unidade.municipio)),
    ]


def _marca(feito: Quadro, bloco: Bloco, branco: bool) -> str:
    if not bloco.opcional:
        return ""
    return f"[{'X' if feito.nao_oferta(bloco) and not branco else '  '}] {bloco.opcional}"


def _numero(feito: Quadro, item: Item, branco: bool) -> str:
    if branco:
        return LINHA
    total = feito.total(item)
    if total is not None:
        return com_virgula(total)
    situacao = feito.situacao(item)
    return str(feito.escrito(item)) if situacao is Situacao.INFORMADO else str(situacao)


def _quadrinhos(feito: Quadro, item: Item, desdobramento: Desdobramento, branco: bool) -> folha.Quadro:
    faixas = [faixa.nome for faixa in desdobramento.faixas]
    linhas = [
        [sexo.capitalize(), *(LINHA if branco else str(feito.escrito(item, sexo, faixa)) or "—" for faixa in faixas)]
        for sexo in desdobramento.sexos
    ]
    return folha.Quadro(
        titulo=f"{item.codigo} por sexo e idade",
        colunas=("Sexo", *(faixa or "Todas as idades" for faixa in faixas)),
        linhas=linhas,
        numeros=frozenset(range(1, len(faixas) + 1)),
    )


def _de_quem(envio: Envio | None) -> tuple[tuple[str, str], ...]:
    if envio is None:
        return ()
    quem = f"{envio.pessoa.nome}, {envio.papel.lower()}" if envio.pessoa is not None else envio.papel
    return (("Enviado", f"envio {envio.numero}, {momento(envio.em)}"), ("Por", quem))
