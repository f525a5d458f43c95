"""A segunda tranca: a lotação é do território dela; o trabalhador, de quem cuida dele e de onde está lotado."""

from suas.nucleo.tranca import Tranca, alcanca, registrar_tranca, trancar_por_territorio

_LOTADO_AQUI = (
    "EXISTS (SELECT 1 FROM trabalhadores_lotacao l WHERE l.trabalhador_id = trabalhadores_trabalhador.id "
    f"AND {alcanca('l.abrangencia')})"
)
_UNIDADE_DAQUI = f"EXISTS (SELECT 1 FROM rede_unidade u WHERE u.id = unidade_id AND {alcanca('u.municipio_id')})"


def registrar() -> None:
    trancar_por_territorio("trabalhadores_lotacao")
    quem = f"({alcanca('abrangencia')} OR {_LOTADO_AQUI})"
    registrar_tranca(Tranca(tabela="trabalhadores_trabalhador", ve=quem, muda=quem))
    registrar_tranca(Tranca(tabela="trabalhadores_basedaequipe", ve=_UNIDADE_DAQUI, muda=_UNIDADE_DAQUI))
    registrar_tranca(Tranca(tabela="trabalhadores_quematende", ve="true", muda=_UNIDADE_DAQUI))
