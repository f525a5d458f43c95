"""O formulário do mês para desenhar: o escrito, os doze meses antes, o que os registros dizem e o que se propõe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from normas.base.competencia import Competencia
from normas.base.numeros import com_virgula
from normas.registros.formulario import Bloco, Item, Medida, Secao, TipoDeRegra, Versao
from normas.registros.leitura import formulario
from normas.registros.preenchimento import NAO_OFERTA, Preenchimento, Situacao, ler_objeto
from suas.cadastros.rede.models import Unidade
from suas.vigilancia.mensais import celulas, consultas
from suas.vigilancia.mensais.celulas import Escrito

#: O desenho dos doze valores, em pontos.
LARGURA, ALTURA = 96, 22


@dataclass(frozen=True, kw_only=True)
class Proposta:
    """Um número que se propõe para um item, e de onde vem; só entra quando alguém o usa."""

    valor: int
    de_onde: str


@dataclass(frozen=True, kw_only=True)
class Serie:
    """Os doze meses antes deste: o que não se informou é vazio, e não zero."""

    meses: tuple[tuple[Competencia, int | None], ...]

    @property
    def informados(self) -> list[int]:
        return [numero for _, numero in self.meses if numero is not None]

    @property
    def pontos(self) -> list[tuple[float, float]]:
        """Onde cada mês informado fica no desenho, do mais antigo ao mais novo; a base é o zero."""
        teto = max(self.informados, default=0) or 1
        passo = (LARGURA - 6) / max(len(self.meses) - 1, 1)
        return [
            (round(3 + posicao * passo, 1), round(ALTURA - 3 - (ALTURA - 6) * numero / teto, 1))
            for posicao, (_, numero) in enumerate(self.meses)
            if numero is not None
        ]

    @property
    def em_palavras(self) -> str:
        """Cada mês e o seu número, para quem não vê o desenho."""
        return "; ".join(
            f"{mes.mes:02d}/{mes.ano}: {com_virgula(numero) if numero is not None else 'não informado'}"
            for mes, numero in self.meses
        )


@dataclass(frozen=True, kw_only=True)
class Quadro:
    """O formulário de uma unidade num mês, com tudo o que a tela mostra ao lado de cada item."""

    versao: Versao
    competencia: Competencia
    itens: Mapping[str, Any]
    anteriores: Mapping[Competencia, Preenchimento]
    calculados: Mapping[str, int]

    @cached_property
    def escritas(self) -> dict[str, Escrito]:
        """Célula → o que está nela."""
        return celulas.achatar(self.itens, {}, versao=self.versao)

    @cached_property
    def preenchido(self) -> Preenchimento:
        return ler_objeto(self.itens, versao=self.versao)

    def secoes(self, bloco: Bloco) -> Iterator[tuple[Secao, list[Item]]]:
        for secao in bloco.secoes:
            yield secao, [self.versao.itens[codigo] for codigo in secao.itens]

    def escrito(self, item: Item, sexo: str = "", faixa: str = "") -> Escrito:
        """O que está no campo; num item desdobrado, sem sexo, o total."""
        return self.escritas.get(self.celula(item, sexo, faixa), "")

    @staticmethod
    def celula(item: Item, sexo: str = "", faixa: str = "") -> str:
        """O nome do campo."""
        return celulas.nome_do_item(item.codigo, sexo, faixa) if sexo else celulas.nome_do_item(item.codigo)

    def nao_oferta(self, bloco: Bloco) -> bool:
        return bloco.codigo in self.itens.get(NAO_OFERTA, [])

    def situacao(self, item: Item) -> Situacao:
        """Informado (zero também), não se aplica ou não informado."""
        return self.preenchido.situacao(item)

    def total(self, item: Item) -> int | None:
        """O número do item: o total escrito ou a soma dos quadrinhos."""
        return self.preenchido.total(item)

    def serie(self, item: Item) -> Serie:
        """Os doze meses antes deste, do mais antigo ao mais novo."""
        meses = [self.competencia.meses_antes(n) for n in range(consultas.MESES_ANTERIORES, 0, -1)]
        return Serie(meses=tuple((mes, self._em(mes, item)) for mes in meses))

    def mes_anterior(self, item: Item) -> int | None:
        """O total do item no mês imediatamente anterior."""
        return self._em(self.competencia.meses_antes(1), item)

    def _em(self, mes: Competencia, item: Item) -> int | None:
        preenchido = self.anteriores.get(mes)
        return preenchido.total(item) if preenchido is not None and item.codigo in preenchido.valores else None

    def proposta(self, item: Item) -> Proposta | None:
        """O que os registros contam; no estoque, o mês anterior, com as entradas deste onde o formulário as pede."""
        if item.codigo in self.calculados:
            return Proposta(valor=self.calculados[item.codigo], de_onde="contados nos registros da unidade")
        antes = self.mes_anterior(item)
        if item.medida is not Medida.ESTOQUE or item.desdobramento is not None or antes is None:
            return None
        quando = self.competencia.meses_antes(1)
        do_mes = f"em {quando.mes:02d}/{quando.ano}"
        entradas = self._entradas.get(item.codigo)
        novas = self.total(self.versao.itens[entradas]) if entradas else None
        if entradas and novas is not None:
            frase = f"{com_virgula(antes)} {do_mes} e {com_virgula(novas)} em {entradas}; tire quem foi desligado"
            return Proposta(valor=antes + novas, de_onde=frase)
        return Proposta(valor=antes, de_onde=f"o de {quando.mes:02d}/{quando.ano}")

    @cached_property
    def _entradas(self) -> dict[str, str]:
        """Item de estoque → item que conta quem entrou nele no mês, como diz a regra da conta."""
        return {
            regra.itens[0].item: regra.itens[1].item
            for regra in self.versao.regras
            if regra.tipo is TipoDeRegra.CONTA_DO_ESTOQUE
        }


def montar(
    unidade: Unidade, competencia: Competencia, *, itens: Mapping[str, Any], calculados: Mapping[str, int] | None = None
) -> Quadro:
    """O quadro da unidade no mês; sem `calculados`, conta-se agora o que os registros dizem."""
    return Quadro(
        versao=formulario(consultas.FORMULARIOS[unidade.tipo], em=competencia),
        competencia=competencia,
        itens=itens,
        anteriores=consultas.anteriores(unidade, competencia=competencia),
        calculados=consultas.dos_registros(unidade, competencia=competencia) if calculados is None else calculados,
    )
