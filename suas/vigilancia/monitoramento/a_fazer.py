"""O que espera por um vínculo: o que ele mesmo deve, quem do seu território não entregou, e o que a falta causa."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from normas.prazos.calendario import calendario as federal
from suas.nucleo.obrigacoes import consultas as obrigacoes
from suas.nucleo.obrigacoes.prazos import Calendario
from suas.nucleo.obrigacoes.sistemas import CONSELHO, GESTAO, UNIDADE
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela.afazer import Pendencia
from suas.nucleo.tela.filtros import plural
from suas.vigilancia.monitoramento import areas, consultas, permissoes
from suas.vigilancia.monitoramento.consultas import Opcao

#: A falta aparece em “A fazer” até tantos dias depois do prazo; mais velha, está no monitoramento.
DEPOIS = timedelta(days=60)
#: O que falta a outros só aparece a quem acompanha perto do prazo.
ANTES = timedelta(days=10)
CONSELHOS = {"presidencia_conselho", "secretaria_conselho"}


def pendencias(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """As do vínculo em uso, uma por prazo."""
    if ator.vinculo is None:
        return
    if ator.papel.da_unidade:
        if ator.unidade is not None and Permissao.RMA_PREENCHER in ator.papel.permissoes:
            yield from _da_unidade(ator, hoje)
    elif ator.papel.codigo in CONSELHOS:
        yield from _do_ente(ator, hoje, quem=CONSELHO)
    elif Permissao.PRAZO_REGISTRAR in ator.papel.permissoes:
        yield from _do_ente(ator, hoje, quem=GESTAO)
        yield from _do_territorio(ator, hoje)


def _prazos(calendario: Calendario, *, hoje: date, onde: str) -> list[Opcao]:
    """Os que estão abertos ou fecharam há pouco, do que fecha primeiro ao último."""
    opcoes = consultas.opcoes(calendario, hoje=hoje, onde=onde)
    return [opcao for opcao in reversed(opcoes) if opcao.prazo.ultimo >= hoje - DEPOIS]


def _da_unidade(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    calendario = Calendario()
    for opcao in _prazos(calendario, hoje=hoje, onde=ator.abrangencia):
        do_lugar = obrigacoes.linhas(opcao.achada, em=hoje, onde=ator.abrangencia, calendario=calendario)
        for linha in do_lugar:
            if linha.devedor.unidade == ator.unidade and linha.entrega is None:
                yield Pendencia(
                    titulo=f"{_do_que(opcao)}: {linha.devedor.nome}",
                    situacao="sem entrega",
                    por_que=_consequencia(opcao),
                    endereco=linha.endereco or consultas.endereco_da_entrega(linha),
                    acao="preencher" if linha.endereco else "informar a entrega",
                    prazo=linha.prazo.ultimo,
                )


def _do_ente(ator: Ator, hoje: date, *, quem: str) -> Iterator[Pendencia]:
    """O que o próprio órgão gestor, ou o conselho, deve ao sistema federal."""
    if ator.abrangencia == BRASIL:
        return  # a União não deve a si
    calendario = Calendario()
    for opcao in _prazos(calendario, hoje=hoje, onde=ator.abrangencia):
        tipos = tuple(consultas.tipos_de(opcao, quem=quem))
        if not tipos:
            continue
        todas = obrigacoes.linhas(opcao.achada, em=hoje, onde=ator.abrangencia, calendario=calendario, alvos=tipos)
        propria = next((linha for linha in todas if linha.devedor.abrangencia == ator.abrangencia), None)
        if propria is not None and propria.entrega is None:
            informa = permissoes.informa(ator, propria.devedor)
            yield Pendencia(
                titulo=_do_que(opcao),
                situacao="sem entrega informada aqui",
                por_que=f"{_consequencia(opcao)} {propria.declaracao.ressalva}".strip(),
                endereco=consultas.endereco_da_entrega(propria) if informa else _linhas(opcao, ator.abrangencia),
                acao="informar a entrega" if informa else "ver o prazo",
                prazo=propria.prazo.ultimo,
            )


def _do_territorio(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """Quantas unidades do território ainda faltam, perto do prazo e depois dele."""
    calendario = Calendario()
    area = areas.PARTE_DA_REDE.get(areas.da_area(ator), ())
    for opcao in _prazos(calendario, hoje=hoje, onde=ator.abrangencia):
        tipos = consultas.tipos_de(opcao, quem=UNIDADE)
        alvos = tuple(tipo for tipo in tipos if tipo in area) or tuple(tipos)
        if not tipos or opcao.prazo.ultimo > hoje + ANTES:
            continue
        conta = obrigacoes.total(opcao.achada, em=hoje, onde=ator.abrangencia, calendario=calendario, alvos=alvos)
        if conta.faltam:
            yield Pendencia(
                titulo=f"{plural(conta.faltam, 'unidade', 'unidades')} sem entregar: {_do_que(opcao)}",
                situacao=f"{conta.entregaram} de {conta.devem} entregaram",
                por_que=_consequencia(opcao),
                endereco=_linhas(opcao, ator.abrangencia),
                acao="ver quem falta",
                prazo=opcao.prazo.ultimo,
            )


def _do_que(opcao: Opcao) -> str:
    janela = opcao.achada.janela
    nome = {"RMA": "Registro mensal (RMA)", "CENSO": "Censo SUAS"}.get(janela.sistema, janela.sistema)
    etapa = "" if janela.etapa in {"preenchimento", "gestor", "conselho"} else f", {janela.etapa}"
    return f"{nome} de {consultas.periodo_escrito(janela.periodo)}{etapa}"


def _consequencia(opcao: Opcao) -> str:
    return " ".join(federal(opcao.achada.janela.sistema).consequencia.split())


def _linhas(opcao: Opcao, onde: str) -> str:
    consulta = urlencode({"prazo": opcao.chave, "situacao": "faltam"})
    return f"{reverse('monitoramento-linhas', args=(onde,))}?{consulta}"
