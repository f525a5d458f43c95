"""Indicadores e planilhas para os testes; os municípios são os da fábrica do território."""

from __future__ import annotations

from suas.cadastros.territorio.tests import fabricas as territorio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.planilhas.leitura import ler_csv
from suas.vigilancia.indicadores import acoes, conferencia
from suas.vigilancia.indicadores.models import Importacao, Indicador

FONTE = "Fonte de teste"


def catalogo() -> None:
    """Os indicadores do catálogo e dois municípios do Espírito Santo mais Belém."""
    acoes.carregar_catalogo(por=ator(), em=AGORA)
    for codigo in (territorio.VITORIA, territorio.SERRA, territorio.BELEM):
        territorio.municipio(codigo, habitantes=1000)


def indicador(codigo: str = "rcl_per_capita") -> Indicador:
    return Indicador.objects.get(pk=codigo)


def gravar(codigo: str, valores: dict[str, str], *, ano: int = 2020, sintetico: bool = False, por: Ator | None = None):
    """Grava valores de um indicador: código do município → texto exato."""
    novos = [acoes.NovoValor(indicador=codigo, municipio=m, ano=ano, valor=v) for m, v in valores.items()]
    return acoes.gravar_valores(valores=novos, fonte=FONTE, sintetico=sintetico, por=por or ator(), em=AGORA)


def importacao(texto: str, *, ano: int = 2020, por: Ator | None = None, sintetico: bool = False) -> Importacao:
    """Uma planilha recebida, com os destinos sugeridos, como a tela faz."""
    conteudo = texto.encode()
    planilha = ler_csv(conteudo)
    destinos = conferencia.sugerir_destinos(planilha, com_populacao=True)
    return acoes.receber_planilha(
        arquivo="teste.csv",
        conteudo=conteudo,
        ano=ano,
        fonte=FONTE,
        sintetico=sintetico,
        destinos=destinos,
        decimal_com_virgula=conferencia.parece_com_virgula(planilha, destinos),
        por=por or ator(),
        em=AGORA,
    )
