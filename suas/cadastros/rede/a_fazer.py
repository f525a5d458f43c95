"""O que espera por um vínculo na rede: pedidos a responder, respostas a ler, cadastros sem conferência."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from suas.cadastros.rede import consultas, permissoes, repetidas
from suas.cadastros.rede.models import Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela.afazer import Pendencia
from suas.nucleo.tela.filtros import dia, inicial, plural

#: Por quantos dias a recusa fica em “A fazer” de quem pediu.
DIAS_DA_RECUSA = 30


def pendencias(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """Os pedidos de que o vínculo cuida, dos dois lados, e as unidades que ele deve conferir."""
    if ator.vinculo is None:
        return
    if permissoes.acompanha_pedidos(ator):
        yield from _pedidos(ator, hoje=hoje)
    if permissoes.pode_pedir_no_municipio(ator, ator.abrangencia) and not ator.papel.da_unidade:
        yield from _repetidas(ator)
    if Permissao.REDE_ATUALIZAR in ator.papel.permissoes and len(ator.abrangencia) == 7:
        yield from _conferencias(ator, hoje=hoje)


def _pedidos(ator: Ator, *, hoje: date) -> Iterator[Pendencia]:
    a_espera = consultas.pedidos_no_estado(permissoes.pedidos_visiveis(ator), Pedido.Estado.ESPERA)
    if permissoes.responde_na_abrangencia(ator):
        quantos = a_espera.exclude(pedido_por__in=consultas.vinculos_da_pessoa(ator)).count()
        if quantos:
            yield Pendencia(
                titulo=f"{plural(quantos, 'pedido', 'pedidos')} sobre a rede para responder",
                situacao="à espera de resposta",
                por_que="Quem pede uma mudança na rede não a responde; responde a esfera de cima.",
                endereco=reverse("rede-pedidos"),
                acao="responder",
            )
    proprios = consultas.pedidos_de(ator, recusados_desde=hoje - timedelta(days=DIAS_DA_RECUSA))
    for pedido in proprios[:5]:
        recusado = pedido.estado == Pedido.Estado.RECUSADO
        yield Pendencia(
            titulo=f"Pedido para {pedido}",
            situacao=f"recusado em {dia(pedido.respondido_em)}" if recusado else "à espera de resposta",
            por_que="Leia o motivo; se ainda cabe, peça de novo." if recusado else "Você pediu; dá para retirar.",
            endereco=reverse("rede-pedido", args=[pedido.pk]),
            acao="ler a resposta" if recusado else "ver",
        )


def _repetidas(ator: Ator) -> Iterator[Pendencia]:
    quantos = len(repetidas.pares(ator.abrangencia))
    if quantos:
        yield Pendencia(
            titulo=f"{plural(quantos, 'par', 'pares')} de unidades que parecem a mesma",
            situacao="suspeita de cadastro repetido",
            por_que="A unidade escrita duas vezes conta duas vezes. Compare, e peça para juntar ou diga que são duas.",
            endereco=reverse("rede-repetidas"),
            acao="comparar",
        )


def _conferencias(ator: Ator, *, hoje: date) -> Iterator[Pendencia]:
    filtro = consultas.Filtro(onde=ator.abrangencia, frescor="velho")
    velhas = consultas.lista(filtro, hoje=hoje)
    if ator.papel.da_unidade:
        unidade = velhas.filter(pk=ator.unidade).first() if ator.unidade is not None else None
        if unidade is not None:
            yield Pendencia(
                titulo=f"Conferir o cadastro de {unidade.nome}",
                situacao=inicial(consultas.frescor_em_palavras(unidade, hoje=hoje)),
                por_que="Quem coordena a unidade diz que está tudo certo, ou atualiza, a cada 6 meses.",
                endereco=reverse("rede-unidade", args=[unidade.pk]),
                acao="conferir",
            )
        return
    quantas = velhas.count()
    if quantas:
        yield Pendencia(
            titulo=f"{plural(quantas, 'unidade', 'unidades')} sem conferência há mais de 6 meses",
            situacao="cadastro sem conferência",
            por_que="Endereço, telefone e serviços são o que o público procura.",
            endereco=f"{reverse('rede-lugar', args=[ator.abrangencia])}?frescor=velho",
            acao="conferir",
        )
