"""Listas de busca ativa inventadas para os testes, pelos atos da casa."""

from __future__ import annotations

from datetime import date
from typing import Any

from suas.atendimento.familias.models import Familia
from suas.atendimento.familias.tests.fabricas import tecnica
from suas.atendimento.territorial import acoes
from suas.atendimento.territorial.models import Lista, Procura, Procurada
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE


def lista(unidade: Unidade, *, motivo: str = "pedido") -> Lista:
    """Uma lista aberta na unidade."""
    ato = {"por": tecnica(unidade), "em": AGORA, "hoje": HOJE}
    return acoes.abrir(unidade=unidade, nome="Pedidos da escola", motivo=motivo, **ato)


def procurada(na: Lista, familia: Familia) -> Procurada:
    """A família na lista."""
    return acoes.incluir(lista=na, familia=familia, observacao="", por=tecnica(na.unidade), em=AGORA)


def procura(de: Procurada, *, resultado: str = "ausente", dia: date = HOJE, **mais: Any) -> Procura:
    """Uma ida à família."""
    achado = acoes.Achado(resultado=resultado, dia=dia, **mais)
    ato = {"por": tecnica(de.lista.unidade), "em": AGORA, "hoje": HOJE}
    return acoes.procurar(procurada=de, achado=achado, **ato)
