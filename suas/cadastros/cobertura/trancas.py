"""A segunda tranca da cobertura: todos leem o território do CRAS; muda-o quem alcança o município da unidade."""

from suas.nucleo.tranca import Tranca, alcanca, registrar_tranca

_DA_UNIDADE = f"EXISTS (SELECT 1 FROM rede_unidade u WHERE u.id = unidade_id AND {alcanca('u.municipio_id')})"


def registrar() -> None:
    """Declara a tranca; chamado no `ready` do módulo."""
    registrar_tranca(Tranca(tabela="cobertura_territoriodocras", ve="true", muda=_DA_UNIDADE))
