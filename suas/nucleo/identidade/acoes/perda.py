"""Quem perde o vínculo perde na hora o que entrava por ele.

As sessões são da pessoa e terminam com o último vínculo. O que outro módulo guarda por vínculo, como as chaves de
programa, ele mesmo tira: registra aqui a sua função no `ready`. O fim com dia marcado não passa por aqui quando chega:
a cada pedido se confere se o vínculo ainda vale.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import transaction

from suas.nucleo import tranca
from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.acoes.sessoes import encerrar_sessoes
from suas.nucleo.identidade.intermediarios import dia_em_brasilia
from suas.nucleo.identidade.models import Vinculo
from suas.nucleo.permissoes.ator import Ator


class AoPerder(Protocol):
    def __call__(self, *, vinculo: Vinculo, por: Ator, em: datetime) -> None: ...


_AO_PERDER: dict[str, AoPerder] = {}


def ao_perder(nome: str, funcao: AoPerder) -> None:
    """Registra o que também se tira quando um vínculo termina; repetir o nome substitui."""
    _AO_PERDER[nome] = funcao


@tranca.como_sistema()  # as chaves são da pessoa, em qualquer território
def tirar_o_que_entra(*, vinculo: Vinculo, por: Ator, em: datetime) -> None:
    """O que os outros módulos guardam por este vínculo. Parte de um ato, que deixa a linha."""
    for tirar in _AO_PERDER.values():
        tirar(vinculo=vinculo, por=por, em=em)


@tranca.como_sistema()  # sessões, chaves e os vínculos de outros territórios são da pessoa, não de quem encerra
@transaction.atomic
def tirar_acesso(*, vinculo: Vinculo, por: Ator, em: datetime) -> None:
    """Depois de encerrar: se o vínculo já não vale, tira o que entrava por ele. Parte de um ato, que deixa a linha.

    Quem encerra o próprio continua até o fim do pedido; no seguinte, a sessão termina dizendo por quê.
    """
    hoje = dia_em_brasilia(em)
    if vinculo.ate is None or vinculo.ate > hoje:
        return
    tirar_o_que_entra(vinculo=vinculo, por=por, em=em)
    proprio = por.pessoa is not None and por.pessoa.pk == vinculo.pessoa_id
    if proprio or consultas.vinculos_vigentes(vinculo.pessoa, em=hoje).exists():
        return
    encerrar_sessoes(pessoa=vinculo.pessoa, motivo="O último vínculo terminou", por=por, em=em)
