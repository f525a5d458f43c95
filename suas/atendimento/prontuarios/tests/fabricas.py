"""Prontuários inventados para os testes, pelos atos da casa."""

from __future__ import annotations

from datetime import date
from typing import Any

from normas.prontuario.leitura import ficha
from suas.atendimento.familias.models import PessoaAtendida, Prontuario
from suas.atendimento.familias.tests.fabricas import CHEGOU, tecnica
from suas.atendimento.prontuarios.acoes import acesso, acompanhamento, plano
from suas.atendimento.prontuarios.acoes.blocos import Preenchida, gravar
from suas.atendimento.prontuarios.models import Acompanhamento, Avaliacao, EntregaDoRegistro, Plano, VersaoDaFicha
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes.ator import Ator

CASA = {"residencia": "alugada", "dormitorios": 2}


def gravada(
    prontuario: Prontuario,
    codigo: str = "4",
    respostas: dict[str, Any] | None = None,
    *,
    pessoa: PessoaAtendida | None = None,
    por: Ator | None = None,
    sobre: int = 0,
    dia: date = HOJE,
    observacao: str = "",
) -> VersaoDaFicha:
    """Uma versão de uma ficha; por padrão, a das condições habitacionais."""
    return gravar(
        prontuario=prontuario,
        ficha=ficha(codigo),
        pessoa=pessoa,
        preenchida=Preenchida(
            respostas=CASA if respostas is None else respostas, dia=dia, sobre=sobre, observacao=observacao
        ),
        por=por or tecnica(prontuario.unidade),
        em=AGORA,
        hoje=HOJE,
    )


def acompanhada(
    prontuario: Prontuario, *, dia: date = CHEGOU, perfil: list[str] | None = None, por: Ator | None = None
) -> Acompanhamento:
    """A família inserida no serviço da unidade, no dia em que chegou."""
    return acompanhamento.inserir(
        prontuario=prontuario,
        entrada=acompanhamento.Entrada(dia=dia, perfil=perfil or []),
        por=por or tecnica(prontuario.unidade),
        em=AGORA,
        hoje=HOJE,
    )


def planejada(feito: Acompanhamento, *, pessoa: PessoaAtendida | None = None) -> Plano:
    """Um plano com um objetivo, uma ação e uma revisão."""
    por = tecnica(feito.unidade)
    aberto = plano.abrir(
        acompanhamento=feito, pessoa=pessoa, dia=feito.inicio, rever_ate=None, por=por, em=AGORA, hoje=HOJE
    )
    objetivo = plano.por_objetivo(plano=aberto, texto="Documentação em dia", por=por, em=AGORA)
    nova = plano.NovaAcao(texto="Tirar a segunda via do RG", responsavel="a família")
    plano.por_acao(objetivo=objetivo, nova=nova, por=por, em=AGORA)
    revista = plano.NovaRevisao(dia=HOJE, texto="Falta o RG.")
    plano.rever(plano=aberto, nova=revista, por=por, em=AGORA, hoje=HOJE)
    return aberto


def avaliada(feito: Acompanhamento) -> Avaliacao:
    """Uma avaliação do acompanhamento, com avanço."""
    avaliacao = acompanhamento.Avaliada(
        dia=HOJE, ofertas="sim", outras_politicas="parcialmente", reconhece=True, resultado="avanco"
    )
    por = tecnica(feito.unidade)
    return acompanhamento.avaliar(acompanhamento=feito, avaliada=avaliacao, por=por, em=AGORA, hoje=HOJE)


def entregue(prontuario: Prontuario, pessoa: PessoaAtendida, *, quem_pediu: str = "propria") -> EntregaDoRegistro:
    """O registro da pessoa, emitido a pedido."""
    return acesso.entregar(
        prontuario=prontuario,
        pessoa=pessoa,
        quem_pediu=quem_pediu,
        conferencia="Mostrou o RG.",
        por=tecnica(prontuario.unidade),
        em=AGORA,
    )
