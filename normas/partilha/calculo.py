"""A partilha inteira: dos municípios e das opções às cotas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from normas.base.centavos import em_reais
from normas.base.numeros import com_virgula, em_inteiros_na_mesma_ordem
from normas.habilitacao.niveis import NivelDeGestao
from normas.partilha.distribuicao import Distribuicao, NaFila, distribuir
from normas.partilha.municipio import GESTAO_QUE_PARTICIPA, Municipio
from normas.partilha.opcoes import CriterioPorte, Opcoes
from normas.partilha.passos import Passo1, Passo2, passo_1, passo_2
from normas.partilha.prioridade import (
    ChaveDeEscala,
    Escala,
    Indicador,
    Prioridade,
    chave_da_escala,
    indice,
    montar_escalas,
    peso_no_passo_2,
    valores_do_municipio,
)
from normas.partilha.regras import Regras, regras_do_exercicio
from normas.pisos.calculo import MESES_DO_ANO
from normas.territorio.porte import Porte, porte_pelos_limites


class Situacao(StrEnum):
    """O que a partilha decidiu de um município; vale a primeira que couber, nesta ordem."""

    NAO_CLASSIFICADO = "nao_classificado"
    NAO_ELEGIVEL = "nao_elegivel"
    MINIMO_JA_ATENDIDO = "minimo_ja_atendido"
    CONTEMPLADO = "contemplado"
    NAO_ALCANCADO = "nao_alcancado"


class PartilhaRecusada(ValueError):
    """Os municípios não permitem partilhar; a mensagem diz por quê e `coluna` diz onde olhar."""

    def __init__(self, mensagem: str, *, coluna: str) -> None:
        super().__init__(mensagem)
        self.coluna = coluna


@dataclass(frozen=True, slots=True, kw_only=True)
class Cota:
    """O resultado de um município; valores em centavos. Sem classificação, `prioridade` é `None`."""

    municipio: Municipio
    porte: Porte
    faltam: tuple[str, ...]
    prioridade: Prioridade | None
    situacao: Situacao
    motivo: str
    cras_minimo: int
    cras_a_financiar: int
    valor_minimo: int
    valor_partilhado: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grupo:
    """Um porte num estado; centavos. `passo1` repete o valor nacional do porte."""

    uf: str
    porte: Porte
    passo1: int
    passo2: int
    recebido: int
    cedido: int
    pago: int
    saldo: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultado:
    """A partilha calculada. `cotas` em ordem de código; `grupos` por UF e porte."""

    opcoes: Opcoes
    regras: Regras
    passo1: Passo1
    passo2: Passo2
    escalas: Mapping[ChaveDeEscala, Escala]
    distribuicoes: Mapping[str, Distribuicao]
    cotas: tuple[Cota, ...]
    grupos: tuple[Grupo, ...]

    @property
    def pago_centavos(self) -> int:
        """Soma das cotas, em centavos."""
        return sum(cota.valor_partilhado for cota in self.cotas)

    @property
    def saldo_centavos(self) -> int:
        """O que nenhum estado conseguiu distribuir, em centavos."""
        return sum(grupo.saldo for grupo in self.grupos)


@dataclass(frozen=True, slots=True, kw_only=True)
class Classificavel:
    """Um município com o porte e, se nada lhe falta, com os valores dos indicadores."""

    municipio: Municipio
    porte: Porte
    faltam: tuple[str, ...]
    valores: Mapping[Indicador, Fraction]
    cras_minimo: int
    cras_a_financiar: int
    minimo_centavos: int

    @property
    def grupo(self) -> tuple[str, Porte]:
        """UF e porte: a fila em que o município espera."""
        return self.municipio.uf, self.porte

    @property
    def na_fila(self) -> bool:
        """Disputa o recurso: elegível e com mínimo a completar."""
        return self.municipio.elegivel and self.minimo_centavos > 0


def partilhar(*, municipios: Iterable[Municipio], opcoes: Opcoes) -> Resultado:
    """Calcula a partilha; a ordem dos municípios na entrada não muda nada.

    Pago mais saldos é igual ao recurso, ao centavo.

    Erros: `PartilhaRecusada` quando um código se repete, quando falta indicador sem
    `excluir_incompletos` ou quando ninguém é vulnerável.
    """
    regras = regras_do_exercicio(opcoes.exercicio)
    todos = preparar(municipios=municipios, opcoes=opcoes, regras=regras)
    completos = [item for item in todos if not item.faltam]
    passo1 = passo_1(
        recurso_centavos=opcoes.recurso_centavos,
        pesos=pesos_do_passo_1(completos, opcoes=opcoes, regras=regras),
    )
    passo2 = passo_2(passo1=passo1, vulneraveis=vulneraveis_por_grupo(completos, opcoes=opcoes))
    escalas = montar_escalas(itens=((item.porte, item.municipio.uf, item.valores) for item in completos), opcoes=opcoes)
    prioridades = classificar(completos, opcoes=opcoes, escalas=escalas, regras=regras)
    por_uf: dict[str, list[Classificavel]] = {}
    for item in completos:
        por_uf.setdefault(item.municipio.uf, []).append(item)
    distribuicoes = {
        uf: distribuir(
            dinheiro={porte: passo2.valores[porte].get(uf, 0) for porte in Porte},
            filas=montar_filas(do_estado, prioridades),
        )
        for uf, do_estado in sorted(por_uf.items())
    }
    return Resultado(
        opcoes=opcoes,
        regras=regras,
        passo1=passo1,
        passo2=passo2,
        escalas=escalas,
        distribuicoes=distribuicoes,
        cotas=tuple(_cota(item, prioridades, distribuicoes) for item in todos),
        grupos=_grupos(todos, passo1, passo2, distribuicoes),
    )


def preparar(*, municipios: Iterable[Municipio], opcoes: Opcoes, regras: Regras) -> list[Classificavel]:
    """Dá a cada município porte, mínimo e indicadores, em ordem de código.

    Erros: `PartilhaRecusada`, como em `partilhar`.
    """
    itens = []
    indicadores = opcoes.indicadores
    anterior = ""
    for municipio in sorted(municipios, key=lambda m: m.codigo_ibge):
        if municipio.codigo_ibge == anterior:
            raise PartilhaRecusada(f"O município {anterior} aparece duas vezes. Deixe um só.", coluna="codigo_ibge")
        anterior = municipio.codigo_ibge
        faltam = tuple(c for c in indicadores if getattr(municipio, c) is None)
        if faltam and not opcoes.excluir_incompletos:
            raise PartilhaRecusada(
                f"Falta {', '.join(faltam)} do município {anterior}. Complete, ou escolha excluir os incompletos.",
                coluna=faltam[0],
            )
        itens.append(_preparar_um(municipio, faltam, opcoes, regras))
    return itens


def _preparar_um(municipio: Municipio, faltam: tuple[str, ...], opcoes: Opcoes, regras: Regras) -> Classificavel:
    porte = porte_pelos_limites(populacao=municipio.populacao, uf=municipio.uf, limites=regras.limites_de_porte)
    linha = regras.cras_por_porte.conteudo[porte]
    a_financiar = max(0, linha["minimo"] - municipio.cras_cofinanciados)
    return Classificavel(
        municipio=municipio,
        porte=porte,
        faltam=faltam,
        valores={} if faltam else valores_do_municipio(municipio=municipio, opcoes=opcoes),
        cras_minimo=linha["minimo"],
        cras_a_financiar=a_financiar,
        minimo_centavos=a_financiar * linha["familias"] * opcoes.pbf_centavos * MESES_DO_ANO,
    )


def pesos_do_passo_1(completos: Iterable[Classificavel], *, opcoes: Opcoes, regras: Regras) -> dict[Porte, int]:
    """Percentuais da tabela da norma ou, por opção, habitantes de cada porte."""
    if opcoes.criterio_porte is CriterioPorte.TABELA:
        return {porte: regras.percentual_por_porte.conteudo[porte] for porte in Porte}
    pesos = dict.fromkeys(Porte, 0)
    for item in completos:
        pesos[item.porte] += item.municipio.populacao
    if not any(pesos.values()):
        raise _ninguem_vulneravel(opcoes)
    return pesos


def vulneraveis_por_grupo(completos: Iterable[Classificavel], *, opcoes: Opcoes) -> dict[Porte, dict[str, int]]:
    """Peso de cada UF em cada porte, com as UFs em ordem alfabética.

    Erros: `PartilhaRecusada` quando a soma de tudo é zero.
    """
    somas: dict[Porte, dict[str, int]] = {porte: {} for porte in Porte}
    for item in completos:
        uf = item.municipio.uf
        peso = peso_no_passo_2(municipio=item.municipio, opcoes=opcoes)
        somas[item.porte][uf] = somas[item.porte].get(uf, 0) + peso
    if not any(sum(por_uf.values()) for por_uf in somas.values()):
        raise _ninguem_vulneravel(opcoes)
    return {porte: dict(sorted(por_uf.items())) for porte, por_uf in somas.items()}


def _ninguem_vulneravel(opcoes: Opcoes) -> PartilhaRecusada:
    coluna = "familias_pobres" if opcoes.transicao_2005 else "populacao_vulneravel"
    quem = "família pobre" if opcoes.transicao_2005 else "pessoa vulnerável"
    return PartilhaRecusada(
        f"Nenhum município classificado tem {quem}: a soma de {coluna} é 0 e não há por que "
        "partilhar. Confira a coluna.",
        coluna=coluna,
    )


def classificar(
    completos: Iterable[Classificavel],
    *,
    opcoes: Opcoes,
    escalas: Mapping[ChaveDeEscala, Escala],
    regras: Regras,
) -> dict[str, Prioridade]:
    """Índice e ordem de cada município dentro da sua UF e do seu porte, por código."""
    pesos: Mapping[str, int] = regras.pesos.conteudo
    grupos: dict[tuple[str, Porte], list[_Classificado]] = {}
    for item in completos:
        representativos = {
            indicador: escalas[
                chave_da_escala(indicador=indicador, porte=item.porte, uf=item.municipio.uf, opcoes=opcoes)
            ].representativo(valor)
            for indicador, valor in item.valores.items()
        }
        soma = indice(representativos=representativos, pesos=pesos)
        peso = peso_no_passo_2(municipio=item.municipio, opcoes=opcoes)
        grupos.setdefault(item.grupo, []).append(_Classificado(item, representativos, soma, peso))
    return {
        classificado.item.municipio.codigo_ibge: Prioridade(
            valores=classificado.item.valores,
            representativos=classificado.representativos,
            indice=classificado.indice,
            ordem=ordem,
        )
        for grupo in grupos.values()
        for ordem, classificado in enumerate(_em_ordem(grupo), start=1)
    }


class _Classificado(NamedTuple):
    item: Classificavel
    representativos: Mapping[Indicador, Fraction]
    indice: Fraction
    peso: int


def _em_ordem(grupo: Sequence[_Classificado]) -> list[_Classificado]:
    """Menor índice; empate, mais vulneráveis; depois, menor código."""
    inteiros = em_inteiros_na_mesma_ordem([classificado.indice for classificado in grupo])
    chaves = [
        (inteiro, -classificado.peso, classificado.item.municipio.codigo_ibge)
        for inteiro, classificado in zip(inteiros, grupo, strict=True)
    ]
    return [grupo[posicao] for posicao in sorted(range(len(grupo)), key=chaves.__getitem__)]


def montar_filas(
    do_estado: Sequence[Classificavel], prioridades: Mapping[str, Prioridade]
) -> dict[Porte, list[NaFila]]:
    """A fila de cada porte do estado: só quem disputa, em ordem de prioridade."""
    em_ordem = sorted(do_estado, key=lambda item: prioridades[item.municipio.codigo_ibge].ordem)
    filas: dict[Porte, list[NaFila]] = {porte: [] for porte in Porte}
    for item in em_ordem:
        if item.na_fila:
            filas[item.porte].append(NaFila(item.municipio.codigo_ibge, item.minimo_centavos))
    return filas


def _cota(
    item: Classificavel,
    prioridades: Mapping[str, Prioridade],
    distribuicoes: Mapping[str, Distribuicao],
) -> Cota:
    codigo, uf = item.municipio.codigo_ibge, item.municipio.uf
    distribuicao = distribuicoes.get(uf)
    pago = distribuicao.pagos.get(codigo, 0) if distribuicao else 0
    saldo = distribuicao.saldo[item.porte] if distribuicao else 0
    cedido = distribuicao.cedido[item.porte] if distribuicao else 0
    situacao = _situacao(item, pago=pago)
    return Cota(
        municipio=item.municipio,
        porte=item.porte,
        faltam=item.faltam,
        prioridade=prioridades.get(codigo),
        situacao=situacao,
        motivo=_motivo(item, situacao=situacao, saldo=saldo, cedido=cedido),
        cras_minimo=item.cras_minimo,
        cras_a_financiar=item.cras_a_financiar,
        valor_minimo=item.minimo_centavos,
        valor_partilhado=pago,
    )


def _situacao(item: Classificavel, *, pago: int) -> Situacao:
    if item.faltam:
        return Situacao.NAO_CLASSIFICADO
    if not item.municipio.elegivel:
        return Situacao.NAO_ELEGIVEL
    if item.minimo_centavos == 0:
        return Situacao.MINIMO_JA_ATENDIDO
    return Situacao.CONTEMPLADO if pago else Situacao.NAO_ALCANCADO


def _motivo(item: Classificavel, *, situacao: Situacao, saldo: int, cedido: int) -> str:
    minimo = em_reais(item.minimo_centavos)
    onde = f"{item.porte.nome} em {item.municipio.uf}"
    match situacao:
        case Situacao.NAO_CLASSIFICADO:
            return f"Falta {', '.join(item.faltam)}."
        case Situacao.NAO_ELEGIVEL:
            return motivo_de_nao_elegivel(item.municipio)
        case Situacao.MINIMO_JA_ATENDIDO:
            return f"Já tem {_cras(item.municipio.cras_cofinanciados)}; o mínimo do porte é {item.cras_minimo}."
        case Situacao.CONTEMPLADO:
            return f"O mínimo de {minimo} coube no recurso de {onde}."
        case Situacao.NAO_ALCANCADO if cedido and not saldo:
            fim = f"os {em_reais(cedido)} que havia foram cedidos a outros portes do estado"
            return f"O mínimo de {minimo} não coube no recurso de {onde}; {fim}."
        case Situacao.NAO_ALCANCADO:
            return f"O mínimo de {minimo} não coube no recurso de {onde}; restaram {em_reais(saldo)}."


def _cras(quantos: int) -> str:
    return "1 CRAS cofinanciado" if quantos == 1 else f"{com_virgula(quantos)} CRAS cofinanciados"


def motivo_de_nao_elegivel(municipio: Municipio) -> str:
    """As exigências do item 4 que faltam ao município, em palavras."""
    razoes = [] if municipio.adesao_suas else ["não aderiu ao SUAS"]
    if municipio.nivel_gestao not in GESTAO_QUE_PARTICIPA:
        habilitado = municipio.nivel_gestao is not NivelDeGestao.NAO_HABILITADO
        razoes.append(
            "a gestão é inicial, e participam a básica e a plena"
            if habilitado
            else "não está habilitado na gestão básica nem na plena"
        )
    texto = " e ".join(razoes)
    return f"{texto[:1].upper()}{texto[1:]}."


def _grupos(
    todos: Iterable[Classificavel],
    passo1: Passo1,
    passo2: Passo2,
    distribuicoes: Mapping[str, Distribuicao],
) -> tuple[Grupo, ...]:
    """Um por UF e porte com município, inclusive o que só tem município não classificado."""
    existentes = {item.grupo for item in todos}
    ordem = tuple(Porte)
    grupos = []
    for uf, porte in sorted(existentes, key=lambda par: (par[0], ordem.index(par[1]))):
        distribuicao = distribuicoes.get(uf)
        grupos.append(
            Grupo(
                uf=uf,
                porte=porte,
                passo1=passo1.valores[porte],
                passo2=passo2.valores[porte].get(uf, 0),
                recebido=distribuicao.recebido[porte] if distribuicao else 0,
                cedido=distribuicao.cedido[porte] if distribuicao else 0,
                pago=distribuicao.pago[porte] if distribuicao else 0,
                saldo=distribuicao.saldo[porte] if distribuicao else 0,
            )
        )
    return tuple(grupos)
