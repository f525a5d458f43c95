"""Encaminhamentos e grupos inventados para os testes, pelos atos da casa."""

from __future__ import annotations

from datetime import date
from typing import Any

from suas.atendimento.familias.models import Integrante, Prontuario
from suas.atendimento.familias.tests.fabricas import tecnica
from suas.atendimento.servicos.acoes import encaminhamentos, grupos, protocolos
from suas.atendimento.servicos.listas import Codigo
from suas.atendimento.servicos.models import Encaminhamento, Encontro, Grupo, Participante, Protocolo
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE

COMECOU = date(2026, 1, 5)


def encaminhamento(
    prontuario: Prontuario, destino: Unidade | None, *, hoje: date = HOJE, por: Any = None, **mudancas: Any
) -> Encaminhamento:
    """Do prontuário a outra unidade, ou ao órgão de `orgao`."""
    novo = {"codigo": Codigo.OUTROS, "motivo": "Precisa de acompanhamento.", "destino": destino} | mudancas
    return encaminhamentos.encaminhar(
        prontuario=prontuario,
        novo=encaminhamentos.Novo(**novo),
        por=por or tecnica(prontuario.unidade),
        em=AGORA,
        hoje=hoje,
    )


def aceito(enviado: Encaminhamento, *, hoje: date = HOJE) -> Encaminhamento:
    """A unidade que recebe aceita."""
    assert enviado.destino is not None
    return encaminhamentos.aceitar(encaminhamento=enviado, por=tecnica(enviado.destino), em=AGORA, hoje=hoje)


def protocolo(origem: Unidade, destino: Unidade, *, prazo: int = 5, aceita: bool = True, **mudancas: Any) -> Protocolo:
    """O que a origem propôs, e a outra aceitou."""
    campos = {"combinado": "Relatório junto.", "prazo_dias": prazo, "campos": [("Riscos", True), ("Escola", False)]}
    feito = protocolos.propor(
        proposta=protocolos.Proposta(origem=origem, destino=destino, **campos | mudancas),
        pela=origem,
        por=tecnica(origem),
        em=AGORA,
    )
    if aceita:
        feito = protocolos.responder(protocolo=feito, aceita=True, resposta="", por=tecnica(destino), em=AGORA)
    return feito


def grupo(unidade: Unidade, *, tipo: str = "scfv", nome: str = "Grupo do Exemplo", **mudancas: Any) -> Grupo:
    """Um grupo da unidade, aberto há um ano."""
    novo = grupos.NovoGrupo(**{"nome": nome, "tipo": tipo, "comecou": COMECOU} | mudancas)
    return grupos.abrir(unidade=unidade, novo=novo, por=tecnica(unidade), em=AGORA, hoje=HOJE)


def participante(do: Grupo, integrante: Integrante) -> Participante:
    """Alguém inscrito desde que o grupo começou."""
    return grupos.inscrever(grupo=do, integrante=integrante, dia=COMECOU, por=tecnica(do.unidade), em=AGORA, hoje=HOJE)


def chamada(do: Grupo, *vieram: Participante, dia: date = HOJE, **mudancas: Any) -> Encontro:
    """A chamada de um dia."""
    feita = grupos.Chamada(dia=dia, vieram={p.pessoa_id for p in vieram}, **mudancas)
    return grupos.fazer_chamada(grupo=do, chamada=feita, por=tecnica(do.unidade), em=AGORA, hoje=HOJE)
