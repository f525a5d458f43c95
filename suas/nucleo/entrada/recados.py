"""O recado à pessoa quando muda o que protege a entrada dela: se não foi ela, é assim que fica sabendo."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from suas.nucleo.avisos import modelos
from suas.nucleo.avisos.acoes.emissao import avisar
from suas.nucleo.permissoes.ator import Ator

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

MUDANCA = modelos.Modelo(
    codigo="entrada.mudanca",
    titulo="Mudou o que protege a entrada da pessoa",
    assunto="Sua entrada na Rede SUAS: {mudanca}",
    corpo=(
        "Na sua entrada, houve esta mudança: {mudanca}.\n\nSe foi você, não precisa fazer nada. Se não foi, peça nova "
        "senha em “Esqueci a senha”, encerre as sessões em Minha conta e avise quem nomeou você."
    ),
    tipo="acesso",
    campos={"mudanca": "o que mudou"},
    exemplo={"mudanca": "a senha foi trocada"},
    obrigatorio=True,
)


def contar_mudanca(*, pessoa: Pessoa, mudanca: str, por: Ator, em: datetime) -> None:
    """Avisa no sistema e por correio, sempre; na transação do ato que mudou."""
    avisar(
        modelo=MUDANCA.codigo,
        causa=f"{mudanca}:{em.isoformat()}",
        pessoa_id=pessoa.pk,
        dados={"mudanca": mudanca},
        endereco="/conta/",
        por=por,
        em=em,
    )
