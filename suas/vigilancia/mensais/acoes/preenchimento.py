"""Guardar o rascunho do mês, inteiro ou uma célula por vez, sem que ninguém sobrescreva ninguém."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from normas.base.competencia import Competencia
from normas.registros.formulario import Versao
from normas.registros.leitura import formulario
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.mensais import celulas, consultas
from suas.vigilancia.mensais.celulas import Conflito, Escrito
from suas.vigilancia.mensais.models import RegistroMensal

JA_ENVIADO = "Este mês já foi enviado. Para mudar um número, reabra-o dizendo por quê."


class CelulasEmConflito(MudouNoMeioTempo):
    """A mesma célula foi escrita por outra pessoa nesse meio tempo; nada se gravou."""

    def __init__(self, conflitos: Sequence[Conflito], registro: RegistroMensal) -> None:
        quantas = "um número" if len(conflitos) == 1 else f"{len(conflitos)} números"
        super().__init__(
            f"Outra pessoa gravou este mês depois que você abriu a página, e escreveu outro valor em {quantas}. "
            "Compare e envie de novo."
        )
        self.conflitos = conflitos
        self.registro = registro


@dataclass(frozen=True, kw_only=True)
class Guardada:
    """O que ficou de uma célula, e o registro em que está."""

    registro: RegistroMensal
    celula: str
    valor: Escrito
    em: datetime


@transaction.atomic
def guardar(
    *,
    unidade: Unidade,
    competencia: Competencia,
    itens: Mapping[str, Any],
    justificativas: Mapping[str, str],
    versao: int,
    por: Ator,
    em: datetime,
    lidas: Mapping[str, Escrito] | None = None,
    sintetico: bool = False,
) -> RegistroMensal:
    """Guarda o rascunho como está, também o que ainda não combina. `versao` 0 é de quem abriu um mês não começado.

    Com `lidas`, as células como a página as mostrou, o que outra pessoa gravou em outras células fica. Erros:
    `AtoRecusado` se o mês já foi enviado ou se a unidade não o deve; `MudouNoMeioTempo`; `CelulasEmConflito`.
    """
    registro = _aberto(unidade, competencia, em=em, sintetico=sintetico)
    novos: dict[str, Any] = dict(itens)
    textos = {regra: texto.strip() for regra, texto in justificativas.items() if texto.strip()}
    if registro.versao != versao:
        if lidas is None:
            raise MudouNoMeioTempo(
                "Outra pessoa gravou este mês depois que você abriu a página. Compare e envie de novo."
            )
        formulario_do_mes = _versao(registro)
        atuais = celulas.achatar(registro.itens, registro.justificativas, versao=formulario_do_mes)
        escritas = celulas.achatar(novos, textos, versao=formulario_do_mes)
        juntas, conflitos = celulas.fundir(lidas=lidas, atuais=atuais, escritas=escritas)
        if conflitos:
            raise CelulasEmConflito(conflitos, registro)
        novos, textos = celulas.montar(juntas, versao=formulario_do_mes)
    registro.autores = _autores(registro, textos, por=por, em=em)
    registro.itens, registro.justificativas = novos, textos
    registro.mudado_em, registro.versao = em, registro.versao + 1
    registro.save()
    registrar(ato="mensais.guardar", objeto=registro, por=por, em=em)
    return registro


@transaction.atomic
def guardar_celula(
    *,
    unidade: Unidade,
    competencia: Competencia,
    celula: str,
    valor: object,
    antes: object,
    por: Ator,
    em: datetime,
) -> Guardada:
    """Guarda uma célula, se ela ainda tem o valor que a página mostrava (`antes`); repetir não muda nada.

    `celula` é o nome do campo (`celulas.py`); `valor` e `antes`, como se escreveram. Erros: `CelulasEmConflito`,
    `AtoRecusado`.
    """
    registro = _aberto(unidade, competencia, em=em)
    versao = _versao(registro)
    if not celulas.existe(celula, versao=versao):
        raise AtoRecusado(f"“{celula[:60]}” não é um campo do {versao.formulario}. Abra a página de novo.")
    escrito, lido = celulas.ler(valor, celula=celula), celulas.ler(antes, celula=celula)
    regra = celula[2:] if celula.startswith("j-") else ""
    atual = _na_celula(registro, celula, versao=versao)
    if atual == escrito:
        return Guardada(registro=registro, celula=celula, valor=escrito, em=registro.mudado_em)
    if atual != lido:
        raise CelulasEmConflito([Conflito(celula, atual, escrito)], registro)
    if regra:
        textos = {nome: texto for nome, texto in registro.justificativas.items() if nome != regra}
        textos |= {regra: str(escrito)} if escrito else {}
        registro.autores = _autores(registro, textos, por=por, em=em)
        registro.justificativas = textos
    else:
        registro.itens = celulas.com(registro.itens, celula, escrito, versao=versao)
    registro.mudado_em, registro.versao = em, registro.versao + 1
    registro.save()
    dados = {"celula": celula} if regra else {"celula": celula, "antes": atual, "agora": escrito}
    registrar(ato="mensais.guardar_celula", objeto=registro, por=por, em=em, dados=dados)
    return Guardada(registro=registro, celula=celula, valor=escrito, em=em)


def _aberto(unidade: Unidade, competencia: Competencia, *, em: datetime, sintetico: bool = False) -> RegistroMensal:
    """O registro da unidade no mês, travado para mudar; novo, sem gravar, se ela o deve e não começou."""
    registro = _travado(unidade, competencia)
    if registro is None:
        if not consultas.deve(unidade, competencia=competencia):
            raise AtoRecusado(f"{unidade.nome} não funcionava em {competencia.desde:%m/%Y}: não deve este mês.")
        Unidade.objects.select_for_update(of=("self",)).get(pk=unidade.pk)  # o mês não começa duas vezes
        registro = _travado(unidade, competencia) or RegistroMensal(
            unidade=unidade,
            abrangencia=unidade.municipio_id,
            formulario=consultas.FORMULARIOS[unidade.tipo],
            competencia=str(competencia),
            mudado_em=em,
            versao=0,
            sintetico=sintetico,
        )
    if registro.estado not in RegistroMensal.ABERTOS:
        raise AtoRecusado(JA_ENVIADO)
    return registro


def _travado(unidade: Unidade, competencia: Competencia) -> RegistroMensal | None:
    return (
        RegistroMensal.objects.select_for_update(of=("self",))
        .filter(unidade=unidade, formulario=consultas.FORMULARIOS[unidade.tipo], competencia=str(competencia))
        .first()
    )


def _versao(registro: RegistroMensal) -> Versao:
    return formulario(registro.formulario, em=Competencia.de_texto(registro.competencia))


def _na_celula(registro: RegistroMensal, celula: str, *, versao: Versao) -> Escrito:
    return celulas.achatar(registro.itens, registro.justificativas, versao=versao).get(celula, "")


def _autores(registro: RegistroMensal, textos: Mapping[str, str], *, por: Ator, em: datetime) -> dict[str, Any]:
    """Quem escreveu cada justificativa que fica: a que não mudou continua de quem a escreveu."""
    de_agora = {"pessoa": str(por.pessoa.pk) if por.pessoa else None, "em": em.isoformat()}
    return {
        regra: registro.autores[regra]
        if registro.justificativas.get(regra) == texto and regra in registro.autores
        else de_agora
        for regra, texto in textos.items()
    }
