"""A família registrada por engano: se está anulada, e o que ficou registrado dela, que impede anular."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Model

from suas.atendimento.familias.models import (
    Domicilio,
    Engano,
    Familia,
    Integrante,
    LeituraDeFora,
    Prontuario,
)

#: O que se registra junto com a família, e sai com ela.
DO_REGISTRO: tuple[type[Model], ...] = (Integrante, Domicilio, Prontuario, LeituraDeFora, Engano)


def engano_de(familia: Familia) -> Engano | None:
    """A anulação que vale agora."""
    return familia.enganos.select_related("quem").filter(desfeito_em__isnull=True).first()


def o_que_ficou(familia: Familia) -> list[str]:
    """Em palavras, o que qualquer módulo guarda da família e não está anulado: “atendimentos”, “fichas”."""
    ficou = []
    for relacao in familia._meta.related_objects:
        modelo = relacao.related_model
        if modelo in DO_REGISTRO:
            continue
        linhas = modelo._default_manager.filter(**{relacao.field.name: familia})
        if any(campo.name == "anulado_em" for campo in modelo._meta.fields):
            linhas = linhas.filter(anulado_em__isnull=True)
        if linhas.exists():
            ficou.append(str(modelo._meta.verbose_name_plural))
    return sorted(ficou)


def so_desta_familia(familia: Familia) -> list[UUID]:
    """As pessoas que só participaram desta família: sem ela, não há por que achá-las pelo nome."""
    dela = set(familia.integrantes.values_list("pessoa_id", flat=True))
    de_outras = Integrante.objects.filter(pessoa__in=dela).exclude(familia=familia)
    return sorted(dela - set(de_outras.values_list("pessoa_id", flat=True)))
