"""A segunda tranca dos órgãos: todos os leem; muda-os só quem alcança o ente."""

from suas.nucleo.tranca import Tranca, alcanca, registrar_tranca

_DO_ORGAO = f"EXISTS (SELECT 1 FROM orgaos_orgao o WHERE o.id = orgao_id AND {alcanca('o.abrangencia')})"


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo."""
    registrar_tranca(Tranca(tabela="orgaos_orgao", ve="true", muda=alcanca("abrangencia")))
    registrar_tranca(Tranca(tabela="orgaos_mandato", ve="true", muda=_DO_ORGAO))
