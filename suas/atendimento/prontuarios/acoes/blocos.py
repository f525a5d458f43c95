"""Gravar uma ficha do prontuário: sempre uma versão nova, sem apagar a de antes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from normas.prontuario.conferencia import Falta, conferir
from normas.prontuario.leitura import prontuario as modelo_de_hoje
from normas.prontuario.modelo import Ficha
from suas.atendimento.familias import permissoes as familias
from suas.atendimento.prontuarios.consultas import blocos
from suas.atendimento.prontuarios.models import VersaoDaFicha
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.atendimento.familias.models import PessoaAtendida, Prontuario


@dataclass(frozen=True, kw_only=True)
class Preenchida:
    """O que se escreveu numa ficha. `sobre` é o número da versão que a tela mostrava; 0, se nenhuma."""

    respostas: dict[str, Any]
    dia: date
    sobre: int = 0
    observacao: str = ""


class FaltasNaFicha(AtoRecusado):
    """Há respostas que não servem: `faltas` diz quais e por quê."""

    def __init__(self, faltas: list[Falta]) -> None:
        super().__init__(faltas[0].mensagem)
        self.faltas = faltas


@transaction.atomic
def gravar(
    *,
    prontuario: Prontuario,
    ficha: Ficha,
    pessoa: PessoaAtendida | None,
    preenchida: Preenchida,
    por: Ator,
    em: datetime,
    hoje: date,
    sintetica: bool = False,
) -> VersaoDaFicha:
    """Grava outra versão da ficha. Repetir o mesmo envio não grava de novo.

    Erros: `FaltasNaFicha`; `MudouNoMeioTempo` se alguém gravou depois que a tela se abriu; `AtoRecusado`.
    """
    if por.pessoa is None:
        raise AtoRecusado(familias.QUEM_ATENDE)
    # dois envios não dão o mesmo número
    type(prontuario)._default_manager.select_for_update(of=("self",)).get(pk=prontuario.pk)
    atual = blocos.de_agora(prontuario, ficha=ficha.codigo, pessoa=pessoa.pk if pessoa else None)
    escrita = preenchida.observacao.strip()
    if atual is not None and atual.profissional_id == por.pessoa.pk and _repete(atual, preenchida, escrita):
        return atual
    if (atual.numero if atual is not None else 0) != preenchida.sobre:
        raise MudouNoMeioTempo("Outra pessoa gravou esta ficha depois que você a abriu. Compare e envie de novo.")
    _conferir(prontuario, ficha, pessoa, preenchida, hoje=hoje)
    if not preenchida.respostas and not escrita and atual is None:
        raise AtoRecusado("A ficha está em branco. Responda ao menos uma pergunta, ou escreva uma observação.")
    versao = VersaoDaFicha.objects.create(
        prontuario=prontuario,
        familia=prontuario.familia,
        pessoa=pessoa,
        unidade=prontuario.unidade,
        abrangencia=prontuario.abrangencia,
        ficha=ficha.codigo,
        numero=preenchida.sobre + 1,
        modelo=modelo_de_hoje().versao,
        dia=preenchida.dia,
        respostas=preenchida.respostas,
        observacao=escrita,
        profissional=por.pessoa,
        funcao=por.papel.nome,
        gravada_em=em,
        sintetica=sintetica,
    )
    registrar(ato="prontuarios.gravar_ficha", objeto=versao, por=por, em=em)
    return versao


def _repete(atual: VersaoDaFicha, preenchida: Preenchida, escrita: str) -> bool:
    """O mesmo envio chegou duas vezes: as mesmas respostas, no mesmo dia, sobre a versão de antes."""
    feita = (atual.respostas, atual.dia, atual.observacao, atual.numero)
    return feita == (preenchida.respostas, preenchida.dia, escrita, preenchida.sobre + 1)


def _conferir(
    prontuario: Prontuario, ficha: Ficha, pessoa: PessoaAtendida | None, preenchida: Preenchida, *, hoje: date
) -> None:
    if preenchida.dia > hoje:
        raise AtoRecusado(f"O dia {preenchida.dia:%d/%m/%Y} ainda não chegou. Confira a data.", campo="dia")
    if preenchida.dia < prontuario.aberto_dia:
        raise AtoRecusado(
            f"O prontuário foi aberto em {prontuario.aberto_dia:%d/%m/%Y}: a avaliação não pode ser de antes.",
            campo="dia",
        )
    faltas = conferir(
        ficha,
        preenchida.respostas,
        pessoas=blocos.nomes(prontuario.familia),
        hoje=hoje,
        idade=pessoa.idade(preenchida.dia) if pessoa else None,
    )
    if faltas:
        raise FaltasNaFicha(faltas)
