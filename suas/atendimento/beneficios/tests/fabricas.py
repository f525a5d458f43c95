"""Benefícios inventados para os testes, pelos atos da casa."""

from __future__ import annotations

from datetime import date
from typing import Any

from suas.atendimento.beneficios.acoes import beneficios, bpc
from suas.atendimento.beneficios.listas import Tipo
from suas.atendimento.beneficios.models import Bpc, Pedido, Regra, Revisao
from suas.atendimento.familias.models import PessoaAtendida, Prontuario
from suas.atendimento.familias.tests.fabricas import tecnica
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE


def regra(*, tipo: int = Tipo.CESTA_BASICA, onde: str = VITORIA, **mudancas: Any) -> Regra:
    """O município oferta, desde 2020, até três prestações."""
    dados = {"desde": date(2020, 1, 1), "ato": "Resolução CMAS nº 1/2020", "criterios": "A quem precisa."}
    nova = beneficios.NovaRegra(**{"tipo": tipo, "prestacoes": 3} | dados | mudancas)
    return beneficios.registrar_regra(municipio=onde, nova=nova, por=identidade.ator(), em=AGORA)


def pedido(prontuario: Prontuario, *, tipo: int = Tipo.CESTA_BASICA, dia: date = HOJE, **mudancas: Any) -> Pedido:
    """Um pedido à espera de decisão."""
    novo = beneficios.Novo(**{"tipo": tipo, "dia": dia, "necessidade": "Falta alimento em casa."} | mudancas)
    return beneficios.pedir(prontuario=prontuario, novo=novo, por=tecnica(prontuario.unidade), em=AGORA, hoje=HOJE)


def decidido(feito: Pedido, *, concede: bool = True, hoje: date = HOJE, **mudancas: Any) -> Pedido:
    """O pedido concedido, ou não."""
    decisao = beneficios.Decisao(concede=concede, **{"razao": "" if concede else "Já recebe do estado."} | mudancas)
    return beneficios.decidir(pedido=feito, decisao=decisao, por=tecnica(feito.unidade), em=AGORA, hoje=hoje)


def acompanhado(prontuario: Prontuario, pessoa: PessoaAtendida, **mudancas: Any) -> Bpc:
    """Alguém da família que recebe o BPC."""
    novo = bpc.NovoBpc(**{"pessoa": pessoa, "especie": "idosa", "desde": date(2025, 3, 10)} | mudancas)
    return bpc.acompanhar(prontuario=prontuario, novo=novo, por=tecnica(prontuario.unidade), em=AGORA, hoje=HOJE)


def revisto(de: Bpc) -> Revisao:
    """Uma revisão que manteve o BPC."""
    ato = {"dia": HOJE, "por": tecnica(de.unidade), "em": AGORA, "hoje": HOJE}
    return bpc.rever(bpc=de, resultado="mantido", texto="", **ato)
