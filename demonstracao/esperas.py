"""O que espera por alguém na rede inventada: um pedido por responder e o território dos CRAS, com o que nele avisa."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from demonstracao.invencao import BICHOS, acaso, dia_de
from demonstracao.pessoas import CRAS, ES, VITORIA, Quem
from suas.cadastros.cobertura.acoes import Abrange, definir_territorio
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede.acoes import pedidos
from suas.cadastros.rede.models import Pedido, Unidade
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator

PEDIDA = "CRAS Quaresmeira"
#: Famílias referenciadas, por cento da capacidade; passa dela num CRAS de cada município grande.
_OCUPACAO = (58, 72, 84, 91, 97)
_ALEM = 112


def criar(*, quem: Quem, em: datetime) -> None:
    """Faz o que ainda não foi feito."""
    if not TerritorioDoCras.objects.filter(unidade__sintetica=True).exists():
        _territorios(por=ATOR_PUBLICO, em=em)
    if not Pedido.objects.filter(municipio_id=VITORIA).exists():
        _pedir(por=quem("municipal"), em=em)


def _pedir(*, por: Ator, em: datetime) -> None:
    """A gestão de Vitória pede mais um CRAS; responde o estado."""
    novo = pedidos.NovoPedido(
        tipo=Pedido.Tipo.ABRIR,
        municipio=Municipio.objects.select_related("uf").get(pk=VITORIA),
        justificativa="As famílias referenciadas passaram da capacidade de um dos CRAS (pedido de demonstração).",
        dados={
            "nome": PEDIDA,
            "tipo": Unidade.Tipo.CRAS.value,
            "natureza": Unidade.Natureza.PUBLICA.value,
            "capacidade": 5000,
            "dia": (dia_de(em) + timedelta(days=30)).isoformat(),
        },
    )
    pedidos.pedir(novo=novo, por=por, em=em, hoje=dia_de(em))


def _territorios(*, por: Ator, em: datetime) -> None:
    """O território de cada CRAS onde há mais de um: bairros repartidos e famílias; em Vitória, um bairro em dois."""
    com_identificador = Unidade.objects.filter(
        sintetica=True,
        tipo=Unidade.Tipo.CRAS,
        municipio__uf_id=ES,
        fechada_em__isnull=True,
        identificador__isnull=False,
    )
    todos = com_identificador.order_by("municipio_id", "identificador")
    for municipio, unidades in groupby(todos, key=lambda u: u.municipio_id):
        do_municipio = list(unidades)
        if len(do_municipio) == 1:
            continue
        sorte = acaso("bairros", municipio)
        nomes = [f"{tipo} {bicho}" for tipo in ("Vila", "Jardim", "Parque") for bicho in BICHOS]
        sorte.shuffle(nomes)
        for ordem, unidade in enumerate(do_municipio):
            bairros = nomes[ordem * 4 : ordem * 4 + 4]
            if municipio == VITORIA and ordem == 1:
                bairros[0] = nomes[0]
            ocupacao = _ALEM if ordem == 1 else sorte.choice(_OCUPACAO)
            abrange = Abrange(
                bairros=tuple(sorted(bairros)),
                contorno=_em_volta(unidade) if unidade.nome == CRAS and municipio == VITORIA else (),
                familias=(unidade.capacidade or 0) * ocupacao // 100,
                familias_dia=dia_de(em) - timedelta(days=sorte.randrange(5, 120)),
            )
            definir_territorio(unidade=unidade, abrange=abrange, versao=0, por=por, em=em)


def _em_volta(unidade: Unidade) -> tuple[tuple[float, float], ...]:
    """Um losango de mais ou menos um quilômetro em volta da unidade."""
    if unidade.latitude is None or unidade.longitude is None:
        return ()
    y, x, passo = float(unidade.latitude), float(unidade.longitude), 0.008
    return ((y + passo, x), (y, x + passo), (y - passo, x), (y, x - passo))
