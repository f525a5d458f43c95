"""Os pedidos sobre a rede e as unidades que parecem repetidas em planilha, como as listas os mostram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from suas.cadastros.rede import consultas
from suas.cadastros.rede.models import Pedido
from suas.cadastros.rede.repetidas import Par
from suas.nucleo.tela.exportar import Lista, coluna
from suas.nucleo.tela.filtros import inicial

#: Quantas linhas saem de uma vez; mais do que isso, filtra-se antes.
MAXIMO = 20_000
_PEDIDOS = (
    coluna("pedido", "Pedido"),
    coluna("codigo_ibge", "Código do IBGE"),
    coluna("municipio", "Município"),
    coluna("justificativa", "Por quê"),
    coluna("quem_pediu", "Quem pediu"),
    coluna("pedido_em", "Pedido em", "momento"),
    coluna("situacao", "Em que pé está"),
    coluna("respondido_em", "Respondido em", "momento"),
    coluna("resposta", "Resposta"),
    coluna("desfeito_em", "Desfeito em", "momento"),
)
_REPETIDAS = (
    coluna("codigo_ibge", "Código do IBGE"),
    coluna("municipio", "Município"),
    coluna("tipo", "Tipo"),
    coluna("unidade", "Unidade"),
    coluna("identificador", "Identificador"),
    coluna("parece_com", "Parece com"),
    coluna("identificador_da_outra", "Identificador da outra"),
    coluna("em_que", "Em que se parecem"),
)


def dos_pedidos(pedidos: Iterable[Pedido]) -> Lista:
    """Os pedidos da lista; de quem pediu, o papel e o lugar, como na tela."""
    vistos = list(pedidos)
    quem = consultas.quem_pediu_cada(vistos)
    linhas = [
        (
            *(inicial(str(pedido)), pedido.municipio_id, str(pedido.municipio), pedido.justificativa),
            *(quem.get(pedido.pk, ""), pedido.pedido_em, pedido.get_estado_display()),
            *(pedido.respondido_em, pedido.resposta, pedido.desfeito_em),
        )
        for pedido in vistos
    ]
    return Lista(nome="pedidos-sobre-a-rede", titulo="Pedidos sobre a rede", colunas=_PEDIDOS, linhas=linhas)


def das_repetidas(pares: Sequence[Par]) -> Lista:
    """Os pares suspeitos; o endereço não sai, que pode ser reservado."""
    unidades = {u.pk: u for u in consultas.por_extenso({n for par in pares for n in (par.uma, par.outra)})}
    juntos = [(unidades[p.uma], unidades[p.outra], p) for p in pares if p.uma in unidades and p.outra in unidades]
    linhas = [
        (
            *(uma.municipio_id, str(uma.municipio), uma.get_tipo_display(), uma.nome, uma.identificador or ""),
            *(outra.nome, outra.identificador or "", ", ".join(par.porques)),
        )
        for uma, outra, par in juntos
    ]
    return Lista(nome="unidades-repetidas", titulo="Parecem repetidas", colunas=_REPETIDAS, linhas=linhas)
