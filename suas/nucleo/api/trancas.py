"""A segunda tranca das chaves e do registro: cada um muda as suas; vê também as do território."""

from __future__ import annotations

from suas.nucleo.tranca import PESSOA, Tranca, alcanca, registrar_tranca

#: Os vínculos têm a própria tranca: a subconsulta só acha os da pessoa e os do território.
_DO_VINCULO = "EXISTS (SELECT 1 FROM identidade_vinculo v WHERE v.id = api_chavedeapi.vinculo_id{e})"
_CHAVE_MINHA = (
    "EXISTS (SELECT 1 FROM api_chavedeapi c JOIN identidade_vinculo v ON v.id = c.vinculo_id "
    f"WHERE c.id = api_registrodaapi.chave_id AND v.pessoa_id = {PESSOA})"
)


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo. No registro só o sistema escreve."""
    minha = _DO_VINCULO.format(e=f" AND v.pessoa_id = {PESSOA}")
    registrar_tranca(Tranca(tabela="api_chavedeapi", ve=_DO_VINCULO.format(e=""), muda=minha))
    territorio = alcanca("abrangencia")
    registrar_tranca(Tranca(tabela="api_registrodaapi", ve=f"({territorio} OR {_CHAVE_MINHA})", muda="false"))
