"""Confere os requisitos de um nível com o que se sabe, o ano inteiro, sem pedir de novo o que o sistema já tem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from normas.base.constatacao import NAO_SE_SABE, Constatacao, Situacao, pior
from normas.habilitacao.niveis import Exigencia, Gestao, NivelDeGestao, Requisito, gestao
from normas.parametros.leitura import versoes
from normas.rede.cobertura_de_cras import cobertura_de_cras
from normas.territorio.porte import Porte

#: O que o art. 30 da LOAS pede a quem não era habilitado, além do da transição (item 6).
DO_ARTIGO_30 = ("conselho", "plano", "fundo", "recursos_proprios")


class ConstatacaoSemExigencia(ValueError):
    """Informou-se algo que este nível não exige: há engano no código."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExigenciaConferida:
    """Uma exigência e o que se constatou dela."""

    exigencia: Exigencia
    constatacao: Constatacao


@dataclass(frozen=True, slots=True, kw_only=True)
class RequisitoConferido:
    """Uma alínea dos requisitos: atende quando todas as suas exigências atendem."""

    requisito: Requisito
    situacao: Situacao


@dataclass(frozen=True, slots=True, kw_only=True)
class Conferencia:
    """O quadro de um nível no dia: alíneas, exigências e a situação do todo."""

    gestao: Gestao
    requisitos: tuple[RequisitoConferido, ...]
    exigencias: tuple[ExigenciaConferida, ...]
    vigente: bool

    @property
    def situacao(self) -> Situacao:
        """Do nível inteiro."""
        return pior(conferida.constatacao.situacao for conferida in self.exigencias)

    @property
    def faltam(self) -> tuple[ExigenciaConferida, ...]:
        """O que não atende ou não se sabe, na ordem da norma."""
        return tuple(c for c in self.exigencias if c.constatacao.situacao is not Situacao.ATENDE)


def conferir_nivel(
    *, codigo: str, constatacoes: Mapping[str, Constatacao], em: date, nivel_de_antes: NivelDeGestao | None = None
) -> Conferencia:
    """Confere cada exigência do nível com as constatações dadas; o que ninguém constatou não se sabe.

    Na transição de 2005, quem vem de não habilitado comprova também o art. 30 da LOAS (item 6).

    Erros: `GestaoDesconhecida`; `ConstatacaoSemExigencia` para código que nenhum nível conhece.
    """
    nivel = gestao(codigo, em=em)
    exigencias = list(nivel.exigencias)
    if nivel.transicao and nivel_de_antes is NivelDeGestao.NAO_HABILITADO:
        inicial = gestao(NivelDeGestao.INICIAL, em=em)
        exigencias += [inicial.exigencia(codigo_do_30) for codigo_do_30 in DO_ARTIGO_30]
    _recusar_desconhecidas(constatacoes, exigencias, nivel)
    conferidas = tuple(
        ExigenciaConferida(exigencia=exigencia, constatacao=constatacoes.get(exigencia.codigo, NAO_SE_SABE))
        for exigencia in exigencias
    )
    situacoes = {conferida.exigencia.codigo: conferida.constatacao.situacao for conferida in conferidas}
    return Conferencia(
        gestao=nivel,
        requisitos=tuple(
            RequisitoConferido(
                requisito=requisito, situacao=pior(situacoes[exigida] for exigida in requisito.exigencias)
            )
            for requisito in nivel.requisitos
        ),
        exigencias=conferidas,
        vigente=nivel.vigencia.contem(em),
    )


def constatar_cras(*, porte: Porte, existentes: int | None, evidencia: str, em: date) -> Constatacao:
    """A exigência de CRAS pelo mínimo do porte; sem saber quantos existem, não se sabe.

    Fora da vigência da tabela, usa a do dia vigente mais próximo (ADR 0001).
    """
    if existentes is None:
        return Constatacao(
            situacao=Situacao.NAO_SE_SABE,
            motivo="Não se sabe quantos CRAS o município tem.",
            libera="Registre os CRAS do município, ou que não há nenhum.",
        )
    tabela = min(versoes("rede.cras_por_porte"), key=lambda versao: abs(versao.vigencia.mais_proximo(em) - em))
    cobertura = cobertura_de_cras(porte=porte, familias=0, existentes=existentes, em=tabela.vigencia.mais_proximo(em))
    if cobertura.lacuna:
        return Constatacao(
            situacao=Situacao.NAO_ATENDE,
            evidencia=evidencia,
            motivo=f"O porte {porte.nome} pede ao menos {cobertura.minimo_da_norma} CRAS, e há {existentes}.",
            libera=f"Implante {cobertura.lacuna} CRAS, ou corrija o registro da rede.",
        )
    return Constatacao(
        situacao=Situacao.ATENDE,
        evidencia=f"{evidencia}: {existentes} CRAS, e o porte {porte.nome} pede ao menos {cobertura.minimo_da_norma}",
    )


def _recusar_desconhecidas(constatacoes: Mapping[str, Constatacao], exigencias: list[Exigencia], nivel: Gestao) -> None:
    conhecidas = {exigencia.codigo for exigencia in exigencias}
    if sobram := sorted(set(constatacoes) - conhecidas):
        raise ConstatacaoSemExigencia(
            f"A {nivel.nome} não exige {', '.join(f'“{sobra}”' for sobra in sobram)}. "
            f"Exige: {', '.join(sorted(conhecidas))}."
        )
