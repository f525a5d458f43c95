"""A seção “Dinheiro” da página do município: a cota dele em cada partilha que o ator vê."""

from __future__ import annotations

from datetime import date
from typing import Any

from suas.cadastros.territorio.models import Municipio
from suas.financas.partilhas.consultas.entradas import alcance, visiveis
from suas.financas.partilhas.models import Cota
from suas.nucleo.permissoes.abrangencia import contem
from suas.nucleo.permissoes.ator import Ator

NO_MAXIMO = 8


def contexto(*, municipio: Municipio, ator: Ator, hoje: date) -> dict[str, Any] | None:
    """As cotas do município, da partilha mais nova à mais antiga; None se ele não está em nenhuma que o ator veja."""
    cotas = Cota.objects.filter(municipio=municipio, partilha__in=visiveis(ator).order_by())
    recentes = cotas.select_related("partilha").order_by("-partilha__criada_em")[:NO_MAXIMO]
    linhas = [cota for cota in recentes if contem(alcance(ator, cota.partilha), municipio.pk)]
    if not linhas:
        return None
    return {"cotas": linhas, "tem_sintetica": any(cota.partilha.sintetica for cota in linhas)}
