"""Quem acompanha, inventado para os testes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.obrigacoes.acoes import entregas
from suas.nucleo.obrigacoes.sistemas import GESTAO, Devedor
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.ator import Ator
from suas.vigilancia.monitoramento.models import Comunicacao, Destinatario


def na_gerencia(area: str, uf: str = "32") -> Ator:
    """Alguém de uma gerência estadual."""
    ator = identidade.ator(papeis.GERENCIA_ESTADUAL, uf)
    assert ator.vinculo is not None
    ator.vinculo.area = area
    ator.vinculo.save()
    return replace(ator)


def cena() -> dict[str, str]:
    """Uma comunicação à espera de decisão e outra mandada, aos municípios do estado, e uma entrega informada."""
    comum = {"sistema": "RMA", "etapa": "preenchimento", "abrangencia": "32", "proposta_em": AGORA}
    espera = Comunicacao.objects.create(especie="antecipado", periodo="2030-01", prazo=date(2030, 2, 28), **comum)
    mandada = Comunicacao.objects.create(
        especie="pendencia", periodo="2030-01", prazo=date(2030, 2, 28), estado="enviada", decidida_em=AGORA, **comum
    )
    Destinatario.objects.create(comunicacao=mandada, abrangencia="3205309", faltam=2)
    informada = Devedor(quem=GESTAO, nome="Órgão gestor", alvo="Gestão", abrangencia="3205309")
    entregas.entregar(
        sistema="SISC",
        etapa="confirmação de participação",
        periodo="2025-T4",
        devedor=informada,
        dia=date(2025, 12, 16),
        protocolo="Exemplo 2",
    )
    return {"comunicacao": str(espera.pk)}
