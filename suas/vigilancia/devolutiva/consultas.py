"""As somas de um lugar prontas para a tela, e a devolutiva de uma unidade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from normas.base.competencia import Competencia
from normas.base.numeros import com_virgula
from normas.registros import devolutiva
from normas.registros.devolutiva import Faixa, Lugar, Mudanca, Pergunta, Rumo
from normas.registros.formulario import Item, Versao
from normas.registros.leitura import formulario
from normas.territorio.porte import Porte
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.consultas import portes_atuais
from suas.vigilancia.fatos import consultas as fatos
from suas.vigilancia.fatos.consultas import Somas
from suas.vigilancia.mensais import consultas as mensais
from suas.vigilancia.mensais.consultas import FORMULARIOS, Linha

MESES = 12


@dataclass(frozen=True, kw_only=True)
class SomasDoMes:
    """As somas de um lugar no formulário e no mês, com as do mês anterior e quantas unidades devem e enviaram."""

    versao: Versao
    competencia: Competencia
    somas: Somas
    antes: Somas
    devem: int

    @property
    def faltam(self) -> int:
        return max(self.devem - self.somas.unidades, 0)


@dataclass(frozen=True, kw_only=True)
class Parte:
    """Uma parte de uma soma: um lugar ou uma unidade. `valor` ausente: nada informou."""

    codigo: str
    valor: int | None
    antes: int | None
    unidades: int = 0
    linha: Linha | None = None


def somas_do_mes(onde: str, *, codigo: str, competencia: Competencia) -> SomasDoMes:
    """As somas do lugar, de agora. Três consultas."""
    tipos = [tipo for tipo, dele in FORMULARIOS.items() if dele == codigo]
    return SomasDoMes(
        versao=formulario(codigo, em=competencia),
        competencia=competencia,
        somas=fatos.do_lugar(onde, formulario=codigo, competencia=competencia),
        antes=fatos.do_lugar(onde, formulario=codigo, competencia=competencia.meses_antes(1)),
        devem=mensais.que_devem(competencia).da_abrangencia(onde).filter(tipo__in=tipos).count(),
    )


def partes(onde: str, *, item: str, codigo: str, competencia: Competencia) -> list[Parte]:
    """O que forma a soma de um item: no município, as unidades que devem o mês; acima, os lugares."""
    anterior = competencia.meses_antes(1)
    if len(onde) == 7:
        agora = fatos.das_unidades(onde, formulario=codigo, competencia=competencia)
        antes = fatos.das_unidades(onde, formulario=codigo, competencia=anterior)
        return [
            Parte(
                codigo=str(linha.unidade.pk),
                valor=agora.get(linha.unidade.pk, {}).get(item),
                antes=antes.get(linha.unidade.pk, {}).get(item),
                linha=linha,
            )
            for linha in mensais.quadro(onde, competencia=competencia)
            if FORMULARIOS[linha.unidade.tipo] == codigo
        ]
    de_antes = {s.codigo: s for s in fatos.por_lugar(onde, formulario=codigo, competencia=anterior)}
    return [
        Parte(
            codigo=somas.codigo,
            valor=somas.itens[item].total if item in somas.itens else None,
            antes=_total(de_antes.get(somas.codigo), item),
            unidades=somas.itens[item].unidades if item in somas.itens else 0,
        )
        for somas in fatos.por_lugar(onde, formulario=codigo, competencia=competencia)
    ]


def _total(somas: Somas | None, item: str) -> int | None:
    soma = somas.itens.get(item) if somas is not None else None
    return soma.total if soma is not None else None


@dataclass(frozen=True, kw_only=True)
class Devolutiva:
    """O que volta à unidade sobre um mês. Sem `atual`, nada enviado vale ainda."""

    unidade: Unidade
    competencia: Competencia
    versao: Versao
    porte: Porte | None
    serie: Mapping[Competencia, Mapping[str, int]]
    parecidas: Sequence[Mapping[str, int]]

    @property
    def atual(self) -> Mapping[str, int] | None:
        return self.serie.get(self.competencia)

    @cached_property
    def roteiro(self) -> devolutiva.Roteiro:
        return devolutiva.roteiro(self.versao.formulario)

    @cached_property
    def anteriores(self) -> list[Mapping[str, int]]:
        return [totais for mes, totais in self.serie.items() if mes != self.competencia]

    @cached_property
    def perguntas(self) -> tuple[Pergunta, ...]:
        return devolutiva.perguntas(self.atual or {}, self.anteriores, self.parecidas, roteiro=self.roteiro)

    @cached_property
    def mudancas(self) -> list[Mudanca]:
        """O que subiu ou desceu, na ordem do formulário."""
        todas = {m.item: m for m in devolutiva.mudancas(self.atual or {}, self.anteriores, roteiro=self.roteiro)}
        mudou = {Rumo.SUBIU, Rumo.DESCEU}
        return [todas[item] for item in self.versao.itens if item in todas and todas[item].rumo in mudou]

    @cached_property
    def iguais(self) -> int:
        """Quantos itens ficaram parecidos com os meses anteriores."""
        achadas = devolutiva.mudancas(self.atual or {}, self.anteriores, roteiro=self.roteiro)
        return sum(m.rumo is Rumo.PARECIDO for m in achadas)

    @cached_property
    def faixas(self) -> dict[str, Faixa]:
        return devolutiva.faixas(self.roteiro.destaques, self.parecidas, roteiro=self.roteiro)

    @property
    def comparados(self) -> list[tuple[Item, int, Faixa, Lugar]]:
        """Os itens que abrem a página, com a faixa das parecidas e onde a unidade fica."""
        atual = self.atual or {}
        return [
            (self.versao.itens[item], atual[item], faixa, faixa.lugar(atual[item]))
            for item, faixa in self.faixas.items()
            if item in atual
        ]

    def ultimos(self, item: str) -> list[tuple[Competencia, int | None]]:
        """O item em cada um dos doze meses até este; ausente onde não se informou."""
        meses = [self.competencia.meses_antes(n) for n in range(MESES - 1, -1, -1)]
        return [(mes, self.serie.get(mes, {}).get(item)) for mes in meses]


def devolutiva_de(unidade: Unidade, *, competencia: Competencia) -> Devolutiva:
    """A devolutiva da unidade no mês, de agora: do envio que vale e dos fatos das outras. Três consultas."""
    codigo = FORMULARIOS[unidade.tipo]
    porte = portes_atuais(unidade.municipio_id).get(unidade.municipio_id)
    parecidas = (
        fatos.parecidas(formulario=codigo, competencia=competencia, porte=str(porte), fora=unidade.pk) if porte else []
    )
    return Devolutiva(
        unidade=unidade,
        competencia=competencia,
        versao=formulario(codigo, em=competencia),
        porte=porte,
        serie=fatos.da_unidade(unidade.pk, formulario=codigo, ate=competencia, meses=MESES),
        parecidas=parecidas,
    )


def em_palavras(valor: Fraction | int | None) -> str:
    """Um número inteiro, ou com uma casa quando a mediana cai no meio."""
    if valor is None:
        return "—"
    return com_virgula(valor, casas=0 if Fraction(valor).denominator == 1 else 1)


def tracado(valores: Sequence[int | None], *, largura: int = 120, altura: int = 24) -> list[list[tuple[float, float]]]:
    """Os pontos da linhazinha dos doze meses, em trechos: o mês sem número a interrompe."""
    maior = max((valor for valor in valores if valor is not None), default=0) or 1
    passo = largura / max(len(valores) - 1, 1)
    trechos: list[list[tuple[float, float]]] = [[]]
    for posicao, valor in enumerate(valores):
        if valor is None:
            trechos.append([])
        else:
            trechos[-1].append((round(posicao * passo, 1), round(altura - valor * (altura - 4) / maior - 2, 1)))
    return [trecho for trecho in trechos if trecho]
