"""O que cada pessoa quer receber, e em que horas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from suas.nucleo.avisos import consultas
from suas.nucleo.avisos.models import EnderecoDevolvido, Forma, Preferencia, Silencio
from suas.nucleo.avisos.silencio import Horas
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def escolher(*, formas: Mapping[str, Forma], horas: Horas | None, por: Ator, em: datetime) -> None:
    """Guarda como quem age quer receber cada tipo de aviso; `horas` sem valor volta às da instalação."""
    assert por.pessoa is not None
    for tipo, forma in formas.items():
        Preferencia.objects.update_or_create(pessoa_id=por.pessoa.pk, tipo=tipo, defaults={"forma": forma})
    if horas is None:
        Silencio.objects.filter(pessoa_id=por.pessoa.pk).delete()
    else:
        Silencio.objects.update_or_create(
            pessoa_id=por.pessoa.pk, defaults={"de": horas.de, "ate": horas.ate}
        )  # fmt: skip
    registrar(ato="avisos.escolher_preferencias", objeto=por.pessoa, por=por, em=em)


@transaction.atomic
def liberar_endereco(*, por: Ator, em: datetime) -> bool:
    """A pessoa diz que o próprio endereço voltou a funcionar; devolve se havia o que liberar."""
    assert por.pessoa is not None
    devolvido = consultas.devolvido(por.pessoa.email)
    if devolvido is None:
        return False
    registrar(ato="avisos.liberar_endereco", objeto=devolvido, por=por, em=em)
    EnderecoDevolvido.objects.filter(pk=devolvido.pk).delete()
    return True
