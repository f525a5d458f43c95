"""Pedidos de junção para os testes: o município pede, o estado aprova e desfaz."""

from __future__ import annotations

from suas.cadastros.rede.acoes import pedidos as acoes
from suas.cadastros.rede.models import Pedido, Unidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes.ator import Ator


def pedir(por: Ator, *, sai: Unidade, fica: Unidade, campos: tuple[str, ...] = ()) -> Pedido:
    novo = acoes.NovoPedido(
        tipo=Pedido.Tipo.FUNDIR,
        municipio=sai.municipio,
        unidade=sai,
        justificativa="É o mesmo CRAS, escrito duas vezes",
        dados={"fica": str(fica.pk), "fica_nome": fica.nome, "campos": list(campos)},
    )
    return acoes.pedir(novo=novo, por=por, em=AGORA, hoje=HOJE)


def juntar(gestora: Ator, estado: Ator, *, sai: Unidade, fica: Unidade, campos: tuple[str, ...] = ()) -> Pedido:
    pedido = pedir(gestora, sai=sai, fica=fica, campos=campos)
    return acoes.aprovar(pedido=pedido, resposta="De acordo", por=estado, em=AGORA)


def desfazer(pedido: Pedido, por: Ator) -> Pedido:
    return acoes.desfazer(pedido=pedido, motivo="São dois prédios", por=por, em=AGORA)
