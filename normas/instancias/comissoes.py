"""As comissões intergestores: as cadeiras da CIB e da CIT, e a composição conferida diante delas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from normas.base.centavos import ratear
from normas.base.fundamento import Fundamento
from normas.base.inconsistencia import Gravidade, Inconsistencia
from normas.instancias.conselho import LEITURA
from normas.parametros.leitura import Parametro, versoes
from normas.territorio.porte import Porte

CAPITAL = "capital"


class Representacao(StrEnum):
    """Quem a cadeira da comissão representa."""

    UNIAO = "UNIAO"
    ESTADO = "ESTADO"
    ESTADOS = "ESTADOS"
    MUNICIPIOS = "MUNICIPIOS"

    @property
    def nome(self) -> str:
        """Em palavras."""
        return {
            "UNIAO": "a União",
            "ESTADO": "o estado",
            "ESTADOS": "os estados e o Distrito Federal",
            "MUNICIPIOS": "os municípios",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Representante:
    """Titular ou suplente de uma cadeira. Os municipais dizem o porte, ou se são da capital, e a região do estado."""

    cadeira: int
    representacao: Representacao
    titular: bool
    porte: Porte | None = None
    da_capital: bool = False
    regiao: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CadeirasMunicipais:
    """Quantas cadeiras municipais da CIB vão a cada porte e à capital, e por qual das duas regras."""

    por_porte: Mapping[str, int]
    proporcional: bool
    fundamento: Fundamento

    @property
    def total(self) -> int:
        """Todas elas."""
        return sum(self.por_porte.values())


def cadeiras_municipais_da_cib(
    *, municipios_por_porte: Mapping[Porte, int], porte_da_capital: Porte, em: date
) -> CadeirasMunicipais:
    """As seis cadeiras municipais: pela lista da norma ou, quando o estado não tem todos os portes, por proporção.

    `municipios_por_porte` conta todos os municípios do estado, com a capital. A proporção é a dos municípios de cada
    porte, pelos maiores restos (ADR 0112).

    Erros: `ValueError` quando a capital não está na conta.
    """
    if municipios_por_porte.get(porte_da_capital, 0) < 1:
        raise ValueError(f"A capital é {porte_da_capital.nome}, e a conta não tem nenhum município deste porte.")
    regra = _em_vigor("instancias.cib", em)
    lista = {chave: regra.conteudo[chave] for chave in (*Porte, CAPITAL) if chave in regra.conteudo}
    sem_a_capital = Counter(municipios_por_porte)
    sem_a_capital[porte_da_capital] -= 1
    if all(sem_a_capital[Porte(chave)] >= vagas for chave, vagas in lista.items() if chave != CAPITAL):
        return CadeirasMunicipais(por_porte=lista, proporcional=False, fundamento=regra.fundamento)
    em_ordem = {str(porte): municipios_por_porte.get(porte, 0) for porte in Porte}
    return CadeirasMunicipais(
        por_porte=ratear(total=sum(lista.values()), pesos=em_ordem),
        proporcional=True,
        fundamento=Fundamento(regra.fundamento.norma, "item 4.2, CIB, b1"),
    )


def conferir_cib(
    *, representantes: Sequence[Representante], cadeiras: CadeirasMunicipais, em: date
) -> tuple[Inconsistencia, ...]:
    """O que não combina na composição da CIB: números, portes, suplentes e regiões. Antes de 2006 não se confere."""
    regra = _em_vigor("instancias.cib", em)
    if em < regra.vigencia.desde:
        return ()
    quer = {Representacao.ESTADO: regra.conteudo["estado"], Representacao.MUNICIPIOS: cadeiras.total}
    faltas = _numeros(representantes, quer, regra)
    municipais = [r for r in representantes if r.representacao is Representacao.MUNICIPIOS]
    for titular in (True, False):
        ha = Counter(_lugar(r, proporcional=cadeiras.proporcional) for r in municipais if r.titular is titular)
        for lugar, vagas in cadeiras.por_porte.items():
            if ha[lugar] != vagas:
                nome = "da capital" if lugar == CAPITAL else f"de porte {Porte(lugar).nome}"
                qual = "titulares" if titular else "suplentes"
                faltas.append(
                    _falta("porte", f"{_quantos(vagas, qual)} {nome}, e há {ha[lugar]}.", cadeiras.fundamento)
                )
    return (*faltas, *_regioes(municipais, regra.fundamento))


def conferir_cit(*, representantes: Sequence[Representante], em: date) -> tuple[Inconsistencia, ...]:
    """O que não combina na composição da CIT: três bancadas iguais, com suplentes. Antes de 2006 não se confere."""
    regra = _em_vigor("instancias.cit", em)
    if em < regra.vigencia.desde:
        return ()
    return tuple(_numeros(representantes, {Representacao(r): vagas for r, vagas in regra.conteudo.items()}, regra))


def conferir_rodizio(*, antes: Iterable[Representante], depois: Iterable[Representante]) -> tuple[Inconsistencia, ...]:
    """As cadeiras municipais cuja região não mudou na renovação: a norma pede rotatividade, e isto só avisa."""
    regiao_de_antes = {(r.cadeira, r.titular): r.regiao for r in antes if r.regiao}
    return tuple(
        Inconsistencia(
            regra="rodizio", itens=(), gravidade=Gravidade.AVISA, fundamento=LEITURA,
            mensagem=f"A cadeira {novo.cadeira} continua com a região {novo.regiao}. A norma pede rodízio.",
        )
        for novo in depois
        if novo.regiao and regiao_de_antes.get((novo.cadeira, novo.titular)) == novo.regiao
    )  # fmt: skip


def _em_vigor(nome: str, em: date) -> Parametro:
    """O valor do dia, ou o do dia vigente mais próximo (ADR 0001)."""
    return min(versoes(nome), key=lambda versao: abs(versao.vigencia.mais_proximo(em) - em))


def _lugar(representante: Representante, *, proporcional: bool) -> str:
    if representante.da_capital and not proporcional:
        return CAPITAL
    return str(representante.porte or "")


def _numeros(
    representantes: Sequence[Representante], quer: Mapping[Representacao, int], regra: Parametro
) -> list[Inconsistencia]:
    faltas = []
    for representacao, vagas in quer.items():
        for titular in (True, False):
            ha = sum(r.representacao is representacao and r.titular is titular for r in representantes)
            if ha != vagas:
                qual = "titulares" if titular else "suplentes"
                mensagem = f"{_quantos(vagas, qual)} pel{representacao.nome}, e há {ha}."
                faltas.append(_falta("numero", mensagem, regra.fundamento))
    if estranhos := {r.representacao for r in representantes} - set(quer):
        nomes = " e ".join(sorted(estranho.nome for estranho in estranhos))
        faltas.append(_falta("representacao", f"Esta comissão não tem cadeira para {nomes}.", regra.fundamento))
    return faltas


def _regioes(municipais: Sequence[Representante], fundamento: Fundamento) -> list[Inconsistencia]:
    """Titular e suplente da mesma cadeira são de regiões diferentes."""
    titulares = {r.cadeira: r.regiao for r in municipais if r.titular and r.regiao}
    return [
        _falta(
            "regiao",
            f"Na cadeira {r.cadeira}, o titular e o suplente são da região {r.regiao}. Indique outra região.",
            fundamento,
        )
        for r in municipais
        if not r.titular and not r.da_capital and r.regiao and titulares.get(r.cadeira) == r.regiao
    ]


def _quantos(vagas: int, qual: str) -> str:
    return f"São {vagas} {qual}" if vagas != 1 else f"É 1 {qual[:-2] if qual == 'titulares' else qual[:-1]}"


def _falta(regra: str, mensagem: str, fundamento: Fundamento) -> Inconsistencia:
    return Inconsistencia(regra=regra, itens=(), gravidade=Gravidade.IMPEDE, mensagem=mensagem, fundamento=fundamento)
