"""Quem age neste pedido, por qual vínculo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

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

    def pode(self, permissao: Permissao, em: str, unidade: UUID | None = None) -> bool:
        """O papel permite, e o território `em` está na abrangência do vínculo?

        `unidade` diz a unidade ou entidade de que se trata: papel de unidade só age na própria, e nunca no município
        inteiro (sem `unidade`, a resposta dele é não).
        """
        if permissao not in self.papel.permissoes or not contem(self.abrangencia, em):
            return False
        return not self.papel.da_unidade or (unidade is not None and unidade == self.unidade)

    @property
    def unidade(self) -> UUID | None:
        """A unidade ou entidade do vínculo em uso; nenhuma, se ele não diz."""
        return self.vinculo.unidade if self.vinculo is not None else None

    def alcanca(self, codigo: str) -> bool:
        """O território está na abrangência, qualquer que seja o ato?"""
        return contem(self.abrangencia, codigo)

    @property
    def e_publico(self) -> bool:
        return self.pessoa is None


ATOR_PUBLICO = Ator(pessoa=None, vinculo=None, papel=PUBLICO, abrangencia="")
