"""A segunda tranca das entidades: o cadastro é público, e só quem alcança o município da sede o muda."""

from __future__ import annotations

from suas.nucleo.tranca import Tranca, alcanca, registrar_tranca

#: A entidade é da sede; e, nas tabelas dela, `e` é a entidade.
_DA_SEDE = (
    "EXISTS (SELECT 1 FROM entidades_entidade e WHERE e.id = {tabela}.entidade_id AND "
    + alcanca("e.municipio_id")
    + ")"
)


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo."""
    registrar_tranca(Tranca(tabela="entidades_entidade", ve="true", muda=alcanca("municipio_id")))
    registrar_tranca(Tranca(tabela="entidades_atuacao", ve="true", muda=_DA_SEDE.format(tabela="entidades_atuacao")))
    do_dirigente = _DA_SEDE.format(tabela="entidades_dirigente")
    registrar_tranca(Tranca(tabela="entidades_dirigente", ve=do_dirigente, muda=do_dirigente))
