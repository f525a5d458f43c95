"""Quem age neste pedido, por qual vínculo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from suas.nucleo.permissoes.abrangencia import contem
from suas.nucleo.permissoes.papeis import PUBLICO, Papel
from suas.nucleo.permissoes.permissao import Permissao

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa, Vinculo


@dataclass(frozen=True, kw_only=True)
class Ator:
    """A pessoa e o vínculo em que ela age agora. Sem pessoa, é o público."""

    pessoa: Pessoa | None
    vinculo: Vinculo | None
    papel: Papel
    abrangencia: str

    def pode(self, permissao: Permissao, em: str) -> bool:
        """O papel permite, e o território `em` está na abrangência do vínculo?"""
        return permissao in self.papel.permissoes and contem(self.abrangencia, em)

    def alcanca(self, codigo: str) -> bool:
        """O território está na abrangência, qualquer que seja o ato?"""
        return contem(self.abrangencia, codigo)

    @property
    def e_publico(self) -> bool:
        return self.pessoa is None


ATOR_PUBLICO = Ator(pessoa=None, vinculo=None, papel=PUBLICO, abrangencia="")
