"""Confere um formulário preenchido: cada regra olha, e o que não combina se diz com os números da pessoa."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from normas.base.competencia import Competencia
from normas.base.inconsistencia import Gravidade, Inconsistencia
from normas.registros import limpeza, regras
from normas.registros.exame import Achado, Contexto, Exame
from normas.registros.formulario import Evidencia, Regra, TipoDeRegra, Versao
from normas.registros.meses_anteriores import meses_anteriores
from normas.registros.preenchimento import Preenchimento

COMO_SE_CONFERE: Mapping[TipoDeRegra, Callable[[Regra, Exame], Iterator[Achado]]] = {
    TipoDeRegra.PREENCHIMENTO: regras.preenchimento,
    TipoDeRegra.NO_MAXIMO: regras.no_maximo,
    TipoDeRegra.SOMA_DAS_CELULAS: regras.soma_das_celulas_do_item,
    TipoDeRegra.CELULAS_NO_MAXIMO: regras.celulas_no_maximo,
    TipoDeRegra.CONTA_DO_ESTOQUE: regras.conta_do_estoque,
    TipoDeRegra.NO_MAXIMO_DO_REGISTRO: regras.no_maximo_do_registro,
    TipoDeRegra.CORTE_POR_PORTE: limpeza.corte_por_porte,
    TipoDeRegra.METADE_DO_ESTOQUE: limpeza.metade_do_estoque,
    TipoDeRegra.DESVIO_NA_FAIXA: limpeza.desvio_na_faixa,
    TipoDeRegra.MESES_ANTERIORES: meses_anteriores,
}
ORDEM = (Gravidade.IMPEDE, Gravidade.JUSTIFICAR, Gravidade.AVISA)
SO_AVISA = " Leitura do projeto: só avisa."


def conferir(
    *, versao: Versao, competencia: Competencia, preenchimento: Preenchimento, contexto: Contexto | None = None
) -> tuple[Inconsistencia, ...]:
    """Devolve as inconsistências: primeiro as que impedem, depois as que pedem justificativa, depois os avisos."""
    exame = Exame(versao=versao, competencia=competencia, preenchimento=preenchimento, contexto=contexto or Contexto())
    achadas = [
        Inconsistencia(
            regra=regra.codigo,
            itens=tuple(dict.fromkeys(itens)),
            gravidade=regra.gravidade,
            mensagem=mensagem + (SO_AVISA if regra.evidencia is Evidencia.LEITURA else ""),
            fundamento=regra.fundamento,
        )
        for regra in versao.regras
        if not regra.quando or regra.quando in exame.contexto.escolhas
        for itens, mensagem in COMO_SE_CONFERE[regra.tipo](regra, exame)
    ]
    achadas += _das_sobras(exame)
    return tuple(sorted(achadas, key=lambda achada: ORDEM.index(achada.gravidade)))


def _das_sobras(exame: Exame) -> Iterator[Inconsistencia]:
    """O que veio e não é do formulário: pode ser item local, e não impede."""
    regra = exame.versao.regra_de_preenchimento
    for nome in exame.preenchimento.sobras:
        yield Inconsistencia(
            regra=regra.codigo,
            itens=(nome,),
            gravidade=Gravidade.AVISA,
            mensagem=(
                f"“{nome}” não é um item do {exame.versao.formulario}, versão {exame.versao.versao}: ficou de fora da "
                "conferência. Se é um item do município, siga; senão, confira o código."
            ),
            fundamento=regra.fundamento,
        )
