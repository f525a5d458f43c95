"""A segunda tranca da rede: todos veem as unidades; muda-as quem alcança o município da sede."""

from suas.nucleo.tranca import Tranca, alcanca, registrar_tranca, trancar_por_territorio

_DA_UNIDADE = "EXISTS (SELECT 1 FROM rede_unidade u WHERE u.id = unidade_id AND {})".format(alcanca("u.municipio_id"))


def registrar() -> None:
    registrar_tranca(Tranca(tabela="rede_unidade", ve="true", muda=alcanca("municipio_id")))
    registrar_tranca(Tranca(tabela="rede_servicoofertado", ve="true", muda=_DA_UNIDADE))
    registrar_tranca(Tranca(tabela="rede_municipioatendido", ve="true", muda=_DA_UNIDADE))
    registrar_tranca(Tranca(tabela="rede_pedido", ve=alcanca("municipio_id"), muda=alcanca("municipio_id")))
    trancar_por_territorio("rede_pardistinto", coluna="municipio_id")
