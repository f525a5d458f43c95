"""A segunda tranca dos fundos: todos leem o fundo e quem responde; a conta, só quem alcança o ente."""

from suas.nucleo.tranca import Tranca, alcanca, registrar_tranca

_DO_FUNDO = f"EXISTS (SELECT 1 FROM fundos_fundo f WHERE f.id = fundo_id AND {alcanca('f.abrangencia')})"


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo."""
    registrar_tranca(Tranca(tabela="fundos_fundo", ve="true", muda=alcanca("abrangencia")))
    registrar_tranca(Tranca(tabela="fundos_responsavel", ve="true", muda=_DO_FUNDO))
    registrar_tranca(Tranca(tabela="fundos_conta", ve=_DO_FUNDO, muda=_DO_FUNDO))
