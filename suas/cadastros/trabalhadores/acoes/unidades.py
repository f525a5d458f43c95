"""Atos sobre a unidade: com que números se calcula a equipe dela e se o público vê quem atende."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from suas.cadastros.rede.models import Unidade
from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.models import BaseDaEquipe, QuemAtende
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def definir_base(*, unidade: Unidade, numeros: dict[str, Any], por: Ator, em: datetime) -> BaseDaEquipe:
    """Diz a tabela, a gestão, os turnos e o que mais a conta da norma pede e o cadastro da rede não tem."""
    permissoes.exigir(por, permissoes.ATUALIZAR, abrangencia=unidade.municipio_id, unidade=unidade)
    base, _ = BaseDaEquipe.objects.update_or_create(unidade=unidade, defaults=numeros | {"mudada_em": em})
    registrar(ato="trabalhadores.definir_base", objeto=base, por=por, em=em)
    return base


@transaction.atomic
def mostrar_quem_atende(*, unidade: Unidade, por: Ator, em: datetime) -> None:
    """Liga a lista pública da unidade: nome, função e credencial de quem atende. Repetir não muda nada."""
    permissoes.exigir(por, permissoes.ATUALIZAR, abrangencia=unidade.municipio_id)
    mostra, nova = QuemAtende.objects.get_or_create(unidade=unidade, defaults={"ligado_em": em})
    if nova:
        registrar(ato="trabalhadores.mostrar_quem_atende", objeto=mostra, por=por, em=em)


@transaction.atomic
def esconder_quem_atende(*, unidade: Unidade, por: Ator, em: datetime) -> None:
    """Desliga a lista pública da unidade."""
    permissoes.exigir(por, permissoes.ATUALIZAR, abrangencia=unidade.municipio_id)
    mostra = QuemAtende.objects.filter(unidade=unidade).first()
    if mostra is not None:
        registrar(ato="trabalhadores.esconder_quem_atende", objeto=mostra, por=por, em=em)
        mostra.delete()
