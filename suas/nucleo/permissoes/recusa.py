"""A recusa que diz o que faltou e quem pode: a página 403 oferece trocar de vínculo a quem tem um que serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from suas.nucleo.permissoes.abrangencia import contem, esfera_de
from suas.nucleo.permissoes.papeis import PAPEIS_DE_VINCULO, Esfera, Papel
from suas.nucleo.permissoes.permissao import Permissao

if TYPE_CHECKING:
    from uuid import UUID

    from suas.nucleo.identidade.models import Vinculo

#: Quem alcança um território de cada esfera, pela esfera do próprio vínculo.
_ALCANCAM: dict[Esfera, frozenset[Esfera]] = {
    "uniao": frozenset({"uniao"}),
    "uf": frozenset({"uniao", "uf"}),
    "municipio": frozenset({"uniao", "uf", "municipio"}),
}


class SemPermissao(PermissionDenied):
    """403 com palavras. `em` é o território em que se pediu; vazio, o do próprio vínculo de quem pede.

    `so_na_esfera`: o ato é de quem tem exatamente aquele território, como conduzir a partilha da própria UF; a esfera
    de cima o alcança e não o faz. `unidade`: a unidade ou entidade de que se trata, para os papéis que só agem na sua.
    """

    def __init__(
        self,
        motivo: str,
        *,
        permissao: Permissao,
        em: str = "",
        so_na_esfera: bool = False,
        unidade: UUID | None = None,
    ) -> None:
        super().__init__(motivo)
        self.unidade = unidade
        self.permissao = permissao
        self.em = em
        self.so_na_esfera = so_na_esfera

    @property
    def quem_pode(self) -> list[Papel]:
        """Os papéis que fazem isto, na ordem em que a casa os lista."""
        if not self.em:
            esferas = frozenset[Esfera]({"uniao", "uf", "municipio"})
        else:
            esfera = esfera_de(self.em)
            esferas = frozenset({esfera}) if self.so_na_esfera else _ALCANCAM[esfera]
        return [p for p in PAPEIS_DE_VINCULO if self.permissao in p.permissoes and p.esferas & esferas]

    def serve(self, vinculo: Vinculo) -> bool:
        """Com este vínculo, o pedido passaria por esta recusa?"""
        if self.permissao not in vinculo.papel.permissoes:
            return False
        if vinculo.papel.da_unidade and (vinculo.unidade is None or vinculo.unidade != self.unidade):
            return False
        if not self.em:
            return True
        return vinculo.abrangencia == self.em if self.so_na_esfera else contem(vinculo.abrangencia, self.em)


class SemNomeacao(SemPermissao):
    """403 de quem não dá aquele papel ali. `titular`, na passagem: o vínculo de quem é titular também serve."""

    def __init__(self, motivo: str, *, papel: Papel, em: str, titular: UUID | None = None) -> None:
        super().__init__(motivo, permissao=Permissao.ACESSO_PASSAR if titular else Permissao.ACESSO_NOMEAR, em=em)
        self.papel = papel
        self.titular = titular

    @property
    def quem_pode(self) -> list[Papel]:
        """Quem dá este papel naquela esfera e, na passagem, quem o tem."""
        esfera = esfera_de(self.em)
        proprio = {self.papel} if self.titular else set()
        return [p for p in PAPEIS_DE_VINCULO if p in proprio or p.pode_nomear(self.papel.codigo, esfera)]

    def serve(self, vinculo: Vinculo) -> bool:
        if self.titular is not None and vinculo.pk == self.titular:
            return True
        return (
            Permissao.ACESSO_NOMEAR in vinculo.papel.permissoes
            and vinculo.papel.pode_nomear(self.papel.codigo, esfera_de(self.em))
            and contem(vinculo.abrangencia, self.em)
        )
